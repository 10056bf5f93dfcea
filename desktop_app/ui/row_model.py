"""What the models of all lists share: rows that are held whole, and one role that hands a row to who paints it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The row itself."""

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

Row = TypeVar("Row")


class RowModel(QAbstractListModel, Generic[Row]):
    """Rows in the order given. A subclass says what they say."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def row_at(self, index: Index) -> Row | None:
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        return row if role == ROW_ROLE else self.said_of(row, role)

    def said_of(self, row: Row, role: int) -> str | None:
        """What a row says in *role*: on its line, in its tool tip, to a screen reader."""
        raise NotImplementedError
