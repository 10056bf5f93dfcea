"""The index's folder, sealed: what is read from it is what this Setu wrote.

Whoosh keeps its table of contents as a pickle, which can run code when it is read, and has no checksums. So
every commit writes, before the table of contents becomes visible, a seal with size and keyed digest of every
file, and a reader opens nothing that its seal does not vouch for. Posting files are sealed by size only; each
posting list carries its own checksum, verified when it is read.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from weakref import WeakValueDictionary

from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import FileIndex

from desktop_app.search.codec import SegmentTerms
from desktop_app.search.errors import IndexDamaged
from desktop_app.search.schema import SCHEMA_VERSION, build_schema

INDEX_NAME = "MAIN"
_SETTLED_NS = 3 * 10**9
_TOC = re.compile(rf"_{INDEX_NAME}_(\d+)\.toc")
_SEAL = re.compile(r"seal-(\d+)\.json")
_SEGMENT_FILE = re.compile(rf"{INDEX_NAME}_[0-9a-z]+\.")

Fingerprint = tuple[int, str]
"""A file's size in bytes and keyed digest (empty for posting files)."""


class SealedStorage(FileStorage):  # type: ignore[misc]
    """Whoosh's file storage that seals what it commits and checks what it opens."""

    def __init__(self, folder: Path, token: str) -> None:
        super().__init__(str(folder))
        self._path = folder
        self._key = hashlib.blake2b(f"{SCHEMA_VERSION}:{token}".encode()).digest()[:32]
        self._known: dict[str, Fingerprint] = {}
        self._settled: tuple[int, str] | None = None
        self.open_terms: WeakValueDictionary[str, SegmentTerms] = WeakValueDictionary()

    def stamp(self) -> str:
        """What tells one commit from another, across processes and rebuilds; empty if there is none.

        Read once for each state of the folder: a commit renames files in it. A state so young that the next one
        might bear the same time is not relied on.
        """
        changed = self._changed_ns()
        settled = self._settled
        if settled is not None and settled[0] == changed:
            return settled[1]
        stamp = self._read_stamp()
        if changed is not None and time.time_ns() - changed > _SETTLED_NS:
            self._settled = changed, stamp
        return stamp

    def _changed_ns(self) -> int | None:
        """When the folder last changed; None where systems are known to be slow to say so."""
        try:
            return self._path.stat().st_mtime_ns if os.name == "posix" else None
        except OSError:
            return None

    def _read_stamp(self) -> str:
        generation = self._newest_generation()
        try:
            with (self._path / f"seal-{generation}.json").open(encoding="ascii") as seal:
                return f"{generation}:{seal.readline()}"
        except (OSError, UnicodeDecodeError):
            return ""

    def _newest_generation(self) -> int:
        return max((int(found[1]) for found in map(_TOC.fullmatch, self._names()) if found), default=-1)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Make a file visible under its final name; a table of contents only together with its seal."""
        toc = _TOC.fullmatch(newname)
        if toc is not None:
            self._write_seal(int(toc[1]), oldname)
        super().rename_file(oldname, newname, safe=safe)
        if toc is not None:
            self._remove_old_seals(int(toc[1]))

    def temp_storage(self, name: str | None = None) -> RamStorage:  # noqa: ARG002 (Whoosh's call)
        """Where Whoosh's writer would spill what ours keeps in memory."""
        return RamStorage()

    def open_sealed(self) -> FileIndex:
        """Open the newest commit after checking it; raises IndexDamaged if it is not as it was sealed.

        A commit that another process makes meanwhile removes files of the one being opened: then the newer
        one is opened.
        """
        while True:
            stamp = self.stamp()
            try:
                return self._open(self._newest_generation())
            except IndexDamaged:
                if self.stamp() == stamp:
                    raise

    def _open(self, generation: int) -> FileIndex:
        if generation < 0:
            raise IndexDamaged("it is not there")
        sealed = self._read_seal(generation)
        toc_name = f"_{INDEX_NAME}_{generation}.toc"
        self._check(toc_name, sealed)
        try:
            index = FileIndex(self, schema=build_schema(), indexname=INDEX_NAME)
            segments = [segment.segment_id() for segment in index._segments()]
        except Exception as error:  # a sealed table that Whoosh cannot read raises whatever pickle raises
            raise IndexDamaged("its table of contents cannot be read") from error
        for segment in segments:
            names = [name for name in sealed if name.startswith(f"{segment}.")]
            if not any(name.endswith(W3Codec.TERMS_EXT) for name in names):
                raise IndexDamaged("a file is missing")
            for name in names:
                self._check(name, sealed)
        return index

    def _check(self, name: str, sealed: dict[str, Fingerprint]) -> None:
        if name not in sealed:
            raise IndexDamaged("a file is not ours")
        known = self._known.get(name)
        try:
            if known is None:
                found = self._fingerprint(name)
            else:
                found = os.path.getsize(self._path / name), known[1]
        except OSError as error:
            raise IndexDamaged("a file is missing") from error
        if found != sealed[name]:
            raise IndexDamaged("a file is not as it was written")
        if _SEGMENT_FILE.match(name):  # only a segment's files keep their content as long as their name
            self._known[name] = found

    def _fingerprint(self, name: str) -> Fingerprint:
        path = self._path / name
        if name.endswith(W3Codec.POSTS_EXT):
            return path.stat().st_size, ""
        content = path.read_bytes()
        return len(content), hashlib.blake2b(content, key=self._key, digest_size=16).hexdigest()

    def _write_seal(self, generation: int, toc_before_renaming: str) -> None:
        sealed = {f"_{INDEX_NAME}_{generation}.toc": self._fingerprint(toc_before_renaming)}
        present = {name for name in self._names() if _SEGMENT_FILE.match(name)}
        for name in self._known.keys() - present:
            del self._known[name]
        for name in sorted(present):
            if name not in self._known:
                self._known[name] = self._fingerprint(name)
            sealed[name] = self._known[name]
        body = json.dumps(sealed, separators=(",", ":"))
        digest = hashlib.blake2b(body.encode(), key=self._key, digest_size=16).hexdigest()
        path = self._path / f"seal-{generation}.json"
        path.write_text(f"{digest}\n{body}", encoding="ascii")

    def _read_seal(self, generation: int) -> dict[str, Fingerprint]:
        try:
            seal = (self._path / f"seal-{generation}.json").read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError) as error:
            raise IndexDamaged("it is not sealed") from error
        digest, _, body = seal.partition("\n")
        expected = hashlib.blake2b(body.encode(), key=self._key, digest_size=16).hexdigest()
        if not hmac.compare_digest(digest, expected):
            raise IndexDamaged("it was made by another Setu")
        return {name: (size, mark) for name, (size, mark) in json.loads(body).items()}

    def _remove_old_seals(self, generation: int) -> None:
        for name in self._names():
            found = _SEAL.fullmatch(name)
            if found and int(found[1]) != generation:
                (self._path / name).unlink(missing_ok=True)

    def _names(self) -> Iterator[str]:
        try:
            yield from os.listdir(self._path)
        except OSError as error:
            raise IndexDamaged(f"its folder cannot be read: {error.strerror}") from error
