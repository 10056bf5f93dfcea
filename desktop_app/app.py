"""Composition root of the window: builds everything and hands it to each other; holds no rules."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app import __version__
from desktop_app.domain import SearchOptions
from desktop_app.errors import ReaderError
from desktop_app.resources import resource_path
from desktop_app.settings import APPLICATION, Settings, SettingsFile, cache_folder, default_settings_path, is_offline

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop_app.library import Library
    from desktop_app.ui.main_window import MainWindow
    from desktop_app.ui.worker_bridge import WorkerBridge

DESKTOP_ID = "org.setureader.Setu"
_CARE_EVERY_MS = 60 * 60 * 1000
_ICON_PIXELS = (16, 32, 48, 128, 256)


class NoDisplay(ReaderError):
    """There is no screen to open a window on."""

    def __init__(self) -> None:
        super().__init__(
            "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set). "
            "The commands work without one; `setu screenshot OUT.png` renders the window into a picture."
        )


def run_window(folder: Path, files: Sequence[Path] = (), *, settings_file: SettingsFile | None = None) -> int:
    """Open the window on the library in *folder*, import *files* and show the first; the exit code."""
    if _has_no_display():
        raise NoDisplay
    from desktop_app.ui.crash import CrashReporter
    from desktop_app.ui.instance import FirstInstance
    from desktop_app.ui.recovery_dialog import RecoveryDialog
    from desktop_app.ui.themes import ThemeKeeper
    from desktop_app.ui.unix_signals import quit_on_signals

    application = _application()
    kept = settings_file or SettingsFile(default_settings_path())
    themes = ThemeKeeper(application, kept.load().theme)
    crashes = CrashReporter(cache_folder() / "setu.log")
    with crashes.catching(), quit_on_signals(application):
        while True:
            opened = _open_or_explain(folder, files)
            if isinstance(opened, int):
                return opened
            library, can_write = opened
            with library:
                window = _build_window(library, can_write=can_write, settings=kept.load())
                window.options.theme_chosen.connect(themes.choose)
                window.options.settings_changed.connect(kept.save)
                crashes.parent = window
                window.show()
                window.start(files)
                first = FirstInstance(folder, window) if can_write else None
                if first is not None:
                    first.files_received.connect(lambda paths, window=window: _come_to_front(window, paths))
                wanted: list[tuple[str, str]] = []
                window.library_desk.recovery_requested.connect(
                    lambda sentence, backup, wanted=wanted: wanted.append((sentence, backup))
                )
                window.library_desk.recovery_requested.connect(window.close)
                code = application.exec()
                if first is not None:
                    first.close()
                crashes.parent = None
            if not wanted:
                return code
            # Mending wants the library for itself; then the window opens again.
            files = ()
            sentence, backup = wanted[0]
            RecoveryDialog(folder, sentence, None, backup=Path(backup) if backup else None).exec()


def _build_window(library: Library, *, can_write: bool, settings: Settings) -> MainWindow:
    """The window on *library*, with its worker if it may change anything."""
    from PySide6.QtCore import QTimer

    from desktop_app.ui.import_desk import NOT_HERE
    from desktop_app.ui.main_window import MainWindow
    from desktop_app.ui.worker_bridge import WorkerBridge

    bridge = None
    if can_write:
        library.worker.offline = is_offline(settings)
        bridge = WorkerBridge(library.worker)
    notices = library.notices()
    why = NOT_HERE if not library.is_write_protected else notices[0]
    window = MainWindow(library, bridge, settings, sample_files(), __version__, why_read_only=why)
    window.notices.say("\n".join(notices))
    if bridge is not None:
        _look_after(library, bridge)
        # A window may stand open for weeks.
        timer = QTimer(window)
        timer.timeout.connect(lambda: _look_after(library, bridge))
        timer.start(_CARE_EVERY_MS)
    return window


def _look_after(library: Library, bridge: WorkerBridge) -> None:
    library.look_after()
    bridge.follow()


def render_window(
    library: Library,
    out: Path,
    *,
    article: int | None = None,
    query: str | None = None,
    options: SearchOptions = SearchOptions(),  # noqa: B008 - frozen
    find: str | None = None,
    entity: int | None = None,
    page: int | None = None,
    sheet: str | None = None,
    theme: str = "light",
    size: tuple[int, int] = (1280, 800),
    text_size_percent: int = 100,
) -> None:
    """Render the real window on *library* into a PNG. Wants `QT_QPA_PLATFORM=offscreen` where there is no display."""
    from desktop_app.ui.screenshot import render
    from desktop_app.ui.themes import apply

    apply(_application(), theme)
    render(
        library,
        out,
        article=article,
        query=query,
        options=options,
        find=find,
        entity=entity,
        page=page,
        sheet=sheet,
        size=size,
        text_size_percent=text_size_percent,
    )


def sample_files() -> list[Path]:
    """The sample stories that come with Setu."""
    folder = resource_path("samples")
    return sorted(path for path in folder.glob("*") if path.suffix in {".txt", ".html"})


def _application() -> QApplication:
    """The application with its name, icon and fonts; the one there is, if there is one."""
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from desktop_app.ui.fonts import load_fonts

    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = QApplication([APPLICATION])
    application.setApplicationName(APPLICATION)
    application.setApplicationDisplayName("Setu")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName(DESKTOP_ID)
    sign = QIcon()
    for pixels in _ICON_PIXELS:
        sign.addFile(str(resource_path(f"icons/setu-{pixels}.png")))
    application.setWindowIcon(sign)
    load_fonts(application)
    return application


def _open_or_explain(folder: Path, files: Sequence[Path]) -> tuple[Library, bool] | int:
    """The library, and whether this instance may change it: only one at a time may. An exit code where there is
    nothing to open: another instance took over, or a dialog said why."""
    from desktop_app.library import Library
    from desktop_app.storage.errors import LibraryBusy, LibraryDamaged, LibraryReadOnly
    from desktop_app.ui.dialogs import PlainDialog
    from desktop_app.ui.instance import hand_over
    from desktop_app.ui.recovery_dialog import RecoveryDialog

    while True:
        try:
            try:
                return Library(folder, writing=True), True
            except LibraryBusy:
                if hand_over(folder, files):
                    return 0
            except LibraryReadOnly:
                pass
            return Library(folder), False
        except LibraryDamaged as error:
            heading = f"The library {error.path} is damaged: {error.reason}."
            if RecoveryDialog(folder, heading, None).exec() != PlainDialog.DialogCode.Accepted:
                return 1
        except ReaderError as error:
            PlainDialog("Setu", str(error), None).exec()
            return 1


def _come_to_front(window: MainWindow, files: Sequence[Path]) -> None:
    """Another Setu was started on this library: it leaves the rest to us."""
    from PySide6.QtCore import Qt

    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()
    if files:
        window.import_paths(files)


def _has_no_display() -> bool:
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
