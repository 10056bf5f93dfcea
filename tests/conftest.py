"""Fixtures shared by all tests: data that lies beside the checkout, skipped where it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def _shared(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"no shared/{name} beside the checkout")
    return folder


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Folder of the customer's first two documents and their gold reading."""
    return _shared("seeds")


@pytest.fixture(scope="session")
def comparable() -> Path:
    """Folder of hand-annotated comparable pairs."""
    return _shared("comparable")


@pytest.fixture(scope="session")
def training() -> Path:
    """Folder of public training data."""
    return _shared("training")
