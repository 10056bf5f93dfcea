"""Taking an article out of the library: asked once, in the status bar, and done by the worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject

from desktop_app.domain import ArticleRow
from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.article_model import ArticleListModel
from desktop_app.ui.reading import Reading
from desktop_app.ui.status import StatusStrip
from desktop_app.ui.words import shortened
from desktop_app.ui.worker_bridge import WorkerBridge


class Rows(Protocol):
    """What the window asks of the library."""

    def rows(self, ids: Sequence[int]) -> list[ArticleRow]: ...


class Removal(QObject):
    """The action asks; the button in the status bar, or the same key again, removes. Files are never touched."""

    def __init__(
        self,
        commands: Actions,
        library: Rows,
        bridge: WorkerBridge | None,
        status: StatusStrip,
        listed: ArticleListModel,
        reading: Reading,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._bridge = bridge
        self._status = status
        self._listed = listed
        self._reading = reading
        self._asked: int | None = None
        self._leaving: list[str] = []
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

    def ask(self, article: int) -> None:
        """Ask whether *article* shall go."""
        title = self._title(article)
        if title is not None:
            self._asked = article
            self._status.ask(f"Remove “{title}” from the library? Its file stays.", "Remove", self._remove)

    def _on_triggered(self) -> None:
        article = self._reading.article
        if self._asked is not None and self._asked == article and self._status.is_asking:
            self._remove()
        elif article is not None:
            self.ask(article)

    def _remove(self) -> None:
        article, self._asked = self._asked, None
        title = None if article is None else self._title(article)
        if article is None or title is None or self._bridge is None:
            return
        self._leaving.append(title)
        self._status.say(f"Removing “{title}” …", lasting=True)
        if article == self._reading.article:
            gone = frozenset({article})
            following = self._listed.next_from(article, 1, gone) or self._listed.next_from(article, -1, gone)
            if following is not None:
                self._reading.open(following)
        self._bridge.remove([article])

    def _title(self, article: int) -> str | None:
        row = next(iter(self._library.rows([article])), None)
        return None if row is None else shortened(row.title)

    def _refresh(self) -> None:
        self._action.setEnabled(self.possible and self._reading.article is not None)

    def _on_task_finished(self, task: str, cancelled: bool) -> None:
        if task == "remove" and self._leaving:
            title = self._leaving.pop(0)
            if not cancelled:
                self._status.say(f"“{title}” is no longer in the library. Its file is where it was.")

    def _on_task_failed(self, task: str, _sentence: str) -> None:
        if task == "remove" and self._leaving:
            self._leaving.pop(0)
