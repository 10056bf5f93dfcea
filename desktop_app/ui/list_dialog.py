"""What the sheets with a list have in common: heading, list, a line of note, buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPushButton, QWidget

from desktop_app.ui.dialogs import PlainDialog
from desktop_app.ui.fonts import ui_font
from desktop_app.ui.list_view import ReaderListView

_View = TypeVar("_View", bound=ReaderListView)


class ListDialog(PlainDialog, Generic[_View]):
    """A sheet with a list. What is said in passing stands below the list."""

    def __init__(self, title: str, view: _View, percent: int, parent: QWidget | None) -> None:
        super().__init__(title, "", parent)
        self.percent = percent
        self.view = view
        self._note = QLabel(self)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self._note)
        for part in (self.heading, self._note, *self.buttons.buttons()):
            part.setFont(ui_font(percent))

    @property
    def note(self) -> str:
        """What the sheet says below the list."""
        return self._note.text()

    def say(self, sentence: str) -> None:
        self._note.setText(sentence)

    def add_button(self, text: str, pressed: Callable[[], object]) -> QPushButton:
        """A button that leaves the sheet open."""
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setFont(ui_font(self.percent))
        button.clicked.connect(pressed)
        self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        return button
