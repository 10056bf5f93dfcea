"""Opening the library's SQLite file safely: WAL, full synchronisation, migrations with a backup before each."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from desktop_app.storage.errors import DiskFull, LibraryTooNew, LibraryUnreadable
from desktop_app.storage.lock import WriterLock
from desktop_app.storage.schema import MIGRATIONS

FILE_NAME = "library.sqlite3"
_BUSY_TIMEOUT_MS = 10_000


class Database:
    """The SQLite file of one library folder; one connection per thread.

    With *writing* False every connection refuses to change data.
    """

    def __init__(self, folder: Path, *, writing: bool) -> None:
        self.path = folder / FILE_NAME
        self._writing = writing
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        with self.errors_as_sentences():
            folder.mkdir(parents=True, exist_ok=True)
            _bring_up_to_date(folder, self.path, locked=writing)

    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        existing: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if existing is not None:
            return existing
        with self.errors_as_sentences():
            connection = _connect(self.path)
            if not self._writing:
                connection.execute("PRAGMA query_only = ON")
        self._local.connection = connection
        with self._guard:
            self._all.append(connection)
        return connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: commits at the end, rolls back on any exception."""
        connection = self.connection()
        with self.errors_as_sentences():
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def errors_as_sentences(self) -> Iterator[None]:
        """Turn SQLite's and the disk's complaints into `ReaderError`s."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if "disk is full" in str(error):
                raise DiskFull(self.path) from error
            raise LibraryUnreadable(self.path, str(error)) from error
        except sqlite3.DatabaseError as error:
            raise LibraryUnreadable(self.path, str(error)) from error
        except OSError as error:
            raise LibraryUnreadable(self.path, error.strerror or str(error)) from error

    def close(self) -> None:
        with self._guard:
            connections, self._all = self._all, []
        for connection in connections:
            connection.close()
        self._local = threading.local()


def _connect(path: Path) -> sqlite3.Connection:
    # Connections are closed together by `Database.close`, from whichever thread calls it.
    connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_MS / 1000, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # A library may come from elsewhere: its schema must not be able to call functions with side effects.
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _bring_up_to_date(folder: Path, path: Path, *, locked: bool) -> None:
    """Create or migrate the database; a newer one is refused before anything is written to it."""
    if path.exists():
        # Read-only, so that a library from a newer Setu is not even switched to WAL.
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)) as probe:
            found = _version(probe)
        if found > len(MIGRATIONS):
            raise LibraryTooNew(path, found, len(MIGRATIONS))
        if found == len(MIGRATIONS):
            return
    lock = WriterLock(folder)
    if not locked:
        lock.acquire(timeout_s=10)
    try:
        with closing(_connect(path)) as connection:
            _migrate(connection, folder)
    finally:
        if not locked:
            lock.release()


def _migrate(connection: sqlite3.Connection, folder: Path) -> None:
    for step in range(_version(connection), len(MIGRATIONS)):
        if step:
            _back_up(connection, folder / "backups" / f"before-format-{step + 1}.sqlite3")
        connection.executescript(f"BEGIN IMMEDIATE; {MIGRATIONS[step]} PRAGMA user_version = {step + 1}; COMMIT;")


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)
