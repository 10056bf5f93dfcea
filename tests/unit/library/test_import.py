"""Importing files: what is stored, what is refused and why, what a crash costs."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_app.domain import FileReport, ImportStatus, Language
from desktop_app.library import Library
from desktop_app.worker import TaskFinished, WorkerEvent

Run = Callable[[], Sequence[WorkerEvent]]


def reports_of(events: Sequence[WorkerEvent]) -> dict[str, FileReport]:
    return {os.path.basename(event.path): event for event in events if isinstance(event, FileReport)}


def test_a_folder_gives_a_report_for_each_file(library: Library, reports: Path, run: Run) -> None:
    (reports / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    (reports / "empty.txt").write_bytes(b"")
    library.worker.import_paths([reports])
    found = reports_of(run())
    assert {name: report.status for name, report in found.items()} == {
        "finland.en.txt": ImportStatus.IMPORTED,
        "finland.hi.txt": ImportStatus.IMPORTED,
        "picture.jpg": ImportStatus.SKIPPED,
        "empty.txt": ImportStatus.REFUSED,
    }
    assert "empty.txt" in found["empty.txt"].message
    assert [row.language for row in library.rows(library.article_ids())] == [Language.ENGLISH, Language.HINDI]


def test_the_same_article_twice_is_one_article(library: Library, reports: Path, run: Run) -> None:
    text = (reports / "finland.en.txt").read_text(encoding="utf-8")
    (reports / "copy.txt").write_text(text, encoding="utf-8")
    (reports / "windows.txt").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    library.worker.import_paths([reports / "finland.en.txt"])
    library.worker.import_paths([reports / "copy.txt", reports / "windows.txt", reports / "finland.en.txt"])
    found = reports_of(run())
    first = found["finland.en.txt"].article
    assert {found[name].status for name in ("copy.txt", "windows.txt")} == {ImportStatus.DUPLICATE}
    assert {found[name].article for name in ("copy.txt", "windows.txt")} == {first}
    assert len(library.article_ids()) == 1


def test_a_changed_file_updates_its_article(library: Library, reports: Path, run: Run) -> None:
    path = reports / "finland.en.txt"
    library.worker.import_paths([path])
    run()
    (before,) = library.article_ids()
    path.write_text("Sweden joins NATO\n\nMarch 7, 2024\n\nSweden became the 32nd member.\n", encoding="utf-8")
    library.worker.import_paths([path])
    (report,) = reports_of(run()).values()
    assert (report.status, report.article) == (ImportStatus.UPDATED, before)
    assert library.article(before).text.startswith("Sweden joins NATO")
    assert library.search("sweden").hits[0].id == before
    assert library.search("stoltenberg").hits == ()


def test_what_is_no_regular_file_is_refused_without_being_opened(library: Library, tmp_path: Path, run: Run) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    library.worker.import_paths([pipe, tmp_path / "nowhere.txt"])
    found = reports_of(run())
    assert found["pipe.txt"].status is ImportStatus.REFUSED
    assert "not a regular file" in found["pipe.txt"].message
    assert "does not exist" in found["nowhere.txt"].message


def test_an_import_goes_on_after_its_process_was_killed(library: Library, reports: Path) -> None:
    for number in range(200):
        (reports / f"filler{number:03}.txt").write_text(f"Filler {number}\n\nNews number {number}.\n", encoding="utf-8")
    library.worker.import_paths([reports])
    seen: list[FileReport] = []
    killed = 0
    for event in library.worker.events():
        if isinstance(event, FileReport):
            seen.append(event)
            if len(seen) % 40 == 1 and killed < 2:
                (child,) = multiprocessing.active_children()
                child.kill()
                killed += 1
    assert killed == 2
    assert {report.status for report in seen} == {ImportStatus.IMPORTED}
    assert len({report.path for report in seen}) == len(seen) == 202
    assert len(library.article_ids()) == 202
    assert len(library.imports()) == 1


def test_a_cancelled_import_ends_early_and_leaves_a_sound_library(library: Library, reports: Path) -> None:
    for number in range(1000):
        (reports / f"filler{number:03}.txt").write_text(f"Filler {number}\n\nNews number {number}.\n", encoding="utf-8")
    library.worker.import_paths([reports])
    events: list[WorkerEvent] = []
    for event in library.worker.events():
        if not events:
            library.worker.cancel()
        events.append(event)
    last = events[-1]
    assert isinstance(last, TaskFinished)
    assert last.cancelled
    assert len(library.article_ids()) == len(reports_of(events)) < 1002
