"""The text of PDF documents: printed lines become paragraphs again, what repeats on every page goes.

A document's own dates and title say when and as what a file was made, not when a report appeared: they are not asked.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

import pypdf
from pypdf.errors import DependencyError, PyPdfError

from desktop_app.errors import UnreadableFile
from desktop_app.extraction.structure import ends_like_sentence

_MOST_PAGES = 300
_LARGEST_PAGE_BYTES = 8 * 1024 * 1024
_EDGE_LINES = 2
_FEWEST_PAGES_TO_REPEAT = 3
_SHORT_OF_WIDTH = 0.75
_SHORT_AFTER_SENTENCE = 0.93
_NARROWEST = 25
_PAGE_NUMBER = re.compile(r"\W*(?:page|पृष्ठ)?\W*\d{1,4}(?:\s*(?:of|/|का)\s*\d{1,4})?\W*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_HYPHENATED = re.compile(r"[a-z\u00df-\u00ff](?:-|\u00ad)$")
_DEVANAGARI_WORD = re.compile(r"\S*[\u0904-\u0939]\S*")
# What stands inside a word of Devanagari only where a font names the wrong letters for its signs.
_FOREIGN_INSIDE = re.compile(
    r"[\u0900-\u0963][!#$%&*+<=>@^_`{|}~\\A-Za-z0-9;?]+[\u0900-\u0963]"
    r"|(?:^|(?<=[\s(\"'“‘]))[#$%&*+<=>^_`{|}~\\A-Za-z!0-9;?)]+[\u0904-\u0939]|[\u0900-\u0963][$%&*+<=>^_`{|}~\\]"
)
_MOST_GARBLED = 0.06
_FEWEST_WORDS = 8
_DAMAGED = (
    PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError,
    NotImplementedError, RecursionError, OSError, EOFError, struct.error, zlib.error,
)  # fmt: skip
"""pypdf meets broken documents with whatever its own lines raise."""


def read_pdf(data: bytes, path: str) -> str:
    """The text of the document, a paragraph a line; raises `UnreadableFile` where it has none."""
    # It warns of every small fault it reads past, of which a broken document has thousands.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pages = list(_pages(pypdf.PdfReader(io.BytesIO(data)), path))
    except DependencyError as error:
        raise UnreadableFile(path, "it is protected by a password", "Save it without one and import that.") from error
    except _DAMAGED as error:
        raise UnreadableFile(path, "the PDF document is damaged", "Get it anew from where it came.") from error
    lines = list(_without_furniture(pages))
    if not lines:
        advice = "Recognise its letters (OCR) with another program first."
        raise UnreadableFile(path, "its pages hold pictures but no text", advice)
    text = "\n".join(_paragraphs(lines))
    if _is_garbled(text):
        reason = "its fonts name the wrong letters for their signs, so that the Hindi in it cannot be read"
        raise UnreadableFile(path, reason, "Import the report's web page or text instead.")
    return text


def _pages(reader: pypdf.PdfReader, path: str) -> Iterator[list[str]]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableFile(path, "it is protected by a password", "Save it without one and import that.")
    count = len(reader.pages)
    if count > _MOST_PAGES:
        raise UnreadableFile(path, f"with {count} pages it is far longer than a report", "Save its report alone.")
    for page in reader.pages:
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > _LARGEST_PAGE_BYTES:
            raise UnreadableFile(path, "one of its pages is far larger than any page of text")
        lines = (" ".join(line.split()) for line in page.extract_text().splitlines())
        yield [line for line in lines if line]


def _without_furniture(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines without page numbers and what stands at the edge of page after page."""
    edges = Counter(
        key
        for page in pages
        for key in {_DIGITS.sub("0", line) for line in (*page[:_EDGE_LINES], *page[-_EDGE_LINES:])}
    )
    for page in pages:
        for index, line in enumerate(page):
            at_edge = index < _EDGE_LINES or index >= len(page) - _EDGE_LINES
            repeats = edges[_DIGITS.sub("0", line)] >= max(_FEWEST_PAGES_TO_REPEAT, len(pages) // 2)
            if not (at_edge and (repeats or _PAGE_NUMBER.fullmatch(line))):
                yield line


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Lines that were broken at the column's width, joined; a line well short of it ends its paragraph."""
    widths = sorted(len(line) for line in lines)
    width = max(_NARROWEST, widths[len(widths) * 9 // 10])
    paragraph = last = ""
    for line in lines:
        if not paragraph:
            paragraph = line
        elif _ends(last, width, line):
            yield paragraph
            paragraph = line
        elif _HYPHENATED.search(paragraph) and line[:1].islower():
            paragraph = paragraph[:-1] + line
        else:
            paragraph += " " + line
        last = line
    if paragraph:
        yield paragraph


def _ends(line: str, width: int, following: str) -> bool:
    if ends_like_sentence(line):
        return len(line) < _SHORT_AFTER_SENTENCE * width
    return len(line) < _SHORT_OF_WIDTH * width and not following[:1].islower() and not _HYPHENATED.search(line)


def _is_garbled(text: str) -> bool:
    words = _DEVANAGARI_WORD.findall(text)
    broken = sum(_FOREIGN_INSIDE.search(word) is not None for word in words)
    return len(words) >= _FEWEST_WORDS and broken > _MOST_GARBLED * len(words)
