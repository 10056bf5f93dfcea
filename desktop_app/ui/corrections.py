"""What a reader states about entities: sent to the worker, announced when it holds, taken back by undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop_app.domain import Correction
from desktop_app.ui.correction_words import Statement
from desktop_app.ui.worker_bridge import WorkerBridge

READ_ONLY = "Another Setu has this library open: entities can only be corrected there."


class StatedFacts(Protocol):
    """What the window asks of the library about corrections."""

    def corrections(self, *, with_undone: bool = False) -> list[Correction]: ...


class Corrections(QObject):
    """Without a *bridge* the library belongs to another window, and nothing can be stated."""

    begun = Signal()
    """Something was sent to the worker."""
    stated = Signal(object)
    """A `Statement` holds now in the whole library."""
    taken_back = Signal(object)
    """A `Statement` holds no longer."""
    changed = Signal()
    """The list of facts is another; also after a failure, which the worker itself reports."""

    def __init__(self, library: StatedFacts, bridge: WorkerBridge | None, undo: QUndoStack, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._bridge = bridge
        self._undo = undo
        self._waiting: dict[int, Callable[[bool], None]] = {}
        if bridge is not None:
            bridge.correction_ended.connect(self._on_ended)

    @property
    def writable(self) -> bool:
        return self._bridge is not None

    def facts(self) -> list[Correction]:
        """All that holds, oldest first."""
        return self._library.corrections()

    def state(self, statement: Statement) -> None:
        """Store the facts and apply them to every article, in the background."""
        if self._bridge is not None and statement.corrections:
            self._undo.push(_Stating(self, statement))

    def take_back(self, fact: Correction) -> None:
        """Take one fact of the list back; undo does not bring it again."""
        if self._bridge is not None:
            self.send_undo([fact.id], lambda _: self.changed.emit())

    # For the undo commands

    def send(self, facts: Sequence[Correction], ended: Callable[[bool], None]) -> None:
        assert self._bridge is not None
        self._waiting[self._bridge.correct(facts)] = ended
        self.begun.emit()

    def send_undo(self, ids: Sequence[int], ended: Callable[[bool], None]) -> None:
        """Take these back, the youngest first; *ended* is called after the last."""
        assert self._bridge is not None
        numbers = [self._bridge.undo_correction(id_) for id_ in sorted(ids, reverse=True)]
        if numbers:
            self._waiting[numbers[-1]] = ended
            self.begun.emit()

    def ids_of(self, facts: Sequence[Correction]) -> list[int]:
        """The numbers the library gave to *facts*: the youngest that say the same."""
        stored = sorted(self._library.corrections(), key=lambda fact: -fact.id)
        ids = []
        for wanted in facts:
            meaning = _meaning(wanted)
            match = next((fact for fact in stored if _meaning(fact) == meaning), None)
            if match is not None:
                stored.remove(match)
                ids.append(match.id)
        return ids

    def still_holding(self, ids: Sequence[int]) -> list[int]:
        """Those of *ids* that nobody took back."""
        holding = {fact.id for fact in self._library.corrections()}
        return [id_ for id_ in ids if id_ in holding]

    def _on_ended(self, number: int, succeeded: bool) -> None:
        ended = self._waiting.pop(number, None)
        if ended is not None:
            ended(succeeded)


class _Stating(QUndoCommand):
    """One statement. It takes effect later than it is pushed: what is undone meanwhile is taken back then."""

    def __init__(self, owner: Corrections, statement: Statement) -> None:
        super().__init__(statement.sentence.rstrip("."))
        self._owner = owner
        self._statement = statement
        self._ids: list[int] = []
        self._wanted = False
        self._sent = False

    def redo(self) -> None:
        self._wanted = True
        if not self._sent and not self._ids:
            self._sent = True
            self._owner.send(self._statement.corrections, self._on_stored)

    def undo(self) -> None:
        self._wanted = False
        if not self._sent:
            self._take_back()

    def _on_stored(self, succeeded: bool) -> None:
        self._sent = False
        self._ids = self._owner.ids_of(self._statement.corrections) if succeeded else []
        self._owner.changed.emit()
        if succeeded and self._wanted:
            self._owner.stated.emit(self._statement)
        elif succeeded:
            self._take_back()

    def _take_back(self) -> None:
        # Some may have been taken back in the list of facts.
        self._ids = self._owner.still_holding(self._ids)
        if self._ids:
            self._sent = True
            self._owner.send_undo(self._ids, self._on_taken_back)

    def _on_taken_back(self, succeeded: bool) -> None:
        self._sent = False
        if succeeded:
            self._ids = []
            self._owner.taken_back.emit(self._statement)
        self._owner.changed.emit()
        if self._wanted and succeeded:
            self.redo()


def _meaning(fact: Correction) -> tuple[object, ...]:
    return (fact.kind, fact.entity, fact.other, fact.form)
