"""Scrolling one pane carries the other along, so that what corresponds stays side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QObject

from desktop_app.domain import Language
from desktop_app.ui.article_pane import ArticlePane
from desktop_app.ui.passages import Anchor
from desktop_app.ui.scroll_map import Page, ScrollMap

_SETTLING_PART = 0.75
"""Panes that do not stand level come level while the reader scrolls by this part of a pane's height."""


class LinkedScrolling(QObject):
    """Moves the other pane when the reader moves one.

    A reader may put the panes where no link puts them (a jump, a passage out of order, scrolling while unlinked).
    Then the other pane does not leap at the next turn of the wheel: it keeps its distance and loses it bit by bit.
    """

    def __init__(self, panes: Mapping[Language, ArticlePane], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panes = panes
        self._anchors: Sequence[Anchor] = ()
        self._map: ScrollMap | None = None
        self._before = dict.fromkeys(Language, 0)
        self._exact = dict.fromkeys(Language, 0.0)
        self._suspended = 0
        self._active = False
        self.enabled = True
        for language, pane in panes.items():
            pane.travelled.connect(lambda language=language: self._on_travelled(language))
            pane.place_changed.connect(lambda language=language: self._on_place_changed(language))
            pane.layout_changed.connect(self._forget_layout)

    def set_anchors(self, anchors: Sequence[Anchor] | None) -> None:
        """What belongs level, in reading order; None: the panes have nothing to do with each other."""
        self._anchors = anchors or ()
        self._active = anchors is not None
        self._forget_layout()

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """Both panes are being put in their places: neither carries the other."""
        self._suspended += 1
        try:
            yield
        finally:
            self._suspended -= 1

    def carry_along(self, language: Language) -> None:
        """The pane of *language* was put somewhere: put the other level with it."""
        if self._carries():
            there = self._panes[language.other]
            there.follow(round(self._level_with(language, self._panes[language].scrolled_px)))

    def _forget_layout(self) -> None:
        self._map = None

    def _on_place_changed(self, language: Language) -> None:
        """Remember where the pane was, unless `_on_travelled` has yet to compare with it."""
        pane = self._panes[language]
        if not self._carries() or pane.is_keeping_place:
            self._before[language] = pane.scrolled_px

    def _carries(self) -> bool:
        return self.enabled and self._active and not self._suspended

    def _on_travelled(self, language: Language) -> None:
        if not self._carries():
            return
        here, there = self._panes[language], self._panes[language.other]
        before, now = self._before[language], here.scrolled_px
        self._before[language] = now
        settling = max(1.0, _SETTLING_PART * here.viewport().height())
        kept = max(0.0, 1 - abs(now - before) / settling)
        drift = self._exact_place(language.other) - self._level_with(language, before)
        self._exact[language.other] = self._level_with(language, now) + kept * drift
        there.follow(round(self._exact[language.other]))

    def _exact_place(self, language: Language) -> float:
        """Where a pane stands, with the fraction of a pixel it was last carried to: small steps would lose it."""
        scrolled, exact = self._panes[language].scrolled_px, self._exact[language]
        return exact if round(exact) == scrolled else float(scrolled)

    def _level_with(self, language: Language, scrolled: int) -> float:
        """How far the other pane is scrolled when this one is scrolled by *scrolled* pixels."""
        if self._map is None:
            self._map = self._measure()
        return self._map.to_second(scrolled) if language is Language.ENGLISH else self._map.to_first(scrolled)

    def _measure(self) -> ScrollMap:
        en, hi = self._panes[Language.ENGLISH], self._panes[Language.HINDI]
        known = [(0.0, 0.0)]
        known += [(sum(en.flow(anchor.en)) / 2, sum(hi.flow(anchor.hi)) / 2) for anchor in self._anchors]
        known.append((en.page_px, hi.page_px))
        return ScrollMap(known, *(Page(pane.scrollable_px, pane.viewport().height()) for pane in (en, hi)))
