"""Taking an article out of the library: into the bin, at once, and back with Undo. Files are never touched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop_app.domain import ArticleRow
from desktop_app.records import BIN_DAYS
from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.article_model import ArticleListModel
from desktop_app.ui.reading import Reading
from desktop_app.ui.status import StatusStrip
from desktop_app.ui.words import count_of, shortened
from desktop_app.ui.worker_bridge import WorkerBridge


class Rows(Protocol):
    """What the window asks of the library."""

    def rows(self, ids: Sequence[int]) -> list[ArticleRow]: ...


class Removal(QObject):
    """Sends articles to the bin and back. Without a *bridge* the library is only read."""

    def __init__(
        self,
        commands: Actions,
        library: Rows,
        bridge: WorkerBridge | None,
        status: StatusStrip,
        listed: ArticleListModel,
        reading: Reading,
        undo: QUndoStack,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._bridge = bridge
        self._status = status
        self._listed = listed
        self._reading = reading
        self._undo = undo
        self._leaving: list[str] = []
        self._returning: list[tuple[int, ...]] = []
        self._action = commands[Act.REMOVE_ARTICLE]
        self._action.triggered.connect(self._on_triggered)
        reading.opened.connect(self._refresh)
        reading.renewed.connect(self._refresh)
        if bridge is not None:
            bridge.task_finished.connect(self._on_task_finished)
            bridge.task_failed.connect(self._on_task_failed)
        self._refresh()

    @property
    def possible(self) -> bool:
        """Whether this window may change the library."""
        return self._bridge is not None

    def remove(self, article: int) -> None:
        """Put *article* into the bin."""
        row = next(iter(self._library.rows([article])), None)
        if row is not None and self._bridge is not None:
            self._undo.push(_Removing(self, article, shortened(row.title)))

    def restore(self, articles: Sequence[int]) -> None:
        """Bring *articles* back from the bin, and open them if it is one."""
        if self._bridge is not None and articles:
            self._returning.append(tuple(articles))
            self._bridge.restore(articles)

    # For the undo command

    def send(self, article: int, title: str) -> None:
        assert self._bridge is not None
        self._leaving.append(title)
        if article == self._reading.article:
            gone = frozenset({article})
            following = self._listed.next_from(article, 1, gone) or self._listed.next_from(article, -1, gone)
            if following is not None:
                self._reading.open(following)
        self._bridge.remove([article])

    def _on_triggered(self) -> None:
        if self._reading.article is not None:
            self.remove(self._reading.article)

    def _refresh(self) -> None:
        self._action.setEnabled(self.possible and self._reading.article is not None)

    def _on_task_finished(self, task: str, cancelled: bool) -> None:
        if task == "remove" and self._leaving:
            title = self._leaving.pop(0)
            if not cancelled:
                sentence = f"“{title}” lies in the bin for {BIN_DAYS} days. Its file is where it was."
                self._status.say(sentence, can_undo=True)
        elif task == "restore" and self._returning:
            articles = self._returning.pop(0)
            rows = [] if cancelled else self._library.rows(articles)
            if len(rows) == 1:
                self._status.say(f"“{shortened(rows[0].title)}” is back.")
                self._reading.open(rows[0].id)
            elif rows:
                self._status.say(f"{count_of(len(rows), 'article')} are back.")

    def _on_task_failed(self, task: str, _sentence: str) -> None:
        if task == "remove" and self._leaving:
            self._leaving.pop(0)
        elif task == "restore" and self._returning:
            self._returning.pop(0)


class _Removing(QUndoCommand):
    """One article into the bin; taken back, it has the number that it had."""

    def __init__(self, removal: Removal, article: int, title: str) -> None:
        super().__init__(f"remove “{title}”")
        self._removal = removal
        self._article = article
        self._title = title

    def redo(self) -> None:
        self._removal.send(self._article, self._title)

    def undo(self) -> None:
        self._removal.restore([self._article])
