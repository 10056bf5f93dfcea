"""The line below a pane that holds only a part of a very long text: which part, and the way to the others."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop_app.domain import Article, Span
from desktop_app.ui.elided_label import ElidedLabel
from desktop_app.ui.fonts import ui_font


class PartBar(QWidget):
    """Hidden where the whole text is shown."""

    earlier_requested = Signal()
    later_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = ElidedLabel(self)
        self._words.setForegroundRole(self._words.foregroundRole().PlaceholderText)
        self.earlier = QPushButton("Earlier", self)
        self.later = QPushButton("Later", self)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 5, 16, 5)
        row.addWidget(self._words, 1)
        for button, requested in ((self.earlier, self.earlier_requested), (self.later, self.later_requested)):
            button.setAutoDefault(False)
            button.setAccessibleName(f"{button.text()} part of the text")
            button.setToolTip(f"{button.text()} part of the text")
            button.clicked.connect(requested)
            row.addWidget(button)
        self.hide()

    @property
    def sentence(self) -> str:
        return self._words.whole_text()

    def show_part(self, article: Article | None, part: Span) -> None:
        """Say which *part* of *article* stands above."""
        length = 0 if article is None else len(article.text)
        if part.end - part.start >= length:
            self.hide()
            return
        start, end = (_percent(place, length) for place in (part.start, part.end))
        self._words.set_whole_text(f"{start}–{end} % of a very long text")
        self.earlier.setEnabled(part.start > 0)
        self.later.setEnabled(part.end < length)
        self.show()

    def set_percent(self, percent: int) -> None:
        for part in (self._words, self.earlier, self.later):
            part.setFont(ui_font(percent))


def _percent(place: int, length: int) -> str:
    """ "12"; of a text so long that a part is less than one, "12.4"."""
    share = 100 * place / length
    return f"{share:.0f}" if place in (0, length) or length < 2_000_000 else f"{share:.1f}"
