"""Whom hashtags and handles of a story mean."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain import EntityType, Language, MentionForm
from desktop_app.entities.event_names import composed_event_key
from desktop_app.entities.linking import Linker
from desktop_app.entities.page import Find, Page
from desktop_app.entities.selection import is_outer
from desktop_app.entities.tags import guessed_type, segments, tag_holds
from desktop_app.language.transliteration import latin_letters


def resolve_tags(linker: Linker, number: int, page: Page) -> list[Find]:
    """The page's finds with its tags resolved; hashtags that name nothing known are left out."""
    kept: list[Find] = []
    for find in page.finds:
        if find.form not in (MentionForm.HASHTAG, MentionForm.HANDLE):
            kept.append(find)
            continue
        frame = next((f for f in page.finds if is_outer(f) and f.holds(find)), None)
        if frame is not None and find.key is not None:
            find = replace(find, start=find.start + 1, form=MentionForm.NAME)
            linker.add(number, find)
            kept.append(find)
            continue
        if _resolved(linker, number, page, find):
            kept.append(find)
    return [find for find in kept if not _swallowed(find, kept)]


def _swallowed(find: Find, finds: list[Find]) -> bool:
    """The given name that went into "Sergey #Lavrov"."""
    return find.form is MentionForm.NAME and any(
        other.form is MentionForm.HASHTAG and other.holds(find) and not is_outer(other) for other in finds
    )


def _resolved(linker: Linker, number: int, page: Page, find: Find) -> bool:
    tag = page.form_of(find)
    if find.type is EntityType.EVENT:
        find.key = find.key or composed_event_key(tag, [], find.qualifier)
        _add_or_join(linker, number, find)
        return True
    person = _person_of(linker, tag)
    if person is None and find.form is MentionForm.HANDLE:
        person = _bracketed(page, find)
    if find.key is not None and (person is None or find.form is MentionForm.HASHTAG):
        _add_or_join(linker, number, find)
        return True
    if person is None:
        person = _thing_of(linker, tag)
    if person is not None:
        person = linker.root(person)
        find.type = linker.nodes[person].type
        if find.form is MentionForm.HASHTAG:
            _take_given_name(linker, page, find, person)
        linker.attach(number, find, person)
        return True
    if find.form is MentionForm.HANDLE:
        find.type = guessed_type(tag)
        linker.add(number, find)
        return True
    return False


def _bracketed(page: Page, find: Find) -> int | None:
    """The node of the name that the handle stands in brackets after: "President Biden (@POTUS)"."""
    if page.text[find.start - 2 : find.start] != " (":
        return None
    return next((other.node for other in page.finds if other.end == find.start - 2 and other.node >= 0), None)


def _add_or_join(linker: Linker, number: int, find: Find) -> None:
    same = next((n for n in linker.live() if find.key is not None and linker.nodes[n].key == find.key), None)
    if same is not None:
        linker.attach(number, find, same)
    else:
        linker.add(number, find)


def _person_of(linker: Linker, tag: str) -> int | None:
    """The person whose surname (or whole name) the tag holds; the longest such name wins."""
    best: tuple[int, int] | None = None
    for number in linker.live(EntityType.PER):
        for words in linker.nodes[number].names(Language.ENGLISH):
            whole = "".join(words)
            for name in (whole, words[-1]):
                if tag.startswith("#") and latin_letters(tag) != latin_letters(name):
                    continue
                if tag_holds(tag, name) and (best is None or len(name) > best[0]):
                    best = (len(name), number)
    return best[1] if best else None


def _thing_of(linker: Linker, tag: str) -> int | None:
    """The other thing whose English name the tag is, run together, or whose acronym."""
    wanted = latin_letters(tag)
    digits = "".join(part for part in segments(tag) if part.isdigit())
    for number in linker.live():
        for words in linker.nodes[number].names(Language.ENGLISH):
            name = "".join(words)
            if len(wanted) >= 3 and latin_letters(name) == wanted and (not digits or digits in name):
                return number
    devanagari = tag.lstrip("#@")
    for number in linker.live():
        for words in linker.nodes[number].names(Language.HINDI):
            if "".join(words) == devanagari:
                return number
    return None


def _take_given_name(linker: Linker, page: Page, find: Find, person: int) -> None:
    """ "Sergey #Lavrov" is one mention."""
    given = {words[0] for words in linker.nodes[person].names(Language.ENGLISH) if len(words) > 1}
    before = page.token_from(find.start) - 1
    if before >= 0 and page.word(before) in given and page.text[page.tokens[before].end : find.start] == " ":
        find.start = page.tokens[before].start
