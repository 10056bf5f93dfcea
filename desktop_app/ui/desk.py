"""What the desks have in common: each stands behind some of the window's commands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.status import StatusStrip
from desktop_app.ui.view_options import ViewOptions
from desktop_app.ui.worker_bridge import WorkerBridge


class Desk(QObject):
    """Without a *bridge* the library is only read."""

    def __init__(
        self,
        commands: Actions,
        bridge: WorkerBridge | None,
        status: StatusStrip,
        options: ViewOptions,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._commands = commands
        self._bridge = bridge
        self._status = status
        self._options = options
        self._window = window

    def _answer(self, *wishes: tuple[Act, Callable[[], object]]) -> None:
        """What each command does when it is asked for."""
        for act, slot in wishes:
            self._commands[act].triggered.connect(slot)
