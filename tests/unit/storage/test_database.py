"""The database keeps what was committed, upgrades with a backup, and leaves newer libraries alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.storage import schema
from desktop_app.storage.backups import Backups, open_backup
from desktop_app.storage.database import FILE_NAME, Database
from desktop_app.storage.errors import LibraryBusy, LibraryDamaged, LibraryReadOnly, LibraryTooNew
from desktop_app.storage.lock import WriterLock


def test_a_library_from_a_newer_setu_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE future (x)")
        connection.execute("PRAGMA user_version = 99")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(LibraryTooNew, match="newer Setu"):
        Database(tmp_path, writing=True)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [FILE_NAME]


def test_migration_backs_up_what_was_there_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Database(tmp_path, writing=True)
    with first.transaction() as connection:
        connection.execute("INSERT INTO meta VALUES ('kept', 'yes')")
    first.close()
    known = len(schema.MIGRATIONS)
    steps = (*schema.MIGRATIONS, "ALTER TABLE entities ADD COLUMN note TEXT;", "CREATE TABLE later (x);")
    monkeypatch.setattr("desktop_app.storage.opening.MIGRATIONS", steps)
    second = Database(tmp_path, writing=True)
    assert second.connection().execute("SELECT note FROM entities").fetchall() == []
    assert second.connection().execute("PRAGMA user_version").fetchone()[0] == len(steps)
    second.close()
    (backup,) = Backups(tmp_path).all()
    assert backup.format == known
    with closing(open_backup(backup.path)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone()[0] == known
        assert copy.execute("SELECT value FROM meta WHERE name = 'kept'").fetchone()[0] == "yes"


def test_a_migration_that_fails_half_way_leaves_the_old_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Database(tmp_path, writing=True).close()
    steps = (*schema.MIGRATIONS, "CREATE TABLE later (x);", "CREATE TABLE articles (x);")
    with monkeypatch.context() as patch:
        patch.setattr("desktop_app.storage.opening.MIGRATIONS", steps)
        with pytest.raises(LibraryDamaged):
            Database(tmp_path, writing=True)
    again = Database(tmp_path, writing=True)
    assert again.connection().execute("SELECT * FROM sqlite_master WHERE name = 'later'").fetchall() == []
    again.close()


def test_a_transaction_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    database = Database(tmp_path, writing=True)

    def fail_half_way() -> None:
        with database.transaction() as connection:
            connection.execute("INSERT INTO meta VALUES ('half', 'done')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert database.connection().execute("SELECT * FROM meta WHERE name = 'half'").fetchone() is None
    database.close()


def test_a_file_that_is_no_database_is_named_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"this is not a database" * 100)
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(LibraryDamaged, match=r"not a database.*check --repair"):
        Database(tmp_path, writing=True)
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_a_reading_database_refuses_to_change_anything(tmp_path: Path) -> None:
    Database(tmp_path, writing=True).close()
    reader = Database(tmp_path, writing=False)
    with pytest.raises(LibraryReadOnly), reader.transaction() as connection:
        connection.execute("DELETE FROM meta")
    reader.close()


def test_only_one_may_write_at_a_time(tmp_path: Path) -> None:
    first, second = WriterLock(tmp_path), WriterLock(tmp_path)
    first.acquire()
    with pytest.raises(LibraryBusy, match="another running Setu"):
        second.acquire()
    first.release()
    second.acquire()
    second.release()
