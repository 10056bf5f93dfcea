"""Annotation of one story: who and what its articles name, linked across the two scripts.

Stages, each over all articles before the next: read (gazetteer, patterns, persons, recogniser), choose, share
(repetition, the other language), link, follow titles and short forms, name the clusters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from desktop_app.domain import EntityType, LocalMention, MentionForm, StoryAnnotation
from desktop_app.entities.clusters import clusters_of
from desktop_app.entities.coreference import (
    hold_offices,
    join_office_holders,
    resolve_bodies,
    resolve_titles,
)
from desktop_app.entities.cues import cue
from desktop_app.entities.gazetteer import Gazetteer, shipped_gazetteer
from desktop_app.entities.joining import join_others, join_persons
from desktop_app.entities.linking import Linker
from desktop_app.entities.page import Document, Find, Page, read_page
from desktop_app.entities.projection import projected
from desktop_app.entities.propagation import repeated, retype_persons
from desktop_app.entities.reading import PageReader
from desktop_app.entities.recognised_names import NameRecogniser
from desktop_app.entities.selection import chosen
from desktop_app.entities.short_forms import nominal_finds, resolve_nominals
from desktop_app.entities.tagging import resolve_tags
from desktop_app.entities.tags import TAG_RANK
from desktop_app.entities.titles import Title, chained, read_titles
from desktop_app.entities.translated_names import translated

_PARTICLES = cue("name-particles")


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
        story.read(recogniser)
        story.share()
        linker = story.link()
        return _as_annotation(story.pages, linker)


class _Story:
    """The pages of one story on their way through the stages."""

    def __init__(self, pages: list[Page], gazetteer: Gazetteer) -> None:
        self.pages, self.gazetteer = pages, gazetteer
        self.reader = PageReader(gazetteer)

    # -- read and choose

    def read(self, recogniser: NameRecogniser | None) -> None:
        """What each page's own words tell; then doubtful places that another page names beyond doubt."""
        for page in self.pages:
            spans = recogniser.recognise(page.text, page.document.sentences, page.language) if recogniser else ()
            self.reader.read(page, spans)
        sure = [{find.key for find in page.finds if find.key} for page in self.pages]
        for number, page in enumerate(self.pages):
            elsewhere = set().union(*(keys for other, keys in enumerate(sure) if other != number))
            doubtful = [find for find in self.reader.doubtful[number] if find.key in elsewhere]
            page.finds = chosen([*page.finds, *doubtful])

    # -- share

    def share(self) -> None:
        """Names repeat within a page and sound through to the pages of the other language."""
        for page in self.pages:
            retype_persons(page, self.gazetteer)
            page.finds = chosen([*page.finds, *repeated(page, self.gazetteer)])
        for page in self.pages:
            others = [other for other in self.pages if other.language is not page.language]
            page.finds = chosen([*page.finds, *_new(page, translated(page, others))])
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
            own = read_titles(page, self.reader.offices[number])
            for left, right in chained(own):
                left.holder = right.holder
            titles += [(number, title) for title in own]
            for find in page.finds:
                if find.form in (MentionForm.NAME, MentionForm.DEMONYM) and not (find.nominal and find.key is None):
                    linker.add(number, find)
        for definition in self.reader.defined:
            if definition.full.node >= 0 and definition.short.node >= 0:
                linker.merge(definition.full.node, definition.short.node)
        join_persons(linker)
        join_others(linker)
        for number, page in enumerate(self.pages):
            page.finds = resolve_tags(linker, number, page)
        hold_offices(linker, titles)
        join_office_holders(linker)
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
        ) or (last is not None and _particle_between(page, last, find)):
            joined[-1] = replace(last, end=find.end)
        else:
            joined.append(find)
    return joined


def _new(page: Page, finds: Iterable[Find]) -> Iterator[Find]:
    """Finds that neither cover nor cut a name that is known beyond doubt."""
    known = [find for find in page.finds if find.key is not None or find.form is not MentionForm.NAME]
    for find in finds:
        outer = find.type is not EntityType.ORG
        over = [other for other in known if other.overlaps(find)]
        cut = any(other.overlaps(find) and not find.holds(other) for other in page.finds)
        if not cut and all(outer and find.holds(other) for other in over):
            yield find


def _particle_between(page: Page, last: Find, find: Find) -> bool:
    """ "Andre Correa" do "Lago": a small particle alone between a person and a name that nothing else knows."""
    return (
        last.type is EntityType.PER
        and last.form is find.form is MentionForm.NAME
        and last.key is find.key is None
        and find.type in (EntityType.PER, EntityType.LOC)
        and page.text[last.end : find.start].strip() in _PARTICLES
        and "\n" not in page.text[last.end : find.start]
    )


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
