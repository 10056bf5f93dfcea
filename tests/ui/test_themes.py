from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain import EntityType
from desktop_app.ui import themes
from desktop_app.ui.themes import DARK, LIGHT, UNDERLINES, Theme, ThemeKeeper

READABLE = 4.5
"""WCAG 2.2, success criterion 1.4.3."""


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def over(top: QColor, alpha: int, ground: QColor) -> QColor:
    """*top* painted with *alpha* of 255 over *ground*."""
    part = alpha / 255
    return QColor.fromRgbF(
        *(
            front * part + back * (1 - part)
            for front, back in zip(top.getRgbF()[:3], ground.getRgbF()[:3], strict=True)  # type: ignore[index]
        )
    )


both = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


@both
def test_text_is_readable_on_every_ground(theme: Theme) -> None:
    for ground in (theme.window, theme.base, theme.hover):
        for colour in (theme.text, theme.muted, theme.accent):
            assert contrast(QColor(colour), QColor(ground)) >= READABLE, (colour, ground)
    for ground in (theme.selection, theme.search, theme.linked, theme.uncertain, theme.unmatched):
        assert contrast(QColor(theme.text), QColor(ground)) >= READABLE, ground
    assert contrast(QColor(theme.accent_text), QColor(theme.accent)) >= READABLE


@both
def test_hues_can_be_read_as_text(theme: Theme) -> None:
    for hue in theme.hues.values():
        for ground in (theme.window, theme.base):
            assert contrast(QColor(hue), QColor(ground)) >= READABLE, hue


@both
def test_text_is_readable_on_chips_nested_in_chips_on_tinted_passages(theme: Theme) -> None:
    grounds = [theme.base, theme.linked, theme.uncertain, theme.unmatched, theme.search]
    for ground, outer, inner in itertools.product(grounds, EntityType, EntityType):
        under = over(theme.hue(outer), theme.chip_alpha // 2, QColor(ground))
        for alpha in (theme.chip_alpha, theme.selected_alpha):
            chip = over(theme.hue(inner), alpha, under)
            assert contrast(QColor(theme.text), chip) >= READABLE, (ground, outer, inner, alpha)


def test_every_type_has_a_hue_and_a_line_of_its_own() -> None:
    for theme in (LIGHT, DARK):
        assert len(set(theme.hues.values())) == len(EntityType)
    assert len({UNDERLINES[entity_type] for entity_type in EntityType}) == len(EntityType)


def test_widgets_tell_the_theme_by_their_palette(qapp: QApplication) -> None:
    assert themes.apply(qapp, "dark") is DARK
    assert themes.theme_of(QApplication.palette()) is DARK
    assert themes.apply(qapp, "light") is LIGHT
    assert themes.theme_of(QApplication.palette()) is LIGHT


def test_system_theme_follows_the_desktop_and_a_choice_does_not(qtbot: QtBot, qapp: QApplication) -> None:
    keeper = ThemeKeeper(qapp, "system")
    desktop = themes.theme_of(QApplication.palette())
    other = DARK if desktop is LIGHT else LIGHT
    changed = qapp.styleHints().colorSchemeChanged
    themes.apply(qapp, other.name)
    changed.emit(qapp.styleHints().colorScheme())
    assert themes.theme_of(QApplication.palette()) is desktop
    keeper.choose(other.name)
    changed.emit(Qt.ColorScheme.Unknown)
    assert themes.theme_of(QApplication.palette()) is other
    keeper.deleteLater()


def test_disabled_text_is_quieter_than_text(qapp: QApplication) -> None:
    palette = QApplication.palette()
    role = QPalette.ColorRole.WindowText
    assert palette.color(QPalette.ColorGroup.Disabled, role) != palette.color(QPalette.ColorGroup.Active, role)
