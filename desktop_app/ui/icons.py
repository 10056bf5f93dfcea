"""The few signs of the tool bar, drawn as lines in the palette's text colour, so that they follow every theme."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPainterPath, QPalette, QPen, QPixmap

_Draw = Callable[[QPainterPath], None]


def _left(path: QPainterPath) -> None:
    path.moveTo(15, 5)
    path.lineTo(8.5, 12)
    path.lineTo(15, 19)


def _right(path: QPainterPath) -> None:
    path.moveTo(9, 5)
    path.lineTo(15.5, 12)
    path.lineTo(9, 19)


def _down(path: QPainterPath) -> None:
    path.moveTo(6, 9.5)
    path.lineTo(12, 15.5)
    path.lineTo(18, 9.5)


def _search(path: QPainterPath) -> None:
    path.addEllipse(QPointF(10.5, 10.5), 6, 6)
    path.moveTo(15, 15)
    path.lineTo(20, 20)


def _more(path: QPainterPath) -> None:
    for y in (5.5, 12.0, 18.5):
        path.addEllipse(QPointF(12, y), 0.9, 0.9)


def _calendar(path: QPainterPath) -> None:
    path.addRoundedRect(QRectF(4, 5.5, 16, 14.5), 2, 2)
    path.moveTo(4, 10)
    path.lineTo(20, 10)
    for x in (8.5, 15.5):
        path.moveTo(x, 3)
        path.lineTo(x, 7)


def _close(path: QPainterPath) -> None:
    path.moveTo(7, 7)
    path.lineTo(17, 17)
    path.moveTo(17, 7)
    path.lineTo(7, 17)


def _linked(path: QPainterPath) -> None:
    """Two links of a chain."""
    path.addRoundedRect(QRectF(3, 8.5, 10.5, 7), 3.5, 3.5)
    path.addRoundedRect(QRectF(10.5, 8.5, 10.5, 7), 3.5, 3.5)


def _contrast(path: QPainterPath) -> None:
    """Two columns of lines, in which each side lacks one of the other's."""
    path.moveTo(12, 4)
    path.lineTo(12, 20)
    for y in (6, 18):
        path.moveTo(4, y)
        path.lineTo(8.5, y)
        path.moveTo(15.5, y)
        path.lineTo(20, y)
    path.moveTo(15.5, 12)
    path.lineTo(20, 12)


def _star(path: QPainterPath) -> None:
    for corner in range(10):
        angle = math.pi * (corner / 5 - 0.5)
        reach = 9.0 if corner % 2 == 0 else 3.9
        point = QPointF(12 + reach * math.cos(angle), 12.6 + reach * math.sin(angle))
        (path.lineTo if corner else path.moveTo)(point)
    path.closeSubpath()


def _clock(path: QPainterPath) -> None:
    path.addEllipse(QPointF(12, 12), 8, 8)
    path.moveTo(12, 7.5)
    path.lineTo(12, 12)
    path.lineTo(15, 14)


_DRAWINGS: dict[str, _Draw] = {
    "left": _left,
    "right": _right,
    "down": _down,
    "search": _search,
    "more": _more,
    "calendar": _calendar,
    "close": _close,
    "linked": _linked,
    "contrast": _contrast,
    "star": _star,
    "clock": _clock,
}


class _LineEngine(QIconEngine):
    """Draws one sign on a grid of 24 × 24, whatever the size asked for."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002
        group = QPalette.ColorGroup.Disabled if mode is QIcon.Mode.Disabled else QPalette.ColorGroup.Active
        colour = QGuiApplication.palette().color(group, QPalette.ColorRole.ButtonText)
        path = QPainterPath()
        _DRAWINGS[self._name](path)
        side = min(rect.width(), rect.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.center().x() + 0.5 - side / 2, rect.center().y() + 0.5 - side / 2)
        painter.scale(side / 24, side / 24)
        painter.setPen(QPen(colour, 1.9, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(path)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _LineEngine(self._name)


def icon(name: str) -> QIcon:
    """The sign *name* as an icon."""
    return QIcon(_LineEngine(name))
