"""The folders whose new files are imported by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.records import WatchedFolder
from desktop_app.ui.record_dialog import RecordDialog
from desktop_app.ui.record_list import Record
from desktop_app.ui.words import count_of

_NONE = (
    "No folder is watched. What is put into a watched folder is imported by itself while Setu is open; nothing in the "
    "folder is ever changed."
)


class FoldersDialog(RecordDialog):
    """The list, and buttons to add and remove."""

    folder_added = Signal(str)
    folder_removed = Signal(str)
    scan_requested = Signal()

    def __init__(self, percent: int, parent: QWidget | None, *, writable: bool) -> None:
        super().__init__("Watched folders", "Watched folders", percent, parent)
        self._writable = writable
        self.add = self.add_button("&Add a folder…", self._on_add)
        self.remove = self.add_button("&Remove", self._on_remove)
        self.scan = self.add_button("&Look now", self.scan_requested.emit)

    def show_folders(self, folders: Sequence[WatchedFolder]) -> None:
        """Show the folders as they now are."""
        self.heading.setText(f"{count_of(len(folders), 'watched folder')}" if folders else _NONE)
        self.show_records(
            [
                Record(
                    folder.path,
                    Path(folder.path).name or folder.path,
                    folder.problem or folder.path,
                    trouble=bool(folder.problem),
                )
                for folder in folders
            ]
        )

    def refresh(self) -> None:
        self.set_enabled("add", enabled=self._writable)
        self.set_enabled("remove", enabled=self._writable and self.view.current is not None)
        self.set_enabled("scan", enabled=self._writable and bool(self.view.records))

    def _on_add(self) -> None:
        dialog = QFileDialog(self, "Watch a folder")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.folder_added)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_remove(self) -> None:
        record = self.view.current
        if record is not None:
            self.folder_removed.emit(str(record.key))
