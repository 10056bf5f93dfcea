"""What the sheets with a list of records have in common."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.ui.list_dialog import ListDialog
from desktop_app.ui.record_list import Record, RecordView


class RecordDialog(ListDialog[RecordView]):
    """A sheet with a list of records; its note takes room only while it says something."""

    def __init__(self, title: str, list_name: str, percent: int, parent: QWidget | None) -> None:
        super().__init__(title, RecordView(list_name, percent, None), percent, parent)
        self._note.hide()
        self.view.record_changed.connect(self.refresh)
        self.resize(720 * percent // 100, 480 * percent // 100)

    def say(self, sentence: str) -> None:
        super().say(sentence)
        self._note.setVisible(bool(sentence))

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
