"""EPUB books, in which newspapers are sold and saved: each document of the reading order is a report."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from desktop_app.errors import UnreadableFile
from desktop_app.extraction.archives import open_zip, read_zip_member
from desktop_app.extraction.composing import read_fragment
from desktop_app.extraction.dates import read_timestamp
from desktop_app.extraction.encodings import decode
from desktop_app.extraction.limits import LARGEST_FILE_BYTES, Budget
from desktop_app.extraction.naming import shown_name
from desktop_app.extraction.parts import Part
from desktop_app.extraction.sniffing import (
    refuse_overgrown_page,
    refuse_unreadable_article,
    refuse_unreadable_text,
)
from desktop_app.extraction.stated import Stated, plausible, stated_language, stated_line
from desktop_app.extraction.xml import local_name, parse_xml
from desktop_app.language.normalise import normalise

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_CONTENT_ENCRYPTED = b"xmlenc#aes"
_SHORTEST_REPORT = 200
_PAGES = ("application/xhtml+xml", "text/html")
_CONVERTERS = frozenset(("calibre", "unknown"))
"""What programs write as publisher when they know none."""


def book_parts(data: bytes, path: str, budget: Budget) -> Iterator[Part]:
    """The documents of the book's spine as articles; covers and lists of contents are passed over."""
    with open_zip(data, path) as archive:
        members = {info.filename: info for info in archive.infolist()}
        _refuse_locked(archive, members, path, budget)
        package_name = _package_name(archive, members, path, budget)
        package = parse_xml(_member(archive, members, package_name, path, budget), path, "the book's list of contents")
        stated = _stated(package)
        documents = _documents(package, posixpath.dirname(package_name))
        if not documents:
            raise UnreadableFile(path, "the book lists no documents")
        for name in documents:
            budget.take_member()
            yield _part(archive, members, name, stated, budget)


def _part(
    archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], name: str, stated: Stated, budget: Budget
) -> Part:
    shown = shown_name(name)
    try:
        data = _member(archive, members, name, "", budget)
        text = normalise(decode(data, markup=True) or "")
        refuse_unreadable_text(text, shown)
        refuse_overgrown_page(text, shown)
        article = read_fragment(text, stated)
        if article is None or len(article.text) < _SHORTEST_REPORT:
            return Part(shown, reason="it is a cover or a list, not a report", skipped=True)
        refuse_unreadable_article(article.text, shown)
    except UnreadableFile as error:
        return Part(shown, reason=error.reason, advice=error.advice)
    return Part(shown, data, article)


def _member(
    archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], name: str, path: str, budget: Budget
) -> bytes:
    if name not in members:
        raise UnreadableFile(path, "a part of the book that its contents name is missing", "Get the book anew.")
    try:
        return read_zip_member(archive, members[name], budget, LARGEST_FILE_BYTES)
    except UnreadableFile as error:
        raise type(error)(error.path or path, error.reason, error.advice) from error


def _refuse_locked(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], path: str, budget: Budget) -> None:
    """Fonts may be scrambled; a book whose text is locked can only be read by the shop's own program."""
    if _ENCRYPTION in members and _CONTENT_ENCRYPTED in _member(archive, members, _ENCRYPTION, path, budget):
        raise UnreadableFile(path, "the book is protected against copying")


def _package_name(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], path: str, budget: Budget) -> str:
    container = parse_xml(_member(archive, members, _CONTAINER, path, budget), path, "the book's container")
    for element in container.iter():
        if local_name(element) == "rootfile" and (name := element.get("full-path")):
            return name
    raise UnreadableFile(path, "the book does not say where its contents are")


def _stated(package: Element) -> Stated:
    """What the book says of itself holds for each of its reports, but its title."""
    said: dict[str, str] = {}
    for element in package.iter():
        if element.text and str(element.tag).startswith("{http://purl.org/dc/elements/1.1/}"):
            said.setdefault(local_name(element), element.text)
    publisher = stated_line(said.get("publisher"))
    known = publisher is not None and publisher.casefold() not in _CONVERTERS
    return Stated(
        date=plausible(read_timestamp(said.get("date", ""))),
        source=publisher if known else stated_line(said.get("title")),
        language=stated_language(said.get("language")),
    )


def _documents(package: Element, folder: str) -> list[str]:
    """The names of the spine's pages in the archive; what lies outside or on the network has no name there."""
    pages = {
        element.get("id"): element.get("href")
        for element in package.iter()
        if local_name(element) == "item" and element.get("media-type") in _PAGES
    }
    found: dict[str, None] = {}
    for element in package.iter():
        href = pages.get(element.get("idref")) if local_name(element) == "itemref" else None
        if href and not urlsplit(href).scheme and not href.startswith("//"):
            name = posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))
            if not name.startswith(("..", "/")):
                found[name] = None
    return list(found)
