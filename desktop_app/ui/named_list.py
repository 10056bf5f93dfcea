"""A list of entities on one line each: type, both names, and a count in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.domain import Entity
from desktop_app.ui.article_model import plain_tooltip
from desktop_app.ui.entity_model import TYPE_NAMES, both_names
from desktop_app.ui.fonts import REGULAR, ui_font
from desktop_app.ui.row_painting import Index, LineFitter, draw_ground
from desktop_app.ui.themes import theme_of
from desktop_app.ui.type_sample import draw_type_sample

NAMED_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_MARGIN, _PAD, _SWATCH, _GAP = 12, 5, 18, 9
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class NamedRow:
    """An entity and what is said of it at the end of its line."""

    entity: Entity
    words: str


class NamedModel(QAbstractListModel):
    """Entities in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[NamedRow] = []

    def show_rows(self, rows: Sequence[NamedRow]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def entity_at(self, index: _Index) -> Entity | None:
        return self.rows[index.row()].entity if index.isValid() and index.row() < len(self.rows) else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == NAMED_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return both_names(row.entity)
        if role == Qt.ItemDataRole.ToolTipRole:
            also = ", ".join(row.entity.aliases[:8])
            return plain_tooltip(both_names(row.entity) + (f"\nalso: {also}" if also else ""))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{both_names(row.entity)}, {TYPE_NAMES[row.entity.type]}, {row.words}"
        return None


class NamedDelegate(QStyledItemDelegate):
    """Paints one line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.set_percent(100)

    def set_percent(self, percent: int) -> None:
        self._name = LineFitter(ui_font(percent))
        self._words = LineFitter(ui_font(percent, REGULAR, 0.88))

    @property
    def row_height(self) -> int:
        return self._name.height + 2 * _PAD

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(160, self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: NamedRow | None = index.data(NAMED_ROLE)
        if row is None:
            return
        theme = theme_of(option.palette)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, option, theme)
        sample = QRect(box.left() + _MARGIN, box.top(), _SWATCH, box.height())
        draw_type_sample(painter, sample, round(self._name.metrics.capHeight() * 1.25), row.entity.type, theme)
        words = self._words.width(row.words)
        right = box.right() - _MARGIN
        self._words.draw(
            painter, QRect(right - words, box.top(), words + 2, box.height()), row.words, QColor(theme.muted)
        )
        left = sample.right() + _GAP
        names = QRect(left, box.top(), max(0, right - words - _GAP - left), box.height())
        self._name.draw(painter, names, both_names(row.entity), QColor(theme.text))
        painter.restore()
