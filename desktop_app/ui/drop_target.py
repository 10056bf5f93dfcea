"""Files, addresses and texts dropped anywhere on the window, and what it shows while they are held over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.ui.fonts import SEMIBOLD, ui_font
from desktop_app.ui.given import Given, read_mime, words_for
from desktop_app.ui.themes import theme_of


class DropTarget(QObject):
    """Takes what is dropped on *window*."""

    paths_dropped = Signal(list)
    addresses_dropped = Signal(list)
    text_dropped = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._veil = DropVeil(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if isinstance(event, QDragEnterEvent):
            words = words_for(_given(event))
            if words:
                self._veil.show_over(self._window, words)
                event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            self._veil.hide()
            given = _given(event)
            if words_for(given):
                event.acceptProposedAction()
            if given.paths:
                self.paths_dropped.emit(list(given.paths))
            elif given.addresses:
                self.addresses_dropped.emit(list(given.addresses))
            elif given.text:
                self.text_dropped.emit(given.text)
            return True
        if isinstance(event, QDragMoveEvent):
            event.acceptProposedAction()
            return True
        if event.type() is QEvent.Type.DragLeave:
            self._veil.hide()
        return False


def _given(event: QDropEvent) -> Given:
    """What is dropped; nothing if it was dragged out of this very window, where selected words slip easily."""
    return Given() if event.source() is not None else read_mime(event.mimeData())


class DropVeil(QWidget):
    """Covers the window and says what letting go will do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = ""
        self.hide()

    def show_over(self, window: QWidget, words: str) -> None:
        self._words = words
        self.setGeometry(window.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(theme.window)
        veil.setAlpha(225)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(QColor(theme.accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(24, 24, -24, -24), 12, 12)
        painter.setFont(ui_font(100, SEMIBOLD, 1.7))
        painter.setPen(QColor(theme.text))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._words)
        painter.end()
