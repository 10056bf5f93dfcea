"""One commit of the index as arrays: columns of all documents, posting lists, the vocabulary.

A snapshot never changes. Documents are numbered through all segments; deleted ones are masked by `live`.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import FileIndex

from desktop_app.search.codec import SegmentTerms
from desktop_app.search.errors import IndexDamaged
from desktop_app.search.postings import Postings
from desktop_app.search.schema import COLUMNS
from desktop_app.search.terms_file import TEXT_FIELD, FieldTerms

_KEPT_LISTS = 1_000


@dataclass(frozen=True, slots=True)
class _Segment:
    terms: SegmentTerms
    base: int
    count: int


class Snapshot:
    """All that a search reads. Safe to use from several threads."""

    def __init__(self, index: FileIndex, folder: Path) -> None:
        self._segments: list[_Segment] = []
        columns: dict[str, list[NDArray[Any]]] = {name: [] for name in COLUMNS}
        deleted: list[int] = []
        base = 0
        for leaf, _ in index.searcher().reader().leaf_readers():
            count = leaf.doc_count_all()
            if count == 0:
                continue
            segment = leaf.segment()
            for name, code in COLUMNS.items():
                path = folder / W3Codec.column_filename(segment, name)
                columns[name].append(_column(path, f">{code}", count))
            deleted.extend(base + number for number in segment.deleted_docs())
            self._segments.append(_Segment(leaf._terms, base, count))
            base += count
        self.size = base
        self.ids: NDArray[np.int64] = _joined(columns["id"], np.int64)
        self.dates: NDArray[np.int64] = _joined(columns["date"], np.int64)
        self.hindi: NDArray[np.bool_] = _joined(columns["hindi"], np.bool_)
        lengths = _joined(columns["length"], np.float32)
        self.live: NDArray[np.bool_] = np.ones(base, np.bool_)
        self.live[deleted] = False
        self.count = int(self.live.sum())
        average = float(lengths[self.live].mean()) if self.count else 1.0
        self.relative_lengths: NDArray[np.float32] = (lengths / max(average, 1.0)).astype(np.float32)
        self._lists: OrderedDict[tuple[str, str], Postings | None] = OrderedDict()
        self._keeping = threading.Lock()

    @cached_property
    def numbers(self) -> dict[int, int]:
        """Article id → document number, of the live documents."""
        places = np.flatnonzero(self.live)
        return dict(zip(self.ids[places].tolist(), places.tolist(), strict=True))

    def postings(self, field: str, term: str) -> Postings | None:
        """The documents of the whole index that hold *term*, deleted ones too; None if there are none."""
        key = (field, term)
        with self._keeping:
            if key in self._lists:
                self._lists.move_to_end(key)
                return self._lists[key]
        found = self._read(field, term)
        with self._keeping:
            self._lists[key] = found
            if len(self._lists) > _KEPT_LISTS:
                self._lists.popitem(last=False)
        return found

    def _read(self, field: str, term: str) -> Postings | None:
        parts: list[Postings] = []
        for segment in self._segments:
            found = segment.terms.postings(field, term)
            if found is None:
                continue
            if found.documents[-1] >= segment.count:
                raise IndexDamaged("a list of articles is not of this segment")
            parts.append(
                found
                if segment.base == 0
                else Postings(found.documents + segment.base, found.occurrences, found.positions)
            )
        if len(parts) < 2:
            return parts[0] if parts else None
        return Postings(
            np.concatenate([part.documents for part in parts]),
            np.concatenate([part.occurrences for part in parts]),
            np.concatenate([part.positions for part in parts]),
        )

    def documents_with(self, field: str, beginning: str) -> Iterator[tuple[str, NDArray[np.int64]]]:
        """Every term of *field* with this *beginning*, and the documents that hold it, deleted ones too."""
        terms: set[str] = set()
        for segment in self._segments:
            known = segment.terms.file.fields.get(field)
            if known is not None:
                places = known.beginning_with(beginning)
                terms.update(known.terms[places.start : places.stop])
        for term in sorted(terms):
            found = self._read(field, term)
            if found is not None:
                yield term, found.documents

    def vocabularies(self) -> Iterable[FieldTerms]:
        """The terms of the text, segment by segment."""
        for segment in self._segments:
            terms = segment.terms.file.fields.get(TEXT_FIELD)
            if terms is not None:
                yield terms


def _column(path: Path, code: str, count: int) -> NDArray[Any]:
    """A fixed-width column; Whoosh leaves trailing zeros out, and the file if there is nothing else."""
    column = np.zeros(count, np.dtype(code).newbyteorder("="))
    if path.exists():
        stored = np.fromfile(path, code)
        if len(stored) > count:
            raise IndexDamaged("a column is not of this segment")
        column[: len(stored)] = stored
    return column


def _joined(parts: list[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(parts).astype(kind) if parts else np.zeros(0, kind)
