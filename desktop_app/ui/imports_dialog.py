"""The imports that can still be undone, newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.records import ImportRecord
from desktop_app.ui.record_dialog import RecordDialog
from desktop_app.ui.record_list import Record
from desktop_app.ui.words import count_of, moment_words

_NONE = "There is no import to undo."
_WHAT = "Undoing an import puts what it brought into the bin, and brings back the texts that it replaced."


class ImportsDialog(RecordDialog):
    """A list with one button."""

    undo_requested = Signal(object)
    """The `ImportRecord` of the import to undo."""

    def __init__(
        self, rows: Callable[[], Sequence[ImportRecord]], percent: int, parent: QWidget | None, *, writable: bool
    ) -> None:
        super().__init__("Imports", "Imports", percent, parent)
        self._rows = rows
        self._writable = writable
        self._known: dict[int, ImportRecord] = {}
        self.undo = self.add_button("&Undo this import", self._on_undo)
        self.renew()

    def renew(self) -> None:
        """Show the imports as they now are."""
        rows = self._rows()
        self._known = {row.id: row for row in rows}
        self.heading.setText(f"{count_of(len(rows), 'import')}, newest first" if rows else _NONE)
        self.say(_WHAT if rows else "")
        self.show_records(
            [
                Record(
                    row.id,
                    row.description,
                    moment_words(row.started_at),
                    count_of(row.articles, "article") if row.articles else "",
                )
                for row in rows
            ]
        )

    def refresh(self) -> None:
        self.set_enabled("undo", enabled=self._writable and self.view.current is not None)

    def _on_undo(self) -> None:
        record = self.view.current
        if record is not None and isinstance(record.key, int):
            self.say(f"Undoing the import of {record.title} …")
            self.undo.setEnabled(False)
            self.undo_requested.emit(self._known[record.key])
