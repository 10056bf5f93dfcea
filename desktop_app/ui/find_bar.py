"""The bar below the texts in which one looks for words in them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.fonts import ui_font
from desktop_app.ui.icons import icon

_LONGEST = 200


class FindField(QLineEdit):
    """Enter goes on, Shift+Enter back."""

    step_requested = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.step_requested.emit(-1 if back else 1)
            return
        super().keyPressEvent(event)


class FindBar(QWidget):
    """Field, count, back, on, close."""

    words_changed = Signal(str)
    step_requested = Signal(int)
    close_requested = Signal()

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("find_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = FindField(self)
        self.field.setPlaceholderText("Find in these texts")
        self.field.setAccessibleName("Find in these texts")
        self.field.setMaxLength(_LONGEST)
        self.field.setClearButtonEnabled(True)
        self.field.setAcceptDrops(False)
        self.field.setMaximumWidth(420)
        self._count = QLabel(self)
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setForegroundRole(self._count.foregroundRole().PlaceholderText)
        self._count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._back = self._button("left", actions[Act.PREVIOUS_HIT].toolTip())
        self._on = self._button("right", actions[Act.NEXT_HIT].toolTip())
        self.close_button = self._button("close", "Close the find bar (Esc)")
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 5, 8, 5)
        row.setSpacing(4)
        row.addWidget(self.field, 3)
        row.addWidget(self._back)
        row.addWidget(self._on)
        row.addSpacing(6)
        row.addWidget(self._count, 2)
        row.addWidget(self.close_button)
        self.field.textChanged.connect(self.words_changed)
        self.field.step_requested.connect(self.step_requested)
        self._back.clicked.connect(lambda: self.step_requested.emit(-1))
        self._on.clicked.connect(lambda: self.step_requested.emit(1))
        self.close_button.clicked.connect(self.close_requested)
        self.hide()

    def set_percent(self, percent: int) -> None:
        for part in (self.field, self._count):
            part.setFont(ui_font(percent))
        self.field.setMaximumWidth(420 * percent // 100)

    def show_count(self, words: str, *, can_step: bool) -> None:
        """ "3 of 17"."""
        self._count.setText(words)
        self._count.setAccessibleName(words)
        for button in (self._back, self._on):
            button.setEnabled(can_step)

    @property
    def count_words(self) -> str:
        return self._count.text()

    def tab_order(self) -> tuple[QWidget, ...]:
        return self.field, self._back, self._on, self.close_button

    def _button(self, sign: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(sign))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button
