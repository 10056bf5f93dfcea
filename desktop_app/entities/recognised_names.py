"""What a recogniser found, made to agree with titles, rules and known bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from desktop_app.domain import EntityType, Language, Sentence
from desktop_app.entities.common_nouns import is_common_noun
from desktop_app.entities.cues import cue
from desktop_app.entities.gazetteer import Gazetteer
from desktop_app.entities.page import Find, Page
from desktop_app.entities.persons import PERSON_RANK
from desktop_app.language.devanagari import spelled_letters
from desktop_app.language.folding import fold
from desktop_app.language.function_words import FUNCTION_WORDS

MODEL_RANK, MODEL_MANY_WORDS_RANK = 50, 56
LEAST_SCORE = 0.5

_HONORIFICS = cue("honorifics") | cue("hindi-honorifics")
_ACRONYMS = cue("acronyms-no-names")
_NO_NAMES = cue("no-names")
_PRIZES = cue("prize-words")
_LIES = re.compile(
    r", (?:(?:not far|only|just|about|some|around|nearly) )*(?:close to|near|north|south|east|west|home to|where the|"
    r"\d+ (?:km|kilomet\w+|miles) |(?:a|the) (?:\w+ ){0,2}(?:city|town|village|port|capital|suburb|district|island)\b)"
)
"""What is said after the name of a place."""
_SECOND_SYLLABLE = re.compile(r"-([a-z]{2,6})\b")
"""The rest of a name like Moon Jae-in."""
_AFTER_HYPHEN = cue("after-hyphen")
_TRAIN = re.compile(r"\w (?:Express|एक्सप्रेस)$")
_OF_THE_UNION = frozenset({"government", "budget", "cabinet", "minister", "home", "health", "territory"})
_INITIALS = re.compile(r"(?:(?:[A-Z]|[\u0900-\u0963]{1,3})\. ?)+")
_BARE_GOVERNMENT = re.compile(r"(?:सरकार|government)$|^\S+ (?:\S+ )?(?:दल|टीम|प्रतिनिधिमंडल|team|delegation|contingent)$")


class Recognised(Protocol):
    """A name that a recogniser found."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def type(self) -> EntityType: ...
    @property
    def score(self) -> float: ...


class NameRecogniser(Protocol):
    """Finds persons, places and organisations in running text."""

    def recognise(self, text: str, sentences: Sequence[Sentence], language: Language) -> Sequence[Recognised]: ...


def recognised_finds(
    page: Page, recognised: Sequence[Recognised], offices: Sequence[Find], gazetteer: Gazetteer
) -> list[Find]:
    """Finds for the names that a recogniser is sure of, without titles and honorifics at their start."""
    finds = []
    for span in recognised:
        if span.score < LEAST_SCORE:
            continue
        start = _after_titles(page, span.start, span.end, offices) if span.type is EntityType.PER else span.start
        kind = span.type
        if any(office.start <= start and span.end <= office.end for office in offices):
            continue
        start = _from_title(page, start, offices, gazetteer) if kind is EntityType.PER else start
        end = _before_nouns(page, start, span.end, gazetteer) if kind is EntityType.PER else span.end
        if kind is EntityType.PER and (second := _SECOND_SYLLABLE.match(page.text, end)):
            end = second.end() if second.group(1) not in _AFTER_HYPHEN else end
        form = page.text[start:end]
        if page.language is Language.HINDI and _is_noun(page, start, form, kind, offices, gazetteer):
            continue
        if form == "Union" and page.word(page.token_from(end)).lower() in _OF_THE_UNION:
            continue
        if _TRAIN.search(form) and gazetteer.lookup(form) is None:
            continue
        if form in _NO_NAMES or _is_ordinary_acronym(form) or page.word(page.token_from(end)) in _PRIZES:
            continue
        if kind is EntityType.PER and _place_and_letters(form, gazetteer):
            continue
        if not form.strip() or (span.type is EntityType.ORG and _is_bare(form, gazetteer)):
            continue
        if kind is EntityType.PER and " " not in form and _LIES.match(page.text, end):
            kind = EntityType.LOC
        if kind is EntityType.PER and start == span.start and " " in form and _after_article(page, start):
            kind = EntityType.ORG
        rank = MODEL_MANY_WORDS_RANK if " " in form else MODEL_RANK
        finds.append(Find(start, end, kind, rank=rank))
    return finds


def _from_title(page: Page, start: int, offices: Sequence[Find], gazetteer: Gazetteer) -> int:
    """The one word between a title and the name found after it belongs to the name: मंत्री "यान" क्रिश्चियन वेस्ट्रे."""
    first = page.token_from(start)
    word, ended = page.word(first - 1), page.tokens[first - 2].end if first > 1 else -1
    proper = word[:1].isupper() or "\u0904" < word[:1] < "\u0964"
    if (
        not proper
        or any(office.start < start <= office.end + 1 for office in offices)
        or not any(office.end == ended for office in offices)
        or not page.near(first - 2, first)
    ):
        return start
    if gazetteer.is_ordinary(word) or fold(word) in FUNCTION_WORDS or word.rstrip(".") in _HONORIFICS:
        return start
    return start if fold(word) in _HONORIFICS or gazetteer.lookup(word) else page.tokens[first - 1].start


def _before_nouns(page: Page, start: int, end: int, gazetteer: Gazetteer) -> int:
    """Where a Hindi person's name ends in `[start, end)`: before the common nouns that it ran on over."""
    first, last = page.token_from(start), page.token_until(end) - 1
    while last > first and is_common_noun(page.word(last), gazetteer):
        last -= 1
    return page.tokens[last].end if last >= first and page.tokens[last].end < end else end


def _place_and_letters(form: str, gazetteer: Gazetteer) -> bool:
    """ "Paris AI" is no person: a place, then nothing but ordinary words or letters in capitals."""
    first, *rest = form.split()
    key = gazetteer.lookup(first) or ""
    return (
        bool(rest)
        and key.startswith("loc:")
        and all(word.isascii() and (word.isupper() or gazetteer.is_ordinary(word)) for word in rest)
    )


def _is_noun(
    page: Page, start: int, form: str, kind: EntityType, offices: Sequence[Find], gazetteer: Gazetteer
) -> bool:
    """Hindi words that a recogniser took for a name: an ordinary one for a person, a known body and its people."""
    first, *rest = form.split()
    if kind is EntityType.PER and not rest:
        titled = any(office.end == page.tokens[page.token_from(start) - 1].end for office in offices)
        return gazetteer.is_ordinary(first) and not gazetteer.is_person_name(first) and not titled
    people = bool(rest) and all(fold(word).endswith("ों") and gazetteer.is_ordinary(word) for word in rest)
    return people and gazetteer.lookup(first) is not None


def _is_bare(form: str, gazetteer: Gazetteer) -> bool:
    """A government, or a team of some nation: भारतीय दल."""
    found = _BARE_GOVERNMENT.search(form)
    if found is None or found.start() > 0:
        return found is not None
    return " " not in form or gazetteer.is_demonym(form.split()[0])


def _is_ordinary_acronym(form: str) -> bool:
    """AI, एआई, IPO: capitals, or spelled letters, that name nobody."""
    letters = form if form.isascii() else spelled_letters(form)
    return letters is not None and letters in _ACRONYMS


def _after_article(page: Page, start: int) -> bool:
    """Whether "the" stands right before: "the Samagi Jana Balawegaya" is a party, whatever it looks like."""
    return page.language is Language.ENGLISH and page.word(page.token_from(start) - 1).lower() == "the"


def _after_titles(page: Page, start: int, end: int, offices: Sequence[Find]) -> int:
    """Where the name begins in `[start, end)`: after the office phrases and honorifics it was found with."""
    moved = True
    while moved and start < end:
        moved = False
        for office in offices:
            if office.start <= start < office.end < end:
                start, moved = office.end, True
        word = page.token_from(start)
        if fold(page.word(word)).rstrip(".") in _HONORIFICS or page.word(word) in _HONORIFICS:
            start, moved = page.tokens[word].end, True
        while start < end and (page.text[start].isspace() or page.text[start] in ".,"):
            start += 1
    return start


def agreed_persons(page: Page, persons: Sequence[Find], model: Sequence[Find]) -> list[Find]:
    """Persons by rule beside a recogniser's: where both see one, the recogniser knows where the name ends.

    Initials that it left out ("D." Gukesh) belong to the name.
    Rules without a title or known name behind them (low rank) need the recogniser's consent.
    """
    agreed = []
    for person in persons:
        seen = [find for find in model if find.overlaps(person)]
        if any(find.type is EntityType.PER for find in seen):
            continue
        if person.rank >= PERSON_RANK:
            agreed.append(person)
    for find in model:
        over = [person for person in persons if find.type is EntityType.PER and find.overlaps(person)]
        if over:
            find.rank = PERSON_RANK
            if _INITIALS.fullmatch(page.text[over[0].start : find.start]):
                find.start = over[0].start
    return agreed
