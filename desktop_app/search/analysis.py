"""From an article to what is indexed: folded forms with their positions.

Only exact folded forms are indexed. The forms that share a stem, or sound alike in the other script, are
found in the index's own vocabulary when a query is read, so one posting list serves all of them.

Positions below `BODY_START` are in the title; a phrase never runs from the title into the text.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from desktop_app.language.folding import WORD, fold

BODY_START = 128
LAST_POSITION = 65_535
"""Positions are 16-bit; words beyond are found as words but not as part of a phrase."""

CAPITALS = "^"
"""Marks a form written in capitals, indexed beside the plain one: `US` and `WHO` are not `us` and `who`."""

_MAX_TITLE_WORDS = BODY_START - 2
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


def positions_in_article(title: str, text: str) -> dict[str, array[int]]:
    """Term → ascending positions of an article's title and text."""
    places: dict[str, array[int]] = {}
    _place(WORD.findall(title)[:_MAX_TITLE_WORDS], 0, places)
    _place(WORD.findall(text), BODY_START, places)
    return places


def positions_in_names(names: Iterable[str]) -> dict[str, array[int]]:
    """Term → positions of names: their words (no phrase spans two names), and each name whole."""
    places: dict[str, array[int]] = {}
    position = 0
    for name in names:
        words = WORD.findall(name)
        if not words:
            continue
        _place(words, position, places)
        places.setdefault(whole_name(words), array("H")).append(min(position, LAST_POSITION))
        position += len(words) + 1
    return places


def whole_name(words: Iterable[str]) -> str:
    """The term under which a name of these words is indexed as a whole (no word holds a space)."""
    return " " + " ".join(fold(word) for word in words)


def _place(tokens: Sequence[str], start: int, places: dict[str, array[int]]) -> None:
    """Add *tokens*, the first at position *start*, behind what is in *places*."""
    by_token: defaultdict[str, list[int]] = defaultdict(list)
    for position, token in enumerate(tokens[: LAST_POSITION - start], start):
        by_token[token].append(position)
    for token in tokens[LAST_POSITION - start :]:
        by_token[token] = by_token[token] or [LAST_POSITION]
    by_form: dict[str, list[int]] = {}
    for token, positions in by_token.items():
        for form in forms_of(token):
            known = by_form.get(form)
            by_form[form] = positions if known is None else sorted({*known, *positions})
    for form, positions in by_form.items():
        if form in places:
            places[form].extend(positions)
        else:
            places[form] = array("H", positions)
