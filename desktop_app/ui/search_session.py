"""A search from the first letter to the last hit: field, runner, results, and the marks in the panes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop_app.domain import Language, SearchAnswer, Span
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.hit_walk import HitPlace, HitWalk
from desktop_app.ui.reading import Reading
from desktop_app.ui.search_filters import SearchFilters
from desktop_app.ui.search_panel import SearchPanel
from desktop_app.ui.search_runner import SearchRunner


class SearchSession(QObject):
    """Connects what is typed with what is found and where it stands in the text.

    `began` and `ended` tell when results are to be shown and when the list is again.
    """

    began = Signal()
    ended = Signal()

    def __init__(
        self, runner: SearchRunner, panel: SearchPanel, reading: Reading, view: BilingualView, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._panel = panel
        self._reading = reading
        self._view = view
        self._words = ""
        self._filters = SearchFilters()
        self._walk = HitWalk()
        self._enter_first = False
        self._answered = ""
        self.active = False

    def type_words(self, words: str) -> None:
        """The field now holds these words."""
        self._words = words
        self._ask(at_once=False)

    def set_filters(self, filters: SearchFilters) -> None:
        self._filters = filters
        self._ask(at_once=True)

    def enter(self) -> None:
        """Enter in the field: into the first result, once it is there."""
        query = self._query()
        if self.active and query == self._answered:
            self.enter_hit(max(0, self._panel.view.currentIndex().row()))
        elif query:
            self._enter_first = True
            self._runner.ask_now(query)

    def repeat(self) -> None:
        """Ask again: the library has changed."""
        if self.active:
            self._ask(at_once=True)

    def end(self) -> None:
        """No search any more: results, marks and whatever is on its way are dropped."""
        self._runner.forget()
        self._walk, self._answered, self._enter_first = HitWalk(), "", False
        was_active, self.active = self.active, False
        self.mark_hits()
        if was_active:
            self.ended.emit()

    def choose_hit(self, row: int) -> None:
        """Open a result beside the list and show its first hit."""
        if row < len(self._walk):
            self._show(self._walk.start_at(row))

    def enter_hit(self, row: int) -> None:
        """Open a result and give its text the keys."""
        if row < len(self._walk):
            self.choose_hit(row)
            self._panel.view.show_current(row)
            self._view.focus_pane(self._walk.hit(row).language)

    def step(self, direction: int) -> None:
        """On to the next hit (1) or back to the one before (-1)."""
        place = self._walk.step(direction)
        if place is not None:
            self._show(place)
            self._panel.view.show_current(place.row)

    def mark_hits(self) -> None:
        """Mark the found words in the articles that are shown."""
        for language in Language:
            article = self._reading.pair.side(language)
            hit = None if article is None else self._walk.hit_of(article.id)
            spans: tuple[Span, ...] = () if hit is None else hit.text_spans
            self._view.set_search_spans(language, spans)

    def on_answered(self, answer: SearchAnswer) -> None:
        self._walk = HitWalk(answer.hits)
        self._answered = answer.query
        self._panel.show_answer(answer)
        self.mark_hits()
        self._begin()
        if self._enter_first and answer.hits:
            self.enter_hit(0)
        self._enter_first = False

    def on_failed(self, sentence: str) -> None:
        self._walk, self._enter_first = HitWalk(), False
        self._panel.show_failure(sentence)
        self._begin()

    def _begin(self) -> None:
        if not self.active:
            self.active = True
            self.began.emit()

    def _query(self) -> str:
        """What to ask; nothing if there are neither words nor dates (a language alone only narrows the list)."""
        if not self._words.strip() and not self._filters.has_dates:
            return ""
        return self._filters.applied_to(self._words)

    def _ask(self, *, at_once: bool) -> None:
        query = self._query()
        if not query:
            self.end()
        elif at_once:
            self._runner.ask_now(query)
        else:
            self._runner.ask_soon(query)

    def _show(self, place: HitPlace) -> None:
        hit = self._walk.hit(place.row)
        self._reading.open(hit.id)
        self.mark_hits()
        if place.span is not None:
            self._view.pane(hit.language).scroll_to(place.span)
