"""Borders of what a reader sees as one character."""

from __future__ import annotations

import regex

from desktop_app.domain import Span

_CLUSTER = regex.compile(r"\X")
# Below the Hangul jamo every letter or digit that follows an ASCII character starts a cluster.
_FIRST_JAMO = "\u1100"


def snap(text: str, start: int, end: int) -> Span:
    """Widen `[start, end)` to whole grapheme clusters, so that no conjunct or emoji is cut in two."""
    left = _cluster_at(text, start).start if 0 < start < len(text) else max(0, min(start, len(text)))
    if end <= start:
        return Span(left, left)
    right = _cluster_at(text, end - 1).end if end <= len(text) else len(text)
    return Span(left, right)


def _cluster_at(text: str, position: int) -> Span:
    begin = position
    while begin > 0 and not _surely_starts_cluster(text, begin):
        begin -= 1
    for match in _CLUSTER.finditer(text, begin):
        if match.end() > position:
            return Span(match.start(), match.end())
    return Span(position, len(text))


def _surely_starts_cluster(text: str, position: int) -> bool:
    before, after = text[position - 1], text[position]
    if before == "\n" or (before.isascii() and after.isascii()):
        return after != "\n" or before != "\r"
    return before.isascii() and after < _FIRST_JAMO and after.isalnum()
