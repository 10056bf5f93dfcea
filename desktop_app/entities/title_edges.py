"""Where a title begins and ends: "Minister of Trade and Industry", आर्थिक मामलों के मंत्री, "deputy chief whip"."""

from __future__ import annotations

from desktop_app.domain import Language
from desktop_app.entities.cues import cue
from desktop_app.entities.gazetteer import Gazetteer
from desktop_app.entities.offices import PhraseMatch, office_phrases
from desktop_app.entities.page import Page
from desktop_app.language.folding import fold

_MODIFIERS = cue("title-modifiers") | cue("hindi-title-modifiers")
_PORTFOLIOS = cue("portfolios") | cue("hindi-portfolios")
_AND = frozenset({"and", "&", ",", *map(fold, ["और", "एवं", "तथा", "व"])})
_AFFAIRS = fold("मामलों")
_OF_HINDI = frozenset(map(fold, ["के", "की"]))
_MINISTERS = frozenset({"~minister", "minister-of-state", "~secretary", "commissioner", "under-secretary"})
_LONGEST = 8


def title_phrases(page: Page, gazetteer: Gazetteer) -> list[PhraseMatch]:
    """The office phrases of *page* with the portfolios and modifiers that belong to them."""
    phrases: list[PhraseMatch] = []
    for match in office_phrases().matches(page.tokens):
        floor = phrases[-1].last + 1 if phrases else 0
        first, last, office = match.first, match.last, match.key
        if page.language is Language.ENGLISH:
            last = _after_of(page, match, gazetteer)
            if last == match.last and page.word(last) in {"Minister", "minister"}:
                first = _over_portfolios(page, first, floor)
                union = page.word(first - 1) in {"Union", "union"} and first - 1 > floor
                if first < match.first and union and page.near(first - 1, first):
                    first -= not page.word(first - 2)[:1].isupper()
        elif office in _MINISTERS or office.endswith("-minister"):
            first = _over_hindi_portfolios(page, first, floor)
        if (first, last) != (match.first, match.last) and office in _MINISTERS:
            office = _office_key(page, first, last)
        while first > floor and page.near(first - 1, first) and _is_modifier(page, first - 1):
            first -= 1
        phrases.append(PhraseMatch(first, last, office))
    return phrases


def _is_modifier(page: Page, index: int) -> bool:
    word = page.word(index)
    if page.touching(index + 1):
        return False
    if word[:1] > "\u0900":
        return fold(word) in _MODIFIERS
    opens = page.tokens[index].start == page.sentence_start(page.tokens[index].start)
    return word.lower() in _MODIFIERS and (opens or word[0].isupper() == page.word(index + 1)[0].isupper())


def _office_key(page: Page, first: int, last: int) -> str:
    """One key for one portfolio within a language; every minister's key ends alike."""
    words = [fold(page.word(index)) for index in range(first, last + 1)]
    return "-".join([*(word for word in words if word in _PORTFOLIOS), "portfolio-minister"])


def _after_of(page: Page, match: PhraseMatch, gazetteer: Gazetteer) -> int:
    """The last token of "Minister of Trade and Industry": capitalised words after "of" or "for", no country."""
    last = match.last
    joint = page.word(last + 1)
    if match.key not in _MINISTERS or joint not in {"of", "for"} or not page.near(last, last + 1):
        return last
    index = last + 2 + (page.word(last + 2) == "the")
    if (gazetteer.lookup(page.word(index)) or "").startswith("loc:"):
        return last
    end = last
    while index < min(len(page.tokens), last + _LONGEST) and page.near(index - 1, index):
        word = page.word(index)
        if word[:1].isupper() and not (gazetteer.is_person_name(word) and word.lower() not in _PORTFOLIOS):
            end = index
        elif word not in _AND or page.word(index + 1).lower() not in _PORTFOLIOS:
            break
        index += 1
    return end


def _over_portfolios(page: Page, first: int, floor: int) -> int:
    """Leftwards over "Health and Family" before "Welfare Minister": words that name portfolios, with capitals."""
    position = start = first
    while position > floor and first - position < _LONGEST and page.near(position - 1, position):
        word = page.word(position - 1)
        if word.lower() in _PORTFOLIOS and word[0].isupper() == page.word(first)[0].isupper():
            start = position - 1
        elif word not in _AND or start != position:
            break
        position -= 1
    return start


def _over_hindi_portfolios(page: Page, first: int, floor: int) -> int:
    position = start = first
    if position - 2 > floor and fold(page.word(first - 1)) in _OF_HINDI and fold(page.word(first - 2)) == _AFFAIRS:
        position -= 2
        if fold(page.word(position - 1)) not in _PORTFOLIOS:
            return first
    while position > floor and first - position < _LONGEST and page.near(position - 1, first):
        word = fold(page.word(position - 1))
        if word in _PORTFOLIOS:
            start = position - 1
        elif word not in _AND or fold(page.word(position - 2)) not in _PORTFOLIOS:
            break
        position -= 1
    return start
