"""Several requests at once: politely, each with an outcome, and none after the end."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator

import pytest

from desktop_app.fetching.errors import FetchFailed, NotAnAddress
from desktop_app.fetching.fetcher import Fetcher, Limits, Request
from desktop_app.fetching.queue import FetchQueue, Outcome
from tests.web_server import Exchange, WebServer, serving


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving() as server:
        yield server


def outcomes(queue: FetchQueue[str]) -> dict[str, Outcome[str]]:
    found = {}
    while queue.busy:
        outcome = queue.next(5)
        assert outcome is not None
        found[outcome.token] = outcome
    return found


def test_every_request_has_an_outcome(server: WebServer) -> None:
    server.page("/a", b"news")
    queue: FetchQueue[str] = FetchQueue(Fetcher(Limits(total_s=5)), pause_s=0)
    queue.add("good", Request(server.url("/a")))
    queue.add("missing", Request(server.url("/b")))
    queue.add("no address", Request("file:///etc/passwd"))
    found = outcomes(queue)
    queue.close()
    assert found["good"].fetched is not None
    assert found["good"].fetched.data == b"news"
    assert isinstance(found["missing"].error, FetchFailed)
    assert isinstance(found["no address"].error, NotAnAddress)


def test_a_host_is_asked_one_thing_after_the_other_with_a_pause(server: WebServer) -> None:
    times: list[float] = []
    running = threading.Semaphore(1)
    overlapped = threading.Event()

    def answer(exchange: Exchange) -> None:
        if not running.acquire(blocking=False):
            overlapped.set()
            return
        times.append(time.monotonic())
        exchange.answer(b"x")
        running.release()

    server.pages["/a"] = answer
    queue: FetchQueue[str] = FetchQueue(Fetcher(Limits(total_s=5)), pause_s=0.1)
    for number in range(5):
        queue.add(str(number), Request(server.url("/a")))
    assert len(outcomes(queue)) == 5
    queue.close()
    assert not overlapped.is_set()
    assert all(later - earlier >= 0.1 for earlier, later in itertools.pairwise(times))


def test_other_hosts_do_not_wait_for_a_slow_one(server: WebServer) -> None:
    server.pages["/slow"] = Exchange.hang
    with serving(host="127.0.0.2") as other:
        other.page("/a", b"quick")
        queue: FetchQueue[str] = FetchQueue(Fetcher(Limits(total_s=30, silence_s=30)), pause_s=0)
        queue.add("slow", Request(server.url("/slow")))
        queue.add("behind it", Request(server.url("/slow")))
        queue.add("quick", Request(other.url("/a")))
        first = queue.next(5)
        assert first is not None
        assert first.token == "quick"
        queue.close()


def test_waiting_for_an_outcome_ends_in_time(server: WebServer) -> None:
    server.pages["/slow"] = Exchange.hang
    queue: FetchQueue[str] = FetchQueue(Fetcher(Limits(total_s=30, silence_s=30)))
    queue.add("slow", Request(server.url("/slow")))
    assert queue.next(0.05) is None
    assert queue.busy
    queue.close()


def test_after_the_end_nothing_is_asked_any_more(server: WebServer) -> None:
    began = threading.Event()

    def hang(exchange: Exchange) -> None:
        began.set()
        exchange.hang()

    server.pages["/a"] = hang
    queue: FetchQueue[str] = FetchQueue(Fetcher(Limits(total_s=30, silence_s=30)), pause_s=0)
    for number in range(10):
        queue.add(str(number), Request(server.url("/a")))
    assert began.wait(5)
    queue.close()
    outcome = queue.next(5)
    assert outcome is not None
    assert "was stopped" in str(outcome.error)
    assert not queue.busy
    assert len(server.asked) == 1


def test_what_has_come_waits_to_be_taken_before_more_is_asked_for(server: WebServer) -> None:
    server.page("/a", b"x")
    queue: FetchQueue[str] = FetchQueue(Fetcher(Limits(total_s=5)), pause_s=0)
    for number in range(30):
        queue.add(str(number), Request(server.url("/a")))
    deadline = time.monotonic() + 5
    while len(server.asked) < 8 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert queue.next(5) is not None
    assert len(server.asked) <= 10
    assert len(outcomes(queue)) == 29
    queue.close()
