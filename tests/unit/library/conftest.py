"""A library folder of its own for every test, with its caches beside it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from desktop_app.domain import FileReport
from desktop_app.library import Library
from desktop_app.quarantine.process import Quarantine
from desktop_app.worker import WorkerEvent
from desktop_app.working.feed_reading import read_fetched
from desktop_app.working.intake import Intake

ENGLISH = """Finland joins NATO as its 31st member

April 4, 2023

Brussels [Belgium], April 4 : Finland became a member of NATO on Tuesday, Secretary-General Jens Stoltenberg said.
President Sauli Niinisto thanked the 30 allies. "Russia will answer," Kremlin spokesman Dmitry Peskov said. 😀
"""
HINDI = """नाटो के महासचिव जेन्स स्टोल्टेनबर्ग ने मंगलवार को ब्रसेल्स में कहा कि फिनलैंड नाटो का 31वां सदस्य बन गया है।
राष्ट्रपति सौली नीनिस्टो ने सभी 30 सहयोगी देशों को धन्यवाद दिया।
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Search indexes of tests never land in the user's cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library", writing=True) as library:
        yield library


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with one English and one Hindi report of the same event."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "finland.en.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "finland.hi.txt").write_text(HINDI, encoding="utf-8")
    return folder


@pytest.fixture
def run(library: Library) -> Callable[[], Sequence[WorkerEvent]]:
    """Wait until the worker has nothing left to do; what it reported."""
    return lambda: list(library.worker.events())


def file_reports(events: Sequence[WorkerEvent]) -> list[FileReport]:
    return [event for event in events if isinstance(event, FileReport)]


class Lasting(Quarantine):
    """One quarantine for many tests: starting a process for each would take most of their time."""

    def close(self) -> None:
        if not self.idle:
            super().close()


@pytest.fixture(scope="session")
def quarantine() -> Iterator[Quarantine]:
    quarantine = Lasting(read=read_fetched)
    yield quarantine
    Quarantine.close(quarantine)


@pytest.fixture
def intake(library: Library, quarantine: Quarantine) -> Iterator[Intake]:
    """What the worker process runs, in this one; without an index."""
    with contextlib.closing(Intake(library.folder, searchable=False, quarantine=lambda: quarantine)) as intake:
        yield intake
