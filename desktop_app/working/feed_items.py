"""What an item of a feed is made into: an address to ask for, a page to read, a digest to know it by."""

from __future__ import annotations

import hashlib
import html
import re

from desktop_app.errors import ReaderError
from desktop_app.fetching.addresses import normal_address
from desktop_app.fetching.fetcher import Fetched
from desktop_app.working.feed_reading import FeedItem

_FEWEST_WORDS = 5
"""With fewer words an item says nothing that its title does not."""

_TAG = re.compile(r"<[^<>]*>")
_TTL = re.compile(rb"<ttl>\s{0,20}(\d{1,6})\s{0,20}</ttl>")
_DECLARED = re.compile(rb"""<\?xml[^<>]{0,200}encoding|<meta[^<>]{0,200}charset""", re.IGNORECASE)


def in_utf8(fetched: Fetched) -> bytes:
    """The bytes, in UTF-8 if only the server's header tells their encoding.

    What the document itself declares goes before the header, which servers often send by rote; and bytes that are
    UTF-8 are UTF-8, whatever anybody says.
    """
    data = fetched.data
    if (
        fetched.charset in (None, "utf-8", "ascii")
        or _DECLARED.search(data[:4096])
        or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    ):
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode(fetched.charset).encode("utf-8")
        except (UnicodeError, LookupError):
            return data
    return data


def address_of(item: FeedItem) -> str | None:
    try:
        return normal_address(item.address) if item.address else None
    except ReaderError:
        return None


def digest_of(item: FeedItem) -> str:
    return hashlib.sha256(f"{item.title}\0{item.markup}".encode("utf-8", "surrogatepass")).hexdigest()


def ttl_minutes(data: bytes) -> int:
    """How long an RSS channel asks to be left alone (RSS 2.0, `ttl`); 0 if it does not say."""
    found = _TTL.search(data[: 1 << 16])
    return int(found[1]) if found is not None else 0


def count_words(markup: str) -> int:
    return len(html.unescape(_TAG.sub(" ", markup)).split())


def says_something(item: FeedItem) -> bool:
    return count_words(item.markup) >= _FEWEST_WORDS


def line_of(text: str) -> str:
    return " ".join(text.split())[:300]


def as_page(item: FeedItem, source: str) -> bytes:
    """An item as the page it would be, so that it is read as pages are."""
    facts = {"article:published_time": "" if item.date is None else item.date.isoformat(), "og:site_name": source}
    head = "".join(f'<meta property="{name}" content="{html.escape(value)}">' for name, value in facts.items() if value)
    title = html.escape(line_of(item.title))
    head = f'<meta charset="utf-8"><title>{title}</title>{head}'
    body = f"<article><h1>{title}</h1>\n<div>{item.markup}</div></article>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode("utf-8", "replace")
