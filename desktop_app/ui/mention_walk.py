"""The walk through an entity's mentions: this text, the other one, then the other articles that name it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.domain import Language, Mention
from desktop_app.ui.words import count_of

Mentions = Mapping[Language, Sequence[Mention]]


@dataclass(frozen=True, slots=True)
class Stop:
    """A mention and the side it stands on."""

    language: Language
    mention: Mention


def stops_of(mentions: Mentions, entity: int, first: Language) -> list[Stop]:
    """All mentions of *entity* in a pair, the side *first* before the other, each in reading order."""
    return [
        Stop(language, mention)
        for language in (first, first.other)
        for mention in sorted(mentions.get(language, ()), key=lambda mention: (mention.start, -mention.end))
        if mention.entity == entity
    ]


def next_stop(stops: Sequence[Stop], current: Stop | None, direction: int) -> Stop | None:
    """The stop after *current* (before it, if *direction* is -1); None where the pair ends.

    Without a current stop, or with one that is gone, the walk starts at the first (last) one.
    """
    if current is None or current not in stops:
        return (stops[0] if direction > 0 else stops[-1]) if stops else None
    at = stops.index(current) + direction
    return stops[at] if 0 <= at < len(stops) else None


def place_among(stops: Sequence[Stop], current: Stop | None) -> str:
    """ "3 of 11"; "11 mentions" where the walk has not begun."""
    if current is None or current not in stops:
        return count_of(len(stops), "mention")
    return f"{stops.index(current) + 1} of {len(stops)}"


def next_article(naming: Sequence[int], here: int, pair: frozenset[int], direction: int) -> int | None:
    """The next article of *naming* (a ring) after *here* that is not in *pair*; None if there is none."""
    if here not in naming:
        return next((article for article in naming if article not in pair), None)
    at = naming.index(here)
    for distance in range(1, len(naming)):
        article = naming[(at + direction * distance) % len(naming)]
        if article not in pair:
            return article
    return None
