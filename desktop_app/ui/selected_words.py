"""What a reader's selection in a text means as a name: whole words, on one line."""

from __future__ import annotations

from desktop_app.domain import Span
from desktop_app.language.folding import WORD

LONGEST_FORM = 120


def selected_form(text: str, selected: Span) -> str | None:
    """The words of *text* that *selected* touches; None if that is no name: nothing, several lines, a paragraph."""
    words = [found.span() for found in WORD.finditer(text, *_line_around(text, selected))]
    touched = [(start, end) for start, end in words if start < selected.end and selected.start < end]
    if selected.start >= selected.end or not touched or "\n" in text[selected.start : selected.end].strip():
        return None
    form = text[touched[0][0] : touched[-1][1]]
    return form if len(form) <= LONGEST_FORM else None


def _line_around(text: str, span: Span) -> tuple[int, int]:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return start, len(text) if end < 0 else end
