"""Watched folders, and the files in them that were read, in SQLite."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.records import WatchedFolder
from desktop_app.storage.database import Database


@dataclass(frozen=True, slots=True)
class FileState:
    """What tells that a file has changed, without reading it."""

    size_bytes: int
    mtime_ns: int


class WatchStore:
    """Reads and writes watched folders; every write belongs inside `Database.transaction`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def folders(self) -> list[WatchedFolder]:
        rows = self._database.connection().execute("SELECT path, problem FROM watched_folders ORDER BY path")
        return [WatchedFolder(row["path"], row["problem"]) for row in rows]

    def add(self, path: str) -> None:
        self._database.connection().execute("INSERT OR IGNORE INTO watched_folders (path) VALUES (?)", (path,))

    def remove(self, path: str) -> bool:
        """Whether it was there; what was imported from it stays."""
        return self._database.connection().execute("DELETE FROM watched_folders WHERE path = ?", (path,)).rowcount > 0

    def set_problem(self, path: str, problem: str) -> None:
        self._database.connection().execute("UPDATE watched_folders SET problem = ? WHERE path = ?", (problem, path))

    def files(self, folder: str) -> Mapping[str, FileState]:
        """The files of *folder* as they were when they were last read."""
        rows = self._database.connection().execute(
            "SELECT path, size, mtime_ns FROM watched_files WHERE folder = ?", (folder,)
        )
        return {os.fsdecode(row["path"]): FileState(row["size"], row["mtime_ns"]) for row in rows}

    def put_files(self, folder: str, files: Mapping[str, FileState]) -> None:
        self._database.connection().executemany(
            "INSERT OR REPLACE INTO watched_files SELECT path,?,?,? FROM watched_folders WHERE path = ?",
            [(os.fsencode(path), state.size_bytes, state.mtime_ns, folder) for path, state in files.items()],
        )

    def forget_files(self, folder: str, paths: Iterable[str]) -> None:
        self._database.connection().executemany(
            "DELETE FROM watched_files WHERE folder = ? AND path = ?", [(folder, os.fsencode(path)) for path in paths]
        )
