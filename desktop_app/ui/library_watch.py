"""Notices that another Setu changes the library this one only reads."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

WATCH_MS = 2000


class Changing(Protocol):
    def changes(self) -> int: ...


class LibraryWatch(QObject):
    """Asks every two seconds whether anything changed: one row of SQLite."""

    changed = Signal()

    def __init__(self, library: Changing, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._seen = library.changes()
        self._timer = QTimer(self)
        self._timer.setInterval(WATCH_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look now."""
        changes = self._library.changes()
        if changes != self._seen:
            self._seen = changes
            self.changed.emit()

    def stop(self) -> None:
        self._timer.stop()
