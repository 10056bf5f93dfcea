"""The real window on a real (virtual) screen with a window manager: focus, keys, drag and drop, exit code."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.program import SAMPLES, Program
from tests.end_to_end.screen import Screen, missing_tools, running_screen

pytestmark = [
    pytest.mark.display,
    pytest.mark.skipif(bool(missing_tools()), reason=f"this machine lacks {', '.join(missing_tools())}"),
]

EVENTS = ("nobel-peace-2014", "mars-orbiter")


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    with running_screen(tmp_path_factory.mktemp("screen") / "log") as screen:
        yield screen


@pytest.fixture
def stocked(program: Program) -> Program:
    """A library of two stories."""
    files = [SAMPLES / f"{event}.{language}.txt" for event in EVENTS for language in ("en", "hi")]
    assert program.run("import", *files).code == 0
    return program


@pytest.fixture
def setu(stocked: Program, screen: Screen) -> Iterator[subprocess.Popen[bytes]]:
    """The running window."""
    with (stocked.home / "window.log").open("wb") as log:
        process = subprocess.Popen(
            stocked.command("open"),
            env=screen.variables(stocked.variables),
            cwd=stocked.home,
            stdout=log,
            stderr=log,
        )
        yield process
        if process.poll() is None:
            process.kill()
            process.wait(20)


def titled(screen: Screen, window: str, words: str, timeout_s: float = 60) -> bool:
    """Whether the title of *window* comes to hold *words*."""
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        if words in screen.title(window):
            return True
        time.sleep(0.1)
    return False


def front(screen: Screen) -> str:
    """Setu's window, raised and with the keyboard."""
    window = screen.window("Setu$")
    screen.do("windowactivate", "--sync", window)
    return window


def test_keys_search_open_and_quit(setu: subprocess.Popen[bytes], screen: Screen) -> None:
    window = front(screen)
    assert screen.do("getwindowfocus") == window

    screen.do("key", "ctrl+k")
    screen.do("type", "--delay", "30", "satyarthi lang:en")
    screen.do("key", "Return")
    assert titled(screen, window, "Malala Yousafzai and Kailash Satyarthi"), screen.title(window)

    screen.do("key", "Escape")
    screen.do("key", "ctrl+k", "ctrl+a")
    screen.do("type", "--delay", "30", "mangalyaan lang:en")
    screen.do("key", "Return")
    assert titled(screen, window, "Mars Orbiter"), screen.title(window)

    screen.do("key", "Escape", "Escape")
    screen.do("key", "ctrl+2")
    screen.do("key", "alt+Left")
    assert titled(screen, window, "Malala Yousafzai and Kailash Satyarthi"), screen.title(window)

    screen.do("key", "ctrl+q")
    assert setu.wait(30) == 0


def test_the_sheet_of_shortcuts_opens_and_closes(setu: subprocess.Popen[bytes], screen: Screen) -> None:
    window = front(screen)
    screen.do("key", "ctrl+2")
    screen.do("key", "question")
    sheet = screen.window("[Ss]hortcuts|[Kk]eys|[Kk]eyboard")
    screen.do("windowactivate", "--sync", sheet)
    screen.do("key", "Escape")
    assert screen.gone("[Ss]hortcuts|[Kk]eys|[Kk]eyboard")
    screen.do("windowactivate", "--sync", window)
    assert screen.do("getwindowfocus") == window


def test_closing_the_window_ends_the_program_with_code_0(setu: subprocess.Popen[bytes], screen: Screen) -> None:
    window = front(screen)
    screen.do("windowactivate", "--sync", window)
    screen.do("key", "alt+F4")

    assert setu.wait(30) == 0


def test_files_dropped_on_the_window_are_imported(
    setu: subprocess.Popen[bytes], stocked: Program, screen: Screen
) -> None:
    window = front(screen)
    screen.do("windowsize", "--sync", window, 1000, 700)
    screen.do("windowmove", "--sync", window, 380, 150)
    dropped = SAMPLES / "paris-agreement.hi.html"
    source = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("drag_source.py"), "20", "20", dropped],
        env=screen.variables(stocked.variables),
    )
    try:
        place = screen.window("drag source")
        screen.do("windowactivate", "--sync", place)
        screen.do("mousemove", "--window", place, 60, 60)
        screen.do("mousedown", 1)
        for x, y in ((70, 64), (90, 70), (300, 200), (600, 400), (800, 460), (860, 500), (862, 502)):
            if x < 100:
                screen.do("mousemove", "--window", place, x, y)
            else:
                screen.do("mousemove", x, y)
            time.sleep(0.2)
        screen.do("mouseup", 1)
        assert source.wait(30) == 0, "the drop was not accepted"
    finally:
        if source.poll() is None:
            source.kill()
            source.wait(20)

    deadline = time.monotonic() + 60
    names: set[str] = set()
    while dropped.name not in names and time.monotonic() < deadline:
        names = {Path(row["path"]).name for row in stocked.run("list", "--json").lines}
    assert dropped.name in names
    screen.do("windowactivate", "--sync", window)
    screen.do("key", "ctrl+q")
    assert setu.wait(30) == 0
