"""Short names that the text itself defines: "Border Security Force (BSF)", सीमा सुरक्षा बल (बीएसएफ)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.domain import EntityType, Language
from desktop_app.entities.cues import cue
from desktop_app.entities.gazetteer import Gazetteer
from desktop_app.entities.page import Find, Page
from desktop_app.language.devanagari import spelled_letters
from desktop_app.language.folding import fold
from desktop_app.language.function_words import FUNCTION_WORDS

DEFINED_RANK = 73

_BRACKET = re.compile(r" \(([A-Z][A-Za-z&.-]{1,8}|[\u0900-\u0963\u0971-\u097f.]{2,14})\)")
_CONJUNCTIONS = cue("hindi-conjunctions")
_SMALL = cue("small-words")


@dataclass(frozen=True, slots=True)
class Definition:
    """The full name and the short one in brackets after it."""

    full: Find
    short: Find


def definitions(page: Page, gazetteer: Gazetteer) -> Iterator[Definition]:
    """Definitions of organisations, whether their full name was found before or not."""
    for match in _BRACKET.finditer(page.text):
        short_form = match.group(1)
        letters = short_form.replace(".", "") if short_form.isascii() else spelled_letters(short_form)
        if not letters or len(letters) < 2 or not (letters.isupper() or page.language is Language.ENGLISH):
            continue
        key = gazetteer.lookup(short_form)
        if key is not None and not key.startswith("org:"):
            continue
        full = next((f for f in page.finds if f.end == match.start() and f.type is EntityType.ORG), None)
        if full is not None and full.key and key and full.key != key:
            continue
        if full is None:
            start = _start_of_full(page, match.start(), letters)
            if start is None:
                continue
            full = Find(start, match.start(), EntityType.ORG, key=key, rank=DEFINED_RANK)
        short = Find(match.start(1), match.end(1), EntityType.ORG, key=full.key or key, rank=DEFINED_RANK)
        yield Definition(full, short)


def _start_of_full(page: Page, end: int, letters: str) -> int | None:
    """Where the words begin that the letters stand for; for Hindi, as many content words as there are letters."""
    last = page.token_until(end) - 1
    if page.language is Language.ENGLISH:
        wanted = letters.upper()
        index, left = last, len(wanted)
        while index >= 0 and left > 0 and page.near(index, last):
            word = page.word(index)
            if word.lower() in _SMALL:
                index -= 1
                continue
            if word[:1].upper() != wanted[left - 1] or not word[0].isupper():
                return None
            left -= 1
            index -= 1
        return page.tokens[index + 1].start if left == 0 else None
    index, count = last, 0
    while index >= 0 and count < len(letters) and page.near(index, last):
        word = fold(page.word(index))
        if word in FUNCTION_WORDS or word in _CONJUNCTIONS or not word[:1] > "\u0900":
            break
        count += 1
        index -= 1
    return page.tokens[index + 1].start if count == len(letters) >= 3 else None
