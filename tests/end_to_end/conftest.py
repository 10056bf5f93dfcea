"""A program with an empty library for each test, and one with the sample stories for those that only read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.program import SAMPLES, Program


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all: the encoder's graph is written once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def program(tmp_path: Path, cache: Path) -> Program:
    """Setu with an empty library."""
    return Program(tmp_path, cache)


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Program:
    """Setu with the sample stories imported; not to be changed."""
    reader = Program(tmp_path_factory.mktemp("reader"), cache)
    imported = reader.run("import", "--json", SAMPLES)
    assert imported.code == 0, imported.stderr
    return reader
