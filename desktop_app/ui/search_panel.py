"""The results of a search in place of the article list: how many, of what kind, and the hits; or why there are none."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QToolButton, QVBoxLayout, QWidget

from desktop_app.domain import Facets, Narrowing, SearchAnswer
from desktop_app.ui.actions import Actions
from desktop_app.ui.fonts import REGULAR, SEMIBOLD, ui_font
from desktop_app.ui.notice import Notice
from desktop_app.ui.search_controls import SearchControls
from desktop_app.ui.search_facets import FacetBlock
from desktop_app.ui.search_results import ResultView
from desktop_app.ui.search_runner import MOST
from desktop_app.ui.words import count_of, shortened

_LONGEST_SUGGESTION = 40
_LEAST_LINES = 19
"""A panel of fewer lines has no room for facets."""
_NOTHING = "Nothing was found. Try fewer words, or another spelling."


class SearchPanel(QWidget):
    """Heading, mistakes in the query, controls, facets, and the results or a notice."""

    hit_chosen = Signal(int)
    hit_entered = Signal(int)
    facet_chosen = Signal(object, str)
    """A `Facet` and the value to narrow the search to, or to widen it by."""
    suggestion_chosen = Signal(str)
    """Another query, which may have been meant."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._heading = _wrapped_label(self)
        self._heading.setContentsMargins(12, 10, 12, 4)
        self._problems = _wrapped_label(self)
        self._problems.setContentsMargins(12, 0, 12, 6)
        self._problems.setAccessibleName("Mistakes in the query")
        self._suggestion = QToolButton(self)
        self._suggestion.setObjectName("suggestion")
        self._suggestion.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.suggestion: str = ""
        self._suggestion.clicked.connect(lambda: self.suggestion_chosen.emit(self.suggestion))
        self.controls = SearchControls(actions, self)
        self.facets = FacetBlock(self)
        self.view = ResultView(self)
        self._notice = Notice(parent=self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._notice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self._heading, self._problems):
            layout.addWidget(part)
        layout.addWidget(self._suggestion, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.controls)
        layout.addWidget(self.facets)
        layout.addLayout(self._stack, 1)
        self.view.hit_chosen.connect(self.hit_chosen)
        self.view.hit_entered.connect(self.hit_entered)
        self.facets.value_chosen.connect(self.facet_chosen)
        self.setFocusProxy(self.view)
        self.set_percent(100)
        self.show_answer(SearchAnswer("", (), 0))

    def set_percent(self, percent: int) -> None:
        self._heading.setFont(ui_font(percent, SEMIBOLD, 1.05))
        self._problems.setFont(ui_font(percent, REGULAR, 0.95))
        self._suggestion.setFont(ui_font(percent))
        for part in (self.controls, self.facets, self.view, self._notice):
            part.set_percent(percent)

    def tab_order(self) -> tuple[QWidget, ...]:
        return self._suggestion, *self.controls.buttons, self.view

    def show_answer(self, answer: SearchAnswer, narrowing: Narrowing = Narrowing()) -> None:  # noqa: B008 - frozen
        """Show the hits of a query that was asked within *narrowing*."""
        self.view.show_answer(answer)
        self.facets.show_facets(answer.facets, narrowing)
        self._fit_height()
        for before, after in pairwise((*self.tab_order()[:-1], *self.facets.focus_order(), self.view)):
            self.setTabOrder(before, after)
        sentences = [problem.sentence for problem in answer.problems]
        if answer.hits and answer.message:
            sentences.append(answer.message)
        self._problems.setText("\n".join(sentences))
        self._problems.setVisible(bool(sentences))
        self._suggest(answer.suggestion)
        if answer.hits:
            self._heading.setText(_heading(answer))
            self._stack.setCurrentWidget(self.view)
        else:
            self._heading.setText("Search")
            self._notice.say(answer.message or _NOTHING)
            self._stack.setCurrentWidget(self._notice)

    def show_failure(self, sentence: str) -> None:
        self.show_answer(SearchAnswer("", (), 0, sentence))

    @property
    def heading(self) -> str:
        return self._heading.text()

    @property
    def problems(self) -> str:
        """What is said of mistakes in the query, a line each."""
        return self._problems.text() if not self._problems.isHidden() else ""

    @property
    def sentence(self) -> str:
        """What stands in place of results."""
        return self._notice.sentence

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        """In a low window the room is for the results, unless they are narrowed."""
        roomy = self.height() >= _LEAST_LINES * self._heading.fontMetrics().height()
        self.facets.setVisible(self.facets.has_values and (roomy or self.facets.narrows))

    def _suggest(self, query: str) -> None:
        self.suggestion = query
        words = f"Search for {shortened(query, _LONGEST_SUGGESTION)}"
        self._suggestion.setText(words.replace("&", "&&"))
        self._suggestion.setAccessibleName(words)
        self._suggestion.setVisible(bool(query))


def _heading(answer: SearchAnswer) -> str:
    """ "142 articles: 80 English, 62 Hindi", and how many of them stand here; what only comes near is not counted."""
    if not answer.total:
        return "No article has all of it"
    if not answer.total:
        return "No article has all of this"
    words = count_of(answer.total, "article")
    facets = answer.facets or Facets()
    if facets.english and facets.hindi:
        words += f": {facets.english:,} English, {facets.hindi:,} Hindi"
    elif facets.english or facets.hindi:
        words += " in English" if facets.english else " in Hindi"
    return words if answer.total <= MOST else f"{words}. The first {MOST:,} can be read here."


def _wrapped_label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
