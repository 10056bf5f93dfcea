"""The parts of the window: each is built once, knows those before it, and has its place."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.library import Library
from desktop_app.settings import Settings
from desktop_app.ui.actions import Actions
from desktop_app.ui.article_desk import ArticleDesk
from desktop_app.ui.article_menu import ArticleMenu
from desktop_app.ui.article_panel import ArticlePanel
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.columns import Columns
from desktop_app.ui.contrast import Contrast
from desktop_app.ui.contrast_sheet import ContrastSheet
from desktop_app.ui.correspondence import Correspondence
from desktop_app.ui.drop_target import DropTarget
from desktop_app.ui.entity_desk import EntityDesk
from desktop_app.ui.entity_page_view import EntityPageView
from desktop_app.ui.entity_panel import EntityPanel
from desktop_app.ui.feed_desk import FeedDesk
from desktop_app.ui.find_bar import FindBar
from desktop_app.ui.find_session import FindSession
from desktop_app.ui.import_desk import NOT_HERE, ImportDesk
from desktop_app.ui.imports import Imports
from desktop_app.ui.library_desk import LibraryDesk
from desktop_app.ui.library_watch import LibraryWatch
from desktop_app.ui.links import Links
from desktop_app.ui.notice_bar import NoticeBar
from desktop_app.ui.pane_menu import PaneMenu
from desktop_app.ui.partners import Partners
from desktop_app.ui.passage_commands import PassageCommands
from desktop_app.ui.reading import Reading
from desktop_app.ui.removal import Removal
from desktop_app.ui.search_desk import SearchDesk
from desktop_app.ui.search_panel import SearchPanel
from desktop_app.ui.search_runner import SearchRunner
from desktop_app.ui.search_session import SearchSession
from desktop_app.ui.status import StatusStrip
from desktop_app.ui.story_commands import StoryCommands
from desktop_app.ui.tool_bar import ToolBar
from desktop_app.ui.view_options import ViewOptions
from desktop_app.ui.worker_bridge import WorkerBridge


class WindowParts(QMainWindow):
    """All that the window consists of, laid out but not yet connected. Without a *bridge* the library is only read."""

    def __init__(
        self, library: Library, bridge: WorkerBridge | None, settings: Settings, why_read_only: str = NOT_HERE
    ) -> None:
        """*why_read_only* is said where there is no bridge."""
        super().__init__()
        self._library = library
        self._bridge = bridge
        self._why_read_only = why_read_only
        self.commands = Actions(self)
        self.options = ViewOptions(settings, self.commands, self)
        self.tool_bar = ToolBar(self.commands, self)
        self.articles = ArticlePanel(library, self.commands, self)
        self.search_panel = SearchPanel(self.commands, self)
        self.view = BilingualView(self)
        self.contrast_sheet = ContrastSheet(self)
        self.entities = EntityPanel(self)
        self.status = StatusStrip(self.commands, self)
        self.notices = NoticeBar(self)
        """What a reader should know of how the library was found."""
        self.runner = SearchRunner(library, self)
        self.reading = Reading(library, self.view, self)
        self.partners = Partners(library, self.view, self)
        self.undo = QUndoStack(self)
        self.correspondence = Correspondence(
            library, self.view.passages, self.undo, writable=bridge is not None, parent=self
        )
        self.contrast = Contrast(library, self.contrast_sheet, self.view, self.reading, self.correspondence, self)
        self.story_commands = StoryCommands(self.commands, library, bridge, self.undo, self)
        self.passage_commands = PassageCommands(self.commands, self.view.passages, self.correspondence, self.undo, self)
        self.search = SearchSession(self.commands, self.runner, self.search_panel, self.reading, self.view, self)
        self.search_desk = SearchDesk(
            library, self.commands, self.tool_bar, self.search_panel, self.search,
            writable=bridge is not None, parent=self,
        )  # fmt: skip
        self.find_bar = FindBar(self.commands, self)
        self.finding = FindSession(self.find_bar, self.view, self.reading, self)
        self.links = Links(self.status, self)
        self.imports = None if bridge is None else Imports(bridge, self.status, self)
        self.import_desk = ImportDesk(
            self.commands,
            library,
            bridge,
            self.imports,
            self.status,
            self.undo,
            self.options,
            self,
            why_read_only=why_read_only,
        )
        self._watch = LibraryWatch(library, self) if bridge is None else None
        self.removal = Removal(
            self.commands, library, bridge, self.status, self.articles.view.articles, self.reading, self.undo, self
        )
        self.article_desk = ArticleDesk(
            self.commands,
            library,
            bridge,
            self.view,
            self.reading,
            self.links,
            self.status,
            self.undo,
            self.options,
            self,
        )
        self.library_desk = LibraryDesk(
            self.commands, library, bridge, self.removal, self.import_desk, self.options, self
        )
        self.feed_desk = FeedDesk(self.commands, library, bridge, self.imports, self.status, self.options, self)
        self.article_menu = ArticleMenu(library, self.reading, self.removal, self)
        self._pane_menu = PaneMenu(self.commands, self.view, self.reading, self)
        self.page_view = EntityPageView(self.commands, self)
        self.desk = EntityDesk(library, bridge, self.commands, self.view, self.reading, self.page_view, self.undo, self)
        self._drop_target = DropTarget(self)
        self._lay_out()

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
        self._texts = QSplitter(Qt.Orientation.Vertical, self)
        self._texts.setChildrenCollapsible(False)
        self._texts.setHandleWidth(1)
        for part, stretch in ((self.view, 5), (self.contrast_sheet, 3)):
            self._texts.addWidget(part)
            self._texts.setStretchFactor(self._texts.count() - 1, stretch)
        self.contrast_sheet.hide()
        self.view.put_below(self.find_bar)
        self._middle = QStackedWidget(self)
        self._middle.addWidget(self._texts)
        self._middle.addWidget(self.page_view)
        self._columns = Columns(self._left, self._middle, self.entities, self)
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self._columns, 1)
        self.setCentralWidget(centre)
        order = (
            *self.tool_bar.tab_order(),
            self.notices.close_button,
            *self.articles.tab_order(),
            *self.search_panel.tab_order(),
            *self.view.tab_order(),
            *self.find_bar.tab_order(),
            self.contrast_sheet.tabs,
            self.contrast_sheet.view,
            *self.page_view.tab_order(),
            self.entities.filter,
            self.entities.view,
            *self.status.tab_order(),
        )
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
