"""kill -9 at random moments of an import: nothing that was reported saved is lost, nothing comes twice.

Now the whole program is killed, now only its window or command line, now only the worker. The same files are imported
again and again until all are in, then the next library begins.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from pathlib import Path

import psutil

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

FILES = 300
_KILLS_A_LIBRARY = 8
MOST_OPENING_S = 2.0


def run(times: int, seed: int = 1, files: int = FILES) -> Tally:
    tally = Tally()
    rng = random.Random(seed)
    done = 0
    with home() as program:
        reports = program.home / "reports"
        articles = write_articles(reports, files)
        longest_s = 2.0
        while done < times:
            folder = program.home / f"library{done}"
            said = program.home / f"said{done}"
            for _ in range(min(_KILLS_A_LIBRARY, times - done)):
                process = start(program, "--library", folder, "import", "--json", reports, said=said)
                time.sleep(rng.uniform(0.2, longest_s))
                whom = rng.choice(("all", "all", "front", "worker"))
                still_running = process.poll() is None
                _kill(process.pid, whom)
                process.wait()
                if whom == "front":
                    _wait_for_orphans(process.pid)
                done += 1
                tally.count(f"killed {whom}" if still_running else "ended before")
                took = check_kept(tally, folder, acknowledged(said), f"kill {done}") if folder.exists() else 0.0
                tally.most("slowest opening, ms", round(took * 1000))
                tally.expect(took < MOST_OPENING_S, f"kill {done}: opening took {took:.1f} s")
            # Python itself complains where its parent was killed while it started; what counts is the last run.
            said.with_suffix(".err").write_bytes(b"")
            began = time.monotonic()
            start(program, "--library", folder, "import", "--json", reports, said=said).wait()
            longest_s = max(1.0, min(longest_s, time.monotonic() - began))
            stored = paths_stored(folder)
            tally.expect(sorted(stored) == sorted(map(str, articles)), f"after {done}: {len(stored)} of {files} are in")
            tally.count("lost", 0)
            tally.count("reported saved", len(acknowledged(said)))
            check_sound(tally, folder, f"after {done}")
            _expect_no_traceback(tally, said)
    return tally


def _kill(pid: int, whom: str) -> None:
    with contextlib.suppress(ProcessLookupError, psutil.NoSuchProcess):
        if whom == "all":
            os.killpg(pid, signal.SIGKILL)
        elif whom == "front":
            os.kill(pid, signal.SIGKILL)
        else:
            for child in psutil.Process(pid).children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):
                    child.kill()


def _wait_for_orphans(group: int) -> None:
    """The worker of a killed program ends by itself, as soon as it has nobody to report to."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    os.killpg(group, signal.SIGKILL)
    raise AssertionError("a worker outlived its program by 30 seconds")


def _expect_no_traceback(tally: Tally, said: Path) -> None:
    complaints = said.with_suffix(".err").read_text(encoding="utf-8", errors="replace")
    tally.expect("Traceback" not in complaints, f"a traceback: {complaints[-500:]}")


def main() -> int:
    return run(times_wanted(200, __doc__)).end()


if __name__ == "__main__":
    run_script(main)
