"""Search while typing: wait a moment, ask in another thread, and drop the answers that come too late."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from desktop_app.domain import SearchAnswer
from desktop_app.errors import ReaderError

DEBOUNCE_MS = 120
LIMIT = 100


class Searcher(Protocol):
    """What answers a query; called from another thread."""

    def search(self, query: str, *, limit: int = 50, request: int = 0, as_you_type: bool = False) -> SearchAnswer: ...


class SearchRunner(QObject):
    """Asks for the last query only. `answered` carries a `SearchAnswer`, `failed` a `ReaderError`."""

    answered = Signal(object)
    failed = Signal(object)
    _arrived = Signal(int, object)

    def __init__(self, searcher: Searcher, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._searcher = searcher
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._latest = 0
        self._query = ""
        self._as_you_type = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._ask)
        self._arrived.connect(self._on_arrived)

    def ask_soon(self, query: str) -> None:
        """Ask when the reader stops typing for a moment; the last word may be unfinished."""
        self._query, self._as_you_type = query, True
        self._latest += 1
        self._timer.start()

    def ask_now(self, query: str) -> None:
        """Ask at once, for exactly these words."""
        self._query, self._as_you_type = query, False
        self._latest += 1
        self._timer.stop()
        self._ask()

    def forget(self) -> None:
        """Whatever is on its way is not wanted any more."""
        self._latest += 1
        self._timer.stop()

    def close(self) -> None:
        """Wait for the running search; nothing is delivered after this."""
        self.forget()
        self._pool.clear()
        self._pool.waitForDone(5000)

    def is_wanted(self, request: int) -> bool:
        return request == self._latest

    def _ask(self) -> None:
        self._pool.start(_Search(self, self._searcher, self._query, self._latest, self._as_you_type))

    def deliver(self, request: int, outcome: object) -> None:
        """Called in the searching thread; the signal carries the outcome over to the window's."""
        self._arrived.emit(request, outcome)

    def _on_arrived(self, request: int, outcome: object) -> None:
        if not self.is_wanted(request):
            return
        if isinstance(outcome, ReaderError):
            self.failed.emit(outcome)
        elif isinstance(outcome, Exception):
            raise outcome
        else:
            self.answered.emit(outcome)


class _Search(QRunnable):
    def __init__(self, runner: SearchRunner, searcher: Searcher, query: str, request: int, as_you_type: bool) -> None:
        super().__init__()
        self._runner = runner
        self._searcher = searcher
        self._query = query
        self._request = request
        self._as_you_type = as_you_type

    def run(self) -> None:
        if not self._runner.is_wanted(self._request):
            return
        outcome: object
        try:
            outcome = self._searcher.search(
                self._query, limit=LIMIT, request=self._request, as_you_type=self._as_you_type
            )
        except Exception as error:  # noqa: BLE001 - the edge of a task: it is raised again in the window's thread
            outcome = error
        self._runner.deliver(self._request, outcome)
