"""What stands in the window's place where the library is damaged: the sentence, and bringing the articles back."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget

from desktop_app.errors import ReaderError
from desktop_app.recovery import mend
from desktop_app.storage.backups import Backups
from desktop_app.storage.errors import LibraryDamaged
from desktop_app.ui.dialogs import PlainDialog


class RecoveryDialog(PlainDialog):
    """Offers to mend the library in *folder*; accepted when that is done and the reader wants to open it."""

    _said = Signal(str)
    _ended = Signal(bool)

    def __init__(self, folder: Path, error: LibraryDamaged, parent: QWidget | None) -> None:
        super().__init__("Setu", f"The library {error.path} is damaged: {error.reason}.", parent)
        self._folder = folder
        self._thread: threading.Thread | None = None
        self.report = self.add_text(self._offer(), "What can be done")
        self.mend = QPushButton("Bring the articles back", self)
        self.mend.clicked.connect(self._on_mend)
        self.buttons.addButton(self.mend, QDialogButtonBox.ButtonRole.ActionRole)
        self._said.connect(self.report.appendPlainText)
        self._ended.connect(self._on_ended)
        self.resize(620, 320)

    def reject(self) -> None:
        """Not in the middle of it."""
        if self._thread is None or not self._thread.is_alive():
            super().reject()

    def _offer(self) -> str:
        backups = Backups(self._folder).all()
        kept = "The damaged file is kept."
        if not backups:
            return f"There is no backup yet. Setu can take over what is still readable. {kept}"
        lines = "\n".join(f"  {backup.date.isoformat()}   {backup.path.name}" for backup in backups)
        return (
            f"Setu can bring the articles back, from what is still readable and from these backups. {kept}\n\n{lines}"
        )

    def _on_mend(self) -> None:
        self.mend.setEnabled(False)
        self.report.setPlainText("The articles are being brought back …")
        # Not the worker: it could not open the library either.
        self._thread = threading.Thread(target=self._mend, name="recovery")
        self._thread.start()

    def _mend(self) -> None:
        try:
            for line in mend(self._folder):
                self._said.emit(line)
        except ReaderError as error:
            self._said.emit(str(error))
            self._ended.emit(False)
        else:
            self._ended.emit(True)

    def _on_ended(self, well: bool) -> None:
        if self._thread is not None:
            self._thread.join()
        if well:
            self.mend.setText("Open the library")
            self.mend.clicked.disconnect()
            self.mend.clicked.connect(self.accept)
        self.mend.setEnabled(True)
