"""The bands that join corresponding passages across the gutter, as Meld joins the changes of two files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from desktop_app.domain import Language
from desktop_app.ui.passages import Passage
from desktop_app.ui.themes import Theme

EDGE_PX = 3.0
"""Width of the bars at both edges of the gutter, which say how far a passage reaches."""
_LEAST_PX = 4.0
_BEND = 0.5
_FAINTEST, _STRONGEST, _LIT = 24, 68, 112
_OUT_OF_SIGHT_PART = 0.45


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One run of an English passage joined with one of a Hindi passage; heights count from the tops of the pages."""

    passage: Passage
    en: tuple[float, float]
    hi: tuple[float, float]


@dataclass(frozen=True, slots=True)
class EdgeMark:
    """A run of text that only one side has."""

    passage: Passage
    language: Language
    run: tuple[float, float]


@dataclass(frozen=True, slots=True)
class GutterView:
    """What part of both pages the gutter lies between: its size, and the height in it of each page's top."""

    width: float
    top: float
    height: float
    en_top: float
    hi_top: float

    def page_top(self, language: Language) -> float:
        return self.en_top if language is Language.ENGLISH else self.hi_top

    def sees(self, band: tuple[float, float]) -> bool:
        return band[1] > self.top and band[0] < self.height


def ribbon_path(ribbon: Ribbon, view: GutterView) -> QPainterPath | None:
    """The band in the gutter's coordinates; None if neither end and no part between them is in sight."""
    en, hi = _shifted(ribbon.en, view.en_top), _shifted(ribbon.hi, view.hi_top)
    if max(en[1], hi[1]) <= view.top or min(en[0], hi[0]) >= view.height:
        return None
    if not view.sees(en) and not view.sees(hi):
        return None
    left, right = EDGE_PX, view.width - EDGE_PX
    bend = (right - left) * _BEND
    path = QPainterPath(QPointF(left, en[0]))
    path.cubicTo(left + bend, en[0], right - bend, hi[0], right, hi[0])
    path.lineTo(right, hi[1])
    path.cubicTo(right - bend, hi[1], left + bend, en[1], left, en[1])
    path.closeSubpath()
    return path


def paint_ribbons(
    painter: QPainter,
    ribbons: Sequence[Ribbon],
    marks: Sequence[EdgeMark],
    lit: Collection[Passage],
    view: GutterView,
    theme: Theme,
) -> None:
    """Paint everything in sight; those of the passages in *lit* stand out and lie on top."""
    for ribbon in sorted(ribbons, key=lambda ribbon: ribbon.passage in lit):
        path = ribbon_path(ribbon, view)
        if path is not None:
            _paint_ribbon(painter, ribbon, path, ribbon.passage in lit, view, theme)
    for mark in marks:
        _paint_mark(painter, mark, mark.passage in lit, view, theme)


def _paint_ribbon(
    painter: QPainter, ribbon: Ribbon, path: QPainterPath, lit: bool, view: GutterView, theme: Theme
) -> None:
    en, hi = _shifted(ribbon.en, view.en_top), _shifted(ribbon.hi, view.hi_top)
    alpha = _LIT if lit else _FAINTEST + (_STRONGEST - _FAINTEST) * ribbon.passage.probability
    if not lit and not (view.sees(en) and view.sees(hi)):
        alpha *= _OUT_OF_SIGHT_PART
    hue = QColor(theme.accent)
    hue.setAlpha(round(alpha))
    # A doubtful link is an outline: how sure it is does not hang on its shade alone.
    if ribbon.passage.sure or lit:
        painter.fillPath(path, hue)
    pen = QPen(hue, 1.0)
    if not ribbon.passage.sure:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    edge = QColor(theme.accent)
    edge.setAlpha(255 if lit else min(255, round(alpha * 2)))
    painter.fillRect(QRectF(0, en[0], EDGE_PX, en[1] - en[0]), edge)
    painter.fillRect(QRectF(view.width - EDGE_PX, hi[0], EDGE_PX, hi[1] - hi[0]), edge)


def _paint_mark(painter: QPainter, mark: EdgeMark, lit: bool, view: GutterView, theme: Theme) -> None:
    top, bottom = _shifted(mark.run, view.page_top(mark.language))
    if not view.sees((top, bottom)):
        return
    hue = QColor(theme.one_sided)
    hue.setAlpha(255 if lit else 150)
    width = EDGE_PX if lit else EDGE_PX - 1
    left = 0.0 if mark.language is Language.ENGLISH else view.width - width
    painter.fillRect(QRectF(left, top + 2, width, max(_LEAST_PX, bottom - top - 4)), hue)


def _shifted(run: tuple[float, float], page_top: float) -> tuple[float, float]:
    top = run[0] + page_top
    return top, max(top + _LEAST_PX, run[1] + page_top)
