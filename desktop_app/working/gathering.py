"""What the worker does to bring in feeds and pages: ask, read what the feeds list, ask for what is new in them.

Nothing here stores an article. What came is handed on as `Arrivals`, to be imported like files, and what became of
it is told back through `Gathering.settle`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from desktop_app.domain import FileReport, ImportStatus, Progress
from desktop_app.errors import ReaderError
from desktop_app.fetching.connection import Reach
from desktop_app.fetching.errors import FetchFailed
from desktop_app.fetching.fetcher import Fetched, Fetcher, Request
from desktop_app.fetching.queue import FetchQueue, Outcome
from desktop_app.quarantine.process import Quarantine
from desktop_app.records import Feed, Source
from desktop_app.shelf import Shelf
from desktop_app.storage.feeds import SeenItem, Validators
from desktop_app.working.feed_items import (
    address_of,
    as_page,
    count_words,
    digest_of,
    in_utf8,
    line_of,
    says_something,
    ttl_minutes,
)
from desktop_app.working.feed_reading import FeedItem, ReadFeed, read_feed_apart

_WAIT_S = 0.1
"""How long a step waits for the network before more urgent work may go on."""

_BATCH = 10
_ENOUGH_WORDS = 60
"""An item with so many words is taken for the whole report; for a shorter one its page is fetched."""

_MOST_PAGES = 100
"""So many pages are fetched for one feed at a time; the rest next time."""

_FEED_TYPES = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What came, to be stored together. The path of each source is the address that was asked for."""

    sources: tuple[Source, ...]


Step = Progress | FileReport | Arrivals | tuple[()]
"""An empty one only lets more urgent work go on."""


@dataclass(frozen=True, slots=True)
class _FeedAsked:
    feed: Feed


@dataclass(frozen=True, slots=True)
class _PageAsked:
    """A page that a reader named, or an item of a feed."""

    address: str


@dataclass(slots=True)
class _Visit:
    """A feed that was read: what it listed that is not settled yet, and what to ask with next time."""

    validators: Validators
    open_items: set[str] = field(default_factory=set)


class Gathering:
    """One round of fetching; an iterator of steps runs it, and leaving that ends every request.

    *quarantine* does `read_fetched`, and nothing else between two steps.
    """

    def __init__(self, shelf: Shelf, fetcher: Fetcher, quarantine: Quarantine) -> None:
        self._shelf = shelf
        self._quarantine = quarantine
        self._queue: FetchQueue[_FeedAsked | _PageAsked] = FetchQueue(fetcher)
        self._visits: dict[int, _Visit] = {}
        self._items: dict[str, list[tuple[int, FeedItem]]] = {}
        self._summed_up: set[str] = set()
        self._titles: dict[int, str | None] = {}
        self._arrived: list[Source] = []
        self._asked = self._answered = 0

    def pages(self, addresses: Sequence[str]) -> Generator[Step, None, None]:
        """The pages a reader asked for."""
        for address in dict.fromkeys(addresses):
            self._ask(_PageAsked(address), Request(address))
        yield from self._gather("pages")

    def feeds(self, ids: Sequence[int]) -> Generator[Step, None, None]:
        """What is new in the feeds *ids* (none: in all of them)."""
        feeds = self._shelf.feeds.all()
        for feed in feeds:
            if not ids or feed.id in ids:
                known = self._shelf.feeds.validators(feed.id)
                request = Request(feed.address, _FEED_TYPES, etag=known.etag, modified=known.modified)
                self._ask(_FeedAsked(feed), request)
        yield from self._gather("feeds")

    def knows_better(self, report: FileReport) -> bool:
        """Whether a page in which nothing was found is the page of an item whose feed says something."""
        items = self._items.get(report.path, ())
        unread = report.status is ImportStatus.REFUSED and report.path not in self._summed_up
        return unread and any(says_something(item) for _, item in items)

    def settle(self, arrivals: Arrivals, reports: Mapping[str, FileReport]) -> None:
        """Remember what became of *arrivals*, by their reports' paths, so that they do not come again."""
        for source in arrivals.sources:
            report = reports.get(source.path)
            better = report is not None and self.knows_better(report)
            for number, item in self._items.pop(source.path, ()):
                feed = self._shelf.feeds.feed(number)
                if better and feed is not None and says_something(item):
                    self._arrive_from_feed(feed, item)
                    continue
                with self._shelf.database.transaction():
                    self._close(number, item, None if report is None else report.article)

    def _ask(self, token: _FeedAsked | _PageAsked, request: Request) -> None:
        self._asked += 1
        self._queue.add(token, request)

    def _gather(self, task: str) -> Iterator[Step]:
        try:
            while self._queue.busy or self._arrived:
                outcome = self._queue.next(_WAIT_S) if self._queue.busy else None
                if outcome is not None:
                    self._answered += 1
                    yield from self._answer(outcome)
                if self._arrived and (outcome is None or len(self._arrived) >= _BATCH):
                    arrived, self._arrived = tuple(self._arrived), []
                    yield Arrivals(arrived)
                yield () if outcome is None else Progress(task, self._answered, self._asked, outcome.address)
        finally:
            self._queue.close()

    def _answer(self, outcome: Outcome[_FeedAsked | _PageAsked]) -> Iterator[Step]:
        token = outcome.token
        if isinstance(token, _FeedAsked):
            yield from self._feed_came(token.feed, outcome.fetched, outcome.error)
        elif outcome.fetched is not None:
            self._arrived.append(self._page(token.address, outcome.fetched))
        else:
            assert outcome.error is not None
            yield from self._page_failed(token.address, outcome.error)

    def _page(self, address: str, fetched: Fetched) -> Source:
        """A page, with what the feed says of it that listed it."""
        feed, item = next(iter(self._items.get(address, ())), (0, None))
        date = None if item is None else item.date
        return Source(address, in_utf8(fetched), fetched.address, date=date, publisher=self._titles.get(feed))

    def _feed_came(self, feed: Feed, fetched: Fetched | None, error: ReaderError | None) -> Iterator[Step]:
        parsed: ReadFeed | None = None
        if fetched is not None and not fetched.unchanged:
            try:
                parsed = yield from self._read(in_utf8(fetched), feed.address)
            except ReaderError as unreadable:
                error = unreadable
        if error is not None:
            failed = error if isinstance(error, FetchFailed) else None
            wait_minutes = -(-failed.wait_s // 60) if failed is not None else 0
            gone, no_network = (failed.gone, failed.no_network) if failed is not None else (False, False)
            problem = str(error) + (" It is not asked again by itself." if gone else "")
            with self._shelf.database.transaction():
                self._shelf.feeds.note_failure(
                    feed.id, problem, wait_minutes=wait_minutes, paused=gone, no_network=no_network
                )
                self._shelf.note_change()
            yield FileReport(feed.address, ImportStatus.REFUSED, None, problem)
            return
        assert fetched is not None
        with self._shelf.database.transaction():
            # The validators wait until every item is settled: an unchanged feed would not list them again.
            nothing = None if parsed is None else Validators()
            title = "" if parsed is None else line_of(parsed.title)
            ttl = None if parsed is None else ttl_minutes(fetched.data)
            self._shelf.feeds.note_success(feed.id, title=title, validators=nothing, wait_minutes=ttl)
            if fetched.moved_to is not None:
                self._shelf.feeds.move(feed.id, fetched.moved_to)
            self._shelf.note_change()
        if parsed is not None:
            self._visits[feed.id] = _Visit(Validators(fetched.etag, fetched.modified))
            self._titles[feed.id] = feed.title or line_of(parsed.title) or None
            self._look_through(replace(feed, title=feed.title or parsed.title), parsed.items, fetched.reach)

    def _read(self, data: bytes, address: str) -> Generator[Step, None, ReadFeed]:
        reading = read_feed_apart(self._quarantine, data, address)
        while True:
            try:
                next(reading)
            except StopIteration as end:
                found: ReadFeed = end.value
                return found
            yield ()

    def _look_through(self, feed: Feed, items: Sequence[FeedItem], reach: Reach) -> None:
        """Take or ask for what is new among *items*, the first ones first."""
        seen = self._shelf.feeds.seen(feed.id)
        visit = self._visits[feed.id]
        pages = 0
        for item in items:
            whole = count_words(item.markup) >= _ENOUGH_WORDS
            known = seen.get(item.key)
            if known is not None and known.settled and not (whole and _has_changed(known, item)):
                continue
            if item.key in visit.open_items:
                continue
            address = address_of(item)
            visit.open_items.add(item.key)
            if whole or address is None:
                self._arrive_from_feed(feed, item)
            elif address in self._items:
                self._items[address].append((feed.id, item))
            elif pages < _MOST_PAGES:
                pages += 1
                self._items[address] = [(feed.id, item)]
                self._ask(_PageAsked(address), Request(address, allowed=reach))
        if not visit.open_items:
            with self._shelf.database.transaction():
                self._shelf.feeds.set_validators(feed.id, visit.validators)

    def _arrive_from_feed(self, feed: Feed, item: FeedItem) -> None:
        address = address_of(item)
        name = address or feed.address
        if address is None or address in self._items:
            # Some feeds give all their items one address.
            name += f"#{quote(item.key, safe='')}"
        self._items.setdefault(name, []).append((feed.id, item))
        self._summed_up.add(name)
        self._arrived.append(Source(name, as_page(item, feed.title), name))

    def _page_failed(self, address: str, error: ReaderError) -> Iterator[Step]:
        lasting = not isinstance(error, FetchFailed) or error.lasting
        told = False
        for number, item in self._items.pop(address, ()):
            feed = self._shelf.feeds.feed(number)
            if lasting and feed is not None and says_something(item):
                # A page that is not given to us (a paywall, a login): what the feed says of it is better than nothing.
                self._arrive_from_feed(feed, item)
                told = True
            else:
                with self._shelf.database.transaction():
                    self._close(number, item, None, failed=not lasting)
        if not told:
            yield FileReport(address, ImportStatus.REFUSED, None, str(error))

    def _close(self, feed: int, item: FeedItem, article: int | None, *, failed: bool = False) -> None:
        """Note that an item is dealt with, and with the last one, that the feed is."""
        self._shelf.feeds.remember_item(feed, item.key, digest_of(item), article, failed=failed)
        visit = self._visits[feed]
        if not failed:
            visit.open_items.discard(item.key)
        if not visit.open_items:
            self._shelf.feeds.set_validators(feed, visit.validators)


def _has_changed(known: SeenItem, item: FeedItem) -> bool:
    """Whether the feed tells a newer text of an article that is still in the library."""
    return known.article is not None and known.digest != digest_of(item)
