"""What can be wrong with a library on disk, as sentences."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from desktop_app.errors import ReaderError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)


class LibraryBusy(ReaderError):
    """Another running Setu writes to this library."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The library {folder} is being changed by another running Setu. "
            "Close the other one, or wait until it has finished, and try again. "
            "`setu open FILE` gives files to its window."
        )


class LibraryTooNew(ReaderError):
    """The library was written by a newer Setu; it is left untouched."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            f"The library {path} was made by a newer Setu (format {found}, this one knows {known}). "
            "Nothing was changed. Install the newer Setu to open it."
        )


class LibraryUnreadable(ReaderError):
    """The database file cannot be opened."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The library {path} cannot be used: {reason}. Check the folder, or choose another library with --library."
        )


class LibraryDamaged(ReaderError):
    """The database file is not as Setu wrote it; nothing was changed."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(
            f"The library {path} is damaged: {reason}. Nothing was changed. `setu check --repair` brings the articles "
            "back, from the backups beside it and from what is still readable, and keeps the damaged file."
        )


class LibraryReadOnly(ReaderError):
    """The library lies where nothing may be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The library {path} lies in a folder that may not be written to, so it can only be read. Nothing was "
            "changed. Copy the library to a folder of your own to change it."
        )


class DiskFull(ReaderError):
    """No room left; what was stored before stays."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The disk is full, so nothing more could be stored in {path}. "
            "What was stored before is kept. Free some space and try again."
        )


class DiskFailed(ReaderError):
    """The disk could not read or write; what was reported stored before stays."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The disk did not read or write {path} ({reason}). What was stored before is kept. "
            "Check the drive and its connection, and try again."
        )


def as_reader_error(error: sqlite3.Error | OSError, path: Path) -> ReaderError | None:
    """The sentence for what SQLite or the system complains of; None if it is a fault of the program."""
    if isinstance(error, OSError):
        if error.errno in _FULL:
            return DiskFull(path)
        if error.errno in _READ_ONLY:
            return LibraryReadOnly(path)
        if error.errno == errno.EIO:
            return DiskFailed(path, error.strerror or "input/output error")
        return LibraryUnreadable(path, error.strerror or str(error))
    code = getattr(error, "sqlite_errorcode", 0)
    match code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return DiskFull(path)
        case sqlite3.SQLITE_IOERR:
            return DiskFailed(path, getattr(error, "sqlite_errorname", str(error)))
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return LibraryDamaged(path, str(error))
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return LibraryReadOnly(path)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return LibraryBusy(path.parent)
        case sqlite3.SQLITE_INTERRUPT:
            return None
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_AUTH:
            return LibraryUnreadable(path, str(error))
    if isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError:
        # "no such table", "malformed database schema": the file holds something else than Setu wrote.
        return LibraryDamaged(path, str(error))
    return None
