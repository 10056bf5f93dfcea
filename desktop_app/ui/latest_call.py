"""Asking something in another thread, where only the newest question still wants its answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThreadPool, Signal

from desktop_app.errors import ReaderError


class LatestCall(QObject):
    """Runs calls one after the other; `answered` carries what the newest one returned, `failed` its `ReaderError`."""

    answered = Signal(object)
    failed = Signal(object)
    _arrived = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._latest = 0
        self._arrived.connect(self._on_arrived)

    def ask(self, call: Callable[[], object]) -> None:
        """Run *call* in another thread; whatever was asked before is not wanted any more."""
        self._latest += 1
        self._pool.start(_Call(self, call, self._latest))

    def forget(self) -> None:
        """Whatever is on its way is not wanted any more."""
        self._latest += 1

    def wait(self, milliseconds: int) -> None:
        """Wait for the running call and deliver its answer."""
        self._pool.waitForDone(milliseconds)
        QCoreApplication.sendPostedEvents(self)

    def close(self) -> None:
        """Wait for the running call; nothing is delivered after this."""
        self.forget()
        self._pool.clear()
        self._pool.waitForDone(5000)

    def is_wanted(self, number: int) -> bool:
        return number == self._latest

    def deliver(self, number: int, outcome: object) -> None:
        """Called in the other thread; the signal carries the outcome over to the window's."""
        self._arrived.emit(number, outcome)

    def _on_arrived(self, number: int, outcome: object) -> None:
        if not self.is_wanted(number):
            return
        if isinstance(outcome, ReaderError):
            self.failed.emit(outcome)
        elif isinstance(outcome, Exception):
            raise outcome
        else:
            self.answered.emit(outcome)


class _Call(QRunnable):
    def __init__(self, owner: LatestCall, call: Callable[[], object], number: int) -> None:
        super().__init__()
        self._owner = owner
        self._call = call
        self._number = number

    def run(self) -> None:
        if not self._owner.is_wanted(self._number):
            return
        outcome: object
        try:
            outcome = self._call()
        except Exception as error:  # noqa: BLE001 - the edge of a task: it is raised again in the window's thread
            outcome = error
        self._owner.deliver(self._number, outcome)
