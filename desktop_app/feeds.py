"""The door to a library's feeds: what is subscribed, when each is due, and the list of them as OPML."""

from __future__ import annotations

import datetime as dt
from xml.sax.saxutils import quoteattr

import regex

from desktop_app.errors import NothingFound
from desktop_app.fetching.addresses import normal_address
from desktop_app.records import Feed
from desktop_app.shelf import Shelf
from desktop_app.storage.feeds import SHORTEST_INTERVAL_MINUTES

_NOT_IN_XML = regex.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


class Feeds:
    """The subscriptions of one library. Nothing here asks a server: `WorkerClient.fetch_feeds` does."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def all(self) -> list[Feed]:
        """By title."""
        return self._shelf.feeds.all()

    def feed(self, id_: int) -> Feed:
        found = self._shelf.feeds.feed(id_)
        if found is None:
            raise NothingFound(f"There is no feed {id_} in the library {self._shelf.folder}.")
        return found

    def subscribe(self, address: str, title: str = "") -> int:
        """The number of the feed at *address*, an old subscription's if there is one; `NotAnAddress` if it is none.

        Its title is taken from the feed when it is fetched, if none is given.
        """
        with self._shelf.database.transaction():
            id_, new = subscribe(self._shelf, address, title)
            if new:
                self._shelf.note_change()
        return id_

    def unsubscribe(self, id_: int) -> None:
        """Forget the feed; the articles that it brought stay."""
        self.feed(id_)
        with self._shelf.database.transaction():
            self._shelf.feeds.remove(id_)
            self._shelf.note_change()

    def set_interval(self, id_: int, minutes: int) -> None:
        """Fetch the feed every so many minutes, no oftener than every quarter of an hour; 0: only when asked."""
        self.feed(id_)
        with self._shelf.database.transaction():
            self._shelf.feeds.set_interval(id_, max(minutes, SHORTEST_INTERVAL_MINUTES) if minutes > 0 else 0)
            self._shelf.note_change()

    def due(self, now: dt.datetime | None = None) -> list[int]:
        """The feeds whose time has come, longest waiting first: what to hand to `WorkerClient.fetch_feeds`.

        A feed that fails is due less and less often, and none before its server wants to be asked again.
        """
        return self._shelf.feeds.due(now or dt.datetime.now(dt.UTC))

    def opml(self) -> str:
        """All subscriptions as OPML 2.0, for other readers."""
        lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
        lines += ["<head><title>Setu</title></head>", "<body>"]
        for feed in self.all():
            title = _attribute(feed.title or feed.address)
            lines.append(f'<outline type="rss" text={title} title={title} xmlUrl={_attribute(feed.address)}/>')
        return "\n".join([*lines, "</body>", "</opml>", ""])


def subscribe(shelf: Shelf, address: str, title: str = "") -> tuple[int, bool]:
    """The number of the feed at *address*, and whether the subscription is new. Belongs inside a transaction."""
    normal = normal_address(address)
    known = shelf.feeds.with_address(normal)
    return (shelf.feeds.add(normal, " ".join(title.split())), True) if known is None else (known, False)


def _attribute(text: str) -> str:
    return quoteattr(_NOT_IN_XML.sub("", text))
