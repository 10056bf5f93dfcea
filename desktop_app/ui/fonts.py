"""The fonts Setu reads in: Devanagari guaranteed, and true bold from a variable font.

Noto Sans Devanagari ships as a dependency and carries all of Latin as well, so both panes look alike and
nothing depends on the fonts of the system (which may have none).
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from desktop_app.domain import Language

TEXT_FAMILY = "Noto Sans Devanagari"
REGULAR, SEMIBOLD, BOLD = 400, 600, 700
TEXT_PIXELS = {Language.ENGLISH: 16, Language.HINDI: 17}
"""Body text at 100 % on a 96 dpi screen; Noto's Devanagari looks a size smaller than its Latin."""
UI_PIXELS = 13


def load_fonts(application: QGuiApplication) -> None:
    """Make the text font known to Qt and the default of *application*. Call before the first widget."""
    import fontpkg_noto_sans_devanagari

    for path in sorted(Path(fontpkg_noto_sans_devanagari.__file__).parent.rglob("*.ttf")):
        QFontDatabase.addApplicationFontFromData(path.read_bytes())
    application.setFont(ui_font())


def text_font(language: Language, percent: int = 100, weight: int = REGULAR, scale: float = 1.0) -> QFont:
    """Font of article text at *percent*; *scale* is relative to body text."""
    return _font(TEXT_PIXELS[language] * scale * percent / 100, weight)


def ui_font(percent: int = 100, weight: int = REGULAR, scale: float = 1.0) -> QFont:
    """Font of everything around the text, in either script."""
    return _font(UI_PIXELS * scale * percent / 100, weight)


def _font(pixels: float, weight: int) -> QFont:
    font = QFont()
    font.setFamilies([TEXT_FAMILY])
    font.setPixelSize(max(6, round(pixels * _screen_scale())))
    if weight != REGULAR:
        # setWeight would only smear the regular glyphs: Qt knows a variable font by its default instance.
        font.setVariableAxis(QFont.Tag("wght"), float(weight))
    return font


def _screen_scale() -> float:
    """How much larger the desktop asks for text (96 dpi is 1; the 72 dpi of macOS is 1 as well)."""
    screen = QGuiApplication.primaryScreen()
    return 1.0 if screen is None else max(1.0, screen.logicalDotsPerInchY() / 96)
