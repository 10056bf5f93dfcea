"""The concordance as a Qt model: every mention in its context, in the order and language the reader wants."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.domain import ConcordanceLine, Language
from desktop_app.language.folding import WORD, fold
from desktop_app.ui.article_model import LANGUAGE_NAMES, plain_tooltip

LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 1

_LINE_END = re.compile(r"(?:\s*⏎\s*)+")
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ConcordanceOrder(StrEnum):
    """What the lines are sorted by."""

    DATE = "date"
    BEFORE = "before"
    AFTER = "after"


def day_words(date: dt.date | None) -> str:
    """A line's date as a reader writes it, or that there is none."""
    return f"{date.day} {date:%b %Y}" if date else "undated"


def before_key(line: ConcordanceLine) -> tuple[str, ...]:
    """Sorts by the words before the keyword, from the nearest outward."""
    return tuple(fold(word) for word in reversed(WORD.findall(line.left)))


def after_key(line: ConcordanceLine) -> tuple[str, ...]:
    """Sorts by the words behind the keyword."""
    return tuple(fold(word) for word in WORD.findall(line.right))


_KEYS: dict[ConcordanceOrder, Callable[[ConcordanceLine], tuple[str, ...]]] = {
    ConcordanceOrder.BEFORE: before_key,
    ConcordanceOrder.AFTER: after_key,
}


class ConcordanceModel(QAbstractListModel):
    """The lines in the order they came in (newest first, undated last) or sorted by what stands beside the keyword."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._given: list[ConcordanceLine] = []
        self._rows: list[ConcordanceLine] = []
        self.order = ConcordanceOrder.DATE
        self.language: Language | None = None

    def show_lines(self, lines: Sequence[ConcordanceLine]) -> None:
        """Show these, arranged as those before were."""
        self._given = [replace(line, left=_marked(line.left), right=_marked(line.right)) for line in lines]
        self._arrange()

    def sort_by(self, order: ConcordanceOrder) -> None:
        self.order = order
        self._arrange()

    def keep_language(self, language: Language | None) -> None:
        """Show only lines of *language*; None shows both."""
        self.language = language
        self._arrange()

    def count(self, language: Language | None) -> int:
        """How many of the given lines are in *language*."""
        return sum(language is None or line.language is language for line in self._given)

    def line_at(self, index: _Index) -> ConcordanceLine | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def index_of(self, line: ConcordanceLine | None) -> QModelIndex:
        """Where the line of the same mention stands; an invalid index if it is not shown."""
        if line is None:
            return QModelIndex()
        place = (line.article, line.start, line.end)
        rows = (row for row, other in enumerate(self._rows) if (other.article, other.start, other.end) == place)
        row = next(rows, None)
        return QModelIndex() if row is None else self.index(row)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line_at(index)
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{line.left}{line.keyword}{line.right}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{line.left}{line.keyword}{line.right}\n{day_words(line.date)}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = f"{line.left}{line.keyword}{line.right}"
            return f"{words}, {day_words(line.date)}, {LANGUAGE_NAMES[line.language]}"
        return None

    def _arrange(self) -> None:
        self.beginResetModel()
        self._rows = [line for line in self._given if self.language in (None, line.language)]
        key = _KEYS.get(self.order)
        if key is not None:
            self._rows.sort(key=key)
        self.endResetModel()


def _marked(context: str) -> str:
    """Context whose line ends are shown by a sign every font has."""
    return _LINE_END.sub(" ¶ ", context)
