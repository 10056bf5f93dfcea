"""Fills the contrast sheet with what is known of the pair that is open, while the sheet is shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop_app.domain import Comparison
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.contrast_lines import ContrastLine, NamedThings, Section, passage_lines
from desktop_app.ui.contrast_sheet import ContrastSheet
from desktop_app.ui.correspondence import Correspondence
from desktop_app.ui.finding_lines import Findings, finding_lines
from desktop_app.ui.latest_call import LatestCall
from desktop_app.ui.partner_offers import chance_words, reason_words
from desktop_app.ui.passages import Passage
from desktop_app.ui.reading import Reading

_BY_PASSAGE = (Section.ONLY_ENGLISH, Section.ONLY_HINDI, Section.BOTH)
_ONE_ARTICLE = "Open two reports of one event to see what only one of them says."
_NOT_YET = "These two reports have not been compared yet."


class Contrasts(Protocol):
    """What the window asks of the library, from another thread."""

    def contrast(self, en: int, hi: int) -> Findings: ...


class Contrast(QObject):
    """Nothing is put together while nobody looks. The passages are shown at once, findings inside them follow."""

    failed = Signal(str)

    def __init__(
        self,
        library: Contrasts,
        sheet: ContrastSheet,
        view: BilingualView,
        reading: Reading,
        correspondence: Correspondence,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._call = LatestCall(self)
        self._call.answered.connect(self._on_found)
        self._call.failed.connect(lambda error: self.failed.emit(str(error)))
        self._sheet = sheet
        self._view = view
        self._reading = reading
        self._correspondence = correspondence
        sheet.passage_chosen.connect(self._on_passage_chosen)
        correspondence.shown.connect(self.refresh)
        view.border_moved.connect(self._on_border_moved)

    def refresh(self) -> None:
        """Bring the sheet in line with the panes."""
        self._call.forget()
        if self._sheet.isHidden():
            return
        pair, passages = self._reading.pair, self._view.passages.passages
        if pair.en is None or pair.hi is None:
            self._sheet.show_none(_ONE_ARTICLE)
        elif passages is None:
            self._sheet.show_none(_NOT_YET)
        else:
            self._show(passage_lines(passages, self._named()), _BY_PASSAGE)
            self._call.ask(partial(self._library.contrast, pair.en.id, pair.hi.id))

    def wait(self, milliseconds: int) -> None:
        """Wait for the findings."""
        self._call.wait(milliseconds)

    def close(self) -> None:
        self._call.close()

    def show(self, shown: bool) -> None:
        """Open or close the sheet."""
        self._sheet.setVisible(shown)
        self.refresh()

    def _named(self) -> NamedThings:
        return NamedThings(self._reading.mentions(), {entity.id: entity for entity in self._reading.entities()})

    def _show(self, lines: Sequence[ContrastLine], sections: Collection[Section]) -> None:
        comparison = self._correspondence.comparison
        self._sheet.show_lines("" if comparison is None else _judgement(comparison), lines, sections)

    def _on_found(self, found: Findings) -> None:
        passages = self._view.passages.passages
        if passages is not None:
            named = self._named()
            self._show([*passage_lines(passages, named), *finding_lines(found, passages, named)], tuple(Section))

    def _on_border_moved(self) -> None:
        gutter = self._view.splitter().gutter.geometry()
        self._sheet.set_border(gutter.left(), gutter.right() + 1)

    def _on_passage_chosen(self, passage: Passage) -> None:
        self._view.passages.show_passage(passage)


def _judgement(comparison: Comparison) -> str:
    chance, reasons = chance_words(comparison.relation, comparison.probability), reason_words(comparison.reasons)
    return f"{chance}: {reasons}" if reasons else f"{chance}."
