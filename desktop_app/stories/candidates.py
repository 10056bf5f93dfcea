"""An index that names, for an article, those of the other language that may tell the same story.

Keys are what both languages share: English stems (Hindi words through the lexicon), names by sound, numbers, dates.
It holds no text and no sentence vectors; 10,000 articles take some 60 MB.
"""

from __future__ import annotations

import json
import math
from array import array
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain import Language
from desktop_app.stories.features import ArticleFeatures

Vector = NDArray[np.float32]

_QUERY_KEYS = 28
_COMMON_SHARE = 0.25
_TRANSLATIONS_USED = 3
_SHORTEST_SOUND = 3
_VECTOR_WEIGHT = 0.6
_WEAK_SOUND = 0.7
_BACKGROUND_TEXTS = 40.0
_LEAST_SCORE = 0.13
_LEAST_SCORE_WITH_VECTORS = 0.4
_LEAST_SHARE = 0.85
_RERANKED = 100
_GROWTH = 256


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What the index keeps of one article: shared keys with their weight, and the centred unit article vector."""

    language: Language
    keys: dict[str, float]
    vector: Vector | None = None

    @property
    def length(self) -> float:
        """Euclidean length of the weights."""
        return math.sqrt(sum(weight * weight for weight in self.keys.values())) + 1e-6

    def to_bytes(self) -> bytes:
        """For storage beside the article; vectors are kept in 16 bits."""
        vector = b"" if self.vector is None else self.vector.astype(np.float16).tobytes()
        head = json.dumps([self.language, self.keys], ensure_ascii=False, separators=(",", ":")).encode()
        return len(head).to_bytes(4, "little") + head + vector

    @classmethod
    def from_bytes(cls, data: bytes) -> IndexEntry:
        size = int.from_bytes(data[:4], "little")
        language, keys = json.loads(data[4 : 4 + size])
        rest = data[4 + size :]
        vector = np.frombuffer(rest, np.float16).astype(np.float32) if rest else None
        return cls(Language(language), keys, vector)


def vector_in(data: bytes) -> tuple[Language, NDArray[np.float16] | None]:
    """Language and vector of a packed `IndexEntry`, without reading its keys."""
    size = int.from_bytes(data[:4], "little")
    language = Language(data[4 : 4 + size].split(b'"', 2)[1].decode())
    return language, np.frombuffer(data, np.float16, offset=4 + size) if len(data) > 4 + size else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that may belong to the one asked about; scores compare only within one answer."""

    article: int
    score: float


def index_entry(features: ArticleFeatures, center: Vector) -> IndexEntry:
    """The keys of an article; *center* is the mean vector of its language."""
    counts: dict[int, int] = defaultdict(int)
    for sentence in features.sentences:
        for number in sentence.terms:
            counts[number] += 1
    keys: dict[str, float] = defaultdict(float)
    for number, count in counts.items():
        term = features.terms[number]
        weight = (1.0 + 0.5 * math.log(count)) * term.rarity / 4.0
        if term.is_number or features.language is Language.ENGLISH:
            keys[term.key.rstrip("#")] += weight
        else:
            for translation in term.translations[:_TRANSLATIONS_USED]:
                keys[translation.stem] += weight * min(1.0, 2.0 * translation.probability)
            if term.text.isascii():
                keys[term.key.rstrip("#")] += weight
        if term.is_name:
            sounds = [sound for sound in term.sounds if len(sound) >= _SHORTEST_SOUND]
            for sound in sounds:
                keys[f"~{sound}"] += _WEAK_SOUND * weight / len(sounds) ** 0.5
    vector = features.article_vector
    if vector is not None:
        vector = vector - center
        vector = (vector / (np.linalg.norm(vector) + 1e-9)).astype(np.float32)
    return IndexEntry(features.language, {key: round(weight, 3) for key, weight in keys.items()}, vector)


class _Side:
    """The articles of one language."""

    def __init__(self) -> None:
        self.articles: list[int] = []
        self.slots: dict[int, int] = {}
        self.slots_of: dict[str, array[int]] = {}
        self.weights_of: dict[str, array[float]] = {}
        self.lengths = np.zeros(_GROWTH, np.float32)
        self.vectors: NDArray[np.float32] | None = None
        self.alive = 0

    def add(self, article: int, entry: IndexEntry) -> None:
        slot = len(self.articles)
        self.articles.append(article)
        self.slots[article] = slot
        self.alive += 1
        if slot >= len(self.lengths):
            self.lengths = np.concatenate([self.lengths, np.zeros(len(self.lengths), np.float32)])
        self.lengths[slot] = entry.length
        for key, weight in entry.keys.items():
            if key not in self.slots_of:
                self.slots_of[key], self.weights_of[key] = array("i"), array("f")
            self.slots_of[key].append(slot)
            self.weights_of[key].append(weight)
        if entry.vector is not None:
            if self.vectors is None:
                self.vectors = np.zeros((_GROWTH, len(entry.vector)), np.float32)
            while slot >= len(self.vectors):
                self.vectors = np.concatenate([self.vectors, np.zeros_like(self.vectors)])
            self.vectors[slot] = entry.vector

    def remove(self, article: int) -> None:
        """The slot stays, dead, until the index is built anew: postings of a dead slot score but never show."""
        slot = self.slots.pop(article, None)
        if slot is not None:
            self.articles[slot] = -1
            self.alive -= 1

    def holding(self, key: str) -> int:
        found = self.slots_of.get(key)
        return len(found) if found is not None else 0


class PairIndex:
    """Candidates across the two languages; articles come and go one at a time."""

    def __init__(self) -> None:
        self._sides = {language: _Side() for language in Language}

    def __contains__(self, article: int) -> bool:
        return any(article in side.slots for side in self._sides.values())

    def add(self, article: int, entry: IndexEntry) -> None:
        self.remove(article)
        self._sides[entry.language].add(article, entry)

    def remove(self, article: int) -> None:
        for side in self._sides.values():
            side.remove(article)

    def articles(self) -> list[int]:
        return [article for side in self._sides.values() for article in side.slots]

    def candidates(self, entry: IndexEntry, limit: int = 5) -> list[Candidate]:
        """The likely articles of the other language, best first; far worse ones than the best are left out."""
        own, other = self._sides[entry.language], self._sides[entry.language.other]
        count = len(other.articles)
        if not other.alive:
            return []
        scores = np.zeros(count, np.float32)
        for key, weight in self._telling_keys(entry, own, other):
            holders = np.frombuffer(other.slots_of[key], np.int32)
            scores[holders] += weight * np.frombuffer(other.weights_of[key], np.float32)
        scores /= other.lengths[:count]
        scores /= entry.length
        if entry.vector is not None and other.vectors is not None:
            likely = np.argpartition(-scores, _RERANKED)[:_RERANKED] if count > _RERANKED else np.arange(count)
            lexical = scores[likely]
            scores[:] = 0.0
            scores[likely] = lexical + _VECTOR_WEIGHT * (other.vectors[likely] @ entry.vector)
        least = _LEAST_SCORE if entry.vector is None else _LEAST_SCORE_WITH_VECTORS
        slots = np.flatnonzero(scores >= least)
        best = slots[np.argsort(-scores[slots], kind="stable")].tolist()
        found = [Candidate(other.articles[slot], float(scores[slot])) for slot in best if other.articles[slot] >= 0]
        return [candidate for candidate in found[:limit] if candidate.score >= _LEAST_SHARE * found[0].score]

    def _telling_keys(self, entry: IndexEntry, own: _Side, other: _Side) -> list[tuple[str, float]]:
        """The keys worth looking up, by weight and rarity in this library."""
        texts = own.alive + other.alive + _BACKGROUND_TEXTS
        most = max(_COMMON_SHARE * len(other.articles), 20.0)
        weighted: list[tuple[float, float, str]] = []
        for key, weight in entry.keys.items():
            there = other.holding(key)
            if not there or there > most:
                continue
            rarity = math.log(texts / (own.holding(key) + there + 1.0))
            weighted.append((weight * rarity * rarity, weight * rarity, key))
        weighted.sort(reverse=True)
        return [(key, weight) for _, weight, key in weighted[:_QUERY_KEYS]]
