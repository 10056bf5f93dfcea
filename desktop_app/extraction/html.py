"""A saved web page becomes an article: its main text as lines, what it says of itself as title, date and source."""

from __future__ import annotations

import html

from desktop_app.domain import ExtractedArticle
from desktop_app.extraction.composing import compose, parsed_blocks
from desktop_app.extraction.html_blocks import Block, Role, read_blocks
from desktop_app.extraction.html_body import ArticleBody, article_body, drop_furniture, located_text
from desktop_app.extraction.html_metadata import Tags, described_article, described_text, read_metadata
from desktop_app.extraction.html_pruning import pruned_page, soup_of

_FAR_LONGER = 3


def read_page(text: str) -> ExtractedArticle | None:
    """The article of the page *text*, None where it holds none. Loads nothing, runs nothing."""
    pruned = pruned_page(text)
    # trafilatura's time grows with the square of what lies side by side.
    found = "" if pruned.overgrown else located_text(pruned.root)
    if pruned.root is not None and found:
        drop_furniture(pruned.root, found)
    soup = soup_of(pruned)
    tags = Tags(soup)
    described = described_article(tags)
    metadata = read_metadata(soup, tags, described)
    body = article_body(read_blocks(soup), found, metadata.title)
    told = described_text(described)
    if len(told) > _FAR_LONGER * sum(len(block.text) for block in body.blocks):
        # The page shows its text only to scripts, or to readers who pay, but says it all the same.
        body = ArticleBody(_lines_of(told), body.header)
    return compose(metadata, body.blocks, body.header) if body.blocks else None


def _lines_of(told: str) -> list[Block]:
    """The paragraphs of a stated text, which may hold markup of its own."""
    if "</" in told or "&lt;" in told:
        return parsed_blocks(html.unescape(told))
    return [Block(" ".join(line.split()), Role.PARAGRAPH, 0, 0, 0) for line in told.splitlines() if line.strip()]
