"""Where a range of a laid-out document lies on the page: the ground for everything painted under the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextDocument


class TextGeometry:
    """Rectangles of UTF-16 ranges, in document coordinates (pixels from the document's top left)."""

    def __init__(self, document: QTextDocument, head: float = 1.0, foot: float = 1.0) -> None:
        """*head* and *foot* say which part of the font's ascent and descent the rectangles take in."""
        self._document = document
        self._head, self._foot = head, foot

    def position_at(self, point: QPointF) -> int:
        """The UTF-16 position nearest to *point*."""
        return self._document.documentLayout().hitTest(point, Qt.HitTestAccuracy.FuzzyHit)

    def line_rects(self, start: int, end: int) -> list[QRectF]:
        """One rectangle for each line the range [start, end) touches, as high as the line's glyphs."""
        rects: list[QRectF] = []
        block = self._document.findBlock(start)
        page = self._document.documentLayout()
        while block.isValid() and block.position() < end:
            bounds = page.blockBoundingRect(block)
            layout = block.layout()
            base = block.position()
            first, last = max(0, start - base), min(end - base, block.length() - 1)
            line = layout.lineForTextPosition(first)
            while first < last and line.isValid():
                line_end = line.textStart() + line.textLength()
                stop = min(last, line_end)
                # A line that wraps ends in a space that hangs over the column's edge.
                edge = line.naturalTextRect().right()
                left, right = _x(line.cursorToX(first)), min(_x(line.cursorToX(stop)), edge)
                if right > left:
                    ascent, height = self._head * line.ascent(), self._foot * line.descent()
                    top = bounds.top() + line.y() + line.ascent() - ascent
                    height += ascent
                    rects.append(QRectF(bounds.left() + left, top, right - left, height))
                if stop <= first:
                    break
                first = stop
                line = layout.lineAt(line.lineNumber() + 1) if stop < last else line
            block = block.next()
        return rects

    def line_at(self, position: int) -> QRectF:
        """The line that holds UTF-16 *position*: its left edge, top and height (width 0)."""
        block = self._document.findBlock(position)
        if not block.isValid():
            return QRectF()
        bounds = self._document.documentLayout().blockBoundingRect(block)
        line = block.layout().lineForTextPosition(position - block.position())
        if not line.isValid():
            return QRectF(bounds.left(), bounds.top(), 0, bounds.height())
        return QRectF(bounds.left(), bounds.top() + line.y(), 0, line.ascent() + line.descent())

    def flow_at(self, position: int) -> float:
        """How far down the text has run at UTF-16 *position*: it grows along a line as well as from line to line.

        So the end of one sentence is where the next begins, also in the middle of a line.
        """
        block = self._document.findBlock(position)
        if not block.isValid():
            return 0.0
        bounds = self._document.documentLayout().blockBoundingRect(block)
        inside = position - block.position()
        line = block.layout().lineForTextPosition(inside)
        if not line.isValid():
            return bounds.top()
        part = (inside - line.textStart()) / max(1, line.textLength())
        return bounds.top() + line.y() + min(part, 1.0) * (line.ascent() + line.descent())


class SpanLayer:
    """UTF-16 ranges, possibly nested, with their rectangles remembered until the layout changes."""

    def __init__(self, geometry: TextGeometry, ranges: Sequence[tuple[int, int]] = ()) -> None:
        self._geometry = geometry
        self._ranges = sorted(ranges, key=lambda span: (span[0], -span[1]))
        self._starts = [start for start, _ in self._ranges]
        self._longest = max((end - start for start, end in self._ranges), default=0)
        self._rects: dict[int, list[QRectF]] = {}

    def forget_layout(self) -> None:
        """The text was laid out anew: every rectangle is worthless."""
        self._rects.clear()

    def rects(self, index: int) -> list[QRectF]:
        found = self._rects.get(index)
        if found is None:
            found = self._rects[index] = self._geometry.line_rects(*self._ranges[index])
        return found

    def between(self, first: int, last: int) -> Iterator[int]:
        """Indices of the ranges that touch [first, last], in reading order, the outer before the inner."""
        for index in range(bisect_left(self._starts, first - self._longest), len(self._ranges)):
            start, end = self._ranges[index]
            if start > last:
                return
            if end >= first:
                yield index


def _x(answer: object) -> float:
    """`QTextLine.cursorToX` answers with the pair (x, cursor position), which its stub calls an object."""
    return cast("tuple[float, int]", answer)[0]
