"""One form for the many ways of writing a word: what search and name matching compare.

Tokens are cut from the raw text, so that spans stay those of `Article.text`; only a token's text is folded.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from typing import Protocol

WORD = re.compile(r"[\w\u0300-\u036f\u0900-\u0963\u0966-\u096f\u0971-\u097f\u200c\u200d]+")
"""A word with its matras and joiners (Python's `\\w` alone leaves out matras); a danda ends it."""

_DEVANAGARI = re.compile("[\u0900-\u097f]")

# Nukta letters that NFC keeps precomposed lose their nukta here, the others (U+0958-095F) through NFC.
_SAME_LETTER: dict[int, int | None] = {
    0x200C: None,
    0x200D: None,
    0x093C: None,
    0x0929: 0x0928,
    0x0931: 0x0930,
    0x0934: 0x0933,
    0x0901: 0x0902,
} | {0x0966 + digit: ord("0") + digit for digit in range(10)}

_JOINERS: dict[int, None] = {0x200C: None, 0x200D: None}

# A nasal may be written as anusvara only before a stop of its own varga: सिन्ह is not सिंह.
_NASAL_BEFORE_ITS_VARGA = re.compile(
    "\u0919\u094d(?=[\u0915-\u0918])"
    "|\u091e\u094d(?=[\u091a-\u091d])"
    "|\u0923\u094d(?=[\u091f-\u0922])"
    "|\u0928\u094d(?=[\u0924-\u0927])"
    "|\u092e\u094d(?=[\u092a-\u092d])"
)


class _Snowball(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 (PyStemmer's name)


_stemming = threading.Lock()  # PyStemmer's objects must not be entered by two threads


@lru_cache(maxsize=2)
def _snowball(language: str) -> _Snowball:
    import Stemmer

    stemmer: _Snowball = Stemmer.Stemmer(language, 0)
    return stemmer


@lru_cache(maxsize=1 << 18)
def fold(word: str) -> str:
    """Return the one form of *word* that all its spellings share, within its own script.

    Casefold and no accents for Latin; for Devanagari no nukta, no joiners, chandrabindu as anusvara,
    a nasal before a stop of its own varga as anusvara, digits as ASCII. Idempotent.
    """
    if word.isascii():
        return word.lower()
    form = unicodedata.normalize("NFC", word.casefold())
    if _DEVANAGARI.search(form):
        form = _NASAL_BEFORE_ITS_VARGA.sub("\u0902", form.translate(_SAME_LETTER))
        if _DEVANAGARI.search(form):  # A lone nukta does not make a Latin word Hindi.
            return form
    bare = "".join(c for c in unicodedata.normalize("NFKD", form) if not unicodedata.combining(c))
    return bare.translate(_JOINERS).casefold()


@lru_cache(maxsize=1 << 18)
def stem(word: str) -> str:
    """Return the folded stem of *word* by Snowball: English for Latin letters, Hindi for Devanagari."""
    form = fold(word)
    if form.isdigit():
        return form
    if form.isascii():
        language = "english"
    elif _DEVANAGARI.search(form):
        language = "hindi"
    else:
        return form
    with _stemming:
        return _snowball(language).stemWord(form)
