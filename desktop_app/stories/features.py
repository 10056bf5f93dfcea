"""What the comparison of two articles needs to know of each: terms, names, numbers and dates by sentence.

Made once an article; comparing two of them never looks at the text again.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain import Language, Sentence, SentenceKind
from desktop_app.language.lexicon import Translation, shipped_lexicon
from desktop_app.language.numbers import (
    LABEL_UNIT,
    TIME_UNIT,
    DateMention,
    Quantity,
    find_dates,
    find_numbers_and_dates,
)
from desktop_app.language.terms import Term, find_terms
from desktop_app.language.transliteration import skeletons, spelled_letters

Vectors = NDArray[np.float32] | NDArray[np.float16]

_NEVER_LINKED = frozenset((SentenceKind.DATE, SentenceKind.URL))
_SHORTEST_NAME = 3
_SHORTEST_SKELETON = 2
_HEADLINE_CAPITALS = 0.6
_KNOWN_TRANSLATION = 0.3
_NUMBER_RARITY = 4.0
_OPENING_LINES = 4


class ArticleText(Protocol):
    """The part of `Article` and `ExtractedArticle` that is compared."""

    @property
    def text(self) -> str: ...
    @property
    def language(self) -> Language: ...
    @property
    def date(self) -> dt.date | None: ...
    @property
    def sentences(self) -> tuple[Sentence, ...]: ...


@dataclass(frozen=True, slots=True)
class EntitySpan:
    """A place in the text that names an entity; `key` is the same in both articles for the same entity."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class TermInfo:
    """A term of one article. `key` is its stem, or "n:…" and "d:…" for a number or a date.

    `sounds` are its skeletons if it may be a name, `translations` its English stems if it is Hindi;
    `meanings` are the keys of English terms it may stand for.
    """

    key: str
    text: str
    rarity: float
    is_name: bool = False
    sounds: frozenset[str] = frozenset()
    translations: tuple[Translation, ...] = ()
    meanings: frozenset[str] = frozenset()

    @property
    def is_number(self) -> bool:
        return self.key[1:2] == ":"


@dataclass(frozen=True, slots=True)
class SentenceFeatures:
    """A sentence by its terms: indices into `ArticleFeatures.terms`."""

    index: int
    terms: tuple[int, ...]
    length: int
    kind: SentenceKind


@dataclass(frozen=True, slots=True, eq=False)
class ArticleFeatures:
    """An article as comparison sees it; two are equal only if they are one object.

    `sentences` are those that can be linked (no date or address lines), each with its index in the article.
    `dateline` is month and day of the first full date in the opening lines, if any.
    `vectors` has one unit vector a linkable sentence, or is None. `entity_terms` gives the terms that name an entity.
    """

    language: Language
    date: dt.date | None
    dateline: tuple[int, int] | None
    terms: tuple[TermInfo, ...]
    sentences: tuple[SentenceFeatures, ...]
    vectors: Vectors | None = None
    entity_terms: dict[str, frozenset[int]] = field(default_factory=dict)

    @property
    def article_vector(self) -> NDArray[np.float32] | None:
        """Mean of the sentence vectors weighted by length, not yet centred; None without vectors."""
        if self.vectors is None or not len(self.vectors):
            return None
        lengths = np.array([sentence.length for sentence in self.sentences], np.float32)
        mean = lengths @ self.vectors / max(float(lengths.sum()), 1.0)
        return mean.astype(np.float32)


def linkable(sentence: Sentence) -> bool:
    """Whether a sentence may have a counterpart at all: date and address lines have none."""
    return sentence.kind not in _NEVER_LINKED


def linkable_texts(article: ArticleText) -> list[str]:
    """The passages to encode for `article_features`, in order."""
    return [article.text[s.start : s.end] for s in article.sentences if linkable(s)]


def article_features(
    article: ArticleText, vectors: Vectors | None = None, entities: Iterable[EntitySpan] = ()
) -> ArticleFeatures:
    """Describe *article* for comparison.

    *vectors*: one unit vector for each of `linkable_texts(article)`, in that order.
    """
    places = [(index, s) for index, s in enumerate(article.sentences) if linkable(s)]
    if vectors is not None and len(vectors) != len(places):
        raise ValueError(f"{len(vectors)} vectors for {len(places)} sentences")
    found = [_sentence_terms(article.text[s.start : s.end]) for _, s in places]
    names = _names(found) if article.language is Language.ENGLISH else frozenset()
    collector = _TermCollector(article.language, names)
    sentences: list[SentenceFeatures] = []
    spans: list[tuple[int, int, int]] = []
    for (index, sentence), (words, numbers, dates) in zip(places, found, strict=True):
        text = article.text[sentence.start : sentence.end]
        numbered = [
            *((word.start, word.end, collector.word(word)) for word in words),
            *((q.start, q.end, collector.number(q, text[q.start : q.end])) for q in numbers),
            *((d.start, d.end, number) for d in dates for number in collector.date(d, text[d.start : d.end])),
        ]
        spans += [(sentence.start + start, sentence.start + end, term) for start, end, term in numbered]
        terms = tuple(dict.fromkeys(term for _, _, term in sorted(numbered)))
        sentences.append(SentenceFeatures(index, terms, sentence.end - sentence.start, sentence.kind))
    return ArticleFeatures(
        article.language,
        article.date,
        _dateline(article),
        tuple(collector.terms),
        tuple(sentences),
        vectors,
        _entity_terms(entities, spans),
    )


def _dateline(article: ArticleText) -> tuple[int, int] | None:
    for sentence in article.sentences[:_OPENING_LINES]:
        for date in find_dates(article.text[sentence.start : sentence.end]):
            if date.month is not None and date.day is not None:
                return date.month, date.day
    return None


_Found = tuple[list[Term], tuple[Quantity, ...], tuple[DateMention, ...]]


def _sentence_terms(text: str) -> _Found:
    numbers, dates = find_numbers_and_dates(text)
    taken = [(q.start, q.end) for q in numbers] + [(d.start, d.end) for d in dates]
    words = [
        word for word in find_terms(text) if not any(start <= word.start and word.end <= end for start, end in taken)
    ]
    return words, numbers, dates


def _names(found: Sequence[_Found]) -> frozenset[str]:
    """Stems written with a capital where only names are, and sentence-first words that no dictionary knows."""
    lexicon = shipped_lexicon()
    capital: Counter[str] = Counter()
    small: set[str] = set()
    for words, _, _ in found:
        headline = sum(word.text[0].isupper() for word in words) > _HEADLINE_CAPITALS * len(words)
        for position, word in enumerate(words):
            if not word.text[0].isupper():
                small.add(word.stem)
            elif position == 0 or headline:
                if word.stem not in lexicon.frequencies and word.stem not in lexicon.hindi:
                    capital[word.stem] += 1
            else:
                capital[word.stem] += 1
    return frozenset(stem for stem in capital if stem not in small)


class _TermCollector:
    """Numbers the distinct terms of one article."""

    def __init__(self, language: Language, names: frozenset[str]) -> None:
        self.terms: list[TermInfo] = []
        self._numbers: dict[str, int] = {}
        self._english = language is Language.ENGLISH
        self._english_names = names

    def _add(self, info: TermInfo) -> int:
        number = self._numbers[info.key] = len(self.terms)
        self.terms.append(info)
        return number

    def word(self, word: Term) -> int:
        key = f"{word.stem}#" if word.acronym else word.stem
        number = self._numbers.get(key)
        if number is not None:
            return number
        if self._english or word.text.isascii():
            is_name = word.stem in self._english_names or bool(word.acronym) or not self._english
            return self._add(_english_term(key, word.stem, word.text, is_name, word.acronym))
        return self._add(_hindi_term(word.stem, word.text))

    def number(self, quantity: Quantity, text: str) -> int:
        key = _number_key(quantity)
        known = self._numbers.get(key)
        return self._add(TermInfo(key, text, _number_rarity(quantity))) if known is None else known

    def date(self, date: DateMention, text: str) -> list[int]:
        """The parts of a date that can agree by themselves."""
        parts: list[tuple[str, float]] = []
        if date.year is not None:
            parts.append((f"n:{date.year}", 3.0))
        if date.month is not None:
            parts.append((f"d:{date.month}", 2.0))
            if date.day is not None:
                parts.append((f"d:{date.month}-{date.day}", 3.0))
        if date.weekday is not None:
            parts.append((f"w:{date.weekday}", 1.5))
        return [
            self._numbers[key] if key in self._numbers else self._add(TermInfo(key, text, rarity))
            for key, rarity in parts
        ]


@lru_cache(1 << 16)
def _english_term(key: str, stem: str, text: str, is_name: bool, acronym: str) -> TermInfo:
    sounds: frozenset[str] = frozenset()
    if is_name:
        sounds = frozenset(s for s in skeletons(text) if len(s) >= _SHORTEST_SKELETON)
        if acronym:
            sounds |= {f"#{acronym.lower()}"}
    return TermInfo(key, text, shipped_lexicon().rarity(stem), is_name, sounds)


@lru_cache(1 << 16)
def _hindi_term(stem: str, text: str) -> TermInfo:
    lexicon = shipped_lexicon()
    translations = lexicon.to_english(stem)
    sounds = frozenset(s for s in skeletons(text) if len(s) >= _SHORTEST_SKELETON)
    letters = spelled_letters(text)
    if letters is not None and len(letters) > 1:
        sounds |= {f"#{letters.lower()}"}
    is_name = not translations or translations[0].probability < _KNOWN_TRANSLATION
    meanings = frozenset((stem, *(translation.stem for translation in translations)))
    return TermInfo(stem, text, lexicon.rarity(stem), is_name, sounds, translations, meanings)


def _number_key(quantity: Quantity) -> str:
    return f"t:{quantity.value:g}" if quantity.unit == TIME_UNIT else f"n:{quantity.value:.10g}"


def _number_rarity(quantity: Quantity) -> float:
    """How telling it is that two texts share this number: round and small ones are everywhere."""
    value = quantity.value
    if value <= 3:
        return 1.0
    if value <= 12:
        return 1.6
    if quantity.unit == LABEL_UNIT or value <= 31 or value in (50.0, 100.0, 1000.0, 200.0):
        return 2.6
    return _NUMBER_RARITY


def _entity_terms(entities: Iterable[EntitySpan], spans: Sequence[tuple[int, int, int]]) -> dict[str, frozenset[int]]:
    named: dict[str, set[int]] = {}
    if not (wanted := list(entities)):
        return {}
    ordered = sorted(spans)
    starts = np.array([start for start, _, _ in ordered])
    for entity in wanted:
        for position in range(int(np.searchsorted(starts, entity.start)), len(ordered)):
            start, end, term = ordered[position]
            if start >= entity.end:
                break
            if end <= entity.end:
                named.setdefault(entity.key, set()).add(term)
    return {key: frozenset(terms) for key, terms in named.items()}
