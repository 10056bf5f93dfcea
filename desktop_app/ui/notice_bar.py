"""A quiet line above what it speaks of: a sentence, what can be done about it, and a button that puts it away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop_app.ui.fonts import ui_font
from desktop_app.ui.icons import icon


class NoticeBar(QWidget):
    """Hidden while it has nothing to say."""

    action_requested = Signal()

    def __init__(self, parent: QWidget, action: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self.button = QPushButton(action, self)
        self.button.setAutoDefault(False)
        self.button.setVisible(bool(action))
        self.button.clicked.connect(self.action_requested)
        self.close_button = QToolButton(self)
        self.close_button.setIcon(icon("close"))
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip("Put this away")
        self.close_button.setAccessibleName("Put this away")
        self.close_button.clicked.connect(self.hide)
        column = QVBoxLayout()
        column.addWidget(self._words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 8, 12, 8)
        row.addLayout(column, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def sentence(self) -> str:
        return self._words.text()

    def say(self, sentence: str) -> None:
        """Show *sentence*; nothing hides the bar."""
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))

    def set_percent(self, percent: int) -> None:
        for part in (self._words, self.button):
            part.setFont(ui_font(percent))
