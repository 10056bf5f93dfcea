"""The status bar: the walk through an entity's mentions, the last message, and what the worker is doing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStatusBar,
    QToolButton,
    QWidget,
)

from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.elided_label import ElidedLabel
from desktop_app.ui.fonts import SEMIBOLD, ui_font
from desktop_app.ui.words import count_of

MESSAGE_MS = 8000
ASKING_MS = 20_000
_ANY_WIDTH = 16777215


class StatusStrip(QStatusBar):
    """All that the window says in passing stands here. A question that gets no answer fades as a message does."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._selection = QWidget(self)
        self._name = ElidedLabel(self._selection)
        self._name.setAccessibleName("Selected entity")
        self._count = _quiet_label(self._selection)
        self._message = ElidedLabel(self)
        self._message.setForegroundRole(self._message.foregroundRole().PlaceholderText)
        self._library = _quiet_label(self)
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(120)
        self._progress.setAccessibleName("Progress")
        self._cancel = QToolButton(self)
        self._cancel.setText("Cancel")
        self._cancel.setToolTip(actions[Act.CANCEL].toolTip())
        self._cancel.clicked.connect(actions[Act.CANCEL].trigger)
        row = QHBoxLayout(self._selection)
        row.setContentsMargins(10, 0, 4, 0)
        row.setSpacing(6)
        row.addWidget(self._name, 1)
        row.addWidget(self._count)
        self._steps: list[QToolButton] = []
        for act in (Act.PREVIOUS_MENTION, Act.NEXT_MENTION):
            button = QToolButton(self._selection)
            button.setDefaultAction(actions[act])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setAccessibleName(actions[act].toolTip())
            row.addWidget(button)
            self._steps.append(button)
        self.addWidget(self._selection)
        self._message.setContentsMargins(10, 0, 10, 0)
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.addWidget(self._message, 1)
        self._undo = QToolButton(self)
        self._undo.setText("Undo")
        self._undo.setToolTip(actions[Act.UNDO].toolTip())
        self._undo.clicked.connect(actions[Act.UNDO].trigger)
        self._undo.hide()
        self.addWidget(self._undo)
        self._answer = QPushButton(self)
        self._answer.clicked.connect(self._on_answered)
        self._answer.hide()
        self._then: Callable[[], object] | None = None
        self.addWidget(self._answer)
        self._more = QToolButton(self)
        self._more.clicked.connect(self._on_more)
        self._more.hide()
        self._tell_more: Callable[[], object] | None = None
        self.insertWidget(2, self._more)
        self._offline = _quiet_label(self)
        self._offline.setText("Offline")
        self._offline.setToolTip("Nothing is fetched until you work online again (File menu).")
        self._offline.hide()
        self.addPermanentWidget(self._offline)
        self.addPermanentWidget(self._progress)
        self.addPermanentWidget(self._cancel)
        self.addPermanentWidget(self._library)
        self._library.setContentsMargins(6, 0, 12, 0)
        self.progress_words = ""
        self._read_only = False
        self._fading = QTimer(self)
        self._fading.setSingleShot(True)
        self._fading.timeout.connect(lambda: self.say(""))
        self.show_selection("", "")
        self.show_progress(None, 0, 0)
        self.set_percent(100)

    def tab_order(self) -> tuple[QWidget, ...]:
        return *self._steps, self._more, self._undo, self._answer, self._cancel

    def set_percent(self, percent: int) -> None:
        self._name.setFont(ui_font(percent, SEMIBOLD))
        buttons = (self._cancel, self._undo, self._answer, self._more)
        for label in (self._count, self._message, self._library, self._offline, *buttons):
            label.setFont(ui_font(percent))
        self._fit_message()
        self._fit_name()

    def show_selection(self, name: str, place: str) -> None:
        """ "Lavrov · लवरोव" and "3 of 24"; an empty name hides both with their buttons."""
        self._name.set_whole_text(name)
        self._count.setText(place)
        self._fit_name()
        self._selection.setVisible(bool(name))

    def _fit_name(self) -> None:
        wanted = self._name.fontMetrics().horizontalAdvance(self._name.whole_text()) + 4
        self._name.setFixedWidth(min(wanted, 420))

    def say(
        self,
        sentence: str,
        *,
        lasting: bool = False,
        can_undo: bool = False,
        more: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Say something; it fades after some seconds unless it is *lasting*.

        With *can_undo* a button takes it back; *more* is a button that tells more: its word, and what it does.
        """
        self._message.set_whole_text(sentence)
        self._undo.setVisible(can_undo)
        self._answer.hide()
        self._then = None
        self._tell_more = None if more is None else more[1]
        if more is not None:
            self._more.setText(more[0])
            self._more.setAccessibleName(f"{more[0]}: {sentence}")
        self._more.setVisible(more is not None)
        self._fit_message()
        self._fading.stop()
        if sentence and not lasting:
            self._fading.start(ASKING_MS if more is not None else MESSAGE_MS)

    def ask(self, sentence: str, answer: str, then: Callable[[], object]) -> None:
        """Ask with one button that says *answer* and does *then*; whatever is said next takes the question away."""
        self.say(sentence)
        self._then = then
        self._answer.setText(answer)
        self._answer.setAccessibleName(f"{answer}: {sentence}")
        self._answer.show()
        self._fading.start(ASKING_MS)
        self._fit_message()

    @property
    def is_asking(self) -> bool:
        return self._then is not None

    def answer(self) -> None:
        """As a click on the button that answers."""
        self._answer.click()

    def _on_answered(self) -> None:
        then = self._then
        self.say("")
        if then is not None:
            then()

    def _on_more(self) -> None:
        if self._tell_more is not None:
            self._tell_more()

    @property
    def more(self) -> QToolButton:
        """The button that tells more of the last message."""
        return self._more

    def show_offline(self, offline: bool) -> None:
        """Say that nothing is fetched, as long as that is so."""
        self._offline.setVisible(offline)

    @property
    def is_offline(self) -> bool:
        return not self._offline.isHidden()

    @property
    def offers_undo(self) -> bool:
        """Whether the last message can be taken back by its button."""
        return not self._undo.isHidden()

    def _fit_message(self) -> None:
        """As wide as its words where the button stands behind it, else as wide as there is room."""
        wanted = self._message.fontMetrics().horizontalAdvance(self._message.whole_text()) + 26
        with_button = self.offers_undo or self.is_asking or self._tell_more is not None
        self._message.setMaximumWidth(min(wanted, self.width() * 2 // 3) if with_button else _ANY_WIDTH)

    @property
    def message(self) -> str:
        return self._message.whole_text()

    @property
    def selection(self) -> str:
        return f"{self._name.whole_text()}  {self._count.text()}".strip()

    def show_read_only(self, reason: str) -> None:
        """The library can only be read here, because of *reason*: say so from now on; without one, do not."""
        self._read_only = bool(reason)
        self._library.setToolTip(reason)

    def show_library(self, articles: int, being_read: int) -> None:
        """ "12 articles, 3 being read"."""
        words = count_of(articles, "article")
        words = f"{words}, {being_read:,} being read" if being_read else words
        self._library.setText(f"{words} · read only" if self._read_only else words)

    @property
    def library_words(self) -> str:
        return self._library.text()

    def show_progress(self, task: str | None, done: int, total: int, *, can_cancel: bool = True) -> None:
        """How far the worker is; no task hides the bar. A *total* of 0 is one nobody knows."""
        self._progress.setVisible(task is not None)
        self._cancel.setVisible(task is not None and can_cancel)
        self.progress_words = "" if task is None else f"{task}: {done:,} of {total:,}" if total else task
        if task is not None:
            self._progress.setRange(0, total)
            self._progress.setValue(done)
            self._progress.setToolTip(self.progress_words)


def _quiet_label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setForegroundRole(label.foregroundRole().PlaceholderText)
    return label
