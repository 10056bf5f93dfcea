"""Hostile files through the import that users run: the right outcome for each, in time, in memory, without reach.

Run: `python -m tests.robustness.hostile_files [--only PART_OF_NAME] [--verbose]`. Exit code 1 if any file gets out of
hand. Each file is imported into a library by the worker process, as by `setu import`. Checked are what became of it,
that its report is whole, that it took at most 10 seconds (of CPU, where the machine is busy with other work) and no
process more than 512 MB, that a server on this machine was not asked, and that a file outside (a pipe, whose reader
would wait for ever) was not opened.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from desktop_app.domain import FileReport, ImportStatus
from desktop_app.library import Library
from desktop_app.worker import TaskFailed
from tests.robustness.hostile_cases import cases
from tests.robustness.hostile_making import IMPORTED, REFUSED, SKIPPED, Hostile

TIME_LIMIT_S = 10.0
MEMORY_LIMIT_BYTES = 512 << 20
_OUTCOMES = {
    ImportStatus.IMPORTED: IMPORTED,
    ImportStatus.DUPLICATE: IMPORTED,
    ImportStatus.UPDATED: IMPORTED,
    ImportStatus.REFUSED: REFUSED,
    ImportStatus.SKIPPED: SKIPPED,
}


@dataclass(slots=True)
class Result:
    """What became of one hostile file; `wrong` is empty if it was what should.

    `seconds` are of the clock, `cpu_seconds` those that the processes which read and store took together.
    """

    name: str
    seconds: float
    cpu_seconds: float
    memory_bytes: int
    outcomes: frozenset[str]
    messages: list[str]
    wrong: list[str] = field(default_factory=list)


class Watch:
    """The most memory that any process below this one holds, and whether anyone asks the server here."""

    def __init__(self) -> None:
        self.peak_bytes = 0
        self.asked = 0
        self._cpu_seconds: dict[int, float] = {}
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.02)
        self.port: int = self._server.getsockname()[1]
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    @property
    def cpu_seconds(self) -> float:
        """What all processes below this one have taken so far, those that ended as far as it was seen."""
        return sum(self._cpu_seconds.values())

    def close(self) -> None:
        self._ended.set()
        self._thread.join()
        self._server.close()

    def _work(self) -> None:
        this = psutil.Process()
        while not self._ended.is_set():
            for process in this.children(recursive=True):
                try:
                    self.peak_bytes = max(self.peak_bytes, process.memory_info().rss)
                    times = process.cpu_times()
                    self._cpu_seconds[process.pid] = times.user + times.system
                except psutil.Error:
                    continue
            try:
                connection, _ = self._server.accept()
            except TimeoutError:
                continue
            self.asked += 1
            connection.close()


def run(only: str = "", every: int = 1) -> Iterator[Result]:
    """Import each hostile file (of them those named *only*, each *every*-th) and say what became of it."""
    with tempfile.TemporaryDirectory(prefix="setu-hostile-") as scratch, _watching() as watch:
        folder = Path(scratch)
        canary = folder / "canary"
        os.mkfifo(canary)
        files = folder / "files"
        files.mkdir()
        chosen = [case for case in cases(canary, watch.port) if only in case.name][::every]
        with Library(folder / "library", writing=True) as library:
            _import(library, _written(Hostile("first.txt", frozenset(), lambda: b"A first report of words."), files))
            for case in chosen:
                path = _written(case, files)
                watch.peak_bytes = 0
                began, cpu_began = time.monotonic(), watch.cpu_seconds
                reports = _import(library, path)
                result = Result(
                    case.name,
                    time.monotonic() - began,
                    watch.cpu_seconds - cpu_began,
                    watch.peak_bytes,
                    frozenset(_OUTCOMES[report.status] for report in reports),
                    [report.message for report in reports if report.message],
                )
                result.wrong = list(_faults(case, result, reports, library, watch))
                path.unlink()
                yield result


def _written(case: Hostile, folder: Path) -> Path:
    path = folder / case.name
    if case.build is not None:
        case.build(path)
    elif case.make is not None:
        path.write_bytes(case.make if isinstance(case.make, bytes) else case.make())
    return path


def _import(library: Library, path: Path) -> list[FileReport]:
    library.worker.import_paths([path])
    reports = []
    for event in library.worker.events():
        if isinstance(event, FileReport):
            reports.append(event)
        elif isinstance(event, TaskFailed):
            reports.append(FileReport(str(path), ImportStatus.REFUSED, None, f"TASK FAILED: {event.message}"))
    return reports


def _faults(
    case: Hostile, result: Result, reports: Sequence[FileReport], library: Library, watch: Watch
) -> Iterator[str]:
    """What is not as it should be; takes the articles out of the library again."""
    if not result.outcomes or result.outcomes - case.outcome:
        yield f"became {sorted(result.outcomes)}, not {sorted(case.outcome)}"
    busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    # On a machine busy with other work only the time of these processes themselves tells anything.
    if (seconds := result.cpu_seconds if busy else result.seconds) > TIME_LIMIT_S:
        yield f"took {seconds:.1f} seconds"
    if result.memory_bytes > MEMORY_LIMIT_BYTES:
        yield f"took {result.memory_bytes >> 20} MB"
    if watch.asked:
        yield "asked a server"
        watch.asked = 0
    if case.says and not any(re.search(case.says, message) for message in result.messages):
        yield f"is not said to be {case.says!r}"
    for message in result.messages:
        if not message.endswith((".", "!")) or "TASK FAILED" in message or "could not be understood" in message:
            yield f"says {message!r}"
        if re.search(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", message):
            yield "says so with marks that are no letters"
    ids = sorted({report.article for report in reports if report.article is not None})
    texts = [library.article(id_).text for id_ in ids[:20]]
    if case.kept and IMPORTED in result.outcomes and not any(case.kept in text for text in texts):
        yield "lost its report"
    for word in case.absent:
        if any(word in text for text in texts):
            yield f"took in {word!r}"
    if any(re.search(r"[\ud800-\udfff]", text) for text in texts):
        yield "kept half a character"
    if ids:
        library.worker.remove(ids)
        library.worker.empty_bin(ids)
        for _ in library.worker.events():
            pass


@contextmanager
def _watching() -> Iterator[Watch]:
    watch = Watch()
    try:
        yield watch
    finally:
        watch.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    count, faults, slowest, busiest, largest = 0, 0, 0.0, 0.0, 0
    for result in run(options.only):
        count += 1
        faults += bool(result.wrong)
        slowest, busiest = max(slowest, result.seconds), max(busiest, result.cpu_seconds)
        largest = max(largest, result.memory_bytes)
        if result.wrong or options.verbose:
            shown = result.name.encode("ascii", "backslashreplace").decode()
            print(
                f"{'WRONG' if result.wrong else 'right'}  {shown:28} {result.seconds:5.1f} s "
                f"{result.cpu_seconds:5.1f} s CPU {result.memory_bytes >> 20:4} MB  "
                f"{', '.join(sorted(result.outcomes))}: "
                f"{'; '.join(result.wrong) or (result.messages or [''])[0][-90:]}",
                flush=True,
            )
    print(
        f"{count} hostile files, {faults} wrong; slowest {slowest:.1f} s ({busiest:.1f} s of CPU), "
        f"largest {largest >> 20} MB"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
