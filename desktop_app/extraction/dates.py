"""Publication dates as reports write them. A date is only what the text says in full, never a guess."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.language.numbers import DateMention, find_dates
from desktop_app.language.scripts import is_devanagari
from desktop_app.language.sentence_words import HINDI_CONTINUATIONS, HINDI_SENTENCE_ENDS

_EARLIEST_YEAR, _LATEST_YEAR = 1800, 2100
_LONGEST_DATE_LINE = 140
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?|(?!\d))")
# India writes the day first; a second number above 12 can only be the American order.
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*(?:hrs|hours))?|\d{1,2}\s*(?=[ap]\.?m\b|बजे)", re.IGNORECASE)
_BESIDE_DATE = re.compile(
    r"\b(?:first|last|published|publish|updated|update|posted|modified|created|uploaded|dated?|time|on|at|ist|gmt|utc|"
    r"e[sd]t|[ap]\.?m\.?|hours?|hrs)(?!\w)"
    r"|(?:प्रकाशित|प्रकाशन|अपडेटेड|अपडेट|अद्यतन|पोस्ट|तारीख|तारीख़|दिनांक|तिथि|समय|अंतिम|आखिरी|सुबह|शाम|दोपहर|रात|बजे|बजकर|मिनट|को|पर|भारतीय|समयानुसार)"
    r"(?![\u0900-\u0963])"
    r"|[\s|,:;.()\[\]•·–—/+-]",
    re.IGNORECASE,
)
_BRACKETED_END = re.compile(r"\s*[(\[](?P<name>[^()\[\]\d]{2,40})[)\]]\s*$")
_PLACE_WORD = re.compile(r"[^\s,|/·•–—-]+")
_LONGEST_PLACE_WORDS = 6
_NOT_IN_PLACES = re.compile(r"[\"“”‘!?;।:()\[\]]|\d")
_LABEL = re.compile(r"\b(?:publish|posted|updated|dated?\b)|प्रकाशित|प्रकाशन|अपडेट|दिनांक|तारीख", re.IGNORECASE)
_PUBLISHED = re.compile(r"publish|posted|प्रकाश", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FullDate:
    """A day, month and year written at `[start, end)`."""

    start: int
    end: int
    date: dt.date


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that says when, and perhaps where and who. `date` is None where it names no year."""

    date: dt.date | None
    source: str | None = None


def find_full_dates(text: str) -> list[FullDate]:
    """The dates with day, month and year in *text*, in reading order."""
    found = []
    rest = text
    for pattern, order in ((_YEAR_FIRST, (1, 3, 4)), (_YEAR_LAST, (4, 3, 1))):
        for match in pattern.finditer(rest):
            year, month, day = (int(match.group(group)) for group in order)
            if month > 12 >= day and pattern is _YEAR_LAST:
                month, day = day, month
            if (date := _calendar_date(year, month, day)) is not None:
                found.append(FullDate(match.start(), match.end(), date))
        rest = pattern.sub(lambda match: " " * len(match.group()), rest)
    for mention in find_dates(rest):
        if mention.year and mention.month and mention.day:
            date = _calendar_date(mention.year, mention.month, mention.day)
            if date is not None:
                found.append(FullDate(mention.start, mention.end, date))
    return sorted(found, key=lambda full: full.start)


def read_date_line(line: str) -> DateLine | None:
    """What a line says that holds only a date, with weekday, time or "Updated:"; None for any other line."""
    if len(line) > _LONGEST_DATE_LINE:
        return None
    full = find_full_dates(line)
    rest = line
    for found in full:
        rest = rest[: found.start] + " " * (found.end - found.start) + rest[found.end :]
    parts = [part for part in find_dates(rest) if part.day or part.month or part.weekday is not None]
    if not full and not any(part.day and part.month and not part.year for part in parts):
        return None
    for part in parts:
        rest = rest[: part.start] + " " * (part.end - part.start) + rest[part.end :]
    if _BESIDE_DATE.sub("", _TIME.sub("", rest)):
        return None
    return DateLine(_published(line, full))


def read_place_line(line: str) -> DateLine | None:
    """What a line says that holds a place and then a date, as in "Lucknow, July 18, 2024 (Valley Times)".

    Only below a title: a headline may end in a date, too.
    """
    if len(line) > _LONGEST_DATE_LINE:
        return None
    bracketed = _BRACKETED_END.search(line)
    source = bracketed["name"].strip() if bracketed else None
    line = line[: bracketed.start()] if bracketed else line
    full = find_full_dates(line)
    days: Sequence[FullDate | DateMention] = full or [part for part in find_dates(line) if part.day and part.month]
    if len(days) != 1 or _BESIDE_DATE.sub("", _TIME.sub("", line[days[0].end :])):
        return None
    before = line[: days[0].start].rstrip()
    parts = re.split(r"([,|/·•–—:-])", before)
    place = " ".join(part for part in parts if _BESIDE_DATE.sub("", part) and not find_dates(part))
    words = _PLACE_WORD.findall(place)
    if not before.endswith((",", "|", "/", "·", "•", "–", "—", "-", ":")):
        return None
    if not words or len(words) > _LONGEST_PLACE_WORDS or _NOT_IN_PLACES.search(place):
        return None
    if is_devanagari(words[0]):
        if words[-1] in HINDI_SENTENCE_ENDS or any(word in HINDI_CONTINUATIONS for word in words):
            return None
    elif not all(word[0].isupper() for word in words):
        return None
    return DateLine(full[0].date if full else None, source)


def read_labelled_date(line: str) -> dt.date | None:
    """The day a line above a report gives: a date line, or a date after "Published", "Updated", "प्रकाशित"."""
    if (dates := read_date_line(line)) is not None:
        return dates.date
    if len(line) > _LONGEST_DATE_LINE or (label := _LABEL.search(line)) is None:
        return None
    return _published(line, [full for full in find_full_dates(line) if full.start >= label.end()])


def read_timestamp(value: str) -> dt.date | None:
    """The day of a machine-written time ("2024-09-27T23:30:00+05:30", "20240927", "Fri, 27 Sep 2024 …").

    It is the day as written there, in that time zone.
    """
    value = value.strip()[:80]
    if match := re.match(r"(\d{4})(\d{2})(\d{2})(?!\d)", value):
        return _calendar_date(int(match[1]), int(match[2]), int(match[3]))
    found = find_full_dates(value)
    return found[0].date if found else None


def _published(line: str, found: list[FullDate]) -> dt.date | None:
    if not found:
        return None
    if len(found) > 1 and (label := _PUBLISHED.search(line)):
        for full in found:
            if full.start >= label.start():
                return full.date
    return found[0].date


def _calendar_date(year: int, month: int, day: int) -> dt.date | None:
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
