"""Numbers and days as the window says them."""

from __future__ import annotations

import datetime as dt

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: dt.date) -> str:
    """ "27 Sep 2024", whatever language the desktop speaks: strftime would follow that."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_words(month: str) -> str:
    """ "Sep 2024" of "2024-09"."""
    year, _, number = month.partition("-")
    return f"{_MONTHS[int(number) - 1]} {year}"


def moment_words(moment: dt.datetime) -> str:
    """ "27 Sep 2024, 14:05", on this computer's clock."""
    here = moment.astimezone()
    return f"{day_words(here.date())}, {here:%H:%M}"


def shortened(title: str, length: int = 45) -> str:
    """*title*, cut between words (or within one without an end) so that a sentence around it can be read."""
    if len(title) <= length:
        return title
    cut = title[:length]
    return cut[: cut.rfind(" ")].rstrip(" ,;:–—-|") + " …" if " " in cut else cut + "…"


def count_of(number: int, thing: str, things: str = "") -> str:
    """ "1 article", "12 articles"; *things* where the plural is not made by an s."""
    return f"{number:,} {thing if number == 1 else things or f'{thing}s'}"
