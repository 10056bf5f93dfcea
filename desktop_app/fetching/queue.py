"""Several requests at once, politely: never two to one host, and a pause between them."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import Generic, TypeVar

from desktop_app.errors import ReaderError
from desktop_app.fetching.addresses import host_of, normal_address
from desktop_app.fetching.errors import FetchFailed
from desktop_app.fetching.fetcher import Fetched, Fetcher, Request

_AT_ONCE = 4
_PAUSE_S = 0.5
_MOST_RESULTS = 8
"""So much that has come may wait to be taken; then nothing more is asked for."""

Token = TypeVar("Token")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Token]):
    """What became of one request: `fetched`, or `error` says why it is None."""

    token: Token
    address: str
    fetched: Fetched | None
    error: ReaderError | None


class FetchQueue(Generic[Token]):
    """Requests run in threads of their own; their outcomes are taken one by one, in the order in which they come.

    *pause_s* lies between the end of one request to a host and the next to the same host.
    """

    def __init__(self, fetcher: Fetcher, *, at_once: int = _AT_ONCE, pause_s: float = _PAUSE_S) -> None:
        self._fetcher = fetcher
        self._at_once, self._pause_s = at_once, pause_s
        self._changed = threading.Condition()
        self._waiting: deque[tuple[Token, Request, str]] = deque()
        self._hosts_in_use: set[str] = set()
        self._host_free_at: dict[str, float] = {}
        self._running = 0
        self._results: deque[Outcome[Token]] = deque()
        self._threads: list[threading.Thread] = []
        self._closed = False

    @property
    def busy(self) -> bool:
        """Whether there is, or will be, an outcome to take."""
        with self._changed:
            return bool(self._waiting or self._running or self._results)

    def add(self, token: Token, request: Request) -> None:
        """Ask as soon as it is its turn; *token* comes back with the outcome."""
        try:
            host = host_of(normal_address(request.address))
        except ReaderError as error:
            with self._changed:
                self._results.append(Outcome(token, request.address, None, error))
            return
        with self._changed:
            self._waiting.append((token, request, host))
            if len(self._threads) < self._at_once:
                thread = threading.Thread(target=self._work, name="setu-fetch", daemon=True)
                self._threads.append(thread)
                thread.start()
            self._changed.notify_all()

    def next(self, timeout_s: float) -> Outcome[Token] | None:
        """The next outcome; None if none has come in time."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._results, timeout_s):
                return None
            outcome = self._results.popleft()
            self._changed.notify_all()
            return outcome

    def close(self) -> None:
        """Give up what waits and cut off what runs."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify_all()
        self._fetcher.stop()

    def _work(self) -> None:
        while (turn := self._turn()) is not None:
            token, request, host = turn
            try:
                outcome = Outcome(token, request.address, self._fetcher.fetch(request), None)
            except ReaderError as error:
                outcome = Outcome(token, request.address, None, error)
            except Exception:
                # The edge of a thread: what we did not foresee costs this request, not the others.
                logging.getLogger(__name__).exception("fetching %s failed", request.address)
                fault = FetchFailed(request.address, "something went wrong inside Setu; the log has the details")
                outcome = Outcome(token, request.address, None, fault)
            with self._changed:
                self._running -= 1
                self._hosts_in_use.discard(host)
                self._host_free_at[host] = time.monotonic() + self._pause_s
                self._results.append(outcome)
                self._changed.notify_all()

    def _turn(self) -> tuple[Token, Request, str] | None:
        """Wait for a request whose host is free, and take it; None at the end."""
        with self._changed:
            while not self._closed:
                soonest: float | None = None
                if len(self._results) < _MOST_RESULTS:
                    now = time.monotonic()
                    for index, turn in enumerate(self._waiting):
                        if turn[2] in self._hosts_in_use:
                            continue
                        free_at = self._host_free_at.get(turn[2], now)
                        if free_at <= now:
                            del self._waiting[index]
                            self._running += 1
                            self._hosts_in_use.add(turn[2])
                            return turn
                        soonest = free_at if soonest is None else min(soonest, free_at)
                self._changed.wait(None if soonest is None else max(soonest - time.monotonic(), 0.0))
        return None
