"""A search from the first letter to the last hit: field, runner, results, and the marks in the panes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from desktop_app.domain import ENOUGH_HITS, HitOrder, Language, Narrowing, SearchAnswer, SearchOptions, Span
from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.hit_walk import HitPlace, HitWalk
from desktop_app.ui.reading import Reading
from desktop_app.ui.search_narrowing import Facet, toggled
from desktop_app.ui.search_panel import SearchPanel
from desktop_app.ui.search_runner import MOST, SearchRunner

_AHEAD = 5
"""So many hits before the last known one a walk asks for more."""


class SearchSession(QObject):
    """Connects what is typed with what is found and where it stands in the text.

    `began` and `ended` tell when results are to be shown and when the list is again. `answered` carries the
    newest answer, also an empty one; `used` a query that has led its reader to a hit, or was entered.
    `filters_wanted` carries a `Narrowing` whose language and dates are for the tool bar to take over.
    """

    began = Signal()
    ended = Signal()
    answered = Signal(object)
    used = Signal(str)
    filters_wanted = Signal(object)

    def __init__(
        self,
        commands: Actions,
        runner: SearchRunner,
        panel: SearchPanel,
        reading: Reading,
        view: BilingualView,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._panel = panel
        self._reading = reading
        self._view = view
        self._words = ""
        self._options = SearchOptions(with_facets=True)
        self._walk = HitWalk()
        self._enter_first = False
        self._answer: SearchAnswer | None = None
        self._growing = False
        self._answered: tuple[str, SearchOptions] | None = None
        self._finished: tuple[str, SearchOptions] | None = None
        self._used = ""
        self.active = False
        runner.grown.connect(self._on_grown)
        panel.view.end_neared.connect(self._grow)
        commands[Act.SEARCH_EXACT].toggled.connect(lambda on: self._set_options(replace(self._options, exact=on)))
        commands[Act.HITS_BY_STORY].toggled.connect(lambda on: self._set_options(replace(self._options, by_story=on)))
        commands[Act.HITS_NEWEST].toggled.connect(self._on_newest_toggled)

    @property
    def words(self) -> str:
        """What stands in the field."""
        return self._words

    @property
    def options(self) -> SearchOptions:
        return self._options

    @property
    def narrowing(self) -> Narrowing:
        return self._options.narrowing

    def type_words(self, words: str) -> None:
        """The field now holds these words."""
        self._words = words
        if not words.strip():
            # An emptied field means the list again, not everything that the facets narrow to.
            self._widen()
        self._ask(at_once=False)

    def set_filters(self, filters: Narrowing) -> None:
        """The tool bar's language and dates."""
        undated = self.narrowing.undated and filters.first is None and filters.last is None
        self._narrow(
            replace(self.narrowing, language=filters.language, first=filters.first, last=filters.last, undated=undated)
        )

    def toggle_facet(self, facet: Facet, value: str) -> None:
        """Narrow the search to what has this value, or no longer."""
        narrowing = toggled(self.narrowing, facet, value)
        if facet in (Facet.LANGUAGE, Facet.MONTH):
            self.filters_wanted.emit(narrowing)
        # Whatever of it the tool bar does not hold.
        self._narrow(narrowing)

    def enter(self) -> None:
        """Enter in the field: into the first result, once it is there.

        Where the unfinished words found little, the finished ones are asked for: they also find what comes near.
        """
        asked, chosen = (self._words, self._options), self._panel.view.current_hit
        answered = self.active and self._answered == asked
        enough = self._answer is not None and self._answer.total >= ENOUGH_HITS
        if answered and (enough or chosen is not None or self._finished == asked):
            self.enter_hit(chosen or 0)
        elif self._asks_for_something():
            self._enter_first = not answered or bool(self._walk)
            self._use()
            self._finished = asked
            self._runner.ask_now(self._words, self._options)

    def ask_now(self) -> None:
        """Search at once for exactly what stands in the field."""
        if self._asks_for_something():
            self._use()
            self._runner.ask_now(self._words, self._options)

    def repeat(self) -> None:
        """Ask again: the library has changed."""
        if self.active:
            self._ask(at_once=True)

    def end(self) -> None:
        """No search any more: results, marks, narrowing and whatever is on its way are dropped."""
        self._runner.forget()
        self._walk, self._answered, self._enter_first, self._used = HitWalk(), None, False, ""
        self._answer = None
        self._widen()
        was_active, self.active = self.active, False
        self.mark_hits()
        if was_active:
            self.ended.emit()

    def choose_hit(self, number: int) -> None:
        """Open a result beside the list and show its first hit."""
        if number < len(self._walk):
            self._use()
            self._show(self._walk.start_at(number))

    def enter_hit(self, number: int) -> None:
        """Open a result and give its text the keys."""
        if number < len(self._walk):
            self.choose_hit(number)
            self._panel.view.show_current(number)
            self._view.focus_pane(self._walk.hit(number).language)

    def step(self, direction: int) -> None:
        """On to the next hit (1) or back to the one before (-1)."""
        place = self._walk.step(direction)
        if place is not None:
            self._use()
            self._show(place)
            self._panel.view.show_current(place.row)
            if place.row + _AHEAD >= len(self._walk):
                self._grow()

    def mark_hits(self) -> None:
        """Mark the found words in the articles that are shown."""
        for language in Language:
            article = self._reading.pair.side(language)
            hit = None if article is None else self._walk.hit_of(article.id)
            spans: tuple[Span, ...] = () if hit is None else hit.text_spans
            self._view.set_search_spans(language, spans)

    def on_answered(self, answer: SearchAnswer) -> None:
        self._walk = HitWalk(answer.hits)
        self._answer, self._growing = answer, False
        self._answered = answer.query, self._options
        self._panel.show_answer(answer, self.narrowing)
        self.mark_hits()
        self._begin()
        self.answered.emit(answer)
        if self._enter_first and answer.hits:
            self.enter_hit(0)
        self._enter_first = False

    def on_failed(self, sentence: str) -> None:
        self._walk, self._enter_first, self._answer = HitWalk(), False, None
        self._panel.show_failure(sentence)
        self._begin()

    def _grow(self) -> None:
        """Ask for the hits behind those that stand here, if there are any."""
        known = len(self._walk)
        if self._answer is not None and not self._growing and known < min(self._answer.total, MOST):
            self._growing = True
            self._runner.ask_more(self._options, known)

    def _on_grown(self, more: SearchAnswer) -> None:
        if self._answer is None or more.query != self._answer.query or not more.hits:
            return
        self._growing = False
        known = {hit.id for hit in self._answer.hits}
        # What was indexed meanwhile may have moved a hit behind those that are known.
        new = tuple(hit for hit in more.hits if hit.id not in known)
        self._answer = replace(self._answer, hits=self._answer.hits + new)
        self._walk.go_on_with(new)
        self._panel.view.show_more(self._answer)
        # Hits that a story folds away leave the end as near as it was.
        self._panel.view.look_ahead()

    def _begin(self) -> None:
        if not self.active:
            self.active = True
            self.began.emit()

    def _widen(self) -> None:
        """Drop what only the facets narrow to; language and dates are the tool bar's."""
        narrowing = replace(self.narrowing, source=None, entities=(), undated=False)
        self._options = replace(self._options, narrowing=narrowing)

    def _asks_for_something(self) -> bool:
        """Whether there are words, or filters beside a language, which alone only narrows the list."""
        return bool(self._words.strip()) or self.narrowing != Narrowing(self.narrowing.language)

    def _on_newest_toggled(self, newest: bool) -> None:
        self._set_options(replace(self._options, order=HitOrder.DATE if newest else HitOrder.RELEVANCE))

    def _narrow(self, narrowing: Narrowing) -> None:
        self._set_options(replace(self._options, narrowing=narrowing))

    def _set_options(self, options: SearchOptions) -> None:
        if options != self._options:
            self._options = options
            self._ask(at_once=True)

    def _ask(self, *, at_once: bool) -> None:
        if not self._asks_for_something():
            self.end()
        elif at_once:
            self._runner.ask_now(self._words, self._options, as_you_type=True)
        else:
            self._runner.ask_soon(self._words, self._options)

    def _use(self) -> None:
        if self._words.strip() and self._words != self._used:
            self._used = self._words
            self.used.emit(self._words)

    def _show(self, place: HitPlace) -> None:
        hit = self._walk.hit(place.row)
        self._reading.open(hit.id, lambda: self._show_hit(hit.language, place))

    def _show_hit(self, language: Language, place: HitPlace) -> None:
        self.mark_hits()
        if place.span is not None:
            self._view.pane(language).scroll_to(place.span)
