"""Word documents (.docx): the paragraphs, headings and tables of the text itself, in order.

A document's own dates say when it was typed, not when a report appeared: they are not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from desktop_app.domain import ExtractedArticle
from desktop_app.errors import UnreadableFile
from desktop_app.extraction.archives import open_zip, read_zip_member
from desktop_app.extraction.composing import compose_titled
from desktop_app.extraction.html_blocks import Block, Role
from desktop_app.extraction.legacy_fonts import font_named_in
from desktop_app.extraction.limits import LARGEST_FILE_BYTES, Budget
from desktop_app.extraction.stated import Stated
from desktop_app.extraction.xml import local_name, parse_xml

_DOCUMENT = "word/document.xml"
_MOST_ELEMENTS = 1_000_000
_LEFT_OUT = frozenset(
    (
        "del", "moveFrom", "instrText", "delText", "Fallback", "drawing", "pict", "object", "footnoteReference",
        "endnoteReference", "commentReference", "sectPr", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr",
    )
)  # fmt: skip
_BLOCKS = frozenset(("p", "tr"))
_WRITTEN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SIGNS = frozenset(("t", *_WRITTEN))


@dataclass(frozen=True, slots=True)
class WordDocument:
    """`font` is a font without Unicode that the document names."""

    article: ExtractedArticle
    font: str | None


def read_word(data: bytes, path: str, budget: Budget) -> WordDocument:
    """The article in a Word document; raises `UnreadableFile` for a damaged one, and one without text."""
    with open_zip(data, path) as archive:
        info = next((info for info in archive.infolist() if info.filename == _DOCUMENT), None)
        if info is None:
            raise UnreadableFile(path, "the Word document has no text in it")
        try:
            document = read_zip_member(archive, info, budget, LARGEST_FILE_BYTES)
        except UnreadableFile as error:
            raise UnreadableFile(error.path or path, error.reason, error.advice) from error
    if document.count(b"<") > _MOST_ELEMENTS:
        raise UnreadableFile(path, "the document has far more parts than a report", "Save the report by itself.")
    blocks = list(_blocks(parse_xml(document, path, "the document")))
    article = compose_titled(Stated(), blocks) if blocks else None
    if article is None:
        raise UnreadableFile(path, "the Word document has no text in it")
    return WordDocument(article, font_named_in(document.decode("utf-8", "replace")))


def _walk(root: Element, whole: frozenset[str]) -> Iterator[tuple[Element, str]]:
    """The elements that are read, with their names, in reading order; into those named in *whole* it does not go.

    Without recursion, for documents nest as their makers like.
    """
    stack: list[Element] = [root]
    while stack:
        element = stack.pop()
        name = local_name(element)
        if name not in _LEFT_OUT:
            yield element, name
            if name not in whole:
                stack.extend(reversed(element))


def _blocks(root: Element) -> Iterator[Block]:
    """Paragraphs and table rows."""
    for element, name in _walk(root, _BLOCKS):
        if name == "p":
            yield from _paragraph(element)
        elif name == "tr" and (row := _row(element)):
            yield Block(row, Role.CELL, 0, 0, 0)


def _paragraph(paragraph: Element) -> Iterator[Block]:
    pieces, bold = _pieces(paragraph)
    role = Role.HEADING if _is_heading(paragraph) else Role.ITEM if _is_listed(paragraph) else Role.PARAGRAPH
    for line in "".join(pieces).split("\n"):
        if text := " ".join(line.split()):
            yield Block(text, role, 0, 0, len(text) if bold else 0)


def _row(row: Element) -> str:
    cells = [" ".join("".join(_pieces(cell)[0]).split()) for cell in row if local_name(cell) == "tc"]
    return " · ".join(cell for cell in cells if cell)


def _pieces(root: Element) -> tuple[list[str], bool]:
    """The text below *root*, with line breaks, and whether every run of it is bold."""
    pieces: list[str] = []
    bold = True
    for element, name in _walk(root, _SIGNS):
        if name == "t":
            pieces.append(element.text or "")
        elif name in _SIGNS:
            pieces.append(_WRITTEN[name])
        elif name == "r":
            bold = bold and _is_bold(element)
        elif name == "p" and pieces:
            pieces.append("\n")
    return pieces, bold and bool(pieces)


def _is_bold(run: Element) -> bool:
    marked = next((each for each in run.iterfind("{*}rPr/{*}b")), None)
    if marked is None:
        return not any(each.text and each.text.strip() for each in run.iterfind("{*}t"))
    return not any(value in ("0", "false", "off") for value in marked.attrib.values())


def _style(paragraph: Element) -> str:
    for style in paragraph.iterfind("{*}pPr/{*}pStyle"):
        return next(iter(style.attrib.values()), "").replace(" ", "").lower()
    return ""


def _is_heading(paragraph: Element) -> bool:
    """By the style's id, which Word keeps in English, or by an outline level."""
    style = _style(paragraph)
    return style.startswith(("heading", "title")) or any(True for _ in paragraph.iterfind("{*}pPr/{*}outlineLvl"))


def _is_listed(paragraph: Element) -> bool:
    return any(True for _ in paragraph.iterfind("{*}pPr/{*}numPr"))
