"""What is being read: the opened pair, the selected entity, the walk through its mentions, and the way back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.domain import Article, ArticlePair, Entity, EntityName, Language, Mention
from desktop_app.errors import NothingFound
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.entity_model import both_names
from desktop_app.ui.entity_names import find_named
from desktop_app.ui.latest_call import LatestCall
from desktop_app.ui.mention_walk import Stop, next_article, next_stop, place_among, stops_of
from desktop_app.ui.navigation_history import NavigationHistory, Visit
from desktop_app.ui.words import count_of

COUNT_DELAY_MS = 40
"""Thousands of articles may name an entity: they are counted after its chips have been painted."""


class Readings(Protocol):
    """What the window asks of the library about articles and entities."""

    def article(self, id_: int) -> Article: ...
    def is_slow(self, id_: int) -> bool: ...
    def pair_for(self, id_: int) -> ArticlePair: ...
    def mentions(self, article: Article) -> tuple[Mention, ...]: ...
    def entity(self, id_: int) -> Entity: ...
    def entities(self, articles: Sequence[int] | None = None) -> list[Entity]: ...
    def entity_counts(self, articles: Sequence[int]) -> Mapping[int, Mapping[Language, int]]: ...
    def articles_naming(self, entity: int) -> list[int]: ...


class Reading(QObject):
    """Opens articles in the bilingual view and walks through mentions; remembers every place.

    `opened` and `renewed` tell that other articles, or the same ones better understood, are shown;
    `selection_changed` that another entity or mention is.
    """

    opened = Signal()
    renewed = Signal()
    selection_changed = Signal()
    history_changed = Signal()
    failed = Signal(str)

    def __init__(self, library: Readings, view: BilingualView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._view = view
        self._history = NavigationHistory()
        self._mentions: dict[Language, tuple[Mention, ...]] = {}
        self._named: dict[int, Entity] = {}
        self._naming: list[int] | None = None
        self._count_elsewhere = QTimer(self)
        self._count_elsewhere.setSingleShot(True)
        self._count_elsewhere.setInterval(COUNT_DELAY_MS)
        self._count_elsewhere.timeout.connect(self._on_time_to_count)
        self._ahead = LatestCall(self)
        self._ahead.answered.connect(self._on_read_ahead)
        self._ahead.failed.connect(lambda error: self.failed.emit(str(error)))
        self._origin = Language.ENGLISH
        self._partner: int | None = None
        self.article: int | None = None
        self.pair = ArticlePair()
        self.entity: Entity | None = None
        self.stop: Stop | None = None

    @property
    def shown(self) -> frozenset[int]:
        """The articles the panes show."""
        return frozenset(article.id for article in (self.pair.en, self.pair.hi) if article is not None)

    @property
    def opened_article(self) -> Article | None:
        """The article that was asked for; its partner stands beside it."""
        return next((a for a in (self.pair.en, self.pair.hi) if a is not None and a.id == self.article), None)

    @property
    def can_go_back(self) -> bool:
        return self._history.can_go_back

    @property
    def can_go_forward(self) -> bool:
        return self._history.can_go_forward

    def entities(self) -> list[Entity]:
        """Those the shown articles name."""
        return list(self._named.values())

    def mentions(self) -> Mapping[Language, Sequence[Mention]]:
        """Those in the shown articles, by side, in reading order."""
        return self._mentions

    def counts(self) -> Mapping[int, Mapping[Language, int]]:
        return self._library.entity_counts(sorted(self.shown)) if self.shown else {}

    def open(self, article: int, then: Callable[[], object] | None = None) -> None:
        """Show the article with its partner; the selected entity stays selected if it is named there.

        What takes long to read is shown when it has been read. *then* is called when it is shown.
        """
        self._ahead.forget()
        if article != self.article and self._library.is_slow(article):
            self._ahead.ask(lambda: (self._library.article(article), then))
            return
        if article != self.article:
            self._leave()
            if self._show(article):
                self._arrive()
        if then is not None and article == self.article:
            then()

    def wait(self, milliseconds: int) -> None:
        """Wait for an article that takes long to read."""
        self._ahead.wait(milliseconds)

    def finish(self) -> None:
        """Show nothing that is still being read."""
        self._ahead.close()

    def _on_read_ahead(self, answer: tuple[Article, Callable[[], object] | None]) -> None:
        self.open(answer[0].id, answer[1])

    def show_beside(self, language: Language, article: int) -> None:
        """Put another article on one side of the pair; what stands on the other side stays."""
        if article in self.shown or self.article is None:
            return
        stays = self.pair.side(language.other)
        opened = self.opened_article
        self._leave()
        if stays is not None and opened is not None and opened.language is language:
            shown = self._show(article, stays.id)
        else:
            shown = self._show(self.article, article)
        if shown:
            self._arrive()

    def renew(self) -> None:
        """Show what the library now knows of the opened articles; panes keep their places."""
        if self.article is None:
            return
        try:
            pair = self._pair_of(self.article, self._partner)
        except NothingFound:
            self.close()
            return
        if pair != self.pair:
            visit = self._visit()
            self._show(self.article, self._partner)
            self._restore_panes(visit)
        else:
            self._load_mentions()
            self._view.set_mentions(self._mentions[Language.ENGLISH], self._mentions[Language.HINDI], self._named)
        self.renewed.emit()
        if self.entity is not None:
            self._select(self.entity.id)
        self.selection_changed.emit()

    def close(self) -> None:
        """Show no article."""
        self.article, self._partner, self.pair, self.entity, self.stop = None, None, ArticlePair(), None, None
        self._mentions, self._named = {}, {}
        self._view.show_pair(ArticlePair())
        self.opened.emit()
        self.selection_changed.emit()

    def click(self, language: Language, mention: Mention) -> None:
        """A mention was clicked: select its entity here, or walk on if the walk already stands here."""
        stop = Stop(language, mention)
        if stop == self.stop:
            self.step(1)
            return
        self._leave()
        self._origin = language
        self._select(mention.entity)
        self._go(stop)
        self._arrive()

    def choose(self, entity: int) -> None:
        """Select an entity from outside the text and go to its first mention: in what is shown, or elsewhere."""
        if self.entity is not None and self.entity.id == entity and self.stop is not None:
            return
        self._leave()
        focused = self._view.focused_language()
        if focused is not None:
            self._origin = focused
        self._select(entity)
        first = next_stop(self._stops(), None, 1) or self._into_another_article(1)
        if first is not None:
            self._go(first)
        else:
            self.selection_changed.emit()
        self._arrive()

    def go_to(self, article: int, entity: int, start: int | None) -> None:
        """Open *article* at the mention of *entity* that begins at *start*, or else at its first one."""
        self._leave()
        if article not in self.shown and not self._show(article):
            return
        self._select(entity)
        stops = self._stops()
        language = next((side for side in Language if self._is_side(side, article)), self._origin)
        here = (stop for stop in stops if stop.language is language and start in (None, stop.mention.start))
        stop = next(here, None)
        if stop is not None:
            self._origin = language
            self._go(stop)
        else:
            self.selection_changed.emit()
        self._arrive()

    def select_named(self, name: EntityName) -> None:
        """Select the entity of the shown articles that *name* means, whatever its number; the place stays."""
        entity = find_named(self._named.values(), name)
        if entity is not None:
            stop = self.stop
            self._select(entity.id)
            places = {(s.language, s.mention.start): s for s in self._stops()}
            self.stop = None if stop is None else places.get((stop.language, stop.mention.start))
            if self.stop is not None:
                self._view.set_current_mention(self.stop.language, self.stop.mention)
            self.selection_changed.emit()

    def drop_selection(self) -> None:
        """No entity is selected any more."""
        if self.entity is None:
            return
        self.entity, self.stop, self._naming = None, None, None
        self._view.set_selected_entity(None)
        self._view.set_current_mention(Language.ENGLISH, None)
        self.selection_changed.emit()

    def step(self, direction: int) -> None:
        """Walk to the next (1) or previous (-1) mention, into another article where this pair ends."""
        if self.entity is None:
            return
        self._leave()
        target = next_stop(self._stops(), self.stop, direction)
        if target is None:
            target = self._into_another_article(direction)
        if target is not None:
            self._go(target)
            self._arrive()

    def place_words(self) -> str:
        """ "3 of 11 · 5 articles", as the status bar says it."""
        if self.entity is None:
            return ""
        words = place_among(stops_of(self._mentions, self.entity.id, Language.ENGLISH), self.stop)
        elsewhere = len(set(self._naming or ()) - self.shown)
        return f"{words} · {count_of(elsewhere, 'more article')}" if elsewhere else words

    def name_words(self) -> str:
        return "" if self.entity is None else both_names(self.entity)

    def back(self) -> None:
        self._leave()
        self._return_to(self._history.back())

    def forward(self) -> None:
        self._leave()
        self._return_to(self._history.forward())

    def recount(self) -> None:
        """The library has changed: other articles may name the entity now."""
        if self.entity is not None:
            self._naming = None
            self._count_elsewhere.start()

    def _on_time_to_count(self) -> None:
        if self.entity is not None and self._naming is None:
            self._articles_naming()
            self.selection_changed.emit()

    def _articles_naming(self) -> list[int]:
        if self._naming is None:
            self._naming = [] if self.entity is None else self._library.articles_naming(self.entity.id)
        return self._naming

    def _stops(self) -> list[Stop]:
        return [] if self.entity is None else stops_of(self._mentions, self.entity.id, self._origin)

    def _pair_of(self, article: int, partner: int | None) -> ArticlePair:
        """The article beside the *partner* a reader chose, or beside its best one."""
        if partner is not None:
            with contextlib.suppress(NothingFound):
                both = {side.language: side for side in map(self._library.article, (article, partner))}
                if len(both) == len(Language):
                    return ArticlePair(both[Language.ENGLISH], both[Language.HINDI])
        return self._library.pair_for(article)

    def _show(self, article: int, partner: int | None = None) -> bool:
        try:
            pair = self._pair_of(article, partner)
        except NothingFound as error:
            self.failed.emit(str(error))
            return False
        self.article, self._partner, self.pair, self.stop = article, partner, pair, None
        self._load_mentions()
        self._view.show_pair(pair, self._mentions[Language.ENGLISH], self._mentions[Language.HINDI], self._named)
        opened = self.opened_article
        self._origin = Language.ENGLISH if opened is None else opened.language
        if self.entity is not None and self.entity.id not in self._named:
            self.entity, self._naming = None, None
        self._view.set_selected_entity(None if self.entity is None else self.entity.id)
        self.opened.emit()
        self.selection_changed.emit()
        return True

    def _load_mentions(self) -> None:
        for language in Language:
            side = self.pair.side(language)
            self._mentions[language] = () if side is None else self._library.mentions(side)
        self._named = {entity.id: entity for entity in self._library.entities(sorted(self.shown))}

    def _select(self, entity: int) -> None:
        try:
            self.entity = self._named.get(entity) or self._library.entity(entity)
        except NothingFound:
            self.drop_selection()
            return
        self._naming = None
        self._count_elsewhere.start()
        self._view.set_selected_entity(entity)

    def _go(self, stop: Stop) -> None:
        self.stop = stop
        self._view.jump_to(stop.language, stop.mention)
        self.selection_changed.emit()

    def _into_another_article(self, direction: int) -> Stop | None:
        """Open the next article that names the entity, or begin again where no other one does."""
        assert self.entity is not None
        here = self.article if self.article is not None else 0
        article = next_article(self._articles_naming(), here, self.shown, direction)
        if article is not None:
            entity = self.entity.id
            naming = self._naming
            if not self._show(self._first_of_pair(article)):
                return None
            self._select(entity)
            self._naming = naming
        return next_stop(self._stops(), None, direction)

    def _first_of_pair(self, article: int) -> int:
        """*article* or its partner, whichever the walk meets first: so it goes back the way it came."""
        naming, pair = self._articles_naming(), self._library.pair_for(article)
        for side in (pair.en, pair.hi):
            if side is None or side.id == article or side.id not in naming:
                continue
            earlier = naming.index(side.id) < naming.index(article)
            if earlier and self._library.pair_for(side.id) == pair:
                return side.id
        return article

    def _is_side(self, language: Language, article: int) -> bool:
        side = self.pair.side(language)
        return side is not None and side.id == article

    def _visit(self) -> Visit | None:
        if self.article is None:
            return None
        panes = tuple(self._view.pane(language).place() for language in Language)
        return Visit(
            article=self.article,
            entity=None if self.entity is None else self.entity.id,
            language=None if self.stop is None else self.stop.language,
            mention_start=None if self.stop is None else self.stop.mention.start,
            panes=panes,
            partner=self._partner,
        )

    def _leave(self) -> None:
        visit = self._visit()
        if visit is not None:
            self._history.renew(visit)

    def _arrive(self) -> None:
        visit = self._visit()
        if visit is not None:
            self._history.visit(visit)
        self.history_changed.emit()

    def _return_to(self, visit: Visit | None) -> None:
        if visit is None:
            return
        here = self.article, self._partner
        if (visit.article, visit.partner) != here and not self._show(visit.article, visit.partner):
            self.history_changed.emit()
            return
        if visit.entity is None:
            self.drop_selection()
        else:
            self._select(visit.entity)
            self.stop = next(
                (
                    stop
                    for stop in self._stops()
                    if (stop.language, stop.mention.start) == (visit.language, visit.mention_start)
                ),
                None,
            )
            if self.stop is not None:
                self._view.set_current_mention(self.stop.language, self.stop.mention)
        self._restore_panes(visit)
        self.selection_changed.emit()
        self.history_changed.emit()

    def _restore_panes(self, visit: Visit | None) -> None:
        for language, place in zip(Language, visit.panes if visit else (), strict=False):
            self._view.pane(language).restore_place(place)
