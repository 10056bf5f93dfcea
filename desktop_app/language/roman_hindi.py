"""Hindi words in Latin letters as people type them: baithak, chunaav, videsh, mehngai.

There is no one way to write Hindi in Latin letters: long vowels are doubled or not, the inherent vowel is written or
dropped, v and w, z and j, f and ph change places. So words meet by their consonants first and the learned aligner
judges each meeting.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from desktop_app.language.folding import fold, stem
from desktop_app.language.function_words import FUNCTION_WORDS
from desktop_app.language.gloss import word_forms
from desktop_app.language.lexicon import shipped_lexicon
from desktop_app.language.likeness import most_alike
from desktop_app.language.scripts import is_devanagari
from desktop_app.language.transliteration import skeletons, to_latin, word_similarity
from desktop_app.resources import resource_bytes

READINGS_FILE = "lexicon/roman_hindi.tsv.gz"
_SURE = 0.6
_LESS_SURE = 0.1
_INFLECTED = 0.95
_PLURAL = re.compile(r"(?:iy|y)?(?:on|om|en|ein|an)$")
_LONG_VOWELS = ("aa", "ee", "oo")
_MOST = 3
_MOST_JUDGED = 12
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A Hindi word, folded, that a word in Latin letters may spell; `sureness` is 0..1."""

    word: str
    sureness: float


def with_long_vowels(form: str, words: Collection[str]) -> Collection[str]:
    """Those Hindi *words* that have each long vowel which *form*, in Latin letters, spells out, if any has.

    The aligner takes long and short vowels for one, as names are spelled loosely; but baadh is बाढ़, not बढ़.
    """
    spelled = [double for double in _LONG_VOWELS if double in form]
    if not spelled:
        return words
    long = [word for word in words if all(double in to_latin(word) for double in spelled)]
    return long or words


def spells_long_vowels(form: str) -> bool:
    """Whether *form*, in Latin letters, spells out a long vowel."""
    return any(double in form for double in _LONG_VOWELS)


class RomanHindi:
    """Reads words in Latin letters as Hindi ones of a fixed list."""

    def __init__(self, by_skeleton: Mapping[str, str]) -> None:
        """*by_skeleton* has the words of each consonant skeleton, folded, with spaces between them."""
        self._by_skeleton = by_skeleton
        self.readings = lru_cache(5_000)(self._readings)

    def _readings(self, word: str) -> tuple[Reading, ...]:
        """The Hindi words that *word* may spell, the surest first; of one stem the surest only."""
        form = fold(word).replace("cch", "chch")
        if len(form) < _SHORTEST or not (form.isascii() and form.isalpha()):
            return ()
        judged = self._judged(form)
        base = _PLURAL.sub("", form)
        if base != form and len(base) >= _SHORTEST:
            judged += [(sureness * _INFLECTED, other) for sureness, other in self._judged(base)]
        judged.sort(key=_surest_first)
        by_stem: dict[str, Reading] = {}
        for sureness, other in judged:
            if sureness >= max(_SURE, judged[0][0] - _LESS_SURE):
                by_stem.setdefault(stem(other), Reading(other, sureness))
        return tuple(by_stem.values())[:_MOST]

    def _judged(self, form: str) -> list[tuple[float, str]]:
        known = (self._by_skeleton.get(skeleton, "") for skeleton in sorted(skeletons(form)))
        alike = dict.fromkeys(other for words in known for other in words.split())
        likely = most_alike(form, with_long_vowels(form, alike), _MOST_JUDGED)
        return [(word_similarity(form, other), other) for other in likely]


def _surest_first(judged: tuple[float, str]) -> tuple[float, str]:
    return -judged[0], judged[1]


def by_skeleton(words: Collection[str]) -> dict[str, str]:
    """Folded Hindi *words* for a `RomanHindi`."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        for skeleton in skeletons(word):
            found[skeleton].append(word)
    return {skeleton: " ".join(found[skeleton]) for skeleton in sorted(found)}


def words_by_skeleton() -> dict[str, str]:
    """The words of the shipped lexicon for a `RomanHindi`, found out anew (half a second)."""
    shown = word_forms()
    words = {
        fold(form)
        for key in shipped_lexicon().english
        if len(key) > 1 and is_devanagari(key)
        for form in (key, shown.get(key, key))
    }
    return by_skeleton(words - FUNCTION_WORDS)


@cache
def shipped_roman_hindi() -> RomanHindi:
    """Reads the words of the shipped lexicon, as `packaging/models/build_roman_hindi.py` sorted them."""
    table = gzip.decompress(resource_bytes(READINGS_FILE)).decode()
    return RomanHindi(dict(line.split("\t") for line in table.splitlines()))
