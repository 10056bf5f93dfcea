"""What the window remembers from one day to the next: its size, its columns, its text size, its last article."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow, QSplitter

from desktop_app.settings import TEXT_SIZES_PERCENT, Settings


def restore_window(settings: Settings, window: QMainWindow, columns: QSplitter, panes: QSplitter) -> None:
    """Bring back what was saved; whatever is damaged or from another screen is left as it is."""
    for saved, restore in (
        (settings.window_geometry, window.restoreGeometry),
        (settings.list_splitter, columns.restoreState),
        (settings.panes_splitter, panes.restoreState),
    ):
        if saved:
            restore(QByteArray.fromBase64(saved.encode("ascii", "replace")))


def remember_window(
    settings: Settings, window: QMainWindow, columns: QSplitter, panes: QSplitter, article: int | None
) -> Settings:
    """*settings* with the window as it now is."""
    return replace(
        settings,
        window_geometry=_base64(window.saveGeometry()),
        list_splitter=_base64(columns.saveState()),
        panes_splitter=_base64(panes.saveState()),
        last_article=article or 0,
    )


def next_text_size(percent: int, direction: int) -> int:
    """The next larger (1) or smaller (-1) size; the last one stays."""
    if direction > 0:
        return next((size for size in TEXT_SIZES_PERCENT if size > percent), TEXT_SIZES_PERCENT[-1])
    return next((size for size in reversed(TEXT_SIZES_PERCENT) if size < percent), TEXT_SIZES_PERCENT[0])


def furniture_percent(text_percent: int) -> int:
    """Lists and bars grow half as much as the text."""
    return 100 + (text_percent - 100) // 2


def _base64(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode("ascii")
