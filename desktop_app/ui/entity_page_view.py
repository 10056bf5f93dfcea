"""The page of one entity: its head, and its concordance, articles and company below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QTabBar, QToolButton, QVBoxLayout, QWidget

from desktop_app.domain import ArticleRow, EntityPage, Language
from desktop_app.ui.action_button import ActionButton
from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.article_list import ArticleDelegate
from desktop_app.ui.article_model import ArticleListModel
from desktop_app.ui.concordance_controls import LANGUAGES, ORDERS, ConcordanceControls
from desktop_app.ui.concordance_view import ConcordanceView
from desktop_app.ui.entity_header import EntityHeader
from desktop_app.ui.fonts import SEMIBOLD, ui_font
from desktop_app.ui.icons import icon
from desktop_app.ui.named_list import NamedDelegate, NamedModel, NamedRow
from desktop_app.ui.row_list import RowList
from desktop_app.ui.words import count_of

_WIDE_FROM_EM = 66
"""From so many ems on, articles and company stand beside the concordance; else there are tabs."""
_SIDE_PART = 0.32
_COMPACT_BELOW_EM = 32
"""A page lower than so many ems shows its names and lists, and leaves out chart and forms."""


class PageRows:
    """The rows of the page's articles, as the list's model asks for them."""

    def __init__(self) -> None:
        self._rows: dict[int, ArticleRow] = {}

    def hold(self, rows: Sequence[ArticleRow]) -> None:
        self._rows = {row.id: row for row in rows}

    def rows(self, ids: Sequence[int]) -> list[ArticleRow]:
        return [self._rows[id_] for id_ in ids if id_ in self._rows]


class EntityPageView(QWidget):
    """Shows an `EntityPage`; every row of it asks for what it speaks of."""

    line_chosen = Signal(object)
    """A `ConcordanceLine`."""
    article_chosen = Signal(int)
    entity_chosen = Signal(int)
    correct_requested = Signal(QMenu)
    """The menu of the button "Correct" is about to open, empty."""

    def __init__(self, commands: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._commands = commands
        self._percent = 100
        self.page: EntityPage | None = None
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.header = EntityHeader(self)
        self.concordance = ConcordanceView(self)
        self._page_rows = PageRows()
        self._article_model = ArticleListModel(self._page_rows, self)
        self._article_delegate = ArticleDelegate(self)
        self.articles = RowList("Articles that name it", self._article_model, self)
        self.articles.setItemDelegate(self._article_delegate)
        self.company = NamedModel(self)
        self._named_delegate = NamedDelegate(self)
        self.companions = RowList("Appears with", self.company, self)
        self.companions.setItemDelegate(self._named_delegate)
        self._back = ActionButton(commands[Act.ENTITY_PAGE], "Back to the texts", self, checkable=False)
        self._back.setIcon(icon("left"))
        self.correct = QToolButton(self)
        self.correct.setIcon(icon("down"))
        self.correct.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.correct.setText("Correct")
        self.correct.setToolTip("Merge, rename, change the type of this entity")
        self.correct.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.correct.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.correct.setMenu(QMenu(self.correct))
        self.tabs = QTabBar(self)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setMinimumWidth(1)
        self.tabs.setAccessibleName("Parts of the page")
        self._headings = [self._heading() for _ in range(3)]
        self._more = self._heading()
        self._more.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._controls = ConcordanceControls(commands, self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.concordance)
        self.set_percent(100)

    def set_percent(self, percent: int) -> None:
        """Size of everything on the page."""
        self._percent = percent
        self.header.set_percent(percent)
        self.concordance.set_percent(percent)
        for view, delegate in ((self.articles, self._article_delegate), (self.companions, self._named_delegate)):
            delegate.set_percent(percent)
            view.set_row_height(delegate.row_height)
        for heading in self._headings:
            heading.setFont(ui_font(percent, SEMIBOLD))
        for part in (self.tabs, self._more, self._back, self.correct):
            part.setFont(ui_font(percent))
        self._controls.set_percent(percent)
        self._arrange()

    def show_page(self, page: EntityPage) -> None:
        """Show *page*: another entity's from the top, the same one's without moving."""
        same = self.page is not None and self.page.entity.id == page.entity.id
        self.page = page
        self.header.show_page(page)
        show = self.concordance.renew_lines if same else self.concordance.show_lines
        show(page.concordance, page.entity.type)
        self._page_rows.hold(page.articles)
        self._article_model.show_ids([row.id for row in page.articles])
        self.company.show_rows([NamedRow(c.entity, count_of(c.articles, "article")) for c in page.companions])
        if not same:
            self.articles.scrollToTop()
            self.companions.scrollToTop()
        self.setAccessibleName(f"About {page.entity.name(Language.ENGLISH)}")
        self._say_counts()

    def tab_order(self) -> list[QWidget]:
        """Everything here that takes the keys, in reading order."""
        return [self._back, self.correct, self.tabs, *self._controls.buttons(), *self._lists()]

    @property
    def is_wide(self) -> bool:
        return self.width() >= _WIDE_FROM_EM * ui_font(self._percent).pixelSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 16, 4)
        bar.addWidget(self._back)
        bar.addStretch(1)
        bar.addWidget(self.correct)
        parts = QGridLayout()
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setHorizontalSpacing(12)
        parts.setVerticalSpacing(0)
        self._grid = parts
        for heading, view in zip(self._headings, self._lists(), strict=True):
            heading.setContentsMargins(14, 6, 14, 6)
            view.setMinimumHeight(60)
        self._headings[0].setContentsMargins(26, 6, 14, 6)
        self._more.setContentsMargins(26, 4, 14, 6)
        for _ in ("Mentions", "Articles", "Appears with"):
            self.tabs.addTab("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.header)
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 16, 0)
        top.addWidget(self.tabs)
        top.addStretch(1)
        column.addLayout(top)
        column.addLayout(parts, 1)
        parts.addWidget(self._headings[0], 0, 0)
        parts.addWidget(self._controls, 1, 0)
        parts.addWidget(self.concordance, 2, 0, 3, 1)
        parts.addWidget(self._more, 5, 0)

    def _lists(self) -> tuple[QWidget, ...]:
        return self.concordance, self.articles, self.companions

    def _heading(self) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _connect(self) -> None:
        self.concordance.line_chosen.connect(self.line_chosen)
        self.articles.row_chosen.connect(self._on_article_chosen)
        self.companions.row_chosen.connect(self._on_companion_chosen)
        self.tabs.currentChanged.connect(self._on_tab_chosen)
        for act, order in ORDERS.items():
            self._commands[act].triggered.connect(lambda _=False, order=order: self.concordance.sort_by(order))
        for act, language in LANGUAGES.items():
            self._commands[act].triggered.connect(lambda _=False, language=language: self._keep_language(language))
        self._commands[Act.CONCORDANCE_BY_DATE].setChecked(True)
        self._commands[Act.CONCORDANCE_BOTH].setChecked(True)
        menu = self.correct.menu()
        menu.aboutToShow.connect(self._on_correct_opened)

    def _keep_language(self, language: Language | None) -> None:
        self.concordance.keep_language(language)
        self._say_counts()

    def _say_counts(self) -> None:
        if self.page is None:
            return
        counts = (self.concordance.lines.rowCount(), len(self.page.articles), len(self.page.companions))
        for number, (name, count) in enumerate(zip(("Mentions", "Articles", "Appears with"), counts, strict=True)):
            words = f"{name}  {count:,}"
            self.tabs.setTabText(number, words)
            self._headings[number].setText(words)
        given, total = self.concordance.lines.count(None), self.page.concordance_total
        self._more.setText(f"The newest {given:,} of {total:,} mentions are listed." if given < total else "")
        self._arrange()

    def _arrange(self) -> None:
        """Side by side where there is room, else one part at a time."""
        wide, chosen = self.is_wide, self.tabs.currentIndex()
        self.tabs.setVisible(not wide)
        self.header.set_compact(self.height() < _COMPACT_BELOW_EM * ui_font(self._percent).pixelSize())
        for number, (heading, view) in enumerate(zip(self._headings, self._lists(), strict=True)):
            heading.setVisible(wide)
            view.setVisible(wide or number == chosen)
        for view, heading, beside in (
            (self.articles, self._headings[1], (0, 1, 2)),
            (self.companions, self._headings[2], (3, 4, 2)),
        ):
            top, row, rows = beside if wide else (0, 1, 5)
            self._grid.addWidget(heading, top, int(wide))
            self._grid.addWidget(view, row, int(wide), rows, 1)
        self._grid.setColumnStretch(0, 100 - round(_SIDE_PART * 100))
        self._grid.setColumnStretch(1, round(_SIDE_PART * 100) if wide else 0)
        for row in (2, 4):
            self._grid.setRowStretch(row, 1)
        with_concordance = wide or chosen == 0
        self._controls.setVisible(with_concordance)
        self._more.setVisible(with_concordance and bool(self._more.text()))

    def _on_tab_chosen(self, number: int) -> None:
        """The keys stay in the lists if they were there."""
        had_keys = any(view.hasFocus() for view in self._lists())
        self._arrange()
        if had_keys:
            self._lists()[number].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_article_chosen(self, index: QModelIndex) -> None:
        article = self._article_model.id_at(index)
        if article is not None:
            self.article_chosen.emit(article)

    def _on_companion_chosen(self, index: QModelIndex) -> None:
        entity = self.company.entity_at(index)
        if entity is not None:
            self.entity_chosen.emit(entity.id)

    def _on_correct_opened(self) -> None:
        menu = self.correct.menu()
        menu.clear()
        for submenu in menu.findChildren(QMenu):  # clear() leaves them behind
            submenu.deleteLater()
        self.correct_requested.emit(menu)
