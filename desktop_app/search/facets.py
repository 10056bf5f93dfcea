"""How many of the found documents have each language, source, month and entity.

Sources and entities are counted from their posting lists, kept side by side as one array a field: counting all
of them over a mask of documents costs one pass.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.search.snapshot import Snapshot

MOST_VALUES = 12
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


class FacetCounter:
    """Counts over one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._sources = _Lists(snapshot, "source", " ")
        self._entities = _Lists(snapshot, "entity", "#")
        self._months = _month_numbers(snapshot.dates)

    def count(self, found: NDArray[np.int64]) -> FacetCounts:
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
        )

    def _count_months(self, found: NDArray[np.int64]) -> tuple[Counted, ...]:
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
    """The posting lists of all terms of a field that begin alike, without their positions."""

    def __init__(self, snapshot: Snapshot, field: str, mark: str) -> None:
        self._ids = snapshot.ids
        lists = list(snapshot.documents_with(field, mark))
        self._terms = [term.removeprefix(mark) for term, _ in lists]
        self._documents = np.concatenate([found for _, found in lists]).astype(np.int32) if lists else _NONE
        ends = np.cumsum([len(found) for _, found in lists], dtype=np.int64)
        self._starts = np.concatenate((_NONE, ends[:-1])) if lists else _NONE

    def most_frequent(self, mask: NDArray[np.bool_]) -> tuple[Counted, ...]:
        if not self._terms:
            return ()
        held = mask[self._documents]
        counts = np.add.reduceat(held, self._starts, dtype=np.int64)
        best = np.argsort(-counts, kind="stable")[:MOST_VALUES]
        return tuple(
            Counted(self._terms[place], int(counts[place]), self._example(place, held))
            for place in best[counts[best] > 0].tolist()
        )

    def _example(self, place: int, held: NDArray[np.bool_]) -> int:
        first = int(self._starts[place])
        return int(self._ids[self._documents[first + int(held[first:].argmax())]])


_NONE = np.zeros(1, np.int64)


def _month_numbers(dates: NDArray[np.int64]) -> NDArray[np.int64]:
    """Months since the year 0 of ordinals; -1 where there is no date."""
    epoch = dt.date(1970, 1, 1).toordinal()
    months = (dates - epoch).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return np.where(dates > 0, months, -1)
