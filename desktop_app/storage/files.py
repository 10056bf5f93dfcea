"""Files that are whole after a power cut: written aside, forced to the disk, then put in place."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Force what was created, renamed or removed in *folder* to the disk; Windows does that by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def put_in_place(new: Path, path: Path) -> None:
    """Give the finished file *new* its name *path*, on the disk, too."""
    sync_file(new)
    new.replace(path)
    sync_folder(path.parent)


def write_durably(path: Path, content: bytes) -> None:
    """*path* holds *content* or what it held before, whatever happens meanwhile."""
    new = path.with_name(f"{path.name}.new")
    try:
        new.write_bytes(content)
        put_in_place(new, path)
    except OSError:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
        raise


def may_be_written(path: Path) -> bool:
    """Whether *path* is there to be changed; what is marked read-only is not, even for those who could."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    marked = sys.platform != "win32" and not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    return os.access(path, os.W_OK) and not marked
