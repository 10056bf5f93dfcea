"""What stands in the window's place while a library is mended: the sentence, its backups, and what was done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.errors import ReaderError
from desktop_app.recovery import mend, restore_backup
from desktop_app.storage.backups import Backups
from desktop_app.ui.backups_dialog import backup_records
from desktop_app.ui.fonts import ui_font
from desktop_app.ui.record_dialog import RecordDialog

_KEPT = "Whatever is done, the file as it is now is kept."
_NO_BACKUPS = f"There is no backup yet. Setu can take over what is still readable. {_KEPT}"
_OFFER = (
    f"Setu can bring the articles back, from what is still readable and from the backups. {_KEPT} To go back to one "
    "backup as a whole, choose it."
)


class RecoveryDialog(RecordDialog):
    """Mends the library in *folder*, which nobody may have open; accepted when the reader wants to open it.

    With *backup* that one is offered first.
    """

    _said = Signal(str)
    _ended = Signal(bool)

    def __init__(
        self, folder: Path, heading: str, parent: QWidget | None, *, backup: Path | None = None, percent: int = 100
    ) -> None:
        super().__init__("Setu", "Backups", percent, parent)
        self._folder = folder
        self._thread: threading.Thread | None = None
        self.heading.setText(heading)
        self.report = self.add_text("", "What was done")
        self.report.setFont(ui_font(percent))
        self.mend = self.add_button("&Bring the articles back", lambda: self._start(lambda: mend(folder)))
        self.restore = self.add_button("&Go back to this backup", self._on_restore)
        self.open_library = self.add_button("&Open the library", self.accept)
        backups = Backups(folder).all()
        self.report.setPlainText(_OFFER if backups else _NO_BACKUPS)
        self.show_records(backup_records(backups))
        if backup is not None:
            self.view.choose(str(backup))
        self._said.connect(self.report.appendPlainText)
        self._ended.connect(self._on_ended)

    @property
    def busy(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def reject(self) -> None:
        """Not in the middle of it."""
        if not self.busy:
            super().reject()

    def refresh(self) -> None:
        self.set_enabled("restore", enabled=not self.busy and self.view.current is not None)

    def _on_restore(self) -> None:
        record = self.view.current
        if record is not None:
            path = Path(str(record.key))
            self._start(lambda: restore_backup(self._folder, path))

    def _start(self, job: Callable[[], Iterator[str]]) -> None:
        for button in (self.mend, self.restore, self.open_library):
            button.setEnabled(False)
        self.report.setPlainText("The articles are being brought back …")
        # Not the worker: it could not open the library either.
        self._thread = threading.Thread(target=self._run, args=(job,), name="recovery")
        self._thread.start()

    def _run(self, job: Callable[[], Iterator[str]]) -> None:
        try:
            said = False
            for line in job():
                said = True
                self._said.emit(line)
            if not said:
                self._said.emit("There was nothing to mend.")
        except ReaderError as error:
            self._said.emit(str(error))
            self._ended.emit(False)
        else:
            self._ended.emit(True)

    def _on_ended(self, well: bool) -> None:
        if self._thread is not None:
            self._thread.join()
        self.mend.setEnabled(True)
        self.open_library.setEnabled(True)
        self.refresh()
        if well:
            self.open_library.setDefault(True)
            self.open_library.setFocus()
