"""Where a folder lies: on a disk of this computer, or on another one, where SQLite's locks cannot be relied on."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from pathlib import Path

_NETWORK_TYPES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "9p", "fuse.sshfs", "fuse.rclone", "davfs", "fuse.davfs2",
     "afpfs", "webdav", "fuse.s3fs", "fuse.gvfsd-fuse", "glusterfs", "fuse.glusterfs", "ceph", "lustre"}
)  # fmt: skip
_REMOTE_DRIVE = 4
_MOUNTS = Path("/proc/self/mounts")


def network_place(folder: Path) -> str | None:
    """What *folder* is shared by ("server:/share"), if it lies on another computer; None if it does not, or if that
    cannot be told."""
    try:
        whole = folder.resolve()
        if sys.platform == "win32":
            return _on_windows(whole)
        if sys.platform == "darwin":
            return _on_macos(whole)
        return in_mounts(whole, _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape"))
    except (OSError, ValueError):
        return None


def in_mounts(folder: Path, mounts: str) -> str | None:
    """The device of *folder* if it is another computer's; *mounts* is the kernel's table (fstab(5))."""
    best: tuple[int, str, str] = (-1, "", "")
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        device, place, kind = (re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), f) for f in fields[:3])
        # Of two mounts on one place, the later hides the earlier.
        if folder.is_relative_to(place) and len(place) >= best[0]:
            best = len(place), device, kind
    return best[1] if best[2] in _NETWORK_TYPES else None


def _on_windows(folder: Path) -> str | None:
    if folder.drive.startswith("\\\\"):
        return folder.drive
    windll = getattr(ctypes, "windll", None)
    if windll is None or windll.kernel32.GetDriveTypeW(f"{folder.drive}\\") != _REMOTE_DRIVE:
        return None
    return folder.drive


def _on_macos(folder: Path) -> str | None:
    """macOS says with each mount whether it is local (`mount` lists that); 0x1000 is MNT_LOCAL."""
    place = folder
    while not os.path.ismount(place):
        place = place.parent
    libc = ctypes.CDLL(None, use_errno=True)
    # struct statfs: f_flags lies 64 bytes in, f_fstypename 72, f_mntfromname 1112 (sys/mount.h, 64-bit inodes).
    found = ctypes.create_string_buffer(2168)
    if libc.statfs(os.fsencode(place), found) != 0:
        return None
    flags = int.from_bytes(found.raw[64:68], sys.byteorder)
    return None if flags & 0x1000 else found.raw[1112:2136].split(b"\0")[0].decode("utf-8", "replace")
