"""The window: connects its parts in one block, and turns actions into calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMenu

from desktop_app.domain import Language, Narrowing
from desktop_app.errors import ReaderError
from desktop_app.library import Library
from desktop_app.search.errors import IndexDamaged
from desktop_app.settings import Settings
from desktop_app.ui.actions import Act
from desktop_app.ui.dialogs import AboutDialog, ShortcutSheet
from desktop_app.ui.fonts import ui_font
from desktop_app.ui.import_desk import NOT_HERE
from desktop_app.ui.window_parts import WindowParts
from desktop_app.ui.words import shortened
from desktop_app.ui.worker_bridge import WorkerBridge

_BEING_REBUILT = "The search index was damaged and is being built anew. Results will stand here in a moment."
_REBUILT_ELSEWHERE = (
    "The search index is damaged. Search in the Setu that has this library open: it will build it anew."
)
_WELCOME = (
    "Setu shows an English and a Hindi report of one event side by side.\n\nDrop some on this window, or press Ctrl+O."
)
_WELCOME_HINDI = "सेतु एक ही घटना की अंग्रेज़ी और हिंदी रिपोर्ट आमने-सामने दिखाता है।\n\nउन्हें इस विंडो पर छोड़ें, या Ctrl+O दबाएँ।"
_CHANGING = (
    Act.IMPORT_FILES,
    Act.IMPORT_FOLDER,
    Act.IMPORT_SAMPLES,
    Act.PASTE_ARTICLE,
    Act.ADD_PAGE,
    Act.FETCH_FEEDS,
    Act.STATE_DATE,
    Act.REMOVE_ARTICLE,
    Act.CANCEL,
    Act.REINDEX,
    Act.LINK_PASSAGES,
    Act.UNLINK_PASSAGES,
    Act.JOIN_REPORTS,
    Act.PART_REPORTS,
    Act.MERGE_ENTITY,
    Act.RENAME_ENTITY,
)
"""What only the one writing window can do."""
_BEING_READ = "These articles are being read: who and what they name will stand here in a moment."
_NAMES_NOBODY = "These articles name nobody and nothing that Setu knows of."
_NOTHING_OPEN = "Open an article to see who and what it names."


class MainWindow(WindowParts):
    """The one window. Without a *bridge* the library is only read."""

    def __init__(
        self,
        library: Library,
        bridge: WorkerBridge | None,
        settings: Settings,
        samples: Sequence[Path] = (),
        version: str = "",
        why_read_only: str = NOT_HERE,
    ) -> None:
        """*why_read_only* is said where there is no bridge."""
        super().__init__(library, bridge, settings, why_read_only)
        self._samples = tuple(samples)
        self._version = version
        self._asked_to_read: set[int] = set()
        self._connect()
        self._begin()

    # Building

    def _connect(self) -> None:
        """Every signal of the window's parts, and what it leads to."""
        self.articles.article_chosen.connect(self.reading.open)
        self.articles.order_chosen.connect(self.refresh_list)
        self.articles.view.menu_requested.connect(self.article_menu.open)
        self._drop_target.paths_dropped.connect(self.import_paths)
        self._drop_target.addresses_dropped.connect(self.import_desk.fetch)
        self._drop_target.text_dropped.connect(self.import_desk.import_text)
        self.import_desk.article_wanted.connect(self.reading.open)
        self.view.address_chosen.connect(self.links.ask)

        self.tool_bar.search.down_pressed.connect(self._on_search_left_downwards)
        self.tool_bar.filters_changed.connect(self._on_filters_changed)
        self.runner.answered.connect(self.search.on_answered)
        self.runner.failed.connect(self._on_search_failed)
        self.search_panel.hit_chosen.connect(self.search.choose_hit)
        self.search_panel.hit_entered.connect(self.search.enter_hit)
        self.search.began.connect(lambda: self._left.setCurrentWidget(self.search_panel))
        self.search.ended.connect(lambda: self._left.setCurrentWidget(self.articles))
        self.search_desk.said.connect(self.status.say)
        self.finding.closed.connect(self.search.mark_hits)

        self.view.mention_clicked.connect(self.reading.click)
        self.view.side_chosen.connect(self.reading.show_beside)
        self.view.context_requested.connect(self._pane_menu.open)
        self._pane_menu.search_requested.connect(self.search_for)
        self.view.text_zoom_requested.connect(self.options.zoom)
        self.entities.entity_chosen.connect(self.reading.choose)
        self.entities.step_requested.connect(self.reading.step)
        self.entities.entity_chosen.connect(self.desk.follow_choice)
        self.entities.page_requested.connect(self.desk.open_page)
        self.entities.menu_requested.connect(self.desk.open_entity_menu)
        self._pane_menu.built.connect(self.desk.extend_pane_menu)
        self.desk.page_shown.connect(self._on_page_shown)
        self.desk.said.connect(lambda sentence, can_undo: self.status.say(sentence, can_undo=can_undo))
        for chosen in (self.articles.article_chosen, self.search_panel.hit_chosen, self.search_panel.hit_entered):
            chosen.connect(self.desk.step_back_out)
        self.reading.opened.connect(self._show_reading)
        self.reading.renewed.connect(self._show_reading)
        for changed in (self.reading.opened, self.reading.renewed):
            changed.connect(lambda: self.correspondence.show_pair(self.reading.pair))
            changed.connect(lambda: self.partners.show_pair(self.reading.pair))
            changed.connect(lambda: self.story_commands.show_pair(self.reading.pair))
            changed.connect(lambda: self.article_desk.show_pair(self.reading.pair))
        self.article_desk.date_stated.connect(lambda article: self._on_library_changed(frozenset({article})))
        self.article_desk.check_requested.connect(self.library_desk.check)
        self.correspondence.failed.connect(self.status.say)
        self.contrast.failed.connect(self.status.say)
        self.view.passages.walk_ended.connect(self.status.say)
        self.reading.selection_changed.connect(self._on_selection_changed)
        self.reading.history_changed.connect(self._on_history_changed)
        self.reading.failed.connect(self.status.say)
        self.options.text_size_changed.connect(self._on_text_size_changed)

        slots: dict[Act, Callable[[], object]] = {
            Act.IMPORT_SAMPLES: lambda: self.import_paths(self._samples),
            Act.QUIT: self.close,
            Act.SEARCH: self._on_search,
            Act.FIND: self._on_find,
            Act.NEXT_HIT: lambda: (self.finding if self.finding.has_words else self.search).step(1),
            Act.PREVIOUS_HIT: lambda: (self.finding if self.finding.has_words else self.search).step(-1),
            Act.STEP_BACK_OUT: self._on_step_back_out,
            Act.BACK: self._on_back,
            Act.FORWARD: self.reading.forward,
            Act.NEXT_MENTION: lambda: self.reading.step(1),
            Act.PREVIOUS_MENTION: lambda: self.reading.step(-1),
            Act.LATER_PART: lambda: self.view.turn_part(1),
            Act.EARLIER_PART: lambda: self.view.turn_part(-1),
            Act.NEXT_ARTICLE: lambda: self._open_next_story(1),
            Act.PREVIOUS_ARTICLE: lambda: self._open_next_story(-1),
            Act.FOCUS_LIST: self._focus_left,
            Act.FOCUS_ENGLISH: lambda: self.view.focus_pane(Language.ENGLISH),
            Act.FOCUS_HINDI: lambda: self.view.focus_pane(Language.HINDI),
            Act.FOCUS_ENTITIES: self.entities.focus_filter,
            Act.SHORTCUTS: lambda: ShortcutSheet(self.commands, self.options.furniture_percent, self).open(),
            Act.ABOUT: lambda: AboutDialog(self._version, self.options.furniture_percent, self).open(),
        }
        if self.imports is not None:
            slots[Act.CANCEL] = self.imports.cancel
            slots[Act.REINDEX] = self.imports.rebuild_index
            assert self._bridge is not None
            self._bridge.noticed.connect(self.status.say)
            self.imports.library_changed.connect(self._on_library_changed)
            self.imports.work_finished.connect(self.refresh_list)
            self.imports.index_rebuilt.connect(self.search.repeat)
        if self._watch is not None:
            self._watch.changed.connect(lambda: self._on_library_changed(self.reading.shown))
        for act, slot in slots.items():
            self.commands[act].triggered.connect(slot)
        self.commands[Act.SHOW_LIST].toggled.connect(self._left.setVisible)
        self.commands[Act.SHOW_ENTITIES].toggled.connect(self.entities.setVisible)
        self.commands[Act.SHOW_CONTRAST].toggled.connect(self.contrast.show)
        self.contrast_sheet.close_requested.connect(lambda: self.commands[Act.SHOW_CONTRAST].setChecked(False))
        self.commands[Act.FULL_SCREEN].toggled.connect(self._on_full_screen)

    def _begin(self) -> None:
        """Bring every part in line with the settings and the library."""
        self.options.restore(self, self._columns, self.view.splitter())
        self.entities.setVisible(self.options.settings.entity_panel_shown)
        self._on_text_size_changed(self.options.settings.text_size_percent)
        if self.imports is None:
            self.commands.forbid(_CHANGING, self._why_read_only)
            self.status.show_read_only(self._why_read_only)
            self.status.say(self._why_read_only, lasting=True)
        self.refresh_list()
        self._show_reading()
        self._on_selection_changed()
        self._on_history_changed()
        self.articles.setFocus()

    # What others may ask

    def start(self, files: Sequence[Path] = ()) -> None:
        """Begin the day: import *files*, or the samples into a new library, and open what was open last."""
        status = self._library.status()
        if files:
            self.import_paths(files)
        elif not status.articles and not self.options.settings.samples_offered:
            self.import_paths(self._samples)
        elif status.waiting_for_understanding and self._bridge is not None:
            self._bridge.understand()
        self.options.change(replace(self.options.settings, samples_offered=True))
        self.open_last_or_first()

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders in the background."""
        self.import_desk.import_paths(paths)

    def open_last_or_first(self) -> None:
        """Open what was open the last time, or the list's first article."""
        ids = self._library.article_ids(self.articles.order)
        last = self.options.settings.last_article
        if ids:
            self.reading.open(last if last in ids else ids[0])
        else:
            self.view.show_message(_WELCOME, _WELCOME_HINDI)

    def search_for(self, words: str) -> None:
        """Put *words* into the search field, as a phrase if there are several, and search."""
        self.tool_bar.search.setText(f'"{words}"' if " " in words else words)
        self.tool_bar.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh_list(self) -> None:
        """Show the library's articles as they now are."""
        status = self._library.status()
        ids = self._library.article_ids(self.articles.order, self.tool_bar.filters.language)
        self.articles.show_ids(ids, library_is_empty=status.articles == 0)
        self.status.show_library(status.articles, status.waiting_for_understanding)
        self._mark_opened()

    # What happened

    def _show_reading(self) -> None:
        """Bring list, panel and title in line with what the panes show."""
        self._mark_opened()
        shown = self.reading.shown
        waiting = [article for article in shown if not self._library.understood(article)]
        unasked = [article for article in waiting if article not in self._asked_to_read]
        if unasked and self._bridge is not None:
            # Once only: an article that cannot be understood would be asked for again at every change.
            self._asked_to_read.update(unasked)
            self._bridge.understand(unasked)
        why_empty = _NOTHING_OPEN if not shown else _BEING_READ if waiting else _NAMES_NOBODY
        self.entities.show_entities(self.reading.entities(), self.reading.counts(), why_empty)
        opened = self.reading.opened_article
        self.setWindowTitle("Setu" if opened is None else f"{shortened(opened.title, 120)} — Setu")
        self.search.mark_hits()
        self.finding.renew()

    def _mark_opened(self) -> None:
        self.articles.view.articles.mark_open(self.reading.shown)
        if self.reading.article is not None:
            self.articles.view.show_current(self.reading.article)

    def _on_selection_changed(self) -> None:
        entity = self.reading.entity
        self.entities.select(None if entity is None else entity.id)
        self.status.show_selection(self.reading.name_words(), self.reading.place_words())
        for act in (Act.NEXT_MENTION, Act.PREVIOUS_MENTION):
            self.commands[act].setEnabled(entity is not None)

    def _on_history_changed(self) -> None:
        self.commands[Act.BACK].setEnabled(self.reading.can_go_back or self.desk.can_go_back)
        self.commands[Act.FORWARD].setEnabled(self.reading.can_go_forward)

    def _on_library_changed(self, ids: frozenset[int]) -> None:
        self.refresh_list()
        alone = not (self.reading.pair.en and self.reading.pair.hi)
        if self.reading.article is not None and (alone or ids & self.reading.shown):
            self.reading.renew()
        if self.reading.article is None:
            self.open_last_or_first()
            if not self.tool_bar.search.text():
                # The list has just come to be: until now the keys had nowhere to go but the search field.
                self.articles.setFocus()
        self.reading.recount()
        self.desk.renew()

    def _on_page_shown(self, shown: bool) -> None:
        """An entity's page stands where the texts stood, or the texts are back."""
        self._middle.setCurrentWidget(self.page_view if shown else self._texts)
        (self.page_view if shown else self.view.pane(Language.ENGLISH)).setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_history_changed()

    def _on_search_failed(self, error: ReaderError) -> None:
        if not isinstance(error, IndexDamaged):
            self.search.on_failed(str(error))
        elif self.imports is None:
            self.search.on_failed(_REBUILT_ELSEWHERE)
        else:
            self.search.on_failed(_BEING_REBUILT)
            self.imports.rebuild_index(damaged=True)

    def _on_filters_changed(self, filters: Narrowing) -> None:
        self.refresh_list()
        self.search.set_filters(filters)

    def _on_search_left_downwards(self) -> None:
        self._focus_left()
        if self.search.active and self.search_panel.view.results.hits:
            self.search_panel.view.show_current(0)
            self.search.choose_hit(0)

    def _on_text_size_changed(self, percent: int) -> None:
        furniture = self.options.furniture_percent
        QApplication.setFont(ui_font(furniture))
        # Menus have a font of their own on most desktops.
        for menu in (self.menuBar(), *self.findChildren(QMenu)):
            menu.setFont(ui_font(furniture))
        self.view.set_text_size(percent)
        self.desk.set_percent(furniture)
        for part in (
            self.tool_bar,
            self.articles,
            self.search_panel,
            self.search_desk,
            self.find_bar,
            self.contrast_sheet,
            self.entities,
            self.status,
            self.notices,
            self._columns,
        ):
            part.set_percent(furniture)

    # Actions

    def _focus_left(self) -> None:
        (self.search_panel if self.search.active else self.articles).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_find(self) -> None:
        self.desk.step_back_out()
        self.finding.open()

    def _on_search(self) -> None:
        self.tool_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tool_bar.search.selectAll()

    def _on_step_back_out(self) -> None:
        """Esc: out of the filter, out of the search, out of the selection, one after the other."""
        if self.entities.clear_filter() or self.desk.step_back_out():
            return
        if self.finding.active:
            self.finding.close()
            return
        if self.search.active or self.tool_bar.search.text():
            self.tool_bar.search.clear()
            self.tool_bar.clear_dates()
            self.search.end()
            self.articles.setFocus()
        else:
            self.reading.drop_selection()
            self.view.passages.drop_current()

    def _on_back(self) -> None:
        if not self.desk.back():
            self.reading.back()

    def _open_next_story(self, direction: int) -> None:
        article = self.articles.view.articles.next_from(self.reading.article, direction, self.reading.shown)
        if article is not None:
            self.reading.open(article)

    def _on_full_screen(self, full: bool) -> None:
        state, full_screen = self.windowState(), Qt.WindowState.WindowFullScreen
        self.setWindowState(state | full_screen if full else state & ~full_screen)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.options.remember(self, self._columns, self.view.splitter(), self.reading.article)
        self.hide()
        self.runner.close()
        self.search_desk.close()
        self.finding.finish()
        self.correspondence.close()
        self.contrast.close()
        self.desk.close()
        self.feed_desk.close()
        self.article_desk.close()
        self.reading.finish()
        # A stack that dies with commands on it announces that to slots which died before it.
        self.undo.clear()
        for watcher in (self._bridge, self._watch):
            if watcher is not None:
                watcher.stop()
        super().closeEvent(event)
