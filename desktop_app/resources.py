"""The only opener of `resources/`: models, gazetteer, lexicon, icons, translations, sample articles."""

from __future__ import annotations

import sys
from pathlib import Path


def _root() -> Path:
    """The resources folder of a checkout, of an installed wheel, or of a frozen bundle."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / "resources"
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def resource_path(name: str) -> Path:
    """The path of *name*, given relative to `resources/` with forward slashes."""
    return _root().joinpath(*name.split("/"))


def resource_exists(name: str) -> bool:
    return resource_path(name).exists()


def resource_bytes(name: str) -> bytes:
    return resource_path(name).read_bytes()


def resource_text(name: str) -> str:
    return resource_path(name).read_text(encoding="utf-8")
