"""What setting up tells the person who runs it."""

from __future__ import annotations

import sys


class SetupError(Exception):
    """Setting up failed for a reason outside Setu; the text is a sentence for the person who ran it."""


def say(message: str) -> None:
    """Tell the person something, apart from what the program itself prints on stdout."""
    print(message, file=sys.stderr, flush=True)
