"""What stands where there is nothing to show: a sentence that says why and what to do, and perhaps its buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.actions import plain
from desktop_app.ui.fonts import ui_font

_SIDE, _BUTTON_FRAME = 12, 32


class Notice(QWidget):
    """A quiet sentence in the middle of an empty place, with a button for each action offered."""

    def __init__(self, actions: Sequence[QAction] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._label.setProperty("quiet", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_SIDE, 24, _SIDE, 24)
        layout.setSpacing(10)
        layout.addStretch(1)
        layout.addWidget(self._label)
        self._buttons: dict[QPushButton, str] = {}
        for action in actions:
            words = plain(action.text()) + ("…" if action.text().endswith("…") else "")
            button = QPushButton(words, self)
            button.setAccessibleName(words)
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self._buttons[button] = words
        layout.addStretch(2)

    def set_percent(self, percent: int) -> None:
        for part in (self._label, *self._buttons):
            part.setFont(ui_font(percent))
        self._fit_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_buttons()

    def _fit_buttons(self) -> None:
        room = self.width() - 2 * _SIDE - _BUTTON_FRAME
        for button, words in self._buttons.items():
            button.setText(button.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room))

    @property
    def buttons(self) -> Sequence[QPushButton]:
        return tuple(self._buttons)

    @property
    def sentence(self) -> str:
        return self._label.text()

    def say(self, sentence: str) -> None:
        self._label.setText(sentence)
        self.setAccessibleName(sentence)
