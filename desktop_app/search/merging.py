"""When segments are merged, and how: whole posting lists at a time.

A segment costs every search a look-up, a merge costs the writer time: segments of like size are merged once
there are a few of them, so that a document is rewritten only as often as the index grows fourfold.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from whoosh.reading import SegmentReader

from desktop_app.search.codec import PostingPool
from desktop_app.search.postings import Postings

_FACTOR = 4
_MOST_DELETED = 0.3


def merge_alike(writer: Any, segments: list[Any]) -> list[Any]:
    """Whoosh's merge policy: copy what is to be merged into *writer*, return the segments that stay."""
    levels: dict[int, list[Any]] = {}
    merged: list[Any] = []
    for segment in segments:
        held = segment.doc_count_all() - segment.deleted_count()
        if segment.deleted_count() > _MOST_DELETED * segment.doc_count_all():
            merged.append(segment)
        else:
            levels.setdefault(_level(held), []).append(segment)
    carried = _level(writer.doc_count())
    for level in sorted(levels):
        if len(levels[level]) + (level <= carried) >= _FACTOR:
            merged.extend(levels[level])
            carried = level + 1
    for segment in merged:
        _copy(writer, segment)
    return [segment for segment in segments if segment not in merged]


def _level(documents: int) -> int:
    level = 0
    while documents >= _FACTOR:
        documents //= _FACTOR
        level += 1
    return level


def _copy(writer: Any, segment: Any) -> None:
    reader = SegmentReader(writer.storage, writer.schema, segment)
    held = segment.doc_count_all()
    live = np.ones(held, np.bool_)
    live[list(segment.deleted_docs())] = False
    numbers = writer.docnum + np.cumsum(live) - 1
    writer.write_per_doc(set(writer.schema.names()), reader)
    pool: PostingPool = writer.pool
    for field, term, postings in reader._terms.lists():
        kept = live[postings.documents]
        if kept.all():
            pool.add_list(field, term, Postings(numbers[postings.documents], postings.occurrences, postings.positions))
        elif kept.any():
            occurrences = postings.occurrences
            positions = postings.positions[np.repeat(kept, occurrences)]
            pool.add_list(field, term, Postings(numbers[postings.documents[kept]], occurrences[kept], positions))
    writer._added = True
