"""The left column without a search: what order the list is in, the list, or how to fill it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from desktop_app.ui.actions import Act, Actions, plain
from desktop_app.ui.article_list import ArticleListView
from desktop_app.ui.article_model import RowSource
from desktop_app.ui.fonts import SEMIBOLD, ui_font
from desktop_app.ui.icons import icon
from desktop_app.ui.notice import Notice

ORDERS = {Act.ORDER_DATE: "date", Act.ORDER_TITLE: "title", Act.ORDER_ADDED: "added"}
_LEAST_WIDTH = 150
EMPTY_LIBRARY = "No articles yet. Drop news reports on this window (text or HTML files, or folders of them), or"
EMPTY_LANGUAGE = "There is no article in this language. Choose English and Hindi in the tool bar to see the others."


class ArticlePanel(QWidget):
    """Header and list; in an empty library, a sentence with the ways to fill it."""

    article_chosen = Signal(int)
    order_chosen = Signal(str)

    def __init__(self, source: RowSource, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.order = "date"
        self.view = ArticleListView(source, self)
        self._heading = QLabel("Articles", self)
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._order = QToolButton(self)
        self._order.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._order.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._order.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._order.setIcon(icon("down"))
        self._order.setToolTip("Order of the list")
        menu = QMenu(self._order)
        for act in ORDERS:
            menu.addAction(actions[act])
            actions[act].triggered.connect(lambda _=False, act=act: self._on_order_chosen(act))
        self._order.setMenu(menu)
        self._titles = {act: plain(actions[act].text()) for act in ORDERS}
        self._empty = Notice((actions[Act.IMPORT_FILES], actions[Act.IMPORT_SAMPLES]), self)
        self._none = Notice(parent=self)
        self._stack = QStackedLayout()
        for page in (self.view, self._empty, self._none):
            self._stack.addWidget(page)
        header = QHBoxLayout()
        header.setContentsMargins(12, 8, 6, 6)
        header.addWidget(self._heading)
        header.addStretch(1)
        header.addWidget(self._order)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(header)
        layout.addLayout(self._stack, 1)
        self.view.article_chosen.connect(self.article_chosen)
        self.setFocusProxy(self.view)
        actions[Act.ORDER_DATE].setChecked(True)
        self._show_order(Act.ORDER_DATE)
        self.set_percent(100)

    def set_percent(self, percent: int) -> None:
        self._heading.setFont(ui_font(percent, SEMIBOLD, 1.05))
        self._order.setFont(ui_font(percent))
        for part in (self.view, self._empty, self._none):
            part.set_percent(percent)

    def tab_order(self) -> tuple[QWidget, ...]:
        return self._order, *self._empty.buttons, self.view

    @property
    def sentence(self) -> str:
        """What stands in place of the list."""
        page = self._stack.currentWidget()
        return page.sentence if isinstance(page, Notice) else ""

    def show_ids(self, ids: Sequence[int], *, library_is_empty: bool) -> None:
        """Show these articles, or say why there are none."""
        self.view.show_ids(ids)
        self._order.setVisible(bool(ids))
        if ids:
            self._stack.setCurrentWidget(self.view)
        elif library_is_empty:
            self._empty.say(EMPTY_LIBRARY)
            self._stack.setCurrentWidget(self._empty)
        else:
            self._none.say(EMPTY_LANGUAGE)
            self._stack.setCurrentWidget(self._none)

    def _on_order_chosen(self, act: Act) -> None:
        self._show_order(act)
        self.order_chosen.emit(self.order)

    def _show_order(self, act: Act) -> None:
        self.order = ORDERS[act]
        self._order.setText(self._titles[act])
        self._order.setAccessibleName(f"Order of the list: {self._titles[act]}")
