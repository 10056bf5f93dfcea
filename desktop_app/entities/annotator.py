"""Annotation of one story: who and what its articles name, linked across the two scripts.

Stages, each over all articles before the next: read (gazetteer, patterns, persons, recogniser), choose, share
(repetition, the other language), link, follow titles and short forms, name the clusters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from desktop_app.domain import EntityType, Language, LocalMention, MentionForm, Sentence, StoryAnnotation
from desktop_app.entities.clusters import clusters_of
from desktop_app.entities.coreference import (
    hold_offices,
    nominal_finds,
    resolve_bodies,
    resolve_nominals,
    resolve_titles,
)
from desktop_app.entities.definitions import Definition, definitions
from desktop_app.entities.gazetteer import Gazetteer, Match, shipped_gazetteer
from desktop_app.entities.hindi_patterns import hindi_patterns
from desktop_app.entities.hindi_persons import HindiPersons
from desktop_app.entities.institutions import body_finds
from desktop_app.entities.linking import Linker
from desktop_app.entities.marked_names import missions, places_by_noun
from desktop_app.entities.page import Document, Find, Page, read_page
from desktop_app.entities.patterns import english_patterns
from desktop_app.entities.persons import EnglishPersons
from desktop_app.entities.projection import projected
from desktop_app.entities.propagation import repeated
from desktop_app.entities.selection import chosen, is_outer
from desktop_app.entities.support import supported
from desktop_app.entities.tagging import resolve_tags
from desktop_app.entities.tags import TAG_RANK, tag_finds
from desktop_app.entities.titles import Title, chained, office_finds, read_titles

MANY_WORDS_RANK, ONE_WORD_RANK, WEAK_RANK, MODEL_RANK = 71, 55, 46, 50


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


class Annotator:
    """Annotates stories; keeps nothing between them."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self._given = gazetteer

    def annotate(self, documents: Sequence[Document], recogniser: NameRecogniser | None = None) -> StoryAnnotation:
        """The mentions of every document and the things they name.

        *documents* are the articles of one story: their names are linked freely. Works without a recogniser.
        """
        gazetteer = self._given or shipped_gazetteer()
        story = _Story([read_page(document) for document in documents], gazetteer)
        for page in story.pages:
            spans = recogniser.recognise(page.text, page.document.sentences, page.language) if recogniser else ()
            story.read(page, spans)
        story.share()
        linker = story.link()
        return _as_annotation(story.pages, linker)


class _Story:
    """The pages of one story on their way through the stages."""

    def __init__(self, pages: list[Page], gazetteer: Gazetteer) -> None:
        self.pages, self.gazetteer = pages, gazetteer
        self.offices: list[list[Find]] = []
        self.defined: list[Definition] = []

    # -- read and choose

    def read(self, page: Page, recognised: Sequence[Recognised]) -> None:
        """Everything that the page's own words tell."""
        gazetteer = self.gazetteer
        offices = office_finds(page)
        tags = list(tag_finds(page, gazetteer))
        known = list(self._known(page, recognised))
        page.finds = chosen(known)
        patterns = [*missions(page, gazetteer), *places_by_noun(page, gazetteer)]
        if page.language is Language.ENGLISH:
            patterns += english_patterns(page, gazetteer)
        else:
            patterns += hindi_patterns(page, gazetteer)
        frames = [find for find in [*known, *patterns] if is_outer(find)]
        many = [find for find in known if find.rank >= MANY_WORDS_RANK]
        institutions = list(body_finds(page, [*offices, *[f for f in many if f.type is not EntityType.LOC], *frames]))
        bodies = {(find.start, find.end) for find in institutions}
        patterns = [find for find in patterns if (find.start, find.end) not in bodies]
        blocked = [*many, *institutions, *frames, *tags, *self._never_names(page, known)]
        reader = EnglishPersons if page.language is Language.ENGLISH else HindiPersons
        persons = list(reader(page, gazetteer, offices, blocked).finds())
        model = [
            Find(
                span.start, span.end, span.type, rank=MODEL_RANK + (6 if " " in page.text[span.start : span.end] else 0)
            )
            for span in recognised
            if span.score >= 0.5
        ]
        page.finds = chosen([*known, *patterns, *institutions, *persons, *model, *tags])
        found = list(definitions(page, gazetteer))
        page.finds = chosen([*page.finds, *(f for d in found for f in (d.full, d.short) if f not in page.finds)])
        self.offices.append(offices)
        self.defined += found
        _drop_titles(page, offices)

    def _known(self, page: Page, recognised: Sequence[Recognised]) -> Iterator[Find]:
        for match in self.gazetteer.matches(page.tokens):
            find = self._find_of(page, match)
            if find is None or (match.weak and not supported(page, match, recognised)):
                continue
            yield find
            if is_outer(find) and match.last > match.first:
                yield from self._inside(page, match)

    def _inside(self, page: Page, match: Match) -> Iterator[Find]:
        """Names inside a known event's or document's name: BRICS in "BRICS summit"."""
        for first, last in ((match.first, match.last), (match.first + 1, match.last + 1)):
            for part in self.gazetteer.matches(page.tokens[first:last]):
                inner = Match(first + part.first, first + part.last, part.key, part.demonym, part.weak)
                find = None if part.weak else self._find_of(page, inner)
                if find is not None and not is_outer(find):
                    yield find

    def _find_of(self, page: Page, match: Match) -> Find | None:
        start, end = page.tokens[match.first].start, page.tokens[match.last].end
        entry = self.gazetteer.entry(match.key)
        if entry is None or "\n" in page.text[start:end]:
            return None
        if page.tokens[match.first].text[0] in "#@":
            return None
        form = MentionForm.DEMONYM if match.demonym else MentionForm.NAME
        rank = WEAK_RANK if match.weak else MANY_WORDS_RANK if match.last > match.first else ONE_WORD_RANK
        if entry.type in (EntityType.EVENT, EntityType.DOC):
            rank += 20
        return Find(start, end, entry.type, form, match.key, rank)

    @staticmethod
    def _never_names(page: Page, finds: Sequence[Find]) -> list[Find]:
        """Finds that no person's name runs into: demonyms, in Hindi also known places, and short forms of bodies."""
        if page.language is Language.ENGLISH:
            return [find for find in finds if find.form is MentionForm.DEMONYM]
        return [*(find for find in finds if find.rank >= ONE_WORD_RANK), *nominal_finds(page)]

    # -- share

    def share(self) -> None:
        """Names repeat within a page and sound through to the pages of the other language."""
        for page in self.pages:
            page.finds = chosen([*page.finds, *repeated(page, self.gazetteer)])
        for _ in range(2):
            for page in self.pages:
                others = [other for other in self.pages if other.language is not page.language]
                page.finds = chosen([*page.finds, *projected(page, others, self.gazetteer)])
                page.finds = chosen([*page.finds, *repeated(page, self.gazetteer)])
        for page in self.pages:
            page.finds = _joined_persons(page)

    # -- link

    def link(self) -> Linker:
        """Nodes for all finds, joined; titles, tags and short forms follow."""
        linker = Linker(self.pages, self.gazetteer)
        titles: list[tuple[int, Title]] = []
        for number, page in enumerate(self.pages):
            own = read_titles(page, self.offices[number])
            for left, right in chained(own):
                left.holder = right.holder
            titles += [(number, title) for title in own]
            for find in page.finds:
                if find.form in (MentionForm.NAME, MentionForm.DEMONYM) and not (find.nominal and find.key is None):
                    linker.add(number, find)
        for definition in self.defined:
            if definition.full.node >= 0 and definition.short.node >= 0:
                linker.merge(definition.full.node, definition.short.node)
        linker.join_persons()
        linker.join_others()
        for number, page in enumerate(self.pages):
            page.finds = resolve_tags(linker, number, page)
        hold_offices(linker, titles)
        lone = [(n, f) for n, page in enumerate(self.pages) for f in page.finds if f.nominal and f.node < 0]
        resolve_bodies(linker, lone)
        nominals = [(n, f) for n, page in enumerate(self.pages) for f in nominal_finds(page)]
        for number, find in resolve_nominals(linker, nominals):
            self.pages[number].finds.append(find)
        for number, find in resolve_titles(linker, titles):
            self.pages[number].finds.append(find)
        for number, title in titles:
            if title.holder is not None:
                self.pages[number].finds.append(title.find)
        return linker


def _joined_persons(page: Page) -> list[Find]:
    """Parts of one person's name found apart ("मिल्खा" "सिंह") become one find."""
    joined: list[Find] = []
    for find in page.finds:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.type is find.type is EntityType.PER
            and last.form is find.form is MentionForm.NAME
            and page.text[last.end : find.start] == " "
        ):
            joined[-1] = replace(last, end=find.end)
        else:
            joined.append(find)
    return joined


def _drop_titles(page: Page, offices: Sequence[Find]) -> None:
    """What a recogniser or pattern took for a name but is an office ("Prime Minister") goes."""
    spans = {(find.start, find.end) for find in offices}
    page.finds = [find for find in page.finds if (find.start, find.end) not in spans or find.key is not None]


def _as_annotation(pages: Sequence[Page], linker: Linker) -> StoryAnnotation:
    clusters, place = clusters_of(pages, linker)
    mentions = []
    for page in pages:
        found: dict[tuple[int, int], LocalMention] = {}
        for find in page.finds:
            if find.node < 0:
                continue
            cluster = place[linker.root(find.node)]
            span = (find.start, find.end)
            if span not in found or find.rank >= TAG_RANK:
                found[span] = LocalMention(find.start, find.end, clusters[cluster].type, find.form, cluster)
        mentions.append(tuple(sorted(found.values(), key=lambda m: (m.start, -m.end))))
    return StoryAnnotation(tuple(mentions), clusters)
