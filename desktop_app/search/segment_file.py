"""The two files of an index segment: a stream of packed numbers, and a head that says what lies where.

The stream (`.pst`) is read in pages, each checked by a CRC-32 kept in the head (`.trm`); the head itself is
sealed with the commit. So nothing is read before it is needed, and nothing damaged is taken for an answer.
Pages are read, not memory-mapped: a file cut short under a mapping would kill the process.
"""

from __future__ import annotations

import json
import os
import struct
import threading
import weakref
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from desktop_app.search.errors import IndexDamaged

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAGE = 4_096
_MOST_AT_ONCE = 256 * PAGE
_MAGIC = b"SETU-SEGMENT-2\n"
_LENGTH = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers of one kind in the stream: the offset and size in bytes, and numpy's name of the kind."""

    offset: int
    size: int
    kind: str

    def part(self, first: int, last: int) -> Block:
        """The numbers from *first* to before *last*."""
        width = int(self.kind[-1])
        return Block(self.offset + first * width, (last - first) * width, self.kind)


def narrow(numbers: NDArray[Any]) -> NDArray[Any]:
    """The same numbers, not negative, in as few bytes each as hold the largest; little-endian."""
    largest = int(numbers.max()) if len(numbers) else 0
    width = 1 if largest < 1 << 8 else 2 if largest < 1 << 16 else 4 if largest < 1 << 32 else 8
    return numbers.astype(f"<u{width}", copy=False)


class SegmentFileWriter:
    """Writes a segment block by block, and its head in the end."""

    def __init__(self, head: BinaryIO, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream
        self._blocks: dict[str, Block] = {}
        self._sums: list[int] = []
        self._unsummed = bytearray()
        self._offset = 0
        self.notes: dict[str, Any] = {}

    def put(self, name: str, numbers: NDArray[Any]) -> None:
        """Write a block that is read whole, under its *name*."""
        self._blocks[name] = self.append(numbers)

    def append(self, numbers: NDArray[Any]) -> Block:
        """Write numbers, and say where they lie: at a multiple of their width, so that they are read in place."""
        content = numbers.tobytes()
        block = Block(self._offset, len(content), numbers.dtype.str)
        content += bytes(-len(content) % 8)
        self._stream.write(content)
        self._offset += len(content)
        self._unsummed += content
        whole = len(self._unsummed) - len(self._unsummed) % PAGE
        with memoryview(self._unsummed) as waiting:
            self._sums.extend(zlib.crc32(waiting[start : start + PAGE]) for start in range(0, whole, PAGE))
        del self._unsummed[:whole]
        return block

    def close(self) -> None:
        if self._unsummed:
            self._sums.append(zlib.crc32(self._unsummed))
        blocks = {name: [block.offset, block.size, block.kind] for name, block in self._blocks.items()}
        packed = json.dumps({"size": self._offset, "blocks": blocks, **self.notes}, separators=(",", ":")).encode()
        sums = struct.pack(f"<{len(self._sums)}I", *self._sums)
        self._head.write(b"".join((_MAGIC, _LENGTH.pack(len(packed)), packed, sums)))
        self._head.close()
        self._stream.close()


class SegmentFile:
    """Reads a segment; raises IndexDamaged where it is not as it was written. Safe from several threads."""

    def __init__(self, head_path: str, stream_path: str) -> None:
        with open(head_path, "rb") as stream:
            head = stream.read()
        try:
            if head[: len(_MAGIC)] != _MAGIC:
                raise IndexDamaged("a dictionary is from another version")
            at = len(_MAGIC)
            (length,) = _LENGTH.unpack_from(head, at)
            at += _LENGTH.size
            self.notes: dict[str, Any] = json.loads(head[at : at + length])
            self._size: int = self.notes["size"]
            self._blocks = {name: Block(*place) for name, place in self.notes["blocks"].items()}
            self._sums: Sequence[int] = struct.unpack(f"<{-(-self._size // PAGE)}I", head[at + length :])
        except (ValueError, KeyError, TypeError, struct.error) as error:
            raise IndexDamaged("a dictionary is not as it was written") from error
        self._descriptor = os.open(stream_path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._reading = threading.Lock()
        weakref.finalize(self, os.close, self._descriptor)

    def __contains__(self, name: str) -> bool:
        return name in self._blocks

    def block(self, name: str) -> NDArray[Any]:
        """All numbers of the block *name*."""
        if name not in self._blocks:
            raise IndexDamaged("a dictionary is not as it was written")
        return self.numbers(self._blocks[name])

    def numbers(self, block: Block) -> NDArray[Any]:
        import numpy as np

        stored = np.frombuffer(self.read(block), block.kind)
        return stored.astype(stored.dtype.newbyteorder("="), copy=False)

    def read(self, block: Block) -> memoryview:
        """The bytes of *block*, after checking the pages it lies in."""
        first = block.offset // PAGE
        last = -(-(block.offset + block.size) // PAGE)
        start, end = first * PAGE, min(last * PAGE, self._size)
        content = memoryview(self._read(start, end - start))
        if len(content) != end - start or block.offset + block.size > self._size:
            raise IndexDamaged("a list of articles is cut short")
        for number in range(first, last):
            at = (number - first) * PAGE
            if zlib.crc32(content[at : at + PAGE]) != self._sums[number]:
                raise IndexDamaged("a list of articles is not as it was written")
        return content[block.offset - start : block.offset - start + block.size]

    def verify(self) -> None:
        """Check every page."""
        for start in range(0, self._size, _MOST_AT_ONCE):
            self.read(Block(start, min(_MOST_AT_ONCE, self._size - start), "|u1"))

    def _read(self, offset: int, size: int) -> bytes:
        try:
            if hasattr(os, "pread"):
                return os.pread(self._descriptor, size, offset)
            with self._reading:
                os.lseek(self._descriptor, offset, os.SEEK_SET)
                return os.read(self._descriptor, size)
        except OSError as error:
            raise IndexDamaged(f"a file cannot be read: {error.strerror}") from error
