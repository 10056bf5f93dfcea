"""Fills the contrast sheet with what is known of the pair that is open, while the sheet is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.domain import Comparison
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.contrast_lines import NamedThings, Section, passage_lines
from desktop_app.ui.contrast_sheet import ContrastSheet
from desktop_app.ui.correspondence import Correspondence
from desktop_app.ui.partner_offers import chance_words, reason_words
from desktop_app.ui.passages import Passage
from desktop_app.ui.reading import Reading

_SECTIONS = (Section.ONLY_ENGLISH, Section.ONLY_HINDI, Section.BOTH)
_ONE_ARTICLE = "Open two reports of one event to see what only one of them says."
_NOT_YET = "These two reports have not been compared yet."


class Contrast(QObject):
    """Nothing is put together while nobody looks."""

    def __init__(
        self,
        sheet: ContrastSheet,
        view: BilingualView,
        reading: Reading,
        correspondence: Correspondence,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._view = view
        self._reading = reading
        self._correspondence = correspondence
        sheet.passage_chosen.connect(self._on_passage_chosen)
        correspondence.shown.connect(self.refresh)
        view.border_moved.connect(self._on_border_moved)

    def refresh(self) -> None:
        """Bring the sheet in line with the panes."""
        if self._sheet.isHidden():
            return
        passages, comparison = self._view.passages.passages, self._correspondence.comparison
        if passages is not None and comparison is not None:
            named = NamedThings(self._reading.mentions(), {entity.id: entity for entity in self._reading.entities()})
            self._sheet.show_lines(_judgement(comparison), passage_lines(passages, named), _SECTIONS)
        else:
            pair = self._reading.pair
            self._sheet.show_none(_ONE_ARTICLE if pair.en is None or pair.hi is None else _NOT_YET)

    def show(self, shown: bool) -> None:
        """Open or close the sheet."""
        self._sheet.setVisible(shown)
        self.refresh()

    def _on_border_moved(self) -> None:
        gutter = self._view.splitter().gutter.geometry()
        self._sheet.set_border(gutter.left(), gutter.right() + 1)

    def _on_passage_chosen(self, passage: Passage) -> None:
        self._view.passages.show_passage(passage)


def _judgement(comparison: Comparison) -> str:
    chance, reasons = chance_words(comparison.relation, comparison.probability), reason_words(comparison.reasons)
    return f"{chance}: {reasons}" if reasons else f"{chance}."
