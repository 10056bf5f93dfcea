"""Which words two texts do not share. No Qt."""

from __future__ import annotations

import difflib
import re

from desktop_app.domain import Span

_WORD = re.compile(r"\S+")
MOST_WORDS = 6000
"""Longer texts are compared as far as this: the comparison takes time by the square of it."""


def changed_words(before: str, after: str) -> tuple[list[Span], list[Span]]:
    """The runs of words only *before* has, and those only *after* has, in code points of each."""
    old, new = ([*_WORD.finditer(text)][:MOST_WORDS] for text in (before, after))
    matcher = difflib.SequenceMatcher(
        None, [word.group() for word in old], [word.group() for word in new], autojunk=False
    )
    gone, come = [], []
    for tag, old_first, old_last, new_first, new_last in matcher.get_opcodes():
        if tag == "equal":
            continue
        if old_last > old_first:
            gone.append(Span(old[old_first].start(), old[old_last - 1].end()))
        if new_last > new_first:
            come.append(Span(new[new_first].start(), new[new_last - 1].end()))
    return gone, come
