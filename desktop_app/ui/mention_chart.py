"""Mentions of an entity over time: English above the line, Hindi below it, the undated apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.domain import EntityType, MonthCount
from desktop_app.ui.article_model import BADGES, plain_tooltip
from desktop_app.ui.fonts import REGULAR, ui_font
from desktop_app.ui.row_painting import LineFitter
from desktop_app.ui.themes import theme_of

MOST_MONTHS = 36
"""A longer time is counted by years."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WIDEST_BAR, _SPACE, _UNDATED_APART = 26, 3, 18
_HINDI_ALPHA = 130
_LEAST_SCALE = 8
"""A few mentions do not fill the chart."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Mentions of one month or year ("Sep 2024", "2024", "undated") by language."""

    label: str
    en: int
    hi: int


def bars_of(months: Sequence[MonthCount]) -> tuple[list[Bar], Bar | None]:
    """Bars without gaps in time, by months or, over a long time, by years; and the undated mentions."""
    dated = [(_number(count.month), count) for count in months if count.month is not None]
    undated = next((Bar("undated", count.en, count.hi) for count in months if count.month is None), None)
    if not dated:
        return [], undated
    by_year = dated[-1][0] - dated[0][0] >= MOST_MONTHS
    unit = 12 if by_year else 1
    sums: dict[int, tuple[int, int]] = {}
    for number, count in dated:
        en, hi = sums.get(number // unit, (0, 0))
        sums[number // unit] = (en + count.en, hi + count.hi)
    first, last = min(sums), max(sums)
    bars = []
    for number in range(first, last + 1):
        label = str(number) if by_year else f"{_MONTHS[number % 12]} {number // 12}"
        bars.append(Bar(label, *sums.get(number, (0, 0))))
    return bars, undated


def _number(month: str) -> int:
    """Months since the year 0."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


class MentionChart(QWidget):
    """A small painted chart; the tool tip says a bar's numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._type = EntityType.PER
        self._bars: list[Bar] = []
        self._undated: Bar | None = None
        self.set_percent(100)

    def set_percent(self, percent: int) -> None:
        self._small = LineFitter(ui_font(percent, REGULAR, 0.8))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._small.height * 16, self._small.height * 7)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._small.height * 10, self._small.height * 6)

    def show_months(self, months: Sequence[MonthCount], entity_type: EntityType) -> None:
        self._type = entity_type
        self._bars, self._undated = bars_of(months)
        self.setAccessibleName("Mentions over time")
        self.setAccessibleDescription("; ".join(_words(bar) for bar in self._all() if bar.en or bar.hi))
        self.update()

    def bar_boxes(self) -> list[tuple[Bar, QRectF]]:
        """Each bar with the column of the chart that is its own."""
        area = self._area()
        bars = self._all()
        apart = _UNDATED_APART if self._undated and self._bars else 0
        # The undated bar has a label as wide as a word to itself.
        own = self._small.width("undated") + 4 if self._undated else 0
        room = area.width() - apart - own
        width = min(_WIDEST_BAR + _SPACE, room / max(1, len(self._bars)))
        boxes: list[tuple[Bar, QRectF]] = []
        left = area.left()
        for bar in bars:
            if bar is self._undated:
                if boxes:
                    left = max(left, area.left() + self._small.width(boxes[0][0].label) - apart + 8)
                boxes.append((bar, QRectF(left + apart, area.top(), own, area.height())))
            else:
                boxes.append((bar, QRectF(left, area.top(), width, area.height())))
                left += width
        return boxes

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        boxes = self.bar_boxes()
        if not boxes:
            return
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, muted = self._area(), QColor(theme.muted)
        per_mention, above_px = self._scale()
        line = round(area.top() + above_px) + 0.5
        above, below = theme.hue(self._type), theme.hue(self._type)
        below.setAlpha(_HINDI_ALPHA)
        painter.setPen(Qt.PenStyle.NoPen)
        for bar, box in boxes:
            width = max(1.5, min(_WIDEST_BAR, box.width() - _SPACE))
            left = box.left() + (box.width() - width) / 2
            for count, colour, top in (
                (bar.en, above, line - bar.en * per_mention),
                (bar.hi, below, line),
            ):
                if count:
                    painter.fillRect(QRectF(left, top, width, max(1.5, count * per_mention)), colour)
        painter.setPen(QPen(muted, 1))
        painter.drawLine(QPointF(area.left(), line), QPointF(boxes[-1][1].right(), line))
        self._draw_labels(painter, boxes, line, muted)
        painter.end()

    def _draw_labels(self, painter: QPainter, boxes: list[tuple[Bar, QRectF]], line: float, muted: QColor) -> None:
        """The first and the last time below the chart, the undated, and the languages beside the line."""
        area, small = self._area(), self._small
        top = round(area.bottom()) + 2
        dated = [(bar, box) for bar, box in boxes if bar is not self._undated]
        painter.setFont(small.font)
        painter.setPen(muted)
        for language, up in ((next(iter(BADGES)), True), (list(BADGES)[1], False)):
            side = QRectF(0, line - small.height if up else line, area.left() - 6, small.height)
            painter.drawText(side, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), BADGES[language])
        labels = []
        if dated:
            labels.append((dated[0][0].label, dated[0][1].left(), False))
            first_ends = dated[0][1].left() + small.width(dated[0][0].label)
            last = dated[-1][0].label, dated[-1][1].right()
            if len(dated) > 1 and last[1] - small.width(last[0]) > first_ends + 8:
                labels.append((last[0], last[1] - small.width(last[0]), True))
        if self._undated:
            box = boxes[-1][1]
            left = box.center().x() - small.width("undated") / 2
            if not labels or left > max(x + small.width(words) for words, x, _ in labels) + 6:
                labels.append(("undated", left, False))
        for words, x, _ in labels:
            painter.drawText(QPointF(x, top + small.metrics.ascent()), words)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            found = next((bar for bar, box in self.bar_boxes() if box.contains(QPointF(event.pos()))), None)
            if found is not None:
                QToolTip.showText(event.globalPos(), plain_tooltip(_words(found)), self)
                return True
        return super().event(event)

    def _scale(self) -> tuple[float, float]:
        """Height of one mention, and of all that stands above the line; either side keeps room for its sign."""
        most_en, most_hi = max(bar.en for bar in self._all()), max(bar.hi for bar in self._all())
        height, sign = self._area().height(), float(self._small.height)
        per_mention = height / max(_LEAST_SCALE, most_en + most_hi)
        if most_en * per_mention < sign:
            per_mention = min(per_mention, (height - sign) / max(1, most_hi))
        elif most_hi * per_mention < sign:
            per_mention = min(per_mention, (height - sign) / max(1, most_en))
        unused = max(0.0, height - (most_en + most_hi) * per_mention)
        lowest = max(sign, height - max(sign, most_hi * per_mention))
        return per_mention, min(lowest, max(sign, most_en * per_mention + unused / 2))

    def _all(self) -> list[Bar]:
        return [*self._bars, *([self._undated] if self._undated else [])]

    def _area(self) -> QRectF:
        """Where the bars stand."""
        left = max(self._small.width(badge) for badge in BADGES.values()) + 8
        return QRectF(left, 4, max(1, self.width() - left), max(1, self.height() - self._small.height - 8))


def _words(bar: Bar) -> str:
    return f"{bar.label}: {bar.en:,} English, {bar.hi:,} Hindi"
