"""Titles: which phrase is one, whose country or body it names, and the person beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from desktop_app.domain import EntityType, Language, MentionForm
from desktop_app.entities.cues import cue
from desktop_app.entities.gazetteer import Gazetteer
from desktop_app.entities.page import Find, Page
from desktop_app.entities.title_edges import title_phrases
from desktop_app.language.folding import fold

TITLE_RANK = 65
_OF = re.compile(r" of (?:the )?")
_HINDI_OF = frozenset(map(fold, ["के", "की", "का"]))
_AND = frozenset(["and", "&", *map(fold, ["और", "तथा", "एवं", "व"])])
_NOBODY = cue("nobody-before")
_ORDINARY_AFTER = cue("hindi-after-title")
_ENGLISH_AFTER = cue("after-title")
_FORMER = cue("former")
_DESCRIPTIONS = cue("descriptions")
_APPOSED = re.compile(
    r"(?: of (?:the )?[A-Z][\w.]+(?: [A-Z]\w+)*)?, "
    r"(?:who (?:is|was|became|has been|had been|served as|serves as|had served as) (?:also |then |once )?)?"
    r"(the |an? |its |their |his |her |then )?"
)
_AS_ENGLISH = re.compile(r" as (?:the |its |their |(?:[A-Z]\w+ ?){1,3}['’]s )?(?:\w+ )?$")
_AS_HINDI = re.compile(
    r" (?:के रूप में|बन गए|बन गईं|बनाए गए|बनाई गईं|बनाया गया|नियुक्त|चुने गए|चुनी गईं|पद की शपथ)(?![\u0900-\u097f])"
)
_HONORIFIC = re.compile(
    r"(?:\s*,?\s*(?:Mr|Mrs|Ms|Dr|Sir|Shri|Smt|डॉ|डॉक्टर|श्रीमती|श्री|सुश्री|प्रो|General|Gen)\.?)?\s*[,]?\s*$"
)


@dataclass(slots=True)
class Title:
    """An office phrase; `find` has the office, its qualifier and the span it would have as a mention."""

    find: Find
    first: int
    last: int
    holder: Find | None = None
    bare_start: int = 0
    former: bool = False
    """Whether the words before say that the holder is no longer, or not yet, in office."""


def office_finds(page: Page, gazetteer: Gazetteer) -> list[Find]:
    """Office phrases alone, before anything else is known: no name runs into one."""
    return [
        Find(page.tokens[m.first].start, page.tokens[m.last].end, EntityType.PER, MentionForm.TITLE, office=m.key)
        for m in title_phrases(page, gazetteer)
        if not (
            page.word(m.first).startswith(("#", "@")) or (page.word(m.last + 1) == "-" and page.touching(m.last + 1))
        )
    ]


def read_titles(page: Page, offices: list[Find]) -> list[Title]:
    """The titles of *page* with their qualifiers, and the persons named right beside them."""
    titles: list[Title] = []
    for office in offices:
        if any(
            find.overlaps(office) and find.form is not MentionForm.TITLE and not _frames(find, office)
            for find in page.finds
        ):
            continue
        title = _titled(page, office, offices)
        if titles and _joined(page, titles[-1], title):
            titles[-1].find.end, titles[-1].last = title.find.end, title.last
            titles[-1].find.qualifier = titles[-1].find.qualifier or title.find.qualifier
            continue
        titles.append(title)
    persons = [find for find in page.finds if find.type is EntityType.PER and find.form is not MentionForm.TITLE]
    for title in titles:
        title.holder = _beside(page, title, persons) or _subject(page, title, persons)
        title.former = fold(page.word(title.first - 1)).rstrip("-") in _FORMER
    return titles


def _frames(find: Find, office: Find) -> bool:
    return find.type in (EntityType.EVENT, EntityType.DOC) and find.holds(office)


def _titled(page: Page, office: Find, offices: list[Find]) -> Title:
    first, last = page.token_from(office.start), page.token_until(office.end) - 1
    find = Find(office.start, office.end, EntityType.PER, MentionForm.TITLE, rank=TITLE_RANK, office=office.office)
    title = Title(find, first, last, bare_start=office.start)
    owner = _owner_before(page, first, offices)
    if owner is not None:
        find.qualifier = owner.key
        if owner.form is MentionForm.DEMONYM:
            find.start = owner.start
            title.first = page.token_from(owner.start)
    following = _owner_after(page, office)
    if following is not None:
        find.end, find.qualifier = following.end, following.key
        title.last = page.token_until(following.end) - 1
    title.bare_start = find.start
    before = page.word(title.first - 1)
    if page.language is Language.ENGLISH and before.lower() == "the" and page.near(title.first - 1, title.first):
        title.bare_start = page.tokens[title.first - 1].start
    return title


def _owner_before(page: Page, first: int, offices: list[Find]) -> Find | None:
    """The place, demonym or body right before: Russian | UN | Australia's | चीन के."""
    if first == 0 or not page.near(first - 1, first):
        return None
    owners = {
        f.end: f for f in page.finds if f.type in (EntityType.LOC, EntityType.ORG) and f.form is not MentionForm.TITLE
    }
    position = first - 1
    if page.word(position) in {"'s", "’s", ","} or fold(page.word(position)) in _HINDI_OF:
        position -= 1
    elif page.language is Language.ENGLISH:
        # "Emirati oil company chief": up to two small words between.
        taken = {end for find in offices for end in (find.end,)}
        for back in (1, 2, 3):
            if first - back < 0 or page.tokens[first - back].end in taken:
                break
            owner = owners.get(page.tokens[first - back].end)
            if owner is not None and (back == 1 or owner.form is MentionForm.DEMONYM):
                return owner
            if not page.word(first - back).islower() or page.word(first - back) in {
                "the",
                "a",
                "an",
                "of",
                "and",
                "in",
            }:
                break
        return None
    if position < 0 or not page.near(position, first):
        return None
    return owners.get(page.tokens[position].end)


def _owner_after(page: Page, office: Find) -> Find | None:
    match = _OF.match(page.text, office.end)
    if match is None:
        return None
    return next(
        (
            f
            for f in page.finds
            if f.start == match.end()
            and f.type is EntityType.LOC
            and f.form is MentionForm.NAME
            and page.text[f.end : f.end + 1] != "-"
        ),
        None,
    )


def _joined(page: Page, left: Title, right: Title) -> bool:
    """ "Deputy Prime Minister and Foreign Minister" is one title."""
    return right.first - left.last == 2 and fold(page.word(left.last + 1)) in _AND and page.near(left.last, right.first)


def _beside(page: Page, title: Title, persons: list[Find]) -> Find | None:
    """The person named right after the title, or right before it and a comma."""
    for person in persons:
        if person.start >= title.find.end:
            between = page.text[title.find.end : person.start]
            if page.language is Language.HINDI and "," in between:
                continue
            if "\n" not in between and len(between) < 16 and _HONORIFIC.match(between):
                return person
    for person in persons:
        if person.end <= title.find.start and _is_apposition(page, person, title, persons):
            return person
    # Two titles before one name: "army chief General Waker-uz-Zaman".
    return None


def _subject(page: Page, title: Title, persons: list[Find]) -> Find | None:
    """The only person named before in the sentence, where the title follows "as" ("sworn in as president")."""
    sentence = next((s for s in page.document.sentences if s.start <= title.find.start < s.end), None)
    if sentence is None:
        return None
    before = [find for find in persons if sentence.start <= find.start and find.end <= title.find.start]
    if len({page.form_of(find) for find in before}) != 1:
        return None
    if page.language is Language.HINDI:
        if title.find.office in _DESCRIPTIONS:
            return None
        return before[-1] if _AS_HINDI.match(page.text, title.find.end) else None
    between = page.text[before[-1].end : title.find.start]
    return before[-1] if _AS_ENGLISH.search(between) else None


def _is_apposition(page: Page, person: Find, title: Title, persons: list[Find]) -> bool:
    between = page.text[person.end : title.find.start]
    if page.language is Language.HINDI or "\n" in between or len(between) > 60:
        return False
    match = _APPOSED.match(between)
    if match is None:
        return False
    rest = between[match.end() :]
    words = rest.split()
    described = f" {between[match.start(1) :]} " if match.group(1) else ""
    if described.startswith((" a ", " an ")) and (title.find.qualifier is None or title.find.office in _DESCRIPTIONS):
        return False
    if any(other is not person and person.end <= other.start < title.find.start for other in persons):
        return False
    return len(words) <= 5 and not re.search(
        r"[,;:()](?:\s|$)|[a-z]\.\s|\b(?:said|told|who|and|but|when|after)\b", rest
    )


def nobody(page: Page, title: Title) -> bool:
    """Whether the words around say that nobody in particular is meant ("an Indian prime minister")."""
    before = title.first - 1
    if before >= 0 and page.language is Language.ENGLISH and page.word(before).lower() == "the":
        before -= 1
    for back in (before, before - 1):
        if back >= 0 and page.near(back, title.first) and fold(page.word(back)) in _NOBODY:
            return True
    after = fold(page.word(title.last + 1))
    if after in _ORDINARY_AFTER or after in _ENGLISH_AFTER or page.word(title.last + 1) == "-":
        return True
    return (
        page.language is Language.ENGLISH
        and page.word(title.last + 1)[:1].isupper()
        and page.near(title.last, title.last + 1)
    )


def chained(titles: list[Title]) -> Iterator[tuple[Title, Title]]:
    """Neighbouring titles of one person ("Bangladeshi army chief | General"): (without holder, with holder)."""
    for left, right in pairwise(titles):
        if left.holder is None and right.holder is not None and right.find.start - left.find.end == 1:
            yield left, right
