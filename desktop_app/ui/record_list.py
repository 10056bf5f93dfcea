"""A list of records on two lines each: what it is, what there is to say of it, and a word at the end of the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from desktop_app.domain import Language
from desktop_app.ui.article_model import LANGUAGE_NAMES, plain_tooltip
from desktop_app.ui.fonts import REGULAR, ui_font
from desktop_app.ui.row_list import RowList
from desktop_app.ui.row_model import Index, RowModel
from desktop_app.ui.row_painting import LineFitter, RowDelegate, badge_width, draw_badge
from desktop_app.ui.themes import Theme

_MARGIN, _PAD, _GAP, _BETWEEN = 14, 8, 2, 14


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


class RecordModel(RowModel[Record]):
    """Records in the order given."""

    def said_of(self, row: Record, role: int) -> str | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip("\n".join(part for part in (row.title, row.below) if part))
        return row.words() if role == Qt.ItemDataRole.AccessibleTextRole else None


class RecordDelegate(RowDelegate[Record]):
    """Paints one row."""

    def set_percent(self, percent: int) -> None:
        self._title = LineFitter(ui_font(percent))
        self._below = LineFitter(ui_font(percent, REGULAR, 0.9))
        self._badge = LineFitter(ui_font(percent, REGULAR, 0.76))

    @property
    def row_height(self) -> int:
        return self._title.height + _GAP + self._below.height + 2 * _PAD

    def draw_row(self, painter: QPainter, box: QRect, row: Record, theme: Theme) -> None:
        left, right, top = box.left() + _MARGIN, box.right() - _MARGIN, box.top() + _PAD
        muted = QColor(theme.muted)
        end = self._below.width(row.end)
        self._below.draw(painter, QRect(right - end, top, end + 2, self._title.height), row.end, muted)
        room = right - left - (end + _BETWEEN if end else 0)
        self._title.draw(painter, QRect(left, top, room, self._title.height), row.title, QColor(theme.text))
        top += self._title.height + _GAP
        if row.language is not None:
            width = badge_width(self._badge)
            height = min(self._below.height, self._badge.metrics.capHeight() + 8)
            badge = QRect(left, top + (self._below.height - height) // 2, width, height)
            draw_badge(painter, badge, row.language, self._badge, theme)
            left += width + 7
        below = QRect(left, top, right - left, self._below.height)
        self._below.draw(painter, below, row.below, QColor(theme.trouble) if row.trouble else muted)


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
        return self.model_of_records.rows

    @property
    def current(self) -> Record | None:
        return self.model_of_records.row_at(self.currentIndex())

    def show_records(self, records: Sequence[Record]) -> None:
        """Show these; the row that was current stays so, or else the one in its place."""
        before, row = self.current, max(0, self.currentIndex().row())
        scrolled = self.verticalScrollBar().value()
        with self.quietly():
            self.model_of_records.show_rows(records)
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
