"""Markdown: headings stay headings, marks and link targets go; front matter says title, date and so on."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt

from desktop_app.domain import ExtractedArticle
from desktop_app.extraction.composing import read_fragment
from desktop_app.extraction.dates import read_timestamp
from desktop_app.extraction.plain_text import read_plain_text
from desktop_app.extraction.stated import Stated, plausible, stated_address, stated_language, stated_line

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.{0,8000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_COSTLY_MARKS = "[*_`!<>~"
_MOST_MARKS = 5000
_FIELD = re.compile(r"^([A-Za-z_-]{2,30})[ \t]*:[ \t]*(\S.*)$", re.MULTILINE)


def read_markdown(text: str) -> ExtractedArticle | None:
    """The article in a normalised *text*; None where nothing is left of it without its marks."""
    if max(map(text.count, _COSTLY_MARKS)) > _MOST_MARKS:
        # The time for marks that wait for their other half grows with the square of their number.
        return read_plain_text(text)
    stated = Stated()
    if match := _FRONT_MATTER.match(text):
        stated, text = _stated(dict(_fields(match[1]))), text[match.end() :]
    # "commonmark" bounds nesting, and leaves HTML as it is, which the reader of pages takes apart as any.
    return read_fragment(str(MarkdownIt("commonmark").enable("table").render(text)), stated)


def _fields(front_matter: str) -> list[tuple[str, str]]:
    """The single-line fields; a whole YAML reader is more than a title and a date need."""
    return [(name.lower(), value.strip().strip("\"'")) for name, value in _FIELD.findall(front_matter)]


def _stated(fields: Mapping[str, str]) -> Stated:
    return Stated(
        title=stated_line(fields.get("title")),
        date=plausible(read_timestamp(fields.get("date") or fields.get("published") or "")),
        source=stated_line(fields.get("source") or fields.get("publisher")),
        language=stated_language(fields.get("language") or fields.get("lang")),
        address=stated_address(fields.get("url") or fields.get("canonical") or fields.get("link")),
    )
