"""kill -9 while the search index is built: the next search heals it unasked, and finds what it must."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from desktop_app.worker import WorkerClient
from tests.end_to_end.program import Program
from tests.robustness.ground import (
    Tally,
    check_sound,
    home,
    run_script,
    sentences_in,
    start,
    times_wanted,
    write_articles,
)

ARTICLES = 600
QUERIES = ("moscow", "title:harvest -title:river", '"दिल्ली"', "lang:hi संधि", "mons*")


def stored_but_not_indexed(program: Program, articles: int) -> Path:
    """A library whose articles all wait for the index."""
    folder = program.home / "template"
    reports = program.home / "reports"
    write_articles(reports, articles)
    with contextlib.closing(WorkerClient(folder, searchable=False)) as client:
        client.import_paths([reports])
        for _ in client.events():
            pass
    return folder


def answers(program: Program, folder: Path, queries: Sequence[str]) -> list[list[tuple[int, float]]]:
    found = []
    for query in queries:
        outcome = program.run("--library", folder, "search", "--json", "--limit", "1000", "--", query)
        # Equal scores may come in any order.
        found.append(sorted((hit["id"], hit["score"]) for hit in outcome.lines))
    return found


def run(times: int, seed: int = 2, articles: int = ARTICLES, queries: Sequence[str] = QUERIES) -> Tally:
    tally = Tally()
    rng = random.Random(seed)
    with home() as program:
        template = stored_but_not_indexed(program, articles)
        folder = program.home / "library"
        shutil.copytree(template, folder)
        began = time.monotonic()
        said = program.home / "said"
        start(program, "--library", folder, "reindex", said=said).wait()
        longest_s = time.monotonic() - began
        expected = answers(program, folder, queries)
        tally.expect(all(expected), "a query of the script finds nothing at all")
        number = 0
        while number < times:
            # Now into nothing, now over an index that is there.
            if rng.random() < 0.5:
                shutil.rmtree(folder)
                shutil.copytree(template, folder)
                shutil.rmtree(program.cache, ignore_errors=True)
            began = time.monotonic()
            process = start(program, "--library", folder, "reindex", said=said)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(rng.uniform(0.1, longest_s))
            if process.returncode is not None:
                # The machine has less to do than when this was measured.
                longest_s = time.monotonic() - began
                tally.count("ended before")
                continue
            number += 1
            tally.count("killed")
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            outcome = program.run("--library", folder, "search", "--json", "--limit", "1000", "--", queries[0])
            found = sorted((hit["id"], hit["score"]) for hit in outcome.lines)
            tally.expect(found == expected[0], f"kill {number}: a wrong answer at once: {sentences_in(outcome)[:2]}")
            tally.expect(answers(program, folder, queries) == expected, f"kill {number}: a wrong answer")
            check_sound(tally, folder, f"kill {number}")
    return tally


def main() -> int:
    return run(times_wanted(50, __doc__)).end()


if __name__ == "__main__":
    run_script(main)
