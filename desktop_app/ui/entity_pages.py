"""Which entity's page is shown: opened, left again, kept true."""

from __future__ import annotations

import contextlib
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop_app.domain import ConcordanceLine, Entity, EntityName, EntityPage
from desktop_app.errors import NothingFound, ReaderError
from desktop_app.ui.entity_names import find_named, is_named, name_of
from desktop_app.ui.entity_page_view import EntityPageView
from desktop_app.ui.latest_call import LatestCall
from desktop_app.ui.reading import Reading


class Pages(Protocol):
    """What the window asks of the library about one entity; both are called from another thread."""

    def entity_page(self, id_: int) -> EntityPage: ...
    def entities(self, articles: None = None) -> list[Entity]: ...


class EntityPages(QObject):
    """Pages lead to pages: each step back returns to the one before, the last to the texts."""

    opened = Signal()
    closed = Signal()
    failed = Signal(str)

    def __init__(self, library: Pages, view: EntityPageView, reading: Reading, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._view = view
        self._reading = reading
        self._trail: list[int] = []
        self._left_for_passage: list[int] = []
        self._call = LatestCall(self)
        self._call.answered.connect(self._on_loaded)
        self._call.failed.connect(self._on_failed)
        view.entity_chosen.connect(self.open)
        view.line_chosen.connect(self._on_line_chosen)
        view.article_chosen.connect(self._on_article_chosen)
        reading.history_changed.connect(self._on_history_changed)

    @property
    def entity(self) -> int | None:
        """Whose page is shown."""
        return self._trail[-1] if self._trail else None

    @property
    def can_return(self) -> bool:
        """Whether the reader has just come from a page to a passage."""
        return bool(self._left_for_passage)

    def open(self, entity: int) -> None:
        """Show the page of *entity*."""
        if entity != self.entity:
            self._trail.append(entity)
            self._load(None)

    def show_instead(self, entity: int) -> None:
        """Show the page of *entity* in place of the one shown."""
        if self._trail and entity != self.entity:
            self._trail[-1] = entity
            self._load(None)

    def back(self) -> None:
        """To the page before, or to the texts; from a passage, to the page that led to it."""
        if not self._trail:
            self._trail, self._left_for_passage = self._left_for_passage, []
            if self._trail:
                self._load(None)
        elif len(self._trail) == 1:
            self.close_page()
        else:
            self._trail.pop()
            self._load(None)

    def close_page(self) -> None:
        """Back to the texts, as they were left."""
        self._call.forget()
        if self._trail:
            self._trail = []
            self.closed.emit()

    def renew(self, name: EntityName | None = None) -> None:
        """The library has changed: show what it now knows of the entity, which may be called *name* by now."""
        page = self._view.page
        if self._trail and page is not None:
            self._load(name or name_of(page.entity))

    def wait(self, milliseconds: int) -> None:
        """Wait for a page that is being made."""
        self._call.wait(milliseconds)

    def close(self) -> None:
        self._call.close()

    def _load(self, name: EntityName | None) -> None:
        entity = self._trail[-1]
        self._call.ask(lambda: _page(self._library, entity, name))

    def _on_loaded(self, page: EntityPage) -> None:
        if not self._trail:
            return
        self._trail[-1] = page.entity.id
        self._view.show_page(page)
        self.opened.emit()

    def _on_failed(self, error: ReaderError) -> None:
        self.failed.emit(str(error))
        self._trail = self._trail[:-1]
        if self._trail:
            self._load(None)
        else:
            self.closed.emit()

    def _on_line_chosen(self, line: ConcordanceLine) -> None:
        self._go_to_passage(line.article, line.start)

    def _on_article_chosen(self, article: int) -> None:
        page = self._view.page
        lines = () if page is None else page.concordance
        first = min((line.start for line in lines if line.article == article), default=None)
        self._go_to_passage(article, first)

    def _go_to_passage(self, article: int, start: int | None) -> None:
        trail, entity = list(self._trail), self.entity
        self.close_page()
        if entity is not None:
            self._reading.go_to(article, entity, start)
            self._left_for_passage = trail

    def _on_history_changed(self) -> None:
        self._left_for_passage = []


def _page(library: Pages, entity: int, name: EntityName | None) -> EntityPage:
    """The page of *entity*; with *name*, of what is called that now, whatever its number."""
    if name is None:
        return library.entity_page(entity)
    page = None
    with contextlib.suppress(NothingFound):
        page = library.entity_page(entity)
    if page is not None and is_named(page.entity, name):
        return page
    found = find_named(library.entities(), name)
    if found is not None:
        return library.entity_page(found.id)
    if page is None or not page.entity.mentions:
        raise EntityGone(name)
    return page


class EntityGone(ReaderError):
    """No article names it any more."""

    def __init__(self, name: EntityName) -> None:
        super().__init__(f"No article names {name.shown} any more.")
