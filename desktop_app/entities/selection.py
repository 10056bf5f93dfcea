"""Which of the overlapping finds of a page stay."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.domain import EntityType
from desktop_app.entities.page import Find

_OUTER = frozenset({EntityType.EVENT, EntityType.DOC})


def is_outer(find: Find) -> bool:
    """Events and documents may hold other names ("79th Session of the UN General Assembly")."""
    return find.type in _OUTER


def chosen(finds: Iterable[Find]) -> list[Find]:
    """The finds that stay, in reading order: of overlapping ones the higher rank, then the longer.

    Names inside an event or document stay beside it; what crosses its border goes.
    """
    outer: list[Find] = []
    inner: list[Find] = []
    for find in sorted(finds, key=lambda f: (-f.rank, f.start - f.end, f.start)):
        if is_outer(find):
            if not any(find.overlaps(other) for other in outer):
                outer.append(find)
        elif not any(find.overlaps(other) for other in inner):
            inner.append(find)
    kept = [find for find in inner if all(not find.overlaps(frame) or frame.holds(find) for frame in outer)]
    # An event inside a longer name (Narendra Modi Stadium's "Modi") went above; one that only repeats a name goes here.
    frames = [frame for frame in outer if not any(find.holds(frame) and find.rank > frame.rank for find in inner)]
    return sorted([*frames, *kept], key=lambda f: (f.start, -f.end))
