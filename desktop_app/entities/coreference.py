"""Titles to persons, "the ministry" to the ministry: what a reader takes for granted. No general pronouns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop_app.domain import EntityType, Language
from desktop_app.entities.cues import cue
from desktop_app.entities.institutions import composed_key
from desktop_app.entities.joining import alike, same_surname, told_apart
from desktop_app.entities.linking import Linker, Node
from desktop_app.entities.offices import bodies, same_office
from desktop_app.entities.page import Find, Page
from desktop_app.entities.titles import Title, nobody

_DESCRIPTIONS = cue("descriptions")
"""What somebody is rather than which office they hold: alone it means nobody in particular."""


def hold_offices(linker: Linker, titles: Iterable[tuple[int, Title]]) -> None:
    """Give every title beside a person to that person, and remember who holds which office."""
    for page, title in titles:
        if title.holder is None:
            continue
        node = linker.node_of(title.holder)
        assert title.find.office is not None
        if not title.former:
            node.holders.add((title.find.office, title.find.qualifier))
        linker.attach(page, title.find, title.holder.node)


def join_office_holders(linker: Linker) -> None:
    """Two spellings too far apart for sound alone are one person: holders of one country's office (शी चिनफिंग,
    Xi Jinping), or of one office with one surname (रजब तैयब एर्दोआन, Recep Tayyip Erdogan)."""
    for english in linker.live(EntityType.PER):
        for hindi in linker.live(EntityType.PER):
            one, other = linker.nodes[english], linker.nodes[hindi]
            if one.merged >= 0 or other.merged >= 0 or english == hindi:
                continue
            if one.names(Language.HINDI) or other.names(Language.ENGLISH) or not one.names(Language.ENGLISH):
                continue
            sure = {office for office, of in one.holders & other.holders if of is not None} - _DESCRIPTIONS
            likely = {
                office
                for office, of in one.holders
                for same, whose in other.holders
                if office == same and (of is None or whose is None or of == whose)
            } - _DESCRIPTIONS
            unique = {office for office in likely if not office.startswith("~")}
            if sure and not unique and told_apart(linker, english, hindi):
                continue
            if (sure and alike(linker, english, hindi)) or (unique and same_surname(linker, english, hindi)):
                linker.merge(english, hindi)


def resolve_titles(linker: Linker, titles: Iterable[tuple[int, Title]]) -> Iterator[tuple[int, Find]]:
    """Titles without a name beside them that stand for a person of the story: the finds that become mentions."""
    for page_number, title in titles:
        page = linker.pages[page_number]
        if title.holder is not None or nobody(page, title):
            continue
        find = title.find
        definite = title.bare_start != find.start
        if page.language is Language.ENGLISH and not definite and find.qualifier is None and not _capital(page, find):
            continue
        node = _holder(linker, page_number, title)
        if node is None:
            continue
        find.start = title.bare_start
        linker.attach(page_number, find, node)
        yield page_number, find


def _capital(page: Page, find: Find) -> bool:
    return page.text[find.start].isupper()


def _holder(linker: Linker, page: int, title: Title) -> int | None:
    """Who holds the office: the qualifier must agree where both are known; the person named last before wins."""
    asked, place = title.find.office, title.find.qualifier
    assert asked is not None
    if asked in _DESCRIPTIONS or (asked in {"~leader", "~chief", "~secretary"} and place is None):
        return None
    best: tuple[tuple[int, int], int] | None = None
    for number in linker.live(EntityType.PER):
        node = linker.nodes[number]
        agreement = max((_agreement(asked, place, held, of) for held, of in node.holders), default=0)
        if not agreement:
            continue
        before = [find.end for other, find in node.finds if other == page and find.end <= title.find.start]
        score = (agreement, max(before, default=-1))
        if best is None or score > best[0] or (score == best[0] and len(node.finds) > len(linker.nodes[best[1]].finds)):
            best = (score, number)
    return best[1] if best else None


def _agreement(asked: str, place: str | None, held: str, of: str | None) -> int:
    """0 no, 1 possible, 2 the same office, 3 the same office of the same place."""
    if not same_office(asked, held):
        return 0
    if place is not None and of is not None and place != of:
        return 0
    if place is not None and of == place:
        return 3
    if place is not None and asked.startswith("~"):
        return 0
    return 2 if asked == held else 1


def resolve_bodies(linker: Linker, finds: Iterable[tuple[int, Find]]) -> None:
    """Bodies named without their country: the story's body of that kind, else one of their own."""
    lone = [(page, find) for page, find in finds if find.office in bodies() and find.key is None]
    for page_number, find in lone:
        assert find.office is not None
        same_kind = [n for n in linker.live(EntityType.ORG) if (linker.nodes[n].key or "").endswith(f":{find.office}")]
        if same_kind:
            linker.attach(page_number, find, max(same_kind, key=lambda n: _nearness(linker, n, page_number, find)))
        else:
            find.key = composed_key("loc:", find.office).replace("::", ":")
            linker.add(page_number, find)


def _nearness(linker: Linker, number: int, page_number: int, find: Find) -> tuple[int, int]:
    node: Node = linker.nodes[number]
    before = [f.end for p, f in node.finds if p == page_number and f.end <= find.start]
    return max(before, default=-1), len(node.finds)
