"""Lines of text, wherever they come from, become an article with the facts stated about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_app.domain import ExtractedArticle, Language, SentenceKind
from desktop_app.extraction.dates import read_date_line, read_labelled_date, read_place_line
from desktop_app.extraction.html_blocks import Block, Role, read_blocks
from desktop_app.extraction.html_pruning import pruned_page, soup_of
from desktop_app.extraction.stated import Stated, comparable, plausible
from desktop_app.extraction.structure import Line, build_article, ends_like_sentence, is_address_line
from desktop_app.language.datelines import agency, dateline_end
from desktop_app.language.normalise import normalise
from desktop_app.language.scripts import count_words_by_script

_LONGEST_BOLD_HEADING = 120
_CLEAR_MAJORITY = 0.6
_TITLE_BLOCKS = 4


def read_fragment(markup: str, stated: Stated) -> ExtractedArticle | None:
    """The article in *markup* that holds nothing but it, as feeds, books and mails do; None if it has no text."""
    return compose_titled(stated, parsed_blocks(markup))


def compose_titled(stated: Stated, blocks: Sequence[Block]) -> ExtractedArticle | None:
    """As `compose`, with the first heading as title where none is stated, and a stated one not said twice."""
    if stated.title is None:
        for index, block in enumerate(blocks[:_TITLE_BLOCKS]):
            if block.role is Role.HEADING and len(blocks) > index + 1:
                return compose(replace(stated, title=block.text), blocks[index + 1 :])
            if 2 * block.linked < len(block.text):
                # Only links to other parts of a book may stand over its heading and go.
                break
    elif blocks and comparable(blocks[0].text) == comparable(stated.title):
        blocks = blocks[1:]
    return compose(stated, blocks)


def parsed_blocks(markup: str) -> list[Block]:
    """The lines of *markup*, none of them taken for furniture of a page."""
    return read_blocks(soup_of(pruned_page(markup))).blocks


def compose(stated: Stated, blocks: Sequence[Block], header: Sequence[str] = ()) -> ExtractedArticle | None:
    """The article of these lines; the lines of *header* stand between title and text and may say when.

    None where nothing but a date is left.
    """
    dates = [stated.date, *(plausible(read_labelled_date(line)) for line in header)]
    contents: list[tuple[str, SentenceKind]] = []
    if stated.title:
        contents.append((normalise(stated.title), SentenceKind.TITLE))
    in_header = True
    for block in blocks:
        content, kind = normalise(block.text), _kind(block)
        if in_header and (line := read_date_line(content) or read_place_line(content)) is not None:
            dates.append(plausible(line.date))
            continue
        in_header = in_header and kind is not SentenceKind.SENTENCE
        contents.append((content, kind))
    if not contents:
        return None
    date = next((date for date in dates if date is not None), None)
    lines, start = [], 0
    for content, kind in contents:
        lines.append(Line(start, start + len(content), kind))
        start += len(content) + 1
    text = "\n".join(content for content, _ in contents)
    lead = next((content for content, kind in contents if kind is SentenceKind.SENTENCE), "")
    source = stated.source or agency(lead[: dateline_end(lead, lead=True)])
    return build_article(
        text, lines, language=_language(text, stated), date=date, source=source, address=stated.address
    )


def _kind(block: Block) -> SentenceKind:
    if block.role is Role.HEADING:
        return SentenceKind.HEADING
    if block.role is Role.ADDRESS or is_address_line(block.text):
        return SentenceKind.URL
    bold = block.bold >= 0.9 * len(block.text.replace(" ", ""))
    short = len(block.text) <= _LONGEST_BOLD_HEADING and not ends_like_sentence(block.text)
    if bold and short and block.role in (Role.PARAGRAPH, Role.CELL) and not block.text.endswith((":", ",")):
        return SentenceKind.HEADING
    return SentenceKind.SENTENCE


def _language(text: str, stated: Stated) -> Language:
    """By script; where neither script is in a clear majority, by what the page says."""
    counts = count_words_by_script(text)
    first = max(counts, key=lambda language: counts[language])
    if stated.language is not None and counts[first] < _CLEAR_MAJORITY * sum(counts.values()):
        return stated.language
    return first
