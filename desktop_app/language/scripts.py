"""Which script a word is written in, and so which language a text is in."""

from __future__ import annotations

import re

from desktop_app.domain import Language

# U+0964 and U+0965 are punctuation shared by many Indian scripts, U+0970 is the abbreviation sign.
_DEVANAGARI = re.compile(r"[\u0900-\u0963\u0966-\u096f\u0971-\u097f\ua8e0-\ua8ff]")
_WORD = re.compile(
    r"(?P<skipped>(?:https?://|www\.)\S+|[@#]\w[\w\u0900-\u0963\u200c\u200d]*)"
    r"|(?P<devanagari>[\u0904-\u0939\u0958-\u0961\u0972-\u097f][\u0900-\u0963\u0971-\u097f\u200c\u200d]*)"
    r"|(?P<latin>[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+)"
)


def is_devanagari(text: str) -> bool:
    """Whether *text* (a character or a word) holds a Devanagari letter, sign or digit."""
    return _DEVANAGARI.search(text) is not None


def count_words_by_script(text: str) -> dict[Language, int]:
    """Count the words of *text* in Latin script (English) and in Devanagari (Hindi).

    Web addresses, handles and hashtags are not words: they are Latin in Hindi tweets too.
    """
    counts = {Language.ENGLISH: 0, Language.HINDI: 0}
    for match in _WORD.finditer(text):
        if match.lastgroup == "latin":
            counts[Language.ENGLISH] += 1
        elif match.lastgroup == "devanagari":
            counts[Language.HINDI] += 1
    return counts


def detect_language(text: str) -> Language:
    """The language most words of *text* are in, by script. English where no word tells."""
    counts = count_words_by_script(text)
    return Language.HINDI if counts[Language.HINDI] > counts[Language.ENGLISH] else Language.ENGLISH
