"""What the rows of all lists share: the delegate, ground, hairline, badge, and elided lines that are measured once."""

from __future__ import annotations

from typing import Generic

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.domain import Language
from desktop_app.ui.article_model import BADGES
from desktop_app.ui.row_model import ROW_ROLE, Index, Row
from desktop_app.ui.themes import Theme, theme_of

_CACHED_LINES = 4000
_LONGEST_LINE = 500


class LineFitter:
    """Elides lines to a width and remembers the outcome, for one font."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self._fitted: dict[tuple[str, int], str] = {}

    @property
    def height(self) -> int:
        return self.metrics.height()

    def fit(self, text: str, width: int) -> str:
        # No row has room for more, and measuring a title of a million characters takes its time.
        text = text[:_LONGEST_LINE]
        key = (text, width)
        fitted = self._fitted.get(key)
        if fitted is None:
            if len(self._fitted) > _CACHED_LINES:
                self._fitted.clear()
            fitted = self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._fitted[key] = fitted
        return fitted

    def width(self, text: str) -> int:
        return self.metrics.horizontalAdvance(text)

    def draw(self, painter: QPainter, box: QRect, text: str, colour: QColor) -> None:
        """One line in *box*, vertically centred."""
        painter.setFont(self.font)
        painter.setPen(colour)
        painter.drawText(
            box,
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine),
            self.fit(text, box.width()),
        )


def draw_blank(painter: QPainter, box: QRect, theme: Theme) -> None:
    """Nothing: a table paints its own idea of a selected row before its delegate comes."""
    painter.fillRect(box, QColor(theme.base))


def draw_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    """The row's background: selected, under the mouse or neither; a ring when the list has the keys."""
    state = option.state
    box: QRect = option.rect
    draw_blank(painter, box, theme)
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(box, QColor(theme.selection))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(box, QColor(theme.hover))
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(box).adjusted(1, 1, -1, -1))


def draw_hairline(painter: QPainter, box: QRect, theme: Theme) -> None:
    """The line that ends a group of rows."""
    painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(theme.border))


def badge_width(line: LineFitter) -> int:
    return max(line.width(badge) for badge in BADGES.values()) + 10


def draw_badge(painter: QPainter, box: QRect, language: Language, line: LineFitter, theme: Theme) -> None:
    """The language as two letters in a thin frame."""
    painter.setPen(QPen(QColor(theme.muted), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setFont(line.font)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), BADGES[language])


class RowDelegate(QStyledItemDelegate, Generic[Row]):
    """Paints a row's ground; a subclass says how high a row is and paints what stands in it."""

    ruled = True
    """A hairline ends each row."""

    def __init__(self, parent: QWidget, percent: int = 100) -> None:
        super().__init__(parent)
        self.set_percent(percent)

    def set_percent(self, percent: int) -> None:
        """Text size of the rows."""
        raise NotImplementedError

    @property
    def row_height(self) -> int:
        raise NotImplementedError

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(160, self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row | None = index.data(ROW_ROLE)
        if row is None:
            return
        theme = theme_of(option.palette)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, option, theme)
        self.draw_frame(painter, box, index, theme)
        self.draw_row(painter, box, row, theme)
        painter.restore()

    def draw_frame(self, painter: QPainter, box: QRect, index: Index, theme: Theme) -> None:  # noqa: ARG002
        """What parts the row from its neighbours, or joins it to them."""
        if self.ruled:
            draw_hairline(painter, box, theme)

    def draw_row(self, painter: QPainter, box: QRect, row: Row, theme: Theme) -> None:
        raise NotImplementedError
