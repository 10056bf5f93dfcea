"""What can be wrong with a library on disk, as sentences."""

from __future__ import annotations

from pathlib import Path

from desktop_app.errors import ReaderError


class LibraryBusy(ReaderError):
    """Another running Setu writes to this library."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The library {folder} is being changed by another running Setu. "
            "Close the other one, or wait until it has finished, and try again."
        )


class LibraryTooNew(ReaderError):
    """The library was written by a newer Setu; it is left untouched."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            f"The library {path} was made by a newer Setu (format {found}, this one knows {known}). "
            "Nothing was changed. Install the newer Setu to open it."
        )


class LibraryUnreadable(ReaderError):
    """The database file cannot be opened or is damaged."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"The library {path} cannot be used: {reason}. "
            "Restore a copy from the folder 'backups' beside it, or choose another library with --library."
        )


class DiskFull(ReaderError):
    """No room left; what was stored before stays."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The disk is full, so nothing more could be stored in {path}. "
            "What was stored before is kept. Free some space and try again."
        )
