"""Servers that answer anything: `python -m tests.robustness.hostile_servers [COUNT [SEED]]`.

Proper answers are cut, repeated, shuffled and sprinkled with random bytes. Each must end within the time limit, in
what was fetched or in one sentence; nothing else may be raised, and no thread or connection may be left.
"""

from __future__ import annotations

import gzip
import random
import sys
import threading
import time
from collections import Counter

from desktop_app.errors import ReaderError
from desktop_app.fetching.fetcher import Fetcher, Limits, Request
from tests.web_server import Exchange, serving

_LIMITS = Limits(connect_s=1.0, silence_s=0.5, total_s=1.0, body_bytes=200_000)
_BODY = b"<rss><channel><title>News</title></channel></rss>" * 20
_PIECES = (
    b"HTTP/1.1 200 OK\r\n",
    b"HTTP/1.0 200\r\n",
    b"HTTP/1.1 301 Moved\r\nLocation: /next\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\n",
    b"HTTP/1.1 304 Not Modified\r\n",
    b"HTTP/1.1 204 No Content\r\n",
    b"HTTP/1.1 429 Wait\r\nRetry-After: 5\r\n",
    b"Content-Length: 980\r\n",
    b"Content-Length: 5\r\n",
    b"Content-Length: -1\r\n",
    b"Content-Length: 99999999999999999999\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: gzip, chunked\r\n",
    b"Content-Encoding: gzip\r\n",
    b"Content-Encoding: deflate\r\n",
    b"Content-Encoding: identity\r\n",
    b"Content-Type: text/html; charset=utf-8\r\n",
    b"Content-Type: text/html; charset=\xff\xfe\r\n",
    b"Location: http://[::1\r\n",
    b"Location: \xe0\xa4\xa8\r\n",
    b"Set-Cookie: a=b\r\n",
    b"ETag: \x00\r\n",
    b": no name\r\n",
    b"no colon\r\n",
    b" folded\r\n",
    b"X: " + b"y" * 70_000 + b"\r\n",
    b"\r\n",
    b"\n",
    b"5\r\nhello\r\n0\r\n\r\n",
    b"ffffffffffffffff\r\n",
    b"-5\r\n",
    b"5;" + b"x" * 70_000 + b"\r\n",
    _BODY,
    gzip.compress(_BODY),
    gzip.compress(_BODY)[:40],
    b"\x00" * 100,
)


def answer(chance: random.Random) -> bytes:
    """One answer, more or less like one."""
    parts = [chance.choice(_PIECES[:7])]
    parts += [chance.choice(_PIECES) for _ in range(chance.randrange(8))]
    parts += [b"\r\n", chance.choice(_PIECES)]
    if chance.random() < 0.2:
        chance.shuffle(parts)
    data = bytearray(b"".join(parts))
    for _ in range(chance.choice((0, 0, 1, 5))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.2:
        del data[chance.randrange(len(data)) :]
    return bytes(data)


def run(count: int, seed: int) -> Counter[str]:
    """How each of *count* answers ended; AssertionError if one did not end as it should."""
    chance = random.Random(seed)
    ends: Counter[str] = Counter()
    fetcher = Fetcher(_LIMITS)
    before = threading.active_count()
    with serving() as server:

        def reply(exchange: Exchange) -> None:
            exchange.send(answer(chance))
            after = chance.random()
            if after < 0.05:
                exchange.reset()
            elif after < 0.06:
                exchange.drip(b"x" * 1000)

        server.pages["/"] = server.pages["/next"] = reply
        for number in range(count):
            began = time.monotonic()
            try:
                found = fetcher.fetch(Request(server.url("/"), etag='"1"' if number % 2 else None))
                end = "unchanged" if found.unchanged else "fetched"
                assert len(found.data) <= _LIMITS.body_bytes, number
            except ReaderError as error:
                message = str(error)
                assert message.startswith(server.url("/")), (number, message)
                end = message.partition(": ")[2].partition(". ")[0].replace(server.url("/"), "")[:60]
            assert time.monotonic() - began < _LIMITS.total_s + 2, number
            ends[end] += 1
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert threading.active_count() <= before
    return ends


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    for end, number in run(count, seed).most_common():
        print(f"{number:6}  {end}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
