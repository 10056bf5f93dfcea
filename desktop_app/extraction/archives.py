"""Archives and compressed files, read in memory: no member ever touches the disk, whatever its name."""

from __future__ import annotations

import bz2
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Protocol

from desktop_app.errors import UnreadableFile
from desktop_app.extraction.limits import (
    LARGEST_ARCHIVE_BYTES,
    LARGEST_FILE_BYTES,
    MOST_MEMBERS,
    Budget,
    OverLimit,
    is_bomb,
)
from desktop_app.extraction.naming import is_hidden_name, shown_name
from desktop_app.extraction.parts import Part
from desktop_app.extraction.sniffing import is_container_name, is_readable_name

_CHUNK_BYTES = 65536
_XZ_MEMORY_BYTES = 80 * 1024 * 1024
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))
_CENTRAL_ENTRY = b"PK\x01\x02"
_DAMAGED = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, OverflowError,
    NotImplementedError, RuntimeError, IndexError, KeyError,
)  # fmt: skip
"""RuntimeError covers RecursionError: tar headers may follow one another without end."""
_UNPACK = "Unpack it and import the file."
_BOMB = "it would unpack to hundreds of times its size, as no text does"


def open_zip(data: bytes, path: str) -> zipfile.ZipFile:
    """The directory of a ZIP file; `UnreadableFile` where it is damaged or lists more than anyone packs."""
    # zipfile keeps an object for each entry, a million of which would fill the memory.
    if data.count(_CENTRAL_ENTRY) > 2 * MOST_MEMBERS:
        raise UnreadableFile(path, f"more than {MOST_MEMBERS:,} files are packed in it", "Unpack it and import those.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*_DAMAGED, AttributeError, TypeError) as error:
        raise UnreadableFile(path, "the archive is damaged", "Get it anew from where it came.") from error
    if sum(info.compress_size for info in archive.infolist()) > len(data):
        archive.close()
        raise UnreadableFile(path, "its members lie over one another, as only in an archive made to fill a memory")
    return archive


def zip_parts(data: bytes, path: str, budget: Budget) -> Iterator[Part]:
    """The members of a ZIP file in its order."""
    with open_zip(data, path) as archive:
        entries = archive.infolist()
        if not entries:
            raise UnreadableFile(path, "the archive is empty")
        for info in entries:
            name = shown_name(_zip_name(info))
            if info.is_dir() or is_hidden_name(name):
                continue
            budget.take_member()
            mode = info.external_attr >> 16
            if (kind := stat.S_IFMT(mode)) and kind != stat.S_IFREG:
                yield _not_a_file(name)
            elif not is_readable_name(name):
                yield _unread(name)
            else:
                yield _zip_part(archive, info, name, budget)


def read_zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget, limit: int) -> bytes:
    """The bytes of one member; raises `UnreadableFile` with an empty path, or a budget's `OverLimit`."""
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableFile("", "it is protected by a password", _UNPACK)
    if info.compress_type not in _METHODS:
        raise UnreadableFile("", "it is packed in a way Setu does not read", _UNPACK)
    if info.file_size > limit:
        raise UnreadableFile("", f"with {info.file_size >> 20} MB it is larger than {limit >> 20} MB")
    if is_bomb(info.compress_size, info.file_size):
        raise UnreadableFile("", _BOMB)
    try:
        with archive.open(info) as stream:
            return _read_bounded(stream, info.compress_size, budget, limit)
    except _DAMAGED as error:
        raise UnreadableFile("", "it is damaged in the archive", "Get the archive anew from where it came.") from error


def tar_parts(data: bytes, path: str, budget: Budget) -> Iterator[Part]:
    """The members of a tar archive, packed or not."""
    packer = _packer(data)
    stream: io.BufferedIOBase | io.RawIOBase = io.BytesIO(data) if packer is None else _Unpacking(data, packer, budget)
    found = 0
    try:
        with tarfile.open(fileobj=stream, mode="r|", errors="surrogateescape") as archive:
            for info in archive:
                found += 1
                yield from _tar_part(archive, info, budget)
    except OverLimit:
        raise
    except UnreadableFile as error:
        raise UnreadableFile(path, error.reason, error.advice) from error
    except _DAMAGED as error:
        if not found:
            raise UnreadableFile(path, "the archive is damaged", "Get it anew from where it came.") from error
        yield Part("", reason=f"the archive is damaged behind its {found:,} first members", advice="Get it anew.")
    else:
        if not found:
            raise UnreadableFile(path, "the archive is empty")


def unpacked_part(data: bytes, path: str, budget: Budget) -> Iterator[Part]:
    """The one file in a gzip, bzip2 or xz file."""
    packer = _packer(data)
    if packer is None:
        raise UnreadableFile(path, "it is not packed as its name says")
    name = PurePath(shown_name(path)).name
    inner = PurePath(name).stem if PurePath(name).suffix.lower() in _PACKED_NAMES else name
    limit = LARGEST_ARCHIVE_BYTES if is_container_name(inner) else LARGEST_FILE_BYTES
    try:
        content = _read_bounded(_Unpacking(data, packer, budget), len(data), budget, limit, counted=True)
    except OverLimit:
        raise
    except UnreadableFile as error:
        raise UnreadableFile(path, error.reason, error.advice) from error
    except _DAMAGED as error:
        raise UnreadableFile(path, "the compressed file is damaged", "Get it anew from where it came.") from error
    budget.take_member()
    yield Part(inner or "unnamed", content)


_PACKED_NAMES = frozenset((".gz", ".bz2", ".xz", ".tgz", ".tbz2", ".txz"))


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes | None: ...


def _packer(data: bytes) -> _Packer | None:
    if data.startswith(b"\x1f\x8b"):
        return _Inflate
    if data.startswith(b"BZh"):
        return bz2.BZ2Decompressor
    if data.startswith(b"\xfd7zXZ"):
        return _bounded_xz
    return None


class _Inflate:
    """zlib's decompressor with the manners of the other two: it keeps what it could not give yet."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    def decompress(self, data: bytes, max_length: int = 0) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


def _bounded_xz() -> lzma.LZMADecompressor:
    """With a bound for the dictionary a file may ask for."""
    return lzma.LZMADecompressor(memlimit=_XZ_MEMORY_BYTES)


_Packer = Callable[[], _Inflate | bz2.BZ2Decompressor | lzma.LZMADecompressor]


class _Unpacking(io.RawIOBase):
    """The unpacked bytes of *data* as a stream that raises when they grow beyond all measure."""

    def __init__(self, data: bytes, packer: _Packer, budget: Budget):
        super().__init__()
        self._packer, self._budget = packer, budget
        self._inner = packer()
        self._view = memoryview(data)
        self._position = self._given = 0
        self._over = False

    def read(self, size: int = -1) -> bytes:
        pieces = []
        while size != 0 and (piece := self._some(_CHUNK_BYTES if size < 0 else min(size, _CHUNK_BYTES))):
            pieces.append(piece)
            size -= len(piece) if size > 0 else 0
        return b"".join(pieces)

    def _some(self, most: int) -> bytes:
        while True:
            if self._over or (self._inner.eof and not self._next_stream()):
                return b""
            fresh = b""
            if self._inner.needs_input:
                fresh = bytes(self._view[self._position : self._position + _CHUNK_BYTES])
                self._position += len(fresh)
                if not fresh:
                    raise EOFError
            if given := self._inner.decompress(fresh, most):
                self._given += len(given)
                self._budget.take_bytes(len(given))
                if is_bomb(self._position, self._given):
                    raise UnreadableFile("", _BOMB)
                return given

    def _next_stream(self) -> bool:
        """Go on with the stream that follows in the same file, if one does."""
        self._position -= len(self._inner.unused_data)
        rest = bytes(self._view[self._position : self._position + 6])
        if _packer(rest) is not self._packer:
            self._over = True
            return False
        self._inner = self._packer()
        return True


def _read_bounded(stream: _Stream, packed: int, budget: Budget, limit: int, *, counted: bool = False) -> bytes:
    pieces: list[bytes] = []
    total = 0
    while piece := stream.read(_CHUNK_BYTES):
        total += len(piece)
        if not counted:
            budget.take_bytes(len(piece))
        if total > limit:
            raise UnreadableFile("", f"unpacked it is larger than {limit >> 20} MB")
        if is_bomb(packed, total):
            raise UnreadableFile("", _BOMB)
        pieces.append(piece)
    return b"".join(pieces)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Names without the UTF-8 mark are UTF-8 all the same more often than the code page of 1981."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _zip_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: Budget) -> Part:
    try:
        return Part(name, read_zip_member(archive, info, budget, _limit(name)))
    except UnreadableFile as error:
        if error.path:
            raise
        return Part(name, reason=error.reason, advice=error.advice)


def _tar_part(archive: tarfile.TarFile, info: tarfile.TarInfo, budget: Budget) -> Iterator[Part]:
    # Folders count, too: tarfile remembers every entry that went by.
    budget.take_member()
    name = shown_name(info.name)
    if info.isdir() or is_hidden_name(name):
        return
    if not info.isreg() or info.issparse():
        yield _not_a_file(name)
    elif not is_readable_name(name):
        yield _unread(name)
    elif info.size > _limit(name):
        yield Part(name, reason=f"with {info.size >> 20} MB it is larger than {_limit(name) >> 20} MB")
    elif (stream := archive.extractfile(info)) is not None:
        content = stream.read()
        if len(content) < info.size:
            raise EOFError
        yield Part(name, content)


def _limit(name: str) -> int:
    return LARGEST_ARCHIVE_BYTES if is_container_name(name) else LARGEST_FILE_BYTES


def _not_a_file(name: str) -> Part:
    return Part(name, reason="it is a link or a device, not a file", skipped=True)


def _unread(name: str) -> Part:
    return Part(name, reason="its name is of no kind of file that Setu reads", skipped=True)
