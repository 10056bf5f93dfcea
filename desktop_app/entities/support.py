"""Does the context support a doubtful place name?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop_app.domain import EntityType, Language
from desktop_app.entities.cues import cue
from desktop_app.entities.gazetteer import Match
from desktop_app.entities.page import Page
from desktop_app.language.folding import fold

_PLACE_PREPOSITIONS = cue("place-prepositions")
_PLACE_NOUNS = cue("hindi-place-marks")
_TRAVEL = cue("hindi-travel-verbs")
_LOCATIVE = cue("hindi-locative")


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def type(self) -> EntityType: ...


def supported(page: Page, match: Match, recognised: Sequence[_Span]) -> bool:
    """Whether a recogniser, a dateline, a preposition or a place noun beside it says that it is a place."""
    start, end = page.tokens[match.first].start, page.tokens[match.last].end
    for span in recognised:
        if span.start < end and start < span.end:
            return span.type is EntityType.LOC and span.start <= start and end <= span.end
    before, after = page.word(match.first - 1), page.word(match.last + 1)
    if _opens_line(page, match.first) and after in {",", ":", "[", "(", "।", "/", "—", "-", "–"}:
        return True
    if page.language is Language.ENGLISH:
        capital_after = after[:1].isupper() and page.near(match.last, match.last + 1)
        return before in _PLACE_PREPOSITIONS and not capital_after
    if fold(after) in _PLACE_NOUNS or fold(after) in _TRAVEL:
        return True
    if recognised:
        return False
    return fold(after) in _LOCATIVE and len(page.text[start:end]) > 3


def _opens_line(page: Page, first: int) -> bool:
    return first == 0 or not page.near(first - 1, first)
