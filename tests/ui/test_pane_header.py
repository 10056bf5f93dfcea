from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_app.domain import Article, Language, SentenceKind
from desktop_app.ui.elided_label import ElidedLabel
from desktop_app.ui.pane_header import PaneHeader

Make = Callable[..., Article]
TITLED = (SentenceKind.TITLE,)


@pytest.fixture
def header(qtbot: QtBot) -> PaneHeader:
    shown = PaneHeader(Language.HINDI)
    qtbot.addWidget(shown)
    shown.resize(400, 60)
    shown.show()
    return shown


def test_says_source_date_and_length(header: PaneHeader, make_article: Make) -> None:
    header.show_article(make_article("Title\none two", kinds=TITLED, date=dt.date(2024, 9, 27), source="ANI"))
    assert header.lines() == ("ANI", "27 Sep 2024 · 3 words")


def test_unknown_date_is_said_and_never_made_up(header: PaneHeader, make_article: Make) -> None:
    header.show_article(make_article("Title\none two", kinds=TITLED, source="ANI"))
    assert header.lines() == ("ANI", "date unknown · 3 words")


def test_without_source_the_date_leads(header: PaneHeader, make_article: Make) -> None:
    header.show_article(make_article("one two"))
    assert header.lines() == ("Date unknown", "2 words · title taken from the text")


def test_title_takes_the_place_of_the_one_scrolled_away(header: PaneHeader, make_article: Make) -> None:
    header.show_article(make_article("Title\none two", kinds=TITLED, source="ANI"))
    header.set_title_in_text(False)
    assert header.lines() == ("Title", "ANI · date unknown · 3 words")
    header.set_title_in_text(True)
    assert header.lines()[0] == "ANI"


def test_height_is_the_same_with_and_without_article(header: PaneHeader, make_article: Make) -> None:
    empty = header.sizeHint().height()
    header.show_article(make_article("Title\n" + "word " * 200, kinds=TITLED, source="दैनिक भास्कर"))
    header.set_title_in_text(False)
    assert header.sizeHint().height() == empty


def test_long_hindi_title_is_elided_with_the_whole_as_tooltip(header: PaneHeader, make_article: Make) -> None:
    title = "जी-20 शिखर सम्मेलन में अफ्रीकी संघ को स्थायी सदस्यता, प्रधानमंत्री नरेंद्र मोदी ने किया ऐलान"
    header.show_article(make_article(title, Language.HINDI, TITLED))
    header.set_title_in_text(False)
    label = header.findChildren(ElidedLabel)[0]
    assert label.text().endswith("…")
    assert label.toolTip() == title
    header.resize(1600, 60)
    assert label.text() == title
    assert label.toolTip() == ""


def test_markup_in_a_title_stays_text(header: PaneHeader, make_article: Make) -> None:
    header.show_article(make_article("<img src='file:///x'> <b>" + "long " * 60, kinds=TITLED))
    header.set_title_in_text(False)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in header.findChildren(QLabel))
    assert "<" not in header.findChildren(ElidedLabel)[0].toolTip()
