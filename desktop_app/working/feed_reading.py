"""What was fetched is read in quarantine, feeds included: their items come back as JSON, checked on arrival."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.errors import ReaderError, UnreadableFile
from desktop_app.quarantine.process import Done, Quarantine, Read, Request
from desktop_app.records import ExtractedDocument

if TYPE_CHECKING:
    from desktop_app.extraction import FeedItem as ExtractedItem

_FEED = "feed of "
_HEARTBEAT_S = 0.1
_MOST_ITEMS = 10_000
_MOST_NAMED = 5


class NotAFeed(ReaderError):
    """What was fetched as a feed is none; `feeds` are those that the page names, if it is one."""

    def __init__(self, address: str, reason: str, feeds: Sequence[str] = ()) -> None:
        advice = f"The page names {'this feed' if len(feeds) == 1 else 'these feeds'}: {', '.join(feeds)}."
        super().__init__(f"{address} cannot be read as a feed: {reason}. {advice if feeds else 'Check its address.'}")


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
    from desktop_app.extraction import extract_all, feeds_named, read_feed

    if not path.startswith(_FEED):
        yield from extract_all(data, path, convert_legacy=convert_legacy)
        return
    address = path.removeprefix(_FEED)
    try:
        found = read_feed(data, address)
    except UnreadableFile as error:
        answer: dict[str, object] = {"problem": error.reason, "feeds": feeds_named(data, address)[:_MOST_NAMED]}
    else:
        answer = {"title": found.title or "", "items": [_facts(item) for item in found.items]}
    yield ExtractedDocument(path, message=json.dumps(answer))


def read_feed_apart(quarantine: Quarantine, data: bytes, address: str) -> Generator[None, None, ReadFeed]:
    """Have *quarantine*, which does `read_fetched`, read the feed; yields while it waits.

    Raises `NotAFeed` for what is none, or does harm.
    """
    quarantine.submit(Request(0, f"{_FEED}{address}", data))
    answer = ""
    while True:
        found = quarantine.poll(_HEARTBEAT_S)
        if isinstance(found, Read):
            answer = found.document.message
        elif isinstance(found, Done):
            if found.deadly:
                raise NotAFeed(address, found.message)
            return _feed(answer, address)
        else:
            yield


def _feed(answer: str, address: str) -> ReadFeed:
    """The reading side is not trusted: what it says is checked as a file would be."""
    try:
        found = json.loads(answer)
        if "problem" in found:
            raise NotAFeed(address, _text(found["problem"]), [_text(one) for one in found["feeds"]])
        items = tuple(_item(facts) for facts in found["items"][:_MOST_ITEMS])
        return ReadFeed(_text(found["title"]), items)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotAFeed(address, "it could not be understood") from error


def _facts(item: ExtractedItem) -> list[str]:
    date = "" if item.date is None else item.date.isoformat()
    return [item.key, item.title or "", item.address or "", date, item.markup]


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
