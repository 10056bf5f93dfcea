"""Write the requirements files from the pins in pyproject.toml: `python3 packaging/lock.py`, with uv on PATH.

The files hold exact versions and the hashes of every platform's wheels, for all Pythons that Setu supports,
and name no package index: whoever installs decides where packages come from.
"""

from __future__ import annotations

import subprocess
import sys

from environment import BUILD, DEVELOPMENT, RUNTIME

_HEADER = "# Made by packaging/lock.py from pyproject.toml; not to be edited by hand.\n"
_GROUPS = {RUNTIME: (), DEVELOPMENT: ("test",), BUILD: ("build",)}


def main() -> int:
    for path, groups in _GROUPS.items():
        command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
        command += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"]
        if path != RUNTIME:
            command += [f"--constraint={RUNTIME}"]
        command += ["pyproject.toml", *(f"--group={group}" for group in groups)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=RUNTIME.parent.parent, check=False)
        if done.returncode:
            print(done.stderr.strip(), file=sys.stderr)
            return 1
        path.write_text(_HEADER + done.stdout, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
