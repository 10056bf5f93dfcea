"""The article list as a Qt model: the ids are held whole, the rows come in pages when they are seen."""

from __future__ import annotations

import datetime as dt
import html
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from desktop_app.domain import ArticleRow, Language
from desktop_app.ui.row_model import NOWHERE, ROW_ROLE, Index
from desktop_app.ui.words import day_words

PAGE_ROWS = 128
PAGES_KEPT = 48
_LONGEST_TOOLTIP = 1500
JOINED_ABOVE_ROLE = ROW_ROLE + 1
JOINED_BELOW_ROLE = ROW_ROLE + 2
OPEN_ROLE = ROW_ROLE + 3

LANGUAGE_NAMES = {Language.ENGLISH: "English", Language.HINDI: "Hindi"}
BADGES = {Language.ENGLISH: "EN", Language.HINDI: "HI"}


class RowSource(Protocol):
    """Where the rows come from, by id, in the order asked for."""

    def rows(self, ids: Sequence[int]) -> list[ArticleRow]: ...


class Dated(Protocol):
    """What has a source and a date: a row of the list, a search result."""

    @property
    def source(self) -> str | None: ...
    @property
    def date(self) -> dt.date | None: ...


def date_words(row: Dated) -> str:
    """The article's date as a reader writes it, or that it is unknown."""
    return day_words(row.date) if row.date else "date unknown"


def byline(row: Dated) -> str:
    """Source and date on one line."""
    return " · ".join(part for part in (row.source, date_words(row)) if part)


def plain_tooltip(text: str) -> str:
    """*text* as a tool tip that Qt can not mistake for markup of its own making."""
    return f"<qt>{html.escape(text[:_LONGEST_TOOLTIP])}</qt>"


class ArticleListModel(QAbstractListModel):
    """Rows of the library in the library's order. Two rows of one story that follow each other are joined."""

    def __init__(self, source: RowSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._ids: list[int] = []
        self._row_of: dict[int, int] = {}
        self._pages: OrderedDict[int, dict[int, ArticleRow]] = OrderedDict()
        self._open: frozenset[int] = frozenset()

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show these articles. The same ids again only renew what the rows say."""
        if list(ids) == self._ids:
            self._pages.clear()
            if self._ids:
                self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))
            return
        self.beginResetModel()
        self._ids = list(ids)
        self._row_of = {article: row for row, article in enumerate(self._ids)}
        self._pages.clear()
        self.endResetModel()

    def mark_open(self, articles: frozenset[int]) -> None:
        """Mark the articles the panes show."""
        changed, self._open = self._open ^ articles, articles
        for article in changed:
            row = self._row_of.get(article)
            if row is not None:
                self.dataChanged.emit(self.index(row), self.index(row), [OPEN_ROLE])

    def index_of(self, article: int) -> QModelIndex:
        """Where the article stands; an invalid index if it is not in the list."""
        row = self._row_of.get(article)
        return QModelIndex() if row is None else self.index(row)

    def id_at(self, index: Index) -> int | None:
        return self._ids[index.row()] if index.isValid() and index.row() < len(self._ids) else None

    def next_from(self, article: int | None, direction: int, but: frozenset[int]) -> int | None:
        """The article below (1) or above (-1) that is not one of *but*; from nowhere, the first."""
        row = self._row_of.get(article, -1) if article is not None else -1
        while 0 <= row + direction < len(self._ids):
            row += direction
            if self._ids[row] not in but:
                return self._ids[row]
        return None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        if role == OPEN_ROLE:
            return self._ids[index.row()] in self._open
        if role == JOINED_ABOVE_ROLE:
            return self._joined(index.row() - 1)
        if role == JOINED_BELOW_ROLE:
            return self._joined(index.row())
        if role not in _ROLES_OF_A_ROW:
            return None
        row = self._row(index.row())
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{row.title}\n{row.path}")
        return f"{row.title[:_LONGEST_TOOLTIP]}, {byline(row)}, {LANGUAGE_NAMES[row.language]}"

    def _row(self, number: int) -> ArticleRow | None:
        """The row, from its page; None if the article has just left the library."""
        page_number = number // PAGE_ROWS
        page = self._pages.get(page_number)
        if page is None:
            first = page_number * PAGE_ROWS
            page = {row.id: row for row in self._source.rows(self._ids[first : first + PAGE_ROWS])}
            self._pages[page_number] = page
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page_number)
        return page.get(self._ids[number])

    def _joined(self, upper: int) -> bool:
        """Whether the row *upper* and the one below it tell one story."""
        if not 0 <= upper < len(self._ids) - 1:
            return False
        above, below = self._row(upper), self._row(upper + 1)
        return above is not None and below is not None and above.story is not None and above.story == below.story


_ROLES_OF_A_ROW = frozenset(
    {
        ROW_ROLE,
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
    }
)
