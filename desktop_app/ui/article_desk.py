"""What a reader can ask of one article beside reading it: its other versions, its date, its page, if it is whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QWidget

from desktop_app.domain import Article, ArticlePair, Language
from desktop_app.errors import ReaderError
from desktop_app.records import Version
from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.date_dialog import DateDialog
from desktop_app.ui.desk import Desk
from desktop_app.ui.latest_call import LatestCall
from desktop_app.ui.links import Links
from desktop_app.ui.reading import Reading
from desktop_app.ui.status import StatusStrip
from desktop_app.ui.versions_dialog import VersionsDialog
from desktop_app.ui.view_options import ViewOptions
from desktop_app.ui.words import day_words, shortened
from desktop_app.ui.worker_bridge import WorkerBridge

DAMAGED = "This is not what was imported: it was changed where it is stored."


class Keeping(Protocol):
    """What the window asks of the library about single articles."""

    def versions(self, id_: int) -> list[Version]: ...
    def state_date(self, id_: int, date: dt.date | None) -> None: ...
    def article(self, id_: int) -> Article: ...
    def is_intact(self, article: Article) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Facts:
    article: Article
    versions: list[Version]
    intact: bool


class ArticleDesk(Desk):
    """Speaks of the article in the pane that has the keys, or else of the one that was opened."""

    date_stated = Signal(int)
    """Another date holds for an article."""
    check_requested = Signal()

    def __init__(
        self,
        commands: Actions,
        library: Keeping,
        bridge: WorkerBridge | None,
        view: BilingualView,
        reading: Reading,
        links: Links,
        status: StatusStrip,
        undo: QUndoStack,
        options: ViewOptions,
        window: QWidget,
    ) -> None:
        super().__init__(commands, bridge, status, options, window)
        self._library = library
        self._view = view
        self._reading = reading
        self._links = links
        self._undo = undo
        self._versions: dict[int, list[Version]] = {}
        self._facts = LatestCall(self)
        self._facts.answered.connect(self._on_facts_known)
        self._facts.failed.connect(lambda error: status.say(str(error)))
        self._answer(
            (Act.VERSIONS, lambda: self._with_article(self.show_versions)),
            (Act.STATE_DATE, lambda: self._with_article(self.ask_date)),
            (Act.OPEN_PAGE, lambda: self._with_article(self.open_page)),
        )
        view.versions_requested.connect(lambda language: self._with_side(language, self.show_versions))
        view.date_requested.connect(lambda language: self._with_side(language, self.ask_date))
        view.check_requested.connect(self.check_requested)
        self.show_pair(ArticlePair())

    def show_pair(self, pair: ArticlePair) -> None:
        """Say of both articles how many other versions there are, and whether they are what was imported."""
        shown = [article for article in (pair.en, pair.hi) if article is not None]
        for article in shown:
            header = self._view.header(article.language)
            header.set_date_wanted(article.date is None and self._bridge is not None)
            header.set_versions(len(self._versions.get(article.id, ())))
        self._commands[Act.OPEN_PAGE].setEnabled(any(article.address for article in shown))
        self._commands[Act.STATE_DATE].setEnabled(bool(shown) and self._bridge is not None)
        self._commands[Act.VERSIONS].setEnabled(False)
        # A digest of all that is stored takes its time for a long text: the text need not wait for it.
        self._facts.ask(lambda: [self._facts_of(article) for article in shown])

    def wait(self, milliseconds: int) -> None:
        """Wait until what is said above the texts is known."""
        self._facts.wait(milliseconds)

    def close(self) -> None:
        """Nothing is said any more."""
        self._facts.close()

    def _facts_of(self, article: Article) -> _Facts:
        return _Facts(article, self._library.versions(article.id), self._library.is_intact(article))

    def _on_facts_known(self, found: list[_Facts]) -> None:
        self._versions = {facts.article.id: facts.versions for facts in found}
        for facts in found:
            language = facts.article.language
            self._view.header(language).set_versions(len(facts.versions))
            self._view.show_doubt(language, "" if facts.intact else DAMAGED)
        self._commands[Act.VERSIONS].setEnabled(any(facts.versions for facts in found))

    def show_versions(self, article: Article) -> None:
        """Open the sheet with the other versions of *article*."""
        versions = self._versions.get(article.id, [])
        if versions:
            self.versions_dialog(article, versions).open()

    def versions_dialog(self, article: Article, versions: Sequence[Version]) -> VersionsDialog:
        return VersionsDialog(article, versions, self._options.furniture_percent, self._window)

    def ask_date(self, article: Article) -> None:
        """Ask when *article* appeared."""
        if self._bridge is None:
            return
        dialog = DateDialog(shortened(article.title, 70), article.date, self._options.furniture_percent, self._window)
        dialog.date_given.connect(lambda date: self._undo.push(_Dating(self, article.id, article.date, date)))
        dialog.open()

    def open_page(self, article: Article) -> None:
        """Show where the article's own address leads, and open it if the reader wants that."""
        if article.address:
            self._links.ask(article.address)
        else:
            self._status.say("This article does not say on which page it stood.")

    def state(self, article: int, date: dt.date | None) -> None:
        """Store a date. For the undo command."""
        try:
            self._library.state_date(article, date)
        except ReaderError as error:
            self._status.say(str(error))
            return
        if self._bridge is not None:
            self._bridge.follow()
        now = self._library.article(article).date
        words = "The date is unknown." if now is None else f"The date is now {day_words(now)}."
        self._status.say(words, can_undo=True)
        self.date_stated.emit(article)

    def _with_article(self, then: Callable[[Article], object]) -> None:
        focused = self._view.focused_language()
        article = self._reading.opened_article if focused is None else self._reading.pair.side(focused)
        if article is None:
            article = self._reading.opened_article
        if article is not None:
            then(article)

    def _with_side(self, language: Language, then: Callable[[Article], object]) -> None:
        article = self._reading.pair.side(language)
        if article is not None:
            then(article)


class _Dating(QUndoCommand):
    """A stated date. Undone, the date holds that held before."""

    def __init__(self, desk: ArticleDesk, article: int, before: dt.date | None, date: dt.date | None) -> None:
        super().__init__("state the date")
        self._desk = desk
        self._article = article
        self._before = before
        self._date = date

    def redo(self) -> None:
        self._desk.state(self._article, self._date)

    def undo(self) -> None:
        self._desk.state(self._article, self._before)
