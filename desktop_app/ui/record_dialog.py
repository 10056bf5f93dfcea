"""What the sheets with a list of records have in common: heading, list, a line of note, buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPushButton, QWidget

from desktop_app.ui.dialogs import PlainDialog
from desktop_app.ui.fonts import ui_font
from desktop_app.ui.record_list import Record, RecordView


class RecordDialog(PlainDialog):
    """A sheet with a list. What is said in passing stands below the list."""

    def __init__(self, title: str, list_name: str, percent: int, parent: QWidget | None) -> None:
        super().__init__(title, "", parent)
        self.percent = percent
        self.view = RecordView(list_name, percent, self)
        self._note = QLabel(self)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._note.hide()
        self._note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self._note)
        for part in (self.heading, self._note, self.buttons):
            part.setFont(ui_font(percent))
        self.view.record_changed.connect(self.refresh)
        self.resize(720 * percent // 100, 480 * percent // 100)

    @property
    def note(self) -> str:
        """What the sheet says below the list."""
        return self._note.text()

    def say(self, sentence: str) -> None:
        self._note.setText(sentence)
        self._note.setVisible(bool(sentence))

    def add_button(self, text: str, pressed: Callable[[], object]) -> QPushButton:
        """A button that leaves the sheet open."""
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.setFont(ui_font(self.percent))
        button.clicked.connect(pressed)
        self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        return button

    def show_records(self, records: Sequence[Record]) -> None:
        self.view.show_records(records)
        self.view.setVisible(bool(records))
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Without records there is only a sentence to show."""
        super().showEvent(event)
        if not self.view.records:
            self.resize(self.width(), max(self.sizeHint().height(), 170 * self.percent // 100))

    def set_enabled(self, button: str, *, enabled: bool) -> None:
        """Bring one of a subclass's buttons in line, if it is there already: the list speaks up while it is built."""
        found = getattr(self, button, None)
        if isinstance(found, QPushButton):
            found.setEnabled(enabled)

    def refresh(self) -> None:
        """Another row is current, or the rows are others: a subclass brings its buttons in line."""
