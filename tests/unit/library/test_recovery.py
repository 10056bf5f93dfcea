"""A damaged library comes back: from backups, from what is readable, from the files it came from."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.inspection import inspect
from desktop_app.library import Library
from desktop_app.records import Notice
from desktop_app.recovery import DAMAGED_NAME, mend, restore_backup
from desktop_app.search.errors import INDEX_HEALED
from desktop_app.storage.backups import Backups
from desktop_app.storage.connections import FILE_NAME
from desktop_app.storage.database import EXAMINED
from desktop_app.storage.errors import LibraryBusy, LibraryDamaged
from desktop_app.storage.page_digests import PAGES_NAME
from desktop_app.worker import WorkerEvent

Run = Callable[[], Sequence[WorkerEvent]]


@pytest.fixture
def closed(library: Library, reports: Path, run: Run) -> Path:
    """A library of two articles with a backup, closed properly."""
    library.worker.import_paths([reports])
    library.look_after()
    run()
    library.close()
    return library.folder


def texts(folder: Path) -> dict[int, str]:
    with Library(folder) as library:
        return {id_: library.article(id_).text for id_ in library.article_ids()}


def damage_text(folder: Path) -> None:
    """Change a word of an article where only the disk could."""
    path = folder / FILE_NAME
    content = path.read_bytes()
    assert b"Stoltenberg" in content
    path.write_bytes(content.replace(b"Stoltenberg", b"Stoltenburg"))


def tear(folder: Path) -> None:
    path = folder / FILE_NAME
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // 4096, 2):
        content[page * 4096 : page * 4096 + 600] = bytes(600)
    path.write_bytes(content)


def test_a_damaged_text_is_marked_found_and_restored_from_the_backup(closed: Path, reports: Path) -> None:
    before = texts(closed)
    shutil.rmtree(reports)
    damage_text(closed)
    with Library(closed) as library:
        intact = {id_: library.is_intact(library.article(id_)) for id_ in library.article_ids()}
    assert sorted(intact.values()) == [False, True]
    said = inspect(closed)
    assert any("not the text that was imported" in line for line in said)
    assert any("backup" in line for line in said)
    assert any("was restored from daily-0001" in line for line in list(mend(closed)))
    assert texts(closed) == before
    assert not [line for line in inspect(closed) if "search index" not in line]


def test_without_a_backup_the_original_file_is_read_again(closed: Path) -> None:
    before = texts(closed)
    shutil.rmtree(closed / "backups")
    damage_text(closed)
    assert any("read again from its file" in line for line in list(mend(closed)))
    assert texts(closed) == before


def test_what_nobody_has_any_more_is_said_to_be_lost_and_stays_marked(closed: Path, reports: Path) -> None:
    shutil.rmtree(closed / "backups")
    shutil.rmtree(reports)
    damage_text(closed)
    assert any("is lost" in line for line in list(mend(closed)))
    assert any("not the text that was imported" in line for line in inspect(closed))


@pytest.mark.parametrize("spoil", [tear, lambda folder: (folder / FILE_NAME).write_bytes(b"")])
def test_a_torn_database_is_rebuilt_and_kept_aside(closed: Path, spoil: Callable[[Path], object]) -> None:
    before = texts(closed)
    spoil(closed)
    torn = (closed / FILE_NAME).read_bytes()
    assert any("backup" in line for line in inspect(closed))
    list(mend(closed))
    assert texts(closed) == before
    assert (closed / DAMAGED_NAME / "library-1.sqlite3").read_bytes() == torn


def test_what_is_newer_than_the_backup_is_taken_from_the_torn_file(closed: Path, tmp_path: Path, run: Run) -> None:
    new = tmp_path / "newer.txt"
    new.write_text("Rain in Delhi\n\nDelhi: It rained in Delhi on Monday, and on Tuesday too.\n", encoding="utf-8")
    with Library(closed, writing=True) as library:
        library.worker.import_paths([new])
        list(library.worker.events())
    before = texts(closed)
    assert len(before) == 3
    new.unlink()
    with closing(sqlite3.connect(closed / FILE_NAME)) as connection:
        # A page in which nothing can be found any more, far from the articles.
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET rootpage = 2 WHERE name = 'jobs'")
        connection.commit()
    (closed / PAGES_NAME).unlink()
    assert inspect(closed)
    list(mend(closed))
    assert texts(closed) == before


def test_a_backup_takes_the_library_s_place(closed: Path, tmp_path: Path) -> None:
    before = texts(closed)
    damage_text(closed)
    (backup,) = Backups(closed).all()
    assert list(restore_backup(closed, backup.path))
    assert texts(closed) == before


def test_an_open_library_is_not_mended(closed: Path) -> None:
    with Library(closed, writing=True), pytest.raises(LibraryBusy):
        list(mend(closed))


def test_an_end_without_farewell_is_examined_and_told(closed: Path) -> None:
    (closed / PAGES_NAME).unlink()
    with Library(closed, writing=True) as library:
        assert library.notices() == [EXAMINED]
    with Library(closed, writing=True) as library:
        assert library.notices() == []
    (closed / PAGES_NAME).unlink()
    tear(closed)
    with pytest.raises(LibraryDamaged, match="check --repair"):
        Library(closed, writing=True)


def test_an_index_of_an_earlier_day_is_built_anew_and_that_is_told(library: Library, reports: Path, run: Run) -> None:
    files = sorted(reports.iterdir())
    library.worker.import_paths(files[:1])
    run()
    index = next((Path(library.folder).parent / "cache" / "setu" / "index").iterdir())
    shutil.copytree(index, library.folder / "older")
    library.worker.import_paths(files[1:])
    run()
    assert library.index_is_complete()
    shutil.rmtree(index)
    shutil.copytree(library.folder / "older", index)
    assert not library.index_is_complete()
    library.look_after()
    assert Notice(INDEX_HEALED) in run()
    assert library.index_is_complete()
    assert library.search("stoltenberg").total == 2
