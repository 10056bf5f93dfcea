"""Which height of one page belongs level with which height of the other. No Qt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

READING_PART = 0.35
"""The line that is kept level lies this far down the pane, except near the ends of the page."""


class ScrollMap:
    """Interpolates between heights known to belong together, in pixels from the top of each page."""

    def __init__(self, known: Sequence[tuple[float, float]]) -> None:
        """*known* pairs of heights must grow on both sides; a pair that falls back is left out."""
        self._first: list[float] = []
        self._second: list[float] = []
        for first, second in known:
            if not self._first or (first > self._first[-1] and second > self._second[-1]):
                self._first.append(first)
                self._second.append(second)

    def to_second(self, height: float) -> float:
        return _interpolate(self._first, self._second, height)

    def to_first(self, height: float) -> float:
        return _interpolate(self._second, self._first, height)


def reading_part(scrolled: float, scrollable: float, seen: float) -> float:
    """How far down a pane of height *seen* its reader reads: at the top 0, at the end of the page 1.

    So the beginnings of two pages are level, and their ends, although one is longer.
    """
    if scrollable <= 0 or seen <= 0:
        return 0.0
    if scrollable <= seen:
        return scrolled / scrollable
    if scrolled < READING_PART * seen:
        return scrolled / seen
    left = scrollable - scrolled
    if left < (1 - READING_PART) * seen:
        return 1 - left / seen
    return READING_PART


def _interpolate(here: Sequence[float], there: Sequence[float], height: float) -> float:
    if len(here) < 2:
        return height
    at = min(max(bisect_right(here, height), 1), len(here) - 1)
    part = (height - here[at - 1]) / (here[at] - here[at - 1])
    return there[at - 1] + part * (there[at] - there[at - 1])
