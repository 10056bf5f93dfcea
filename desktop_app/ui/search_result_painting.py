"""How a search result looks: title, byline with the forms that hit, and a snippet with the hits marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop_app.domain import HitKind, SearchHit, Span
from desktop_app.ui.article_model import byline
from desktop_app.ui.fonts import REGULAR, SEMIBOLD, ui_font
from desktop_app.ui.row_model import ROW_ROLE, Index
from desktop_app.ui.row_painting import LineFitter, RowDelegate, badge_width, draw_badge, draw_hairline
from desktop_app.ui.search_result_model import NEAR_IN_MEANING, SOME_OF_IT, ResultRow
from desktop_app.ui.text_positions import TextPositions
from desktop_app.ui.themes import Theme

SNIPPET_LINES = 2
_MARGIN, _GAP, _INDENT = 10, 2, 16
_FORMS_SHOWN, _BESIDE = 3, 12
_LEAD_CHARS = (24, 10, 0)
"""Of a snippet whose first hit would not show, so much of the text before that hit, or else less."""


@dataclass(frozen=True, slots=True)
class LaidOutSnippet:
    """What of a hit's snippet has room, and the marks in it."""

    layout: QTextLayout
    text: str
    spans: tuple[Span, ...]


class SnippetLayouts:
    """Laid-out snippets, one for each result, remembered for one width and one font."""

    def __init__(self, font: QFont) -> None:
        self._font = font
        self._laid_out: dict[tuple[str, int, int], LaidOutSnippet] = {}

    def layout(self, hit: SearchHit, width: int, lines: int = SNIPPET_LINES) -> LaidOutSnippet:
        """The snippet from its beginning, or if the first hit would not show, from shortly before that."""
        key = (hit.snippet, width, lines)
        found = self._laid_out.get(key)
        if found is None:
            text = hit.snippet.replace("\n", " ")
            layout, seen = self._lay_out(text, width, lines)
            found = LaidOutSnippet(layout, text, hit.spans)
            for lead in _LEAD_CHARS if hit.spans else ():
                if found.spans[0].end <= seen:
                    break
                cut = _word_before(text, hit.spans[0].start, lead)
                shown = "…" + text[cut:]
                layout, seen = self._lay_out(shown, width, lines)
                found = LaidOutSnippet(
                    layout, shown, tuple(Span(s.start - cut + 1, s.end - cut + 1) for s in hit.spans)
                )
            self._laid_out[key] = found
        return found

    def forget(self) -> None:
        self._laid_out.clear()

    def _lay_out(self, text: str, width: int, lines: int) -> tuple[QTextLayout, int]:
        """The layout, and how many code points of *text* show."""
        layout = QTextLayout(text, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        layout.beginLayout()
        seen = 0
        for number in range(lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, number * line.height()))
            seen = line.textStart() + line.textLength()
        layout.endLayout()
        return layout, TextPositions(text).from_qt(seen)


def _word_before(text: str, place: int, lead: int) -> int:
    """The beginning of a word at most *lead* characters before *place*."""
    earliest = max(0, place - lead)
    space = text.find(" ", earliest, place)
    return place if space < 0 else space + 1


def marked_ranges(text: str, spans: Sequence[Span], theme: Theme) -> list[QTextLayout.FormatRange]:
    """The *spans* of *text* as Qt wants them, with the ground of a found word."""
    marked = QTextCharFormat()
    marked.setBackground(QColor(theme.search))
    marked.setForeground(QColor(theme.text))
    positions = TextPositions(text)
    ranges = []
    for span in spans:
        part = QTextLayout.FormatRange()
        part.start = positions.to_qt(span.start)
        part.length = positions.to_qt(span.end) - part.start
        part.format = marked
        ranges.append(part)
    return ranges


def forms_words(row: ResultRow) -> str:
    """Which forms hit where they are not the words as typed: "लवरोव, Lavrov’s"; of a hit that only comes near, how."""
    if row.hit is not None and row.hit.kind is HitKind.MEANING:
        return NEAR_IN_MEANING
    if row.hit is not None and row.hit.kind is HitKind.SOME:
        return f"{SOME_OF_IT}: {', '.join(row.hit.matched[:_FORMS_SHOWN])}"
    return ", ".join(row.other_forms[:_FORMS_SHOWN]) + (" …" if len(row.other_forms) > _FORMS_SHOWN else "")


class ResultDelegate(RowDelegate[ResultRow]):
    """Paints one result; those that follow the best one of their story are set in and shorter."""

    def set_percent(self, percent: int) -> None:
        self._title = LineFitter(ui_font(percent, SEMIBOLD))
        self._below = LineFitter(ui_font(percent, REGULAR, 0.9))
        self._badge = LineFitter(ui_font(percent, REGULAR, 0.76))
        self._snippet = LineFitter(ui_font(percent, REGULAR, 0.95))
        self.snippets = SnippetLayouts(self._snippet.font)

    @property
    def row_height(self) -> int:
        """Of a result that stands by itself."""
        return self._height(SNIPPET_LINES)

    def _height(self, snippet_lines: int) -> int:
        lines = self._title.height + self._below.height + snippet_lines * self._snippet.height
        return lines + 2 * _GAP + 2 * _MARGIN

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        row: ResultRow | None = index.data(ROW_ROLE)
        if row is None or not row.member:
            return QSize(160, self.row_height)
        if row.hit is None:
            return QSize(160, self._below.height + _MARGIN + 4)
        return QSize(160, self._height(1) - _MARGIN // 2)

    def draw_frame(self, painter: QPainter, box: QRect, index: Index, theme: Theme) -> None:
        row: ResultRow = index.data(ROW_ROLE)
        if not row.goes_on:
            draw_hairline(painter, box, theme)
        if row.member or row.goes_on:
            self._draw_bracket(painter, box, row, theme)

    def draw_row(self, painter: QPainter, box: QRect, row: ResultRow, theme: Theme) -> None:
        indent = _INDENT if row.member or row.goes_on else 0
        inner = box.adjusted(_MARGIN + indent, (_MARGIN if not row.member else _MARGIN // 2), -_MARGIN, 0)
        if row.hit is None:
            words = f"{row.more} more in this story" if not row.open else "Show fewer"
            self._below.draw(painter, QRect(inner.topLeft(), QSize(inner.width(), self._below.height)), words,
                             QColor(theme.accent))  # fmt: skip
        else:
            self._draw_hit(painter, inner, row, row.hit, theme)

    def _draw_bracket(self, painter: QPainter, box: QRect, row: ResultRow, theme: Theme) -> None:
        x = box.left() + _MARGIN + 3
        margin = _MARGIN // 2 if row.member else _MARGIN
        middle = box.top() + margin + (self._below if row.hit is None else self._title).height // 2
        painter.setPen(QPen(QColor(theme.muted), 1.4))
        if row.member:
            painter.drawLine(QPoint(x, box.top()), QPoint(x, middle))
        if row.goes_on:
            painter.drawLine(QPoint(x, middle), QPoint(x, box.bottom() + 1))
        painter.setBrush(QColor(theme.muted))
        painter.drawEllipse(QPoint(x, middle), 2, 2)

    def _draw_hit(self, painter: QPainter, inner: QRect, row: ResultRow, hit: SearchHit, theme: Theme) -> None:
        left, width, top = inner.left(), inner.width(), inner.top()
        self._title.draw(painter, QRect(left, top, width, self._title.height), hit.title, QColor(theme.text))
        top += self._title.height + _GAP
        badge, height = badge_width(self._badge), self._below.height
        badge_height = min(height, self._badge.metrics.capHeight() + 8)
        badge_box = QRect(left, top + (height - badge_height) // 2, badge, badge_height)
        draw_badge(painter, badge_box, hit.language, self._badge, theme)
        self._draw_byline(painter, QRect(left + badge + 7, top, width - badge - 7, height), row, hit, theme)
        top += height + _GAP
        painter.setPen(QColor(theme.text))
        lines = 1 if row.member else SNIPPET_LINES
        painter.setClipRect(QRect(left - 1, top, width + 2, lines * self._snippet.height + 2))
        shown = self.snippets.layout(hit, width, lines)
        shown.layout.draw(painter, QPointF(left, top), marked_ranges(shown.text, shown.spans, theme))

    def _draw_byline(self, painter: QPainter, box: QRect, row: ResultRow, hit: SearchHit, theme: Theme) -> None:
        """Source and date; behind them the forms that hit, where there is room for some of them."""
        words, forms = byline(hit), forms_words(row)
        self._below.draw(painter, box, words, QColor(theme.muted))
        place = box.adjusted(self._below.width(words) + _BESIDE, 0, 0, 0)
        if forms and place.width() > 2 * self._below.height:
            self._below.draw(painter, place, forms, QColor(theme.text))
