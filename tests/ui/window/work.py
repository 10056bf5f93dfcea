"""A worker whose events are put in by the test; the real one is a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop_app.domain import Correction
from desktop_app.worker import TaskFailed, TaskFinished, WorkerEvent


class QueuedWork:
    """Remembers what it was asked to do."""

    def __init__(self) -> None:
        self.imported: list[Sequence[str | Path]] = []
        self.converted: list[bool] = []
        self.texts: list[str] = []
        self.pages: list[list[str]] = []
        self.feeds: list[list[int]] = []
        self.undone: list[int] = []
        self.related: list[tuple[int, int, bool | None]] = []
        self.scans = 0
        self.offline = False
        self.understood: list[Sequence[int]] = []
        self.cancelled = 0
        self.removed: list[Sequence[int]] = []
        self.events: list[WorkerEvent] = []
        self.tasks = 0

    @property
    def busy(self) -> bool:
        return self.tasks > 0

    def import_paths(self, paths: Sequence[str | Path], *, convert_legacy: bool = False) -> int:
        self.imported.append(paths)
        self.converted.append(convert_legacy)
        self.tasks += 1
        return self.tasks

    def import_text(self, text: str, *, convert_legacy: bool = False) -> int:
        self.texts.append(text)
        self.tasks += 1
        return self.tasks

    def fetch_pages(self, addresses: Sequence[str]) -> int:
        self.pages.append(list(addresses))
        self.tasks += 1
        return self.tasks

    def fetch_feeds(self, feeds: Sequence[int] = ()) -> int:
        self.feeds.append(list(feeds))
        self.tasks += 1
        return self.tasks

    def scan_watched(self) -> int:
        self.scans += 1
        self.tasks += 1
        return self.tasks

    def restore(self, articles: Sequence[int]) -> int:
        self.tasks += 1
        return self.tasks

    def empty_bin(self, articles: Sequence[int] = ()) -> int:
        self.tasks += 1
        return self.tasks

    def undo_import(self, import_: int) -> int:
        self.undone.append(import_)
        self.tasks += 1
        return self.tasks

    def understand(self, only: Sequence[int] = ()) -> int:
        self.understood.append(only)
        self.tasks += 1
        return self.tasks

    def reindex(self, *, understand: bool = False) -> int:
        self.tasks += 1
        return self.tasks

    def correct(self, corrections: Sequence[Correction]) -> int:
        self.tasks += 1
        return self.tasks

    def undo_correction(self, id_: int) -> int:
        self.tasks += 1
        return self.tasks

    def relate(self, one: int, other: int, together: bool | None) -> int:
        self.related.append((one, other, together))
        self.tasks += 1
        return self.tasks

    def remove(self, articles: Sequence[int]) -> int:
        self.removed.append(articles)
        self.tasks += 1
        return self.tasks

    def cancel(self) -> None:
        self.cancelled += 1

    def poll(self, timeout_s: float = 0.0) -> list[WorkerEvent]:
        events, self.events = self.events, []
        self.tasks -= sum(isinstance(event, TaskFinished | TaskFailed) for event in events)
        return events
