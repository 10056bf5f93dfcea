"""Two instances, a newer library, an empty file, folders that may not be written to, clocks years ahead and behind:
the right sentence each, and not a byte changed where nothing may change."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from desktop_app.library import Library
from desktop_app.storage.backups import Backups
from desktop_app.storage.connections import FILE_NAME
from desktop_app.ui.instance import hand_over
from tests.end_to_end.program import Outcome, Program
from tests.robustness.ground import (
    Tally,
    Unfit,
    check_kept,
    faults_library,
    home,
    paths_stored,
    run_script,
    run_with,
    sentences_in,
    times_wanted,
    write_articles,
)

YEARS = 10
_YEAR_S = 365 * 24 * 3600
_WAIT_S = 60.0


def bytes_of(folder: Path) -> Mapping[str, str]:
    """What lies in *folder*, by name and digest."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def expect_sentence(tally: Tally, name: str, outcome: Outcome, words: str, *, code: int = 1) -> None:
    said = sentences_in(outcome)
    tally.count("sentences")
    tally.expect(outcome.code == code, f"{name}: exit code {outcome.code}, {said[:2]}")
    tally.expect(len(said) == 1 and words in said[0], f"{name}: {said[:3]}")


@contextlib.contextmanager
def window(program: Program, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        program.command("--library", folder), env=program.variables, cwd=program.home, stderr=subprocess.PIPE
    )
    try:
        wait_until(lambda: hand_over(folder, []), "the window listens")
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        _, complaints = process.communicate(timeout=_WAIT_S)
        assert b"Traceback" not in complaints, complaints


def wait_until(holds: Callable[[], object], what: str) -> None:
    end = time.monotonic() + _WAIT_S
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"in vain: {what}")
        time.sleep(0.1)


def second_window(tally: Tally, program: Program, files: list[Path]) -> None:
    folder = program.home / "shared"
    program.run("--library", folder, "import", files[0])
    with window(program, folder):
        began = time.monotonic()
        second = program.run("--library", folder, "open", files[1], files[2], timeout_s=_WAIT_S)
        tally.most("second window gone after, ms", round((time.monotonic() - began) * 1000))
        tally.expect(second.code == 0, f"second window: {second.stderr}")
        wait_until(lambda: len(paths_stored(folder)) == 3, "the first window imports what the second was given")
        busy = program.run("--library", folder, "import", files[3])
        expect_sentence(tally, "import beside a window", busy, "being changed by another running Setu")
        tally.expect(program.run("--library", folder, "list").code == 0, "list beside a window")
    check_kept(tally, folder, {}, "after two windows")


def two_imports(tally: Tally, program: Program, files: list[Path]) -> None:
    """At once: one imports, the other says that it must wait; nothing comes twice."""
    folder = program.home / "raced"
    both = [
        subprocess.Popen(
            program.command("--library", folder, "import", "--json", files[0].parent),
            env=program.variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]  # fmt: skip
    outcomes = []
    for process in both:
        output, complaints = process.communicate(timeout=_WAIT_S * 2)
        outcomes.append(Outcome(process.returncode, output.decode(), complaints.decode()))
    tally.expect(any(outcome.code == 0 for outcome in outcomes), "neither import went through")
    for outcome in outcomes:
        if outcome.code:
            expect_sentence(tally, "two imports at once", outcome, "another running Setu")
    stored = paths_stored(folder)
    tally.expect(len(stored) == len(set(stored)) == len(files), f"two imports: {len(stored)} of {len(files)}")


def odd_libraries(tally: Tally, program: Program, files: list[Path], count: int) -> None:
    kinds: list[tuple[str, str, Callable[[Path], object]]] = [
        ("newer", "newer Setu", _make_newer),
        ("empty", "is empty", lambda path: path.write_bytes(b"")),
        ("cut off", "cut off", lambda path: os.truncate(path, path.stat().st_size // 2)),
        ("not a database", "not a database", lambda path: path.write_bytes(b"Dear diary, " * 5000)),
        ("a foreign database", "not a library of Setu", _make_foreign),
        ("a folder in its place", "a folder lies in its place", _make_folder),
    ]
    for name, words, spoil in kinds[:count]:
        folder = program.home / f"odd {name}"
        program.run("--library", folder, "import", files[0])
        shutil.rmtree(folder / "backups", ignore_errors=True)
        (folder / "library.pages").unlink()
        spoil(folder / FILE_NAME)
        before = bytes_of(folder)
        for command in (["list"], ["import", files[1]], ["search", "moscow"]):
            expect_sentence(tally, f"{name}, {command[0]}", program.run("--library", folder, *command), words)
        checked = program.run("--library", folder, "check")
        tally.expect(checked.code == 1 and words in checked.stdout + checked.stderr, f"{name}, check: {checked}")
        tally.expect(bytes_of(folder) == before, f"{name}: bytes were changed")


def _make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def _make_foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (title)")


def _make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def read_only_folder(tally: Tally, program: Program, files: list[Path]) -> None:
    """Left by a killed writer, with its log, or closed properly; then marked so."""
    for name in ("killed", "closed properly"):
        folder = program.home / f"read-only {name}"
        program.run("--library", folder, "import", *files[:4])
        if name == "killed":
            _leave_log(folder)
        known = paths_stored_without_trace(program, folder)
        for path in (folder, *folder.rglob("*")):
            path.chmod(path.stat().st_mode & ~0o222)
        before = bytes_of(folder)
        listed = program.run("--library", folder, "list", "--json")
        tally.expect(len(listed.lines) == known, f"read-only {name}: {len(listed.lines)} of {known} articles")
        tally.expect(program.run("--library", folder, "search", "moscow OR delhi").code == 0, f"{name}: search")
        refused = program.run("--library", folder, "import", files[5])
        expect_sentence(tally, f"read-only {name}, import", refused, "may not be written to")
        tally.expect(bytes_of(folder) == before, f"read-only {name}: bytes were changed")
        with Library(folder) as library:
            tally.expect(any("nothing may be written" in line for line in library.notices()), "no notice")
        for path in (folder, *folder.rglob("*")):
            path.chmod(path.stat().st_mode | 0o200)


def paths_stored_without_trace(program: Program, folder: Path) -> int:
    copy = program.home / "copied"
    shutil.copytree(folder, copy)
    found = len(paths_stored(copy))
    shutil.rmtree(copy)
    return found


def _leave_log(folder: Path) -> None:
    """One more article, in the log alone."""
    code = (
        "import os, sys, pathlib\n"
        "from desktop_app.records import ImportOrder\n"
        "from desktop_app.working.intake import Intake\n"
        "from desktop_app.storage.articles import utc_now\n"
        "intake = Intake(pathlib.Path(sys.argv[1]))\n"
        "list(intake.import_order(ImportOrder(utc_now(), (sys.argv[2],)))); os._exit(9)"
    )
    extra = write_articles(folder.parent / "extra", 1, seed=77)[0]
    done = subprocess.run([sys.executable, "-c", code, str(folder), str(extra)], check=False, env=dict(os.environ))
    assert done.returncode == 9
    assert (folder / f"{FILE_NAME}-wal").stat().st_size > 0


def wild_clocks(tally: Tally, program: Program, files: list[Path]) -> None:
    """A day ten years ahead, a day ten years back: nothing expires, nothing is pushed out, nothing crashes."""
    shim = faults_library()
    folder = program.home / "clock"
    program.run("--library", folder, "import", *files[:6])
    numbers = [row["id"] for row in program.run("--library", folder, "list", "--json").lines]
    program.run("--library", folder, "remove", numbers[0])
    count, first = len(paths_stored(folder)), Backups(folder).all()[-1].path
    for years in (YEARS, -YEARS, YEARS, 0):
        clock = {"LD_PRELOAD": str(shim), "FAULTS_CLOCK": str(years * _YEAR_S)}
        name = f"clock {years:+} years"
        for command in (["import", files[6 + abs(years) % 5]], ["list"], ["check"], ["search", "moscow"]):
            outcome = run_with(program, clock, "--library", folder, *command)
            tally.count("commands under a wild clock")
            tally.expect(outcome.code == 0, f"{name}, {command[0]}: {outcome.stdout[-300:]}{outcome.stderr[-300:]}")
        with Library(folder) as library:
            tally.expect(len(library.article_ids()) >= count, f"{name}: articles are gone")
            tally.expect(len(library.bin.rows()) == 1, f"{name}: the bin was emptied")
        tally.expect(first.exists(), f"{name}: the first backup was pushed out")


def run(times: int, *, in_full: bool = True) -> Tally:
    """Not *in_full*: two windows and a newer library alone; the unit tests know of the rest."""
    tally = Tally()
    for _ in range(times):
        with home() as program:
            files = write_articles(program.home / "reports", 12)
            second_window(tally, program, files)
            odd_libraries(tally, program, files, 6 if in_full else 1)
            if not in_full:
                continue
            two_imports(tally, program, files)
            read_only_folder(tally, program, files)
            try:
                wild_clocks(tally, program, files)
            except Unfit as error:
                print(f"left out: {error}")
    return tally


def main() -> int:
    return run(times_wanted(1, __doc__)).end()


if __name__ == "__main__":
    run_script(main)
