"""Short names that the text itself defines: "Border Security Force (BSF)", सीमा सुरक्षा बल (बीएसएफ)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.domain import EntityType, Language, MentionForm
from desktop_app.entities.cues import cue
from desktop_app.entities.gazetteer import Gazetteer
from desktop_app.entities.page import Find, Page
from desktop_app.entities.selection import is_outer
from desktop_app.language.devanagari import spelled_letters
from desktop_app.language.folding import fold
from desktop_app.language.function_words import FUNCTION_WORDS

DEFINED_RANK = 73

_BRACKET = re.compile(r" \(([A-Z][A-Za-z&.-]{1,8}|[\u0900-\u0963\u0971-\u097f.]{2,14})\)")
_DEFINED = frozenset({EntityType.ORG, EntityType.DOC, EntityType.EVENT})
_OUTER_BONUS = 20
_DOC_HEADS = cue("hindi-document-heads")
_ENGLISH_DOC_HEADS = cue("document-heads")
_CONJUNCTIONS = cue("hindi-conjunctions")
_SMALL = cue("small-words")


@dataclass(frozen=True, slots=True)
class Definition:
    """The full name and the short one in brackets after it."""

    full: Find
    short: Find


def definitions(page: Page, gazetteer: Gazetteer) -> Iterator[Definition]:
    """Definitions of bodies, documents and events, whether their full name was found before or not."""
    yield from _reversed(page)
    for match in _BRACKET.finditer(page.text):
        short_form = match.group(1)
        letters = short_form.replace(".", "") if short_form.isascii() else spelled_letters(short_form)
        key = gazetteer.lookup(short_form)
        if key is not None and key.startswith("loc:"):
            continue
        full = _named_before(page, match.start(), short_form, letters, gazetteer)
        if full is not None and full.key and key and full.key != key:
            continue
        if full is None and letters is not None and (letters.isupper() or page.language is Language.ENGLISH):
            start = _start_of_full(page, match.start(), letters) if len(letters) > 1 else None
            if start is not None:
                full = Find(start, match.start(), _type_of(page, match.start()), key=key, rank=DEFINED_RANK)
        if full is None or (key is not None and not key.startswith(full.type.lower())):
            continue
        rank = DEFINED_RANK + (_OUTER_BONUS if is_outer(full) else 0)
        yield Definition(full, Find(match.start(1), match.end(1), full.type, key=full.key or key, rank=rank))


def _named_before(page: Page, end: int, short: str, letters: str | None, gazetteer: Gazetteer) -> Find | None:
    """The longest name found right before the bracket that *short* can stand for."""
    names = [f for f in page.finds if f.end == end and f.type in _DEFINED and f.form is MentionForm.NAME]
    full = max(names, key=lambda find: end - find.start, default=None)
    if full is None or full.nominal:
        return None
    if letters is None:  # a Hindi acronym read as a word: भाजपा, टेपा
        spoken = len(short) > 2 and not gazetteer.is_ordinary(short) and not gazetteer.is_person_name(short)
        return full if spoken and " " in page.form_of(full) else None
    if len(letters) < 2 or not (letters.isupper() or page.language is Language.ENGLISH):
        return None
    if is_outer(full) and page.language is Language.ENGLISH and not _abbreviates(letters, page.form_of(full)):
        return None
    return full


def _abbreviates(letters: str, full: str) -> bool:
    """Whether the capitals are, in order, letters at which words of the full name begin."""
    initials = iter(word[0].upper() for word in re.findall(r"\w+", full))
    return letters.isupper() and all(letter in initials for letter in letters)


def _type_of(page: Page, end: int) -> EntityType:
    head = page.word(page.token_until(end) - 1)
    return EntityType.DOC if fold(head) in _DOC_HEADS or head in _ENGLISH_DOC_HEADS else EntityType.ORG


def _reversed(page: Page) -> Iterator[Definition]:
    """The short name first: "EFTA (European Free Trade Association)"."""
    for long in page.finds:
        if long.type not in _DEFINED or page.text[long.start - 2 : long.start] != " (":
            continue
        short = next((f for f in page.finds if f.end == long.start - 2 and f.type is long.type), None)
        if page.text[long.end : long.end + 1] != ")":
            continue
        short = short or _letters_before(page, long)
        if short is None or (short.key and long.key):
            continue
        form = page.form_of(short)
        letters = form.replace(".", "") if form.isascii() else spelled_letters(form)
        words = len(page.form_of(long).split())
        if letters is not None and letters.isupper() and 2 <= words <= len(letters) + 2:
            yield Definition(long, short)


def _letters_before(page: Page, long: Find) -> Find | None:
    """The word of capitals before the bracket, if it can be short for what stands in it."""
    index = page.token_until(long.start - 2) - 1
    word = page.word(index)
    spelled = word if word.isascii() else spelled_letters(word) or ""
    if len(spelled) < 2 or page.covered(page.tokens[index].start, page.tokens[index].end):
        return None
    if word.isascii() and not _abbreviates(word, page.form_of(long)):
        return None
    return Find(page.tokens[index].start, page.tokens[index].end, long.type, rank=DEFINED_RANK)


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
