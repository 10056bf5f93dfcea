"""The results of a search in place of the article list, with how many there are; or a sentence on why none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop_app.domain import SearchAnswer
from desktop_app.ui.elided_label import ElidedLabel
from desktop_app.ui.fonts import SEMIBOLD, ui_font
from desktop_app.ui.notice import Notice
from desktop_app.ui.search_results import ResultView
from desktop_app.ui.words import count_of


class SearchPanel(QWidget):
    """Heading, results, or a notice."""

    hit_chosen = Signal(int)
    hit_entered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._heading = ElidedLabel(self)
        self._heading.setContentsMargins(12, 10, 12, 8)
        self.view = ResultView(self)
        self._notice = Notice(parent=self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._notice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._heading)
        layout.addLayout(self._stack, 1)
        self.view.hit_chosen.connect(self.hit_chosen)
        self.view.hit_entered.connect(self.hit_entered)
        self.setFocusProxy(self.view)
        self.set_percent(100)

    def set_percent(self, percent: int) -> None:
        self._heading.setFont(ui_font(percent, SEMIBOLD, 1.05))
        self.view.set_percent(percent)
        self._notice.set_percent(percent)

    def show_answer(self, answer: SearchAnswer) -> None:
        self.view.show_answer(answer)
        shown = len(answer.hits)
        if not shown:
            self._heading.set_whole_text("Search")
            self._notice.say(answer.message or "Nothing was found. Try fewer words, or another spelling.")
            self._stack.setCurrentWidget(self._notice)
            return
        found = count_of(answer.total, "result")
        self._heading.set_whole_text(found if answer.total <= shown else f"{found}, the best {shown} shown")
        self._stack.setCurrentWidget(self.view)

    def show_failure(self, sentence: str) -> None:
        self.show_answer(SearchAnswer("", (), 0, sentence))

    @property
    def heading(self) -> str:
        return self._heading.whole_text()

    @property
    def sentence(self) -> str:
        """What stands in place of results."""
        return self._notice.sentence
