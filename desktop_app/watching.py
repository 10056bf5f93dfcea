"""A library's watched folders: the door to them, and finding what is new in them without reading it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import NothingFound, ReaderError
from desktop_app.records import WatchedFolder
from desktop_app.shelf import Shelf
from desktop_app.storage.watching import FileState

_SETTLED_S = 2.0
"""A file that was changed more recently may still be being written."""

_DEEPEST = 50
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".swp", "~")
_LOOK_EVERY = 500


class NotAFolder(ReaderError):
    """Something that was to be watched cannot be."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path} cannot be watched: {reason}. Name a folder that you may read.")


class Watching:
    """Folders whose new and changed files `WorkerClient.scan_watched` imports. Nothing in them is ever changed."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def folders(self) -> list[WatchedFolder]:
        return self._shelf.watching.folders()

    def add(self, path: str | Path) -> None:
        """Watch the folder at *path* with all below it; it is read at the next scan."""
        folder = os.path.abspath(path)
        try:
            folder.encode()
        except UnicodeEncodeError as error:
            shown = os.fsencode(folder).decode(errors="replace")
            raise NotAFolder(shown, "its name is not valid text") from error
        if not os.path.isdir(folder):
            raise NotAFolder(folder, "it is not a folder" if os.path.exists(folder) else "it does not exist")
        if Path(folder).resolve().is_relative_to(self._shelf.folder.resolve()):
            raise NotAFolder(folder, "it belongs to the library itself")
        with self._shelf.database.transaction():
            self._shelf.watching.add(folder)
            self._shelf.note_change()

    def remove(self, path: str | Path) -> None:
        """Watch it no longer; what was imported from it stays."""
        folder = os.path.abspath(path)
        with self._shelf.database.transaction():
            if not self._shelf.watching.remove(folder):
                raise NothingFound(f"{folder} is not watched.")
            self._shelf.note_change()


@dataclass(frozen=True, slots=True)
class Looked:
    """So many files were looked at so far."""

    files: int


@dataclass(frozen=True, slots=True)
class FolderFound:
    """What a folder holds that is new or changed, and what of it is no longer there; or why it cannot be read."""

    changed: Mapping[str, FileState]
    gone: tuple[str, ...] = ()
    problem: str = ""


def look_into(
    folder: str, known: Mapping[str, FileState], *, besides: Path, settled_s: float = _SETTLED_S
) -> Iterator[Looked | FolderFound]:
    """Compare the files below *folder* with those *known*; `FolderFound` comes last.

    Links are not followed, so that no circle is walked and nothing outside is read. Hidden files, unfinished
    downloads, empty files, what has just been changed and what lies in the folder *besides* are left alone.
    """
    now_ns = time.time_ns()
    changed: dict[str, FileState] = {}
    met: set[str] = set()
    looked = 0
    own = os.path.realpath(besides)
    waiting = [(folder, 0)]
    complete = True
    while waiting:
        place, depth = waiting.pop()
        try:
            with os.scandir(place) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            if depth == 0:
                reason = (
                    "it is no longer there" if isinstance(error, FileNotFoundError) else error.strerror or str(error)
                )
                problem = f"{folder} cannot be read: {reason}. What was imported from it stays."
                yield FolderFound({}, problem=problem)
                return
            # Its files are not gone, they are only out of sight now.
            complete = False
            continue
        for entry in found:
            if entry.name.startswith(".") or entry.name.endswith(_UNFINISHED):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    if depth < _DEEPEST and os.path.realpath(entry.path) != own:
                        waiting.append((entry.path, depth + 1))
                    continue
                if not entry.is_file(follow_symlinks=False):
                    continue
                facts = entry.stat(follow_symlinks=False)
            except OSError:
                complete = False
                continue
            looked += 1
            if looked % _LOOK_EVERY == 0:
                yield Looked(looked)
            met.add(entry.path)
            state = FileState(facts.st_size, facts.st_mtime_ns)
            # A time in the future comes from another clock and says nothing of whether it is finished.
            fresh = 0 <= now_ns - state.mtime_ns < settled_s * 1e9
            if state.size_bytes and not fresh and known.get(entry.path) != state:
                changed[entry.path] = state
    yield FolderFound(changed, tuple(known.keys() - met) if complete else ())
