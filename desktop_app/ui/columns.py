"""The window's three columns: list, texts, entities. The outer two stay as wide as they need, until told otherwise."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

_LEFT, _RIGHT = (290, 0.19, 0.227), (236, 0.155, 0.2)
"""Of an outer column: pixels at 100 %, and its least and largest share of the window."""


class Columns(QSplitter):
    """Shares out the width by itself while the reader has not moved a border."""

    def __init__(self, left: QWidget, middle: QWidget, right: QWidget, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._percent = 100
        self._by_itself = True
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for column, (part, stretch) in enumerate(((left, 0), (middle, 1), (right, 0))):
            self.addWidget(part)
            self.setStretchFactor(column, stretch)
        self.splitterMoved.connect(self._on_moved)

    def set_percent(self, percent: int) -> None:
        """The size of what the outer columns show."""
        self._percent = percent
        self._share_out()

    def restore(self, state: QByteArray) -> None:
        """Bring back widths the reader once chose."""
        if self.restoreState(state):
            self._by_itself = False

    @property
    def set_by_reader(self) -> bool:
        """Whether the widths are worth keeping."""
        return not self._by_itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _on_moved(self) -> None:
        self._by_itself = False

    def _share_out(self) -> None:
        if not self._by_itself:
            return
        left, right = (self._outer(*column) for column in (_LEFT, _RIGHT))
        self.setSizes([left, max(1, self.width() - left - right), right])

    def _outer(self, pixels: int, least: float, largest: float) -> int:
        wanted = max(pixels * self._percent / 100, least * self.width())
        return round(min(wanted, largest * self.width()))
