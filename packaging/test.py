"""Set Setu up with everything its tests need and run them: `python3 packaging/test.py [PYTEST ARGUMENTS]`.

Standard library only. Arguments go to pytest as they are. Tests that need a display and a window manager
bring their own (Xvfb, openbox); where those cannot be had they are skipped, and say so.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence

import environment
import system_libraries
from environment import ROOT
from telling import SetupError, say

_DISPLAY_TOOLS = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool"}


def main(arguments: Sequence[str]) -> int:
    try:
        elsewhere = environment.in_suitable_python(__file__, arguments)
        if elsewhere is not None:
            return elsewhere
        system_libraries.ensure(for_display=system_libraries.can_apt())
        _see_to_display_tools()
        python = environment.ensure(environment.DEVELOPMENT)
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
    variables = environment.run_environment()
    variables.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.stdout.flush()
    return subprocess.call([str(python), "-m", "pytest", *arguments], cwd=ROOT, env=variables)


def _see_to_display_tools() -> None:
    missing = [package for tool, package in _DISPLAY_TOOLS.items() if shutil.which(tool) is None]
    if not missing or sys.platform != "linux":
        return
    if not (system_libraries.can_apt() and system_libraries.apt_install(missing)):
        say(f"Without {', '.join(missing)} the tests that open a window on a display are skipped.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
