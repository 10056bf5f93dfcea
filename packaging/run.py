"""Set Setu up and start it: `python3 packaging/run.py [FILE… | COMMAND …]`. Standard library only.

Without arguments the window opens. On a machine without a display the same main job is done without one: the
sample stories (or the files named) are imported and the real window is rendered into a picture. Any command
of Setu's own command line passes through: `python3 packaging/run.py search lavrov`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import environment
import system_libraries
from environment import ROOT
from telling import SetupError, say

SAMPLES = ROOT / "resources" / "samples"


def main(arguments: Sequence[str]) -> int:
    try:
        elsewhere = environment.in_suitable_python(__file__, arguments)
        if elsewhere is not None:
            return elsewhere
        library, words = _split_library(arguments)
        display = system_libraries.display_answers()
        opens_window = _opens_window(words)
        if opens_window or words[0] == "screenshot":
            system_libraries.ensure(for_display=opens_window and display)
        python = environment.ensure(environment.RUNTIME)
        if opens_window and not display:
            return _without_display(python, library, [word for word in words if word != "open"])
        return _setu(python, *arguments)
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


def _split_library(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The leading `--library DIR`, and what follows it."""
    if arguments and arguments[0] == "--library":
        return list(arguments[:2]), list(arguments[2:])
    if arguments and arguments[0].startswith("--library="):
        return list(arguments[:1]), list(arguments[1:])
    return [], list(arguments)


def _opens_window(words: Sequence[str]) -> bool:
    """Whether Setu's command line would open the window for these words: no command but `open`, or files."""
    if not words or words[0] == "open" or Path(words[0]).exists():
        return True
    return not words[0].isalpha() and not words[0].startswith("-")


def _setu(python: Path, *arguments: str) -> int:
    command = [str(python), "-m", "desktop_app", *arguments]
    return subprocess.call(command, env=environment.run_environment())


def _samples() -> list[str]:
    return [str(path) for path in sorted(SAMPLES.iterdir()) if path.suffix in {".txt", ".html"}]


def _without_display(python: Path, library: Sequence[str], files: Sequence[str]) -> int:
    say("This machine has no display, so Setu renders its window into a picture instead of opening it.")
    folder = ROOT / "build" if environment.can_write(ROOT) else environment.cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    picture = folder / "setu-window.png"
    with tempfile.TemporaryDirectory(prefix="setu-library-") as scratch:
        library = library or ["--library", scratch]
        code = _setu(python, *library, "import", *(files or _samples()))
        code = _setu(python, *library, "screenshot", str(picture)) or code
    if code == 0:
        say(f"The picture is {picture}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
