"""RSS and Atom feeds, and the lists of them (OPML) that readers exchange."""

from __future__ import annotations

import calendar
import contextlib
import datetime as dt
import io
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from desktop_app.domain import ExtractedArticle
from desktop_app.errors import UnreadableFile
from desktop_app.extraction.dates import read_timestamp
from desktop_app.extraction.encodings import decode
from desktop_app.extraction.limits import MOST_MEMBERS, Budget
from desktop_app.extraction.naming import shown_name
from desktop_app.extraction.parts import Part
from desktop_app.extraction.stated import Stated, plausible, stated_address, stated_language, stated_line
from desktop_app.extraction.xml import local_name, parse_xml
from desktop_app.records import FeedLink

_SHORTEST_REPORT = 40
_LONGEST_NAME = 60
_LONGEST_KEY = 500
_HEAD_LENGTH = 300_000
_MOST_LINKS = 500
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_MOST_BROKEN_TAGS = 50_000
_MOST_FEEDS = 1000


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry of a feed.

    `key` is what the feed knows it by and keeps. `markup` is its HTML (or plain text), in full or summed up,
    as the feed has it; "" where there is only a headline.
    """

    key: str
    title: str | None
    address: str | None
    date: dt.date | None
    markup: str


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed with its entries, in its order. `address` is the page it belongs to."""

    title: str | None
    address: str | None
    stated: Stated
    items: tuple[FeedItem, ...]


def read_feed(data: bytes, address: str) -> ParsedFeed:
    """The feed in *data*, which came from *address* (for messages and relative links).

    Raises `UnreadableFile` for what is no feed, one made to do harm, and one of more entries than anyone reads.
    """
    if data.count(b"<item") + data.count(b"<entry") > MOST_MEMBERS:
        raise UnreadableFile(address, f"it lists more than {MOST_MEMBERS:,} reports")
    _refuse_entities(data, address)
    import feedparser

    # A stream: given bytes, feedparser would first try them as the name of a file.
    try:
        found = feedparser.parse(
            io.BytesIO(data),
            response_headers={"content-location": address},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, ArithmeticError) as error:
        raise UnreadableFile(address, "the feed is damaged", "Get it anew from where it came.") from error
    if not found.get("version") and not found.entries:
        raise UnreadableFile(address, "it is no RSS or Atom feed")
    title = stated_line(found.feed.get("title"))
    stated = Stated(source=title, language=stated_language(found.feed.get("language")))
    items = tuple(item for entry in found.entries if (item := _item(entry)) is not None)
    return ParsedFeed(title, stated_address(found.feed.get("link")), stated, items)


def item_article(item: FeedItem, stated: Stated) -> ExtractedArticle | None:
    """The report that an entry of a feed holds by itself; None where it is little more than a headline."""
    from desktop_app.extraction.composing import read_fragment

    facts = Stated(item.title, item.date, stated.source, stated.language, item.address)
    article = read_fragment(item.markup, facts) if item.markup else None
    if article is None:
        return None
    body = article.text.removeprefix(article.title) if item.title else article.text
    return article if len(body.strip()) >= _SHORTEST_REPORT else None


def feed_parts(data: bytes, path: str, budget: Budget) -> Iterator[Part]:
    """The entries of a feed file as articles."""
    feed = read_feed(data, path)
    if not feed.items:
        raise UnreadableFile(path, "the feed lists no reports")
    for number, item in enumerate(feed.items, 1):
        budget.take_member()
        name = shown_name(f"{number} {(item.title or item.key)[:_LONGEST_NAME].replace('/', ' ')}")
        article = item_article(item, feed.stated)
        if article is None:
            yield Part(
                name, reason="the feed holds only its headline", advice="Subscribe to the feed or open its page."
            )
        else:
            yield Part(name, f"{item.key}\n{item.title}\n{item.markup}".encode("utf-8", "replace"), article)


def read_opml(data: bytes, path: str = "the list of feeds") -> list[tuple[str, str]]:
    """The (title, address) of each feed in an OPML list, each address once; raises `UnreadableFile`."""
    root = parse_xml(data, path)
    if local_name(root).lower() != "opml":
        raise UnreadableFile(path, "it is no list of feeds (OPML)")
    found: dict[str, str] = {}
    for element in root.iter():
        values = {name.lower(): value for name, value in element.attrib.items()}
        if (address := stated_address(values.get("xmlurl"))) is not None:
            found.setdefault(address, stated_line(values.get("title") or values.get("text")) or address)
    return [(title, address) for address, title in found.items()]


def opml_parts(data: bytes, path: str, budget: Budget) -> Iterator[Part]:
    """The feeds of a list, to subscribe to."""
    found = read_opml(data, path)
    if not found:
        raise UnreadableFile(path, "it is a list of feeds, but names none")
    if len(found) > _MOST_FEEDS:
        raise UnreadableFile(path, f"it lists more than {_MOST_FEEDS:,} feeds", "Cut it into shorter lists.")
    for title, address in found:
        budget.take_member()
        yield Part(shown_name(address), feed=FeedLink(title, address))


def feeds_named(data: bytes, address: str) -> list[str]:
    """The addresses of the feeds that the page in *data*, found at *address*, says it has (HTML, `rel="alternate"`)."""
    from bs4 import BeautifulSoup, SoupStrainer

    text = (decode(data, markup=True) or "")[:_HEAD_LENGTH]
    found: dict[str, None] = {}
    for link in BeautifulSoup(text, "lxml", parse_only=SoupStrainer("link")).find_all("link", limit=_MOST_LINKS):
        kind, target = str(link.get("type") or "").lower(), link.get("href")
        if kind in _FEED_TYPES and isinstance(target, str):
            with contextlib.suppress(ValueError):
                if (whole := stated_address(urljoin(address, target.strip()))) is not None:
                    found.setdefault(whole)
    return list(found)


def _refuse_entities(data: bytes, path: str) -> None:
    """Raise for XML that defines entities; what is merely ill-formed, feedparser can still read."""
    try:
        fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        harmful = True
    except (ParseError, ValueError, LookupError):
        harmful = b"<!ENTITY" in data.replace(b"\x00", b"").upper()
        if data.count(b"<") > _MOST_BROKEN_TAGS:
            raise UnreadableFile(path, "it is not well-formed XML", "It may be damaged: get it anew.") from None
    else:
        harmful = False
    if harmful:
        raise UnreadableFile(path, "it defines entities of its own, as files made to do harm do")


def _item(entry: Any) -> FeedItem | None:
    title, address = stated_line(_plain(entry.get("title"))), stated_address(entry.get("link"))
    contents = [str(content.get("value") or "") for content in entry.get("content") or ()]
    markup = max([*contents, str(entry.get("summary") or "")], key=len)
    key = str(entry.get("id") or address or title or "")[:_LONGEST_KEY]
    if not key and not markup:
        return None
    return FeedItem(key or markup[:_LONGEST_KEY], title, address, _date(entry), markup)


def _plain(value: object) -> str:
    """A title without the tags some feeds put into it."""
    text = str(value or "")
    if "<" not in text:
        return text
    from desktop_app.extraction.composing import parsed_blocks

    return " ".join(block.text for block in parsed_blocks(text)) or text


def _date(entry: Any) -> dt.date | None:
    """The day of publication as the feed writes it, in its own time zone; of the last change only without one."""
    for key in ("published", "updated", "created"):
        # Asked through its own door, feedparser gives "published" for a missing "updated", with a warning.
        if not dict.__contains__(entry, key):
            continue
        if (date := plausible(read_timestamp(str(entry.get(key) or "")))) is not None:
            return date
        parsed: time.struct_time | None = entry.get(f"{key}_parsed")
        if parsed is not None and (date := plausible(_day(parsed))) is not None:
            return date
    return None


def _day(parsed: time.struct_time) -> dt.date | None:
    try:
        return dt.datetime.fromtimestamp(calendar.timegm(parsed), tz=dt.UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
