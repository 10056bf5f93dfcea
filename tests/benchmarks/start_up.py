"""How long Setu takes from nothing to a window that answers, with 10,000 articles in the library.

Run: `python tests/benchmarks/start_up.py [--articles N] [--library DIR]`. A library is made first (some minutes for
10,000 articles) unless DIR holds one. Every round starts a new process; its CPU seconds run from the start of the
interpreter to the first idle moment after the first paint. The floor is a bare Qt window with a text field, started
in the same way in the same rounds. Wall time beside it, since reading from a cold disk costs no CPU.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_app.library import Library
from tests.benchmarks.corpus import write_files
from tests.benchmarks.machine import machine

ROOT = Path(__file__).resolve().parents[2]
GOAL_CPU_S = 1.0

# Runs in the measured process: the real program, told to say when it is ready instead of waiting for a person.
_WATCH = """
import json, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Watch(QObject):
    painted = False
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.painted:
            self.painted = True
            QTimer.singleShot(0, self.ready)
        return False
    def ready(self):
        print(json.dumps({"cpu_s": time.process_time(), "at": time.time()}), flush=True)
        QApplication.closeAllWindows()
        QApplication.quit()

def run(*_):
    application = QApplication.instance()
    watch = Watch()
    application.installEventFilter(watch)
    for window in application.topLevelWidgets():
        window.update()
    QTimer.singleShot(20000, application.quit)
    return real()

real, QApplication.exec = QApplication.exec, run
"""
_SETU = _WATCH + "\nfrom desktop_app.cli import main\nsys.exit(main(['open']))\n"
_BARE = (
    _WATCH
    + """
from PySide6.QtWidgets import QMainWindow, QPlainTextEdit
application = QApplication([])
window = QMainWindow()
window.setCentralWidget(QPlainTextEdit("A bare window. " * 500))
window.resize(1280, 800)
window.show()
sys.exit(QApplication.exec())
"""
)


def fill(library: Path, articles: int) -> None:
    """Import *articles* made-up articles; nothing is encoded, only stored and indexed."""
    with tempfile.TemporaryDirectory(prefix="setu-benchmark-") as scratch:
        write_files(Path(scratch), articles)
        with Library(library, writing=True) as opened:
            opened.worker.import_paths([scratch])
            for _ in opened.worker.events():
                pass


def measure(program: str, home: Path, library: Path) -> tuple[float, float]:
    """CPU and wall seconds of one start of *program*."""
    variables = dict(
        os.environ,
        PYTHONPATH=str(ROOT),
        QT_QPA_PLATFORM="offscreen",
        SETU_LIBRARY=str(library),
        XDG_CONFIG_HOME=str(home),
        XDG_CACHE_HOME=str(home / "cache"),
    )
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", program], env=variables, capture_output=True, text=True, timeout=120, check=False
    )
    if not done.stdout:
        raise SystemExit(f"The window did not come up:\n{done.stderr}")
    ready = json.loads(done.stdout.splitlines()[0])
    return ready["cpu_s"], ready["at"] - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(prefix="setu-benchmark-") as scratch:
        library = options.library or Path(scratch) / "library"
        if not library.exists():
            fill(library, options.articles)
        with Library(library) as opened:
            print(f"{opened.status().articles} articles in the library")
        figures: dict[str, list[tuple[float, float]]] = {"Setu": [], "a bare Qt window": []}
        for _ in range(options.rounds + 1):
            figures["Setu"].append(measure(_SETU, Path(scratch), library))
            figures["a bare Qt window"].append(measure(_BARE, Path(scratch), library))
    for name, rounds in figures.items():
        cpu, wall = (statistics.median(values) for values in zip(*rounds[1:], strict=True))
        print(f"{name:18} {cpu:5.2f} s CPU  {wall:5.2f} s wall  (median of {options.rounds}, files cached)")
    print(f"goal: at most {GOAL_CPU_S:.1f} s CPU")
    return 0


if __name__ == "__main__":
    sys.exit(main())
