"""From a folder to a database of today's format: created, examined, migrated, or refused before a byte is changed."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from desktop_app.storage.backups import Backups
from desktop_app.storage.connections import FILE_NAME, Complaints, SafeConnection, connect
from desktop_app.storage.errors import LibraryDamaged, LibraryReadOnly, LibraryTooNew, LibraryUnreadable
from desktop_app.storage.files import may_be_written, put_in_place, sync_folder
from desktop_app.storage.lock import WriterLock
from desktop_app.storage.page_digests import PageDigests
from desktop_app.storage.schema import MIGRATIONS

_HEADER_BYTES = 100
_MAGIC = b"SQLite format 3\0"
_UNCHANGING = "mode=ro&immutable=1"


def bring_up_to_date(folder: Path, *, locked: bool, read_only: bool) -> bool:
    """Create or migrate the database in *folder*; True if it did. *locked*: the caller holds the writer lock."""
    path = folder / FILE_NAME
    if path.is_dir():
        raise LibraryUnreadable(path, "a folder lies in its place")
    if path.exists():
        if not _is_old(path, read_only=read_only):
            return False
        if read_only:
            raise LibraryUnreadable(path, "an older Setu made it, and it may not be changed to be brought up to date")
    else:
        folder.mkdir(parents=True, exist_ok=True)
        if not may_be_written(folder):
            raise LibraryReadOnly(path)
        if Backups(folder).all():
            raise LibraryDamaged(path, "it is missing, though there are backups of it")
    lock = WriterLock(folder)
    if not locked:
        lock.acquire(timeout_s=10)
    try:
        if not path.exists():
            _create(path)
        elif not _is_old(path, read_only=False):
            return False
        else:
            _migrate(path)
        PageDigests(folder).write()
    finally:
        if not locked:
            lock.release()
    return True


def refuse_unusable(folder: Path) -> None:
    """What can be said against opening the library in *folder* for writing before anything is touched."""
    path = folder / FILE_NAME
    if path.exists() and not path.is_dir():
        with Complaints(path):
            if not (may_be_written(folder) and may_be_written(path)):
                raise LibraryReadOnly(path)
            _is_old(path, read_only=False)


def copy_for_reading(path: Path) -> tuple[Path, str, tempfile.TemporaryDirectory[str] | None]:
    """How to open a database that may not be changed: which file, with which of SQLite's options, and the folder of
    a passing copy, which is needed where the last writer left its log behind."""
    log = _log(path)
    if not _has_content(log):
        return path, _UNCHANGING, None
    folder = tempfile.TemporaryDirectory(prefix="setu-", ignore_cleanup_errors=True)
    for file in (path, log):
        shutil.copyfile(file, Path(folder.name) / file.name)
    return Path(folder.name) / path.name, "", folder


def format_of(path: Path, *, read_only: bool = False) -> int:
    """The format of an existing database; `LibraryDamaged` if it is none, or cut off. Changes nothing."""
    size = path.stat().st_size
    if not size:
        raise LibraryDamaged(path, "the file is empty")
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise LibraryDamaged(path, "the file is not a database")
    if _has_content(_log(path)):
        # The newest first page may stand in the log; a copy, because a mere look would leave files behind.
        opened, options, folder = copy_for_reading(path) if read_only else (path, "mode=ro", None)
        with closing(connect(opened, options=options)) as connection:
            found = _version(connection)
        if folder is not None:
            folder.cleanup()
        return found
    page_bytes = int.from_bytes(header[16:18], "big")
    page_bytes = 65536 if page_bytes == 1 else page_bytes
    is_counted = header[24:28] == header[92:96]
    if is_counted and int.from_bytes(header[28:32], "big") * page_bytes > size:
        raise LibraryDamaged(path, "the file is cut off")
    return int.from_bytes(header[60:64], "big", signed=True)


def run_migrations(connection: SafeConnection, found: int) -> None:
    """All steps from format *found* in one transaction: the file has the old format or the new one."""
    steps = "".join(MIGRATIONS[found:])
    connection.executescript(f"BEGIN IMMEDIATE; {steps} PRAGMA user_version = {len(MIGRATIONS)}; COMMIT;")


def move_log_aside(path: Path) -> None:
    """A log without its database must not be taken for the next one's."""
    for ending in ("-wal", "-shm"):
        log = path.with_name(path.name + ending)
        if log.exists():
            log.replace(log.with_name(f"{log.name}.left"))


def _is_old(path: Path, *, read_only: bool) -> bool:
    found = format_of(path, read_only=read_only)
    if found > len(MIGRATIONS):
        raise LibraryTooNew(path, found, len(MIGRATIONS))
    if found < 1:
        raise LibraryUnreadable(path, "it is a database, but not a library of Setu")
    return found < len(MIGRATIONS)


def _create(path: Path) -> None:
    new = path.with_name(f"{path.name}.new")
    parts = (new, _log(new), new.with_name(f"{new.name}-shm"))
    for leftover in parts:
        leftover.unlink(missing_ok=True)
    try:
        with closing(connect(new)) as connection:
            run_migrations(connection, 0)
            # Closing does this, too, but does not say where it fails.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        move_log_aside(path)
        put_in_place(new, path)
    except BaseException:
        with contextlib.suppress(OSError):
            for part in parts:
                part.unlink(missing_ok=True)
        raise
    with contextlib.suppress(OSError):
        sync_folder(path.parent.parent)


def _migrate(path: Path) -> None:
    folder = path.parent
    with closing(connect(path)) as connection:
        found = _version(connection)
        Backups(folder).make_before_migration(connection, found)
        PageDigests(folder).remove()
        run_migrations(connection, found)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _version(connection: SafeConnection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _has_content(log: Path) -> bool:
    return log.exists() and log.stat().st_size > 0
