"""Faults of the program: written to a log, told to the reader once, and never the end of the window."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QWidget

from desktop_app.errors import ReaderError
from desktop_app.ui.dialogs import CrashDialog, PlainDialog

_LONGEST_LOG_BYTES = 1 << 20


class CrashReporter:
    """Takes exceptions that nobody caught. A second one while the dialog stands is only written down."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._dialog: QWidget | None = None
        self.parent: QWidget | None = None

    @contextlib.contextmanager
    def catching(self) -> Iterator[None]:
        """As long as this lasts, uncaught exceptions come here."""
        before, sys.excepthook = sys.excepthook, self.report
        try:
            yield
        finally:
            sys.excepthook = before

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Write the fault down and show it; a `ReaderError` is no fault and only shown."""
        if self._dialog is not None:
            self._write("".join(traceback.format_exception(kind, error, trace)))
            return
        if isinstance(error, ReaderError):
            self._show(PlainDialog("Setu", str(error), self.parent))
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        self._write(details)
        self._show(CrashDialog(details, str(self._log), self.parent))

    def _show(self, dialog: QWidget) -> None:
        self._dialog = dialog
        dialog.destroyed.connect(self._on_closed)
        dialog.show()

    def _on_closed(self) -> None:
        self._dialog = None

    def _write(self, details: str) -> None:
        if sys.stderr is not None:
            sys.stderr.write(details)
        with contextlib.suppress(OSError):
            self._log.parent.mkdir(parents=True, exist_ok=True)
            mode = "a" if self._log.exists() and self._log.stat().st_size < _LONGEST_LOG_BYTES else "w"
            with self._log.open(mode, encoding="utf-8") as log:
                log.write(f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S} UTC\n{details}\n")
