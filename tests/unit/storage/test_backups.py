"""Backups are whole, make room for each other, and do not trust the clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.storage.backups import Backup, Backups, open_backup, to_keep
from desktop_app.storage.connections import FILE_NAME
from desktop_app.storage.database import Database
from desktop_app.storage.errors import DiskFull, LibraryDamaged

MONDAY = dt.date(2026, 3, 2)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path, writing=True)
    yield database
    database.close()


def on(folder: Path, day: dt.date) -> Backups:
    return Backups(folder, today=lambda: day)


def daily(number: int, day: dt.date, size: int = 1000) -> Backup:
    return Backup(Path(f"{number}"), number, day, None, size)


def test_a_backup_holds_what_was_committed_and_leaves_no_trace_when_read(database: Database, tmp_path: Path) -> None:
    with database.transaction() as connection:
        connection.execute("INSERT INTO meta VALUES ('kept', 'yes')")
    made = on(tmp_path, MONDAY).make_daily(database.connection())
    with closing(open_backup(made.path)) as copy:
        assert copy.execute("SELECT value FROM meta WHERE name = 'kept'").fetchone()[0] == "yes"
    assert [path.name for path in made.path.parent.iterdir()] == ["daily-0001-2026-03-02.sqlite3"]


def test_a_backup_is_due_once_a_day_and_only_if_something_changed(database: Database, tmp_path: Path) -> None:
    assert on(tmp_path, MONDAY).is_due(0)
    on(tmp_path, MONDAY).make_daily(database.connection())
    assert not on(tmp_path, MONDAY).is_due(5)
    tuesday = on(tmp_path, MONDAY + dt.timedelta(1))
    assert not tuesday.is_due(0)
    assert tuesday.is_due(1)


def test_a_week_of_days_and_a_month_of_weeks_are_kept() -> None:
    days = [daily(n, MONDAY + dt.timedelta(n)) for n in range(60)]
    kept = to_keep(days[::-1], 10**9)
    assert [backup.date for backup in kept[:7]] == [MONDAY + dt.timedelta(n) for n in range(59, 52, -1)]
    assert len(kept) == 11
    assert len({backup.date.isocalendar()[:2] for backup in kept[7:]}) == 4


def test_backups_are_bounded_but_two_days_and_one_old_format_stay() -> None:
    days = [daily(n, MONDAY + dt.timedelta(n), 500) for n in range(20, 0, -1)]
    before = [Backup(Path(f"b{n}"), n, MONDAY, 1, 500) for n in (30, 29, 28, 27)]
    assert len(to_keep([*before, *days], 10**9)) == 12
    kept = to_keep([*before, *days], 10)
    assert [backup.number for backup in kept] == [20, 19, 30]


def test_a_clock_that_ran_ahead_does_not_push_good_backups_out(database: Database, tmp_path: Path) -> None:
    for day in range(6):
        on(tmp_path, MONDAY + dt.timedelta(day)).make_daily(database.connection())
    on(tmp_path, MONDAY.replace(year=2036)).make_daily(database.connection())
    on(tmp_path, MONDAY + dt.timedelta(6)).make_daily(database.connection())
    dates = [backup.date for backup in Backups(tmp_path).all()]
    assert dates[0] == MONDAY + dt.timedelta(6)
    assert dates[1].year == 2036
    assert len(dates) == 8, "the first day is the newest of its week behind the seven newest"


def test_a_torn_database_is_not_backed_up(database: Database, tmp_path: Path) -> None:
    with database.transaction() as connection:
        connection.executemany("INSERT INTO meta VALUES (?, ?)", [(f"{n}", "x" * 500) for n in range(200)])
    database.settle()
    path = tmp_path / FILE_NAME
    content = bytearray(path.read_bytes())
    content[-8192:] = b"\x55" * 8192
    path.write_bytes(content)
    with pytest.raises(LibraryDamaged, match="library"):
        Backups(tmp_path).make_daily(database.connection())
    assert Backups(tmp_path).all() == []


def test_a_backup_never_takes_the_last_room(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.storage.backups._ROOM_LEFT_BYTES", 1 << 62)
    with pytest.raises(DiskFull):
        Backups(tmp_path).make_daily(database.connection())
    assert Backups(tmp_path).all() == []
