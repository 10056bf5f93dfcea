"""Colours: a light and a dark theme, and how each type of entity looks.

The hues are those of Okabe and Ito's palette ("Color Universal Design", 2008), darkened or lightened until
they can be read as text; each type has an underline of its own, so that colour is never the only sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.domain import EntityType


class Underline(StrEnum):
    """How the line under a mention is drawn."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"
    WAVY = "wavy"
    DOUBLE = "double"


UNDERLINES: Mapping[EntityType, Underline] = {
    EntityType.PER: Underline.SOLID,
    EntityType.LOC: Underline.DASHED,
    EntityType.ORG: Underline.DOTTED,
    EntityType.EVENT: Underline.WAVY,
    EntityType.DOC: Underline.DOUBLE,
}


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour of the window, as `#rrggbb`. Alphas are of 255."""

    name: str
    window: str
    base: str
    text: str
    muted: str
    border: str
    hover: str
    accent: str
    accent_text: str
    selection: str
    search: str
    search_tick: str
    linked: str
    uncertain: str
    unmatched: str
    one_sided: str
    trouble: str
    hues: Mapping[EntityType, str]
    chip_alpha: int
    selected_alpha: int

    def hue(self, entity_type: EntityType) -> QColor:
        return QColor(self.hues[entity_type])


LIGHT = Theme(
    name="light",
    window="#f5f4f1",
    base="#fdfdfb",
    text="#1d1c1a",
    muted="#625f58",
    border="#dcd9d2",
    hover="#e9e7e1",
    accent="#4150ad",
    accent_text="#ffffff",
    selection="#cdd3f5",
    search="#ffe27a",
    search_tick="#d9a400",
    linked="#eceefb",
    uncertain="#f3f2ee",
    unmatched="#fbeedd",
    one_sided="#c07a1c",
    trouble="#9a3a00",
    hues={
        EntityType.PER: "#0069a8",
        EntityType.LOC: "#00745a",
        EntityType.ORG: "#b04a00",
        EntityType.EVENT: "#9c3d73",
        EntityType.DOC: "#756500",
    },
    chip_alpha=26,
    selected_alpha=112,
)

DARK = Theme(
    name="dark",
    window="#1f2023",
    base="#18191b",
    text="#e8e6e1",
    muted="#a5a29a",
    border="#35373b",
    hover="#2c2e32",
    accent="#a3adff",
    accent_text="#14162b",
    selection="#3a4382",
    search="#443900",
    search_tick="#d9b53a",
    linked="#23263a",
    uncertain="#232426",
    unmatched="#33291c",
    one_sided="#c99a4e",
    trouble="#f0a060",
    hues={
        EntityType.PER: "#56b4e9",
        EntityType.LOC: "#35c79b",
        EntityType.ORG: "#f0a060",
        EntityType.EVENT: "#e39cc4",
        EntityType.DOC: "#cfbf3c",
    },
    chip_alpha=34,
    selected_alpha=74,
)


def theme_of(palette: QPalette) -> Theme:
    """The theme a widget stands in, told by its palette: widgets need not be handed one."""
    return DARK if palette.color(QPalette.ColorRole.Base).lightness() < 128 else LIGHT


def apply(application: QApplication, choice: str) -> Theme:
    """Dress *application* in "light", "dark" or "system" (as the desktop says now)."""
    hints = application.styleHints()
    if choice == "system":
        hints.unsetColorScheme()
        theme = DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
    else:
        theme = DARK if choice == "dark" else LIGHT
        # Title bars and native dialogs follow this, the rest follows the palette.
        hints.setColorScheme(Qt.ColorScheme.Dark if theme is DARK else Qt.ColorScheme.Light)
    if not application.styleSheet():
        application.setStyle("Fusion")
    application.setPalette(_palette(theme))
    application.setStyleSheet(_style_sheet(theme))
    return theme


class ThemeKeeper(QObject):
    """Keeps *application* in the chosen theme; "system" follows the desktop while the window is open."""

    def __init__(self, application: QApplication, choice: str, parent: QObject | None = None) -> None:
        super().__init__(parent or application)
        self._application = application
        self._choice = choice
        apply(application, choice)
        application.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    def choose(self, choice: str) -> None:
        """Change to "light", "dark" or "system"."""
        self._choice = choice
        apply(self._application, choice)

    def _on_scheme_changed(self) -> None:
        if self._choice == "system":
            apply(self._application, "system")


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(theme.window))
    for where, colour in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.base),
        (role.AlternateBase, theme.window),
        (role.Text, theme.text),
        (role.Button, theme.window),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.accent_text),
        (role.ToolTipBase, theme.hover),
        (role.ToolTipText, theme.text),
        (role.Highlight, theme.selection),
        (role.HighlightedText, theme.text),
        (role.PlaceholderText, theme.muted),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Accent, theme.accent),
        (role.Mid, theme.border),
        (role.Midlight, theme.hover),
        (role.Dark, theme.muted),
        (role.Light, theme.base),
        (role.Shadow, theme.border),
    ):
        palette.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(theme.muted))
    return palette


def _style_sheet(theme: Theme) -> str:
    """Quiet furniture: hairlines in place of bevels, one accent for the focus."""
    return f"""
QMainWindow, QDialog {{ background: {theme.window}; }}
QToolTip {{ background: {theme.hover}; color: {theme.text}; border: 1px solid {theme.border}; padding: 4px; }}
QToolBar {{ background: {theme.window}; border: none; border-bottom: 1px solid {theme.border};
    spacing: 4px; padding: 4px 6px; }}
QToolBar::separator {{ background: {theme.border}; width: 1px; margin: 4px 6px; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 5px;
    padding: 4px 7px; }}
QToolButton:hover, QToolButton:checked {{ background: {theme.hover}; }}
QToolButton:focus {{ border-color: {theme.accent}; }}
QToolButton:disabled {{ color: {theme.muted}; }}
QToolButton#suggestion {{ color: {theme.accent}; margin: 0 5px 4px 5px; }}
QToolButton#gutter_button {{ padding: 1px; }}
QToolButton::menu-indicator {{ image: none; }}
QStatusBar {{ background: {theme.window}; border-top: 1px solid {theme.border}; }}
QStatusBar::item {{ border: none; }}
QLineEdit {{ background: {theme.base}; border: 1px solid {theme.border}; border-radius: 6px;
    padding: 4px 8px; }}
QLineEdit:focus {{ border-color: {theme.accent}; }}
QPushButton {{ background: {theme.base}; border: 1px solid {theme.border}; border-radius: 6px;
    padding: 5px 14px; }}
QPushButton:hover {{ background: {theme.hover}; }}
QPushButton:focus, QPushButton:default {{ border-color: {theme.accent}; }}
QPushButton:pressed {{ background: {theme.selection}; }}
QPlainTextEdit {{ background: {theme.base}; border: 1px solid {theme.border}; border-radius: 6px; padding: 6px; }}
QTabBar {{ background: transparent; border: none; }}
QTabBar::tab {{ background: transparent; color: {theme.muted}; border: none; border-bottom: 2px solid transparent;
    padding: 6px 7px; margin-right: 4px; }}
QTabBar::tab:hover {{ color: {theme.text}; }}
QTabBar::tab:selected {{ color: {theme.text}; border-bottom-color: {theme.accent}; }}
QTabBar::tab:focus {{ background: {theme.hover}; }}
QListView#search_offers {{ background: {theme.base}; border: 1px solid {theme.border}; outline: none; }}
QListView#search_offers::item {{ padding: 4px 6px; color: {theme.text}; }}
QListView#search_offers::item:selected {{ background: {theme.selection}; }}
QWidget#find_bar {{ background: {theme.window}; border-top: 1px solid {theme.border}; }}
QSplitter::handle {{ background: {theme.border}; }}
NoticeBar {{ background: {theme.unmatched}; border-bottom: 1px solid {theme.border}; }}
PartBar {{ background: {theme.window}; border-top: 1px solid {theme.border}; }}
PaneHeader {{ background: {theme.base}; border-bottom: 1px solid {theme.border}; }}
QLabel#language_badge {{ color: {theme.muted}; border: 1px solid {theme.border}; border-radius: 4px;
    padding: 1px 4px; }}
OfferCard {{ background: {theme.window}; border: 1px solid {theme.border}; border-radius: 6px; }}
HoverCard {{ background: {theme.base}; border: 1px solid {theme.muted}; }}
QTextEdit, QListView, QTreeView {{ border: none; }}
QScrollBar:vertical {{ background: {theme.base}; width: 13px; margin: 0; border: none; }}
QScrollBar::handle:vertical {{ background: {theme.border}; min-height: 32px; border-radius: 3px;
    margin: 0 3px; }}
QScrollBar::handle:vertical:hover {{ background: {theme.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ border: none; background: {theme.border}; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {theme.accent}; border-radius: 3px; }}
"""
