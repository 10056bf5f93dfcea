"""The worker process as the window sees it: its events, as signals, a few times a second."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.domain import ArticlesChanged, Correction, FileReport, Progress
from desktop_app.records import Notice
from desktop_app.worker import TaskFailed, TaskFinished, WorkerEvent

POLL_MS = 60


class Worker(Protocol):
    """What the window asks of the worker."""

    offline: bool

    @property
    def busy(self) -> bool: ...
    def import_paths(self, paths: Sequence[str | Path], *, convert_legacy: bool = False) -> int: ...
    def import_text(self, text: str, *, convert_legacy: bool = False) -> int: ...
    def understand(self, only: Sequence[int] = ()) -> int: ...
    def reindex(self, *, understand: bool = False) -> int: ...
    def correct(self, corrections: Sequence[Correction]) -> int: ...
    def undo_correction(self, id_: int) -> int: ...
    def relate(self, one: int, other: int, together: bool | None) -> int: ...
    def remove(self, articles: Sequence[int]) -> int: ...
    def restore(self, articles: Sequence[int]) -> int: ...
    def empty_bin(self, articles: Sequence[int] = ()) -> int: ...
    def fetch_feeds(self, feeds: Sequence[int] = ()) -> int: ...
    def fetch_pages(self, addresses: Sequence[str]) -> int: ...
    def scan_watched(self) -> int: ...
    def undo_import(self, import_: int) -> int: ...
    def cancel(self) -> None: ...
    def poll(self, timeout_s: float = 0.0) -> list[WorkerEvent]: ...


class WorkerBridge(QObject):
    """Sends work off and announces what became of it. Changes that arrive together are announced once."""

    progressed = Signal(object)
    files_reported = Signal(list)
    articles_changed = Signal(frozenset)
    task_finished = Signal(str, bool)
    task_failed = Signal(str, str)
    noticed = Signal(str)
    """A sentence about something that mended itself, or that a reader should know."""
    correction_ended = Signal(int, bool)
    """The number of a correction, or of taking one back, and whether it now holds; after `task_finished`."""

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def busy(self) -> bool:
        return self._worker.busy

    def import_paths(self, paths: Sequence[Path], *, convert_legacy: bool = False) -> None:
        """Import, then understand what came in."""
        self._worker.import_paths(paths, convert_legacy=convert_legacy)
        self._understand_then()

    def import_text(self, text: str, *, convert_legacy: bool = False) -> None:
        """Import a text that lies in no file."""
        self._worker.import_text(text, convert_legacy=convert_legacy)
        self._understand_then()

    def fetch_pages(self, addresses: Sequence[str]) -> None:
        """Fetch web pages and import them."""
        self._worker.fetch_pages(addresses)
        self._understand_then()

    def fetch_feeds(self, feeds: Sequence[int] = ()) -> None:
        """Bring in what is new in these feeds, or in all."""
        self._worker.fetch_feeds(feeds)
        self._timer.start()

    def scan_watched(self) -> None:
        """Bring in what is new in the watched folders."""
        self._worker.scan_watched()
        self._timer.start()

    def work_offline(self, offline: bool) -> None:
        """Fetch nothing from now on, or again what is asked for."""
        self._worker.offline = offline

    def restore(self, articles: Sequence[int]) -> None:
        """Bring articles back from the bin."""
        self._worker.restore(articles)
        self._understand_then()

    def empty_bin(self, articles: Sequence[int] = ()) -> None:
        """Delete these articles of the bin for good, or all."""
        self._worker.empty_bin(articles)
        self._timer.start()

    def undo_import(self, import_: int) -> None:
        """Put into the bin what an import brought, and bring back the texts that it replaced."""
        self._worker.undo_import(import_)
        self._understand_then()

    def understand(self, only: Sequence[int] = ()) -> None:
        self._worker.understand(only)
        self._timer.start()

    def reindex(self) -> None:
        self._worker.reindex()
        self._timer.start()

    def correct(self, corrections: Sequence[Correction]) -> int:
        """Store and apply facts; `correction_ended` will carry the number that is returned."""
        number = self._worker.correct(corrections)
        self._timer.start()
        return number

    def undo_correction(self, id_: int) -> int:
        """Take one fact back; `correction_ended` will carry the number that is returned."""
        number = self._worker.undo_correction(id_)
        self._timer.start()
        return number

    def relate(self, one: int, other: int, together: bool | None) -> None:
        """State that two articles tell one event, or that they do not; None takes it back."""
        self._worker.relate(one, other, together)
        self._timer.start()

    def remove(self, articles: Sequence[int]) -> None:
        """Put articles into the bin; their files stay."""
        self._worker.remove(articles)
        self._timer.start()

    def follow(self) -> None:
        """Announce what becomes of work that was sent off elsewhere."""
        self._timer.start()

    def cancel(self) -> None:
        self._worker.cancel()

    def stop(self) -> None:
        """No signals any more."""
        self._timer.stop()

    def _understand_then(self) -> None:
        self._worker.understand()
        self._timer.start()

    def _poll(self) -> None:
        events = self._worker.poll()
        reports = [event for event in events if isinstance(event, FileReport)]
        changed = {id_ for event in events if isinstance(event, ArticlesChanged) for id_ in event.ids}
        progress = [event for event in events if isinstance(event, Progress)]
        if reports:
            self.files_reported.emit(reports)
        if changed:
            self.articles_changed.emit(frozenset(changed))
        if progress:
            self.progressed.emit(progress[-1])
        for event in events:
            if isinstance(event, Notice):
                self.noticed.emit(event.message)
            elif isinstance(event, TaskFinished):
                self.task_finished.emit(event.task, event.cancelled)
            elif isinstance(event, TaskFailed):
                self.task_failed.emit(event.task, event.message)
            if isinstance(event, TaskFinished | TaskFailed) and event.task == "correct":
                self.correction_ended.emit(event.number, isinstance(event, TaskFinished))
        if not self._worker.busy:
            self._timer.stop()
