"""Which documents a plan matches and how well: BM25 over whole posting lists at once.

BM25 with a bonus for the title as a second field (Robertson and Zaragoza 2009, "The Probabilistic Relevance
Framework", section 3.5), k1 = 1.2, b = 0.75. A concept is one term to it, whichever way it is written.

What is found is a list of documents as long as need be; arrays over all documents are used only where lists are
so long that they are the faster way.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain import Language
from desktop_app.language.folding import fold
from desktop_app.search.analysis import BODY_START, CAPITALS, whole_name
from desktop_app.search.expansion import Concept, Pattern
from desktop_app.search.planning import Plan, PlanAll, PlanAny, PlanNot
from desktop_app.search.postings import Documents, distinct, gathered
from desktop_app.search.query_tree import DateWithin, EntityIs, LanguageIs, SourceIs
from desktop_app.search.snapshot import K1, Postings, Snapshot
from desktop_app.search.terms_file import TEXT_FIELD

_TITLE_BONUS = np.float32(2.0)
_PREFERENCE = np.float32(1.0)
_SPARSE = 16
"""A list is short if it holds less than one document in so many."""
_FEW = 4
"""Looking up one document in a long list costs as much as reading so many of it."""

Mask = NDArray[np.bool_]
Numbers = NDArray[np.float32]
Slots = tuple[tuple[str, ...], ...]

_NOBODY: Documents = np.zeros(0, np.int32)
_NOTHING: Numbers = np.zeros(0, np.float32)


@dataclass(frozen=True, slots=True)
class Found:
    """The documents that match, ascending, and the score of each (0 where filters alone decide)."""

    documents: Documents
    scores: Numbers


@dataclass(frozen=True, slots=True)
class _Counted:
    """The documents that hold something, ascending, how often each does, and whether in the title."""

    documents: Documents
    counts: Numbers
    titles: Mask


_Groups = tuple[tuple[float, _Counted], ...]


class Scorer:
    """Evaluates plans over one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._size = snapshot.size
        # By identity, which is found faster than by all the words of a concept; each concept is held with its groups.
        self._grouped: dict[int, tuple[Concept, _Groups]] = {}

    def evaluate(self, plan: Plan) -> Found:
        """Find and score what *plan* matches of the documents that are not deleted."""
        found = self._found(plan)
        if self._snapshot.count < self._size:
            found = _kept(found, self._snapshot.live[found.documents])
        return found

    def holding(self, concept: Concept) -> Documents:
        """The documents that *concept* matches, in any order, without scores."""
        groups = self._groups(concept)
        lists = [counted.documents for _, counted in groups]
        found = lists[0] if len(lists) == 1 else self._union(lists) if lists else _NOBODY
        return found if self._snapshot.count == self._size else found[self._snapshot.live[found]]

    def _found(self, plan: Plan, among: Documents | None = None) -> Found:
        """What *plan* matches, of the documents *among* those of the snapshot, if given."""
        match plan:
            case Concept():
                return self._concept(plan, among)
            case PlanAll(nodes, preferred):
                return self._all(nodes, preferred, among)
            case PlanAny(nodes):
                parts = [self._found(node, among) for node in nodes]
                return Found(*self._merged([(part.documents, part.scores) for part in parts], np.add))
        mask = self._mask(plan)
        passing = np.flatnonzero(mask).astype(np.int32) if among is None else among[mask[among]]
        return Found(passing, np.zeros(len(passing), np.float32))

    def _all(self, nodes: Sequence[Plan], preferred: Sequence[Concept], among: Documents | None) -> Found:
        """The rarest first, the others only where that is."""
        wanted = [node for node in nodes if not _is_filter(node)]
        sizes = {id(node): self._most(node) for node in wanted} if len(wanted) > 1 else {}
        wanted.sort(key=lambda node: sizes.get(id(node), 0))
        masks = [self._mask(node) for node in nodes if _is_filter(node)]
        if not wanted:
            passing = np.flatnonzero(reduce(np.logical_and, masks)).astype(np.int32)
            return Found(passing, np.zeros(len(passing), np.float32))
        found = self._found(wanted[0], among)
        for mask in masks:
            found = _kept(found, mask[found.documents])
        for node in wanted[1:]:
            few = _FEW * len(found.documents) < sizes[id(node)]
            part = self._found(node, found.documents if few else among)
            here, there = self._common(found.documents, part.documents)
            found = Found(found.documents[here], found.scores[here] + part.scores[there])
        for concept in preferred:
            if not len(found.documents):
                break
            more = self._concept(concept, found.documents)
            here, there = self._common(found.documents, more.documents)
            found.scores[here] += _PREFERENCE * more.scores[there]
        return found

    def _most(self, plan: Plan) -> int:
        """How many documents *plan* matches at most, or a little more."""
        match plan:
            case Concept():
                return sum(len(counted.documents) for _, counted in self._groups(plan))
            case PlanAll(nodes):
                return min(map(self._most, nodes))
            case PlanAny(nodes):
                return sum(map(self._most, nodes))
        return self._size

    def _mask(self, plan: Plan) -> Mask:
        """Which of all documents pass a filter, or match what does not filter."""
        match plan:
            case PlanNot(node):
                return ~self._mask(node)
            case LanguageIs(language):
                return self._snapshot.hindi if language is Language.HINDI else ~self._snapshot.hindi
            case SourceIs() | EntityIs() | DateWithin():
                return self._snapshot.filtered(plan, lambda: self._filter(plan))
            case PlanAll(nodes, ()) if all(map(_is_filter, nodes)):
                return reduce(np.logical_and, map(self._mask, nodes))
        return self._marked(self._found(plan).documents)

    def _filter(self, plan: SourceIs | EntityIs | DateWithin) -> Mask:
        match plan:
            case SourceIs(words):
                return self._with("source", whole_name(words)) if plan.whole else self._holding("source", words)
            case EntityIs():
                return self._naming(plan)
        dates = self._snapshot.dates
        matches: Mask = dates > 0
        if plan.first is not None:
            matches &= dates >= plan.first.toordinal()
        if plan.last is not None:
            matches &= dates <= plan.last.toordinal()
        return matches

    def _holding(self, field: str, words: tuple[str, ...]) -> Mask:
        slots = tuple((fold(word),) for word in words)
        return self._marked(*(counted.documents for counted in self._counted(field, slots)))

    def _naming(self, entity: EntityIs) -> Mask:
        matches = self._with("entity", f"#{entity.id}" if entity.id is not None else whole_name(entity.words))
        if not matches.any() and entity.words:
            matches = self._holding("entity", entity.words)
        for other in entity.others:
            matches = matches | self._with("entity", f"#{other}")
        return matches

    def _with(self, field: str, term: str) -> Mask:
        found = self._snapshot.postings(field, term)
        return self._marked(*([] if found is None else [found.documents]))

    def _marked(self, *lists: Documents) -> Mask:
        mask = np.zeros(self._size, np.bool_)
        for documents in lists:
            mask[documents] = True
        return mask

    def _concept(self, concept: Concept, among: Documents | None = None) -> Found:
        """Score a concept: patterns of one weight count together, of the weights the best one counts."""
        groups = self._groups(concept)
        rarity = self.rarity(len(groups[0][1].documents)) if groups else 0.0
        parts: list[tuple[Documents, Numbers]] = []
        for weight, counted in groups:
            found = counted if among is None else self._limited(counted, among)
            if len(found.documents):
                parts.append((found.documents, self._saturated(found, weight * rarity)))
        return Found(*self._merged(parts, np.maximum))

    def _groups(self, concept: Concept) -> _Groups:
        """Weight → the posting lists of all patterns of that weight merged into one, the surest first; those that
        have any documents, with the bonus of the title counted in. Kept: the same words come again with every letter
        typed behind them."""

        def make() -> tuple[_Groups, int]:
            by_weight = sorted(concept.patterns, key=lambda pattern: -pattern.weight)
            groups = tuple(
                (weight, self._together(list(alike), concept.title))
                for weight, alike in groupby(by_weight, key=lambda pattern: pattern.weight)
            )
            held = tuple((weight, _with_bonus(counted)) for weight, counted in groups if len(counted.documents))
            return held, 400 + sum(9 * len(counted.documents) for _, counted in held)

        known = self._grouped.get(id(concept))
        if known is None:
            known = concept, self._snapshot.kept((concept.patterns, concept.title), make)
            self._grouped[id(concept)] = known
        return known[1]

    def _limited(self, counted: _Counted, among: Documents) -> _Counted:
        if len(among) >= len(counted.documents):
            return counted
        _, there = self._common(among, counted.documents)
        return _Counted(counted.documents[there], counted.counts[there], counted.titles[there])

    def _saturated(self, found: _Counted, factor: float) -> Numbers:
        norms: Numbers = self._snapshot.length_norms.take(found.documents)
        norms += found.counts
        scores: Numbers = found.counts * np.float32(factor * (K1 + 1))
        scores /= norms
        return scores

    def rarity(self, documents: int) -> float:
        """Inverse document frequency, always positive."""
        return math.log(1 + (self._size - documents + 0.5) / (documents + 0.5))

    def _together(self, patterns: Sequence[Pattern], title: bool) -> _Counted:
        """Where and how often any of *patterns* occurs, or occurs in texts whose title has it."""
        parts = [counted for pattern in patterns for counted in self._pattern(pattern)]
        if len(parts) == 1:
            together = parts[0]
        else:
            documents, counts = self._merged([(part.documents, part.counts) for part in parts], np.add)
            titles = np.zeros(len(documents), np.bool_)
            for part in parts:
                titled = part.documents[part.titles]
                if len(titled):
                    titles[np.searchsorted(documents, titled)] = True
            together = _Counted(documents, counts, titles)
        if title:
            kept = together.titles
            return _Counted(together.documents[kept], together.counts[kept], together.titles[kept])
        return together

    def _pattern(self, pattern: Pattern) -> list[_Counted]:
        if not pattern.names:
            return self._counted(TEXT_FIELD, pattern.slots)
        found = self._counted("entity", pattern.slots)
        return [_Counted(part.documents, part.counts, np.zeros(len(part.documents), np.bool_)) for part in found]

    def _counted(self, field: str, slots: Slots) -> list[_Counted]:
        """The occurrences of the slots next to each other, in any number of lists."""
        lists = [self._lists(field, slot) for slot in slots]
        if len(slots) == 1:
            return [_Counted(found.documents, found.counts(), found.in_title()) for _, found in lists[0]]
        if not all(lists):
            return []
        places = self._adjacent(field, lists)
        if not len(places):
            return []
        documents = (places >> 16).astype(np.int32)
        starts = _run_starts(documents)
        counts = np.diff(np.append(starts, len(places))).astype(np.float32)
        titles = (places[starts] & 0xFFFF) < BODY_START
        return [_Counted(documents[starts], counts, titles)]

    def _lists(self, field: str, terms: tuple[str, ...]) -> list[tuple[str, Postings]]:
        lists = ((term, self._snapshot.postings(field, term)) for term in terms)
        return [(term, found) for term, found in lists if found is not None]

    def _adjacent(self, field: str, slots: list[list[tuple[str, Postings]]]) -> NDArray[np.int64]:
        """Where phrases begin, as document · 65536 + position, ascending."""
        common: Documents | None = None
        order = sorted(range(len(slots)), key=lambda slot: sum(len(found.documents) for _, found in slots[slot]))
        for slot in order:
            lists = [found.documents for _, found in slots[slot]]
            if common is None:
                common = lists[0] if len(lists) == 1 else self._union(lists)
            elif len(lists) == 1:
                common = common[self._common(common, lists[0])[0]]
            else:
                common = common[np.logical_or.reduce([self._are_in(common, documents) for documents in lists])]
            if not len(common):
                return np.zeros(0, np.int64)
        starts: NDArray[np.int64] | None = None
        for slot in order:
            parts = [self._places(field, term, found, common) for term, found in slots[slot]]
            # An acronym stands at its place as two terms.
            places = (parts[0] if len(parts) == 1 else distinct(np.concatenate(parts))) - slot
            starts = places if starts is None else _in_both(starts, places)
        return starts if starts is not None else np.zeros(0, np.int64)

    def _places(self, field: str, term: str, found: Postings, among: Documents | None) -> NDArray[np.int64]:
        """Document · 65536 + position of the occurrences in the documents *among* those that hold *term*."""
        counts: NDArray[np.int64] = (found.marked_counts >> 1).astype(np.int64)
        starts, positions = self._snapshot.positions(field, term, found)
        documents = found.documents
        if among is not None and len(among) < len(documents):
            _, there = self._common(among, documents)
            documents, counts = documents[there], counts[there]
            positions = positions[gathered(starts[there], counts)]
        bases: NDArray[np.int64] = np.repeat(documents.astype(np.int64) << 16, counts)
        return bases + positions

    def _union(self, lists: Sequence[Documents]) -> Documents:
        if self._is_short(sum(map(len, lists))):
            return distinct(np.concatenate(lists))
        return np.flatnonzero(self._marked(*lists)).astype(np.int32)

    def _is_short(self, count: int) -> bool:
        return count * _SPARSE < self._size

    def _are_in(self, documents: Documents, others: Documents) -> Mask:
        """Which of *documents* are among *others*."""
        if self._is_short(len(documents)):
            places = np.searchsorted(others, documents)
            places[places == len(others)] = 0
            matches: Mask = others[places] == documents
            return matches
        return self._marked(others)[documents]

    def _common(self, one: Documents, other: Documents) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the documents of both lists stand, in the one and in the other."""
        if len(one) > len(other):
            there, here = self._common(other, one)
            return here, there
        if not len(one):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        if self._is_short(len(one)):
            places = np.searchsorted(other, one)
            places[places == len(other)] = 0
            here = np.flatnonzero(other[places] == one)
            return here, places[here]
        here = np.flatnonzero(self._marked(other)[one])
        there = np.flatnonzero(self._marked(one)[other])
        return here, there

    def _merged(self, parts: list[tuple[Documents, Numbers]], combine: np.ufunc) -> tuple[Documents, Numbers]:
        """The union of lists; where several have a document, their numbers (none negative) combined."""
        parts = [part for part in parts if len(part[0])]
        if len(parts) < 2:
            return parts[0] if parts else (_NOBODY, _NOTHING)
        if self._is_short(sum(len(documents) for documents, _ in parts)):
            documents = np.concatenate([documents for documents, _ in parts])
            order = documents.argsort(kind="stable")
            documents = documents[order]
            starts = _run_starts(documents)
            numbers = np.concatenate([numbers for _, numbers in parts])[order]
            return documents[starts], combine.reduceat(numbers, starts)
        values = np.zeros(self._size, np.float32)
        matches = np.zeros(self._size, np.bool_)
        for documents, numbers in parts:
            values[documents] = combine(values[documents], numbers)
            matches[documents] = True
        documents = np.flatnonzero(matches).astype(np.int32)
        return documents, values[documents]


def best_of(snapshot: Snapshot, found: Found, limit: int, *, by_date: bool) -> Found:
    """At most *limit* of what was *found*, best first; newer ones first among equals, undated ones last."""
    documents, scores = found.documents, found.scores
    dates = snapshot.dates[documents]
    if limit < len(documents):
        first = dates if by_date else scores
        least = np.partition(first, len(first) - limit)[len(first) - limit]
        kept = first >= least
        documents, scores, dates = documents[kept], scores[kept], dates[kept]
    keys = (scores, dates) if by_date else (dates, scores)
    order = np.lexsort((snapshot.ids[documents], *(-key for key in keys)))[:limit]
    return Found(documents[order], scores[order])


def terms_in(snapshot: Snapshot, concepts: Sequence[Concept], documents: Documents) -> list[tuple[str, ...]]:
    """For each of *documents* the index terms of *concepts* that it holds, those of greatest weight first."""
    patterns = sorted((p for concept in concepts for p in concept.patterns if not p.names), key=lambda p: -p.weight)
    terms = {term: None for pattern in patterns for slot in pattern.slots for term in slot}
    held: list[list[str]] = [[] for _ in range(len(documents))]
    acronyms = False
    for term in terms:
        postings = snapshot.postings(TEXT_FIELD, term)
        if postings is None:
            continue
        # The methods of arrays cost half of what numpy's functions of the same names do.
        nearest = postings.documents.take(postings.documents.searchsorted(documents), mode="clip")
        acronyms = acronyms or term[0] == CAPITALS
        for hit in (nearest == documents).nonzero()[0].tolist():
            held[hit].append(term)
    if not acronyms:
        return [tuple(found) for found in held]
    return [tuple(dict.fromkeys(term.removeprefix(CAPITALS) for term in found)) for found in held]


def _with_bonus(counted: _Counted) -> _Counted:
    """*counted* with titles that count for several occurrences."""
    counts: Numbers = np.multiply(counted.titles, _TITLE_BONUS, dtype=np.float32)
    counts += counted.counts
    return _Counted(counted.documents, counts, counted.titles)


def _is_filter(plan: Plan) -> bool:
    """Whether *plan* has no scores."""
    return isinstance(plan, PlanNot | LanguageIs | SourceIs | EntityIs | DateWithin)


def _kept(found: Found, mask: Mask) -> Found:
    return Found(found.documents[mask], found.scores[mask])


def _run_starts(numbers: Documents) -> NDArray[np.int64]:
    """Where each run of equal *numbers* begins."""
    new = np.empty(len(numbers), np.bool_)
    new[:1] = True
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
    return new.nonzero()[0]


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
