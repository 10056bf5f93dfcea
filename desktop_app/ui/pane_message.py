"""The sentence in the middle of an empty pane."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.domain import Language
from desktop_app.ui.fonts import text_font

_WIDTH_EM = 26


class PaneMessage(QLabel):
    """Plain words in the upper middle of *parent*, out of the mouse's way."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, sentence: str, percent: int) -> None:
        """Show *sentence* with text at *percent*."""
        self.setText(sentence)
        self.place(percent)
        self.show()

    def place(self, percent: int) -> None:
        """Fit into the parent as it is now."""
        font = text_font(Language.ENGLISH, percent)
        self.setFont(font)
        self.setFixedWidth(max(80, min(self._ground.width() - 48, _WIDTH_EM * font.pixelSize())))
        self.adjustSize()
        self.move((self._ground.width() - self.width()) // 2, max(24, (self._ground.height() - self.height()) // 3))
