"""Bodies that every country has: whose foreign ministry, which parliament."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_app.domain import EntityType, Language, MentionForm
from desktop_app.entities.offices import bodies, body_phrases
from desktop_app.entities.page import Find, Page
from desktop_app.language.folding import fold

BODY_RANK = 75
_OF = frozenset(map(fold, ["के", "की", "का"]))


def composed_key(place: str, body: str) -> str:
    """The key of a country's or state's body: loc:russia, foreign-ministry → org:russia:foreign-ministry."""
    return f"org:{place.partition(':')[2]}:{body}"


def body_finds(page: Page, taken: list[Find]) -> Iterator[Find]:
    """Bodies with the place that they are named after; without one, those that can stand alone (`nominal`).

    *taken* are titles and longer names: a body inside one is no mention.
    """
    known = bodies()
    places = {find.end: find for find in page.finds if find.type is EntityType.LOC and find.key}
    after = {find.start: find for find in places.values()}
    for match in body_phrases().matches(page.tokens):
        body = known[match.key]
        first, last = page.tokens[match.first], page.tokens[match.last]
        if any(find.start < last.end and first.start < find.end for find in taken):
            continue
        find = Find(first.start, last.end, EntityType.ORG, rank=BODY_RANK, office=body.key)
        place, joined = _place_before(page, match.first, places)
        if place is None and page.language is Language.ENGLISH:
            place = _place_after(page, match.last, after)
            if place is not None:
                find.end = place.end
        elif place is not None and joined:
            find.start = place.start
        if place is not None and place.key is not None:
            find.key, find.qualifier = composed_key(place.key, body.key), place.key
        elif not body.alone or not _stands_alone(page, match.first, match.last):
            continue
        else:
            find.nominal, find.rank = True, 54
            if first.text[0].islower():
                find.start = page.tokens[match.first - 1].start
        yield find


def _place_before(page: Page, first: int, places: dict[int, Find]) -> tuple[Find | None, bool]:
    """The place named right before token *first*, and whether it is part of the body's name."""
    if first == 0 or not page.near(first - 1, first):
        return None, False
    before = page.tokens[first - 1]
    if before.end in places:
        return places[before.end], True
    if (before.text in {"'s", "’s"} or fold(before.text) in _OF) and first > 1:
        return places.get(page.tokens[first - 2].end), False
    return None, False


def _place_after(page: Page, last: int, after: dict[int, Find]) -> Find | None:
    match = re.match(r" of (?:the )?", page.text[page.tokens[last].end :])
    if match is None:
        return None
    place = after.get(page.tokens[last].end + match.end())
    return place if place is not None and place.form is not MentionForm.DEMONYM else None


def _stands_alone(page: Page, first: int, last: int) -> bool:
    """English bodies without a place need their capital; in neither language part of a longer name."""
    if page.language is Language.ENGLISH:
        following = page.word(last + 1)
        if page.word(first)[0].islower():
            return page.word(first - 1).lower() == "the" and page.near(first - 1, first) and following != "of"
        return page.word(first)[0].isupper() and not (following[:1].isupper() and page.near(last, last + 1))
    return True
