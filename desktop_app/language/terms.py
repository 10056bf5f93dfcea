"""The topic words of a text: folded, stemmed, without function words and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.language.folding import WORD, fold, stem
from desktop_app.language.function_words import FUNCTION_WORDS

_TERM = re.compile(rf"https?://\S+|(?:[A-Za-z]\.){{2,}}|{WORD.pattern}")
_COUNTRY_LETTERS = {"US": "america", "USA": "america", "UK": "uk", "UN": "un", "EU": "eu"}


@dataclass(frozen=True, slots=True)
class Term:
    """A topic word at its place. `acronym` is its letters if it is written in capitals (U.N. → UN)."""

    start: int
    end: int
    text: str
    stem: str
    acronym: str = ""


def find_terms(text: str) -> Iterator[Term]:
    """The topic words of *text* in reading order; web addresses and numbers are passed over."""
    for match in _TERM.finditer(text):
        word = match.group()
        if "://" in word or word[0].isdigit():
            continue
        letters = word.replace(".", "")
        acronym = letters if len(letters) > 1 and letters.isascii() and letters.isupper() else ""
        if acronym in _COUNTRY_LETTERS:
            yield Term(match.start(), match.end(), word, _COUNTRY_LETTERS[acronym], acronym)
            continue
        folded = fold(letters)
        if len(folded) > 1 and folded not in FUNCTION_WORDS:
            yield Term(match.start(), match.end(), word, stem(letters), acronym)
