"""Which of many words are worth a closer look: those written most alike, whatever their script."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from desktop_app.language.scripts import is_devanagari
from desktop_app.language.transliteration import to_latin

_SHORT_SIGNS = str.maketrans("ीूईऊ", "िुइउ")


def plain_vowels(word: str) -> str:
    """*word* with each long vowel written as the short one: neeraj and niraj are one."""
    if not word.isascii():
        word = word.translate(_SHORT_SIGNS)
    return word.replace("aa", "a").replace("ee", "i").replace("oo", "u").replace("w", "v")


def most_alike(word: str, others: Collection[str], most: int) -> Collection[str]:
    """The *most* of *others* that are written most like *word* in Latin letters; all if they are no more than that."""
    if len(others) <= most:
        return others
    from rapidfuzz import fuzz, process

    choices = {other: _plain_latin(other) for other in others}
    found = process.extract(_plain_latin(word), choices, scorer=fuzz.ratio, limit=most)
    return [other for _, _, other in found]


@lru_cache(20_000)
def _plain_latin(word: str) -> str:
    return plain_vowels(to_latin(word) if is_devanagari(word) else word)
