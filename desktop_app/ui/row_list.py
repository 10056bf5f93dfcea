"""Lists whose rows are only looked through until one is chosen by Enter or a click."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.list_view import ReaderListView


class RowList(ReaderListView):
    """A list that does nothing while one moves through it."""

    row_chosen = Signal(QModelIndex)

    def __init__(self, name: str, model: QAbstractListModel, parent: QWidget | None) -> None:
        super().__init__(name, parent)
        self._pressed = QModelIndex()
        self.setModel(model)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self.indexAt(event.position().toPoint()) if left else QModelIndex()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, QModelIndex()
        if pressed.isValid() and pressed == self.indexAt(event.position().toPoint()):
            self.row_chosen.emit(pressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.row_chosen.emit(self.currentIndex())
            return
        super().keyPressEvent(event)
