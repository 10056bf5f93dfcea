"""What an examination of the library found, and what mends it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.errors import ReaderError
from desktop_app.ui.latest_call import LatestCall
from desktop_app.ui.record_dialog import RecordDialog
from desktop_app.ui.record_list import Record
from desktop_app.ui.words import count_of

_LOOKING = "Every article is being compared with what was imported …"
_WHOLE = "The library is in order: every text is the one that was imported."
_MENDING = "Setu closes the library for that, mends it, and opens it again."


class CheckDialog(RecordDialog):
    """Examines at once, in another thread."""

    repair_requested = Signal()
    backups_requested = Signal()

    def __init__(
        self, inspect: Callable[[], Sequence[str]], percent: int, parent: QWidget | None, *, writable: bool
    ) -> None:
        super().__init__("Check the library", "What was found", percent, parent)
        self._writable = writable
        self.problems: tuple[str, ...] | None = None
        self.repair = self.add_button("&Repair…", self._on_repair)
        self.restore = self.add_button("&Backups…", self.backups_requested.emit)
        self._call = LatestCall(self)
        self._call.answered.connect(self._on_inspected)
        self._call.failed.connect(self._on_failed)
        self.heading.setText(_LOOKING)
        self.show_records(())
        self.repair.setEnabled(False)
        self.resize(620 * percent // 100, 300 * percent // 100)
        self._call.ask(inspect)

    def wait(self, milliseconds: int) -> None:
        """Wait until the library is examined."""
        self._call.wait(milliseconds)

    def done(self, result: int) -> None:
        self._call.close()
        super().done(result)

    def refresh(self) -> None:
        record = self.view.current
        if record is not None:
            self.say(f"{record.title}\n{_MENDING if self._writable else ''}".strip())

    def _on_inspected(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        self.heading.setText(f"{count_of(len(problems), 'thing')} found" if problems else _WHOLE)
        self.show_records([Record(number, problem) for number, problem in enumerate(problems)])
        self.repair.setEnabled(bool(problems) and self._writable)

    def _on_failed(self, error: ReaderError) -> None:
        self._on_inspected([str(error)])

    def _on_repair(self) -> None:
        self.accept()
        self.repair_requested.emit()
