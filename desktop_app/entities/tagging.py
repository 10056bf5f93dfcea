"""Whom hashtags and handles of a story mean."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain import EntityType, Language, MentionForm
from desktop_app.entities.cues import cue
from desktop_app.entities.event_names import composed_event_key, same_event_name
from desktop_app.entities.joining import SURELY_SAME
from desktop_app.entities.linking import Linker
from desktop_app.entities.name_matching import without_initials
from desktop_app.entities.page import Find, Page
from desktop_app.entities.selection import is_outer
from desktop_app.entities.tags import guessed_type, segments, tag_holds
from desktop_app.language.folding import fold
from desktop_app.language.transliteration import latin_letters, word_similarity

_CONTESTS = cue("contest-heads")


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
        words = [(page.language, " ".join(segments(tag))), (Language.ENGLISH, " ".join(segments(tag)))]
        for known in linker.live(EntityType.EVENT) if find.key is None else ():
            if same_event_name(words, linker.surface_names(known)):
                linker.attach(number, find, known)
                return True
        _add_or_join(linker, number, find)
        return True
    event = _event_of(linker, tag) if find.form is MentionForm.HASHTAG and find.key is None else None
    if event is not None:
        find.type = EntityType.EVENT
        linker.attach(number, find, event)
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


def _event_of(linker: Linker, tag: str) -> int | None:
    """The event that a tag of several words speaks of: by words of its name (#FIDECandidates), or by two of those
    who take part in the story's only contest (#DingGukesh, #INDvPAK)."""
    words = [part for part in segments(tag) if len(part) > 1 and part.lower() not in {"vs", "the"}]
    if len(words) < 2:
        return None
    events = linker.live(EntityType.EVENT)
    for number in events:
        own = {w.lower() for words_ in linker.nodes[number].names(Language.ENGLISH) for w in words_}
        mine = [word for word in words if word.lower() in own and not word.isdigit()]
        if mine and all(word in mine or word.isdigit() or _named(linker, word, EntityType.ORG) for word in words):
            return number
    contests = [number for number in events if _is_contest(linker, number)]
    parties = [_named(linker, word, EntityType.PER, EntityType.LOC) for word in words]
    return contests[0] if len(contests) == 1 and len(words) == 2 and len(set(parties) - {None}) == 2 else None


def _is_contest(linker: Linker, number: int) -> bool:
    names = linker.surface_names(number)
    return any(fold(word) in _CONTESTS for _, name in names for word in name.split())


def _named(linker: Linker, word: str, *kinds: EntityType) -> int | None:
    """The thing of one of these types that *word* is a name or the surname of, or the first letters of."""
    for kind in kinds:
        for number in linker.live(kind):
            node = linker.nodes[number]
            names = [*node.names(Language.ENGLISH), *node.names(Language.HINDI)]
            entry = linker.gazetteer.entry(node.key) if node.key else None
            names += [tuple(entry.en.split())] if entry is not None else []
            if any(_stands_for(word, name) for name in names):
                return number
    return None


def _stands_for(word: str, name: tuple[str, ...]) -> bool:
    lower = word.lower()
    letters = len(word) == 3 and word.isupper() and len(name) == 1 and name[0].upper().startswith(word)
    return letters or lower in {part.lower() for part in name} or lower == "".join(name).lower()


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
    return best[1] if best else _hindi_person_of(linker, tag)


def _hindi_person_of(linker: Linker, tag: str) -> int | None:
    """The person whom the story names in Hindi alone and who sounds like the tag or a word of it (@narendramodi)."""
    parts = segments(tag)
    for number in linker.live(EntityType.PER):
        node = linker.nodes[number]
        if node.names(Language.ENGLISH):
            continue
        for words in map(without_initials, node.full_names(Language.HINDI)):
            whole = word_similarity("".join(parts), "".join(words)) if len(words) > 1 else 0.0
            part = max((word_similarity(part, words[-1]) for part in parts if len(part) > 3), default=0.0)
            if max(whole, part if tag.startswith("@") else 0.0) >= SURELY_SAME:
                return number
    return None


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
