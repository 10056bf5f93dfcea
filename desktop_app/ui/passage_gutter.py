"""The space between the panes: a wide splitter handle."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from desktop_app.ui.themes import theme_of

GUTTER_PX = 28


class PassageGutter(QSplitterHandle):
    """Divides the panes; dragging moves the border, a double click makes the panes equal."""

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.base))
        painter.setPen(QColor(theme.border))
        painter.drawLine(self.width() // 2, 0, self.width() // 2, self.height())
        painter.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
        splitter = self.splitter()
        half = sum(splitter.sizes()) // 2
        splitter.setSizes([half, half])


class PaneSplitter(QSplitter):
    """Two panes side by side with the gutter between."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(GUTTER_PX)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:  # noqa: N802
        return PassageGutter(self.orientation(), self)
