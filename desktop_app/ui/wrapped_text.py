"""Text in a few lines of a given width, measured once."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout

_KEPT = 2000


class WrappedText:
    """Breaks text into at most *most_lines* lines, of which the last ends in "…" where something is left out."""

    def __init__(self, font: QFont, most_lines: int) -> None:
        self._font = font
        self._metrics = QFontMetrics(font)
        self._most_lines = most_lines
        self._known: dict[tuple[str, int], tuple[str, ...]] = {}

    def lines(self, text: str, width: int) -> tuple[str, ...]:
        key = (text, width)
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            found = self._known[key] = self._break(text, width)
        return found

    def height(self, text: str, width: int) -> int:
        return len(self.lines(text, width)) * self._metrics.height()

    def draw(self, painter: QPainter, box: QRect, text: str, colour: QColor) -> None:
        """Draw *text* from the top of *box*, as wide as the box."""
        painter.setFont(self._font)
        painter.setPen(colour)
        height = self._metrics.height()
        for number, line in enumerate(self.lines(text, box.width())):
            row = QRect(box.left(), box.top() + number * height, box.width(), height)
            painter.drawText(row, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), line)

    def _break(self, text: str, width: int) -> tuple[str, ...]:
        words = " ".join(text.split())
        layout = QTextLayout(words, self._font)
        found: list[str] = []
        # QTextLayout counts UTF-16 units.
        units = words.encode("utf-16-le")
        layout.beginLayout()
        while words:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(1, width))
            start = 2 * line.textStart()
            if len(found) == self._most_lines - 1:
                rest = units[start:].decode("utf-16-le")
                found.append(self._metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
                break
            found.append(units[start : start + 2 * line.textLength()].decode("utf-16-le", "replace").rstrip())
        layout.endLayout()
        return tuple(found)
