"""What a reader sets about the look of the window, and that it is kept."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QByteArray, QObject, Signal
from PySide6.QtWidgets import QMainWindow, QSplitter

from desktop_app.settings import TEXT_SIZES_PERCENT, Settings
from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.columns import Columns

_THEMES = {Act.THEME_SYSTEM: "system", Act.THEME_LIGHT: "light", Act.THEME_DARK: "dark"}


class ViewOptions(QObject):
    """Holds the settings, and turns the actions of the View menu into new ones."""

    settings_changed = Signal(object)
    theme_chosen = Signal(str)
    text_size_changed = Signal(int)

    def __init__(self, settings: Settings, commands: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self.settings = settings
        self._commands = commands
        for act, theme in _THEMES.items():
            commands[act].setChecked(theme == settings.theme)
            commands[act].triggered.connect(lambda _=False, theme=theme: self._choose_theme(theme))
        commands[Act.SHOW_LIST].setChecked(True)
        commands[Act.SHOW_ENTITIES].setChecked(settings.entity_panel_shown)
        commands[Act.SHOW_ENTITIES].toggled.connect(self._on_entities_shown)
        commands[Act.SCROLL_LINKED].setChecked(settings.scroll_linked)
        commands[Act.SCROLL_LINKED].toggled.connect(self._on_scroll_linked)
        commands[Act.TEXT_LARGER].triggered.connect(lambda: self.zoom(1))
        commands[Act.TEXT_SMALLER].triggered.connect(lambda: self.zoom(-1))
        commands[Act.TEXT_NORMAL].triggered.connect(lambda: self.set_text_size(100))

    @property
    def furniture_percent(self) -> int:
        """Size of lists and bars: they grow half as much as the text."""
        return 100 + (self.settings.text_size_percent - 100) // 2

    def zoom(self, direction: int) -> None:
        """To the next larger (1) or smaller (-1) text; the last size stays."""
        percent = self.settings.text_size_percent
        if direction > 0:
            self.set_text_size(next((size for size in TEXT_SIZES_PERCENT if size > percent), percent))
        else:
            self.set_text_size(next((size for size in reversed(TEXT_SIZES_PERCENT) if size < percent), percent))

    def set_text_size(self, percent: int) -> None:
        """Text size of the panes in percent."""
        self.change(replace(self.settings, text_size_percent=percent))
        self.text_size_changed.emit(percent)

    def change(self, settings: Settings) -> None:
        if settings != self.settings:
            self.settings = settings
            self.settings_changed.emit(settings)

    def restore(self, window: QMainWindow, columns: Columns, panes: QSplitter) -> None:
        """Bring back size and columns; whatever is damaged or from another screen is left as it is."""
        for saved, restore in (
            (self.settings.window_geometry, window.restoreGeometry),
            (self.settings.list_splitter, columns.restore),
            (self.settings.panes_splitter, panes.restoreState),
        ):
            if saved:
                restore(QByteArray.fromBase64(saved.encode("ascii", "replace")))

    def remember(self, window: QMainWindow, columns: Columns, panes: QSplitter, article: int | None) -> None:
        """Keep size, columns and the opened article for the next time."""
        self.change(
            replace(
                self.settings,
                window_geometry=_base64(window.saveGeometry()),
                list_splitter=_base64(columns.saveState()) if columns.set_by_reader else "",
                panes_splitter=_base64(panes.saveState()),
                last_article=article or 0,
            )
        )

    def _choose_theme(self, theme: str) -> None:
        self.theme_chosen.emit(theme)
        self.change(replace(self.settings, theme=theme))

    def _on_scroll_linked(self, linked: bool) -> None:
        self.change(replace(self.settings, scroll_linked=linked))

    def _on_entities_shown(self, shown: bool) -> None:
        self.change(replace(self.settings, entity_panel_shown=shown))


def _base64(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode("ascii")
