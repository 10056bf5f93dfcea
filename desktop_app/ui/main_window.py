"""The window: lays out its parts, connects them in one block, and turns actions into calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu, QSplitter, QStackedWidget

from desktop_app.domain import FileReport, Language, Mention
from desktop_app.library import Library
from desktop_app.settings import Settings
from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.article_panel import ArticlePanel
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.dialogs import AboutDialog, ImportReport, ShortcutSheet
from desktop_app.ui.drop_target import DropTarget
from desktop_app.ui.entity_panel import EntityPanel
from desktop_app.ui.fonts import ui_font
from desktop_app.ui.imports import Imports, refused
from desktop_app.ui.reading import Reading
from desktop_app.ui.search_filters import SearchFilters
from desktop_app.ui.search_panel import SearchPanel
from desktop_app.ui.search_runner import SearchRunner
from desktop_app.ui.search_session import SearchSession
from desktop_app.ui.status import StatusStrip
from desktop_app.ui.tool_bar import ToolBar
from desktop_app.ui.window_memory import furniture_percent, next_text_size, remember_window, restore_window
from desktop_app.ui.worker_bridge import WorkerBridge

_THEMES = {Act.THEME_SYSTEM: "system", Act.THEME_LIGHT: "light", Act.THEME_DARK: "dark"}
_READABLE = "News reports (*.txt *.html *.htm *.xhtml);;All files (*)"
_READ_ONLY = "Another Setu has this library open: here you can read and search, but not import."
_BEING_READ = "These articles are being read: who and what they name will stand here in a moment."
_NAMES_NOBODY = "These articles name nobody and nothing that Setu knows of."
_NOTHING_OPEN = "Open an article to see who and what it names."


class MainWindow(QMainWindow):
    """The one window. Without a *bridge* the library is only read."""

    theme_chosen = Signal(str)
    settings_changed = Signal(object)

    def __init__(
        self,
        library: Library,
        bridge: WorkerBridge | None,
        settings: Settings,
        samples: Sequence[Path] = (),
        version: str = "",
    ) -> None:
        super().__init__()
        self._library = library
        self._bridge = bridge
        self._settings = settings
        self._samples = tuple(samples)
        self._version = version
        self.commands = Actions(self)
        self.tool_bar = ToolBar(self.commands, self)
        self.articles = ArticlePanel(library, self.commands, self)
        self.search_panel = SearchPanel(self)
        self.view = BilingualView(self)
        self.entities = EntityPanel(self)
        self.status = StatusStrip(self.commands, self)
        self.runner = SearchRunner(library, self)
        self.reading = Reading(library, self.view, self)
        self.search = SearchSession(self.runner, self.search_panel, self.reading, self.view, self)
        self.imports = None if bridge is None else Imports(bridge, self.status, self)
        self._lay_out()
        self._connect()
        self._apply_settings()
        self.refresh_list()
        self._show_reading()
        self._on_selection_changed()
        self._on_history_changed()
        self.articles.setFocus()

    # Building

    def _lay_out(self) -> None:
        self.setObjectName("main_window")
        self.setMinimumSize(760, 460)
        self.resize(1280, 800)
        self.commands.fill_menu_bar(self.menuBar())
        self.addToolBar(self.tool_bar)
        self.setStatusBar(self.status)
        self._left = QStackedWidget(self)
        self._left.addWidget(self.articles)
        self._left.addWidget(self.search_panel)
        self._columns = QSplitter(Qt.Orientation.Horizontal, self)
        self._columns.setHandleWidth(1)
        self._columns.setChildrenCollapsible(False)
        for part, stretch in ((self._left, 0), (self.view, 1), (self.entities, 0)):
            self._columns.addWidget(part)
            self._columns.setStretchFactor(self._columns.count() - 1, stretch)
        self._columns.setSizes([290, 760, 230])
        self.setCentralWidget(self._columns)
        self._drop_target = DropTarget(self)
        self.setTabOrder(self.tool_bar.search, self.articles.view)
        self.setTabOrder(self.articles.view, self.view.pane(Language.ENGLISH))
        self.setTabOrder(self.view.pane(Language.ENGLISH), self.view.pane(Language.HINDI))
        self.setTabOrder(self.view.pane(Language.HINDI), self.entities.filter)
        self.setTabOrder(self.entities.filter, self.entities.view)

    def _connect(self) -> None:
        """Every signal of the window's parts, and what it leads to."""
        self.articles.article_chosen.connect(self.reading.open)
        self.articles.order_chosen.connect(self.refresh_list)

        self.tool_bar.search.textChanged.connect(self.search.type_words)
        self.tool_bar.search.returnPressed.connect(self.search.enter)
        self.tool_bar.search.down_pressed.connect(self._on_search_left_downwards)
        self.tool_bar.filters_changed.connect(self._on_filters_changed)
        self.runner.answered.connect(self.search.on_answered)
        self.runner.failed.connect(self.search.on_failed)
        self.search_panel.hit_chosen.connect(self.search.choose_hit)
        self.search_panel.hit_entered.connect(self.search.enter_hit)
        self.search.began.connect(lambda: self._left.setCurrentWidget(self.search_panel))
        self.search.ended.connect(lambda: self._left.setCurrentWidget(self.articles))

        self.view.mention_clicked.connect(self.reading.click)
        self.view.context_requested.connect(self._on_context_requested)
        self.view.text_zoom_requested.connect(self._on_zoom_requested)
        self.entities.entity_chosen.connect(self.reading.choose)
        self.entities.step_requested.connect(self.reading.step)
        self.reading.opened.connect(self._show_reading)
        self.reading.renewed.connect(self._show_reading)
        self.reading.selection_changed.connect(self._on_selection_changed)
        self.reading.history_changed.connect(self._on_history_changed)
        self.reading.failed.connect(self.status.say)
        self._drop_target.paths_dropped.connect(self.import_paths)

        if self.imports is not None:
            self.imports.library_changed.connect(self._on_library_changed)
            self.imports.import_finished.connect(self._on_import_finished)
            self.imports.work_finished.connect(self.refresh_list)

        slots: dict[Act, Callable[[], object]] = {
            Act.IMPORT_FILES: self._on_import_files,
            Act.IMPORT_FOLDER: self._on_import_folder,
            Act.IMPORT_SAMPLES: lambda: self.import_paths(self._samples),
            Act.QUIT: self.close,
            Act.FIND: self._on_find,
            Act.NEXT_HIT: lambda: self.search.step(1),
            Act.PREVIOUS_HIT: lambda: self.search.step(-1),
            Act.STEP_BACK_OUT: self._on_step_back_out,
            Act.BACK: self.reading.back,
            Act.FORWARD: self.reading.forward,
            Act.NEXT_MENTION: lambda: self.reading.step(1),
            Act.PREVIOUS_MENTION: lambda: self.reading.step(-1),
            Act.NEXT_ARTICLE: lambda: self._open_next_story(1),
            Act.PREVIOUS_ARTICLE: lambda: self._open_next_story(-1),
            Act.FOCUS_LIST: self._focus_left,
            Act.FOCUS_ENGLISH: lambda: self.view.focus_pane(Language.ENGLISH),
            Act.FOCUS_HINDI: lambda: self.view.focus_pane(Language.HINDI),
            Act.FOCUS_ENTITIES: self.entities.focus_filter,
            Act.TEXT_LARGER: lambda: self._on_zoom_requested(1),
            Act.TEXT_SMALLER: lambda: self._on_zoom_requested(-1),
            Act.TEXT_NORMAL: lambda: self.set_text_size(100),
            Act.SHORTCUTS: self._on_shortcuts,
            Act.ABOUT: self._on_about,
        }
        if self.imports is not None:
            slots[Act.CANCEL] = self.imports.cancel
            slots[Act.REINDEX] = self.imports.rebuild_index
        for act, slot in slots.items():
            self.commands[act].triggered.connect(slot)
        for act, theme in _THEMES.items():
            self.commands[act].triggered.connect(lambda _=False, theme=theme: self._on_theme_chosen(theme))
        self.commands[Act.SHOW_LIST].toggled.connect(self._left.setVisible)
        self.commands[Act.SHOW_ENTITIES].toggled.connect(self._on_entities_shown)
        self.commands[Act.FULL_SCREEN].toggled.connect(self._on_full_screen)

    def _apply_settings(self) -> None:
        settings = self._settings
        for act, theme in _THEMES.items():
            self.commands[act].setChecked(theme == settings.theme)
        self.commands[Act.SHOW_LIST].setChecked(True)
        self.commands[Act.SHOW_ENTITIES].setChecked(settings.entity_panel_shown)
        self.entities.setVisible(settings.entity_panel_shown)
        restore_window(settings, self, self._columns, self.view.splitter())
        self.set_text_size(settings.text_size_percent)
        for act in (Act.IMPORT_FILES, Act.IMPORT_FOLDER, Act.IMPORT_SAMPLES, Act.CANCEL, Act.REINDEX):
            self.commands[act].setEnabled(self.imports is not None)
        if self.imports is None:
            self.status.say(_READ_ONLY, lasting=True)

    # What others may ask

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders in the background."""
        if self.imports is None:
            self.status.say(_READ_ONLY, lasting=True)
        else:
            self.imports.start(paths)

    def open_last_or_first(self) -> None:
        """Open what was open the last time, or the list's first article."""
        ids = self._library.article_ids(self.articles.order)
        last = self._settings.last_article
        if ids:
            self.reading.open(last if last in ids else ids[0])

    def set_text_size(self, percent: int) -> None:
        """Text size of the panes in percent; everything around them grows half as much."""
        furniture = furniture_percent(percent)
        self.view.set_text_size(percent)
        for part in (self.tool_bar, self.articles, self.search_panel, self.entities, self.status):
            part.set_percent(furniture)
        self.menuBar().setFont(ui_font(furniture))
        self._change_settings(replace(self._settings, text_size_percent=percent))

    def refresh_list(self) -> None:
        """Show the library's articles as they now are."""
        language = self.tool_bar.filters.language
        ids = self._library.article_ids(self.articles.order, language)
        status = self._library.status()
        self.articles.show_ids(ids, library_is_empty=status.articles == 0)
        self.status.show_library(status.articles, status.waiting_for_understanding)
        self._mark_opened()

    # What happened

    def _show_reading(self) -> None:
        """Bring list, panel and title in line with what the panes show."""
        self._mark_opened()
        shown = self.reading.shown
        waiting = [article for article in shown if not self._library.understood(article)]
        if waiting and self._bridge is not None:
            self._bridge.understand(waiting)
        why_empty = _NOTHING_OPEN if not shown else _BEING_READ if waiting else _NAMES_NOBODY
        self.entities.show_entities(self.reading.entities(), self.reading.counts(), why_empty)
        opened = self.reading.opened_article
        self.setWindowTitle("Setu" if opened is None else f"{opened.title} — Setu")
        self.search.mark_hits()

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
        self.commands[Act.BACK].setEnabled(self.reading.can_go_back)
        self.commands[Act.FORWARD].setEnabled(self.reading.can_go_forward)

    def _on_library_changed(self, ids: frozenset[int]) -> None:
        self.refresh_list()
        if self.reading.article is None:
            self.open_last_or_first()
        elif ids & self.reading.shown or not (self.reading.pair.en and self.reading.pair.hi):
            self.reading.renew()

    def _on_import_finished(self, reports: list[FileReport], summary: str) -> None:
        if refused(reports):
            ImportReport(summary, refused(reports), self).open()

    def _on_filters_changed(self, filters: SearchFilters) -> None:
        self.refresh_list()
        self.search.set_filters(filters)

    def _on_search_left_downwards(self) -> None:
        self._focus_left()
        if self.search.active and len(self.search_panel.view.results.hits):
            self.search_panel.view.setCurrentIndex(self.search_panel.view.results.index(0))

    def _focus_left(self) -> None:
        (self.search_panel if self.search.active else self.articles).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_find(self) -> None:
        self.tool_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tool_bar.search.selectAll()

    def _on_step_back_out(self) -> None:
        """Esc: out of the filter, out of the search, out of the selection, one after the other."""
        if self.entities.clear_filter():
            return
        if self.search.active or self.tool_bar.search.text():
            self.tool_bar.search.clear()
            self.tool_bar.clear_dates()
            self.search.end()
            self.articles.view.setFocus()
        else:
            self.reading.drop_selection()

    def _open_next_story(self, direction: int) -> None:
        model = self.articles.view.articles
        row = model.index_of(self.reading.article).row() if self.reading.article is not None else -1
        while 0 <= row + direction < model.rowCount():
            row += direction
            article = model.id_at(model.index(row))
            if article is not None and article not in self.reading.shown:
                self.reading.open(article)
                return

    # Actions

    def _on_import_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "Import files", "", _READABLE)
        self.import_paths([Path(name) for name in names])

    def _on_import_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Import a folder")
        if name:
            self.import_paths([Path(name)])

    def _on_zoom_requested(self, direction: int) -> None:
        self.set_text_size(next_text_size(self._settings.text_size_percent, direction))
        self.status.say(f"Text size {self._settings.text_size_percent} %")

    def _on_theme_chosen(self, theme: str) -> None:
        self.theme_chosen.emit(theme)
        self._change_settings(replace(self._settings, theme=theme))

    def _on_entities_shown(self, shown: bool) -> None:
        self.entities.setVisible(shown)
        self._change_settings(replace(self._settings, entity_panel_shown=shown))

    def _on_full_screen(self, full: bool) -> None:
        state = self.windowState()
        full_screen = Qt.WindowState.WindowFullScreen
        self.setWindowState(state | full_screen if full else state & ~full_screen)

    def _on_shortcuts(self) -> None:
        ShortcutSheet(self.commands, furniture_percent(self._settings.text_size_percent), self).open()

    def _on_about(self) -> None:
        AboutDialog(self._version, furniture_percent(self._settings.text_size_percent), self).open()

    def _on_context_requested(self, language: Language, mention: Mention | None, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        pane = self.view.pane(language)
        if mention is not None:
            words = mention.text.replace("&", "&&")
            menu.addAction(f"All mentions of “{words}”", lambda: self.reading.click(language, mention))
            menu.addAction(f"Search for “{words}”", lambda: self.search_for(mention.text))
            menu.addSeparator()
        copy = menu.addAction("Copy", pane.copy)
        copy.setEnabled(pane.textCursor().hasSelection())
        menu.addAction("Select all", pane.selectAll)
        menu.popup(where)

    def search_for(self, words: str) -> None:
        """Put *words* into the search field as a phrase and search."""
        self.tool_bar.search.setText(f'"{words}"' if " " in words else words)
        self.tool_bar.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change_settings(self, settings: Settings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.settings_changed.emit(settings)

    def closeEvent(self, event: QCloseEvent) -> None:
        panes = self.view.splitter()
        self._change_settings(remember_window(self._settings, self, self._columns, panes, self.reading.article))
        self.hide()
        self.runner.close()
        if self._bridge is not None:
            self._bridge.stop()
        super().closeEvent(event)
