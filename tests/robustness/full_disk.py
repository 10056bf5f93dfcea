"""A small disk that fills up during an import: one sentence, nothing lost, and it goes on when there is room.

Needs root (for a small tmpfs).
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.robustness.ground import (
    Tally,
    Unfit,
    check_kept,
    check_sound,
    home,
    paths_stored,
    reported,
    run_script,
    run_with,
    sentences_in,
    times_wanted,
    write_articles,
)

SIZES_KB = (40, 120, 280, 400, 520, 700, 1000, 1500, 2200, 3000)
FILES = 700


@contextlib.contextmanager
def small_disk(place: Path, size_kb: int) -> Iterator[None]:
    if sys.platform != "linux" or os.geteuid() != 0:
        raise Unfit("a small disk can only be made by root, on Linux")
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size_kb}k", "setu-robust", place], capture_output=True, check=False
    )
    if mounted.returncode:
        raise Unfit(f"mount is not allowed here: {mounted.stderr.decode(errors='replace').strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def run(times: int, files: int = FILES) -> Tally:
    tally = Tally()
    with home() as program:
        reports = program.home / "reports"
        articles = write_articles(reports, files)
        for number in range(times):
            size_kb = SIZES_KB[number % len(SIZES_KB)]
            disk = program.home / f"disk{number}"
            with small_disk(disk, size_kb):
                folder = disk / "library"
                # The caches fill the disk, too, every other time.
                where = {"XDG_CACHE_HOME": str(disk / "cache")} if number % 2 else {}
                said: dict[str, int] = {}
                name = f"{size_kb} KB"
                outcome = run_with(program, where, "--library", folder, "import", "--json", reports)
                told = sentences_in(outcome)
                said |= reported(outcome)
                tally.expect(outcome.code == 1, f"{name}: exit code {outcome.code}")
                tally.expect(
                    len(told) == 1 and "disk is full" in told[0], f"{name}: not one clear sentence: {told[:4]}"
                )
                tally.count("sentences", len(told))
                tally.count("reported saved before it was full", len(said))
                subprocess.run(["mount", "-o", "remount,size=200m", disk], check=True)
                if said:
                    check_kept(tally, folder, said, name)
                outcome = run_with(program, where, "--library", folder, "import", "--json", reports)
                tally.expect(outcome.code == 0, f"{name}: did not go on: {sentences_in(outcome)[:2]}")
                stored = paths_stored(folder)
                tally.expect(sorted(stored) == sorted(map(str, articles)), f"{name}: {len(stored)} of {files} are in")
                check_sound(tally, folder, name, index_too=not where)
    return tally


def main() -> int:
    return run(times_wanted(len(SIZES_KB), __doc__)).end()


if __name__ == "__main__":
    run_script(main)
