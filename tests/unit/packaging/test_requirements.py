"""The requirements files hold what pyproject.toml pins, with hashes, and name no package index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FILES = sorted((ROOT / "packaging").glob("requirements*.txt"))


def requirements(path: Path) -> list[str]:
    """The requirements of a file, each with its hashes on one line."""
    text = re.sub(r"\s*\\\n\s*", " ", path.read_text("utf-8"))
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def name_and_version(requirement: str) -> tuple[str, str]:
    found = re.match(r"([\w.-]+)==([\w.]+)", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[1]).lower(), found[2]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_everything_has_one_version_and_hashes(path: Path) -> None:
    for requirement in requirements(path):
        assert re.fullmatch(r"[\w.-]+==[\w.]+(?: ; [^#]*?)?(?: --hash=sha256:[0-9a-f]{64})+", requirement), requirement


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_index_is_named(path: Path) -> None:
    assert not re.search(r"://|index-url|find-links|trusted-host", path.read_text("utf-8"))


def test_the_files_agree_with_the_pins_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-dev.txt": project["project"]["dependencies"] + project["dependency-groups"]["test"],
        "requirements-build.txt": project["project"]["dependencies"] + project["dependency-groups"]["build"],
    }
    assert {path.name for path in FILES} == groups.keys()
    for path in FILES:
        written = {name_and_version(requirement) for requirement in requirements(path)}
        assert {name_and_version(pin) for pin in groups[path.name]} <= written, path.name


def test_all_environments_agree_on_shared_packages() -> None:
    """One `.venv` serves run, test and build in turn: they must not fight over versions."""
    versions: dict[str, set[str]] = {}
    for path in FILES:
        for requirement in requirements(path):
            if " ; python" not in requirement:
                name, version = name_and_version(requirement)
                versions.setdefault(name, set()).add(version)
    assert {name: seen for name, seen in versions.items() if len(seen) > 1} == {}
