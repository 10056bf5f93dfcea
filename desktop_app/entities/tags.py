"""Hashtags and handles: what is hidden in #GazaStrip, #UNGA79 and @antonioguterres."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_app.domain import EntityType, MentionForm
from desktop_app.entities.gazetteer import Gazetteer
from desktop_app.entities.page import Find, Page
from desktop_app.language.transliteration import latin_letters

TAG_RANK = 100

_SEGMENT = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[\u0900-\u0963\u0971-\u097f\u200c\u200d]+|[०-९]+")
_EVENT_WORDS = frozenset({"Operation", "Cyclone", "Hurricane", "Typhoon", "ऑपरेशन"})
_EVENT_NUMBER = re.compile(r"(?:COP|cop|कॉप)-?\d{1,2}")


def segments(tag: str) -> list[str]:
    """The words of a tag: "#GazaStrip" → Gaza, Strip; "#UNGA79" → UNGA, 79."""
    return _SEGMENT.findall(tag)


def named_by(tag: str, gazetteer: Gazetteer) -> str | None:
    """The gazetteer's key for the name that the tag is, or mostly is (#T20WorldCupFinal)."""
    parts = segments(tag)
    for form in (tag.upper(), tag.capitalize()) if tag.isalpha() and tag.islower() else ():
        key = gazetteer.lookup(form)
        if key is not None:
            return key
    whole = sum(map(len, parts))
    for count in range(len(parts), 0, -1):
        if 2 * sum(map(len, parts[:count])) < whole:
            break
        rest = parts[count:]
        for form in sorted(_spellings(parts[:count])):
            key = gazetteer.lookup(form)
            if key is not None and (all(part.isdigit() for part in rest) or key.startswith("event:")):
                return key
    return None


def _spellings(parts: list[str]) -> set[str]:
    """Apart, and with numbers joined to the letters before them."""
    apart = " ".join(parts)
    joined = re.sub(r"(?<=[A-Za-z\u0900-\u0963]) (?=\d)", "", apart)
    tight = re.sub(r"(?<=\b[A-Z]) (?=\d)", "", apart)
    return {apart, joined, tight, re.sub(r"(?<=\b[A-Z]\d\d) (?=\w)", " ", tight)}


def tag_finds(page: Page, gazetteer: Gazetteer) -> Iterator[Find]:
    """Every hashtag and handle; those that the gazetteer knows with their key, session tags as events.

    Hashtags that no person or thing of the story explains are dropped later, handles stay.
    """
    for token in page.tokens:
        if token.text[0] not in "#@" or len(token.text) < 3:
            continue
        form = MentionForm.HASHTAG if token.text[0] == "#" else MentionForm.HANDLE
        find = Find(token.start, token.end, EntityType.PER, form, rank=TAG_RANK)
        parts = segments(token.text)
        key = named_by(token.text[1:], gazetteer)
        session = parts[-1].isdigit() and len(parts[-1]) < 4 and len(parts) > 1 if parts else False
        if _EVENT_NUMBER.fullmatch(token.text[1:]) or (len(parts) > 1 and parts[0] in _EVENT_WORDS and key is None):
            find.type = EntityType.EVENT
        elif key is not None and session and key.startswith("org:") and gazetteer.lookup(token.text[1:]) is None:
            find.type, find.qualifier = EntityType.EVENT, key
        elif key is not None:
            entry = gazetteer.entry(key)
            find.key, find.type = key, entry.type if entry else EntityType.ORG
        yield find


_OFFICIAL = re.compile(
    r"news|india|official|gov|office|police|party|bank|ministry|mfa|mea|embassy|times|tv|media|army|team|cricket|"
    r"council|united|club|railway|airport|press|pmo|cmo|state|dept|\d",
    re.IGNORECASE,
)


def guessed_type(handle: str) -> EntityType:
    """What an unknown handle most likely is."""
    letters = handle.lstrip("@")
    return EntityType.ORG if _OFFICIAL.search(letters) or letters.isupper() else EntityType.PER


def tag_holds(tag: str, name: str) -> bool:
    """Whether the tag's letters hold the (Latin) *name*, of at least four letters, or are its initials."""
    inside, letters = (re.sub(r"(.)\1", r"\1", latin_letters(part)) for part in (tag, name))
    return len(letters) >= 4 and letters in inside
