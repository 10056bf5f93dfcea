"""kill -9 at random moments of fetching feeds: nothing that was reported saved is lost, every item comes once.

A feed lists items that are whole and items whose pages have to be fetched. It is fetched again and again, each time
killed at a random moment; in the end everything must be there exactly once, and nothing may come again.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from collections import Counter
from html import escape
from pathlib import Path

from tests.robustness.ground import (
    Tally,
    acknowledged,
    check_kept,
    check_sound,
    home,
    paths_stored,
    run_script,
    start,
    times_wanted,
    write_articles,
)
from tests.web_server import WebServer, serving

ITEMS = 60
PAGES = 6
_KILLS_A_LIBRARY = 5


def run(times: int, seed: int = 1) -> Tally:
    tally = Tally()
    rng = random.Random(seed)
    done = 0
    with home() as program, serving() as server:
        wanted = sorted(_serve(server, write_articles(program.home / "texts", ITEMS)))
        longest_s = 3.0
        while done < times:
            folder, said = program.home / f"library{done}", program.home / f"said{done}"
            assert program.run("--library", folder, "feeds", "add", server.url("/feed")).code == 0
            for _ in range(min(_KILLS_A_LIBRARY, times - done)):
                process = start(program, "--library", folder, "feeds", "fetch", "--json", said=said)
                time.sleep(rng.uniform(0.3, longest_s))
                tally.count("killed" if process.poll() is None else "ended before")
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                done += 1
                check_kept(tally, folder, acknowledged(said), f"kill {done}")
            began = time.monotonic()
            start(program, "--library", folder, "feeds", "fetch", "--json", said=said).wait()
            longest_s = max(2.0, time.monotonic() - began)
            stored = paths_stored(folder)
            tally.expect(sorted(stored) == wanted, f"after {done}: {_difference(stored, wanted)}")
            tally.count("items reported", len(acknowledged(said)))
            again = program.run("--library", folder, "feeds", "fetch", "--json")
            tally.expect(again.lines == [], f"after {done}: {len(again.lines)} items came again")
            check_sound(tally, folder, f"after {done}")
    return tally


def _serve(server: WebServer, texts: list[Path]) -> list[str]:
    """A feed of *texts*; the addresses of its items."""
    items, addresses = [], []
    for number, path in enumerate(texts):
        title, _, body = path.read_text(encoding="utf-8").partition("\n")
        markup = "".join(f"<p>{escape(line)}</p>" for line in body.split("\n") if line)
        address = server.url(f"/{number}")
        addresses.append(address)
        if number % (ITEMS // PAGES) == 0:
            server.page(f"/{number}", f"<html><title>{title}</title><article><h1>{title}</h1>{markup}</article></html>")
            markup = "<p>Short.</p>"
        items.append(
            f"<item><guid isPermaLink='false'>{number}</guid><title>{title}</title><link>{address}</link>"
            f"<description>{escape(markup)}</description></item>"
        )
    server.page("/feed", f"<rss version='2.0'><channel><title>All</title>{''.join(items)}</channel></rss>", ETag='"1"')
    return addresses


def _difference(stored: list[str], wanted: list[str]) -> str:
    there, due = Counter(stored), Counter(wanted)
    return f"missing {sorted(due - there)[:5]}, too many {sorted(there - due)[:5]}"


def main() -> int:
    return run(times_wanted(50, __doc__)).end()


if __name__ == "__main__":
    run_script(main)
