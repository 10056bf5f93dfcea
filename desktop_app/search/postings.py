"""Posting lists as arrays: which documents hold a term, how often, whether in the title, and where.

In memory and in the stream an occurrence count and the mark of the title are one number: twice the count, and
one more if the first of them is in the title.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Documents = NDArray[np.int32]
_Integer = TypeVar("_Integer", bound=np.integer[Any])


@dataclass(frozen=True, slots=True)
class PostingArrays:
    """Posting lists one after the other: of each the documents ascending, and the positions of all in order."""

    documents: Documents
    marked_counts: NDArray[np.uint32]
    positions: NDArray[np.uint16]

    def counts(self) -> NDArray[np.int64]:
        return (self.marked_counts >> 1).astype(np.int64)


def gathered(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from each of *starts* on, as many as *counts* says, all in one array."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - ends + counts, counts) + np.arange(total)


def distinct(numbers: NDArray[_Integer]) -> NDArray[_Integer]:
    """The distinct *numbers*, ascending; `numpy.unique` hashes them, which is slow for long lists."""
    ascending = np.sort(numbers, kind="stable")  # which merges runs that ascend already
    if len(ascending) < 2:
        return ascending
    new = np.empty(len(ascending), np.bool_)
    new[0] = True
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    return ascending[new]


@dataclass(frozen=True, slots=True)
class SortedField:
    """A field of many documents, inverted: its terms in order, and how many documents and positions each has."""

    terms: list[str]
    documents: NDArray[np.int64]
    occurrences: NDArray[np.int64]
    postings: PostingArrays


@dataclass(frozen=True, slots=True)
class Chunk:
    """The posting lists of neighbouring terms, from the place of the first one on, with the lists' lengths."""

    first: int
    documents: NDArray[np.int64]
    occurrences: NDArray[np.int64]
    postings: PostingArrays


Chunks = Iterator[Chunk]
