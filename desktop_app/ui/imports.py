"""Work in the background as the reader hears of it: progress, sentences, and a list that keeps up quietly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.domain import FileReport, Progress
from desktop_app.ui.import_report import import_summary
from desktop_app.ui.status import StatusStrip
from desktop_app.ui.words import shortened
from desktop_app.ui.worker_bridge import WorkerBridge

REFRESH_MS = 400
_TASK_WORDS = {
    "import": "Importing",
    "understand": "Reading",
    "reindex": "Indexing",
    "feeds": "Fetching feeds",
    "pages": "Fetching",
    "watched": "Looking into folders",
}
_IMPORTING = frozenset(("import", "pages"))
"""Tasks that a reader asked for and waits for."""
_GATHERING = frozenset(("feeds", "watched"))


class Imports(QObject):
    """Starts imports and keeps the status bar true.

    `library_changed` carries the ids that changed, at most every `REFRESH_MS`. `import_finished` carries the
    reports of one import and its summary.
    """

    library_changed = Signal(frozenset)
    import_finished = Signal(list, str)
    gathered = Signal(str, list, str)
    """Feeds or watched folders were looked through: the task, what was imported from them, and its summary."""
    index_rebuilt = Signal()
    work_finished = Signal()

    def __init__(self, bridge: WorkerBridge, status: StatusStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._status = status
        self._reports: list[FileReport] = []
        self._imports_running = 0
        self._rebuilding = False
        self._changed: set[int] = set()
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self._announce_changes)
        bridge.progressed.connect(self._on_progressed)
        bridge.files_reported.connect(self._on_files_reported)
        bridge.articles_changed.connect(self._on_articles_changed)
        bridge.task_finished.connect(self._on_task_finished)
        bridge.task_failed.connect(self._on_task_failed)

    @property
    def importing(self) -> bool:
        return self._imports_running > 0

    def start(self, paths: Sequence[Path], *, convert_legacy: bool = False) -> None:
        """Import files and folders; the window goes on meanwhile."""
        if paths:
            self._begin(paths[0].name if len(paths) == 1 else f"{len(paths)} files and folders")
            self._bridge.import_paths(paths, convert_legacy=convert_legacy)

    def start_text(self, text: str, *, convert_legacy: bool = False) -> None:
        """Import a text that lies in no file."""
        self._begin("the text")
        self._bridge.import_text(text, convert_legacy=convert_legacy)

    def start_pages(self, addresses: Sequence[str], words: str) -> None:
        """Fetch web pages and import them; *words* say which."""
        self._begin(words, "Fetching")
        self._bridge.fetch_pages(addresses)

    def _begin(self, what: str, doing: str = "Importing") -> None:
        self._imports_running += 1
        self._status.say(f"{doing} {shortened(what, 90)} …", lasting=True)
        self._status.show_progress(doing, 0, 0)

    def rebuild_index(self, *, damaged: bool = False) -> None:
        if self._rebuilding:
            return
        self._rebuilding = True
        what = "The search index was damaged and" if damaged else "The search index"
        self._status.say(f"{what} is being rebuilt …", lasting=True)
        self._status.show_progress("Indexing", 0, 0, can_cancel=False)
        self._bridge.reindex()

    def cancel(self) -> None:
        self._bridge.cancel()

    def _on_progressed(self, progress: Progress) -> None:
        words = _TASK_WORDS.get(progress.task, progress.task.capitalize())
        self._status.show_progress(words, progress.done, progress.total, can_cancel=self.importing)

    def _on_files_reported(self, reports: list[FileReport]) -> None:
        self._reports.extend(reports)

    def _on_articles_changed(self, ids: frozenset[int]) -> None:
        self._changed |= ids
        if not self._refresh.isActive():
            self._refresh.start()

    def _announce_changes(self) -> None:
        changed, self._changed = frozenset(self._changed), set()
        self.library_changed.emit(changed)

    def _on_task_finished(self, task: str, cancelled: bool) -> None:
        self._refresh.stop()
        self._announce_changes()
        if task in _IMPORTING:
            self._imports_running -= 1
            reports, self._reports = self._reports, []
            thing = "page" if task == "pages" else "file"
            self.import_finished.emit(reports, import_summary(reports, cancelled=cancelled, thing=thing))
        elif task in _GATHERING:
            reports, self._reports = self._reports, []
            if any(report.article is not None for report in reports):
                self._bridge.understand()
            thing = "report" if task == "feeds" else "file"
            self.gathered.emit(task, reports, import_summary(reports, cancelled=cancelled, thing=thing))
        elif task == "reindex":
            self._status.say("The search index was rebuilt.")
            self.index_rebuilt.emit()
        self._finish_if_idle()

    def _on_task_failed(self, task: str, sentence: str) -> None:
        if task in _IMPORTING:
            self._imports_running -= 1
        if task in _IMPORTING or task in _GATHERING:
            self._reports = []
        self._status.say(sentence, lasting=True)
        self._finish_if_idle()

    def _finish_if_idle(self) -> None:
        self._rebuilding = self._rebuilding and self._bridge.busy
        if not self._bridge.busy:
            self._status.show_progress(None, 0, 0)
            self.work_finished.emit()
