"""Errors a reader can meet. Each class builds its own sentence: what happened, to what, what to do.

Anything that is not a `ReaderError` is a fault of the program.
"""

from __future__ import annotations


class ReaderError(Exception):
    """The world is at fault (file, disk, lock, wrong usage); the text goes to the reader as it is."""


class UnreadableFile(ReaderError):
    """A file could not be turned into an article."""

    def __init__(self, path: str, reason: str, advice: str = "") -> None:
        self.path, self.reason, self.advice = path, reason, advice
        super().__init__(f"{path} was not imported: {reason}.{' ' + advice if advice else ''}")


class NothingFound(ReaderError):
    """Something asked for by name or number is not in the library."""


def shown_path(path: str) -> str:
    """*path* as it is stored and shown: bytes that are no UTF-8 are written out ("caf\\xe9.txt")."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
