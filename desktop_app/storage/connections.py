"""SQLite connections whose complaints are sentences, and whose damaged texts can still be looked at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from desktop_app.storage.errors import as_reader_error

FILE_NAME = "library.sqlite3"
BUSY_TIMEOUT_S = 10.0
_WAL_BYTES_KEPT = 64 << 20


class SafeCursor(sqlite3.Cursor):
    """Raises `ReaderError` where SQLite complains of the file or the disk; our own mistakes stay what they are."""

    def __init__(self, connection: SafeConnection) -> None:
        super().__init__(connection)
        self._safe = connection
        self._asked: tuple[str, Any] = ("", ())
        self._given = 0

    def execute(self, sql: str, parameters: Any = (), /) -> SafeCursor:
        self._asked, self._given = (sql, parameters), 0
        try:
            super().execute(sql, parameters)
        except sqlite3.Error as error:
            raise told(error, self._safe.library) from error
        return self

    def executemany(self, sql: str, parameters: Any, /) -> SafeCursor:
        try:
            super().executemany(sql, parameters)
        except sqlite3.Error as error:
            raise told(error, self._safe.library) from error
        return self

    def executescript(self, script: str, /) -> SafeCursor:
        try:
            super().executescript(script)
        except sqlite3.Error as error:
            raise told(error, self._safe.library) from error
        return self

    def fetchone(self) -> Any:
        return next(iter(self), None)

    def fetchall(self) -> list[Any]:
        return list(self)

    def fetchmany(self, size: int | None = 1, /) -> list[Any]:
        return list(islice(self, size))

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        step = super().__next__
        while True:
            try:
                row = step()
            except StopIteration:
                return
            except sqlite3.Error as error:
                self._read_leniently(error)
                continue
            self._given += 1
            yield row

    def _read_leniently(self, error: sqlite3.Error) -> None:
        """A text that is no UTF-8 any more is shown with marks for what is lost, from the same row on."""
        if "decode to UTF-8" not in str(error) or self._safe.text_factory is not str:
            raise told(error, self._safe.library) from error
        self._safe.text_factory = _lenient
        try:
            super().execute(*self._asked)
            for _ in range(self._given):
                super().fetchone()
        except sqlite3.Error as other:
            raise told(other, self._safe.library) from other


class SafeConnection(sqlite3.Connection):
    """A connection to the library's file *library*, with which all errors are told."""

    library = Path(FILE_NAME)

    def cursor(self, factory: None = None) -> SafeCursor:  # type: ignore[override]  # noqa: ARG002 (SQLite's call)
        made = SafeCursor(self)
        made.row_factory = self.row_factory
        return made

    def execute(self, sql: str, parameters: Any = (), /) -> SafeCursor:
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any, /) -> SafeCursor:
        return self.cursor().executemany(sql, parameters)

    def executescript(self, script: str, /) -> SafeCursor:
        return self.cursor().executescript(script)

    def commit(self) -> None:
        with Complaints(self.library):
            super().commit()

    def rollback(self) -> None:
        with Complaints(self.library):
            super().rollback()


class Complaints:
    """Turns SQLite's and the system's errors into sentences about *path*."""

    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, sqlite3.Error | OSError):
            found = told(error, self._path)
            if found is not error:
                raise found from error


def told(error: sqlite3.Error | OSError, path: Path) -> Exception:
    """The sentence for *error*, or, where it is a fault of the program, itself."""
    return as_reader_error(error, path) or error


def connect(path: Path, *, options: str = "", changing: bool = True) -> SafeConnection:
    """A connection with full synchronisation. *options* are SQLite's own of a file address ("mode=ro")."""
    address = f"{path.absolute().as_uri()}{'?' if options else ''}{options}"
    with Complaints(path):
        # Connections are closed together by `Database.close`, from whichever thread calls it.
        connection = sqlite3.connect(
            address,
            uri=True,
            timeout=BUSY_TIMEOUT_S,
            isolation_level=None,
            check_same_thread=False,
            factory=SafeConnection,
        )
    connection.library = path
    try:
        connection.row_factory = sqlite3.Row
        # A library may come from elsewhere: its schema must not be able to call functions with side effects.
        pragmas = ["trusted_schema = OFF", "foreign_keys = ON"]
        if options:
            pragmas.append("query_only = ON")
        else:
            # On macOS only the "full" variants reach the disk.
            pragmas += [
                "journal_mode = WAL",
                "synchronous = FULL",
                "fullfsync = ON",
                "checkpoint_fullfsync = ON",
                f"journal_size_limit = {_WAL_BYTES_KEPT}",
            ]
            if not changing:
                pragmas.append("query_only = ON")
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _lenient(content: bytes) -> str:
    return content.decode("utf-8", "replace")
