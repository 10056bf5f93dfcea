"""A list of records on two lines each: what it is, what there is to say of it, and a word at the end of the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.domain import Language
from desktop_app.ui.article_model import LANGUAGE_NAMES, plain_tooltip
from desktop_app.ui.fonts import REGULAR, ui_font
from desktop_app.ui.row_list import RowList
from desktop_app.ui.row_painting import Index, LineFitter, badge_width, draw_badge, draw_ground, draw_hairline
from desktop_app.ui.themes import theme_of

RECORD_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_MARGIN, _PAD, _GAP, _BETWEEN = 14, 8, 2, 14
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Record:
    """A row. `key` is what the dialog knows it by; `trouble` sets the second line apart."""

    key: object
    title: str
    below: str = ""
    end: str = ""
    language: Language | None = None
    trouble: bool = False

    def words(self) -> str:
        """Everything it says, as a sentence for a screen reader or the clipboard."""
        language = "" if self.language is None else LANGUAGE_NAMES[self.language]
        return ", ".join(part for part in (self.title, language, self.below, self.end) if part)


class RecordModel(QAbstractListModel):
    """Records in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.records: list[Record] = []

    def show_records(self, records: Sequence[Record]) -> None:
        self.beginResetModel()
        self.records = list(records)
        self.endResetModel()

    def record_at(self, index: _Index) -> Record | None:
        return self.records[index.row()] if index.isValid() and index.row() < len(self.records) else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.records)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        record = self.record_at(index)
        if record is None:
            return None
        if role == RECORD_ROLE:
            return record
        if role == Qt.ItemDataRole.DisplayRole:
            return record.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip("\n".join(part for part in (record.title, record.below) if part))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return record.words()
        return None


class RecordDelegate(QStyledItemDelegate):
    """Paints one record."""

    def __init__(self, parent: QWidget, percent: int) -> None:
        super().__init__(parent)
        self._title = LineFitter(ui_font(percent))
        self._below = LineFitter(ui_font(percent, REGULAR, 0.9))
        self._badge = LineFitter(ui_font(percent, REGULAR, 0.76))

    @property
    def row_height(self) -> int:
        return self._title.height + _GAP + self._below.height + 2 * _PAD

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(200, self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        record: Record | None = index.data(RECORD_ROLE)
        if record is None:
            return
        theme = theme_of(option.palette)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, option, theme)
        draw_hairline(painter, box, theme)
        left, right, top = box.left() + _MARGIN, box.right() - _MARGIN, box.top() + _PAD
        muted = QColor(theme.muted)
        end = self._below.width(record.end)
        self._below.draw(painter, QRect(right - end, top, end + 2, self._title.height), record.end, muted)
        room = right - left - (end + _BETWEEN if end else 0)
        self._title.draw(painter, QRect(left, top, room, self._title.height), record.title, QColor(theme.text))
        top += self._title.height + _GAP
        if record.language is not None:
            width = badge_width(self._badge)
            height = min(self._below.height, self._badge.metrics.capHeight() + 8)
            badge = QRect(left, top + (self._below.height - height) // 2, width, height)
            draw_badge(painter, badge, record.language, self._badge, theme)
            left += width + 7
        below = QRect(left, top, right - left, self._below.height)
        self._below.draw(painter, below, record.below, QColor(theme.trouble) if record.trouble else muted)
        painter.restore()


class RecordView(RowList):
    """The list itself. `record_changed` tells that another row, or none, is current."""

    record_changed = Signal()

    def __init__(self, name: str, percent: int, parent: QWidget | None) -> None:
        self.model_of_records = RecordModel()
        super().__init__(name, self.model_of_records, parent)
        self.model_of_records.setParent(self)
        delegate = RecordDelegate(self, percent)
        self.setItemDelegate(delegate)
        self.set_row_height(delegate.row_height)
        self.setMinimumHeight(delegate.row_height * 3)

    @property
    def records(self) -> Sequence[Record]:
        return self.model_of_records.records

    @property
    def current(self) -> Record | None:
        return self.model_of_records.record_at(self.currentIndex())

    def show_records(self, records: Sequence[Record]) -> None:
        """Show these; the row that was current stays so, or else the one in its place."""
        before, row = self.current, max(0, self.currentIndex().row())
        scrolled = self.verticalScrollBar().value()
        with self.quietly():
            self.model_of_records.show_records(records)
            if records:
                keys = [record.key for record in records]
                same = before is not None and before.key in keys
                row = keys.index(before.key) if before is not None and same else min(row, len(records) - 1)
                self.setCurrentIndex(self.model_of_records.index(row))
        self.verticalScrollBar().setValue(scrolled)
        self.record_changed.emit()

    def choose(self, key: object) -> None:
        """Make the record with *key* current."""
        for row, record in enumerate(self.records):
            if record.key == key:
                self.setCurrentIndex(self.model_of_records.index(row))

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        super().currentChanged(current, previous)
        self.record_changed.emit()
