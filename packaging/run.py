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
from environment import ROOT, SetupError, say

SAMPLES = ROOT / "resources" / "samples"


def main(arguments: Sequence[str]) -> int:
    try:
        elsewhere = environment.in_suitable_python(__file__, arguments)
        if elsewhere is not None:
            return elsewhere
        files = [Path(argument) for argument in arguments if not argument.startswith("-")]
        opens_window = all(path.exists() for path in files) and len(files) == len(arguments)
        opens_window = opens_window or arguments[:1] == ["open"]
        display = system_libraries.display_answers()
        if opens_window or arguments[:1] == ["screenshot"]:
            system_libraries.ensure(for_display=opens_window and display)
        python = environment.ensure(environment.RUNTIME)
        if opens_window and not display:
            return _without_display(python, [path for path in files if path.exists()])
        if opens_window and arguments[:1] != ["open"]:
            arguments = ["open", *arguments]
        return _setu(python, *arguments)
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


def _setu(python: Path, *arguments: str) -> int:
    command = [str(python), "-m", "desktop_app", *arguments]
    return subprocess.call(command, env=environment.run_environment())


def _without_display(python: Path, files: Sequence[Path]) -> int:
    say("This machine has no display, so Setu renders its window into a picture instead of opening it.")
    folder = ROOT / "build" if environment.can_write(ROOT) else Path(tempfile.gettempdir())
    folder.mkdir(exist_ok=True)
    picture = folder / "setu-window.png"
    stories = [str(path) for path in files] or [str(SAMPLES)]
    with tempfile.TemporaryDirectory(prefix="setu-library-") as library:
        code = _setu(python, "--library", library, "import", *stories)
        code = _setu(python, "--library", library, "screenshot", str(picture)) or code
    if code == 0:
        say(f"The picture is {picture}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
