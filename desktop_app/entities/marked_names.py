"""Names that one word beside them or their own shape gives away, in either language: districts, numbered missions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_app.domain import EntityType, Language
from desktop_app.entities.cues import cue
from desktop_app.entities.gazetteer import Gazetteer
from desktop_app.entities.page import Find, Page
from desktop_app.entities.patterns import PATTERN_RANK
from desktop_app.language.folding import fold
from desktop_app.language.function_words import FUNCTION_WORDS

_HINDI_MISSIONS = "चंद्रयान|मंगलयान|गगनयान|लूना|अपोलो|आर्टेमिस|शेनझोउ|सोयुज|एक्सिओम|वॉयजर|शुक्रयान|कॉप|सीओपी"
_HINDI_MISSION = re.compile(
    rf"(?<![\w\u0900-\u097f#])(?:{_HINDI_MISSIONS})(?:[- ]?[0-9०-९]{{1,2}}|-[IVX]+)(?![\w\u0900-\u097f])"
)
_ENGLISH_MISSION = re.compile(
    r"(?<![\w#@-])(?:Chandrayaan|Mangalyaan|Gaganyaan|Luna|Apollo|Artemis|Shenzhou|Soyuz|Chang[’']e|Voyager|Pioneer|"
    r"Expedition|Axiom|Ax|Crew|Tianwen|Venera|Shukrayaan|Polaris)[- ](?:\d{1,2}|[IVX]+)(?!\w)"
)
_OPENERS = cue("sentence-openers")
_PLACE_NOUN_ENGLISH = re.compile(
    r"(?<![\w#@])([A-Z][a-z]{3,}(?: [A-Z][a-z]+)?)(?= (?:district|village|town|city|province|valley|county|island)\b)"
)
_NOUN_OF_PLACE = re.compile(
    r"\b(?:city|town|village|district|province|port|island|region|suburb|resort) of ([A-Z][a-z]{3,}(?: [A-Z][a-z]+)?)\b"
)
_HINDI_PLACE_NOUNS = cue("hindi-place-nouns")


def places_by_noun(page: Page, gazetteer: Gazetteer) -> Iterator[Find]:
    """ "Gorkha district", गोरखा जिले: the place is the word before the noun."""
    if page.language is Language.ENGLISH:
        for match in (*_PLACE_NOUN_ENGLISH.finditer(page.text), *_NOUN_OF_PLACE.finditer(page.text)):
            words = match.group(1).split()
            if not any(gazetteer.is_ordinary(word) or word in _OPENERS for word in words):
                yield Find(match.start(1), match.end(1), EntityType.LOC, rank=PATTERN_RANK - 20)
        return
    for index in range(1, len(page.tokens)):
        word = page.word(index - 1)
        if fold(page.word(index)) not in _HINDI_PLACE_NOUNS or not page.near(index - 1, index):
            continue
        if (
            re.match(r"[\u0900-\u097f]{2}", word)
            and not gazetteer.is_ordinary(word)
            and fold(word) not in FUNCTION_WORDS
        ):
            before = page.tokens[index - 1]
            yield Find(before.start, before.end, EntityType.LOC, rank=PATTERN_RANK - 20)


_HINDI_STORM = re.compile(
    r"(?:चक्रवात|चक्रवाती तूफान|समुद्री तूफान|टाइफून|हरिकेन) (?P<quote>['‘\"“]?)(?P<name>[\u0900-\u0963\u0971-\u097f]+)"
    r"(?P<end>['’\"”]?)"
)


def storms(page: Page, gazetteer: Gazetteer) -> Iterator[Find]:
    """Named storms in Hindi: चक्रवात दाना; in quotes the name alone."""
    for match in _HINDI_STORM.finditer(page.text):
        name = match["name"]
        if match["quote"] and match["end"]:
            yield Find(match.start("name"), match.end("name"), EntityType.EVENT, rank=PATTERN_RANK + 20)
        elif not gazetteer.is_ordinary(name) and fold(name) not in FUNCTION_WORDS:
            yield Find(match.start(), match.end("name"), EntityType.EVENT, rank=PATTERN_RANK + 20)


def missions(page: Page, gazetteer: Gazetteer) -> Iterator[Find]:
    pattern = _ENGLISH_MISSION if page.language is Language.ENGLISH else _HINDI_MISSION
    for match in pattern.finditer(page.text):
        key = gazetteer.lookup(match.group())
        yield Find(match.start(), match.end(), EntityType.EVENT, key=key, rank=PATTERN_RANK + 25)
