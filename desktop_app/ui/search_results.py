"""Search results: title, byline and a snippet of two lines, with the words that hit marked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.domain import SearchAnswer, SearchHit
from desktop_app.ui.article_model import LANGUAGE_NAMES, byline, plain_tooltip
from desktop_app.ui.fonts import REGULAR, SEMIBOLD, ui_font
from desktop_app.ui.list_view import ReaderListView
from desktop_app.ui.row_painting import (
    Index,
    LineFitter,
    badge_width,
    draw_badge,
    draw_ground,
    draw_hairline,
)
from desktop_app.ui.text_positions import TextPositions
from desktop_app.ui.themes import Theme, theme_of

HIT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
SNIPPET_LINES = 2
_MARGIN, _GAP = 10, 2

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ResultModel(QAbstractListModel):
    """The hits of one answer, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: tuple[SearchHit, ...] = ()

    def show_answer(self, answer: SearchAnswer) -> None:
        self.beginResetModel()
        self.hits = answer.hits
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        if role == HIT_ROLE:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{hit.title}\nfound: {', '.join(hit.matched)}" if hit.matched else hit.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.title}, {byline(hit)}, {LANGUAGE_NAMES[hit.language]}. {hit.snippet}"
        return None


class SnippetLayouts:
    """Laid-out snippets, one for each result, remembered for one width and one font."""

    def __init__(self, font: QFont) -> None:
        self._font = font
        self._laid_out: dict[tuple[str, int], QTextLayout] = {}

    def layout(self, hit: SearchHit, width: int) -> QTextLayout:
        key = (hit.snippet, width)
        found = self._laid_out.get(key)
        if found is None:
            found = self._laid_out[key] = self._lay_out(hit.snippet.replace("\n", " "), width)
        return found

    def forget(self) -> None:
        self._laid_out.clear()

    def _lay_out(self, text: str, width: int) -> QTextLayout:
        layout = QTextLayout(text, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        layout.beginLayout()
        for number in range(SNIPPET_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, number * line.height()))
        layout.endLayout()
        return layout


def marked_ranges(hit: SearchHit, theme: Theme) -> list[QTextLayout.FormatRange]:
    """The hit's spans as Qt wants them, with the ground of a found word."""
    marked = QTextCharFormat()
    marked.setBackground(QColor(theme.search))
    marked.setForeground(QColor(theme.text))
    positions = TextPositions(hit.snippet)
    ranges = []
    for span in hit.spans:
        part = QTextLayout.FormatRange()
        part.start = positions.to_qt(span.start)
        part.length = positions.to_qt(span.end) - part.start
        part.format = marked
        ranges.append(part)
    return ranges


class ResultDelegate(QStyledItemDelegate):
    """Paints one result."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.set_percent(100)

    def set_percent(self, percent: int) -> None:
        self._title = LineFitter(ui_font(percent, SEMIBOLD))
        self._below = LineFitter(ui_font(percent, REGULAR, 0.9))
        self._badge = LineFitter(ui_font(percent, REGULAR, 0.76))
        self._snippet = LineFitter(ui_font(percent, REGULAR, 0.95))
        self.snippets = SnippetLayouts(self._snippet.font)

    @property
    def row_height(self) -> int:
        lines = self._title.height + self._below.height + SNIPPET_LINES * self._snippet.height
        return lines + 2 * _GAP + 2 * _MARGIN

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(160, self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: SearchHit | None = index.data(HIT_ROLE)
        if hit is None:
            return
        theme = theme_of(option.palette)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, option, theme)
        draw_hairline(painter, box, theme)
        left, width, top = box.left() + _MARGIN, box.width() - 2 * _MARGIN, box.top() + _MARGIN
        self._title.draw(painter, QRect(left, top, width, self._title.height), hit.title, QColor(theme.text))
        top += self._title.height + _GAP
        badge, height = badge_width(self._badge), self._below.height
        badge_height = min(height, self._badge.metrics.capHeight() + 8)
        badge_box = QRect(left, top + (height - badge_height) // 2, badge, badge_height)
        draw_badge(painter, badge_box, hit.language, self._badge, theme)
        self._below.draw(
            painter, QRect(left + badge + 7, top, width - badge - 7, height), byline(hit), QColor(theme.muted)
        )
        top += height + _GAP
        painter.setPen(QColor(theme.text))
        painter.setClipRect(QRect(left - 1, top, width + 2, SNIPPET_LINES * self._snippet.height + 2))
        self.snippets.layout(hit, width).draw(painter, QPointF(left, top), marked_ranges(hit, theme))
        painter.restore()


class ResultView(ReaderListView):
    """The results. Moving onto one opens it behind the list; Enter goes into its text."""

    hit_chosen = Signal(int)
    hit_entered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Search results", parent)
        self.results = ResultModel(self)
        self._delegate = ResultDelegate(self)
        self.setModel(self.results)
        self.setItemDelegate(self._delegate)
        self.set_percent(100)
        self.moved_to.connect(lambda index: self.hit_chosen.emit(index.row()))

    def set_percent(self, percent: int) -> None:
        self._delegate.set_percent(percent)
        self.set_row_height(self._delegate.row_height)

    def show_answer(self, answer: SearchAnswer) -> None:
        self._delegate.snippets.forget()
        with self.quietly():
            self.results.show_answer(answer)
        self.scrollToTop()

    def show_current(self, row: int) -> None:
        """Make a result current without announcing it."""
        with self.quietly():
            self.setCurrentIndex(self.results.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.hit_entered.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.hit_entered.emit(index.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._delegate.snippets.forget()
