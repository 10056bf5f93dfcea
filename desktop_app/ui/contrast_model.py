"""The lines of one section of the contrast view, as a Qt model."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop_app.domain import Language
from desktop_app.ui.contrast_lines import Cell, ContrastLine
from desktop_app.ui.row_model import RowModel


class ContrastModel(RowModel[ContrastLine]):
    """One row for each line; the accessible text reads both cells, and says which of them is a hint."""

    def said_of(self, row: ContrastLine, role: int) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        cells = (_spoken(row.cell(language)) for language in Language)
        return " — ".join(part for part in (row.label, *cells) if part)


def _spoken(cell: Cell) -> str:
    told = f"it speaks of: {cell.text}" if cell.hint and cell.text else cell.text
    return ": ".join(part for part in (cell.strong, told) if part)
