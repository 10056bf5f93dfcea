"""Watched folders: what is new is imported once, and nothing that vanishes takes articles along."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.domain import FileReport, ImportStatus
from desktop_app.errors import ReaderError
from desktop_app.library import Library
from desktop_app.watching import FolderFound, look_into
from desktop_app.working.intake import Intake


def put(path: Path, text: str, *, age_s: float = 60) -> Path:
    """Write a report that was changed so long ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{text}\n\nDelhi, May 4, 2023: {text} was told today.\n", encoding="utf-8")
    then = time.time() - age_s
    os.utime(path, (then, then))
    return path


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def scan(intake: Intake) -> Callable[[], dict[str, ImportStatus]]:
    def scan() -> dict[str, ImportStatus]:
        flat = [one for step in intake.scan_watched() for one in (step if isinstance(step, tuple) else (step,))]
        return {os.path.basename(one.path): one.status for one in flat if isinstance(one, FileReport)}

    return scan


Scan = Callable[[], dict[str, ImportStatus]]


def test_new_and_changed_files_are_imported_once(library: Library, inbox: Path, scan: Scan) -> None:
    library.watching.add(inbox)
    put(inbox / "one.txt", "The first report")
    put(inbox / "deep" / "er" / "two.txt", "The second report")
    assert scan() == {"one.txt": ImportStatus.IMPORTED, "two.txt": ImportStatus.IMPORTED}
    assert scan() == {}
    put(inbox / "one.txt", "The first report, put right", age_s=30)
    put(inbox / "three.txt", "The third report")
    assert scan() == {"one.txt": ImportStatus.UPDATED, "three.txt": ImportStatus.IMPORTED}
    assert scan() == {}
    assert len(library.article_ids()) == 3


def test_a_file_that_is_still_being_written_waits(library: Library, inbox: Path, scan: Scan) -> None:
    library.watching.add(inbox)
    path = put(inbox / "one.txt", "Half a report", age_s=0)
    for name in ("two.txt.part", "three.crdownload", "four.txt~", ".five.txt", "~.tmp"):
        put(inbox / name, "Unfinished")
    (inbox / "empty.txt").touch()
    assert scan() == {}
    put(path, "Half a report", age_s=3)
    assert scan() == {"one.txt": ImportStatus.IMPORTED}


def test_a_time_in_the_future_does_not_keep_a_file_waiting_for_ever(library: Library, inbox: Path, scan: Scan) -> None:
    library.watching.add(inbox)
    put(inbox / "one.txt", "A report from another clock", age_s=-3600)
    assert scan() == {"one.txt": ImportStatus.IMPORTED}
    assert scan() == {}


def test_a_folder_that_vanishes_is_told_and_takes_nothing_along(library: Library, inbox: Path, scan: Scan) -> None:
    library.watching.add(inbox)
    put(inbox / "one.txt", "The first report")
    scan()
    inbox.rename(inbox.with_name("away"))
    assert scan() == {}
    (folder,) = library.watching.folders()
    assert "no longer there" in folder.problem
    assert str(inbox) in folder.problem
    assert len(library.article_ids()) == 1
    inbox.with_name("away").rename(inbox)
    assert scan() == {}
    (folder,) = library.watching.folders()
    assert folder.problem == ""


def test_an_emptied_folder_takes_nothing_along(library: Library, inbox: Path, scan: Scan) -> None:
    library.watching.add(inbox)
    put(inbox / "one.txt", "The first report")
    scan()
    shutil.rmtree(inbox)
    inbox.mkdir()
    assert scan() == {}
    assert len(library.article_ids()) == 1


def test_a_removed_article_does_not_come_back_by_itself(
    library: Library, inbox: Path, scan: Scan, intake: Intake
) -> None:
    library.watching.add(inbox)
    path = put(inbox / "one.txt", "The first report")
    scan()
    list(intake.remove(library.article_ids()))
    assert scan() == {}
    os.utime(path, (time.time() - 30, time.time() - 30))
    assert set(scan().values()) <= {ImportStatus.SKIPPED}
    assert library.article_ids() == []


def test_links_lead_neither_in_circles_nor_out(library: Library, tmp_path: Path, inbox: Path, scan: Scan) -> None:
    library.watching.add(inbox)
    put(inbox / "one.txt", "The first report")
    secret = put(tmp_path / "secret" / "secret.txt", "A secret")
    (inbox / "circle").symlink_to(inbox)
    (inbox / "out").symlink_to(secret.parent)
    (inbox / "secret.txt").symlink_to(secret)
    (inbox / "nowhere.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(inbox / "pipe.txt")
    assert scan() == {"one.txt": ImportStatus.IMPORTED}


def test_names_of_any_bytes_are_read_once(library: Library, inbox: Path, scan: Scan) -> None:
    library.watching.add(inbox)
    try:
        put(inbox / os.fsdecode(b"caf\xe9 \xff.txt"), "A report with an odd name")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert scan() == {"caf\\xe9 \\xff.txt": ImportStatus.IMPORTED}
    assert scan() == {}


def test_a_list_of_feeds_in_a_watched_folder_subscribes_to_nothing(library: Library, inbox: Path, scan: Scan) -> None:
    library.watching.add(inbox)
    file = inbox / "feeds.opml"
    file.write_text('<opml><body><outline xmlUrl="https://example.org/feed"/></body></opml>', encoding="utf-8")
    os.utime(file, (1, 1))
    assert set(scan().values()) == {ImportStatus.SKIPPED}
    assert library.feeds.all() == []


def test_a_refused_file_is_not_read_again_until_it_changes(library: Library, inbox: Path, scan: Scan) -> None:
    library.watching.add(inbox)
    path = inbox / "noise.txt"
    path.write_bytes(bytes(range(256)) * 50)
    os.utime(path, (1, 1))
    assert scan() == {"noise.txt": ImportStatus.REFUSED}
    assert scan() == {}


def test_the_librarys_own_folder_is_left_alone(library: Library, tmp_path: Path, inbox: Path) -> None:
    put(library.folder / "backups" / "note.txt", "Not a report")
    put(inbox / "one.txt", "The first report")
    with pytest.raises(ReaderError, match="belongs to the library"):
        library.watching.add(library.folder / "backups")
    (found,) = look_into(str(tmp_path), {}, besides=library.folder)
    assert isinstance(found, FolderFound)
    assert list(found.changed) == [str(inbox / "one.txt")]


def test_what_is_no_folder_cannot_be_watched(library: Library, tmp_path: Path) -> None:
    file = put(tmp_path / "one.txt", "A file")
    for path, words in ((file, "not a folder"), (tmp_path / "nowhere", "does not exist")):
        with pytest.raises(ReaderError, match=words):
            library.watching.add(path)
    with pytest.raises(ReaderError, match="is not watched"):
        library.watching.remove(tmp_path)


def test_a_folder_watched_no_more_keeps_its_articles(library: Library, inbox: Path, scan: Scan) -> None:
    library.watching.add(inbox)
    library.watching.add(inbox)
    put(inbox / "one.txt", "The first report")
    scan()
    assert len(library.watching.folders()) == 1
    library.watching.remove(inbox)
    put(inbox / "two.txt", "The second report")
    assert scan() == {}
    assert library.watching.folders() == []
    assert len(library.article_ids()) == 1


def test_a_subfolder_that_cannot_be_read_now_is_not_taken_for_emptied(inbox: Path) -> None:
    put(inbox / "sub" / "one.txt", "The first report")
    (found,) = look_into(str(inbox), {}, besides=inbox / "library")
    assert isinstance(found, FolderFound)
    known = found.changed
    (inbox / "sub").chmod(0)
    try:
        os.listdir(inbox / "sub")
    except PermissionError:
        (found,) = look_into(str(inbox), known, besides=inbox / "library")
        assert isinstance(found, FolderFound)
        assert (found.changed, found.gone) == ({}, ())
    finally:
        (inbox / "sub").chmod(0o700)
    shutil.rmtree(inbox / "sub")
    (found,) = look_into(str(inbox), known, besides=inbox / "library")
    assert isinstance(found, FolderFound)
    assert found.gone == tuple(known)
