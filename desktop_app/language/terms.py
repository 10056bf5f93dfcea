"""The topic words of a text: folded, stemmed, without function words and numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from desktop_app.language.folding import WORD, fold, stem
from desktop_app.language.function_words import FUNCTION_WORDS

_TERM = re.compile(rf"https?://\S+|(?:[A-Za-z]\.){{2,}}|{WORD.pattern}")
_COUNTRY_LETTERS = {"US": "america", "USA": "america", "UK": "uk", "UN": "un", "EU": "eu"}


class Term(NamedTuple):
    """A topic word at its place. `acronym` is its letters if it is written in capitals (U.N. → UN)."""

    start: int
    end: int
    text: str
    stem: str
    acronym: str = ""


def find_terms(text: str) -> list[Term]:
    """The topic words of *text* in reading order; web addresses and numbers are passed over."""
    terms: list[Term] = []
    for match in _TERM.finditer(text):
        word = match.group()
        known = _topic_word(word)
        if known is not None:
            start = match.start()
            terms.append(Term(start, start + len(word), word, *known))
    return terms


@lru_cache(1 << 17)
def _topic_word(word: str) -> tuple[str, str] | None:
    """Stem and acronym, or None for a word without a topic."""
    if "://" in word or word[0].isdigit():
        return None
    letters = word.replace(".", "")
    acronym = letters if len(letters) > 1 and letters.isascii() and letters.isupper() else ""
    if acronym in _COUNTRY_LETTERS:
        return _COUNTRY_LETTERS[acronym], acronym
    folded = fold(letters)
    if len(folded) < 2 or folded in FUNCTION_WORDS:
        return None
    return stem(letters), acronym
