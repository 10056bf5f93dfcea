"""A saved web page becomes an article: its main text as lines, what it says of itself as title, date and source."""

from __future__ import annotations

import html
from dataclasses import replace

from desktop_app.domain import ExtractedArticle, Language, SentenceKind
from desktop_app.extraction.dates import read_date_line, read_labelled_date, read_place_line
from desktop_app.extraction.html_blocks import Block, Role, read_blocks
from desktop_app.extraction.html_body import ArticleBody, article_body
from desktop_app.extraction.html_metadata import described_article, described_text, read_metadata
from desktop_app.extraction.html_pruning import pruned_page, soup_of
from desktop_app.extraction.stated import Stated, comparable, plausible
from desktop_app.extraction.structure import Line, build_article, ends_like_sentence, is_address_line
from desktop_app.language.datelines import agency, dateline_end
from desktop_app.language.normalise import normalise
from desktop_app.language.scripts import count_words_by_script

_LONGEST_BOLD_HEADING = 120
_CLEAR_MAJORITY = 0.6
_FAR_LONGER = 3


def read_page(text: str) -> ExtractedArticle | None:
    """The article of the page *text*, None where it holds none. Loads nothing, runs nothing."""
    pruned = pruned_page(text)
    soup = soup_of(pruned)
    described = described_article(soup)
    metadata = read_metadata(soup, described)
    page = read_blocks(soup)
    # trafilatura takes quadratic time for what is laid side by side by the thousand.
    body = article_body(page, None if pruned.flattened else pruned.root, metadata.title)
    told = described_text(described)
    if len(told) > _FAR_LONGER * sum(len(block.text) for block in body.blocks):
        # The page shows its text only to scripts, or to readers who pay, but says it all the same.
        body = ArticleBody(_lines_of(told), body.header)
    return _article(metadata, body) if body.blocks else None


def read_fragment(markup: str, stated: Stated) -> ExtractedArticle | None:
    """The article in *markup* that holds nothing but it, as feeds, books and mails do; None if it has no text."""
    blocks = parsed_blocks(markup)
    wanted = comparable(stated.title or "")
    if stated.title is None and blocks and blocks[0].role is Role.HEADING and len(blocks) > 1:
        stated = replace(stated, title=blocks[0].text)
        blocks = blocks[1:]
    elif blocks and wanted and comparable(blocks[0].text) == wanted:
        blocks = blocks[1:]
    return _article(stated, ArticleBody(blocks, [])) if blocks else None


def parsed_blocks(markup: str) -> list[Block]:
    """The lines of *markup*, none of them taken for furniture of a page."""
    return read_blocks(soup_of(pruned_page(markup))).blocks


def _lines_of(told: str) -> list[Block]:
    """The paragraphs of a stated text, which may hold markup of its own."""
    if "</" in told or "&lt;" in told:
        return parsed_blocks(html.unescape(told))
    return [Block(" ".join(line.split()), Role.PARAGRAPH, 0, 0, 0) for line in told.splitlines() if line.strip()]


def _article(metadata: Stated, body: ArticleBody) -> ExtractedArticle:
    dates = [metadata.date, *(plausible(read_labelled_date(line)) for line in body.header)]
    contents: list[tuple[str, SentenceKind]] = []
    if metadata.title:
        contents.append((normalise(metadata.title), SentenceKind.TITLE))
    in_header = True
    for block in body.blocks:
        content, kind = normalise(block.text), _kind(block)
        if in_header and (line := read_date_line(content) or read_place_line(content)) is not None:
            dates.append(plausible(line.date))
            continue
        in_header = in_header and kind is not SentenceKind.SENTENCE
        contents.append((content, kind))
    date = next((date for date in dates if date is not None), None)
    lines, start = [], 0
    for content, kind in contents:
        lines.append(Line(start, start + len(content), kind))
        start += len(content) + 1
    text = "\n".join(content for content, _ in contents)
    lead = next((content for content, kind in contents if kind is SentenceKind.SENTENCE), "")
    source = metadata.source or agency(lead[: dateline_end(lead, lead=True)])
    return build_article(
        text, lines, language=_language(text, metadata), date=date, source=source, address=metadata.address
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


def _language(text: str, metadata: Stated) -> Language:
    """By script; where neither script is in a clear majority, by what the page says."""
    counts = count_words_by_script(text)
    first = max(counts, key=lambda language: counts[language])
    if metadata.language is not None and counts[first] < _CLEAR_MAJORITY * sum(counts.values()):
        return metadata.language
    return first
