"""The care for a library as its reader meets it: the bin, the imports, the examination, the backups."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.records import BinnedArticle, ImportRecord
from desktop_app.storage.backups import Backup
from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.backups_dialog import BackupsDialog
from desktop_app.ui.bin_dialog import BinDialog
from desktop_app.ui.check_dialog import CheckDialog
from desktop_app.ui.import_desk import ImportDesk
from desktop_app.ui.imports_dialog import ImportsDialog
from desktop_app.ui.removal import Removal
from desktop_app.ui.view_options import ViewOptions
from desktop_app.ui.worker_bridge import WorkerBridge

_Sheet = TypeVar("_Sheet", BinDialog, ImportsDialog)
_GOING_BACK = "The library goes back to what it was when the backup below was made."
_CHANGES_BIN = frozenset(("remove", "restore", "empty-bin", "undo-import", "import"))


class Bin(Protocol):
    def rows(self) -> list[BinnedArticle]: ...


class Cared(Protocol):
    """What the window asks of the library about itself."""

    folder: Path

    @property
    def bin(self) -> Bin: ...
    def imports(self) -> list[ImportRecord]: ...
    def backups(self) -> list[Backup]: ...


class LibraryDesk(QObject):
    """Opens the sheets and keeps the open one true. Without a *bridge* they only show."""

    recovery_requested = Signal(str, str)
    """The library is to be closed, mended and opened again: the sentence to say, and a backup's path or nothing."""

    def __init__(
        self,
        commands: Actions,
        library: Cared,
        bridge: WorkerBridge | None,
        removal: Removal,
        import_desk: ImportDesk,
        options: ViewOptions,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._library = library
        self._bridge = bridge
        self._removal = removal
        self._import_desk = import_desk
        self._options = options
        self._window = window
        self._open: list[BinDialog | ImportsDialog] = []
        commands[Act.BIN].triggered.connect(lambda: self.bin_dialog().open())
        commands[Act.IMPORTS].triggered.connect(lambda: self.imports_dialog().open())
        commands[Act.CHECK].triggered.connect(self.check)
        commands[Act.BACKUPS].triggered.connect(lambda: self.backups_dialog().open())
        if bridge is not None:
            bridge.task_finished.connect(self._on_task_ended)
            bridge.task_failed.connect(self._on_task_failed)

    def bin_dialog(self) -> BinDialog:
        """The sheet with what was removed."""
        dialog = BinDialog(self._library.bin.rows, self._percent, self._window, writable=self._bridge is not None)
        dialog.restore_requested.connect(self._removal.restore)
        dialog.deletion_requested.connect(self._on_deletion_requested)
        return self._kept(dialog)

    def imports_dialog(self) -> ImportsDialog:
        """The sheet with the imports that can be undone."""
        dialog = ImportsDialog(self._library.imports, self._percent, self._window, writable=self._bridge is not None)
        dialog.undo_requested.connect(self._import_desk.undo_import)
        return self._kept(dialog)

    def check(self) -> None:
        """Examine the library, and show what is found."""
        self.check_dialog().open()

    def check_dialog(self) -> CheckDialog:
        from desktop_app.inspection import inspect

        folder = self._library.folder
        dialog = CheckDialog(lambda: inspect(folder), self._percent, self._window, writable=self._bridge is not None)
        dialog.repair_requested.connect(lambda: self.recovery_requested.emit("\n".join(dialog.problems or ()), ""))
        dialog.backups_requested.connect(lambda: self.backups_dialog().open())
        return dialog

    def backups_dialog(self) -> BackupsDialog:
        """The sheet with the copies of the library."""
        writable = self._bridge is not None
        dialog = BackupsDialog(self._library.backups(), self._percent, self._window, writable=writable)
        dialog.restore_requested.connect(lambda path: self.recovery_requested.emit(_GOING_BACK, path))
        return dialog

    @property
    def _percent(self) -> int:
        return self._options.furniture_percent

    def _kept(self, dialog: _Sheet) -> _Sheet:
        self._open.append(dialog)
        dialog.destroyed.connect(lambda: self._open.remove(dialog))
        return dialog

    def _on_deletion_requested(self, articles: Sequence[int]) -> None:
        if self._bridge is not None:
            self._bridge.empty_bin(articles)

    def _on_task_ended(self, task: str, _cancelled: bool) -> None:
        if task in _CHANGES_BIN:
            for dialog in self._open:
                dialog.renew()
                dialog.say("")

    def _on_task_failed(self, task: str, sentence: str) -> None:
        if task in _CHANGES_BIN:
            for dialog in self._open:
                dialog.renew()
                dialog.say(sentence)
