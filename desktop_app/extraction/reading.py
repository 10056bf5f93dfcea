"""The one way from a file's bytes to its articles."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop_app.domain import ExtractedArticle
from desktop_app.errors import UnreadableFile
from desktop_app.extraction.encodings import decode
from desktop_app.extraction.legacy_fonts import convert, font_named_in, legacy_font_of, preview
from desktop_app.extraction.limits import DEEPEST_NESTING, Budget, OverLimit
from desktop_app.extraction.parts import Part
from desktop_app.extraction.plain_text import read_plain_text
from desktop_app.extraction.sniffing import (
    Kind,
    is_page,
    is_page_name,
    kind_of,
    refuse_overgrown_page,
    refuse_unreadable_article,
    refuse_unreadable_text,
)
from desktop_app.language.normalise import normalise
from desktop_app.records import ExtractedDocument

_TOO_DEMANDING = "it is built in a way that needs too much memory to read"


def extract(data: bytes, path: str) -> ExtractedArticle:
    """Return the first article in the bytes of one file; *path* serves as a hint and for messages only.

    Raises `UnreadableFile`, with a sentence for the reader, where there is no readable report in it.
    """
    message = ""
    for document in extract_all(data, path):
        if document.article is not None:
            return document.article
        message = message or document.message
    raise _Refused(path, message) if message else UnreadableFile(path, "there is no report in it")


def extract_all(data: bytes, path: str, *, convert_legacy: bool = False) -> Iterator[ExtractedDocument]:
    """Every article in the bytes of one file: one of a text or page, one of each member of an archive.

    Members come in the file's order, as they are read; one that cannot be read comes with a message in place of an
    article. Raises `UnreadableFile` where nothing at all can be read. *convert_legacy* turns text typed for fonts
    without Unicode into Unicode, where otherwise only the message and `legacy` say so.
    """
    yielded = False
    try:
        for document in _Reading(path, convert_legacy).documents(data, path, 0):
            yielded = True
            yield document
    except OverLimit as error:
        if not yielded:
            raise
        yield ExtractedDocument(path, message=f"{path} was read in part: {error.reason}. {error.advice}")


class _Refused(UnreadableFile):
    """A member's refusal, which is a whole sentence already."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(path, message)
        self.args = (message,)


@dataclass(frozen=True, slots=True)
class _Found:
    """An article of one file; `plain` if its title and headings were inferred from its lines alone.

    `font` is a font without Unicode that the file names.
    """

    article: ExtractedArticle
    plain: bool = False
    font: str | None = None


class _Reading:
    """The reading of one file with all that is packed in it."""

    def __init__(self, path: str, convert_legacy: bool) -> None:
        self._budget = Budget(path)
        self._convert_legacy = convert_legacy

    def documents(self, data: bytes, path: str, depth: int) -> Iterator[ExtractedDocument]:
        """Read *data*, which is packed *depth* times; raises `UnreadableFile`."""
        kind = kind_of(data, path)
        if (parts := _container(kind)) is None:
            yield self._document(path, data, _single(kind, data, path, self._budget))
            return
        if depth >= DEEPEST_NESTING:
            reason = f"it is packed more than {DEEPEST_NESTING} times over"
            raise UnreadableFile(path, reason, "Unpack it and import the files.")
        for part in parts(data, path, self._budget):
            yield from self._of_part(part, f"{path}/{part.name}" if part.name else path, depth)

    def _document(self, path: str, data: bytes, found: _Found) -> ExtractedDocument:
        """The article, or where it was typed for a font without Unicode the offer to convert it, or the converted."""
        font = legacy_font_of(found.article.text, found.font)
        if font is None:
            return ExtractedDocument(path, _digest(data), found.article)
        offer = preview(found.article, font)
        if self._convert_legacy:
            message = f"{path} was typed for the font {font.name}; its text was converted."
            article = convert(found.article, font, plain=found.plain)
            return ExtractedDocument(path, _digest(data), article, message, legacy=offer)
        reason = f"it is typed for the font {font.name}, whose letters are not Unicode"
        message = str(UnreadableFile(path, reason, "Have it converted: import it again with conversion."))
        return ExtractedDocument(path, _digest(data), message=message, legacy=offer)

    def _of_part(self, part: Part, path: str, depth: int) -> Iterator[ExtractedDocument]:
        if part.article is not None:
            data = part.data or part.article.text.encode("utf-8", "replace")
            yield self._document(path, data, _Found(part.article))
        elif part.feed is not None:
            yield ExtractedDocument(path, feed=part.feed)
        elif part.data is None:
            message = str(UnreadableFile(path, part.reason, part.advice))
            yield ExtractedDocument(path, message=message, skipped=part.skipped)
        else:
            yield from self._of_bytes(part.data, path, depth)

    def _of_bytes(self, data: bytes, path: str, depth: int) -> Iterator[ExtractedDocument]:
        try:
            yield from self.documents(data, path, depth + 1)
            return
        except OverLimit:
            raise
        except UnreadableFile as error:
            refusal = error
        except (MemoryError, RecursionError):
            refusal = UnreadableFile(path, _TOO_DEMANDING)
        except Exception:
            # One member we fail on costs itself, never the archive around it.
            logging.getLogger(__name__).exception("extraction of %s failed", path)
            refusal = UnreadableFile(path, "it could not be understood as an article")
        yield ExtractedDocument(path, _digest(data), message=str(refusal))


def _container(kind: Kind) -> Callable[[bytes, str, Budget], Iterator[Part]] | None:
    """What takes files of this kind apart; loaded when the first one is met."""
    match kind:
        case Kind.ZIP | Kind.TAR | Kind.PACKED:
            from desktop_app.extraction import archives

            return {
                Kind.ZIP: archives.zip_parts,
                Kind.TAR: archives.tar_parts,
                Kind.PACKED: archives.unpacked_part,
            }[kind]
        case Kind.MAIL | Kind.MAILBOX | Kind.SAVED_PAGE:
            from desktop_app.extraction import mail

            return {
                Kind.MAIL: mail.mail_parts,
                Kind.MAILBOX: mail.mailbox_parts,
                Kind.SAVED_PAGE: mail.saved_page_parts,
            }[kind]
        case Kind.FEED:
            from desktop_app.extraction.feeds import feed_parts

            return feed_parts
        case Kind.SUBSCRIPTIONS:
            from desktop_app.extraction.feeds import opml_parts

            return opml_parts
        case Kind.JSON:
            from desktop_app.extraction.json_lines import json_parts

            return json_parts
        case Kind.BOOK:
            from desktop_app.extraction.epub import book_parts

            return book_parts
        case _:
            return None


def _single(kind: Kind, data: bytes, path: str, budget: Budget) -> _Found:
    found: _Found
    match kind:
        case Kind.WORD:
            from desktop_app.extraction.word import read_word

            document = read_word(data, path, budget)
            found = _Found(document.article, font=document.font)
        case Kind.PDF:
            from desktop_app.extraction.pdf import read_pdf

            found = _of_plain_text(normalise(read_pdf(data, path)), path)
        case _:
            found = _of_text(kind, data, path)
    refuse_unreadable_article(found.article.text, path)
    return found


def _of_text(kind: Kind, data: bytes, path: str) -> _Found:
    text = decode(data, markup=is_page_name(path) or b"<" in data[:64])
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
        return _Found(article, font=font_named_in(text))
    if kind is Kind.MARKDOWN:
        refuse_unreadable_article(text, path)
        from desktop_app.extraction.markdown import read_markdown

        article = read_markdown(text)
        if article is None:
            raise UnreadableFile(path, "it holds no text")
        return _Found(article)
    return _of_plain_text(text, path)


def _of_plain_text(text: str, path: str) -> _Found:
    refuse_unreadable_text(text, path)
    refuse_unreadable_article(text, path)
    return _Found(read_plain_text(text), plain=True)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
