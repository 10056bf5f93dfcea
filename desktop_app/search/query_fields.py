"""The fields of the query language: their names, what their values mean, and what to say of a wrong one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from desktop_app.domain import Language
from desktop_app.language.folding import WORD, fold
from desktop_app.search.dates import parse_dates
from desktop_app.search.query_tree import DateWithin, EntityIs, LanguageIs, Node, Not, SourceIs

_FIELDS = {
    "title": ("title", "शीर्षक"),
    "lang": ("lang", "language", "भाषा"),
    "source": ("source", "स्रोत"),
    "entity": ("entity",),
    "date": ("date", "तारीख", "दिनांक"),
    "after": ("after",),
    "before": ("before",),
}
_NAMES = {fold(name): field for field, names in _FIELDS.items() for name in names}
_MEANT = {
    "headline": "title", "in": "lang", "site": "source", "from": "source", "publisher": "source", "by": "source",
    "person": "entity", "place": "entity", "name": "entity", "tag": "entity", "year": "date", "month": "date",
    "day": "date", "on": "date", "since": "after", "until": "before", "till": "before",
}  # fmt: skip
"""What other programs and habits call our fields."""
_NO_DATE = frozenset({"none", "unknown", "no", "अज्ञात"})
UNDATED = Not(DateWithin(None, None))
"""Asks for articles without a date: no range of days holds them."""
_NO_FIELDS = frozenset({"http", "https", "ftp", "mailto", "tel", "www"})

_NAMED = re.compile(r"([^\W\d_][\w\u0900-\u0963]*):")
_UNKNOWN = re.compile(r"([A-Za-z]{2,20}):(?=[^\s/:()|\\])")
_UNFINISHED_DATE = re.compile(r"[\d०-९./<>=\[{*\s-]*(?:to?)?[\d०-९./\s-]*", re.IGNORECASE)
_LANGUAGES = {
    "en": Language.ENGLISH,
    "eng": Language.ENGLISH,
    "english": Language.ENGLISH,
    fold("अंग्रेज़ी"): Language.ENGLISH,
    "hi": Language.HINDI,
    "hin": Language.HINDI,
    "hindi": Language.HINDI,
    fold("हिन्दी"): Language.HINDI,
}


class Unusable(Exception):
    """A field's value means nothing; the text says why, to the reader."""


def field_at(text: str, place: int) -> tuple[str, int] | None:
    """The field that *text* names at *place*, and where its value begins."""
    found = _NAMED.match(text, place)
    field = None if found is None else _NAMES.get(fold(found[1]))
    return None if found is None or field is None else (field, found.end())


def unknown_field_at(text: str, place: int) -> tuple[str, int] | None:
    """What looks like a field that is none, as a sentence, and where its value begins.

    Addresses, times (10:30) and a colon before a space are just text.
    """
    found = _UNKNOWN.match(text, place)
    if found is None or found[1].lower() in _NO_FIELDS:
        return None
    name = found[1].lower()
    near = difflib.get_close_matches(name, [field for field in _NAMES if field.isascii()], 1, 0.7)
    meant = _MEANT.get(name) or (_NAMES[near[0]] if near else None)
    if meant is not None:
        return f"There is no field {found[1]}:. Did you mean {meant}:? It was looked for as words.", found.end()
    if text[found.end()].isdigit():
        return None
    fields = ", ".join(f"{field}:" for field in _FIELDS)
    return f"There is no field {found[1]}:, so it was looked for as words. The fields are {fields}.", found.end()


def filter_of(field: str, value: str, *, whole: bool = False) -> tuple[Node, str]:
    """What *field* (not title) with *value* asks for, and a sentence if it was not written quite so.

    *whole* asks for a name of just these words. `Unusable` if it means nothing.
    """
    if field == "lang":
        language = _LANGUAGES.get(fold(value))
        if language is None:
            raise Unusable(f"Setu knows lang:en and lang:hi, not lang:{value}.")
        return LanguageIs(language), ""
    if field in ("source", "entity"):
        words = tuple(words_of(value))
        if field == "entity" and (number := re.fullmatch(r"#?(\d{1,18})", value)):
            return EntityIs(words, int(number[1])), ""
        if not words:
            raise Unusable(f"{field}: needs a name after it.")
        return (SourceIs(words, whole) if field == "source" else EntityIs(words)), ""
    if field == "date" and fold(value) in _NO_DATE:
        return UNDATED, ""
    days = parse_dates(value)
    if days is None:
        raise Unusable(f"“{value}” is not a date: write 2024, 2024-09, 2024-09-27 or 2024-09-01..2024-09-30.")
    remark = "The range runs backwards; its ends were exchanged." if days.turned else ""
    if field == "after":
        return DateWithin(days.first, None), remark
    if field == "before":
        return DateWithin(None, days.day_before if days.first else days.last), remark
    return DateWithin(days.first, days.last), remark


def may_go_on(field: str, value: str) -> bool:
    """Whether a *value* that means nothing may become one that does while its reader types on."""
    if field == "lang":
        return any(name.startswith(fold(value)) for name in _LANGUAGES)
    if field == "date" and any(word.startswith(fold(value)) for word in _NO_DATE):
        return True
    return field in ("date", "after", "before") and _UNFINISHED_DATE.fullmatch(value) is not None


def words_of(value: str) -> Iterator[str]:
    """The words of *value*, as typed."""
    return (word for word in WORD.findall(value) if fold(word))
