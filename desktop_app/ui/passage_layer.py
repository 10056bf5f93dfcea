"""What corresponds, shown over both panes: ribbons, tints, and the walk from passage to passage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain import Language
from desktop_app.ui.article_pane import ArticlePane
from desktop_app.ui.linked_scrolling import LinkedScrolling
from desktop_app.ui.pane_marks import MarkKind, PassageMark
from desktop_app.ui.passage_gutter import PassageGutter
from desktop_app.ui.passages import Passage, PassageMap
from desktop_app.ui.ribbons import EdgeMark, GutterView, Ribbon

_LEVEL_PART = 0.3
"""Passages that are shown begin this far down the panes."""
_SEEN_PART = 0.12
"""A passage nearer to the pane's top or bottom than this is not well in sight."""


class PassageLayer(QObject):
    """Lights up what corresponds to the text under the mouse, or else to the text at the caret.

    `link_rejected` and `link_stated` carry the English and the Hindi sentences' indices a reader speaks of.
    """

    link_rejected = Signal(object, object)
    link_stated = Signal(object, object)
    current_changed = Signal()
    """Another passage is at the caret, or other text is selected."""
    walk_ended = Signal(str)
    """There is no further passage that way; a sentence says so."""

    def __init__(self, panes: Mapping[Language, ArticlePane], gutter: PassageGutter, parent: QObject) -> None:
        super().__init__(parent)
        self._panes = panes
        self.gutter = gutter
        self._map: PassageMap | None = None
        self._hovered: tuple[Passage, ...] = ()
        self._current: tuple[Passage, ...] = ()
        self._side = Language.ENGLISH
        self._touched: set[Language] = set()
        self._ribbons: Sequence[Ribbon] | None = None
        self._marks: Sequence[EdgeMark] = ()
        self.scrolling = LinkedScrolling(panes, self)
        gutter.set_drawing(self)
        gutter.passage_hovered.connect(self._on_passage_hovered)
        gutter.passage_clicked.connect(self.show_passage)
        for language, pane in panes.items():
            pane.place_changed.connect(gutter.update)
            pane.layout_changed.connect(self._on_layout_changed)
            pane.position_hovered.connect(lambda at, language=language: self._on_position_hovered(language, at))
            pane.caret_moved.connect(lambda at, language=language: self._on_caret_moved(language, at))
            pane.selectionChanged.connect(self.current_changed)

    # What is shown

    @property
    def passages(self) -> PassageMap | None:
        return self._map

    @property
    def current(self) -> tuple[Passage, ...]:
        """The passages at the caret."""
        return self._current

    @property
    def lit(self) -> tuple[Passage, ...]:
        """The passages that stand out: those under the mouse, or else those at the caret."""
        return self._hovered or self._current

    def show_passages(self, passages: PassageMap | None) -> None:
        """Draw *passages* over the articles the panes show; None takes everything away."""
        before = self._map
        self._map = passages
        self._hovered = ()
        self.scrolling.set_anchors(None if passages is None else passages.anchors)
        if passages is not None and before is not None and self._same_articles(before, passages):
            here = (
                passages.at(side, self._panes[side].selected_span().start)
                for side in (self._side, self._side.other)
                if side in self._touched
            )
            self._current = next((found for found in here if found), ())
        else:
            self._current = ()
            self._touched.clear()
        self._on_layout_changed()
        self._light_up()
        self.current_changed.emit()

    # What the gutter paints

    def view(self, gutter: QWidget) -> GutterView:
        tops = [
            gutter.mapFromGlobal(self._panes[language].viewport().mapToGlobal(QPoint(0, 0))).y()
            for language in Language
        ]
        en, hi = (self._panes[language].scrolled_px for language in Language)
        return GutterView(gutter.width(), max(tops), gutter.height(), tops[0] - en, tops[1] - hi)

    def ribbons(self) -> Sequence[Ribbon]:
        if self._ribbons is None:
            self._measure()
        return self._ribbons or ()

    def marks(self) -> Sequence[EdgeMark]:
        if self._ribbons is None:
            self._measure()
        return self._marks

    # Walking

    def step_linked(self, direction: int) -> None:
        """To the next (1) or previous (-1) passage both sides have."""
        if self._map is not None:
            self._step(self._map.linked_in_order(self._reading_side()), direction, "There is no linked passage")

    def step_one_sided(self, direction: int) -> None:
        """To the next (1) or previous (-1) passage only one side has, whichever side that is."""
        if self._map is not None:
            self._step(self._map.only_one_side, direction, "There is nothing that only one side says")

    def show_passage(self, passage: Passage) -> None:
        """Bring a passage into sight, level in both panes, and put the carets there. Nothing moves that is in sight."""
        sides = [language for language in Language if passage.runs[language]]
        reading = self._reading_side()
        with self.scrolling.suspended():
            for language in sides:
                self._panes[language].put_caret(passage.runs[language][0].start)
            if not all(self._is_in_sight(passage, language) for language in sides):
                for language in sides:
                    self._panes[language].follow(self._level(passage, language))
        if len(sides) == 1:
            self.scrolling.carry_along(sides[0])
        self._current = (passage,)
        self._side = passage.only or reading
        self._light_up()
        self.current_changed.emit()

    def drop_current(self) -> None:
        """No passage stands out any more until the caret or the mouse moves."""
        self._current = ()
        self._light_up()
        self.current_changed.emit()

    # What a reader states

    @property
    def can_reject(self) -> bool:
        """Whether the caret stands in a linked passage."""
        return any(passage.linked for passage in self._current)

    @property
    def can_state(self) -> bool:
        """Whether a sentence is chosen on either side."""
        return len(self._chosen_sentences()) == len(Language)

    def reject_current(self) -> None:
        """The reader says that the linked passages at the caret do not correspond."""
        for passage in self._current:
            if passage.linked:
                self.link_rejected.emit(*(passage.sentences[language] for language in Language))

    def state_selected(self) -> None:
        """The reader says that the sentences selected (or at the caret) on both sides correspond."""
        chosen = self._chosen_sentences()
        if len(chosen) == len(Language):
            self.link_stated.emit(*(chosen[language] for language in Language))

    # Inside

    def _chosen_sentences(self) -> dict[Language, tuple[int, ...]]:
        """A side the reader has not been in chooses nothing, although its caret stands somewhere."""
        if self._map is None:
            return {}
        chosen = {side: self._map.sentences_in(side, self._panes[side].selected_span()) for side in self._touched}
        return {side: sentences for side, sentences in chosen.items() if sentences}

    def _measure(self) -> None:
        if self._map is None:
            self._ribbons, self._marks = (), ()
            return
        heights = {
            language: {
                run: self._panes[language].flow(run)
                for passage in (*self._map.links, *self._map.only_one_side)
                for run in passage.runs[language]
            }
            for language in Language
        }
        self._ribbons = [
            Ribbon(link, heights[Language.ENGLISH][en], heights[Language.HINDI][hi])
            for link in self._map.links
            for en in link.runs[Language.ENGLISH]
            for hi in link.runs[Language.HINDI]
        ]
        self._marks = [
            EdgeMark(passage, language, heights[language][run])
            for passage in self._map.only_one_side
            for language in Language
            for run in passage.runs[language]
        ]

    def _step(self, passages: Sequence[Passage], direction: int, none: str) -> None:
        current = [around for passage in self._current for around in (passage, *self._holders(passage))]
        here = next((passages.index(passage) for passage in current if passage in passages), None)
        if here is not None:
            target = here + direction
        else:
            ahead = [number for number, passage in enumerate(passages) if self._is_ahead(passage)]
            border = ahead[0] if ahead else len(passages)
            target = border if direction > 0 else border - 1
        if 0 <= target < len(passages):
            self.show_passage(passages[target])
        else:
            self.walk_ended.emit(f"{none} {'further down' if direction > 0 else 'further up'}.")

    def _is_ahead(self, passage: Passage) -> bool:
        """Whether a passage begins behind the place where one reads."""
        side = passage.only or self._reading_side()
        here = next((lit.runs[side][0].start for lit in self._current if lit.runs[side]), None)
        return passage.runs[side][0].start >= (self._panes[side].place().position if here is None else here)

    def _reading_side(self) -> Language:
        return next((side for side, pane in self._panes.items() if pane.hasFocus()), self._side)

    def _is_in_sight(self, passage: Passage, language: Language) -> bool:
        pane = self._panes[language]
        top, bottom = pane.flow(passage.runs[language][0])
        seen = pane.viewport().height()
        top, bottom = top - pane.scrolled_px, bottom - pane.scrolled_px
        return seen * _SEEN_PART <= top and min(bottom, top + seen / 2) <= seen * (1 - _SEEN_PART)

    def _level(self, passage: Passage, language: Language) -> int:
        pane = self._panes[language]
        return round(pane.flow(passage.runs[language][0])[0] - pane.viewport().height() * _LEVEL_PART)

    def _light_up(self) -> None:
        lit = self.lit
        self.gutter.light_up((*lit, *(holder for passage in lit for holder in self._holders(passage))))
        for language, pane in self._panes.items():
            pane.set_passage_marks(
                [PassageMark(run, _kind(passage)) for passage in lit for run in passage.runs[language]]
            )

    def _holders(self, passage: Passage) -> list[Passage]:
        return [] if self._map is None else self._map.holders(passage)

    def _same_articles(self, one: PassageMap, other: PassageMap) -> bool:
        return all(one.article(language).id == other.article(language).id for language in Language)

    def _on_layout_changed(self) -> None:
        self._ribbons = None
        self.gutter.update()

    def _on_passage_hovered(self, passage: Passage | None) -> None:
        self._hover(() if passage is None else (passage,))

    def _on_position_hovered(self, language: Language, position: int | None) -> None:
        found = () if position is None or self._map is None else self._map.at(language, position)
        self._hover(found)

    def _hover(self, passages: tuple[Passage, ...]) -> None:
        if passages != self._hovered:
            self._hovered = passages
            self._light_up()

    def _on_caret_moved(self, language: Language, position: int) -> None:
        self._side = language
        self._touched.add(language)
        found = () if self._map is None else self._map.at(language, position)
        if found != self._current:
            self._current = found
            self._light_up()
        self.current_changed.emit()


def _kind(passage: Passage) -> MarkKind:
    if not passage.linked:
        return MarkKind.UNMATCHED
    return MarkKind.LINKED if passage.sure else MarkKind.UNCERTAIN
