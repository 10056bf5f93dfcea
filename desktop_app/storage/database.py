"""The library's SQLite file, opened safely: WAL, full synchronisation, one connection a thread."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.errors import ReaderError
from desktop_app.storage.connections import FILE_NAME, Complaints, SafeConnection, connect
from desktop_app.storage.errors import DiskFailed, LibraryDamaged, LibraryReadOnly
from desktop_app.storage.files import may_be_written
from desktop_app.storage.opening import bring_up_to_date, copy_for_reading
from desktop_app.storage.page_digests import PageDigests

_SETTLING_MS = 500
"""How long the end of the program waits for readers of the last moment."""

_PROGRESS_STEPS = 20_000
EXAMINED = "Setu did not end properly the last time. The library was examined and is in order."

__all__ = ["EXAMINED", "FILE_NAME", "Database"]


class Database:
    """The SQLite file of one library folder; one connection per thread.

    With *writing* False every connection refuses to change data. `LibraryReadOnly` if it is to be written and lies
    where nothing may be. `left_unclean` says that who wrote last did not come to an end; `before_commit` is called
    inside each transaction.
    """

    def __init__(self, folder: Path, *, writing: bool) -> None:
        self.path = folder / FILE_NAME
        self.read_only = self.path.exists() and not (may_be_written(folder) and may_be_written(self.path))
        self.before_commit: list[Callable[[sqlite3.Connection], None]] = []
        self._writing = writing
        self._local = threading.local()
        self._all: list[SafeConnection] = []
        self._guard = threading.Lock()
        self._digests = PageDigests(folder)
        self._is_marked = False
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        self._opened, self._options = self.path, ""
        if self.read_only and writing:
            raise LibraryReadOnly(self.path)
        existed = self.path.exists()
        with Complaints(self.path):
            changed = bring_up_to_date(folder, locked=writing, read_only=self.read_only)
            if self.read_only:
                self._opened, self._options, self._copy = copy_for_reading(self.path)
        self.left_unclean = existed and not changed and not self._digests.there

    def connection(self) -> SafeConnection:
        """This thread's connection."""
        existing: SafeConnection | None = getattr(self._local, "connection", None)
        if existing is not None:
            return existing
        connection = connect(self._opened, options=self._options, changing=self._writing)
        self._local.connection = connection
        with self._guard:
            self._all.append(connection)
        return connection

    @contextmanager
    def transaction(self) -> Iterator[SafeConnection]:
        """All or nothing: commits at the end, rolls back on any exception."""
        if self.read_only:
            raise LibraryReadOnly(self.path)
        connection = self.connection()
        self._mark()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            for step in self.before_commit:
                step(connection)
            connection.commit()
        except BaseException as error:
            with contextlib.suppress(ReaderError):
                connection.rollback()
            if isinstance(error, DiskFailed):
                # What such a connection holds of the file is in doubt; the next one reads anew.
                self._drop(connection)
            raise

    def quick_check(self, within_s: float | None = None) -> bool:
        """`LibraryDamaged` if the file's structure is torn; False if that took longer than *within_s*."""
        connection = self.connection()
        end = None if within_s is None else time.monotonic() + within_s
        connection.set_progress_handler(lambda: end is not None and time.monotonic() > end, _PROGRESS_STEPS)
        try:
            lines = [row[0] for row in connection.execute("PRAGMA quick_check(1)")]
        except sqlite3.OperationalError:
            return False
        finally:
            connection.set_progress_handler(None, 0)
        if lines != ["ok"]:
            raise LibraryDamaged(self.path, lines[0].rstrip(".") if lines else "it cannot be read")
        return True

    def settle(self) -> None:
        """Write down what every page of the file is, if it changed since. Only for the one who holds the writer lock,
        with nobody else writing; closes all connections."""
        if self._digests.there or self.read_only or not self.path.exists():
            self.close()
            return
        connection = self.connection()
        connection.execute(f"PRAGMA busy_timeout = {_SETTLING_MS}")
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self.close()
        if not busy:
            with Complaints(self.path):
                self._digests.write()

    def close(self) -> None:
        with self._guard:
            connections, self._all = self._all, []
        for connection in connections:
            connection.close()
        self._local = threading.local()
        if self._copy is not None:
            self._copy.cleanup()

    def _mark(self) -> None:
        """From the first change on the file is not as it was written down."""
        if not self._is_marked:
            with Complaints(self.path):
                self._digests.remove()
            self._is_marked = True

    def _drop(self, connection: SafeConnection) -> None:
        self._local.connection = None
        with self._guard:
            self._all = [other for other in self._all if other is not connection]
        with contextlib.suppress(sqlite3.Error):
            connection.close()
