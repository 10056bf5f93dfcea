"""Copies of the database beside it: one a day, one before each change of format, the oldest making room.

Nothing here is decided by the clock alone: the order of backups is counted, so a clock that runs years ahead for a
day neither pushes good backups out nor keeps new ones from being made.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import ReaderError
from desktop_app.storage.connections import FILE_NAME, Complaints, SafeConnection, connect
from desktop_app.storage.errors import DiskFull, LibraryDamaged
from desktop_app.storage.files import put_in_place

FOLDER_NAME = "backups"
_DAILY, _BEFORE = "daily", "format"
_NAME = re.compile(r"(daily|format-(\d+))-(\d{4,})-(\d{4}-\d{2}-\d{2})\.sqlite3")
_DAYS, _WEEKS, _BEFORE_MIGRATIONS = 7, 4, 3
_LEAST_DAILIES = 2
_TIMES_THE_DATABASE = 4
_SMALL_BYTES = 256 << 20
_ROOM_LEFT_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file; a later one has the higher *number*, whatever the clock said. *format* None: a daily one."""

    path: Path
    number: int
    date: dt.date
    format: int | None
    size_bytes: int


class Backups:
    """The backups of the library in *folder*. Whoever makes one is the library's only writer."""

    def __init__(self, folder: Path, today: Callable[[], dt.date] | None = None) -> None:
        self._library = folder / FILE_NAME
        self._folder = folder / FOLDER_NAME
        self._today = today or (lambda: dt.datetime.now().astimezone().date())

    def all(self) -> list[Backup]:
        """Every backup there is, newest first."""
        found = []
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                backup = _backup(path)
                if backup is not None:
                    found.append(backup)
        return sorted(found, key=lambda backup: -backup.number)

    def is_due(self, changes: int) -> bool:
        """Whether a day has come, and something has changed, since the newest daily backup; *changes* is the
        library's count of them."""
        newest = next((backup for backup in self.all() if backup.format is None), None)
        if newest is None:
            return True
        if newest.date == self._today():
            return False
        try:
            with closing(open_backup(newest.path)) as copy:
                (found,) = copy.execute("SELECT value FROM meta WHERE name = 'changes'").fetchone()
            return int(found) != changes
        except (ReaderError, TypeError, ValueError):
            return True

    def make_daily(self, connection: SafeConnection) -> Backup:
        """Copy the database now; `LibraryDamaged` if the copy is found damaged, and with it the original."""
        return self._make(connection, _DAILY)

    def make_before_migration(self, connection: SafeConnection, format_: int) -> Backup:
        """Copy the database, which still has *format_*."""
        return self._make(connection, f"{_BEFORE}-{format_}")

    def _make(self, connection: SafeConnection, kind: str) -> Backup:
        number = max((backup.number for backup in self.all()), default=0) + 1
        target = self._folder / f"{kind}-{number:04}-{self._today().isoformat()}.sqlite3"
        new = target.with_name(f"{target.name}.new")
        with Complaints(target):
            self._folder.mkdir(exist_ok=True)
            self._remove_unfinished()
            size = self._library.stat().st_size
            if shutil.disk_usage(self._folder).free < size + _ROOM_LEFT_BYTES:
                raise DiskFull(target)
            try:
                with closing(sqlite3.connect(new)) as copy:
                    # The finished file is forced to the disk once, before it gets its name.
                    copy.execute("PRAGMA synchronous = OFF")
                    connection.backup(copy)
                verify(new, said_of=self._library)
                put_in_place(new, target)
            except BaseException:
                with contextlib.suppress(OSError):
                    new.unlink(missing_ok=True)
                raise
        self._rotate(size)
        made = _backup(target)
        assert made is not None
        return made

    def _remove_unfinished(self) -> None:
        for leftover in self._folder.glob("*.sqlite3.new*"):
            leftover.unlink(missing_ok=True)

    def _rotate(self, database_bytes: int) -> None:
        """Let go of what is too old or too much."""
        backups = self.all()
        kept = to_keep(backups, max(_SMALL_BYTES, _TIMES_THE_DATABASE * database_bytes))
        for backup in backups:
            if backup not in kept:
                with contextlib.suppress(OSError):
                    backup.path.unlink()


def to_keep(backups: Sequence[Backup], most_bytes: int) -> list[Backup]:
    """Of *backups* (newest first) the 7 newest daily ones, the newest of each of 4 weeks before, and the 3 newest
    from before a migration, fewer if they are more than *most_bytes*, but never fewer than two daily ones and one."""
    daily = [backup for backup in backups if backup.format is None]
    kept = daily[:_DAYS]
    weeks: list[tuple[int, int]] = []
    for backup in daily[_DAYS:]:
        week = backup.date.isocalendar()[:2]
        if week not in weeks and len(weeks) < _WEEKS:
            weeks.append(week)
            kept.append(backup)
    before = [backup for backup in backups if backup.format is not None][:_BEFORE_MIGRATIONS]
    while sum(backup.size_bytes for backup in (*kept, *before)) > most_bytes:
        if len(before) > 1:
            before.pop()
        elif len(kept) > _LEAST_DAILIES:
            kept.pop()
        else:
            break
    return kept + before


def open_backup(path: Path) -> SafeConnection:
    """A backup opened without leaving a trace."""
    return connect(path, options="mode=ro&immutable=1")


def verify(path: Path, *, said_of: Path | None = None) -> None:
    """`LibraryDamaged` (of *said_of*) if the copy at *path* is not whole."""
    try:
        with closing(open_backup(path)) as copy:
            lines = [row[0] for row in copy.execute("PRAGMA quick_check(1)")]
    except LibraryDamaged as error:
        raise LibraryDamaged(said_of or path, error.reason) from error
    if lines != ["ok"]:
        raise LibraryDamaged(said_of or path, lines[0].rstrip(".") if lines else "it cannot be read")


def _backup(path: Path) -> Backup | None:
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    try:
        day, size = dt.date.fromisoformat(found[4]), path.stat().st_size
    except (ValueError, OSError):
        return None
    return Backup(path, int(found[3]), day, int(found[2]) if found[2] else None, size)
