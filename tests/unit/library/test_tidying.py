"""The worker uses idle time to merge the search index."""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktop_app import worker
from desktop_app.library import Library
from desktop_app.worker import WorkerEvent
from desktop_app.working.intake import Intake


def test_an_idle_worker_merges_until_nothing_is_left(
    library: Library,
    reports: Path,
    run: Callable[[], Sequence[WorkerEvent]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for path in sorted(reports.iterdir()):
        library.worker.import_paths([path])
        run()
    library.worker.close()
    monkeypatch.setattr(worker, "_IDLE_S", 0.0)
    ours, theirs = multiprocessing.Pipe()
    with contextlib.closing(Intake(tmp_path / "library")) as intake:
        assert intake.tidy() is None, "an index that nothing has opened is left alone"
        list(intake.index())
        worker._tidy_until_asked(intake, theirs)
        assert ours.recv() == ()
        assert not ours.poll()
        assert intake.tidy() is None
    assert library.search("नाटो").total == 2


def test_a_waiting_message_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = multiprocessing.Pipe()
    ours.send(None)
    with contextlib.closing(Intake(tmp_path / "library")) as intake:
        monkeypatch.setattr(intake, "tidy", lambda: pytest.fail("tidied although somebody asked"))
        worker._tidy_until_asked(intake, theirs)
