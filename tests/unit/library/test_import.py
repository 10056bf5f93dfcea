"""Importing files: what is stored, what is refused and why, what a crash costs."""

from __future__ import annotations

import errno
import multiprocessing
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hinlegacy import encode

from desktop_app.domain import FileReport, ImportStatus, Language
from desktop_app.library import Library
from desktop_app.worker import TaskFinished, WorkerEvent
from desktop_app.working.sources import find_sources
from tests.unit.library.conftest import HINDI

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
            workers = [child for child in multiprocessing.active_children() if child.name == "setu-worker"]
            # Events that were sent before it died may still be arriving.
            if len(seen) > 40 * killed and killed < 2 and workers:
                workers[0].kill()
                workers[0].join()
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


def test_links_are_followed_only_inside_the_folder(library: Library, reports: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "secret.txt").write_text("My diary\n\nToday I wrote a diary entry.\n", encoding="utf-8")
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "more.txt").write_text("My diary\n\nYesterday I wrote one too.\n", encoding="utf-8")
    (reports / "out.txt").symlink_to(tmp_path / "secret.txt")
    (reports / "away").symlink_to(tmp_path / "private")
    (reports / "loop").symlink_to(reports)
    (reports / "inside.txt").symlink_to("finland.en.txt")
    library.worker.import_paths([reports])
    found = reports_of(run())
    assert {name: found[name].status for name in ("out.txt", "away", "loop")} == dict.fromkeys(
        ("out.txt", "away", "loop"), ImportStatus.SKIPPED
    )
    assert found["inside.txt"].status is ImportStatus.DUPLICATE
    assert len(library.article_ids()) == 2
    library.worker.import_paths([reports / "out.txt"])
    assert reports_of(run())["out.txt"].status is ImportStatus.IMPORTED


def test_a_folder_that_cannot_be_opened_is_refused(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (reports / "closed").mkdir()
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = list(find_sources(str(reports)))

    (refused,) = (report for report in found if isinstance(report, FileReport))
    assert (refused.path, refused.status) == (str(reports / "closed"), ImportStatus.REFUSED)
    assert "Permission denied" in refused.message
    assert len(found) == 3


def test_names_of_any_bytes_are_shown_and_known_again(library: Library, reports: Path, run: Run) -> None:
    names = [b"caf\xe9.txt", b"line\nbreak.txt", "उलटा\u202etxt.txt".encode()]
    for number, name in enumerate(names):
        path = os.path.join(os.fsencode(reports), name)
        with open(path, "wb") as file:
            file.write(b"Report %d\n\nThis is report number %d of today.\n" % (number, number))
    library.worker.import_paths([reports])
    first = reports_of(run())
    assert {report.status for report in first.values()} == {ImportStatus.IMPORTED}
    assert "caf\\xe9.txt" in first
    for row in library.rows(library.article_ids()):
        row.path.encode()
    library.worker.import_paths([reports])
    assert {report.status for report in reports_of(run()).values()} == {ImportStatus.DUPLICATE}


def test_very_long_words_and_paragraphs_are_stored_and_found(library: Library, reports: Path, run: Run) -> None:
    (reports / "word.txt").write_text("A word\n\nIt ends " + "a" * 300_000 + " here zebra.\n", encoding="utf-8")
    (reports / "letters.txt").write_text("शब्द\n\nयह " + "क" * 300_000 + " जिराफ है।\n", encoding="utf-8")
    (reports / "paragraph.txt").write_text("Long\n\n" + "On and on " * 30_000 + "camel.\n", encoding="utf-8")
    library.worker.import_paths([reports])
    found = reports_of(run())
    for query, name in (("zebra", "word.txt"), ("जिराफ", "letters.txt"), ("camel", "paragraph.txt")):
        hit = library.search(query).hits[0]
        assert hit.id == found[name].article
        assert query in library.article(hit.id).text


def test_a_file_of_a_legacy_font_is_offered_for_conversion(library: Library, reports: Path, run: Run) -> None:
    path = reports / "kruti.txt"
    path.write_text(str(encode(HINDI, "devlys_010")), encoding="utf-8")
    library.worker.import_paths([path])
    report = reports_of(run())["kruti.txt"]
    assert report.legacy is not None
    assert "फिनलैंड" in report.legacy.after
    assert report.article is None
    library.worker.import_paths([path], convert_legacy=True)
    converted = reports_of(run())["kruti.txt"]
    assert converted.status is ImportStatus.IMPORTED
    assert converted.article is not None
    assert "फिनलैंड नाटो का" in library.article(converted.article).text
