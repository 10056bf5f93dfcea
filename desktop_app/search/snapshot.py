"""One commit of the index as arrays: columns of all documents, posting lists, the vocabulary.

A snapshot never changes. Documents are numbered through all segments; deleted ones are masked by `live`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh.index import FileIndex

from desktop_app.search.codec import SegmentTerms
from desktop_app.search.errors import IndexDamaged
from desktop_app.search.keeping import Keeper
from desktop_app.search.postings import Documents
from desktop_app.search.schema import COLUMNS
from desktop_app.search.terms_file import TEXT_FIELD, FieldTerms, TermEntry

K1, B = 1.2, 0.75
"""The constants of BM25: how soon more occurrences add no more, and how much of that is the length's doing."""

_Kept = TypeVar("_Kept")
_MOST_BYTES = 64 << 20
"""What a snapshot keeps of posting lists and filters; the rest is read again."""

_NOBODY: Documents = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class _Segment:
    terms: SegmentTerms
    base: int


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents (ascending) that hold a term, and how often each does, with the mark of the title."""

    documents: Documents
    marked_counts: NDArray[Any]
    entries: tuple[tuple[_Segment, TermEntry], ...]

    def counts(self) -> NDArray[np.float32]:
        return (self.marked_counts >> 1).astype(np.float32)

    def in_title(self) -> NDArray[np.bool_]:
        return (self.marked_counts & 1).astype(np.bool_)


class Snapshot:
    """All that a search reads. Safe to use from several threads."""

    def __init__(self, index: FileIndex) -> None:
        self._segments: list[_Segment] = []
        columns: dict[str, list[NDArray[Any]]] = {name: [] for name in COLUMNS}
        deleted: list[int] = []
        base = 0
        for leaf, _ in index.reader().leaf_readers():
            count = leaf.doc_count_all()
            if count == 0:
                continue
            terms: SegmentTerms = leaf._terms
            for name in COLUMNS:
                column = terms.file.block(name)
                if len(column) != count:
                    raise IndexDamaged("a column is not of this segment")
                columns[name].append(column)
            deleted.extend(base + number for number in leaf.segment().deleted_docs())
            self._segments.append(_Segment(terms, base))
            base += count
        self.size = base
        self.ids: NDArray[np.int64] = _joined(columns["id"], np.int64)
        self.dates: NDArray[np.int32] = _joined(columns["date"], np.int32)
        self.hindi: NDArray[np.bool_] = _joined(columns["hindi"], np.bool_)
        lengths = _joined(columns["length"], np.float32)
        self.live: NDArray[np.bool_] = np.ones(base, np.bool_)
        self.live[deleted] = False
        self.count = base - len(deleted)
        average = float(lengths[self.live].mean()) if self.count else 1.0
        relative: NDArray[np.float32] = (lengths / max(average, 1.0)).astype(np.float32)
        relative *= np.float32(K1 * B)
        relative += np.float32(K1 * (1 - B))
        self.length_norms = relative
        """What BM25 adds to a count for the length of each document."""
        self._cache = Keeper(_MOST_BYTES)

    def verify(self) -> None:
        """Read everything once; raises IndexDamaged."""
        for segment in self._segments:
            segment.terms.file.verify()

    def numbers_of(self, ids: Collection[int]) -> list[int]:
        """The document numbers of the live documents with these article *ids*."""
        wanted = np.isin(self.ids, np.fromiter(ids, np.int64, len(ids)))
        numbers: list[int] = np.flatnonzero(wanted & self.live).tolist()
        return numbers

    def postings(self, field: str, term: str) -> Postings | None:
        """The documents of the whole index that hold *term*, deleted ones too; None if there are none."""
        return self._cache.get((field, term), lambda: self._postings(field, term))

    def _postings(self, field: str, term: str) -> tuple[Postings | None, int]:
        entries: list[tuple[_Segment, TermEntry]] = []
        for segment in self._segments:
            entry = segment.terms.find(field, term)
            if entry is not None:
                entries.append((segment, entry))
        if not entries:
            return None, 200
        parts = [(segment.base, segment.terms.postings(field, entry)) for segment, entry in entries]
        if len(parts) == 1:
            base, only = parts[0]
            documents, counts = (only.documents + np.int32(base) if base else only.documents), only.marked_counts
        else:
            documents = np.concatenate([part.documents + np.int32(base) for base, part in parts])
            counts = np.concatenate([part.marked_counts for _, part in parts])
        if documents[-1] >= self.size:
            raise IndexDamaged("a list of articles is not of this segment")
        return Postings(documents, counts, tuple(entries)), 400 + documents.nbytes + counts.nbytes

    def positions(self, field: str, term: str, postings: Postings) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
        """Of the *postings* of *term* the positions of all documents in order, and where each document's begin."""
        return self._cache.get((field, term, "positions"), lambda: self._positions(field, postings))

    def _positions(self, field: str, postings: Postings) -> tuple[tuple[NDArray[np.int64], NDArray[np.uint16]], int]:
        parts = [segment.terms.positions(field, entry) for segment, entry in postings.entries]
        counts = (postings.marked_counts >> 1).astype(np.int64)
        starts = np.cumsum(counts) - counts
        positions = parts[0] if len(parts) == 1 else np.concatenate(parts)
        if len(positions) != starts[-1] + counts[-1]:
            raise IndexDamaged("a list of articles is not as it was written")
        return (starts, positions), 200 + starts.nbytes + positions.nbytes

    def kept(self, key: Hashable, make: Callable[[], tuple[_Kept, int]]) -> _Kept:
        """What depends on this snapshot alone, as *make* makes it, with its size in bytes, if it is no longer kept."""
        return self._cache.get(key, make)

    def filtered(self, key: Hashable, make: Callable[[], NDArray[np.bool_]]) -> NDArray[np.bool_]:
        """The documents that pass a filter, as *make* makes them when *key* was not asked for lately."""

        def sized() -> tuple[NDArray[np.bool_], int]:
            mask = make()
            return mask, 200 + mask.nbytes

        return self._cache.get(key, sized)

    def documents_with(self, field: str, beginning: str) -> Iterator[tuple[str, Documents]]:
        """Every term of *field* with this *beginning*, and the documents that hold it, deleted ones too."""
        lists: defaultdict[str, list[Documents]] = defaultdict(list)
        for segment in self._segments:
            known = segment.terms.fields.get(field)
            if known is None:
                continue
            places = known.beginning_with(beginning)
            if not places:
                continue
            parts = segment.terms.arrays(field, places.start, places.stop, positions=False)
            documents = np.concatenate([_NOBODY, *(part.documents for part in parts)]) + np.int32(segment.base)
            ends = np.cumsum(known.document_counts[places.start : places.stop])
            for term, found in zip(
                known.terms[places.start : places.stop], np.split(documents, ends[:-1]), strict=True
            ):
                lists[term].append(found)
        for term in sorted(lists):
            parts_of_term = lists[term]
            yield term, parts_of_term[0] if len(parts_of_term) == 1 else np.concatenate(parts_of_term)

    def vocabularies(self, field: str = TEXT_FIELD) -> Iterable[FieldTerms]:
        """The terms of *field*, segment by segment."""
        for segment in self._segments:
            terms = segment.terms.fields.get(field)
            if terms is not None:
                yield terms


def _joined(parts: list[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(parts).astype(kind) if parts else np.zeros(0, kind)
