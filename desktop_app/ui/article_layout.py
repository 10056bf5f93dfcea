"""How an article is set: title, date line, headings, URL lines and paragraphs of a QTextDocument.

The document holds the article's text (of a very long one, the part that is shown) to the character; everything
here is formats.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from desktop_app.domain import Article, Language, SentenceKind, Span
from desktop_app.ui.fonts import BOLD, REGULAR, SEMIBOLD, text_font
from desktop_app.ui.text_positions import TextPositions, displayable

COLUMN_CHARACTERS = 72
_SIDE_PART = 0.08
_SIDE_EM, _TOP_EM, _FOOT_EM = 1.7, 1.2, 5.0
_LEAST_TITLE = 0.75
"""A title may be smaller than the text rather than lose the shape of its words, but not much."""
_SLACK_PX = 2
_SAMPLE = "The minister said on Friday that talks between the two sides would go on through the week. "


@dataclass(frozen=True, slots=True)
class _Look:
    """Size and leading in parts of the body's size (em), margins in em."""

    scale: float = 1.0
    weight: int = REGULAR
    muted: bool = False
    latin_leading: float = 1.45
    devanagari_leading: float = 1.6
    above: float = 0.0
    below: float = 0.7


_LOOKS = {
    SentenceKind.TITLE: _Look(1.4, BOLD, latin_leading=1.28, devanagari_leading=1.45, below=0.45),
    SentenceKind.DATE: _Look(0.85, muted=True, below=0.9),
    SentenceKind.HEADING: _Look(1.12, SEMIBOLD, latin_leading=1.35, devanagari_leading=1.5, above=0.6),
    SentenceKind.SENTENCE: _Look(),
    SentenceKind.URL: _Look(0.85, muted=True),
}


def set_article(document: QTextDocument, article: Article, part: Span) -> None:
    """Put the plain text of a *part* of *article* into *document*, without formats."""
    document.setPlainText(displayable(article.text[part.start : part.end]))


def format_article(
    document: QTextDocument, article: Article, positions: TextPositions, percent: int, muted: QColor
) -> None:
    """Set fonts, leading and spacing for text at *percent*. Text and *positions* stay as they are."""
    language = article.language
    font = text_font(language, percent)
    if document.defaultFont() != font:
        document.setDefaultFont(font)
    em = font.pixelSize()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.setBlockFormat(_block_format(_LOOKS[SentenceKind.SENTENCE], language, em))
    cursor.setCharFormat(QTextCharFormat())
    for block, kind in _special_blocks(document, article, positions):
        look = _scaled(_LOOKS[kind], percent)
        cursor.setPosition(block.position())
        _set_line(cursor, look, language, percent, muted if look.muted else None)
    empty = _block_format(_Look(latin_leading=0.3, devanagari_leading=0.3, below=0), language, em)
    block = document.firstBlock()
    while block.isValid():
        if block.length() == 1:
            cursor.setPosition(block.position())
            cursor.setBlockFormat(empty)
        block = block.next()
    cursor.endEditBlock()


def set_margins(document: QTextDocument, language: Language, percent: int, width: int) -> None:
    """Keep the column at a readable width, in the middle of a page of *width* pixels."""
    font = text_font(language, percent)
    em = font.pixelSize()
    column = QFontMetricsF(font).horizontalAdvance(_SAMPLE) / len(_SAMPLE) * COLUMN_CHARACTERS
    least = min(round(_SIDE_EM * em), max(12, round(width * _SIDE_PART)))
    side = float(max(least, int(width - column) // 2))
    frame = document.rootFrame()
    style = frame.frameFormat()
    if style.leftMargin() == side and style.topMargin() == _TOP_EM * em:
        return
    style.setLeftMargin(side)
    style.setRightMargin(side)
    style.setTopMargin(_TOP_EM * em)
    style.setBottomMargin(_FOOT_EM * em)
    frame.setFrameFormat(style)


def fit_title(
    document: QTextDocument, article: Article, positions: TextPositions, percent: int, page_width: int
) -> None:
    """Make the title smaller where its longest word would not fit the column."""
    width = page_width - 2 * document.rootFrame().frameFormat().leftMargin()
    for block, kind in _special_blocks(document, article, positions):
        if kind is not SentenceKind.TITLE:
            continue
        look = _scaled(_LOOKS[kind], percent)
        font = text_font(article.language, percent, look.weight, look.scale)
        metrics = QFontMetricsF(font)
        longest = max((metrics.horizontalAdvance(word) for word in block.text().split()), default=0.0)
        if longest > width - _SLACK_PX:
            pixels = math.floor(font.pixelSize() * (width - _SLACK_PX) / longest)
            look = replace(look, scale=max(_LEAST_TITLE, look.scale * pixels / font.pixelSize()))
            font = text_font(article.language, percent, look.weight, look.scale)
        inside = QTextCursor(block)
        inside.movePosition(QTextCursor.MoveOperation.NextCharacter)
        if inside.charFormat().font().pixelSize() != font.pixelSize():
            _set_line(QTextCursor(block), look, article.language, percent)


def _scaled(look: _Look, percent: int) -> _Look:
    """Large text needs no title half as large again."""
    return replace(look, scale=1 + (look.scale - 1) * min(1.0, 130 / percent)) if look.scale > 1 else look


def _set_line(cursor: QTextCursor, look: _Look, language: Language, percent: int, muted: QColor | None = None) -> None:
    """Set the line that begins at *cursor*."""
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.setBlockFormat(_block_format(look, language, text_font(language, percent).pixelSize()))
    style = QTextCharFormat()
    style.setFont(text_font(language, percent, look.weight, look.scale))
    if muted is not None:
        style.setForeground(muted)
    cursor.setCharFormat(style)


def _special_blocks(
    document: QTextDocument, article: Article, positions: TextPositions
) -> Iterator[tuple[QTextBlock, SentenceKind]]:
    """The lines that are a title, date, heading or URL as a whole."""
    part = positions.part
    first = bisect_left(article.sentences, part.start, key=lambda sentence: sentence.start)
    for sentence in islice(article.sentences, first, None):
        if sentence.start >= part.end:
            return
        if sentence.kind is SentenceKind.SENTENCE or sentence.end > part.end:
            continue
        block = document.findBlock(positions.to_qt(sentence.start))
        length = positions.to_qt(sentence.end) - positions.to_qt(sentence.start)
        if block.isValid() and length >= len(block.text().strip().encode("utf-16-le")) // 2:
            yield block, sentence.kind


def _block_format(look: _Look, language: Language, em: int) -> QTextBlockFormat:
    leading = look.latin_leading if language is Language.ENGLISH else look.devanagari_leading
    style = QTextBlockFormat()
    # A fixed height keeps the rhythm where a line falls back to another font (an emoji, another script).
    style.setLineHeight(round(em * look.scale * leading), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    style.setTopMargin(round(em * look.above))
    style.setBottomMargin(round(em * look.below))
    return style
