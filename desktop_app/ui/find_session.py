"""Finding words in the two texts that are open, from the first letter to the last place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal

from desktop_app.domain import Article, Language, Span
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.find_bar import FindBar
from desktop_app.ui.latest_call import LatestCall
from desktop_app.ui.reading import Reading

_LONGEST_SELECTION = 100


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """One place in one of the texts."""

    language: Language
    span: Span


class FindSession(QObject):
    """Marks every place in both panes and walks through them, first the pane with the keys, then the other.

    `closed`: the marks of a search in the library may stand in the texts again.
    """

    closed = Signal()

    def __init__(self, bar: FindBar, view: BilingualView, reading: Reading, parent: QObject) -> None:
        super().__init__(parent)
        self._bar, self._view, self._reading = bar, view, reading
        self._call = LatestCall(self)
        self._call.answered.connect(self._on_found)
        self._first = Language.ENGLISH
        self._places: list[FoundPlace] = []
        self._at = -1
        self._jump = False
        bar.words_changed.connect(lambda: self._find(jump=True))
        bar.step_requested.connect(self.step)
        bar.close_requested.connect(self.close)

    @property
    def active(self) -> bool:
        return not self._bar.isHidden()

    @property
    def has_words(self) -> bool:
        """Whether something is looked for: then the keys for the next hit mean its places."""
        return self.active and bool(self._bar.field.text().strip())

    @property
    def place(self) -> FoundPlace | None:
        """Where the walk stands."""
        return self._places[self._at] if 0 <= self._at < len(self._places) else None

    def open(self) -> None:
        """Show the bar; words that are selected in a text are looked for."""
        focused = self._view.focused_language()
        opened = self._reading.opened_article
        self._first = focused or (opened.language if opened is not None else Language.ENGLISH)
        selected = "" if focused is None else self._selected(focused)
        self._bar.show()
        if selected and selected != self._bar.field.text():
            self._bar.field.setText(selected)
        else:
            self._find(jump=False)
        self._bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bar.field.selectAll()

    def close(self) -> None:
        """No bar and none of its marks; the pane where the walk stood gets the keys."""
        if not self.active:
            return
        place, had_keys = self.place, self._bar.isAncestorOf(self._view.window().focusWidget() or self._view)
        self._call.forget()
        self._bar.hide()
        self._places, self._at = [], -1
        self._view.set_current_hit(None)
        self.closed.emit()
        if had_keys:
            self._view.focus_pane(place.language if place is not None else self._first)

    def step(self, direction: int) -> None:
        """On to the next place (1) or back (-1); the end joins the beginning."""
        if self._places:
            self._at = (self._at + direction) % len(self._places) if self._at >= 0 else (0 if direction > 0 else -1)
            self._at %= len(self._places)
            self._show_place()

    def renew(self) -> None:
        """Other texts are open, or the same ones anew: find in them, and stay where the reader is."""
        if self.active:
            self._find(jump=False)

    def wait(self, milliseconds: int) -> None:
        """Wait for the places of what was typed last."""
        self._call.wait(milliseconds)

    def finish(self) -> None:
        """Nothing is found after this."""
        self._call.close()

    def _selected(self, language: Language) -> str:
        article, span = self._view.pane(language).article, self._view.pane(language).selected_span()
        words = "" if article is None else article.text[span.start : span.end].strip()
        return words if len(words) <= _LONGEST_SELECTION and "\n" not in words else ""

    def _find(self, *, jump: bool) -> None:
        words, articles = self._bar.field.text(), self._articles()
        self._jump = jump
        self._call.ask(lambda: _places_in(articles, words))

    def _articles(self) -> tuple[Article, ...]:
        sides = (self._reading.pair.side(language) for language in (self._first, self._first.other))
        return tuple(side for side in sides if side is not None)

    def _on_found(self, places: list[FoundPlace]) -> None:
        if not self.active:
            return
        before = self.place
        self._places = places
        for language in Language:
            self._view.set_search_spans(language, [place.span for place in places if place.language is language])
        self._at = places.index(before) if before in places else self._nearest() if self._jump else -1
        if self._jump and places:
            self._show_place()
        else:
            current = self.place
            self._view.set_current_hit(current.language if current else None, current.span if current else None)
            self._show_count()

    def _nearest(self) -> int:
        """The first place at or behind what the reader sees."""
        seen = {language: self._view.pane(language).place().position for language in Language}
        behind = (number for number, place in enumerate(self._places) if place.span.start >= seen[place.language])
        return next(behind, 0)

    def _show_place(self) -> None:
        place = self.place
        if place is not None:
            self._view.set_current_hit(place.language, place.span)
            self._view.pane(place.language).scroll_to(place.span)
        self._show_count()

    def _show_count(self) -> None:
        total = len(self._places)
        if not self._bar.field.text().strip():
            words = ""
        elif not total:
            words = "Not in these texts"
        else:
            words = f"{self._at + 1:,} of {total:,}" if self._at >= 0 else f"{total:,} found"
            english = sum(place.language is Language.ENGLISH for place in self._places)
            if 0 < english < total:
                words += f" · {english:,} English, {total - english:,} Hindi"
        self._bar.show_count(words, can_step=bool(total))


def _places_in(articles: Sequence[Article], words: str) -> list[FoundPlace]:
    """Called in another thread."""
    from desktop_app.search.finding import find_in_text

    return [FoundPlace(article.language, span) for article in articles for span in find_in_text(article.text, words)]
