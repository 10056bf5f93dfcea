"""Whether the window stays awake while 500 articles are imported, and how fast they are.

Run: `python tests/benchmarks/import_articles.py [--articles N]`. A 10 ms timer in the window's process notes the gaps
between its ticks while the real window imports a folder in its worker process; the floor is the same timer in the same
window doing nothing, for as long. Then understanding runs for a while and is watched in the same way.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.library import Library
from desktop_app.settings import Settings
from desktop_app.ui.fonts import load_fonts
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.themes import apply
from desktop_app.ui.worker_bridge import WorkerBridge
from tests.benchmarks.corpus import write_files
from tests.benchmarks.machine import machine

TICK_MS = 10
GOAL_MS = 100.0


def gaps_until(finished: Callable[[], bool], at_most_s: float) -> tuple[list[float], float]:
    """Milliseconds between ticks of a 10 ms timer until *finished* or the time is over, and the seconds it took."""
    loop = QEventLoop()
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    began = last = time.perf_counter()
    gaps: list[float] = []

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append((now - last) * 1000)
        last = now
        if now - began > at_most_s or (len(gaps) % 10 == 0 and finished()):
            loop.quit()

    timer.timeout.connect(tick)
    timer.start(TICK_MS)
    loop.exec()
    return gaps, time.perf_counter() - began


def report(what: str, gaps: list[float]) -> None:
    ordered = sorted(gaps)
    over = sum(gap > GOAL_MS / 2 for gap in gaps)
    print(
        f"{what:32} worst {ordered[-1]:6.1f} ms   99 % {ordered[len(ordered) * 99 // 100]:5.1f} ms   "
        f"median {ordered[len(ordered) // 2]:4.1f} ms   {over} of {len(gaps)} over {GOAL_MS / 2:.0f} ms"
    )


def watch_import(folder: Path, news: Path, articles: int) -> tuple[list[float], list[float], float]:
    """The gaps in an idle window, those while it imports *news* into a library in *folder*, and the seconds that took.

    Then understanding runs for a while and is reported on.
    """
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    load_fonts(application)
    apply(application, "light")
    with Library(folder, writing=True) as library:
        window = MainWindow(library, WorkerBridge(library.worker), Settings())
        window.show()
        gaps_until(lambda: False, 1.0)
        floor, _ = gaps_until(lambda: False, 5.0)
        window.import_paths([news])
        busy, seconds = gaps_until(lambda: not library.worker.busy or _all_stored(library, articles), 600)
        stored = library.status().articles
        print(f"import: {stored} articles, {seconds:.1f} s, {stored / seconds:.0f} articles/s, stored and searchable")
        understanding, spent = gaps_until(lambda: not library.worker.busy, 30)
        report("while they are understood", understanding)
        waiting = library.status().waiting_for_understanding
        print(f"understanding: {(stored - waiting) / spent:.1f} articles/s")
        window.close()
    return floor, busy, seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=500)
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(prefix="setu-benchmark-") as scratch:
        folder = Path(scratch)
        write_files(folder / "news", options.articles)
        floor, busy, _ = watch_import(folder / "library", folder / "news", options.articles)
        report("floor: an idle window", floor)
        report(f"while {options.articles} articles are imported", busy)
    print(f"goal: worst gap under {GOAL_MS:.0f} ms while importing")
    return 0


def _all_stored(library: Library, count: int) -> bool:
    status = library.status()
    return status.articles >= count and not status.waiting_for_index


if __name__ == "__main__":
    sys.exit(main())
