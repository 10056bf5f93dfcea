"""Dates as a query writes them: a year, a month, a day, or a range of two of these."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

_ASCII_DIGITS = {0x966 + digit: ord("0") + digit for digit in range(10)}
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day, both included; None is an open end."""

    first: dt.date | None
    last: dt.date | None

    @property
    def day_before(self) -> dt.date | None:
        """The last day before these (the first day there is, if there is none before)."""
        if self.first is None or self.first == dt.date.min:
            return self.first
        return self.first - dt.timedelta(days=1)


def parse_dates(value: str) -> Days | None:
    """Read `2024`, `2024-09`, `2024-09-27`, `27/9/2024` or `A..B` (either may be missing).

    Devanagari digits are digits; a range typed backwards is turned round. None if it is no date.
    """
    value = value.strip().translate(_ASCII_DIGITS).replace("…", "..")
    if ".." not in value:
        return _period(value)
    left, _, right = value.partition("..")
    left, right = left.strip(". "), right.strip(". ")
    begin = _period(left) if left else Days(None, None)
    finish = _period(right) if right else Days(None, None)
    if begin is None or finish is None or not (left or right):
        return None
    if begin.first and finish.first and finish.first < begin.first:
        begin, finish = finish, begin
    return Days(begin.first, finish.last)


def _period(text: str) -> Days | None:
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) if part else None for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    else:
        return None
    try:
        if year is None or month is None:
            return Days(dt.date(year or 0, 1, 1), dt.date(year or 0, 12, 31))
        if day is None:
            return Days(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))
        return Days(dt.date(year, month, day), dt.date(year, month, day))
    except ValueError:  # calendar's IllegalMonthError is one
        return None
