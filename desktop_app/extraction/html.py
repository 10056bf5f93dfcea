"""A saved web page becomes an article: its main text as lines, what it says of itself as title, date and source."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

from desktop_app.domain import ExtractedArticle, Language, SentenceKind
from desktop_app.extraction.dates import read_date_line, read_labelled_date, read_place_line
from desktop_app.extraction.html_blocks import Block, Role, read_blocks
from desktop_app.extraction.html_body import ArticleBody, article_body
from desktop_app.extraction.html_metadata import PageMetadata, read_metadata
from desktop_app.extraction.structure import Line, build_article, ends_like_sentence, is_address_line
from desktop_app.language.datelines import agency, dateline_end
from desktop_app.language.normalise import normalise
from desktop_app.language.scripts import count_words_by_script

_KEPT_ATTRIBUTES = frozenset(("class", "id", "role", "itemprop", "itemtype", "lang", "rel", "href"))
_LONGEST_ATTRIBUTE = 300
_DROPPED = ("script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "canvas")
_LONGEST_BOLD_HEADING = 120
_CLEAR_MAJORITY = 0.6
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def read_page(text: str) -> ExtractedArticle | None:
    """The article of the page *text*, None where it holds none. Loads nothing, runs nothing."""
    soup = BeautifulSoup(_DECLARATION.sub("", text), "lxml")
    metadata = read_metadata(soup)
    page = read_blocks(soup)
    body = article_body(page, _cleaned(soup), metadata.title)
    return _article(metadata, body) if body.blocks else None


def _cleaned(soup: BeautifulSoup) -> str:
    """The page again without what could keep trafilatura busy: scripts, and attributes by the thousand."""
    for tag in soup.find_all(True):
        if tag.name in _DROPPED:
            tag.extract()
        elif tag.attrs:
            tag.attrs = {
                name: str(" ".join(value) if isinstance(value, list) else value)[:_LONGEST_ATTRIBUTE]
                for name, value in tag.attrs.items()
                if name in _KEPT_ATTRIBUTES
            }
    return str(soup)


def _article(metadata: PageMetadata, body: ArticleBody) -> ExtractedArticle:
    dates = [metadata.date, *(read_labelled_date(line) for line in body.header)]
    contents: list[tuple[str, SentenceKind]] = []
    if metadata.title:
        contents.append((normalise(metadata.title), SentenceKind.TITLE))
    in_header = True
    for block in body.blocks:
        content, kind = normalise(block.text), _kind(block)
        if in_header and (line := read_date_line(content) or read_place_line(content)) is not None:
            dates.append(line.date)
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
    return build_article(text, lines, language=_language(text, metadata), date=date, source=source)


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


def _language(text: str, metadata: PageMetadata) -> Language:
    """By script; where neither script is in a clear majority, by what the page says."""
    counts = count_words_by_script(text)
    first = max(counts, key=lambda language: counts[language])
    if metadata.language is not None and counts[first] < _CLEAR_MAJORITY * sum(counts.values()):
        return metadata.language
    return first
