"""A line of plain text that ends in "…" where there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

LONGEST = 600
"""No line has room for more characters than these, and measuring a million would take its time."""


class ElidedLabel(QLabel):
    """A line of plain text that ends in "…" where it is too long, with the whole of it as tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_whole_text(self, text: str) -> None:
        """Show *text*, on one line; of a text without an end, its beginning."""
        whole = " ".join(text[: 2 * LONGEST].split())
        self._whole = whole if len(whole) <= LONGEST else whole[: LONGEST - 1] + "…"
        self._elide()

    def whole_text(self) -> str:
        return self._whole

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.contentsRect().width()
        shown = QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        # A tooltip guesses at rich text: a title is never let to look like it.
        self.setToolTip("" if shown == self._whole else self._whole.replace("<", "‹").replace(">", "›"))
        self.setAccessibleName(self._whole)
