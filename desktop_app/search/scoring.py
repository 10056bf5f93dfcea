"""Which documents a plan matches and how well: BM25 over whole posting lists at once.

BM25 with a bonus for the title as a second field (Robertson and Zaragoza 2009, "The Probabilistic Relevance
Framework", section 3.5), k1 = 1.2, b = 0.75. A concept is one term to it, whichever way it is written.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain import Language
from desktop_app.language.folding import fold
from desktop_app.search.analysis import BODY_START, CAPITALS, whole_name
from desktop_app.search.expansion import Concept, Pattern
from desktop_app.search.planning import Plan, PlanAll, PlanAny, PlanNot
from desktop_app.search.postings import Postings
from desktop_app.search.query_tree import DateWithin, EntityIs, LanguageIs, SourceIs
from desktop_app.search.snapshot import Snapshot
from desktop_app.search.terms_file import TEXT_FIELD

_K1, _B = 1.2, 0.75
_TITLE_BONUS = 2.0
_PREFERENCE = 1.0
_PLACES = 1 << 16

Mask = NDArray[np.bool_]
Numbers = NDArray[np.float32]
Documents = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scored:
    """Over all documents of a snapshot: which match, and the score of each (0 where filters alone decide)."""

    matches: Mask
    scores: Numbers


class Scorer:
    """Evaluates plans over one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def evaluate(self, plan: Plan) -> Scored:
        """Score *plan*; deleted documents may be among the matches."""
        match plan:
            case Concept():
                return self._concept(plan)
            case PlanAll(nodes, preferred):
                parts = [self.evaluate(part) for part in nodes]
                matches = reduce(np.logical_and, [part.matches for part in parts])
                scores = _sum(parts)
                for concept in preferred:
                    scores += _PREFERENCE * self._concept(concept).scores
                return Scored(matches, scores)
            case PlanAny(nodes):
                parts = [self.evaluate(part) for part in nodes]
                matches = reduce(np.logical_or, [part.matches for part in parts])
                return Scored(matches, _sum(parts))
            case PlanNot(node):
                return self._filter(~self.evaluate(node).matches)
            case LanguageIs(language):
                return self._filter(self._snapshot.hindi == (language is Language.HINDI))
            case SourceIs():
                return self._filter(self._from_source(plan))
            case EntityIs():
                return self._filter(self._naming(plan))
            case DateWithin():
                return self._filter(self._dated(plan))

    def _filter(self, matches: Mask) -> Scored:
        return Scored(matches, np.zeros(self._snapshot.size, np.float32))

    def _dated(self, within: DateWithin) -> Mask:
        dates = self._snapshot.dates
        matches = dates > 0
        if within.first is not None:
            matches &= dates >= within.first.toordinal()
        if within.last is not None:
            matches &= dates <= within.last.toordinal()
        return matches

    def _holding(self, field: str, words: tuple[str, ...]) -> Mask:
        occurrences, _ = self._phrase(field, tuple((fold(word),) for word in words))
        return occurrences > 0

    def _naming(self, entity: EntityIs) -> Mask:
        matches = np.zeros(self._snapshot.size, np.bool_)
        if entity.id is not None:
            self._mark(matches, "entity", f"#{entity.id}")
        elif entity.words:
            self._mark(matches, "entity", whole_name(entity.words))
        if not matches.any() and entity.words:
            matches = self._holding("entity", entity.words)
        return matches

    def _from_source(self, source: SourceIs) -> Mask:
        if not source.whole:
            return self._holding("source", source.words)
        matches = np.zeros(self._snapshot.size, np.bool_)
        self._mark(matches, "source", whole_name(source.words))
        return matches

    def _mark(self, matches: Mask, field: str, term: str) -> None:
        found = self._snapshot.postings(field, term)
        if found is not None:
            matches[found.documents] = True

    def _concept(self, concept: Concept) -> Scored:
        """Score a concept: patterns of one weight count together, of the weights the best one counts."""
        size = self._snapshot.size
        scores = np.zeros(size, np.float32)
        matches = np.zeros(size, np.bool_)
        rarity = 0.0
        for weight in sorted({pattern.weight for pattern in concept.patterns}, reverse=True):
            alike = [pattern for pattern in concept.patterns if pattern.weight == weight]
            occurrences, titles = self._counts(alike)
            if concept.title:
                occurrences = np.where(titles, occurrences, 0)
            found = np.flatnonzero(occurrences)
            if not len(found):
                continue
            rarity = rarity or self._rarity(len(found))
            counts = occurrences[found] + _TITLE_BONUS * titles[found]
            lengths = self._snapshot.relative_lengths[found]
            saturated = counts * (_K1 + 1) / (counts + _K1 * (1 - _B + _B * lengths))
            scores[found] = np.maximum(scores[found], weight * rarity * saturated)
            matches[found] = True
        return Scored(matches, scores)

    def _rarity(self, documents: int) -> float:
        """Inverse document frequency, always positive."""
        return math.log(1 + (self._snapshot.size - documents + 0.5) / (documents + 0.5))

    def _counts(self, patterns: Sequence[Pattern]) -> tuple[Numbers, Mask]:
        """How often any of *patterns* occurs in each document, and whether in its title."""
        occurrences = np.zeros(self._snapshot.size, np.float32)
        titles = np.zeros(self._snapshot.size, np.bool_)
        for pattern in patterns:
            more, in_title = self._phrase(TEXT_FIELD, pattern.slots)
            occurrences += more
            titles |= in_title
        return occurrences, titles

    def _phrase(self, field: str, slots: tuple[tuple[str, ...], ...]) -> tuple[Numbers, Mask]:
        """Occurrences of the slots next to each other, in each document, and whether in the title."""
        occurrences = np.zeros(self._snapshot.size, np.float32)
        titles = np.zeros(self._snapshot.size, np.bool_)
        lists = [self._lists(field, slot) for slot in slots]
        if len(slots) == 1:
            for found in lists[0]:
                occurrences[found.documents] += found.occurrences
                titles[found.documents[_first_positions(found) < BODY_START]] = True
        elif all(lists):
            places = self._adjacent(lists)
            documents = places >> 16
            occurrences += np.bincount(documents, minlength=len(occurrences))
            titles[documents[(places & (_PLACES - 1)) < BODY_START]] = True
        return occurrences, titles

    def _lists(self, field: str, terms: tuple[str, ...]) -> list[Postings]:
        lists = (self._snapshot.postings(field, term) for term in terms)
        return [found for found in lists if found is not None]

    def _adjacent(self, slots: list[list[Postings]]) -> NDArray[np.int64]:
        """Where phrases begin, as document · 65536 + position, ascending."""
        size = self._snapshot.size
        common = np.ones(size, np.bool_)
        for lists in slots:
            here = np.zeros(size, np.bool_)
            for found in lists:
                here[found.documents] = True
            common &= here
        order = sorted(range(len(slots)), key=lambda slot: sum(len(found.positions) for found in slots[slot]))
        starts: NDArray[np.int64] | None = None
        for slot in order:
            places = np.concatenate([_places(found, common) for found in slots[slot]]) - slot
            if len(slots[slot]) > 1:
                places.sort(kind="stable")  # merges the ascending runs of the lists
            starts = places if starts is None else _in_both(starts, places)
            if not len(starts):
                break
        return starts if starts is not None else np.zeros(0, np.int64)


def best_documents(snapshot: Snapshot, found: Documents, scores: Numbers, limit: int, *, by_date: bool) -> Documents:
    """At most *limit* of the documents *found*, best first; newer ones first among equals, undated ones last."""
    values, dates = scores[found].astype(np.float64), snapshot.dates[found].astype(np.float64)
    first, second = (dates, values) if by_date else (values, dates)
    if limit < len(found):
        least = np.partition(first, len(found) - limit)[len(found) - limit]
        kept = first >= least
        found, first, second = found[kept], first[kept], second[kept]
    order = np.lexsort((snapshot.ids[found], -second, -first))
    return found[order[:limit]]


def terms_in(snapshot: Snapshot, concepts: Sequence[Concept], documents: Documents) -> list[tuple[str, ...]]:
    """For each of *documents* the index terms of *concepts* that it holds, those of greatest weight first."""
    patterns = sorted((pattern for concept in concepts for pattern in concept.patterns), key=lambda p: -p.weight)
    terms = dict.fromkeys(term for pattern in patterns for slot in pattern.slots for term in slot)
    held: list[list[str]] = [[] for _ in range(len(documents))]
    for term in terms:
        postings = snapshot.postings(TEXT_FIELD, term)
        if postings is None:
            continue
        places = np.searchsorted(postings.documents, documents)
        places[places == len(postings.documents)] = 0
        for hit in np.flatnonzero(postings.documents[places] == documents).tolist():
            held[hit].append(term)
    return [tuple(dict.fromkeys(term.removeprefix(CAPITALS) for term in found)) for found in held]


def _sum(parts: Sequence[Scored]) -> Numbers:
    return reduce(np.add, [part.scores for part in parts])


def _in_both(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """The common values of two ascending arrays without repetitions."""
    few, many = (one, other) if len(one) < len(other) else (other, one)
    if 8 * len(few) < len(many):
        places = np.searchsorted(many, few)
        places[places == len(many)] = 0
        found: NDArray[np.int64] = few[many[places] == few]
        return found
    both = np.concatenate((few, many))
    both.sort(kind="stable")
    repeated: NDArray[np.bool_] = both[1:] == both[:-1]
    return both[1:][repeated]


def _first_positions(postings: Postings) -> NDArray[np.uint16]:
    ends = postings.occurrences.cumsum()
    return postings.positions[ends - postings.occurrences]


def _places(postings: Postings, documents: Mask) -> NDArray[np.int64]:
    """Document · 65536 + position of the occurrences in the marked documents."""
    numbers = np.repeat(postings.documents, postings.occurrences)
    places = numbers * _PLACES + postings.positions
    return places[documents[numbers]]
