"""The one place where code points meet Qt: Qt counts UTF-16 units, spans count code points."""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_STRUCTURAL = {0x0D: " "} | dict.fromkeys((0xFDD0, 0xFDD1, 0xFFFC, *range(0xD800, 0xE000)), "\ufffd")
"""What QTextDocument would take for structure (or cannot hold), each shown as one other character."""


class TextPositions:
    """Converts positions of one text between code points and Qt's UTF-16 units."""

    def __init__(self, text: str) -> None:
        self._astral = [found.start() for found in _ASTRAL.finditer(text)]
        self._astral_qt = [position + index for index, position in enumerate(self._astral)]

    def to_qt(self, code_point: int) -> int:
        """The UTF-16 position of the border before code point *code_point*."""
        return code_point + bisect_left(self._astral, code_point)

    def from_qt(self, position: int) -> int:
        """The code point border at UTF-16 *position*; inside a pair of surrogates, the one before it."""
        return position - bisect_left(self._astral_qt, position)


def displayable(text: str) -> str:
    """*text* with the characters that would split or spoil a QTextDocument replaced one for one."""
    return text.translate(_STRUCTURAL)
