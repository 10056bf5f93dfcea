"""From an article to what is indexed: folded forms with their positions.

Only exact folded forms are indexed. The forms that share a stem, or sound alike in the other script, are
found in the index's own vocabulary when a query is read, so one posting list serves all of them.

Positions below `BODY_START` are in the title; a phrase never runs from the title into the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from desktop_app.language.folding import WORD, fold

BODY_START = 128
LAST_POSITION = 65_535
LAST_IN_ORDER = LAST_POSITION - 2
"""Positions are 16-bit; words beyond the last in order are found as words but not as part of a phrase."""

CAPITALS = "^"
"""Marks a form written in capitals, indexed beside the plain one: `US` and `WHO` are not `us` and `who`."""

MAX_TITLE_WORDS = BODY_START - 2
_MAX_ACRONYM_CHARS = 6
_MAX_FORM_CHARS = 64


@lru_cache(maxsize=1 << 18)
def forms_of(token: str) -> tuple[str, ...]:
    """The terms under which a token is indexed: its folded form, and one more if it is an acronym."""
    form = fold(token)[:_MAX_FORM_CHARS]
    if not form:
        return ()
    if is_acronym(token):
        return (form, CAPITALS + form)
    return (form,)


def is_acronym(token: str) -> bool:
    """Whether *token* is short, Latin and all capitals."""
    return 1 < len(token) <= _MAX_ACRONYM_CHARS and token.isascii() and token.isupper()


def name_runs(names: Iterable[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Runs of words, and the position of each one's first: every name's words (no phrase spans two names), and
    each name whole."""
    position = 0
    for name in names:
        words = WORD.findall(name)
        if words:
            yield position, words
            yield position, (whole_name(words),)
            position += len(words) + 1


def whole_name(words: Iterable[str]) -> str:
    """The term under which a name of these words is indexed as a whole (no word holds a space)."""
    return " " + " ".join(fold(word) for word in words)
