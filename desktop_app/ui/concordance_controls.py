"""The buttons above a concordance: how it is sorted, and in which language."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop_app.domain import Language
from desktop_app.ui.action_button import ActionButton
from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.concordance_model import ConcordanceOrder
from desktop_app.ui.fonts import ui_font

ORDERS = {
    Act.CONCORDANCE_BY_DATE: ConcordanceOrder.DATE,
    Act.CONCORDANCE_BY_BEFORE: ConcordanceOrder.BEFORE,
    Act.CONCORDANCE_BY_AFTER: ConcordanceOrder.AFTER,
}
LANGUAGES = {
    Act.CONCORDANCE_BOTH: None,
    Act.CONCORDANCE_ENGLISH: Language.ENGLISH,
    Act.CONCORDANCE_HINDI: Language.HINDI,
}
_WORDS = {
    Act.CONCORDANCE_BY_DATE: ("Date", "Date"),
    Act.CONCORDANCE_BY_BEFORE: ("Words before", "Before"),
    Act.CONCORDANCE_BY_AFTER: ("Words after", "After"),
    Act.CONCORDANCE_BOTH: ("EN · HI", "Both"),
    Act.CONCORDANCE_ENGLISH: ("EN", "EN"),
    Act.CONCORDANCE_HINDI: ("HI", "HI"),
}
"""What the buttons say, and what they say where there is little room."""


class ConcordanceControls(QWidget):
    """One row; where it is narrow its words are shorter, and at last only the orders stay (the keys always work)."""

    def __init__(self, commands: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = QLabel("Sorted by", self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._buttons = {act: ActionButton(commands[act], words[0], self) for act, words in _WORDS.items()}
        row = self._row = QHBoxLayout(self)
        row.setSpacing(2)
        row.addWidget(self._label)
        for act in ORDERS:
            row.addWidget(self._buttons[act])
        row.addStretch(1)
        for act in LANGUAGES:
            row.addWidget(self._buttons[act])
        self.set_percent(100)

    def set_percent(self, percent: int) -> None:
        for part in (self._label, *self._buttons.values()):
            part.setFont(ui_font(percent))
        self._fit()

    def buttons(self) -> list[ActionButton]:
        return list(self._buttons.values())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for short, languages in ((False, True), (True, True), (True, False)):
            self._label.setVisible(not short)
            self._row.setContentsMargins(12 if short else 26, 4, 12 if short else 16, 4)
            for act, button in self._buttons.items():
                button.setText(_WORDS[act][short])
                button.setVisible(languages or act in ORDERS)
            if self._row.minimumSize().width() <= self.width():
                return
