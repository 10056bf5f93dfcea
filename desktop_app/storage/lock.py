"""One writing Setu per library, held by a lock file the system releases when the process dies."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from desktop_app.storage.connections import FILE_NAME, Complaints
from desktop_app.storage.errors import LibraryBusy, LibraryReadOnly
from desktop_app.storage.files import may_be_written


class WriterLock:
    """Exclusive right to write to the library in *folder*."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / "library.lock", thread_local=False)

    def acquire(self, timeout_s: float = 0.0) -> None:
        """Take the lock; `LibraryBusy` if another process keeps it longer than *timeout_s*."""
        if not may_be_written(self._folder):
            raise LibraryReadOnly(self._folder / FILE_NAME)
        with Complaints(self._folder):
            try:
                self._lock.acquire(timeout=timeout_s)
            except Timeout as error:
                raise LibraryBusy(self._folder) from error

    def release(self) -> None:
        self._lock.release()
