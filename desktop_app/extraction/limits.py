"""How much one file may ask for: bytes, members, ratio and depth of archives."""

from __future__ import annotations

from desktop_app.errors import UnreadableFile

LARGEST_FILE_BYTES = 20 * 1024 * 1024
"""Of a single text or page."""
LARGEST_ARCHIVE_BYTES = 128 * 1024 * 1024
"""Of an archive, book, mailbox or PDF document."""
LARGEST_UNPACKED_BYTES = 512 * 1024 * 1024
MOST_MEMBERS = 10_000
DEEPEST_NESTING = 3
HIGHEST_RATIO = 200
_UNRATED_BYTES = 1024 * 1024


class OverLimit(UnreadableFile):
    """A file asked for more than all of it may: nothing further of it is read."""


class Budget:
    """What is left for the file at *path*, over everything packed in it."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._bytes = LARGEST_UNPACKED_BYTES
        self._members = MOST_MEMBERS

    def take_member(self) -> None:
        """Count one more member; raises `OverLimit`."""
        self._members -= 1
        if self._members < 0:
            advice = "Unpack it and import the files you want."
            raise OverLimit(self._path, f"more than {MOST_MEMBERS:,} files are packed in it", advice)

    def take_bytes(self, count: int) -> None:
        """Count unpacked bytes; raises `OverLimit`."""
        self._bytes -= count
        if self._bytes < 0:
            size = LARGEST_UNPACKED_BYTES >> 20
            raise OverLimit(self._path, f"unpacked it is larger than {size} MB", "Unpack it and import the files.")


def is_bomb(packed: int, unpacked: int) -> bool:
    """Whether so few bytes that become so many can only be meant to fill a memory."""
    return unpacked > _UNRATED_BYTES and unpacked > HIGHEST_RATIO * max(packed, 1)
