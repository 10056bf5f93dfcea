"""Mentions as chips: a faint tint and an underline, painted under the text of a pane.

Chips are paint, not formatting: selecting another entity lays out nothing and touches no document.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from desktop_app.domain import EntityType, Mention
from desktop_app.language.graphemes import snap
from desktop_app.ui.text_geometry import SpanLayer, TextGeometry
from desktop_app.ui.text_positions import TextPositions
from desktop_app.ui.themes import UNDERLINES, Theme, Underline

_NEST_STEP = 3.0
"""Pixels between the underline of a mention and that of one nested in it."""
_WAVE_LENGTH, _WAVE_HEIGHT = 6.0, 5.0


@dataclass(frozen=True, slots=True)
class Chip:
    """A mention in a document: UTF-16 range on grapheme borders; *nest* counts the levels inside it."""

    mention: Mention
    start: int
    end: int
    nest: int


def place_chips(text: str, mentions: Iterable[Mention], positions: TextPositions) -> list[Chip]:
    """Chips of *mentions* in reading order, the outer before the inner.

    Mentions that lie outside the part of *text* that *positions* hold are left out; so are those outside of all of
    it, which were made for another version.
    """
    part = positions.part
    shown = text[part.start : part.end]
    ordered = sorted(mentions, key=lambda mention: (mention.start, -mention.end))
    ordered = [mention for mention in ordered if part.start <= mention.start < mention.end <= part.end]
    chips: list[Chip] = []
    for mention, nest in zip(ordered, _nesting(ordered), strict=True):
        span = snap(shown, mention.start - part.start, mention.end - part.start)
        start, end = positions.to_qt(part.start + span.start), positions.to_qt(part.start + span.end)
        chips.append(Chip(mention, start, end, nest))
    return chips


def _nesting(ordered: Sequence[Mention]) -> list[int]:
    """How many levels of mentions lie inside each of *ordered* (by start, longest first)."""
    levels = [0] * len(ordered)
    open_ones: list[int] = []
    for index, mention in enumerate(ordered):
        while open_ones and ordered[open_ones[-1]].end < mention.end:
            open_ones.pop()
        for depth, outer in enumerate(reversed(open_ones), start=1):
            levels[outer] = max(levels[outer], depth)
        open_ones.append(index)
    return levels


class ChipLayer:
    """All chips of one pane: painting and hit-testing over what is visible."""

    def __init__(self, geometry: TextGeometry, chips: Sequence[Chip]) -> None:
        self.chips = sorted(chips, key=lambda chip: (chip.start, -chip.end))
        self._spans = SpanLayer(geometry, [(chip.start, chip.end) for chip in self.chips])

    def forget_layout(self) -> None:
        self._spans.forget_layout()

    def at(self, point: QPointF, near: int) -> Chip | None:
        """The innermost chip under *point* (document coordinates); *near* is the text position there."""
        hits = [i for i in self._spans.between(near - 1, near + 1) if _within(self._spans.rects(i), point)]
        return min((self.chips[i] for i in hits), key=lambda chip: chip.end - chip.start, default=None)

    def around(self, position: int) -> Chip | None:
        """The innermost chip that holds or touches the caret at UTF-16 *position*."""
        hits = (self.chips[i] for i in self._spans.between(position, position))
        return min(hits, key=lambda chip: chip.end - chip.start, default=None)

    def paint(
        self,
        painter: QPainter,
        theme: Theme,
        first: int,
        last: int,
        selected: int | None,
        current: Mention | None,
    ) -> None:
        """Paint the chips between UTF-16 *first* and *last*; the painter is in document coordinates."""
        quiet: dict[tuple[int, EntityType], list[QRectF]] = {}
        loud: list[tuple[Chip, list[QRectF]]] = []
        for index in self._spans.between(first, last):
            chip = self.chips[index]
            rects = self._spans.rects(index)
            if chip.mention.entity == selected:
                loud.append((chip, rects))
            else:
                quiet.setdefault((chip.nest, chip.mention.type), []).extend(rects)
        for nest, entity_type in sorted(quiet, key=lambda key: -key[0]):
            rects = quiet[nest, entity_type]
            hue = theme.hue(entity_type)
            _fill(painter, rects, hue, theme.chip_alpha // (2 if nest else 1))
            underline(painter, rects, UNDERLINES[entity_type], hue, nest * _NEST_STEP)
        for chip, rects in loud:
            hue = theme.hue(chip.mention.type)
            _fill(painter, rects, hue, theme.selected_alpha)
            underline(painter, rects, UNDERLINES[chip.mention.type], hue, chip.nest * _NEST_STEP, width=2.2)
            if current is not None and chip.mention == current:
                outline(painter, rects, hue)


def fill(painter: QPainter, rects: Iterable[QRectF], colour: QColor, pad: float = 1.5) -> None:
    """Rounded patches behind a range of text, *pad* pixels wider to each side."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for rect in rects:
        painter.drawRoundedRect(rect.adjusted(-pad, 0, pad, 0), 3, 3)


def outline(painter: QPainter, rects: Iterable[QRectF], colour: QColor, width: float = 1.6, pad: float = 1.5) -> None:
    """A frame around a range of text."""
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for rect in rects:
        half = width / 2
        painter.drawRoundedRect(rect.adjusted(-pad - half, -half, pad + half, half), 4, 4)


def underline(
    painter: QPainter,
    rects: Iterable[QRectF],
    style: Underline,
    colour: QColor,
    drop: float = 0.0,
    width: float = 1.3,
) -> None:
    """Draw the type's line along the foot of each rectangle, *drop* pixels lower."""
    if style is Underline.WAVY:
        tile = _wave_tile(colour, width, painter.device().devicePixelRatio())
        for rect in rects:
            y = round(rect.bottom() + drop) - _WAVE_HEIGHT / 2
            painter.drawTiledPixmap(QRectF(rect.left(), y, rect.width(), _WAVE_HEIGHT), tile)
        return
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if style is Underline.DASHED:
        pen.setDashPattern([4.0, 2.5])
    elif style is Underline.DOTTED:
        pen.setDashPattern([1.2, 1.8])
    painter.setPen(pen)
    lines: list[QLineF] = []
    for rect in rects:
        y = round(rect.bottom() + drop) - 0.5
        lines.append(QLineF(rect.left(), y, rect.right(), y))
        if style is Underline.DOUBLE:
            lines.append(QLineF(rect.left(), y + 2, rect.right(), y + 2))
    painter.drawLines(lines)


def _fill(painter: QPainter, rects: Iterable[QRectF], hue: QColor, alpha: int) -> None:
    tint = QColor(hue)
    tint.setAlpha(alpha)
    fill(painter, rects, tint)


def _wave_tile(colour: QColor, width: float, pixel_ratio: float) -> QPixmap:
    """One period of a wavy line: tiling it is forty times faster than stroking the whole line."""
    tile = QPixmap(round(_WAVE_LENGTH * pixel_ratio), round(_WAVE_HEIGHT * pixel_ratio))
    tile.setDevicePixelRatio(pixel_ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, width))
    half, middle = _WAVE_LENGTH / 2, _WAVE_HEIGHT / 2
    painter.drawPolyline([QPointF(number * half, middle + (1.0 if number % 2 else -1.0)) for number in range(-1, 4)])
    painter.end()
    return tile


def _within(rects: Iterable[QRectF], point: QPointF) -> bool:
    return any(rect.adjusted(-1.5, -2, 1.5, 3).contains(point) for rect in rects)
