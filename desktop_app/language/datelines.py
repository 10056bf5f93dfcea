"""Datelines: the place, date and agency before the first sentence of a report, in both languages."""

from __future__ import annotations

import re

from desktop_app.language.numbers import find_dates
from desktop_app.language.scripts import is_devanagari
from desktop_app.language.sentence_words import HINDI_CONTINUATIONS, HINDI_SENTENCE_ENDS

_LONGEST_HEAD = 90
_MOST_PLACE_WORDS = 7
_BRACKETED = re.compile(r"\(([^()\n]{1,40})\)|\[([^\[\]\n]{1,40})\]")
_SEPARATOR = re.compile(r"\s*(?:।|:|–|—|--|(?<=\s)-)(?:\s+|(?=[\"“'‘]))")
_AFTER_AGENCY = re.compile(r"(?<=[)\]])\s*(?:[.।:–—-]+\s*|\s)")
_SMALL_WORDS = frozenset(("of", "and", "the", "de", "di", "da", "del", "la", "el", "al", "on", "upon"))
_REPORTING_WORDS = frozenset(
    (
        "संवाददाता", "ब्यूरो", "डेस्क", "एजेंसी", "एजेंसियां", "न्यूज़", "न्यूज", "प्रतिनिधि", "भाषा", "वार्ता",
        "संवाद", "जागरण", "एएनआई", "पीटीआई", "आईएएनएस", "रॉयटर्स",
    )
)  # fmt: skip
_LONGEST_BARE_PLACE = 3
_CAPITALS = re.compile(r"[A-Z]{3}")
_WORD = re.compile(r"[^\s,/]+")
_NOT_IN_PLACES = re.compile(r"[\"“”‘!?;।:]|\d")
_QUOTES = frozenset("\"“'‘")


def dateline_end(paragraph: str, *, lead: bool) -> int:
    """Where the dateline that *paragraph* begins with ends, blanks after it included; 0 if it has none.

    A place with a date, a country or an agency counts in any paragraph ("Kyiv [Ukraine], August 24 : ",
    "कीव, 23 अगस्त (एजेंसी)। "); a bare place ("MUMBAI: ", "मुंबई। ") only in the *lead*, the first of the body.
    """
    window = paragraph[:_LONGEST_HEAD]
    for pattern in (_AFTER_AGENCY, _SEPARATOR):
        for match in pattern.finditer(window):
            if match.start() == 0:
                return 0
            head = window[: match.start()]
            follower = paragraph[match.end() : match.end() + 1]
            if _is_dateline(head, match.group().strip(), follower, lead=lead):
                return match.end()
            if pattern is _SEPARATOR:
                break
    return 0


def agency(dateline: str) -> str | None:
    """The news agency a dateline names in its last brackets: "(PTI)", "(भाषा)"; None if it names none."""
    named = [m.group(1) for m in _BRACKETED.finditer(dateline) if m.group(1)]
    if not named or find_dates(named[-1]):
        return None
    return _AGENCIES.get(named[-1].strip().casefold())


_AGENCIES = {
    "pti": "PTI", "ani": "ANI", "ians": "IANS", "uni": "UNI", "reuters": "Reuters", "ap": "AP", "afp": "AFP",
    "xinhua": "Xinhua", "tass": "TASS", "dpa": "dpa", "bloomberg": "Bloomberg",
    "भाषा": "भाषा", "पीटीआई": "पीटीआई", "पीटीआई-भाषा": "पीटीआई-भाषा", "एएनआई": "एएनआई", "वार्ता": "वार्ता",
    "आईएएनएस": "आईएएनएस",
    "रॉयटर्स": "रॉयटर्स", "रायटर": "रायटर", "एपी": "एपी", "एएफपी": "एएफपी",
}  # fmt: skip


def _is_dateline(head: str, separator: str, follower: str, *, lead: bool) -> bool:
    outside = _BRACKETED.sub(" ", head)
    dates = [date for date in find_dates(outside) if date.day is not None or date.weekday is not None]
    bracketed = outside != head
    strong = bool(dates) or any(find_dates(m.group(1) or m.group(2)) for m in _BRACKETED.finditer(head))
    for date in reversed(dates):
        outside = outside[: date.start] + " " + outside[date.end :]
    places = _WORD.findall(outside)
    if not places or len(places) > _MOST_PLACE_WORDS or _NOT_IN_PLACES.search(outside):
        return False
    hindi = is_devanagari(outside)
    if hindi and (places[-1] in HINDI_SENTENCE_ENDS or any(word in HINDI_CONTINUATIONS for word in places)):
        return False
    if not hindi and not all(word[0].isupper() or word in _SMALL_WORDS for word in places):
        return False
    if strong:
        return True
    if not lead or (bracketed and not separator):
        return lead and agency(head) is not None
    if hindi:
        if any(word in _REPORTING_WORDS for word in places):
            return True
    elif _CAPITALS.match(places[0]):
        return True
    elif not bracketed and (separator != ":" or not follower.isupper()):
        return False
    return len(places) <= _LONGEST_BARE_PLACE and follower not in _QUOTES
