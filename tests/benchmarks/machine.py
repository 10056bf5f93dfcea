"""The machine's figures, which belong beside every timing."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path


def machine() -> str:
    """Processor, cores, memory, system and Python in one line."""
    parts = [_processor(), f"{os.cpu_count()} cores"]
    if memory := _first(r"MemTotal:\s+(\d+) kB", "/proc/meminfo"):
        parts.append(f"{int(memory) / 2**20:.0f} GiB")
    return ", ".join([*parts, platform.platform(terse=True), f"Python {platform.python_version()}"])


def _processor() -> str:
    return _first(r"model name\s*:\s*(.+)", "/proc/cpuinfo") or platform.processor() or platform.machine()


def _first(pattern: str, path: str) -> str:
    try:
        found = re.search(pattern, Path(path).read_text(encoding="utf-8"))
    except OSError:
        return ""
    return found[1] if found else ""
