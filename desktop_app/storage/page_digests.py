"""What every page of the closed database file is, kept beside it: SQLite itself has no checksums.

The list is written when the last writer has ended properly and removed before anything changes. So where it is
missing, somebody was writing and did not come to an end; where it is there, every changed bit can be told.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from array import array
from collections.abc import Iterator
from pathlib import Path

from desktop_app.storage.connections import FILE_NAME
from desktop_app.storage.files import sync_folder, write_durably

PAGES_NAME = "library.pages"
_PAGE_BYTES = 4096
_READ_BYTES = _PAGE_BYTES * 1024


class PageDigests:
    """The list of page digests (CRC-32, which tells any single torn or flipped page) of the library in *folder*."""

    def __init__(self, folder: Path) -> None:
        self._database = folder / FILE_NAME
        self._path = folder / PAGES_NAME

    @property
    def there(self) -> bool:
        return self._path.exists()

    def remove(self) -> None:
        """The file is about to change. On the disk before this returns."""
        if self._path.exists():
            self._path.unlink()
            sync_folder(self._path.parent)

    def write(self) -> None:
        """Write the list of the file as it now is; nobody may be changing it."""
        found = array("I", _digests(self._database))
        body = found.tobytes()
        head = {"size": self._database.stat().st_size, "sha256": hashlib.sha256(body).hexdigest()}
        write_durably(self._path, json.dumps(head).encode() + b"\n" + body)

    def damaged_pages(self) -> list[int] | None:
        """Numbers (from 1, as SQLite counts) of the pages that are not as they were written; None if that cannot be
        told because the list is missing or damaged itself."""
        expected = self._read()
        if expected is None:
            return None
        found = array("I", _digests(self._database))
        differing = [n for n, (one, other) in enumerate(zip(expected, found, strict=False), 1) if one != other]
        shorter, longer = sorted((len(expected), len(found)))
        return differing + list(range(shorter + 1, longer + 1))

    def _read(self) -> array[int] | None:
        try:
            head, _, body = self._path.read_bytes().partition(b"\n")
            facts = json.loads(head)
            if hashlib.sha256(body).hexdigest() != facts["sha256"]:
                return None
            return array("I", body)
        except (OSError, ValueError, KeyError, TypeError):
            return None


def _digests(path: Path) -> Iterator[int]:
    with path.open("rb") as file:
        while block := file.read(_READ_BYTES):
            view = memoryview(block)
            for start in range(0, len(block), _PAGE_BYTES):
                yield zlib.crc32(view[start : start + _PAGE_BYTES])
