"""What was fetched is read in quarantine, feeds included: their items come back as JSON, checked on arrival."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass

from desktop_app.errors import ReaderError, UnreadableFile
from desktop_app.quarantine import Done, Quarantine, Read, Request
from desktop_app.records import ExtractedDocument

_FEED = "feed of "
_HEARTBEAT_S = 0.1
_MOST_ITEMS = 10_000


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry of a feed. `key` tells it from the feed's others for good; `markup` is its HTML as the feed has it."""

    key: str
    title: str
    address: str
    date: dt.date | None
    markup: str


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """What a feed says, its items in its own order."""

    title: str
    items: tuple[FeedItem, ...]


def read_fetched(data: bytes, path: str, *, convert_legacy: bool = False) -> Iterator[ExtractedDocument]:
    """What the quarantine for fetched things does: as `extract_all`, and feeds as one document that holds JSON."""
    from desktop_app.extraction import extract_all, read_feed

    if not path.startswith(_FEED):
        yield from extract_all(data, path, convert_legacy=convert_legacy)
        return
    found = read_feed(data, path.removeprefix(_FEED))
    items = [
        [
            item.key,
            item.title or "",
            item.address or "",
            "" if item.date is None else item.date.isoformat(),
            item.markup,
        ]
        for item in found.items
    ]
    yield ExtractedDocument(path, message=json.dumps({"title": found.title or "", "items": items}))


def read_feed_apart(quarantine: Quarantine, data: bytes, address: str) -> Generator[None, None, ReadFeed]:
    """Have *quarantine*, which does `read_fetched`, read the feed; yields while it waits.

    Raises `ReaderError` for what is no feed, or does harm.
    """
    quarantine.submit(Request(0, f"{_FEED}{address}", data))
    answer = ""
    while True:
        found = quarantine.poll(_HEARTBEAT_S)
        if isinstance(found, Read):
            answer = found.document.message
        elif isinstance(found, Done):
            if found.deadly:
                raise UnreadableFile(address, found.message, "It may be damaged, or made to do harm.")
            if found.message:
                raise ReaderError(found.message)
            return _feed(answer, address)
        else:
            yield


def _feed(answer: str, address: str) -> ReadFeed:
    """The reading side is not trusted: what it says is checked as a file would be."""
    try:
        found = json.loads(answer)
        items = tuple(_item(facts) for facts in found["items"][:_MOST_ITEMS])
        return ReadFeed(_text(found["title"]), items)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableFile(address, "it could not be understood as a feed") from error


def _item(facts: object) -> FeedItem:
    if not isinstance(facts, list):
        raise TypeError("not an item")
    key, title, address, date, markup = map(_text, facts)
    return FeedItem(key, title, address, dt.date.fromisoformat(date) if date else None, markup)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    # Half a surrogate pair, which no database takes.
    return value.encode("utf-8", "replace").decode("utf-8")
