"""The article list: two-line rows, the reports of one story joined, and a header that says the order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop_app.domain import ArticleRow
from desktop_app.ui.article_model import (
    JOINED_ABOVE_ROLE,
    JOINED_BELOW_ROLE,
    OPEN_ROLE,
    ArticleListModel,
    RowSource,
    byline,
)
from desktop_app.ui.fonts import REGULAR, SEMIBOLD, ui_font
from desktop_app.ui.list_view import ReaderListView
from desktop_app.ui.row_model import Index
from desktop_app.ui.row_painting import LineFitter, RowDelegate, badge_width, draw_badge, draw_hairline
from desktop_app.ui.themes import Theme

_MARGIN, _GUTTER, _GAP = 9, 24, 3


class ArticleDelegate(RowDelegate[ArticleRow]):
    """Paints a row: title; source, date and language below it; a bracket that joins one story's reports."""

    def set_percent(self, percent: int) -> None:
        self._title = LineFitter(ui_font(percent, SEMIBOLD))
        self._below = LineFitter(ui_font(percent, REGULAR, 0.9))
        self._badge = LineFitter(ui_font(percent, REGULAR, 0.76))

    @property
    def row_height(self) -> int:
        return self._title.height + self._below.height + _GAP + 2 * _MARGIN

    def draw_frame(self, painter: QPainter, box: QRect, index: Index, theme: Theme) -> None:
        joined_below = bool(index.data(JOINED_BELOW_ROLE))
        if not joined_below:
            draw_hairline(painter, box, theme)
        if index.data(OPEN_ROLE):
            painter.fillRect(QRect(box.left(), box.top(), 4, box.height()), QColor(theme.accent))
        self._draw_bracket(painter, box, bool(index.data(JOINED_ABOVE_ROLE)), joined_below, theme)

    def _draw_bracket(self, painter: QPainter, box: QRect, above: bool, below: bool, theme: Theme) -> None:
        if not (above or below):
            return
        x = box.left() + _GUTTER - 10
        middle = box.top() + _MARGIN + self._title.height // 2
        painter.setPen(QPen(QColor(theme.muted), 1.4))
        if above:
            painter.drawLine(QPoint(x, box.top()), QPoint(x, middle))
        if below:
            painter.drawLine(QPoint(x, middle), QPoint(x, box.bottom() + 1))
        painter.setBrush(QColor(theme.muted))
        painter.drawEllipse(QPoint(x, middle), 2, 2)

    def draw_row(self, painter: QPainter, box: QRect, row: ArticleRow, theme: Theme) -> None:
        left, width = box.left() + _GUTTER, box.width() - _GUTTER - _MARGIN
        top = box.top() + _MARGIN
        self._title.draw(painter, QRect(left, top, width, self._title.height), row.title, QColor(theme.text))
        top += self._title.height + _GAP
        badge = badge_width(self._badge)
        height = self._below.height
        badge_height = min(height, self._badge.metrics.capHeight() + 8)
        draw_badge(
            painter,
            QRect(left, top + (height - badge_height) // 2, badge, badge_height),
            row.language,
            self._badge,
            theme,
        )
        self._below.draw(
            painter, QRect(left + badge + 7, top, width - badge - 7, height), byline(row), QColor(theme.muted)
        )


class ArticleListView(ReaderListView):
    """The list of the library's articles. Moving through it opens what one stops at."""

    article_chosen = Signal(int)
    menu_requested = Signal(int, QPoint)
    """An article, and where its menu shall open, in global coordinates."""

    def __init__(self, source: RowSource, parent: QWidget | None = None) -> None:
        super().__init__("Articles", parent)
        self.articles = ArticleListModel(source, self)
        self._delegate = ArticleDelegate(self)
        self.setModel(self.articles)
        self.setItemDelegate(self._delegate)
        self.set_percent(100)
        self.moved_to.connect(self._on_moved)

    def set_percent(self, percent: int) -> None:
        self._delegate.set_percent(percent)
        self.set_row_height(self._delegate.row_height)

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show these articles; what is current and the row at the top stay where they were."""
        current = self.articles.id_at(self.currentIndex())
        top = self.indexAt(QPoint(4, 4))
        anchor, offset = self.articles.id_at(top), self.visualRect(top).top() if top.isValid() else 0
        at_start = not top.isValid() or (top.row() == 0 and offset == 0)
        with self.quietly():
            self.articles.show_ids(ids)
        if current is not None:
            self.show_current(current, scroll=False)
        place = self.articles.index_of(anchor) if anchor is not None else QModelIndex()
        if place.isValid() and not at_start:
            self.scrollTo(place, QAbstractItemView.ScrollHint.PositionAtTop)
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - offset)

    def show_current(self, article: int, *, scroll: bool = True) -> None:
        """Make the article's row current without announcing it."""
        index = self.articles.index_of(article)
        with self.quietly():
            self.setCurrentIndex(index)
        if scroll and index.isValid():
            self.scrollTo(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # The right button asks for the menu of a row; it opens nothing yet.
        if event.button() != Qt.MouseButton.RightButton:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        article = self.articles.id_at(index)
        if article is not None:
            below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft() + QPoint(_GUTTER, 0))
            self.menu_requested.emit(article, below if by_key else event.globalPos())

    def _on_moved(self, index: QModelIndex) -> None:
        article = self.articles.id_at(index)
        if article is not None:
            self.article_chosen.emit(article)
