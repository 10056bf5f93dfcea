"""Search while typing: wait a moment, ask in another thread, and drop the answers that come too late."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.domain import SearchAnswer, SearchOptions
from desktop_app.ui.latest_call import LatestCall

DEBOUNCE_MS = 120
PAGE, MOST = 20, 500
"""Hits asked for at first, and at a time when the reader goes on; and in all."""
_AS_USUAL = SearchOptions()


class Searcher(Protocol):
    """What answers a query; called from another thread."""

    def search(
        self,
        query: str,
        *,
        limit: int = 50,
        request: int = 0,
        as_you_type: bool = False,
        options: SearchOptions = _AS_USUAL,
    ) -> SearchAnswer: ...


class SearchRunner(QObject):
    """Asks for the last query only. `answered` carries a `SearchAnswer` with the first hits, `failed` a `ReaderError`.

    `grown` carries one with the hits behind those that were given before.
    """

    answered = Signal(object)
    grown = Signal(object)
    failed = Signal(object)

    def __init__(self, searcher: Searcher, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._searcher = searcher
        self._call = LatestCall(self)
        self._call.answered.connect(self._on_answered)
        self._call.failed.connect(self.failed)
        self._requests = self._growing = 0
        self._asked = ("", False)
        self._query, self._options = "", _AS_USUAL
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(lambda: self.ask_now(self._query, self._options, as_you_type=True))

    def ask_soon(self, query: str, options: SearchOptions = _AS_USUAL) -> None:
        """Ask when the reader stops typing for a moment; the last word may be unfinished."""
        self._query, self._options = query, options
        self._call.forget()
        self._timer.start()

    def ask_now(self, query: str, options: SearchOptions = _AS_USUAL, *, as_you_type: bool = False) -> None:
        """Ask at once: for exactly these words, or with *as_you_type* for an unfinished last one."""
        self._timer.stop()
        self._asked = query, as_you_type
        self._ask(PAGE, options)

    def ask_more(self, options: SearchOptions, known: int) -> None:
        """Ask for the hits behind the first *known* ones of the last query."""
        self._ask(min(known + 2 * PAGE, MOST), replace(options, skip=known, with_facets=False))
        self._growing = self._requests

    def forget(self) -> None:
        """Whatever is on its way is not wanted any more."""
        self._call.forget()
        self._timer.stop()

    def close(self) -> None:
        """Wait for the running search; nothing is delivered after this."""
        self._timer.stop()
        self._call.close()

    def _ask(self, limit: int, options: SearchOptions) -> None:
        self._requests += 1
        request, (query, as_you_type) = self._requests, self._asked
        self._call.ask(
            lambda: self._searcher.search(query, limit=limit, request=request, as_you_type=as_you_type, options=options)
        )

    def _on_answered(self, answer: SearchAnswer) -> None:
        (self.grown if answer.request == self._growing else self.answered).emit(answer)
