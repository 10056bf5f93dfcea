"""The concordance as a list: one line a mention, aligned on the keyword."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from desktop_app.domain import ConcordanceLine, EntityType, Language
from desktop_app.ui.concordance_model import ConcordanceModel, ConcordanceOrder, day_words
from desktop_app.ui.fonts import REGULAR, SEMIBOLD, ui_font
from desktop_app.ui.row_list import RowList
from desktop_app.ui.row_painting import LineFitter, RowDelegate, badge_width, draw_badge
from desktop_app.ui.themes import Theme

_MARGIN, _PAD, _GAP = 14, 5, 12
_KEYWORD_AT = 0.44
"""Where the keyword begins, as a part of the width the text has."""
_DATED_FROM_EM = 40
"""A list narrower than so many ems keeps its room for the text."""
_LONGEST_KEYWORD = 0.5


class ConcordanceDelegate(RowDelegate[ConcordanceLine]):
    """Paints language, left context up to the keyword, keyword, right context and date."""

    ruled = False
    entity_type = EntityType.PER

    def set_percent(self, percent: int) -> None:
        self._text = _Context(ui_font(percent, scale=1.06))
        self._keyword = LineFitter(ui_font(percent, SEMIBOLD, 1.06))
        self._date = LineFitter(ui_font(percent, REGULAR, 0.88))
        self._badge = LineFitter(ui_font(percent, REGULAR, 0.74))
        self._date_width = max(self._date.width(words) for words in ("28 Sep 2024", "undated")) + 4

    @property
    def row_height(self) -> int:
        return max(self._text.height, self._keyword.height) + 2 * _PAD

    def draw_row(self, painter: QPainter, box: QRect, row: ConcordanceLine, theme: Theme) -> None:
        badge, height = badge_width(self._badge), min(box.height() - 4, self._badge.metrics.capHeight() + 8)
        left, right = box.left() + _MARGIN, box.right() - _MARGIN
        draw_badge(
            painter,
            QRect(left, box.top() + (box.height() - height) // 2, badge, height),
            row.language,
            self._badge,
            theme,
        )
        left += badge + _GAP
        if box.width() >= _DATED_FROM_EM * self._text.em:
            date = QRect(right - self._date_width, box.top(), self._date_width, box.height())
            self._date.draw(painter, date, day_words(row.date), QColor(theme.muted))
            right = date.left() - _GAP
        self._paint_words(painter, QRect(left, box.top(), right - left, box.height()), row, theme)

    def _paint_words(self, painter: QPainter, box: QRect, line: ConcordanceLine, theme: Theme) -> None:
        middle = box.left() + round(box.width() * _KEYWORD_AT)
        colour = QColor(theme.text)
        before = QRect(box.left(), box.top(), middle - box.left() - self._text.gap(line.left[-1:]), box.height())
        self._text.draw(painter, before, line.left.strip(), colour, end_aligned=True)
        widest = round(box.width() * _LONGEST_KEYWORD)
        keyword = self._keyword.fit(line.keyword, widest)
        width = self._keyword.width(keyword)
        self._keyword.draw(
            painter, QRect(middle, box.top(), width + 2, box.height()), keyword, theme.hue(self.entity_type)
        )
        start = middle + width + self._text.gap(line.right[:1])
        after = QRect(start, box.top(), max(0, box.left() + box.width() - start), box.height())
        self._text.draw(painter, after, line.right.strip(), colour, end_aligned=False)


class _Context:
    """Draws what stands on one side of the keyword, cut at its far end."""

    def __init__(self, font: QFont) -> None:
        self._font = font
        self._metrics = QFontMetrics(font)
        self.height = self._metrics.height()
        self.em = font.pixelSize()

    def gap(self, beside_keyword: str) -> int:
        """The blank between context and keyword, if there is one in the text ("Lavrov's" has none)."""
        return self._metrics.horizontalAdvance(" ") if beside_keyword.isspace() else 0

    def draw(self, painter: QPainter, box: QRect, text: str, colour: QColor, *, end_aligned: bool) -> None:
        mode = Qt.TextElideMode.ElideLeft if end_aligned else Qt.TextElideMode.ElideRight
        side = Qt.AlignmentFlag.AlignRight if end_aligned else Qt.AlignmentFlag.AlignLeft
        painter.setFont(self._font)
        painter.setPen(colour)
        shown = text
        if self._metrics.horizontalAdvance(text) > box.width():
            room = box.width() - self._metrics.horizontalAdvance(" ")
            shown = _without_part_word(self._metrics.elidedText(text, mode, room), text, at_front=end_aligned)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | side) | int(Qt.TextFlag.TextSingleLine), shown)


def _without_part_word(elided: str, text: str, *, at_front: bool) -> str:
    """*elided* without the rest of a word that the cut went through."""
    kept = elided.strip("…")
    if at_front:
        whole = text[: len(text) - len(kept)].endswith(" ") or kept.startswith(" ")
        return "… " + (kept if whole else kept.partition(" ")[2]).lstrip()
    whole = text[len(kept) :].startswith(" ") or kept.endswith(" ")
    return (kept if whole else kept.rpartition(" ")[0]).rstrip() + " …"


class ConcordanceView(RowList):
    """The list. Enter or a click on a line asks for its passage."""

    line_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.lines = ConcordanceModel()
        super().__init__("Concordance", self.lines, parent)
        self.lines.setParent(self)
        self._delegate = ConcordanceDelegate(self)
        self.setItemDelegate(self._delegate)
        self.row_chosen.connect(self._on_row_chosen)
        self.set_percent(100)

    def set_percent(self, percent: int) -> None:
        self._delegate.set_percent(percent)
        self.set_row_height(self._delegate.row_height)

    def show_lines(self, lines: Sequence[ConcordanceLine], entity_type: EntityType) -> None:
        """Show these lines from the top."""
        self._delegate.entity_type = entity_type
        self.lines.show_lines(lines)
        self.begin()

    def renew_lines(self, lines: Sequence[ConcordanceLine], entity_type: EntityType) -> None:
        """The same entity's lines as they now are: the place in the list stays."""
        scrolled = self.verticalScrollBar().value()
        current = self.lines.row_at(self.currentIndex())
        self._delegate.entity_type = entity_type
        self.lines.show_lines(lines)
        self._make_current(current)
        self.verticalScrollBar().setValue(scrolled)

    def sort_by(self, order: ConcordanceOrder) -> None:
        """Sort; a line the reader has moved to stays in sight, else the list begins at its top."""
        current = self._moved_to()
        self.lines.sort_by(order)
        self._return_to(current)

    def keep_language(self, language: Language | None) -> None:
        """Show only lines of *language*; None shows both."""
        current = self._moved_to()
        self.lines.keep_language(language)
        self._return_to(current)

    def begin(self) -> None:
        """Make the first line current."""
        with self.quietly():
            self.setCurrentIndex(self.lines.index(0))
        self.scrollToTop()

    def _moved_to(self) -> ConcordanceLine | None:
        index = self.currentIndex()
        return self.lines.row_at(index) if index.row() > 0 else None

    def _return_to(self, line: ConcordanceLine | None) -> None:
        if self._make_current(line):
            self.scrollTo(self.currentIndex())
        else:
            self.begin()

    def _make_current(self, line: ConcordanceLine | None) -> bool:
        index = self.lines.index_of(line)
        if index.isValid():
            with self.quietly():
                self.setCurrentIndex(index)
        return index.isValid()

    def _on_row_chosen(self, index: QModelIndex) -> None:
        line = self.lines.row_at(index)
        if line is not None:
            self.line_chosen.emit(line)
