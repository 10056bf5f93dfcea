"""What was searched for and what is kept under a name, as the window remembers it.

Writing waits in a thread of its own: the worker may hold the database for a while, and nobody waits for a note.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from desktop_app.errors import ReaderError
from desktop_app.records import SavedSearch
from desktop_app.ui.search_field import Offered
from desktop_app.ui.words import shortened

_OFFERED = 8
_LONGEST = 90
FORGET_WORDS = "Clear the search history"


class Searches(Protocol):
    """The library's own memory."""

    def saved(self) -> list[SavedSearch]: ...
    def save(self, name: str, query: str) -> SavedSearch: ...
    def rename(self, id_: int, name: str) -> None: ...
    def forget(self, id_: int) -> None: ...
    def history(self, beginning: str = "", limit: int = 10) -> list[str]: ...
    def note(self, query: str) -> None: ...
    def clear_history(self) -> None: ...


class SearchMemory(QObject):
    """`changed`: other searches are saved now, or remembered. `failed` carries a sentence."""

    changed = Signal()
    failed = Signal(str)

    def __init__(self, searches: Searches, *, writable: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._searches = searches
        self.writable = writable
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def saved(self) -> list[SavedSearch]:
        return self._searches.saved()

    def offers(self) -> list[Offered]:
        """What stands below the empty search field: saved searches, then the last queries."""
        history = self._searches.history(limit=_OFFERED)
        lines = [Offered(search.name, search.query, "star") for search in self.saved()]
        lines += (Offered(shortened(query, _LONGEST), query, "clock") for query in history)
        if history and self.writable:
            lines.append(Offered(FORGET_WORDS))
        return lines

    def note(self, query: str) -> None:
        """Remember a query the reader has used."""
        if self.writable and query.strip():
            self._write(lambda: self._searches.note(query))

    def clear_history(self) -> None:
        if self.writable:
            self._write(self._searches.clear_history)

    def save(self, name: str, query: str) -> None:
        self._write(lambda: self._searches.save(name, query))

    def rename(self, id_: int, name: str) -> None:
        self._write(lambda: self._searches.rename(id_, name))

    def forget(self, id_: int) -> None:
        self._write(lambda: self._searches.forget(id_))

    def wait(self, milliseconds: int) -> bool:
        """Wait until everything is written."""
        return self._pool.waitForDone(milliseconds)

    def close(self) -> None:
        """Write what waits; nothing is announced after this."""
        self.blockSignals(True)
        self.wait(5000)

    def _write(self, call: Callable[[], object]) -> None:
        self._pool.start(_Write(self, call))


class _Write(QRunnable):
    def __init__(self, memory: SearchMemory, call: Callable[[], object]) -> None:
        super().__init__()
        self._memory, self._call = memory, call

    def run(self) -> None:
        try:
            self._call()
        except ReaderError as error:
            self._memory.failed.emit(str(error))
        else:
            self._memory.changed.emit()
