"""How many of the found documents have each language, source, month and entity.

Sources and entities are counted from their posting lists, kept side by side as one array a field: counting all
of them over a mask of documents costs one pass.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.search.postings import Documents
from desktop_app.search.snapshot import Snapshot

MOST_VALUES = 16
"""Values given of each facet."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A value and how many of the found documents have it; `example` is the id of one of them."""

    value: str
    count: int
    example: int


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """The most frequent values of each facet, months ("2024-09") newest first, entities by their number."""

    english: int
    hindi: int
    sources: tuple[Counted, ...]
    months: tuple[Counted, ...]
    entities: tuple[Counted, ...]
    undated: int = 0


class FacetCounter:
    """Counts over one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._sources = _Lists(snapshot, "source", " ")
        self._entities = _Lists(snapshot, "entity", "#")
        self._months = _month_numbers(snapshot.dates)

    def count(self, found: Documents) -> FacetCounts:
        """Count over the documents *found*, best first or in any order."""
        snapshot = self._snapshot
        hindi = int(snapshot.hindi[found].sum())
        mask = np.zeros(snapshot.size, np.bool_)
        mask[found] = True
        return FacetCounts(
            english=len(found) - hindi,
            hindi=hindi,
            sources=self._sources.most_frequent(mask),
            months=self._count_months(found),
            entities=self._entities.most_frequent(mask),
            undated=int((self._months[found] < 0).sum()),
        )

    def _count_months(self, found: Documents) -> tuple[Counted, ...]:
        months = self._months[found]
        dated = months >= 0
        counts = np.bincount(months[dated])
        best = np.flatnonzero(counts)
        if len(best) > MOST_VALUES:
            best = np.sort(best[np.argsort(counts[best], kind="stable")[-MOST_VALUES:]])
        return tuple(
            Counted(f"{month // 12:04}-{month % 12 + 1:02}", int(counts[month]), 0) for month in best[::-1].tolist()
        )


class _Lists:
    """The documents of all terms of a field that begin alike, side by side; a term may come in several lists."""

    def __init__(self, snapshot: Snapshot, field: str, mark: str) -> None:
        self._ids = snapshot.ids
        lists = list(snapshot.documents_with(field, mark))
        numbers: dict[str, int] = {}
        self._term_of_list = np.array([numbers.setdefault(term, len(numbers)) for term, _ in lists], np.int64)
        self._terms = [term.removeprefix(mark) for term in numbers]
        self._documents = np.concatenate([found for _, found in lists]) if lists else np.zeros(0, np.int64)
        ends = np.cumsum([len(found) for _, found in lists], dtype=np.int64)
        self._starts = np.concatenate((np.zeros(1, np.int64), ends[:-1]))

    def most_frequent(self, mask: NDArray[np.bool_]) -> tuple[Counted, ...]:
        if not self._terms:
            return ()
        held = mask[self._documents]
        by_list = np.add.reduceat(held, self._starts, dtype=np.int64)
        counts = np.bincount(self._term_of_list, by_list, len(self._terms))
        best = np.argsort(-counts, kind="stable")[:MOST_VALUES]
        return tuple(
            Counted(self._terms[term], int(counts[term]), self._example(term, by_list, held))
            for term in best[counts[best] > 0].tolist()
        )

    def _example(self, term: int, by_list: NDArray[np.int64], held: NDArray[np.bool_]) -> int:
        lists = np.flatnonzero((self._term_of_list == term) & (by_list > 0))
        first = int(self._starts[lists[0]])
        return int(self._ids[self._documents[first + int(held[first:].argmax())]])


def _month_numbers(dates: NDArray[np.int32]) -> NDArray[np.int64]:
    """Months since the year 0 of ordinals; -1 where there is no date."""
    epoch = dt.date(1970, 1, 1).toordinal()
    days = (dates.astype(np.int64) - epoch).astype("datetime64[D]")
    return np.where(dates > 0, days.astype("datetime64[M]").astype(np.int64) + 1970 * 12, -1)
