"""Everything about entities beyond the texts: their pages, and a reader's corrections of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.domain import Entity, EntityName, Language, Mention
from desktop_app.errors import NothingFound
from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.concordance_controls import LANGUAGES, ORDERS
from desktop_app.ui.correction_menu import CorrectionMenu
from desktop_app.ui.correction_words import Statement
from desktop_app.ui.corrections import Corrections
from desktop_app.ui.corrections_dialog import CorrectionsDialog
from desktop_app.ui.entity_model import both_names
from desktop_app.ui.entity_names import name_of
from desktop_app.ui.entity_page_view import EntityPageView
from desktop_app.ui.entity_pages import EntityPages
from desktop_app.ui.reading import Reading
from desktop_app.ui.selected_words import selected_form
from desktop_app.ui.worker_bridge import WorkerBridge

if TYPE_CHECKING:
    from desktop_app.library import Library

_ON_THE_PAGE = (*ORDERS, *LANGUAGES)
_IN_THE_TEXTS = (
    Act.FOCUS_ENGLISH,
    Act.FOCUS_HINDI,
    Act.NEXT_MENTION,
    Act.PREVIOUS_MENTION,
    Act.NEXT_PASSAGE,
    Act.PREVIOUS_PASSAGE,
    Act.NEXT_ONE_SIDED,
    Act.PREVIOUS_ONE_SIDED,
    Act.SHOW_CONTRAST,
)
"""Actions that show something in the texts: they leave the page."""


class EntityDesk(QObject):
    """Connects the entity page and the corrections with the actions and with what is being read."""

    said = Signal(str, bool)
    """A sentence for the status bar, and whether undo takes back what it says."""
    page_shown = Signal(bool)
    """An entity's page takes the place of the texts, or leaves it."""

    def __init__(
        self,
        library: Library,
        bridge: WorkerBridge | None,
        commands: Actions,
        view: BilingualView,
        reading: Reading,
        page_view: EntityPageView,
        undo: QUndoStack,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._library = library
        self._commands = commands
        self._view = view
        self._reading = reading
        self._page_view = page_view
        self._window = window
        self._percent = 100
        self._article = reading.article
        self._selected: EntityName | None = None
        self._on_page: EntityName | None = None
        self.pages = EntityPages(library, page_view, reading, self)
        self.corrections = Corrections(library, bridge, undo, self)
        self.menu = CorrectionMenu(library, reading, self.corrections, window)
        self._connect()
        self._refresh()

    def _connect(self) -> None:
        self.pages.opened.connect(self._on_page_opened)
        self.pages.closed.connect(self._on_page_closed)
        self.pages.failed.connect(lambda sentence: self.said.emit(sentence, False))
        self._page_view.correct_requested.connect(self._on_correct_requested)
        self._reading.opened.connect(self._on_opened)
        self._reading.selection_changed.connect(self._refresh)
        self.corrections.begun.connect(self._on_begun)
        self.corrections.stated.connect(self._on_stated)
        self.corrections.taken_back.connect(self._on_taken_back)
        for act in _IN_THE_TEXTS:
            self._commands[act].triggered.connect(self.pages.close_page)
        self._commands[Act.ENTITY_PAGE].triggered.connect(self._on_page_asked)
        self._commands[Act.MERGE_ENTITY].triggered.connect(lambda: self._with_entity(self.menu.ask_merge))
        self._commands[Act.RENAME_ENTITY].triggered.connect(lambda: self._with_entity(self.menu.ask_rename))
        self._commands[Act.CORRECTIONS].triggered.connect(self._on_list_asked)

    # What the window asks

    def set_percent(self, percent: int) -> None:
        self._percent = percent
        self._page_view.set_percent(percent)
        self.menu.set_percent(percent)

    def open_page(self, entity: int) -> None:
        """Show the page of *entity* in place of the texts."""
        self.pages.open(entity)

    def follow_choice(self, entity: int) -> None:
        """An entity was chosen in the panel: if a page is shown, its page takes its place."""
        if self.pages.entity is not None:
            self.pages.show_instead(entity)

    def step_back_out(self) -> bool:
        """Esc: leave the page; says whether there was one."""
        shown = self.pages.entity is not None
        self.pages.close_page()
        return shown

    def back(self) -> bool:
        """Alt+Left: to the page before or out of it, or from a passage to the page that led there."""
        if self.pages.entity is None and not self.pages.can_return:
            return False
        self.pages.back()
        return True

    @property
    def can_go_back(self) -> bool:
        return self.pages.entity is not None or self.pages.can_return

    def renew(self) -> None:
        """The library has changed."""
        self.pages.renew()

    def extend_pane_menu(self, menu: QMenu, language: Language, mention: Mention | None) -> None:
        """What the menu of a text offers about a mention and about the selected words."""
        pane = self._view.pane(language)
        if mention is not None:
            entity = self._entity(mention.entity)
            if entity is not None:
                menu.addSeparator()
                self._add_about(menu, entity)
                self.menu.fill_for_mention(menu, language, mention)
        form = None if pane.article is None else selected_form(pane.article.text, pane.selected_span())
        if form is not None:
            menu.addSeparator()
            self.menu.fill_for_selection(menu, language, form)

    def open_entity_menu(self, entity_id: int, where: QPoint) -> None:
        """The menu of an entity in the panel."""
        entity = self._entity(entity_id)
        if entity is None:
            return
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_about(menu, entity)
        menu.addSeparator()
        self.menu.fill_for_entity(menu, entity)
        menu.popup(where)

    def close(self) -> None:
        self.pages.close()

    # What happened

    def _on_page_opened(self) -> None:
        self._refresh()
        self.page_shown.emit(True)

    def _on_page_closed(self) -> None:
        self._refresh()
        self.page_shown.emit(False)

    def _on_page_asked(self) -> None:
        if self.pages.entity is not None:
            self.pages.close_page()
        elif self._reading.entity is not None:
            self.pages.open(self._reading.entity.id)

    def _on_opened(self) -> None:
        """Another article is read: the reader wants to see it. A renewed pair is no reason to leave the page."""
        if self._reading.article != self._article:
            self._article = self._reading.article
            self.pages.close_page()

    def _on_correct_requested(self, menu: QMenu) -> None:
        if self._page_view.page is not None:
            self.menu.fill_for_entity(menu, self._page_view.page.entity)

    def _on_list_asked(self) -> None:
        CorrectionsDialog(self.corrections, self._percent, self._window).open()

    def _on_begun(self) -> None:
        page = self._page_view.page
        self._selected = None if self._reading.entity is None else name_of(self._reading.entity)
        self._on_page = None if page is None or self.pages.entity is None else name_of(page.entity)
        self.said.emit("Correcting …", False)

    def _on_stated(self, statement: Statement) -> None:
        self._follow(statement.before, statement.after)
        self.said.emit(statement.sentence, True)

    def _on_taken_back(self, statement: Statement) -> None:
        self._follow(statement.after, statement.before)
        self.said.emit(f"Taken back: {statement.sentence}", False)

    def _follow(self, old: EntityName | None, new: EntityName | None) -> None:
        """What was selected, or shown on the page, stays so under its new name and number."""
        selected = new if self._selected == old else self._selected
        current = self._reading.entity
        if selected is not None and (current is None or name_of(current) == self._selected):
            self._reading.select_named(selected)
        if self._on_page == old and new is None:
            self.pages.close_page()
        else:
            self.pages.renew(new if self._on_page == old else self._on_page)

    def _refresh(self) -> None:
        on_page = self.pages.entity is not None
        about = on_page or self._reading.entity is not None
        self._commands[Act.ENTITY_PAGE].setEnabled(about)
        self._commands[Act.ENTITY_PAGE].setChecked(on_page)
        for act in (Act.MERGE_ENTITY, Act.RENAME_ENTITY):
            self._commands[act].setEnabled(about and self.corrections.writable)
        for act in _ON_THE_PAGE:
            self._commands[act].setEnabled(on_page)

    def _with_entity(self, ask: Callable[[Entity], None]) -> None:
        """Ask about the entity whose page is shown, else about the selected one."""
        page = self._page_view.page
        entity = self._reading.entity if self.pages.entity is None or page is None else page.entity
        if entity is not None:
            ask(entity)

    def _entity(self, id_: int) -> Entity | None:
        try:
            return self._library.entity(id_)
        except NothingFound as error:
            self.said.emit(str(error), False)
            return None

    def _add_about(self, menu: QMenu, entity: Entity) -> None:
        words = both_names(entity).replace("&", "&&")
        menu.addAction(f"About {words}", lambda: self.open_page(entity.id))
