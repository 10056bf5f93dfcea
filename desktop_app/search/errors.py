"""What can be wrong with the search index. The library answers all of it by building the index anew."""

from __future__ import annotations

from desktop_app.errors import ReaderError

INDEX_HEALED = "The search index was missing or damaged and has been built anew."


class IndexDamaged(ReaderError):
    """The index is missing, torn, from another version or not ours; nothing of it was used."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The search index cannot be used ({reason}). It has to be built anew.")


class IndexBusy(ReaderError):
    """Another process is writing to the index."""

    def __init__(self) -> None:
        super().__init__("The search index is being written by another Setu. Try again in a moment.")


class IndexNotWritten(ReaderError):
    """The disk refused what was to be written; the index is as it was before."""

    def __init__(self, error: OSError) -> None:
        self.error = error
        reason = error.strerror or str(error)
        super().__init__(f"The search index could not be written: {reason}. Is the disk full?")
