"""How much CPU time and memory an import of mixed formats takes, beside `recollindex` on the same files.

Run: `python tests/benchmarks/import_mixed.py [--articles N] [--window]`. CPU time is that of all processes together,
all bound to one core: for Setu the command `import`, with the processes that read, store and index; for Recoll its
indexer with its filters. Memory is the most that Setu's working processes held together, sampled ten times a second.
With --window, the real window imports the same files, and the gaps between the ticks of a 10 ms timer are noted.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_app.library import Library
from tests.benchmarks.machine import machine
from tests.benchmarks.mixed_corpus import write_mixed

GOAL_PER_CPU_SECOND = 100
GOAL_MB = 600
GOAL_GAP_MS = 100


@dataclass(frozen=True, slots=True)
class Run:
    """What one program took: seconds of all its processes, megabytes of those below it, and what it wrote."""

    cpu_s: float
    wall_s: float
    peak_mb: float
    output: str


def measured(command: list[str], environment: dict[str, str]) -> Run:
    """Run *command* on one core to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began, peak = time.perf_counter(), 0.0
    core = min(os.sched_getaffinity(0))
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        process = subprocess.Popen(
            command, env=environment, stdout=output, stderr=subprocess.DEVNULL,
            preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        )  # fmt: skip
        while process.poll() is None:
            peak = max(peak, sum(resident_mb(child) for child in descendants(process.pid)))
            time.sleep(0.1)
        output.seek(0)
        said = output.read()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(cpu, time.perf_counter() - began, peak, said)


def descendants(process: int) -> list[int]:
    found = []
    try:
        for task in os.listdir(f"/proc/{process}/task"):
            with open(f"/proc/{process}/task/{task}/children", encoding="ascii") as file:
                for child in map(int, file.read().split()):
                    found += [child, *descendants(child)]
    except OSError:
        return found
    return found


def resident_mb(process: int) -> float:
    try:
        with open(f"/proc/{process}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, IndexError):
        return 0.0


def setu(folder: Path, news: Path, articles: int) -> float:
    """Import with Setu; the articles per second of CPU time."""
    environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}
    library = folder / "library"
    command = [sys.executable, "-m", "desktop_app", "--library", str(library), "import", "--json", str(news)]
    run = measured(command, environment)
    statuses = Counter(json.loads(line)["status"] for line in run.output.splitlines())
    os.environ["XDG_CACHE_HOME"] = environment["XDG_CACHE_HOME"]
    with Library(library) as opened:
        stored, searchable = opened.status().articles, opened.index_is_complete()
    print(f"setu          {run.cpu_s:7.1f} s CPU  {run.wall_s:7.1f} s  {run.peak_mb:5.0f} MB  {dict(statuses)}")
    print(
        f"              {stored} articles stored, {'all' if searchable else 'NOT all'} searchable: "
        f"{stored / run.cpu_s:.0f} articles per CPU-second (goal {GOAL_PER_CPU_SECOND}), "
        f"{run.peak_mb:.0f} MB (goal {GOAL_MB})"
    )
    if stored != articles:
        print(f"              {articles} were to be stored")
    return stored / run.cpu_s


def recoll(folder: Path, news: Path, articles: int) -> float | None:
    """Index the same files with Recoll, if it is there; the articles per second of CPU time."""
    program = shutil.which("recollindex")
    if program is None:
        print("recollindex is not installed (Debian: recollcmd)")
        return None
    place = folder / "recoll"
    place.mkdir()
    (place / "recoll.conf").write_text(f"topdirs = {news}\nloglevel = 2\nidxflushmb = 50\n", encoding="utf-8")
    run = measured([program, "-c", str(place)], dict(os.environ))
    print(
        f"recollindex   {run.cpu_s:7.1f} s CPU  {run.wall_s:7.1f} s  {articles / run.cpu_s:.0f} articles per CPU-second"
    )
    return articles / run.cpu_s


def window(folder: Path, news: Path, articles: int) -> None:
    """The gaps in the window's event loop while it imports."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.benchmarks.import_articles import report, watch_import

    floor, busy, _ = watch_import(folder / "window", news, articles)
    report("floor: an idle window", floor)
    report("while the same files are imported", busy)
    print(f"goal: worst gap under {GOAL_GAP_MS} ms")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--window", action="store_true")
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(prefix="setu-benchmark-") as scratch:
        folder = Path(scratch)
        files = write_mixed(folder / "news", options.articles)
        print(f"{options.articles} articles in {files} files")
        ours = setu(folder, folder / "news", options.articles)
        theirs = recoll(folder, folder / "news", options.articles)
        if theirs is not None:
            print(f"setu / recollindex: {ours / theirs:.2f} times as fast")
        if options.window:
            window(folder, folder / "news", options.articles)
    return 0


if __name__ == "__main__":
    sys.exit(main())
