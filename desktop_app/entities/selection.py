"""Which of the overlapping finds of a page stay."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from desktop_app.domain import EntityType
from desktop_app.entities.page import Find

_OUTER = frozenset({EntityType.EVENT, EntityType.DOC})


def is_outer(find: Find) -> bool:
    """Events and documents may hold other names ("79th Session of the UN General Assembly")."""
    return find.type in _OUTER


class _Disjoint:
    """Finds that do not overlap, in reading order."""

    def __init__(self) -> None:
        self.finds: list[Find] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

    def overlapping(self, find: Find) -> list[Find]:
        first = bisect_right(self._ends, find.start)
        return self.finds[first : max(first, bisect_left(self._starts, find.end))]

    def add(self, find: Find) -> None:
        """Take *find* unless it overlaps one that was taken before."""
        if not self.overlapping(find):
            place = bisect_left(self._starts, find.start)
            self.finds.insert(place, find)
            self._starts.insert(place, find.start)
            self._ends.insert(place, find.end)


def chosen(finds: Iterable[Find]) -> list[Find]:
    """The finds that stay, in reading order: of overlapping ones the higher rank, then the longer.

    Names inside an event or document stay beside it; what crosses its border goes.
    """
    outer, inner = _Disjoint(), _Disjoint()
    for find in sorted(finds, key=lambda f: (-f.rank, f.start - f.end, f.start)):
        (outer if is_outer(find) else inner).add(find)
    kept = [find for find in inner.finds if all(frame.holds(find) for frame in outer.overlapping(find))]
    # What only looks like an event inside a longer name of higher rank goes.
    frames = [
        frame
        for frame in outer.finds
        if not any(find.holds(frame) and find.rank > frame.rank for find in inner.overlapping(frame))
    ]
    return sorted([*frames, *kept], key=lambda f: (f.start, -f.end))
