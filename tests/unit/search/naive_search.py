"""A slow, plain evaluation of plans, one document at a time, through Whoosh's own matchers over our codec."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

from whoosh.index import FileIndex
from whoosh.reading import SegmentReader, TermNotFound

from desktop_app.domain import Language
from desktop_app.search.analysis import BODY_START, whole_name
from desktop_app.search.expansion import Concept, Pattern
from desktop_app.search.planning import Plan, PlanAll, PlanAny, PlanNot
from desktop_app.search.query_tree import DateWithin, EntityIs, LanguageIs, SourceIs

Positions = dict[int, list[int]]
Scores = dict[int, float]


@dataclass(frozen=True, slots=True)
class _Leaf:
    reader: SegmentReader
    base: int


class NaiveSearch:
    """Over one commit. Documents are numbered through all segments, deleted ones too."""

    def __init__(self, index: FileIndex) -> None:
        self._leaves: list[_Leaf] = []
        self.size = 0
        for reader, _ in index.reader().leaf_readers():
            self._leaves.append(_Leaf(reader, self.size))
            self.size += reader.doc_count_all()
        self.postings = lru_cache(None)(self._postings)

    def search(self, plan: Plan) -> Scores:
        """Article id → score of what is found and not deleted."""
        ids = self._column("id")
        return {ids[number]: score for number, score in self._found(plan).items() if self._is_live(number)}

    def _postings(self, field: str, term: str) -> Positions:
        """Document → positions, through the matcher that our codec gives to Whoosh."""
        found: Positions = {}
        for leaf in self._leaves:
            try:
                matcher = leaf.reader._terms.matcher(field, term.encode(), leaf.reader.schema[field].format)
            except TermNotFound:
                continue
            while matcher.is_active():
                positions = matcher.value_as("positions")
                assert matcher.weight() == len(positions)
                found[leaf.base + matcher.id()] = positions
                matcher.next()
        return found

    def _column(self, name: str) -> list[int]:
        return [
            leaf.reader.column_reader(name)[number]
            for leaf in self._leaves
            for number in range(leaf.reader.doc_count_all())
        ]

    def _is_live(self, number: int) -> bool:
        leaf = next(leaf for leaf in reversed(self._leaves) if leaf.base <= number)
        return not leaf.reader.is_deleted(number - leaf.base)

    @cached_property
    def _dates(self) -> list[int]:
        return self._column("date")

    @cached_property
    def _hindi(self) -> list[int]:
        return self._column("hindi")

    @cached_property
    def _lengths(self) -> list[float]:
        """Of every document, by the average of those that are not deleted."""
        lengths = [
            leaf.reader.doc_field_length(number, "text")
            for leaf in self._leaves
            for number in range(leaf.reader.doc_count_all())
        ]
        live = [length for number, length in enumerate(lengths) if self._is_live(number)]
        average = sum(live) / len(live)
        return [length / average for length in lengths]

    def _found(self, plan: Plan) -> Scores:
        match plan:
            case Concept():
                return self._concept(plan)
            case PlanAny(nodes):
                found: Scores = {}
                for node in nodes:
                    for number, score in self._found(node).items():
                        found[number] = found.get(number, 0.0) + score
                return found
            case PlanAll(nodes, preferred):
                parts = [self._found(node) for node in nodes]
                common = set(parts[0]).intersection(*parts[1:])
                wishes = [self._concept(concept) for concept in preferred]
                return {
                    number: sum(part[number] for part in parts) + sum(wish.get(number, 0.0) for wish in wishes)
                    for number in common
                }
            case PlanNot(node):
                unwanted = self._found(node)
                passing = [number for number in range(self.size) if number not in unwanted]
            case LanguageIs(language):
                passing = [n for n in range(self.size) if bool(self._hindi[n]) == (language is Language.HINDI)]
            case SourceIs(words):
                if plan.whole:
                    passing = list(self.postings("source", whole_name(words)))
                else:
                    passing = list(self._starts("source", tuple((word.lower(),) for word in words)))
            case EntityIs():
                passing = list(self._naming(plan))
            case DateWithin(first, last):
                low = first.toordinal() if first else 1
                high = last.toordinal() if last else 10_000_000
                passing = [n for n in range(self.size) if self._dates[n] and low <= self._dates[n] <= high]
        return dict.fromkeys(passing, 0.0)

    def _naming(self, plan: EntityIs) -> Positions:
        found = self.postings("entity", f"#{plan.id}" if plan.id is not None else whole_name(plan.words))
        if not found and plan.words:
            found = self._starts("entity", tuple((word.lower(),) for word in plan.words))
        for other in plan.others:
            found = {**found, **self.postings("entity", f"#{other}")}
        return found

    def _starts(self, field: str, slots: tuple[tuple[str, ...], ...]) -> Positions:
        """Document → where terms of the slots begin to stand side by side."""
        found: Positions = {}
        for number in {number for term in slots[0] for number in self.postings(field, term)}:
            held = [
                {place - offset for term in slot for place in self.postings(field, term).get(number, ())}
                for offset, slot in enumerate(slots)
            ]
            starts = set.intersection(*held)
            if starts:
                found[number] = sorted(starts)
        return found

    def _concept(self, concept: Concept) -> Scores:
        scores: Scores = {}
        rarity = 0.0
        patterns = sorted(concept.patterns, key=lambda pattern: -pattern.weight)
        for weight, alike in groupby(patterns, key=lambda pattern: pattern.weight):
            counts, titles = self._counts(list(alike))
            if concept.title:
                counts = {number: count for number, count in counts.items() if number in titles}
            if not counts:
                continue
            documents = len(counts)
            rarity = rarity or math.log(1 + (self.size - documents + 0.5) / (documents + 0.5))
            for number, count in counts.items():
                heard = count + 2.0 * (number in titles)
                length = 1.2 * (1 - 0.75 + 0.75 * self._lengths[number])
                score = weight * rarity * heard * 2.2 / (heard + length)
                scores[number] = max(scores.get(number, 0.0), score)
        return scores

    def _counts(self, patterns: list[Pattern]) -> tuple[dict[int, int], set[int]]:
        counts: dict[int, int] = {}
        titles: set[int] = set()
        for pattern in patterns:
            lists = (
                [self.postings("text", term) for term in pattern.slots[0]]
                if len(pattern.slots) == 1
                else [self._starts("text", pattern.slots)]
            )
            for found in lists:
                for number, starts in found.items():
                    counts[number] = counts.get(number, 0) + len(starts)
                    if starts[0] < BODY_START:
                        titles.add(number)
        return counts, titles
