"""Dates as a query writes them: a year, a month, a day, a range of two of these, or one end of a range."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

_ASCII_DIGITS = {0x966 + digit: ord("0") + digit for digit in range(10)}
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_COMPARED = re.compile(r"(>=|<=|>|<)(.*)")
_BETWEEN = re.compile(r"\s*(?:\.\.\.?|…|[–—])\s*|\s+(?:to|से|-)\s+", re.IGNORECASE)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day, both included; None is an open end. `turned`: it was written backwards."""

    first: dt.date | None
    last: dt.date | None
    turned: bool = False

    @property
    def day_before(self) -> dt.date | None:
        """The last day before these (the first day there is, if there is none before)."""
        if self.first is None or self.first == dt.date.min:
            return self.first
        return self.first - _DAY

    @property
    def day_after(self) -> dt.date | None:
        """The first day after these (the last day there is, if there is none after)."""
        if self.last is None or self.last == dt.date.max:
            return self.last
        return self.last + _DAY


def parse_dates(value: str) -> Days | None:
    """Read `2024`, `2024-09`, `2024-09-27`, `27/9/2024`, `A..B` (either may be missing), `>=A`.

    Devanagari digits are digits, `[A to B]` with `*` for an open end is `A..B`; a range written backwards is
    turned round. None if it is no date.
    """
    value = value.strip().strip("[]{}").strip().translate(_ASCII_DIGITS)
    if compared := _COMPARED.fullmatch(value):
        return _from_comparison(compared[1], _period(compared[2].strip()))
    parts = _BETWEEN.split(value)
    if len(parts) == 1:
        return _period(value)
    if len(parts) != 2:
        return None
    left, right = ("" if part == "*" else part for part in parts)
    begin = _period(left) if left else Days(None, None)
    finish = _period(right) if right else Days(None, None)
    if begin is None or finish is None or not (left or right):
        return None
    turned = bool(begin.first and finish.first and finish.first < begin.first)
    if turned:
        begin, finish = finish, begin
    return Days(begin.first, finish.last, turned)


def _from_comparison(sign: str, days: Days | None) -> Days | None:
    if days is None:
        return None
    match sign:
        case ">":
            return Days(days.day_after, None)
        case ">=":
            return Days(days.first, None)
        case "<":
            return Days(None, days.day_before)
    return Days(None, days.last)


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
