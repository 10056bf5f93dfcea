"""Numbers and dates written for a reader of either language, whichever language they were found in. No Qt."""

from __future__ import annotations

from desktop_app.domain import Language, Span
from desktop_app.language.numbers import LABEL_UNIT, TIME_UNIT, DateMention, Quantity, find_numbers_and_dates

_SCALES = {
    Language.ENGLISH: ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")),
    Language.HINDI: ((1e7, "करोड़"), (1e5, "लाख")),
}
_SIGNS = {"inr": "₹", "usd": "$", "eur": "€", "gbp": "£"}
_UNITS = {
    "km": ("km", "किमी"),
    "m": ("m", "मीटर"),
    "ft": ("ft", "फुट"),
    "mm": ("mm", "मिमी"),
    "cm": ("cm", "सेमी"),
    "mi": ("miles", "मील"),
    "kg": ("kg", "किलो"),
    "t": ("tonnes", "टन"),
    "bp": ("basis points", "आधार अंक"),
    "year": ("years", "साल"),
    "month": ("months", "महीने"),
    "week": ("weeks", "सप्ताह"),
    "day": ("days", "दिन"),
    "hour": ("hours", "घंटे"),
    "minute": ("minutes", "मिनट"),
}
_MONTHS = {
    Language.ENGLISH: ("January", "February", "March", "April", "May", "June",
                       "July", "August", "September", "October", "November", "December"),
    Language.HINDI: ("जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून",
                     "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर"),
}  # fmt: skip
_WEEKDAYS = {
    Language.ENGLISH: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    Language.HINDI: ("सोमवार", "मंगलवार", "बुधवार", "गुरुवार", "शुक्रवार", "शनिवार", "रविवार"),
}
_DECIMALS = 3


def number_words(quantity: Quantity, language: Language) -> str:
    """ "4,096 km", "₹6,22,338", "80 लाख": with the grouping and the scales of *language*."""
    if quantity.unit == TIME_UNIT:
        return f"{int(quantity.value) // 60}:{int(quantity.value) % 60:02d}"
    number = _scaled(quantity.value, language)
    if quantity.unit in _SIGNS:
        return _SIGNS[quantity.unit] + number
    if quantity.unit == "%":
        return number + "%"
    if quantity.unit in _UNITS:
        english, hindi = _UNITS[quantity.unit]
        if quantity.value == 1 and english.endswith("s"):
            english = english[:-1]
        return f"{number} {english if language is Language.ENGLISH else hindi}"
    return number


def date_words(date: DateMention, language: Language) -> str:
    """ "Monday", "5 August", "12 मई 1980": as much of the date as the text gives."""
    parts = []
    if date.day is not None:
        parts.append(str(date.day))
    if date.month is not None:
        parts.append(_MONTHS[language][date.month - 1])
    if date.year is not None:
        parts.append(str(date.year))
    written = " ".join(parts)
    if date.weekday is None:
        return written
    weekday = _WEEKDAYS[language][date.weekday]
    return f"{weekday}, {written}" if written else weekday


def facts_of(text: str, language: Language) -> list[tuple[Span, str]]:
    """The numbers and dates of *text*, each with what a reader of *language* would write, in reading order."""
    numbers, dates = find_numbers_and_dates(text)
    found = [
        (Span(number.start, number.end), number_words(number, language))
        for number in numbers
        if number.unit != LABEL_UNIT
    ]
    found += [(Span(date.start, date.end), date_words(date, language)) for date in dates]
    return sorted(found, key=lambda fact: fact[0].start)


def _scaled(value: float, language: Language) -> str:
    for scale, name in _SCALES[language]:
        part = round(value / scale, _DECIMALS)
        if value >= scale and part * scale == value:
            return f"{part:g} {name}"
    whole = int(value)
    if whole != value:
        return f"{value:g}"
    if 1000 <= whole < 2100:
        return str(whole)  # a year, or nearly always one
    return f"{whole:,}" if language is Language.ENGLISH else _grouped_by_hundreds(whole)


def _grouped_by_hundreds(number: int) -> str:
    """6,22,338: three digits, then twos."""
    head, tail = divmod(number, 1000)
    if not head:
        return str(tail)
    groups = [f"{tail:03d}"]
    while head >= 100:
        head, two = divmod(head, 100)
        groups.append(f"{two:02d}")
    return ",".join([str(head), *reversed(groups)])
