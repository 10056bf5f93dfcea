"""What all lists of the window have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop_app.ui.row_painting import Index


class ReaderListView(QListView):
    """A list to move through. `moved_to` tells only of the reader's own moves."""

    moved_to = Signal(QModelIndex)

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._quiet = False
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)

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

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Qt makes the first row current where none is; coming into a list is no choice yet.
        with self.quietly():
            super().focusInEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()
