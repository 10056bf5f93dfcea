"""Posting lists as bytes and as arrays: which documents hold a term, how often, and where.

A record is a header (documents, widths, CRC-32 of the rest), document numbers as differences, occurrences a
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

_HEADER = struct.Struct("<IBBI")  # documents, bytes a difference, bytes a count (0: all once), CRC-32
_WIDTHS = {1: "B", 2: "H", 4: "I"}


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents (ascending) that hold a term, its occurrences in each, and their positions in order."""

    documents: NDArray[np.int64]
    occurrences: NDArray[np.int64]
    positions: NDArray[np.uint16]


def encode(documents: Sequence[int], occurrences: Sequence[int], positions: bytes) -> bytes:
    """Pack a posting list; *positions* are 16-bit numbers in the machine's byte order."""
    if len(documents) == 1 and len(positions) == 2:  # most terms occur once
        body = _little_endian(array("I", documents)) + _little_endian(array("H", positions))
        return _HEADER.pack(1, 4, 0, zlib.crc32(body)) + body
    differences = [documents[0], *(after - before for before, after in pairwise(documents))]
    document_width, document_bytes = _narrow(differences)
    once = len(positions) == 2 * len(documents)
    occurrence_width, occurrence_bytes = (0, b"") if once else _narrow(occurrences)
    body = b"".join((document_bytes, occurrence_bytes, _little_endian(array("H", positions))))
    return _HEADER.pack(len(documents), document_width, occurrence_width, zlib.crc32(body)) + body


def decode(record: bytes) -> Postings:
    """Unpack a posting list; raises IndexDamaged if it is not what `encode` wrote."""
    import numpy as np

    try:
        count, document_width, occurrence_width, checksum = _HEADER.unpack_from(record)
        body = memoryview(record)[_HEADER.size :]
        if zlib.crc32(body) != checksum:
            raise IndexDamaged("a list of articles is not as it was written")
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


def _narrow(numbers: Sequence[int]) -> tuple[int, bytes]:
    largest = max(numbers)
    width = 1 if largest < 1 << 8 else 2 if largest < 1 << 16 else 4
    return width, _little_endian(array(_WIDTHS[width], numbers))


def _little_endian(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
