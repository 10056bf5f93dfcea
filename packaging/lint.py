"""Hold the code against its rules: ruff, mypy, import-linter. `python3 packaging/lint.py`."""

from __future__ import annotations

import subprocess
import sys

import environment
from environment import ROOT
from telling import SetupError, say

_RULES = {
    "ruff": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "import-linter": ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
}


def main() -> int:
    try:
        elsewhere = environment.in_suitable_python(__file__, [])
        if elsewhere is not None:
            return elsewhere
        python = environment.ensure(environment.DEVELOPMENT)
    except SetupError as error:
        say(str(error))
        return 1
    failed = []
    for tool, arguments in _RULES.items():
        say(f"== {tool}")
        if subprocess.call([str(python), *arguments], cwd=ROOT, env=environment.run_environment()):
            failed.append(tool)
    if failed:
        say(f"Not clean: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
