"""Numbers as the window says them."""

from __future__ import annotations


def count_of(number: int, thing: str) -> str:
    """ "1 article", "12 articles"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
