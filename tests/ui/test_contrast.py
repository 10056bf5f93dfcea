from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desktop_app.domain import (
    Article,
    ArticlePair,
    Comparison,
    Entity,
    EntityType,
    Language,
    Mention,
    PassageLink,
    Relation,
    Span,
)
from desktop_app.language.numbers import DateMention, Quantity
from desktop_app.ui.contrast_lines import ContrastLine, NamedThings, Section, passage_lines
from desktop_app.ui.contrast_model import ContrastModel
from desktop_app.ui.contrast_sheet import ContrastSheet
from desktop_app.ui.fact_words import date_words, facts_of, number_words
from desktop_app.ui.fonts import ui_font
from desktop_app.ui.passages import PassageMap
from desktop_app.ui.row_model import ROW_ROLE
from desktop_app.ui.wrapped_text import WrappedText

EN, HI = Language.ENGLISH, Language.HINDI
ENGLISH = "Lavrov met Guterres 🌍.\nHe left on 5 August with 4,096 books.\nNobody was hurt."
HINDI = "लवरोव गुटेरेस से मिले।\nमोदी ने भूकंप में मारे गए 80 लाख लोगों पर क्\u200dष कहा।"
MODI = Entity(7, EntityType.PER, "Narendra Modi", "नरेंद्र मोदी")


@pytest.fixture
def passages(make_article: Callable[..., Article]) -> PassageMap:
    pair = ArticlePair(make_article(ENGLISH, EN), make_article(HINDI, HI, number=2))
    links = (PassageLink((0,), (0,), 0.9),)
    return PassageMap(pair, Comparison(Relation.SAME_EVENT, 0.9, (), links, (1, 2), (1,)))


@pytest.fixture
def lines(passages: PassageMap, make_mention: Callable[..., Mention]) -> list[ContrastLine]:
    return passage_lines(passages, NamedThings({HI: [make_mention(HINDI, "मोदी", 7)]}, {7: MODI}))


def of(lines: list[ContrastLine], section: Section) -> list[ContrastLine]:
    return [line for line in lines if line.section is section]


def test_every_one_sided_sentence_is_a_line_and_every_link_too(lines: list[ContrastLine]) -> None:
    assert [line.en.text for line in of(lines, Section.ONLY_ENGLISH)] == ENGLISH.split("\n")[1:]
    assert [line.hi.text for line in of(lines, Section.ONLY_HINDI)] == HINDI.split("\n")[1:]
    (both,) = of(lines, Section.BOTH)
    assert (both.en.text, both.hi.text) == (ENGLISH.split("\n")[0], HINDI.split("\n")[0])
    assert not both.en.hint
    assert not both.hi.hint


def test_the_other_reader_is_told_names_numbers_and_topics_in_reading_order(lines: list[ContrastLine]) -> None:
    (line,) = of(lines, Section.ONLY_HINDI)
    assert line.en.hint
    told = line.en.text.split(" · ")
    assert told[0] == "Narendra Modi"
    assert told.index("earthquake") < told.index("8 million") < told.index("people")


def test_a_name_known_in_hindi_only_is_spelled_for_readers_of_english(
    passages: PassageMap, make_mention: Callable[..., Mention]
) -> None:
    gandhi = Entity(8, EntityType.PER, None, "महात्मा गांधी")
    named = NamedThings({HI: [make_mention(HINDI, "मोदी", 8)]}, {8: gandhi})
    (line,) = of(passage_lines(passages, named), Section.ONLY_HINDI)
    assert line.en.text.startswith("Mahatma Gandhi")


def test_hindi_readers_are_told_dates_and_numbers_in_hindi(lines: list[ContrastLine]) -> None:
    told = of(lines, Section.ONLY_ENGLISH)[0].hi.text.split(" · ")
    assert "5 अगस्त" in told
    assert "4,096" in told


@pytest.mark.parametrize(
    ("quantity", "english", "hindi"),
    [
        (Quantity(0, 1, 622338.0), "622,338", "6,22,338"),
        (Quantity(0, 1, 8e6, "inr"), "₹8 million", "₹80 लाख"),
        (Quantity(0, 1, 1.4e9), "1.4 billion", "140 करोड़"),
        (Quantity(0, 1, 4096.0, "km"), "4,096 km", "4,096 किमी"),
        (Quantity(0, 1, 1.0, "day"), "1 day", "1 दिन"),
        (Quantity(0, 1, 6.25, "%"), "6.25%", "6.25%"),
        (Quantity(0, 1, 1947.0), "1947", "1947"),
        (Quantity(0, 1, 1084.0, "time"), "18:04", "18:04"),
        (Quantity(0, 1, 12345678.0), "12,345,678", "1,23,45,678"),
    ],
)
def test_numbers_are_grouped_as_each_reader_writes_them(quantity: Quantity, english: str, hindi: str) -> None:
    assert number_words(quantity, EN) == english
    assert number_words(quantity, HI) == hindi


def test_dates_say_what_the_text_says() -> None:
    assert date_words(DateMention(0, 1, 2024, 8, 5), EN) == "5 August 2024"
    assert date_words(DateMention(0, 1, None, 8, None), HI) == "अगस्त"
    assert date_words(DateMention(0, 1, weekday=0), EN) == "Monday"
    assert date_words(DateMention(0, 1, None, 8, 5, 0), HI) == "सोमवार, 5 अगस्त"


def test_facts_keep_their_places() -> None:
    text = "🌍 80 लाख लोग, 5 अगस्त"
    (number, million), (day, august) = facts_of(text, EN)
    assert (million, august) == ("8 million", "5 August")
    assert text[number.start : number.end] == "80 लाख"
    assert day == Span(text.index("5"), len(text))


def test_model_behaves(qtbot: QtBot, lines: list[ContrastLine]) -> None:
    model = ContrastModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_rows(lines)
    assert model.rowCount() == len(lines)
    assert model.index(0).data(ROW_ROLE) is lines[0]
    only_hindi = model.index(lines.index(of(lines, Section.ONLY_HINDI)[0]))
    assert "it speaks of: Narendra Modi" in only_hindi.data()
    model.show_rows(())
    assert model.rowCount() == 0
    del tester


@pytest.fixture
def sheet(qtbot: QtBot, lines: list[ContrastLine]) -> ContrastSheet:
    shown = ContrastSheet()
    shown.resize(800, 300)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.show_lines("Very likely the same event", lines, (Section.ONLY_ENGLISH, Section.ONLY_HINDI, Section.BOTH))
    return shown


def test_tabs_say_how_much_there_is_and_hide_what_was_not_looked_for(sheet: ContrastSheet) -> None:
    texts = [sheet.tabs.tabText(number) for number in range(sheet.tabs.count()) if sheet.tabs.isTabVisible(number)]
    assert texts == ["Only in English  2", "Only in Hindi  1", "In both  1"]


def test_clicking_a_line_asks_for_its_passage(qtbot: QtBot, sheet: ContrastSheet) -> None:
    sheet.tabs.setCurrentIndex(list(Section).index(Section.ONLY_HINDI))
    index = sheet.view.lines.index(0)
    with qtbot.waitSignal(sheet.passage_chosen) as chosen:
        QTest.mouseClick(sheet.view.viewport(), Qt.MouseButton.LeftButton, pos=sheet.view.visualRect(index).center())
    assert chosen.args[0].sentences[HI] == (1,)


def test_keys_walk_through_the_lines(qtbot: QtBot, sheet: ContrastSheet) -> None:
    sheet.view.setCurrentIndex(sheet.view.lines.index(0))
    for key, row in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, 0), (Qt.Key.Key_Return, 0)):
        with qtbot.waitSignal(sheet.passage_chosen):
            QTest.keyClick(sheet.view, key)
        assert sheet.view.currentIndex().row() == row


def test_no_lines_are_a_sentence(sheet: ContrastSheet) -> None:
    sheet.show_lines("", (), (Section.ONLY_ENGLISH,))
    assert sheet.lines_of(Section.ONLY_ENGLISH) == []
    assert not sheet.view.isVisible()
    sheet.show_none("Open two reports.")
    assert not sheet.view.isVisible()


def test_rows_are_as_high_as_their_text(sheet: ContrastSheet, qtbot: QtBot) -> None:
    wide = sheet.view.sizeHintForRow(0)
    sheet.resize(320, 300)
    qtbot.waitUntil(lambda: sheet.view.sizeHintForRow(0) > wide)


def test_wrapped_text_ends_in_an_ellipsis_where_it_is_cut() -> None:
    font = ui_font()
    fitter = WrappedText(font, 2)
    text = "क्\u200dष 🌍 " * 40
    lines = fitter.lines(text, 200)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(QFontMetrics(font).horizontalAdvance(line) <= 200 for line in lines)
    assert WrappedText(font, 3).lines("short", 200) == ("short",)
    assert WrappedText(font, 3).lines("", 200) == ()
