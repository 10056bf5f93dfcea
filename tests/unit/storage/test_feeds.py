"""When feeds are due, whatever the clock says, and what is remembered of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.storage.database import Database
from desktop_app.storage.feeds import ITEM_ATTEMPTS, FeedStore, Validators

YEARS = dt.timedelta(days=3650)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path, writing=True)
    yield database
    database.close()


@pytest.fixture
def feeds(database: Database) -> FeedStore:
    return FeedStore(database)


def checked(feeds: FeedStore, database: Database, id_: int, wait_minutes: int = 0) -> dt.datetime:
    """The feed was just read; the moment of that."""
    with database.transaction():
        feeds.note_success(id_, title="", validators=None, wait_minutes=wait_minutes)
    found = feeds.feed(id_)
    assert found is not None
    assert found.checked_at is not None
    return found.checked_at


def subscribed(feeds: FeedStore, database: Database, name: str, minutes: int) -> int:
    with database.transaction():
        id_ = feeds.add(f"https://example.org/{name}", name)
        feeds.set_interval(id_, minutes)
    return id_


def after(moment: dt.datetime, minutes: float) -> dt.datetime:
    return moment + dt.timedelta(minutes=minutes)


def test_only_scheduled_feeds_are_due(feeds: FeedStore, database: Database) -> None:
    subscribed(feeds, database, "when asked", 0)
    hourly = subscribed(feeds, database, "hourly", 60)
    now = dt.datetime.now(dt.UTC)
    assert feeds.due(now) == [hourly]
    moment = checked(feeds, database, hourly)
    assert feeds.due(after(moment, 59)) == []
    assert feeds.due(after(moment, 61)) == [hourly]


def test_the_longest_waiting_comes_first(feeds: FeedStore, database: Database) -> None:
    first, second, never = (subscribed(feeds, database, name, 60) for name in ("a", "b", "c"))
    moment = checked(feeds, database, second)
    with database.transaction() as connection:
        connection.execute("UPDATE feeds SET checked_at = ? WHERE id = ?", (after(moment, -30).isoformat(), first))
    assert feeds.due(after(moment, 100)) == [never, first, second]


def test_a_server_is_never_asked_oftener_than_it_wants(feeds: FeedStore, database: Database) -> None:
    id_ = subscribed(feeds, database, "a", 15)
    moment = checked(feeds, database, id_, wait_minutes=90)
    assert feeds.due(after(moment, 80)) == []
    assert feeds.due(after(moment, 91)) == [id_]
    moment = checked(feeds, database, id_, wait_minutes=10_000_000)
    assert feeds.due(after(moment, 24 * 60 + 1)) == [id_]


def test_a_failing_feed_is_asked_less_and_less_often(feeds: FeedStore, database: Database) -> None:
    id_ = subscribed(feeds, database, "a", 15)
    waits = []
    for _ in range(20):
        with database.transaction():
            feeds.note_failure(id_, "It failed.")
        found = feeds.feed(id_)
        assert found is not None
        assert found.checked_at is not None
        moment = found.checked_at
        waits.append(next(minutes for minutes in range(0, 3000, 15) if feeds.due(after(moment, minutes))))
    assert waits[:4] == [30, 60, 120, 240]
    assert waits[-1] == 24 * 60
    moment = checked(feeds, database, id_)
    assert feeds.due(after(moment, 16)) == [id_]


def test_a_day_without_network_is_not_the_feeds_fault(feeds: FeedStore, database: Database) -> None:
    id_ = subscribed(feeds, database, "a", 15)
    with database.transaction():
        for _ in range(100):
            feeds.note_failure(id_, "There is no network.", no_network=True)
    found = feeds.feed(id_)
    assert found is not None
    assert found.checked_at is not None
    assert found.failures == 1
    assert feeds.due(after(found.checked_at, 31)) == [id_]


def test_a_feed_that_is_gone_is_due_no_more_until_it_is_read_again(feeds: FeedStore, database: Database) -> None:
    id_ = subscribed(feeds, database, "a", 15)
    with database.transaction():
        feeds.note_failure(id_, "It is gone.", paused=True)
    assert feeds.due(dt.datetime.now(dt.UTC) + YEARS) == []
    moment = checked(feeds, database, id_)
    assert feeds.due(after(moment, 16)) == [id_]


@pytest.mark.parametrize("jump", [YEARS, -YEARS])
def test_a_clock_that_jumps_neither_floods_nor_stalls(feeds: FeedStore, database: Database, jump: dt.timedelta) -> None:
    ids = [subscribed(feeds, database, name, 60) for name in "abc"]
    moment = max(checked(feeds, database, id_) for id_ in ids)
    wrong = moment + jump
    assert sorted(feeds.due(wrong)) == ids
    with database.transaction() as connection:
        connection.execute("UPDATE feeds SET checked_at = ?", (wrong.isoformat(),))
    assert feeds.due(after(wrong, 1)) == []
    # The clock is set right: each is due once more, and then in its own time.
    assert sorted(feeds.due(after(moment, 2))) == ids
    for id_ in ids:
        moment = checked(feeds, database, id_)
    assert feeds.due(after(moment, 2)) == []


def test_items_are_remembered_and_failing_ones_given_up(feeds: FeedStore, database: Database) -> None:
    id_ = subscribed(feeds, database, "a", 0)
    with database.transaction():
        feeds.remember_item(id_, "read", "digest", None)
        for _ in range(ITEM_ATTEMPTS - 1):
            feeds.remember_item(id_, "failing", "digest", None, failed=True)
    seen = feeds.seen(id_)
    assert (seen["read"].settled, seen["failing"].settled) == (True, False)
    with database.transaction():
        feeds.remember_item(id_, "failing", "digest", None, failed=True)
    assert feeds.seen(id_)["failing"].settled


def test_nothing_is_remembered_for_a_feed_that_was_left(feeds: FeedStore, database: Database) -> None:
    id_ = subscribed(feeds, database, "a", 0)
    with database.transaction():
        feeds.remember_item(id_, "one", "digest", None)
        feeds.remove(id_)
        feeds.remember_item(id_, "two", "digest", None)
    assert feeds.seen(id_) == {}
    assert feeds.all() == []


def test_a_feed_that_moves_to_another_subscription_stays(feeds: FeedStore, database: Database) -> None:
    one, other = (subscribed(feeds, database, name, 0) for name in "ab")
    with database.transaction():
        feeds.move(one, "https://example.org/c")
        feeds.move(other, "https://example.org/c")
    assert [feed.address for feed in feeds.all()] == ["https://example.org/c", "https://example.org/b"]


def test_what_a_server_gave_to_ask_with_is_kept(feeds: FeedStore, database: Database) -> None:
    id_ = subscribed(feeds, database, "a", 0)
    known = Validators('"7"', "Mon, 01 Jan 2024 00:00:00 GMT")
    with database.transaction():
        feeds.note_success(id_, title="ख़बर", validators=known, wait_minutes=0)
        feeds.note_success(id_, title="other", validators=None, wait_minutes=None)
    assert feeds.validators(id_) == known
    assert [feed.title for feed in feeds.all()] == ["a"]
