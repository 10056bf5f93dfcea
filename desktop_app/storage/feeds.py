"""Subscriptions and what they have brought, in SQLite."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.records import Feed
from desktop_app.storage.articles import utc_now
from desktop_app.storage.database import Database

SHORTEST_INTERVAL_MINUTES = 15
LONGEST_WAIT_MINUTES = 24 * 60
"""No server and no number of failures keeps a feed waiting longer."""

ITEM_ATTEMPTS = 5
"""How often the page of one item is asked for when it fails."""

_FEEDS = """
SELECT feeds.*, (SELECT count(*) FROM feed_items JOIN articles ON articles.id = feed_items.article
                 WHERE feed_items.feed = feeds.id) AS articles
FROM feeds
"""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask with whether a feed has changed."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class SeenItem:
    """What became of a feed's item; `article` None: nothing, or it is no longer in the library."""

    digest: str
    article: int | None
    failures: int

    @property
    def settled(self) -> bool:
        return self.failures == 0 or self.failures >= ITEM_ATTEMPTS


class FeedStore:
    """Reads and writes feeds; every write belongs inside `Database.transaction`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Feed]:
        """The feeds by title."""
        order = "ORDER BY CASE title WHEN '' THEN address ELSE title END COLLATE NOCASE, id"
        return [_feed(row) for row in self._database.connection().execute(_FEEDS + order)]

    def feed(self, id_: int) -> Feed | None:
        row = self._database.connection().execute(_FEEDS + "WHERE id = ?", (id_,)).fetchone()
        return None if row is None else _feed(row)

    def with_address(self, address: str) -> int | None:
        row = self._database.connection().execute("SELECT id FROM feeds WHERE address = ?", (address,)).fetchone()
        return None if row is None else int(row[0])

    def add(self, address: str, title: str) -> int:
        cursor = self._database.connection().execute(
            "INSERT INTO feeds (address, title) VALUES (?,?)", (address, title)
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def remove(self, id_: int) -> None:
        self._database.connection().execute("DELETE FROM feeds WHERE id = ?", (id_,))

    def set_interval(self, id_: int, minutes: int) -> None:
        self._database.connection().execute("UPDATE feeds SET every_minutes = ? WHERE id = ?", (minutes, id_))

    def validators(self, id_: int) -> Validators:
        row = self._database.connection().execute("SELECT etag, modified FROM feeds WHERE id = ?", (id_,)).fetchone()
        return Validators() if row is None else Validators(row["etag"], row["modified"])

    def due(self, now: dt.datetime) -> list[int]:
        """The feeds whose time has come, longest waiting first.

        A feed checked in what is now the future (the clock was wrong then) is due: its next check sets it right.
        """
        found = []
        for row in self._database.connection().execute("SELECT * FROM feeds WHERE every_minutes > 0 AND paused = 0"):
            checked = _moment(row["checked_at"])
            interval = max(row["every_minutes"], SHORTEST_INTERVAL_MINUTES)
            # Twice as long after each failure, so that a server in trouble is left alone.
            interval = max(interval, min(interval << min(row["failures"], 10), LONGEST_WAIT_MINUTES))
            wait = dt.timedelta(minutes=max(interval, row["wait_minutes"]))
            if checked is None or checked > now or now - checked >= wait:
                found.append((checked or dt.datetime.min.replace(tzinfo=dt.UTC), row["id"]))
        return [id_ for _, id_ in sorted(found)]

    def note_success(self, id_: int, *, title: str, validators: Validators | None, wait_minutes: int | None) -> None:
        """The feed was read, or had not changed: then None says that what was known last time stays."""
        connection = self._database.connection()
        connection.execute(
            "UPDATE feeds SET checked_at=?, problem='', failures=0, paused=0,"
            " wait_minutes = coalesce(?, CASE failures WHEN 0 THEN wait_minutes ELSE 0 END),"
            " title = CASE title WHEN '' THEN ? ELSE title END WHERE id = ?",
            (utc_now(), None if wait_minutes is None else min(wait_minutes, LONGEST_WAIT_MINUTES), title, id_),
        )
        if validators is not None:
            self.set_validators(id_, validators)

    def set_validators(self, id_: int, validators: Validators) -> None:
        self._database.connection().execute(
            "UPDATE feeds SET etag=?, modified=? WHERE id = ?", (validators.etag, validators.modified, id_)
        )

    def note_failure(
        self, id_: int, problem: str, *, wait_minutes: int = 0, paused: bool = False, no_network: bool = False
    ) -> None:
        """The feed could not be read. Where this machine had *no_network*, its waits grow no longer for that."""
        self._database.connection().execute(
            "UPDATE feeds SET checked_at=?, wait_minutes=?, problem=?, paused=?,"
            " failures = CASE ? WHEN 0 THEN failures + 1 ELSE max(failures, 1) END WHERE id = ?",
            (utc_now(), min(wait_minutes, LONGEST_WAIT_MINUTES), problem, int(paused), int(no_network), id_),
        )

    def move(self, id_: int, address: str) -> None:
        """The feed's address from now on; nothing happens if another subscription has it."""
        self._database.connection().execute("UPDATE OR IGNORE feeds SET address = ? WHERE id = ?", (address, id_))

    def seen(self, id_: int) -> Mapping[str, SeenItem]:
        """The items that the feed has brought, by their keys."""
        rows = self._database.connection().execute(
            "SELECT item, digest, articles.id AS article, failures FROM feed_items"
            " LEFT JOIN articles ON articles.id = feed_items.article WHERE feed = ?",
            (id_,),
        )
        return {row["item"]: SeenItem(row["digest"], row["article"], row["failures"]) for row in rows}

    def remember_item(self, id_: int, item: str, digest: str, article: int | None, *, failed: bool = False) -> None:
        """What became of an item. One that *failed* is asked for again, `ITEM_ATTEMPTS` times in all."""
        self._database.connection().execute(
            "INSERT INTO feed_items (feed, item, digest, article, failures, seen_at) SELECT id,?,?,?,?,? FROM feeds"
            " WHERE id = ? ON CONFLICT DO UPDATE SET digest=excluded.digest, seen_at=excluded.seen_at,"
            " article=coalesce(excluded.article, article),"
            " failures = CASE excluded.failures WHEN 0 THEN 0 ELSE failures + 1 END",
            (item, digest, article, int(failed), utc_now(), id_),
        )


def _feed(row: sqlite3.Row) -> Feed:
    return Feed(
        id=row["id"],
        address=row["address"],
        title=row["title"],
        every_minutes=row["every_minutes"],
        checked_at=_moment(row["checked_at"]),
        problem=row["problem"],
        failures=row["failures"],
        articles=row["articles"],
        paused=bool(row["paused"]),
    )


def _moment(value: str | None) -> dt.datetime | None:
    return None if value is None else dt.datetime.fromisoformat(value)
