"""The one way from a file's bytes to an article."""

from __future__ import annotations

from desktop_app.domain import ExtractedArticle
from desktop_app.errors import UnreadableFile
from desktop_app.extraction.encodings import decode
from desktop_app.extraction.plain_text import read_plain_text
from desktop_app.extraction.sniffing import (
    LONGEST_TEXT,
    is_page,
    is_page_name,
    refuse_overgrown_page,
    refuse_unreadable_bytes,
    refuse_unreadable_text,
)
from desktop_app.language.normalise import normalise
from desktop_app.language.scripts import count_words_by_script


def extract(data: bytes, path: str) -> ExtractedArticle:
    """Return the article in the bytes of one file; *path* serves as a hint and for messages only.

    Raises `UnreadableFile`, with a sentence for the reader, where there is no readable report in it.
    """
    refuse_unreadable_bytes(data, path)
    markup = is_page_name(path) or b"<" in data[:64]
    text = decode(data, markup=markup)
    if text is None:
        raise UnreadableFile(
            path, "its characters are in an encoding Setu does not know", "Save it as UTF-8 and import it again."
        )
    text = normalise(text)
    refuse_unreadable_text(text, path)
    if is_page(text, path):
        refuse_overgrown_page(text, path)
        # The parsers of pages take a quarter of a second to load, which plain text need not wait for.
        from desktop_app.extraction.html import read_page

        article = read_page(text)
        if article is None:
            raise UnreadableFile(path, "no article text was found on this page")
    else:
        _refuse_unreadable_article(text, path)
        article = read_plain_text(text)
    _refuse_unreadable_article(article.text, path)
    return article


def _refuse_unreadable_article(text: str, path: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise UnreadableFile(path, "it is far longer than a report", "Cut it into single reports.")
    if not any(count_words_by_script(text).values()):
        raise UnreadableFile(path, "it holds no words in English or Hindi")
