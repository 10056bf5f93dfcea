"""The copies of the library that Setu keeps beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.storage.backups import Backup
from desktop_app.ui.record_dialog import RecordDialog
from desktop_app.ui.record_list import Record
from desktop_app.ui.words import count_of, day_words

_NONE = "There is no backup yet. Setu makes one a day, when nothing else is to be done."
_WHAT = "Setu closes the library to go back to a backup. The library as it is now is kept in a folder beside it."


class BackupsDialog(RecordDialog):
    """A list, newest first, and one button."""

    restore_requested = Signal(str)
    """The path of the backup to go back to."""

    def __init__(self, backups: Sequence[Backup], percent: int, parent: QWidget | None, *, writable: bool) -> None:
        super().__init__("Backups", "Backups", percent, parent)
        self._writable = writable
        self.restore = self.add_button("&Go back to this backup…", self._on_restore)
        self.heading.setText(f"{count_of(len(backups), 'backup')}, newest first" if backups else _NONE)
        self.say(_WHAT if backups else "")
        self.show_records(backup_records(backups))

    def refresh(self) -> None:
        self.set_enabled("restore", enabled=self._writable and self.view.current is not None)

    def _on_restore(self) -> None:
        record = self.view.current
        if record is not None:
            self.accept()
            self.restore_requested.emit(str(record.key))


def backup_records(backups: Sequence[Backup]) -> list[Record]:
    return [
        Record(
            str(backup.path),
            day_words(backup.date) if backup.format is None else f"{day_words(backup.date)}, before an update of Setu",
            str(backup.path),
            f"{backup.size_bytes / 1_000_000:,.1f} MB",
        )
        for backup in backups
    ]
