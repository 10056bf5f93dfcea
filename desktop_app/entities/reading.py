"""The first stage: everything that a page's own words tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.domain import EntityType, Language, MentionForm
from desktop_app.entities.definitions import Definition, definitions
from desktop_app.entities.gazetteer import Gazetteer, Match
from desktop_app.entities.hindi_patterns import hindi_patterns
from desktop_app.entities.hindi_persons import HindiPersons
from desktop_app.entities.institutions import body_finds
from desktop_app.entities.marked_names import missions, places_by_noun, storms
from desktop_app.entities.page import Find, Page
from desktop_app.entities.patterns import english_patterns
from desktop_app.entities.persons import EnglishPersons
from desktop_app.entities.recognised_names import Recognised, agreed_persons, recognised_finds
from desktop_app.entities.selection import chosen, is_outer
from desktop_app.entities.short_forms import nominal_finds
from desktop_app.entities.support import supported
from desktop_app.entities.tags import tag_finds
from desktop_app.entities.titles import office_finds

MANY_WORDS_RANK, ONE_WORD_RANK, WEAK_RANK = 71, 55, 46
_OUTER_BONUS = 20


class PageReader:
    """Reads one page after another; `offices` and `defined` of the pages read so far are kept for linking."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.offices: list[list[Find]] = []
        self.defined: list[Definition] = []
        self.doubtful: list[list[Find]] = []
        """Known places whose names mean something else as often, and that their context does not support."""

    def read(self, page: Page, recognised: Sequence[Recognised]) -> None:
        """Set `page.finds`."""
        gazetteer = self._gazetteer
        offices = office_finds(page, gazetteer)
        tags = list(tag_finds(page, gazetteer))
        doubtful: list[Find] = []
        known = list(self._known(page, recognised, doubtful))
        page.finds = chosen(known)
        patterns = [*missions(page, gazetteer), *places_by_noun(page, gazetteer), *storms(page, gazetteer)]
        patterns += (english_patterns if page.language is Language.ENGLISH else hindi_patterns)(page, gazetteer)
        frames = [find for find in [*known, *patterns] if is_outer(find)]
        many = [find for find in known if find.rank >= MANY_WORDS_RANK]
        bodies = list(body_finds(page, [*offices, *(f for f in many if f.type is not EntityType.LOC), *frames]))
        model = recognised_finds(page, recognised, offices, gazetteer)
        spans = {(find.start, find.end) for find in bodies}
        patterns, model = ([f for f in finds if (f.start, f.end) not in spans] for finds in (patterns, model))
        blocked = [*many, *bodies, *frames, *tags, *_never_names(page, known)]
        persons = self._persons(page, offices, blocked)
        if recognised:
            persons = agreed_persons(page, persons, model)
        page.finds = chosen([*known, *patterns, *bodies, *persons, *model, *tags])
        found = list(definitions(page, gazetteer))
        page.finds = chosen([*page.finds, *(f for d in found for f in (d.full, d.short) if f not in page.finds)])
        _drop_titles(page, offices)
        self.offices.append(offices)
        self.defined += found
        self.doubtful.append(doubtful)

    def _persons(self, page: Page, offices: list[Find], blocked: list[Find]) -> list[Find]:
        reader = EnglishPersons if page.language is Language.ENGLISH else HindiPersons
        return list(reader(page, self._gazetteer, offices, blocked).finds())

    def _known(self, page: Page, recognised: Sequence[Recognised], doubtful: list[Find]) -> Iterator[Find]:
        for match in self._gazetteer.matches(page.tokens):
            find = self._find_of(page, match)
            if find is None:
                continue
            if match.weak and not supported(page, match, recognised):
                doubtful.append(find)
                continue
            yield find
            if is_outer(find) and match.last > match.first:
                yield from self._inside(page, match)

    def _inside(self, page: Page, match: Match) -> Iterator[Find]:
        """Names inside a known event's or document's name: BRICS in "BRICS summit"."""
        for first, last in ((match.first, match.last), (match.first + 1, match.last + 1)):
            if page.word(first) in "-–":
                continue
            for part in self._gazetteer.matches(page.tokens[first:last]):
                inner = Match(first + part.first, first + part.last, part.key, part.demonym, part.weak)
                find = None if part.weak or page.word(inner.first - 1) == "-" else self._find_of(page, inner)
                if find is not None and not is_outer(find):
                    yield find

    def _find_of(self, page: Page, match: Match) -> Find | None:
        start, end = page.tokens[match.first].start, page.tokens[match.last].end
        entry = self._gazetteer.entry(match.key)
        if entry is None or "\n" in page.text[start:end] or page.text[start] in "#@":
            return None
        form = MentionForm.DEMONYM if match.demonym else MentionForm.NAME
        rank = WEAK_RANK if match.weak else MANY_WORDS_RANK if match.last > match.first else ONE_WORD_RANK
        if entry.type in (EntityType.EVENT, EntityType.DOC):
            rank += _OUTER_BONUS
        return Find(start, end, entry.type, form, match.key, rank)


def _never_names(page: Page, finds: Sequence[Find]) -> list[Find]:
    """Finds that no person's name runs into: demonyms, in Hindi also known places, and short forms of bodies."""
    if page.language is Language.ENGLISH:
        return [find for find in finds if find.form is MentionForm.DEMONYM]
    return [*(find for find in finds if find.rank >= ONE_WORD_RANK), *nominal_finds(page)]


def _drop_titles(page: Page, offices: Sequence[Find]) -> None:
    """What a recogniser or pattern took for a name but is an office ("Prime Minister") goes."""
    spans = {(find.start, find.end) for find in offices}
    page.finds = [find for find in page.finds if (find.start, find.end) not in spans or find.key is not None]
