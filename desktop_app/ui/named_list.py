"""A list of entities on one line each: type, both names, and a count in words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from desktop_app.domain import Entity
from desktop_app.ui.entity_model import TYPE_NAMES, both_names, entity_tooltip
from desktop_app.ui.fonts import REGULAR, ui_font
from desktop_app.ui.row_model import Index, RowModel
from desktop_app.ui.row_painting import LineFitter, RowDelegate
from desktop_app.ui.themes import Theme
from desktop_app.ui.type_sample import draw_type_sample

_MARGIN, _PAD, _SWATCH, _GAP = 12, 5, 18, 9


@dataclass(frozen=True, slots=True)
class NamedRow:
    """An entity and what is said of it at the end of its line."""

    entity: Entity
    words: str


class NamedModel(RowModel[NamedRow]):
    """Entities in the order given."""

    def entity_at(self, index: Index) -> Entity | None:
        row = self.row_at(index)
        return None if row is None else row.entity

    def said_of(self, row: NamedRow, role: int) -> str | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return both_names(row.entity)
        if role == Qt.ItemDataRole.ToolTipRole:
            return entity_tooltip(row.entity)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{both_names(row.entity)}, {TYPE_NAMES[row.entity.type]}, {row.words}"
        return None


class NamedDelegate(RowDelegate[NamedRow]):
    """Paints one line."""

    ruled = False

    def set_percent(self, percent: int) -> None:
        self._name = LineFitter(ui_font(percent))
        self._words = LineFitter(ui_font(percent, REGULAR, 0.88))

    @property
    def row_height(self) -> int:
        return self._name.height + 2 * _PAD

    def draw_row(self, painter: QPainter, box: QRect, row: NamedRow, theme: Theme) -> None:
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
