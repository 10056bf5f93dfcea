"""Asks the library how the two open articles correspond, shows it, and passes on what a reader corrects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop_app.domain import ArticleLink, ArticlePair, Comparison
from desktop_app.errors import ReaderError
from desktop_app.ui.latest_call import LatestCall
from desktop_app.ui.passage_layer import PassageLayer
from desktop_app.ui.passages import PassageMap


class Comparisons(Protocol):
    """What the window asks of the library about two articles; `comparison` is also called from another thread."""

    def comparison(self, en: int, hi: int) -> Comparison: ...
    def links_of(self, id_: int) -> list[ArticleLink]: ...
    def state_passages(
        self, en: int, hi: int, en_sentences: Sequence[int], hi_sentences: Sequence[int], linked: bool | None
    ) -> None: ...


class Correspondence(QObject):
    """Keeps the passages shown in line with the pair shown and with the reader's own statements.

    Without *writable* the library belongs to another window, and nothing can be stated.
    """

    shown = Signal()
    """The passages of the pair are drawn, or it has none."""
    failed = Signal(str)

    def __init__(
        self, library: Comparisons, layer: PassageLayer, undo: QUndoStack, *, writable: bool, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._layer = layer
        self._undo = undo
        self._call = LatestCall(self)
        self._pair = ArticlePair()
        self.comparison: Comparison | None = None
        self.writable = writable
        self._call.answered.connect(self._show)
        self._call.failed.connect(self._on_failed)
        layer.link_rejected.connect(lambda en, hi: self._state(en, hi, linked=False))
        layer.link_stated.connect(lambda en, hi: self._state(en, hi, linked=True))

    def show_pair(self, pair: ArticlePair) -> None:
        """Show what corresponds in *pair*, at once if that is known, else when it has been found."""
        self._call.forget()
        self._pair = pair
        if pair.en is None or pair.hi is None:
            self._show(None)
            return
        en, hi = pair.en.id, pair.hi.id
        if any(link.hi == hi for link in self._library.links_of(en)):
            try:
                self._show(self._library.comparison(en, hi))
            except ReaderError as error:
                self._on_failed(error)
        else:
            # Chosen by the reader: these two were never judged to belong together, so nothing is stored.
            self._show(None)
            self._call.ask(lambda: self._library.comparison(en, hi))

    def wait(self, milliseconds: int) -> None:
        """Wait for a comparison that is being made."""
        self._call.wait(milliseconds)

    def close(self) -> None:
        self._call.close()

    def restate(self, pair: ArticlePair, en: Sequence[int], hi: Sequence[int], linked: bool | None) -> None:
        """Store what a reader stated of a pair's sentences (None: takes it back) and show it."""
        if pair.en is None or pair.hi is None:
            return
        try:
            self._library.state_passages(pair.en.id, pair.hi.id, en, hi, linked)
        except ReaderError as error:
            self.failed.emit(str(error))
        self.show_pair(self._pair)

    def _state(self, en: tuple[int, ...], hi: tuple[int, ...], *, linked: bool) -> None:
        if self.writable:
            self._undo.push(_Statement(self, self._undo, self._pair, en, hi, linked))

    def _show(self, comparison: Comparison | None) -> None:
        self.comparison = comparison
        self._layer.show_passages(None if comparison is None else PassageMap(self._pair, comparison))
        self.shown.emit()

    def _on_failed(self, error: ReaderError) -> None:
        self._show(None)
        self.failed.emit(str(error))


class _Statement(QUndoCommand):
    """One statement about passages. Taking it back brings earlier statements about the same sentences back."""

    def __init__(
        self,
        owner: Correspondence,
        stack: QUndoStack,
        pair: ArticlePair,
        en: tuple[int, ...],
        hi: tuple[int, ...],
        linked: bool,
    ) -> None:
        super().__init__("link the passages" if linked else "unlink the passages")
        self._owner = owner
        self._stack = stack
        self._pair = pair
        self._en, self._hi = en, hi
        self._linked = linked

    def redo(self) -> None:
        self._owner.restate(self._pair, self._en, self._hi, self._linked)

    def undo(self) -> None:
        self._owner.restate(self._pair, self._en, self._hi, None)
        earlier = (self._stack.command(number) for number in range(self._stack.index() - 1))
        for statement in earlier:
            if isinstance(statement, _Statement) and statement.speaks_of(self._pair):
                statement.redo()

    def speaks_of(self, pair: ArticlePair) -> bool:
        return pair == self._pair
