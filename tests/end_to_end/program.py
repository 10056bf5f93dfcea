"""Setu as another program sees it: a process with arguments, two output streams and an exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "resources" / "samples"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished command left behind."""

    code: int
    stdout: str
    stderr: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """stdout as JSON objects, one a line."""
        return [json.loads(line) for line in self.stdout.splitlines()]

    @property
    def object(self) -> dict[str, Any]:
        """stdout as the one JSON object it must be."""
        (line,) = self.lines
        return line


@dataclass(frozen=True, slots=True)
class Program:
    """The checkout's program with a library, settings and cache of its own."""

    home: Path
    cache: Path

    @property
    def library(self) -> Path:
        return self.home / "library"

    @property
    def variables(self) -> Mapping[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith(("QT_", "SETU_"))},
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_CACHE_HOME": str(self.cache),
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "SETU_LIBRARY": str(self.library),
        }

    def command(self, *arguments: object) -> list[str]:
        return [sys.executable, "-m", "desktop_app", *map(str, arguments)]

    def run(self, *arguments: object, timeout_s: float = 300) -> Outcome:
        done = subprocess.run(
            self.command(*arguments),
            env=self.variables,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=timeout_s,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Outcome(done.returncode, done.stdout, done.stderr)
