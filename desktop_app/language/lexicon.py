"""The bilingual lexicon: which English and Hindi word stems translate each other, and how common a stem is.

Trained by `packaging/models/train_lexicon.py`; keys are stems as `folding.stem` makes them.
"""

from __future__ import annotations

import gzip
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from desktop_app.resources import resource_bytes

LEXICON_FILE = "lexicon/en-hi.tsv.gz"
FREQUENCY_FILE = "lexicon/frequencies.tsv.gz"


@dataclass(frozen=True, slots=True)
class Translation:
    """One translation of a stem; `probability` is the geometric mean of both directions."""

    stem: str
    probability: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Translations in both directions, surest first, and how many of `texts` texts hold a stem."""

    english: Mapping[str, tuple[Translation, ...]]
    """Hindi stem → English stems."""
    hindi: Mapping[str, tuple[Translation, ...]]
    """English stem → Hindi stems."""
    frequencies: Mapping[str, int]
    texts: int

    def to_english(self, hindi_stem: str) -> tuple[Translation, ...]:
        return self.english.get(hindi_stem, ())

    def to_hindi(self, english_stem: str) -> tuple[Translation, ...]:
        return self.hindi.get(english_stem, ())

    def rarity(self, stem: str) -> float:
        """Inverse document frequency in the training texts, 0 for a stem that is everywhere."""
        return math.log((self.texts + 1) / (self.frequencies.get(stem, 0) + 1))


def lexicon_from_text(pairs: str, frequencies: str) -> Lexicon:
    """Read the tables `hindi TAB english TAB percent` and `stem TAB texts` (first line: all texts)."""
    english: dict[str, list[Translation]] = defaultdict(list)
    hindi: dict[str, list[Translation]] = defaultdict(list)
    for line in pairs.splitlines():
        hindi_stem, english_stem, percent = line.split("\t")
        probability = int(percent) / 100
        english[hindi_stem].append(Translation(english_stem, probability))
        hindi[english_stem].append(Translation(hindi_stem, probability))
    counts: dict[str, int] = {}
    for line in frequencies.splitlines():
        stem, count = line.split("\t")
        counts[stem] = int(count)
    texts = counts.pop("", 1)
    return Lexicon(_surest_first(english), _surest_first(hindi), counts, texts)


def _surest_first(table: Mapping[str, list[Translation]]) -> Mapping[str, tuple[Translation, ...]]:
    return {
        stem: tuple(sorted(found, key=lambda translation: -translation.probability)) for stem, found in table.items()
    }


@cache
def shipped_lexicon() -> Lexicon:
    """The lexicon in `resources/`, read once."""
    return lexicon_from_text(
        gzip.decompress(resource_bytes(LEXICON_FILE)).decode(), gzip.decompress(resource_bytes(FREQUENCY_FILE)).decode()
    )
