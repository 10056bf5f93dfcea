"""The concordance as a Qt model: every mention in its context, in the order and language the reader wants."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QModelIndex, QObject, Qt

from desktop_app.domain import ConcordanceLine, Language
from desktop_app.language.folding import WORD, fold
from desktop_app.ui.article_model import LANGUAGE_NAMES, plain_tooltip
from desktop_app.ui.row_model import RowModel

_LINE_END = re.compile(r"(?:\s*⏎\s*)+")


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


class ConcordanceModel(RowModel[ConcordanceLine]):
    """The lines in the order they came in (newest first, undated last) or sorted by what stands beside the keyword."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._given: list[ConcordanceLine] = []
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

    def index_of(self, line: ConcordanceLine | None) -> QModelIndex:
        """Where the line of the same mention stands; an invalid index if it is not shown."""
        if line is None:
            return QModelIndex()
        place = (line.article, line.start, line.end)
        rows = (row for row, other in enumerate(self.rows) if (other.article, other.start, other.end) == place)
        row = next(rows, None)
        return QModelIndex() if row is None else self.index(row)

    def said_of(self, row: ConcordanceLine, role: int) -> str | None:
        words = f"{row.left}{row.keyword}{row.right}"
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{words}\n{day_words(row.date)}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{words}, {day_words(row.date)}, {LANGUAGE_NAMES[row.language]}"
        return None

    def _arrange(self) -> None:
        rows = [line for line in self._given if self.language in (None, line.language)]
        key = _KEYS.get(self.order)
        if key is not None:
            rows.sort(key=key)
        self.show_rows(rows)


def _marked(context: str) -> str:
    """Context whose line ends are shown by a sign every font has."""
    return _LINE_END.sub(" ¶ ", context)
