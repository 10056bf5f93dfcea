"""Which part of a very long text a pane holds: as much as can be laid out without the window standing still. No Qt.

A page lays its whole document out again at every change of its width, so what counts is what one layout costs. That
was measured for texts of 40,000 characters: Hindi prose takes 1 microsecond a character, a letter of a word that
never ends 5, an empty line 5, a character that the reading font lacks up to 20.
"""

from __future__ import annotations

import re

from desktop_app.domain import Span

BUDGET = 40_000
"""What one part may cost, in plain characters: some 6,500 words of news, two thousand letters of odd ones."""
_PIECE = 1024
_LEAD = 1200
"""So much of the text before a place is shown with it."""
_REMAINDER = 1500
"""A rest shorter than this is no part of its own."""
_LINE_REACH, _WORD_REACH = 4000, 300
"""A part ends with a line or a word if one ends so near."""
_ENDLESS = re.compile(r"[^ \t\n\u200b]{64,}")
_RARE = re.compile("[^\x00-\u024f\u0300-\u036f\u0900-\u097f\u2000-\u206f\u20a0-\u20cf\U0001f000-\U0001ffff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_LINE_COST, _ENDLESS_COST, _RARE_COST, _ASTRAL_COST, _INVISIBLE_COST = 4, 5, 14, 1, 4


def part_from(text: str, start: int) -> Span:
    """The part that begins at *start*."""
    end, spent = start, 0
    while end < len(text):
        piece = text[end : end + _PIECE]
        cost = _cost(piece)
        if spent + cost > BUDGET:
            if len(text) - end <= min(_REMAINDER, _PIECE):
                return Span(start, len(text))
            end += len(piece) * (BUDGET - spent) // cost
            return Span(start, _border_before(text, start, max(start + 1, end)))
        spent += cost
        end += len(piece)
    return Span(start, len(text))


def part_before(text: str, end: int) -> Span:
    """The part that ends at *end*, or the first one if that comes to little more."""
    start, spent = end, 0
    while start > 0:
        piece = text[max(0, start - _PIECE) : start]
        cost = _cost(piece)
        if spent + cost > BUDGET:
            start -= len(piece) * (BUDGET - spent) // cost
            if start > _REMAINDER:
                return Span(_border_before(text, 0, min(start, end - 1)), end)
            break
        spent += cost
        start -= len(piece)
    return part_from(text, 0)


def part_around(text: str, position: int) -> Span:
    """The part to show for a place in the text: the first one if it holds it, else one that begins shortly before."""
    if position >= len(text):
        return part_before(text, len(text))
    first = part_from(text, 0)
    if position < first.end or first.end == len(text):
        return first
    start = _border_before(text, 0, max(0, min(position, len(text) - 1) - _LEAD))
    part = part_from(text, start)
    if part.end <= position < len(text):
        part = part_from(text, position)
    return part


def _border_before(text: str, first: int, position: int) -> int:
    """The end of a line or a word at or before *position*, behind *first*; *position* itself if none is near."""
    for sign, reach in (("\n", _LINE_REACH), (" ", _WORD_REACH)):
        found = text.rfind(sign, max(first, position - reach), position)
        if found > first:
            return found + 1
    return position


def _cost(piece: str) -> int:
    endless = sum(found.end() - found.start() for found in _ENDLESS.finditer(piece))
    cost = len(piece) + _LINE_COST * piece.count("\n") + _ENDLESS_COST * endless
    if piece.isascii():
        return cost
    odd = ((_RARE, _RARE_COST), (_ASTRAL, _ASTRAL_COST), (_INVISIBLE, _INVISIBLE_COST))
    return cost + sum(each * len(letters.findall(piece)) for letters, each in odd)
