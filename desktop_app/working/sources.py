"""What an import reads: finding the files below a path, and opening each so that nothing but its bytes is met."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.domain import FileReport, ImportStatus
from desktop_app.errors import UnreadableFile, shown_path
from desktop_app.extraction import LARGEST_ARCHIVE_BYTES, is_readable_name
from desktop_app.records import Source


@dataclass(frozen=True, slots=True)
class Bytes:
    """The bytes of a source and their SHA-256."""

    data: bytes
    sha256: str


def find_sources(path: str) -> Iterator[Source | FileReport]:
    """The files to read at *path*: itself, or everything readable below it; reports for what is passed over.

    Links inside a folder are followed only to files of that folder.
    """
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        reason = "it does not exist" if isinstance(error, FileNotFoundError) else _reason(error)
        shown = shown_path(path)
        yield FileReport(shown, ImportStatus.REFUSED, None, str(UnreadableFile(shown, reason, "Check the name.")))
        return
    if not stat.S_ISDIR(mode):
        yield Source(path)
        return
    root = os.path.realpath(path)
    closed: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=closed.append):
        for name in sorted(folders):
            if os.path.islink(os.path.join(folder, name)):
                yield _skipped(os.path.join(folder, name), "is a link to another folder, which was not followed")
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = os.path.join(folder, name)
            if name.startswith("."):
                continue
            if not is_readable_name(file):
                yield _skipped(file, "is of no kind that Setu reads")
            elif not os.path.islink(file):
                yield Source(file, follow=False)
            elif os.path.commonpath([root, os.path.realpath(file)]) == root:
                yield Source(file)
            else:
                yield _skipped(file, "is a link that leads out of its folder")
    for fault in closed:
        shown = shown_path(fault.filename)
        refusal = UnreadableFile(shown, f"the folder cannot be opened: {_reason(fault)}", "Check that you may read it.")
        yield FileReport(shown, ImportStatus.REFUSED, None, str(refusal))


def read_source(source: Source) -> Bytes:
    """The bytes of *source*; `UnreadableFile` if they cannot be had.

    Pipes, sockets and devices are told from files before anything is read from them.
    """
    data = source.data if source.data is not None else _read_file(source)
    return Bytes(data, hashlib.sha256(data).hexdigest())


def _read_file(source: Source) -> bytes:
    path = source.path
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    if not source.follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            # Opening some devices does things; the check after opening is for what changed in between.
            raise UnreadableFile(shown_path(path), "it is not a regular file")
        with open(os.open(path, flags), "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise UnreadableFile(shown_path(path), "it is not a regular file")
            if found.st_size > LARGEST_ARCHIVE_BYTES:
                raise _too_large(path)
            data = file.read(LARGEST_ARCHIVE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise UnreadableFile(shown_path(path), _reason(error), "Check that you may read it.") from error
    if len(data) > LARGEST_ARCHIVE_BYTES:
        raise _too_large(path)
    return data


def _too_large(path: str) -> UnreadableFile:
    return UnreadableFile(shown_path(path), f"it is larger than the {LARGEST_ARCHIVE_BYTES >> 20} MB a file may have")


def _skipped(path: str, what: str) -> FileReport:
    shown = shown_path(path)
    return FileReport(shown, ImportStatus.SKIPPED, None, f"{shown} {what}.")


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
