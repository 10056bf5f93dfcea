"""The one place where code points meet Qt: Qt counts UTF-16 units of a document, spans count code points of a text.

A document may hold only a part of the text. Positions outside of it are those of its borders.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from desktop_app.domain import Span

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_STRUCTURAL = {0x0D: " "} | dict.fromkeys((0xFDD0, 0xFDD1, 0xFFFC, *range(0xD800, 0xE000)), "\ufffd")
"""What QTextDocument would take for structure (or cannot hold), each shown as one other character."""
_REORDERING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\u200b")
"""Controls that show words in another order than they were written in: "harmless.txt" may be something else."""
_SHOWN = str.maketrans(_STRUCTURAL | _REORDERING)


class TextPositions:
    """Converts positions of one text, or the *part* of it in the document, between code points and UTF-16 units."""

    def __init__(self, text: str, part: Span | None = None) -> None:
        self.part = part or Span(0, len(text))
        shown = text if part is None else text[part.start : part.end]
        self._astral = [found.start() for found in _ASTRAL.finditer(shown)]
        self._astral_qt = [position + index for index, position in enumerate(self._astral)]

    def to_qt(self, code_point: int) -> int:
        """The UTF-16 position of the border before code point *code_point*."""
        inside = min(max(code_point, self.part.start), self.part.end) - self.part.start
        return inside + bisect_left(self._astral, inside)

    def from_qt(self, position: int) -> int:
        """The code point border at UTF-16 *position*; inside a pair of surrogates, the one before it."""
        return self.part.start + position - bisect_left(self._astral_qt, position)

    def holds(self, span: Span) -> bool:
        """Whether the whole of *span* lies in the document."""
        return self.part.start <= span.start and span.end <= self.part.end

    def touches(self, span: Span) -> bool:
        """Whether any of *span* lies in the document."""
        return span.start < self.part.end and span.end > self.part.start


def displayable(text: str) -> str:
    """*text* with the characters that would split, spoil or reorder a QTextDocument replaced one for one."""
    return text.translate(_SHOWN)
