"""What a user can set, kept as JSON in the platform's configuration folder."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs

APPLICATION = "setu"
TEXT_SIZES_PERCENT = (75, 90, 100, 110, 125, 150, 175, 200, 250)


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices that outlive the program. Geometry and splitters are Qt's own bytes in base64."""

    theme: str = "system"
    text_size_percent: int = 100
    window_geometry: str = ""
    list_splitter: str = ""
    panes_splitter: str = ""
    last_article: int = 0
    entity_panel_shown: bool = True
    samples_offered: bool = False
    scroll_linked: bool = True
    offline: bool = False


class SettingsFile:
    """Reads and writes `Settings`; a missing or damaged file gives the defaults."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Settings:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Settings()
        if not isinstance(found, dict):
            return Settings()
        defaults = asdict(Settings())
        return Settings(
            **{name: found[name] if type(found.get(name)) is type(value) else value for name, value in defaults.items()}
        )

    def save(self, settings: Settings) -> None:
        """Write at once or not at all; a failure to keep a preference is not worth a message."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            new = self._path.with_suffix(".new")
            with new.open("w", encoding="utf-8") as file:
                file.write(json.dumps(asdict(settings), indent=1))
                file.flush()
                # Renamed before it is on the disk, the file may be empty after a power cut.
                os.fsync(file.fileno())
            new.replace(self._path)
        except OSError:
            return


def is_offline(settings: Settings) -> bool:
    """Whether nothing may be fetched: chosen in the settings, or by `SETU_OFFLINE` for this run."""
    return settings.offline or os.environ.get("SETU_OFFLINE", "0") not in ("", "0")


def default_settings_path() -> Path:
    return Path(platformdirs.user_config_dir(APPLICATION, appauthor=False)) / "settings.json"


def default_library_folder() -> Path:
    """`SETU_LIBRARY`, or the platform's folder for user data."""
    chosen = os.environ.get("SETU_LIBRARY")
    if chosen:
        return Path(chosen)
    return Path(platformdirs.user_data_dir(APPLICATION, appauthor=False)) / "library"


def cache_folder() -> Path:
    """Where everything lies that can be made again: search index, built model graphs."""
    return Path(platformdirs.user_cache_dir(APPLICATION, appauthor=False))
