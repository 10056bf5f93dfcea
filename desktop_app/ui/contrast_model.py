"""The lines of one section of the contrast view, as a Qt model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.domain import Language
from desktop_app.ui.contrast_lines import Cell, ContrastLine

LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 1

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ContrastModel(QAbstractListModel):
    """One row for each line; the accessible text reads both cells, and says which of them is a hint."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[ContrastLine, ...] = ()

    def show_lines(self, lines: Sequence[ContrastLine]) -> None:
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def line_at(self, index: _Index) -> ContrastLine | None:
        return self._lines[index.row()] if index.isValid() else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not self.checkIndex(index, QAbstractListModel.CheckIndexOption.IndexIsValid):
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            cells = (_spoken(line.cell(language)) for language in Language)
            return " — ".join(part for part in (line.label, *cells) if part)
        return None


def _spoken(cell: Cell) -> str:
    told = f"it speaks of: {cell.text}" if cell.hint and cell.text else cell.text
    return ": ".join(part for part in (cell.strong, told) if part)
