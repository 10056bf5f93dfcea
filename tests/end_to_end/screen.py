"""A screen of its own: Xvfb with the window manager openbox, driven through xdotool."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TOOLS = ("Xvfb", "openbox", "xdotool")
WIDTH, HEIGHT = 1400, 900


def missing_tools() -> list[str]:
    return [tool for tool in TOOLS if sys.platform != "linux" or shutil.which(tool) is None]


@dataclass(frozen=True, slots=True)
class Screen:
    """A running X display with a window manager, a keyboard and a mouse."""

    display: str

    def variables(self, base: Mapping[str, str]) -> dict[str, str]:
        """*base* with this display in place of the offscreen one."""
        return {**base, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def do(self, *command: object) -> str:
        """Run one xdotool command and return what it prints."""
        done = subprocess.run(
            ["xdotool", *map(str, command)],
            env={**os.environ, "DISPLAY": self.display},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.stdout.strip()

    def window(self, title: str, timeout_s: float = 90) -> str:
        """The id of the visible window whose title matches *title*; fails if none comes up in time."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if found := self.do("search", "--onlyvisible", "--name", title):
                return found.splitlines()[0]
            time.sleep(0.1)
        titles = [self.do("getwindowname", id_) for id_ in self.do("search", "--onlyvisible", "--name", ".").split()]
        raise AssertionError(f"no window named {title!r} within {timeout_s} s, only {titles}")

    def gone(self, title: str, timeout_s: float = 30) -> bool:
        """Whether no visible window is named *title* any more, within the time."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if not self.do("search", "--onlyvisible", "--name", title):
                return True
            time.sleep(0.1)
        return False

    def title(self, window: str) -> str:
        return self.do("getwindowname", window)


@contextmanager
def running_screen(log: Path) -> Iterator[Screen]:
    """Start Xvfb and openbox, and end them afterwards."""
    reading, writing = os.pipe()
    with log.open("wb") as output:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"],
            pass_fds=[writing],
            stdout=output,
            stderr=output,
        )
        os.close(writing)
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        screen = Screen(f":{number}")
        manager = subprocess.Popen(
            ["openbox"], env={**os.environ, "DISPLAY": screen.display}, stdout=output, stderr=output
        )
        try:
            assert number, f"Xvfb did not start: {log.read_text()}"
            yield screen
        finally:
            for process in (manager, server):
                process.terminate()
                process.wait(20)
