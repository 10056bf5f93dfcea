"""What all lists of the window have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from desktop_app.ui.row_model import Index


class ReaderListView(QTableView):
    """A list to move through. `moved_to` tells only of the reader's own moves.

    A table of one column: QListView asks its model for every row at each change of its height (140 ms for
    100,000 rows), a table's fixed rows cost nothing.
    """

    moved_to = Signal(QModelIndex)

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._quiet = False
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)

    def set_row_height(self, pixels: int) -> None:
        """The height of every row."""
        self.verticalHeader().setDefaultSectionSize(pixels)

    def fit_rows(self, model: QAbstractListModel) -> None:
        """Give each row the height its delegate asks for; for short lists of unlike rows."""
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, self.viewport().width(), 1)
        for row in range(model.rowCount()):
            index = model.index(row)
            self.setRowHeight(row, self.itemDelegateForIndex(index).sizeHint(option, index).height())

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """What becomes current meanwhile was not the reader's choice."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        super().currentChanged(current, previous)
        if current.isValid() and not self._quiet:
            self.moved_to.emit(current)

    def moveCursor(  # noqa: N802
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        if action in (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd):
            # Of a table's row, Home is the first column; of a list it is the first row.
            modifiers |= Qt.KeyboardModifier.ControlModifier
        here, target = self.currentIndex(), super().moveCursor(action, modifiers)
        if not here.isValid() and self.model().rowCount():
            here, target = QModelIndex(), self.model().index(0, 0)
        step = -1 if target.row() < here.row() and action != QAbstractItemView.CursorAction.MoveHome else 1
        while target.isValid() and not target.flags() & Qt.ItemFlag.ItemIsEnabled:
            target = target.siblingAtRow(target.row() + step)
        return target if target.isValid() else here

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Qt makes the first row current where none is; coming into a list is no choice yet.
        with self.quietly():
            super().focusInEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()
