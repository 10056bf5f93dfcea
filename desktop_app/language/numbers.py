"""Numbers and dates as both languages write them, brought to one value.

Understood: Western and Indian grouping (4,096 and 6,22,338), Devanagari digits, number words up to the large scales
of both languages (million, लाख, करोड़, अरब), the Hindi fractions (साढ़े, सवा, पौने, डेढ़, ढाई), percentages, money and
common units; days, months, years and weekdays. Spans are in code points of the given text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from desktop_app.language.folding import fold
from desktop_app.language.number_words import (
    CURRENCY_SIGNS,
    FRACTIONS,
    MONTHS,
    NUMBER_AND_DATE_WORDS,
    SCALES,
    SHORT_MONTHS,
    SMALL_NUMBERS,
    UNITS,
    WEEKDAYS,
)

LABEL_UNIT = "label"
"""Unit of a number that is part of a name: G20, चंद्रयान-3."""

TIME_UNIT = "time"
"""Unit of a clock time; its value is minutes after midnight, or after noon where the text does not say."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text. `unit` is "" or a key both languages share ("%", "inr", "usd", "km", …)."""

    start: int
    end: int
    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date, or the part of one that the text gives. `weekday` 0 is Monday."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


class _Token(NamedTuple):
    """A word, number or sign. `glued`: no more than a hyphen stands before it; `beside`: no more than blanks."""

    start: int
    end: int
    text: str
    key: str
    glued: bool
    beside: bool


_SCAN = re.compile(
    r"(?P<number>(?:[0-9०-९]{1,3}(?:,[0-9०-९]{2,3})*,[0-9०-९]{3}(?![0-9०-९])|[0-9०-९]+)(?:\.[0-9०-९]+)?)"
    r"|(?P<word>[A-Za-zÀ-ɏ]+|[\u0900-\u0963\u0971-\u097f\u200c\u200d]+)"
    r"|(?P<sign>[%₹$€£:/,.])"
)
_URL = re.compile(r"https?://\S+")
_ASCII_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")
_DIGIT = re.compile("[0-9०-९]")
_LETTERS = re.compile(r"[a-z]+|[\u0900-\u0963\u0971-\u097f]+")
_SIMPLE: dict[int, int | None] = {0x093C: None, 0x200C: None, 0x200D: None, 0x0901: 0x0902}
_TRIGGERS = frozenset(word.translate(_SIMPLE) for word in NUMBER_AND_DATE_WORDS)
_HYPHENS = frozenset("-‐‑–—")
_ORDINAL_ENDINGS = frozenset(("st", "nd", "rd", "th", "वां", "वीं", "वें", "वे", "वी", "ला", "ली"))
_CLOCK_WORDS = frozenset(("बजे", "बजकर", "am", "pm", "a.m", "p.m"))
_MONTH_CONTEXT = frozenset(("in", "of", "since", "by", "until", "till", "last", "early", "late", "next", "from", "this",
                            "mid", "and", "to", "between"))  # fmt: skip
_AMBIGUOUS_MONTHS = frozenset(("may", "march"))
_HOURS_A_DAY = 24
_DATE_KEYS = frozenset((*MONTHS, *SHORT_MONTHS, *WEEKDAYS))
_NUMBER_KEYS = frozenset((*SMALL_NUMBERS, *FRACTIONS, *SCALES))
_MAX_YEAR = 2100
_MIN_YEAR = 1500


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    return fold(word)


def _tokens(text: str) -> list[_Token]:
    blanked = _URL.sub(lambda match: " " * len(match.group()), text)
    tokens: list[_Token] = []
    end = -2
    for match in _SCAN.finditer(blanked):
        start = match.start()
        glued = start == end or (start == end + 1 and blanked[end] in _HYPHENS)
        word = match.group()
        if match.lastgroup == "number":
            key = word.translate(_ASCII_DIGITS)
        elif match.lastgroup == "word":
            key = _key(word) or word  # Joiners and nuktas alone fold to nothing.
        else:
            key = word
        beside = glued or (end >= 0 and blanked[end:start].isspace())
        end = match.end()
        tokens.append(_Token(start, end, word, key, glued, beside))
    return tokens


def _is_number(token: _Token) -> bool:
    return token.key[0].isdigit()


def _literal(key: str) -> float:
    return float(key.replace(",", ""))


def _integer(token: _Token, low: int, high: int) -> int | None:
    if token.key.isdigit() and low <= int(token.key) <= high:
        return int(token.key)
    return None


def _at(tokens: Sequence[_Token], index: int) -> _Token | None:
    return tokens[index] if 0 <= index < len(tokens) else None


class _DateReader:
    """Finds dates and remembers which tokens they used, so that numbers leave those alone."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self.used: set[int] = set()
        self._tokens = tokens

    def read(self) -> Iterator[DateMention]:
        for index, token in enumerate(self._tokens):
            if token.key not in _DATE_KEYS and not token.key[0].isdigit():
                continue
            month = self._month(index)
            if month is not None:
                yield self._around_month(index, month)
                continue
            weekday = WEEKDAYS.get(token.key)
            if weekday is not None and (token.text[0].isupper() or not token.text.isascii()):
                self.used.add(index)
                yield DateMention(token.start, token.end, weekday=weekday)
                continue
            if index not in self.used and self._is_bare_year(index):
                self.used.add(index)
                yield DateMention(token.start, token.end, year=int(token.key))

    def _month(self, index: int) -> int | None:
        token = self._tokens[index]
        month = MONTHS.get(token.key) or SHORT_MONTHS.get(token.key)
        if month is None or not token.text.isascii():
            return month
        if not token.text[0].isupper():
            return None
        before, after = _at(self._tokens, index - 1), _at(self._tokens, index + 1)
        beside_number = any(t is not None and _is_number(t) for t in (before, after, self._past_dot(index)))
        if token.key in _AMBIGUOUS_MONTHS:
            return month if beside_number or (before is not None and before.key in _MONTH_CONTEXT) else None
        return month if token.key in MONTHS or beside_number else None

    def _past_dot(self, index: int) -> _Token | None:
        after = _at(self._tokens, index + 1)
        return _at(self._tokens, index + 2) if after is not None and after.key == "." else after

    def _around_month(self, index: int, month: int) -> DateMention:
        tokens = self._tokens
        used = {index}
        day: int | None = None
        year: int | None = None
        before = _at(tokens, index - 1)
        if before is not None and before.key in _ORDINAL_ENDINGS:
            before, used = _at(tokens, index - 2), used | {index - 1}
            position = index - 2
        else:
            position = index - 1
        if before is not None and _is_number(before) and position not in self.used:
            day = _integer(before, 1, 31)
            if day is not None:
                used.add(position)
        last = index
        step = index + (2 if (dot := _at(tokens, index + 1)) is not None and dot.key == "." else 1)
        after = _at(tokens, step)
        if day is None and after is not None and (found := _integer(after, 1, 31)) is not None:
            nxt = _at(tokens, step + 1)
            if nxt is None or nxt.key != ":":
                day, last = found, step
                step += 1
                used.add(last)
                if (ending := _at(tokens, step)) is not None and ending.glued and ending.key in _ORDINAL_ENDINGS:
                    used.add(step)
                    last, step = step, step + 1
                after = _at(tokens, step)
        if after is not None and after.key == ",":
            step += 1
            after = _at(tokens, step)
        if after is not None and (found := _integer(after, _MIN_YEAR, _MAX_YEAR)) is not None:
            year, last = found, step
            used.add(step)
        if year is None and (found_at := self._year_before(min(used))) is not None:
            year = int(tokens[found_at].key)
            used.add(found_at)
        self.used |= used
        first = min(used)
        return DateMention(tokens[first].start, tokens[max(last, index)].end, year, month, day)

    def _year_before(self, first: int) -> int | None:
        """The index of the year in "2019 की जनवरी", or None."""
        particle = _at(self._tokens, first - 1)
        position = first - 2 if particle is not None and particle.key in ("के", "की", "का") else first - 1
        token = _at(self._tokens, position)
        if token is None or position in self.used or (token.text.isascii() is False and not _is_number(token)):
            return None
        return position if _integer(token, _MIN_YEAR, _MAX_YEAR) is not None else None

    def _is_bare_year(self, index: int) -> bool:
        token = self._tokens[index]
        if len(token.key) != 4 or _integer(token, 1700, _MAX_YEAR) is None or token.glued:
            return False
        before, after = _at(self._tokens, index - 1), _at(self._tokens, index + 1)
        if before is not None and before.key in CURRENCY_SIGNS:
            return False
        return after is None or not after.beside or not (after.key in UNITS or after.key in SCALES)


class _NumberReader:
    """Reads the quantities among the tokens that no date has used."""

    def __init__(self, tokens: Sequence[_Token], used: set[int]) -> None:
        self._tokens = tokens
        self._used = used

    def read(self) -> Iterator[Quantity]:
        index = 0
        while index < len(self._tokens):
            key = self._tokens[index].key
            found = None
            if (key in _NUMBER_KEYS or key[0].isdigit()) and index not in self._used:
                found = self._read_at(index)
            if found is None:
                index += 1
                continue
            quantities, index = found
            yield from quantities

    def _read_at(self, index: int) -> tuple[list[Quantity], int] | None:
        token = self._tokens[index]
        if (clock := self._clock(index)) is not None:
            return clock
        if _is_number(token):
            before = _at(self._tokens, index - 1)
            if token.glued and before is not None and before.key not in SMALL_NUMBERS and before.text[0].isalpha():
                return [Quantity(token.start, token.end, _literal(token.key), LABEL_UNIT)], index + 1
        return self._number(index)

    def _clock(self, index: int) -> tuple[list[Quantity], int] | None:
        """6:04 pm, 6 बजकर 4 मिनट, 11 बजे."""
        tokens = self._tokens
        token, after, third = tokens[index], _at(tokens, index + 1), _at(tokens, index + 2)
        hour = SMALL_NUMBERS.get(token.key) if token.key in SMALL_NUMBERS else _integer(token, 0, 24)
        if hour is None or hour > _HOURS_A_DAY or after is None or (not after.beside and after.key != ":"):
            return None
        end, following = token.end, index + 1
        minutes = 0
        if after.key == ":" and after.glued and third is not None and third.glued:
            found = _integer(third, 0, 59)
            if found is None or len(third.key) != 2:
                return None
            minutes, end, following = found, third.end, index + 3
        elif after.key == "बजकर":
            end, following = after.end, index + 2
            if third is not None and (found := _integer(third, 0, 59)) is not None:
                minutes, end, following = found, third.end, index + 3
        elif after.key in _CLOCK_WORDS:
            end, following = after.end, index + 2
        else:
            return None
        return [Quantity(token.start, end, float(hour % 12 * 60 + minutes), TIME_UNIT)], following

    def _number(self, index: int) -> tuple[list[Quantity], int] | None:
        tokens = self._tokens
        first = index
        total, current, fraction = 0.0, 0.0, 0.0
        distributed: tuple[_Token, float] | None = None
        last_scale = float("inf")
        seen = False
        bare_one = False
        while index < len(tokens) and index not in self._used:
            token = tokens[index]
            key = token.key
            if index > first and not token.beside:
                break
            if _is_number(token):
                if seen and current:
                    if not token.glued or distributed is not None or tokens[index - 1].key in (".", ","):
                        break
                    distributed, current = (tokens[index - 1], current), 0.0  # "5-7 lakh", "५०-५०"
                current, seen = _literal(key), True
            elif key in FRACTIONS and not current:
                value, needs_number = FRACTIONS[key]
                fraction, seen = (value, True) if needs_number else (0.0, True)
                current = 0.0 if needs_number else value
            elif key in SMALL_NUMBERS:
                value = float(SMALL_NUMBERS[key])
                if current and not (current % 100 == 0 or (current % 10 == 0 and current >= 20 > 10 > value)):
                    if not token.glued or distributed is not None:
                        break
                    distributed, current = (tokens[index - 1], current), 0.0  # "दो-दो लाख"
                bare_one = not seen and value == 1
                current, seen = current + value, True
            elif key in SCALES:
                scale = SCALES[key]
                if not seen and (scale == 100 or key.endswith("s")):
                    break  # "hundreds of", "thousands"
                amount = (current or (0.0 if seen and not fraction else 1.0)) + fraction
                if scale == 100:
                    current, fraction = amount * 100, 0.0
                elif scale > last_scale and not current:
                    total *= scale  # "50 thousand crore"
                else:
                    total, current, fraction = total + amount * scale, 0.0, 0.0
                last_scale, seen, bare_one = scale, True, False
            elif key == "and" and seen and current >= 100 and self._small_follows(index):
                pass
            else:
                break
            index += 1
        value = total + current + fraction
        if not seen or bare_one or index == first or (value == 0 and not _is_number(tokens[first])):
            return None
        return self._finish(first, index, value, distributed, 1.0 if not total else last_scale)

    def _small_follows(self, index: int) -> bool:
        after = _at(self._tokens, index + 1)
        return after is not None and after.key in SMALL_NUMBERS

    def _finish(
        self, first: int, index: int, value: float, distributed: tuple[_Token, float] | None, scale: float
    ) -> tuple[list[Quantity], int]:
        tokens = self._tokens
        start, end = tokens[first].start, tokens[index - 1].end
        unit = ""
        before = _at(tokens, first - 1)
        if before is not None and before.key == "." and first >= 2:
            before = tokens[first - 2]  # "Rs. 50"
        if before is not None and before.key in CURRENCY_SIGNS:
            unit, start = CURRENCY_SIGNS[before.key], before.start
        after = _at(tokens, index)
        if after is not None and not after.beside:
            after = None
        if after is not None and after.glued and after.key in _ORDINAL_ENDINGS:
            index += 1
            end = after.end
        elif after is not None and (after.key in UNITS or after.key == "per"):
            second = _at(tokens, index + 1)
            if after.key == "per" and second is not None and second.key == "cent":
                unit, end, index = "%", second.end, index + 2
            elif after.key in UNITS:
                unit, end, index = unit or UNITS[after.key], after.end, index + 1
        elif (second := _at(tokens, index + 1)) is not None and after is not None and (
            f"{after.key} {second.key}" in UNITS
        ):  # fmt: skip
            unit, end, index = UNITS[f"{after.key} {second.key}"], second.end, index + 2
        quantities = [Quantity(start, end, value, unit)]
        if distributed is not None and distributed[1] * scale != value:
            token, other = distributed
            quantities.insert(0, Quantity(token.start, token.end, other * scale, unit))
        return quantities, index


def find_dates(text: str) -> tuple[DateMention, ...]:
    """The dates and parts of dates in *text*, in reading order."""
    return find_numbers_and_dates(text)[1]


def find_numbers_and_dates(text: str) -> tuple[tuple[Quantity, ...], tuple[DateMention, ...]]:
    """Both at once, each in reading order; no piece of text is in both."""
    simple = text.lower().translate(_SIMPLE)
    if _DIGIT.search(simple) is None and _TRIGGERS.isdisjoint(_LETTERS.findall(simple)):
        return (), ()
    tokens = _tokens(text)
    reader = _DateReader(tokens)
    dates = tuple(reader.read())
    return tuple(_NumberReader(tokens, reader.used).read()), dates
