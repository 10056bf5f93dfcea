"""Names found inside files, made fit to show and to store: they come in any bytes and lead anywhere."""

from __future__ import annotations

import re

_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DRIVE = re.compile(r"^[A-Za-z]:")
_LONGEST = 200


def shown_name(name: str) -> str:
    """*name* as a relative path below the file it was found in, without marks that turn or hide letters.

    "../../etc/a.txt" and "C:\\a.txt" lose what leads out, so that no later reader of the path follows it.
    """
    name = _SURROGATE.sub("\ufffd", _UNSHOWN.sub("", name)).replace("\\", "/")
    name = _DRIVE.sub("", name.strip())
    parts = [part for part in name.split("/") if part.strip() not in ("", ".", "..")]
    shown = "/".join(parts) or "unnamed"
    if len(shown) <= _LONGEST:
        return shown
    # The end of a name says what kind of file it is.
    return f"{shown[: _LONGEST // 2]}…{shown[-_LONGEST // 2 :]}"


def is_hidden_name(name: str) -> bool:
    """Whether a member is no file of the user's: ".DS_Store", what macOS adds to archives."""
    return any(part == "__MACOSX" or part.startswith(".") for part in name.split("/"))
