"""Posting lists as bytes and as arrays: which documents hold a term, how often, and where.

A record is a CRC-32 of the rest, a header (documents, widths), document numbers as differences, occurrences a
document, 16-bit positions. Integers are little-endian and as narrow as they can be.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from desktop_app.search.errors import IndexDamaged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CHECKSUM = struct.Struct("<I")
_HEADER = struct.Struct("<IBB")  # documents, bytes a difference, bytes a count (0: all once)
_WIDTHS = {1: "B", 2: "H", 4: "I"}


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents (ascending) that hold a term, its occurrences in each, and their positions in order."""

    documents: NDArray[np.int64]
    occurrences: NDArray[np.int64]
    positions: NDArray[np.uint16]


def encode(documents: Sequence[int], occurrences: Sequence[int], positions: bytes) -> bytes:
    """Pack a posting list; *positions* are 16-bit numbers in the machine's byte order."""
    if len(positions) == 2:  # most terms occur once
        return _checked(
            _HEADER.pack(1, 4, 0) + _little_endian(array("I", documents)) + _little_endian(array("H", positions))
        )
    differences = [documents[0], *(after - before for before, after in pairwise(documents))]
    document_width, document_bytes = _narrow(differences)
    once = len(positions) == 2 * len(documents)
    occurrence_width, occurrence_bytes = (0, b"") if once else _narrow(occurrences)
    header = _HEADER.pack(len(documents), document_width, occurrence_width)
    return _checked(b"".join((header, document_bytes, occurrence_bytes, _little_endian(array("H", positions)))))


def decode(record: bytes) -> Postings:
    """Unpack a posting list; raises IndexDamaged if it is not what `encode` wrote."""
    import numpy as np

    try:
        (checksum,) = _CHECKSUM.unpack_from(record)
        checked = memoryview(record)[_CHECKSUM.size :]
        if zlib.crc32(checked) != checksum:
            raise IndexDamaged("a list of articles is not as it was written")
        count, document_width, occurrence_width = _HEADER.unpack_from(checked)
        body = checked[_HEADER.size :]
        differences = np.frombuffer(body, f"<u{document_width}", count)
        documents = differences.cumsum(dtype=np.int64)
        at = count * document_width
        if occurrence_width:
            occurrences = np.frombuffer(body, f"<u{occurrence_width}", count, at).astype(np.int64)
            at += count * occurrence_width
        else:
            occurrences = np.ones(count, np.int64)
        positions = np.frombuffer(body, "<u2", -1, at)
    except (struct.error, ValueError, TypeError) as error:
        raise IndexDamaged("a list of articles is cut short") from error
    return Postings(documents, occurrences, positions)


def _checked(record: bytes) -> bytes:
    return _CHECKSUM.pack(zlib.crc32(record)) + record


def _narrow(numbers: Sequence[int]) -> tuple[int, bytes]:
    largest = max(numbers)
    width = 1 if largest < 1 << 8 else 2 if largest < 1 << 16 else 4
    return width, _little_endian(array(_WIDTHS[width], numbers))


def _little_endian(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
