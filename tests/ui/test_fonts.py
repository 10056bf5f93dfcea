from __future__ import annotations

from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication

from desktop_app.domain import Language
from desktop_app.ui.fonts import BOLD, SEMIBOLD, TEXT_FAMILY, text_font, ui_font

LATIN, HINDI = "Lavrov meets Guterres", "नरेंद्र मोदी ने कहा"


def test_one_shipped_font_draws_both_scripts() -> None:
    for font in (text_font(Language.HINDI), ui_font()):
        assert QFontInfo(font).family() == TEXT_FAMILY
        raw = QRawFont.fromFont(font)
        assert all(raw.supportsCharacter(ord(sign)) for sign in LATIN + HINDI + "₹–—“”‘’…·‹›ऴ़")


def test_application_draws_in_the_shipped_font(qapp: QApplication) -> None:
    assert TEXT_FAMILY in QApplication.font().families()


def test_bold_is_wider_than_regular_and_not_smeared() -> None:
    for text in (LATIN, HINDI):
        widths = [
            QFontMetricsF(text_font(Language.ENGLISH, weight=weight)).horizontalAdvance(text)
            for weight in (400, SEMIBOLD, BOLD)
        ]
        assert widths == sorted(widths)
        assert widths[2] > widths[0] * 1.04
    assert text_font(Language.HINDI, weight=BOLD).weight() == QFont.Weight.Normal


def test_text_size_is_relative_to_the_normal_size() -> None:
    normal, large = text_font(Language.ENGLISH).pixelSize(), text_font(Language.ENGLISH, 175).pixelSize()
    assert large == round(normal * 1.75)
    assert text_font(Language.HINDI).pixelSize() > normal
