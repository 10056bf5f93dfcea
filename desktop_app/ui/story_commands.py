"""What a reader states about two reports side by side: that they tell one event, or that they do not."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop_app.domain import ArticlePair
from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.worker_bridge import WorkerBridge


class StoryMembers(Protocol):
    """What the window asks of the library."""

    def partners(self, id_: int) -> list[int]: ...


class StoryCommands(QObject):
    """Two actions for the pair that is open. Without a *bridge* the library is only read, and both are off."""

    def __init__(
        self, commands: Actions, library: StoryMembers, bridge: WorkerBridge | None, undo: QUndoStack, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._library = library
        self._bridge = bridge
        self._undo = undo
        self._pair = ArticlePair()
        commands[Act.JOIN_REPORTS].triggered.connect(lambda: self._state(together=True))
        commands[Act.PART_REPORTS].triggered.connect(lambda: self._state(together=False))
        self.show_pair(self._pair)

    def show_pair(self, pair: ArticlePair) -> None:
        """Speak of *pair* from now on."""
        self._pair = pair
        possible = self._bridge is not None and pair.en is not None and pair.hi is not None
        joined = (
            pair.en is not None
            and pair.hi is not None
            and possible
            and pair.hi.id in self._library.partners(pair.en.id)
        )
        self._commands[Act.JOIN_REPORTS].setEnabled(possible and not joined)
        self._commands[Act.PART_REPORTS].setEnabled(joined)

    def _state(self, *, together: bool) -> None:
        if self._bridge is not None and self._pair.en is not None and self._pair.hi is not None:
            self._undo.push(_Statement(self._bridge, self._undo, self._pair.en.id, self._pair.hi.id, together))


class _Statement(QUndoCommand):
    """One statement about two articles. Taking it back brings the one before it back, if there was one."""

    def __init__(self, bridge: WorkerBridge, stack: QUndoStack, en: int, hi: int, together: bool) -> None:
        super().__init__("join the reports" if together else "part the reports")
        self._bridge = bridge
        self._stack = stack
        self._en, self._hi = en, hi
        self.together = together

    def redo(self) -> None:
        self._bridge.relate(self._en, self._hi, self.together)

    def undo(self) -> None:
        earlier = [self._stack.command(number) for number in range(self._stack.index() - 1)]
        before = [
            statement.together
            for statement in earlier
            if isinstance(statement, _Statement) and statement.speaks_of(self._en, self._hi)
        ]
        self._bridge.relate(self._en, self._hi, before[-1] if before else None)

    def speaks_of(self, en: int, hi: int) -> bool:
        return (self._en, self._hi) == (en, hi)
