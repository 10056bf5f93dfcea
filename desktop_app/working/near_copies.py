"""Which texts are nearly the same: the same report under another headline, with other punctuation or a line more.

Candidates come from bands of MinHash signatures over triples of words (Broder 1997; Leskovec, Rajaraman and Ullman,
"Mining of Massive Datasets", chapter 3). What then decides is strict, because a text taken for a copy disappears from
the list: two reports of one event share few sentences, and notices written after one template (prices, weather,
results) share nearly all of them but differ in a number, a name or a day.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain import Article, ExtractedArticle, SentenceKind
from desktop_app.language.folding import fold
from desktop_app.language.number_words import FRACTIONS, MONTHS, SCALES, SMALL_NUMBERS, WEEKDAYS

BANDS = 6
_ROWS = 5
"""Two texts with nine of ten triples in common share a band with a chance of 99.5 %, with half of them 17 %."""
_LEAST_IN_COMMON = 0.9
_FEWEST_WORDS = 40
"""A shorter text has to be the same word for word."""
_WORDS_PER_CHANGE = 100
_FURTHEST_DAYS = 7
_SAME_SPELLING = 0.88

_WORD = re.compile(r"[\w\u0300-\u036f\u0900-\u0963\u0966-\u097f\u200c\u200d]+")
_DIGIT = re.compile(r"\d")
_BODY = (SentenceKind.SENTENCE, SentenceKind.HEADING)
_MERSENNE = np.uint64(0x9E3779B97F4A7C15)
_FACTORS: NDArray[np.uint64] = np.random.Generator(np.random.PCG64(20_240_927)).integers(
    1, 2**63, size=(BANDS * _ROWS, 2), dtype=np.uint64
) * np.uint64(2) + np.uint64(1)


@dataclass(frozen=True)
class ReportText:
    """A text as copies are told by: its sentences as folded words, without title, date and address lines."""

    article: Article | ExtractedArticle

    @cached_property
    def sentences(self) -> list[tuple[str, ...]]:
        text = self.article.text
        found = [text[s.start : s.end] for s in self.article.sentences if s.kind in _BODY]
        return [words for words in (tuple(_WORD.findall(sentence)) for sentence in found or [text]) if words]

    @cached_property
    def words(self) -> list[str]:
        return [word.casefold() for sentence in self.sentences for word in sentence]

    @cached_property
    def title(self) -> list[str]:
        return [word.casefold() for word in _WORD.findall(self.article.title)]

    @cached_property
    def uses(self) -> Counter[str]:
        """How often each word is used; one in the title counts twice."""
        return Counter(self.words) + Counter(2 * self.title)

    @cached_property
    def ordinary(self) -> frozenset[str]:
        """The words that are written small somewhere: at the start of a sentence they are no names."""
        return frozenset(word for sentence in self.sentences for word in sentence if word.islower())

    @cached_property
    def triples(self) -> frozenset[tuple[str, str, str]]:
        return frozenset(zip(self.words, self.words[1:], self.words[2:], strict=False))

    def bands(self) -> list[int]:
        """The bands of the signature, as numbers that differ from band to band; none for a handful of words."""
        if len(self.words) < 5:
            return []
        numbers = np.array([zlib.crc32(word.encode()) for word in self.words], dtype=np.uint64)
        with np.errstate(over="ignore"):
            triples = (numbers[:-2] * np.uint64(3) + numbers[1:-1]) * _MERSENNE + numbers[2:]
            triples = (triples ^ (triples >> np.uint64(29))) * _MERSENNE
            triples ^= triples >> np.uint64(32)
            least = (triples[None, :] * _FACTORS[:, :1] + _FACTORS[:, 1:]).min(axis=1)
            mixed = (least * _FACTORS[:, 1]).reshape(BANDS, _ROWS)
            return [int(value >> np.uint64(1)) for value in np.bitwise_xor.reduce(mixed, axis=1)]


def is_near_copy(one: ReportText, other: ReportText) -> bool:
    """Whether a reader would call the two the same text."""
    if one.article.language is not other.article.language:
        return False
    if _titles_tell_apart(one.title, other.title):
        return False
    if one.words == other.words:
        return len(one.words) >= _FEWEST_WORDS or one.title == other.title
    if min(len(one.words), len(other.words)) < _FEWEST_WORDS:
        return False
    dates = (one.article.date, other.article.date)
    if dates[0] is not None and dates[1] is not None and abs((dates[0] - dates[1]).days) > _FURTHEST_DAYS:
        return False
    both = len(one.triples & other.triples)
    if both < _LEAST_IN_COMMON * len(one.triples | other.triples):
        return False
    return _differ_in_wording_only(one, other)


def resemble(one: ReportText, other: ReportText) -> bool:
    """Whether the two may be an earlier and a later text of one page."""
    if one.article.title == other.article.title:
        return True
    left, right = set(one.words), set(other.words)
    return len(left & right) >= 0.3 * max(1, min(len(left), len(right)))


def _titles_tell_apart(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two headings of one pattern name different numbers or days ("Gold price on 5 March")."""
    if 2 * len(set(one) & set(other)) < min(len(one), len(other)):
        return False
    return Counter(filter(_is_telling, one)) != Counter(filter(_is_telling, other))


def _differ_in_wording_only(one: ReportText, other: ReportText) -> bool:
    """Whether the sentences that differ say the same: no other number, day or name, and hardly another word."""
    common = Counter(_folded(s) for s in one.sentences) & Counter(_folded(s) for s in other.sentences)
    left, right = (_without(text.sentences, common) for text in (one, other))
    if not left or not right:
        # Sentences more, on one side: a teaser, a note of the agency. News would bring numbers.
        return not any(_is_telling(word) for sentence in left or right for word in sentence)
    changes = 0
    ordinary = one.ordinary | other.ordinary
    old, new = ([word for sentence in side for word in sentence] for side in (left, right))
    matcher = SequenceMatcher(None, [word.casefold() for word in old], [word.casefold() for word in new], False)
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            continue
        gone, come = old[a:b], new[c:d]
        if "".join(fold(word) for word in gone) == "".join(fold(word) for word in come):
            continue
        if len(gone) == len(come) and all(_same_spelling(x, y) for x, y in zip(gone, come, strict=True)):
            continue
        if any(_is_telling(word) or _is_name(word, ordinary) for word in (*gone, *come)):
            return False
        # What a template leaves open is filled in with the same word again and again, and stands in its title.
        if any(one.uses[x.casefold()] > other.uses[x.casefold()] + 1 for x in gone):
            return False
        if any(other.uses[x.casefold()] > one.uses[x.casefold()] + 1 for x in come):
            return False
        changes += max(len(gone), len(come))
    return changes <= min(len(one.words), len(other.words)) // _WORDS_PER_CHANGE


def _without(sentences: Sequence[tuple[str, ...]], common: Counter[tuple[str, ...]]) -> list[tuple[str, ...]]:
    left = Counter(common)
    rest = []
    for sentence in sentences:
        key = _folded(sentence)
        if left[key] > 0:
            left[key] -= 1
        else:
            rest.append(sentence)
    return rest


def _folded(sentence: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.casefold() for word in sentence)


def _is_telling(word: str) -> bool:
    """Whether *word* is a number, a month or a day of the week."""
    if _DIGIT.search(word):
        return True
    key = fold(word)
    return any(key in words for words in (SMALL_NUMBERS, SCALES, FRACTIONS, MONTHS, WEEKDAYS))


def _is_name(word: str, ordinary: frozenset[str]) -> bool:
    return word[:1].isupper() and word.casefold() not in ordinary


def _same_spelling(one: str, other: str) -> bool:
    """Whether two words are spellings of one ("organisation", "organization")."""
    if _DIGIT.search(one + other) or min(len(one), len(other)) < 5:
        return False
    return SequenceMatcher(None, fold(one), fold(other), False).ratio() >= _SAME_SPELLING and one[0] == other[0]
