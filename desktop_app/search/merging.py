"""When segments are merged, and how: the posting lists of thousands of terms at a time.

A segment costs every search a look-up, a merge costs the writer time. A commit merges only what is small beside
its own documents, so that one changed article never pays for the whole index; what is larger waits for
`merge_when_idle`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_app.search.batch import Batch
from desktop_app.search.codec import BatchContent, BatchWriter, SegmentTerms
from desktop_app.search.postings import Chunk, PostingArrays, gathered
from desktop_app.search.schema import COLUMNS
from desktop_app.search.terms_file import TEXT_FIELD, FieldTerms, Order, merged_lists, merged_orders

MOST_AT_ONCE = 512
"""Documents that any commit may merge along, however small itself: some 20 ms of work."""

_FACTOR = 4
_BESIDE = 16  # documents merged along for each one written
_MOST_DELETED = 0.3
_CHUNK = 1 << 18  # posting entries


@dataclass(frozen=True, slots=True)
class _Source:
    """A segment that is merged: its documents' new numbers, -1 for the deleted ones."""

    terms: SegmentTerms
    numbers: NDArray[np.int64]


def merge_small(writer: BatchWriter, segments: list[Any]) -> list[Any]:
    """Whoosh's merge policy for a commit: segments of like size are merged once there are a few of them, if
    they are small beside what is written. Returns the segments that stay."""
    budget = max(MOST_AT_ONCE, _BESIDE * writer.doc_count())
    levels: dict[int, list[Any]] = {}
    due: list[Any] = []
    for segment in segments:
        if _is_worn(segment) and _held(segment) <= budget:
            due.append(segment)
            budget -= _held(segment)
        else:
            levels.setdefault(_level(_held(segment)), []).append(segment)
    carried = _level(writer.doc_count())
    for level in sorted(levels):
        documents = sum(map(_held, levels[level]))
        if len(levels[level]) + (level <= carried) >= _FACTOR and documents <= budget:
            due.extend(levels[level])
            budget -= documents
            carried = level + 1
    return _merge(writer, segments, due)


def merge_due(writer: BatchWriter, segments: list[Any]) -> list[Any]:
    """Whoosh's merge policy for when there is time: what `is_merge_due` for becomes one segment."""
    return _merge(writer, segments, _due(segments))


def is_merge_due(segments: Sequence[Any]) -> bool:
    return bool(_due(segments))


def _due(segments: Sequence[Any]) -> list[Any]:
    """All segments up to the largest that is not `_FACTOR` times as large as all smaller ones together; worn ones."""
    by_size = sorted(segments, key=_held)
    count, smaller = 0, 0
    for place, segment in enumerate(by_size):
        if place and _FACTOR * smaller >= _held(segment):
            count = place + 1
        smaller += _held(segment)
    return by_size[:count] + [segment for segment in by_size[count:] if _is_worn(segment)]


def _level(documents: int) -> int:
    level = 0
    while documents >= _FACTOR:
        documents //= _FACTOR
        level += 1
    return level


def _is_worn(segment: Any) -> bool:
    return bool(segment.deleted_count() > _MOST_DELETED * segment.doc_count_all())


def _merge(writer: BatchWriter, segments: list[Any], due: list[Any]) -> list[Any]:
    if due:
        in_order = [segment for segment in segments if segment in due]
        content = MergedContent([_opened(writer, segment) for segment in in_order], writer.batch)
        writer.replace_content(content, content.count)
    return [segment for segment in segments if segment not in due]


def _held(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())


def _opened(writer: BatchWriter, segment: Any) -> tuple[SegmentTerms, NDArray[np.bool_]]:
    live = np.ones(segment.doc_count_all(), np.bool_)
    live[list(segment.deleted_docs())] = False
    return segment.codec().terms_reader(writer.storage, segment), live


class MergedContent:
    """Several segments and a batch as one segment, without what is deleted."""

    def __init__(self, segments: Iterable[tuple[SegmentTerms, NDArray[np.bool_]]], batch: Batch) -> None:
        self._sources: list[_Source] = []
        self.count = 0
        for terms, live in segments:
            numbers = np.where(live, self.count + np.cumsum(live) - 1, -1)
            self._sources.append(_Source(terms, numbers))
            self.count += int(live.sum())
        self._batch = BatchContent(batch) if len(batch) else None
        self._batch_base = self.count
        self.count += len(batch)
        self._kept: dict[str, tuple[list[str], list[NDArray[np.int64]], NDArray[np.bool_]]] = {}

    def columns(self) -> dict[str, NDArray[np.int64]]:
        parts: dict[str, list[NDArray[np.int64]]] = {name: [] for name in COLUMNS}
        for source in self._sources:
            for name in COLUMNS:
                parts[name].append(source.terms.file.block(name)[source.numbers >= 0].astype(np.int64))
        if self._batch is not None:
            for name, column in self._batch.columns().items():
                parts[name].append(column)
        return {name: np.concatenate(columns) for name, columns in parts.items()}

    def field_names(self) -> Iterable[str]:
        names = {field for source in self._sources for field in source.terms.fields}
        return sorted(names.union(self._batch.field_names() if self._batch else ()))

    def chunks(self, field: str) -> Iterator[Chunk]:
        lists: list[Sequence[str]] = [list(terms.terms) for _, terms in self._having(field)]
        sizes = [terms.document_counts for _, terms in self._having(field)]
        if self._batch is not None and field in self._batch.field_names():
            (waiting,) = self._batch.chunks(field)
            lists.append(self._batch.dictionary_terms(field))
            sizes.append(waiting.documents)
        union, places = merged_lists(lists)
        held = np.zeros(len(union), np.bool_)
        self._kept[field] = union, places, held
        weights = np.zeros(len(union), np.int64)
        for where, size in zip(places, sizes, strict=True):
            weights[where] += size
        first = 0
        for low, high in _portions(weights):
            chunk = self._chunk(field, places, low, high)
            alive = chunk.documents > 0
            held[low:high] = alive
            if alive.any():
                yield Chunk(first, chunk.documents[alive], chunk.occurrences[alive], chunk.postings)
            first += int(alive.sum())

    def dictionary(self, field: str) -> tuple[list[str], dict[str, Order]]:
        union, places, held = self._kept.pop(field)
        terms = [union[place] for place in np.flatnonzero(held).tolist()]
        if field != TEXT_FIELD:
            return terms, {}
        now = np.where(held, np.cumsum(held) - 1, -1)
        orders: list[Mapping[str, Order]] = [terms.orders() for _, terms in self._having(field)]
        if len(places) > len(orders) and self._batch is not None:
            orders.append(self._batch.dictionary(field)[1])
        return terms, merged_orders(orders, [now[where] for where in places], len(terms))

    def _having(self, field: str) -> Iterator[tuple[_Source, FieldTerms]]:
        return ((source, source.terms.fields[field]) for source in self._sources if field in source.terms.fields)

    def _chunk(self, field: str, places: list[NDArray[np.int64]], low: int, high: int) -> Chunk:
        """The lists of the terms from *low* to before *high* of the union."""
        lists: list[NDArray[np.int64]] = []
        documents: list[NDArray[np.int64]] = []
        counts: list[NDArray[np.uint32]] = []
        positions: list[NDArray[np.uint16]] = []
        for (source, terms), where in zip(self._having(field), places, strict=False):
            first, last = np.searchsorted(where, (low, high)).tolist()
            sizes = terms.document_counts[first:last]
            numbers = np.repeat(where[first:last] - low, sizes)
            for part in source.terms.arrays(field, first, last):
                here, numbers = numbers[: len(part.documents)], numbers[len(part.documents) :]
                now = source.numbers[part.documents]
                kept = now >= 0
                if kept.all():
                    lists.append(here)
                    documents.append(now)
                    counts.append(part.marked_counts)
                    positions.append(part.positions)
                else:
                    lists.append(here[kept])
                    documents.append(now[kept])
                    counts.append(part.marked_counts[kept])
                    positions.append(part.positions[np.repeat(kept, part.counts())])
        if len(places) > len(list(self._having(field))) and self._batch is not None:
            (waiting,) = self._batch.chunks(field)
            first, last = np.searchsorted(places[-1], (low, high)).tolist()
            entries = slice(int(waiting.documents[:first].sum()), int(waiting.documents[:last].sum()))
            occurrences = slice(int(waiting.occurrences[:first].sum()), int(waiting.occurrences[:last].sum()))
            lists.append(np.repeat(places[-1][first:last] - low, waiting.documents[first:last]))
            documents.append(waiting.postings.documents[entries].astype(np.int64) + self._batch_base)
            counts.append(waiting.postings.marked_counts[entries])
            positions.append(waiting.postings.positions[occurrences])
        return _in_order(lists, documents, counts, positions, high - low)


def _portions(weights: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Runs of places of some `_CHUNK` weight together (a single place may weigh more)."""
    ends = np.cumsum(weights)
    low = 0
    while low < len(weights):
        before = int(ends[low - 1]) if low else 0
        high = max(low + 1, int(np.searchsorted(ends, before + _CHUNK, "right")))
        yield low, high
        low = high


def _in_order(
    lists: list[NDArray[np.int64]],
    documents: list[NDArray[np.int64]],
    counts: list[NDArray[np.uint32]],
    positions: list[NDArray[np.uint16]],
    terms: int,
) -> Chunk:
    """Posting lists from parts of them, in each of which lists and documents ascend; the documents of later
    parts follow those of earlier ones."""
    numbers, marked = np.concatenate(lists), np.concatenate(counts).astype(np.uint32)
    occurrences = (marked >> 1).astype(np.int64)
    keys = numbers << 32 | np.arange(len(numbers))  # sorting numbers is many times as fast as sorting places
    keys.sort()
    order = keys & 0xFFFFFFFF
    starts = np.cumsum(occurrences) - occurrences
    moved = gathered(starts[order], occurrences[order])
    return Chunk(
        0,
        np.bincount(numbers, minlength=terms),
        np.bincount(numbers, occurrences, minlength=terms).astype(np.int64),
        PostingArrays(
            np.concatenate(documents)[order].astype(np.int32), marked[order], np.concatenate(positions)[moved]
        ),
    )
