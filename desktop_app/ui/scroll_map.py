"""How far one page is scrolled when the other is, so that what corresponds stays level. No Qt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

READING_PART = 0.35
"""The line that is kept level lies this far down the pane, except near the ends of the page."""

_SAMPLES = 400
_SMOOTHED_PART = 0.4
"""Over this part of a pane's height the map is averaged, so that nothing moves in jerks."""
_SLOWEST, _FASTEST = 0.3, 3.0
"""The other page moves at least and at most so fast, as parts of the speed it would have without links."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page in its pane, in pixels: how far it can be scrolled, and how much of it is seen."""

    scrollable: float
    seen: float


class ScrollMap:
    """Places of two pages that belong together.

    *known* are pairs of heights that should be level, growing on both sides (a pair that falls back is left out).
    They are approached, not obeyed: scrolling steadily one way moves the other page steadily the same way.
    """

    def __init__(self, known: Sequence[tuple[float, float]], first: Page, second: Page) -> None:
        self._first = [0.0]
        self._second = [0.0]
        if first.scrollable > 0 and second.scrollable > 0:
            self._first, self._second = _table(_growing(known), first, second)

    def to_second(self, scrolled: float) -> float:
        """How far the second page is scrolled when the first is scrolled by *scrolled* pixels."""
        return _interpolate(self._first, self._second, scrolled)

    def to_first(self, scrolled: float) -> float:
        return _interpolate(self._second, self._first, scrolled)


def reading_part(scrolled: float, page: Page) -> float:
    """How far down its pane a reader reads: at the top of the page 0, at its end 1.

    So the beginnings of two pages are level, and their ends, although one is longer.
    """
    if page.scrollable <= 0 or page.seen <= 0:
        return 0.0
    if page.scrollable <= page.seen:
        return scrolled / page.scrollable
    if scrolled < READING_PART * page.seen:
        return scrolled / page.seen
    left = page.scrollable - scrolled
    if left < (1 - READING_PART) * page.seen:
        return 1 - left / page.seen
    return READING_PART


def _growing(known: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    kept: list[tuple[float, float]] = []
    for pair in known:
        if not kept or (pair[0] > kept[-1][0] and pair[1] > kept[-1][1]):
            kept.append(pair)
    return kept


def _table(known: Sequence[tuple[float, float]], first: Page, second: Page) -> tuple[list[float], list[float]]:
    """Samples over the whole way of the first page, and where the second page stands at each."""
    here, there = [pair[0] for pair in known], [pair[1] for pair in known]
    step = first.scrollable / _SAMPLES
    places = [number * step for number in range(_SAMPLES + 1)]
    wanted = []
    for scrolled in places:
        part = reading_part(scrolled, first)
        level = _interpolate(here, there, scrolled + part * first.seen) - part * second.seen
        wanted.append(min(max(level, 0.0), second.scrollable))
    speed = second.scrollable / first.scrollable * step
    smooth = _averaged(wanted, round(_SMOOTHED_PART * first.seen / step / 2))
    return places, _steady(smooth, _SLOWEST * speed, _FASTEST * speed, second.scrollable)


def _averaged(values: Sequence[float], reach: int) -> list[float]:
    """Each value as the mean of those up to *reach* steps away, fewer near the ends."""
    sums = list(accumulate(values, initial=0.0))
    averaged = []
    for number in range(len(values)):
        near = min(reach, number, len(values) - 1 - number)
        averaged.append((sums[number + near + 1] - sums[number - near]) / (2 * near + 1))
    return averaged


def _steady(values: Sequence[float], least: float, most: float, end: float) -> list[float]:
    """*values* from 0 to *end*, changed so that each step lies between *least* and *most*."""
    forward = [0.0]
    for value in values[1:]:
        forward.append(min(max(value, forward[-1] + least), forward[-1] + most))
    forward[-1] = end
    for number in range(len(forward) - 2, 0, -1):
        after = forward[number + 1]
        forward[number] = min(max(forward[number], after - most), after - least)
    return forward


def _interpolate(here: Sequence[float], there: Sequence[float], height: float) -> float:
    if len(here) < 2:
        return there[0] if there else height
    at = min(max(bisect_right(here, height), 1), len(here) - 1)
    part = (height - here[at - 1]) / (here[at] - here[at - 1])
    return there[at - 1] + part * (there[at] - there[at - 1])
