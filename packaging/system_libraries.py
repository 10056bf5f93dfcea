"""The system libraries that Qt needs on Linux: what is missing, and how to get it. Standard library only."""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from telling import SetupError, say

# file name of the library -> Debian package; the first group is needed even where there is no display
_ALWAYS = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
_FOR_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
DEBIAN_PACKAGES = (*_ALWAYS.values(), *_FOR_X11.values())

# the same libraries by other distributions' names, keyed by ID or ID_LIKE of /etc/os-release
_OTHER_SYSTEMS = {
    "fedora": "dnf install glib2 dbus-libs libglvnd-egl libglvnd-glx fontconfig libxkbcommon "
    "xcb-util-cursor xcb-util-wm xcb-util-keysyms libxkbcommon-x11",
    "arch": "pacman -S glib2 dbus libglvnd fontconfig libxkbcommon "
    "xcb-util-cursor xcb-util-wm xcb-util-keysyms libxkbcommon-x11",
    "suse": "zypper install libglib-2_0-0 libdbus-1-3 libEGL1 libGL1 fontconfig libxkbcommon0 "
    "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0",
}


def ensure(*, for_display: bool) -> None:
    """See to Qt's libraries: nothing to do, installed with apt, or SetupError with the line to run."""
    if sys.platform != "linux":
        return
    missing = _missing([*_ALWAYS, *(_FOR_X11 if for_display else ())])
    if not missing:
        return
    if can_apt():
        say("Installing the system libraries that Qt needs: " + " ".join(DEBIAN_PACKAGES))
        if apt_install(DEBIAN_PACKAGES) and not _missing(missing):
            return
    raise SetupError(
        f"Qt, which draws Setu's window, needs system libraries that are not there: {', '.join(missing)}.\n"
        f"Run this line and start Setu again:\n  {_line_to_run()}"
    )


def display_answers() -> bool:
    """Whether a window can be opened here."""
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in {"offscreen", "minimal"}:
        return False
    if sys.platform != "linux":
        return True
    return _wayland_answers() or _x11_answers(os.environ.get("DISPLAY", ""))


def can_apt() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: Sequence[str]) -> bool:
    """Whether apt-get installed all of *packages*; refreshes its lists where they are absent or too old."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}

    def apt(*arguments: str) -> bool:
        done = subprocess.run(
            ["apt-get", "-qq", *arguments],
            env=quiet,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode:
            say("\n".join([line for line in done.stdout.splitlines() if line.startswith("E:")][-2:]))
        return done.returncode == 0

    install = ("install", "-y", "--no-install-recommends", *packages)
    if any(Path("/var/lib/apt/lists").glob("*_Packages*")) and apt(*install):
        return True
    return apt("update") and apt(*install)


def _missing(libraries: Sequence[str]) -> list[str]:
    return [name for name in libraries if not _loads(name)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _line_to_run() -> str:
    kinds: set[str] = set()
    try:
        for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition("=")
            if key in {"ID", "ID_LIKE"}:
                kinds.update(value.strip("\"'").split())
    except OSError:
        pass
    for kind, line in _OTHER_SYSTEMS.items():
        if kind in kinds or any(name.startswith(kind) for name in kinds):
            return f"sudo {line}"
    return "sudo apt-get install -y " + " ".join(DEBIAN_PACKAGES)


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    return bool(name) and _connects(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name))


def _x11_answers(display: str) -> bool:
    """Whether the X server that DISPLAY names takes connections (host:number.screen, see X(7))."""
    host, colon, number = display.rpartition(":")
    number = number.split(".")[0]
    if not colon or not number.isdigit():
        return False
    if host in {"", "unix"}:
        path = f"/tmp/.X11-unix/X{number}"
        return _connects(path) or _connects("\0" + path)
    try:
        socket.create_connection((host, 6000 + int(number)), timeout=2).close()
    except OSError:
        return False
    return True


def _connects(path: str) -> bool:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(2)
            probe.connect(path)
    except OSError:
        return False
    return True
