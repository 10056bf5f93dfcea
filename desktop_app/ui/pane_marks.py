"""What is marked in one pane: passages, search hits and chips, with the selected entity the loud one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter

from desktop_app.domain import Mention, Span
from desktop_app.ui.chips import Chip, ChipLayer, fill, outline, place_chips
from desktop_app.ui.text_geometry import SpanLayer, TextGeometry
from desktop_app.ui.text_positions import TextPositions
from desktop_app.ui.themes import Theme


class MarkKind(StrEnum):
    """What the tint behind a passage says."""

    LINKED = "linked"
    UNCERTAIN = "uncertain"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class PassageMark:
    """A tinted passage; the span is in code points of the article's text."""

    span: Span
    kind: MarkKind = MarkKind.LINKED


class PaneMarks:
    """The marks of one text, or of the part of it that is shown, painted under it in document coordinates."""

    def __init__(
        self, geometry: TextGeometry, text: str = "", mentions: Sequence[Mention] = (), part: Span | None = None
    ) -> None:
        self.positions = TextPositions(text, part)
        self.selected: int | None = None
        """The entity all whose mentions are loud."""
        self.current: Mention | None = None
        """The mention that is framed."""
        self._geometry = geometry
        self._text = text
        self._mentions: Sequence[Mention] = ()
        self.search_spans: Sequence[Span] = ()
        self._search = SpanLayer(geometry)
        self.passages: Sequence[PassageMark] = ()
        self._passages: Mapping[MarkKind, SpanLayer] = {}
        self._search_starts: tuple[int, ...] = ()
        self.current_hit: Span | None = None
        """The search hit that is framed."""
        self.set_mentions(mentions)

    def show_part(self, part: Span) -> None:
        """The same marks, on another part of the same text."""
        self.positions = TextPositions(self._text, part)
        self.set_mentions(self._mentions)
        self.set_search_spans(self.search_spans)
        self.set_passages(self.passages)

    def set_mentions(self, mentions: Sequence[Mention]) -> None:
        """Other chips on the same text."""
        self._mentions = mentions
        self._chips = ChipLayer(self._geometry, place_chips(self._text, mentions, self.positions))

    def set_search_spans(self, spans: Sequence[Span]) -> None:
        self.search_spans = spans
        ranges = [self.to_qt(span) for span in spans if self.positions.touches(span)]
        self._search_starts = tuple(start for start, _ in ranges)
        self._search = SpanLayer(self._geometry, ranges)

    def set_passages(self, marks: Sequence[PassageMark]) -> None:
        self.passages = tuple(marks)
        shown = [mark for mark in marks if self.positions.touches(mark.span)]
        self._passages = {
            kind: SpanLayer(self._geometry, [self.to_qt(mark.span) for mark in shown if mark.kind is kind])
            for kind in MarkKind
        }

    def to_qt(self, span: Span) -> tuple[int, int]:
        """UTF-16 start and end of a span of code points."""
        return self.positions.to_qt(span.start), self.positions.to_qt(span.end)

    def forget_layout(self) -> None:
        """The text was laid out anew."""
        self._chips.forget_layout()
        self._search.forget_layout()
        for layer in self._passages.values():
            layer.forget_layout()

    def chip_at(self, point: QPointF) -> Chip | None:
        """The innermost chip under *point*."""
        return self._chips.at(point, self._geometry.position_at(point))

    def chip_around(self, position: int) -> Chip | None:
        """The innermost chip that holds or touches the caret at UTF-16 *position*."""
        return self._chips.around(position)

    def chips(self) -> Sequence[Chip]:
        return self._chips.chips

    def loud_chips(self) -> list[Chip]:
        """The chips of the selected entity, in reading order."""
        return [chip for chip in self._chips.chips if chip.mention.entity == self.selected]

    def heights(self, starts: Sequence[int]) -> list[float]:
        """How far down the text lines lie, in pixels, that hold these UTF-16 positions."""
        return [self._geometry.line_at(start).center().y() for start in starts]

    @property
    def search_starts(self) -> tuple[int, ...]:
        """UTF-16 starts of the search hits."""
        return self._search_starts

    def paint(self, painter: QPainter, theme: Theme, top: float, bottom: float) -> None:
        """Paint everything that shows between *top* and *bottom*."""
        first = self._geometry.position_at(QPointF(0, top - _SLACK_PX))
        last = self._geometry.position_at(QPointF(_FAR_RIGHT, bottom + _SLACK_PX))
        tints = {
            MarkKind.LINKED: theme.linked,
            MarkKind.UNCERTAIN: theme.uncertain,
            MarkKind.UNMATCHED: theme.unmatched,
        }
        for kind, layer in self._passages.items():
            for index in layer.between(first, last):
                fill(painter, layer.rects(index), QColor(tints[kind]), pad=3)
        for index in self._search.between(first, last):
            fill(painter, self._search.rects(index), QColor(theme.search), pad=0.5)
            outline(painter, self._search.rects(index), QColor(theme.search_tick), width=1.0, pad=0.5)
        if self.current_hit is not None and self.positions.touches(self.current_hit):
            start, _ = self.to_qt(self.current_hit)
            if start in self._search_starts:
                rects = self._search.rects(self._search_starts.index(start))
                outline(painter, rects, QColor(theme.accent), width=2.2, pad=1.5)
        self._chips.paint(painter, theme, first, last, self.selected, self.current)


_SLACK_PX = 8
"""Underlines of nested mentions reach this far below their line."""
_FAR_RIGHT = 1e6
