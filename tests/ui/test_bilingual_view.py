from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain import Article, ArticlePair, Entity, EntityType, Language, Mention, SentenceKind, Span
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.hover_card import HoverCard
from desktop_app.ui.passage_gutter import PassageGutter

Make = Callable[..., Article]
Mark = Callable[..., Mention]
EN, HI = Language.ENGLISH, Language.HINDI
ENGLISH_TEXT = "Lavrov meets Guterres\nSergei Lavrov met Antonio Guterres." + "\nMore was said." * 60 + "\nLavrov left."
HINDI_TEXT = "लवरोव और गुटेरेस की मुलाकात\nसर्गेई लवरोव ने गुटेरेस से भेंट की।" + "\nऔर बातें हुईं।" * 60 + "\nलवरोव लौटे।"


@pytest.fixture
def view(qtbot: QtBot) -> BilingualView:
    shown = BilingualView()
    shown.resize(1000, 600)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


@pytest.fixture
def pair(make_article: Make) -> ArticlePair:
    titled = (SentenceKind.TITLE,)
    return ArticlePair(
        make_article(ENGLISH_TEXT, EN, titled, source="ANI"),
        make_article(HINDI_TEXT, HI, titled, number=2),
    )


@pytest.fixture
def lavrov(make_mention: Mark) -> dict[Language, list[Mention]]:
    return {
        EN: [make_mention(ENGLISH_TEXT, "Lavrov", 1, occurrence=number) for number in range(3)],
        HI: [make_mention(HINDI_TEXT, "लवरोव", 1, occurrence=number) for number in range(3)],
    }


def test_shows_both_sides(view: BilingualView, pair: ArticlePair) -> None:
    view.show_pair(pair)
    assert view.pair == pair
    assert view.pane(EN).toPlainText() == ENGLISH_TEXT
    assert view.pane(HI).toPlainText() == HINDI_TEXT
    assert view.header(EN).lines()[0] == "ANI"


def test_missing_side_is_a_sentence(view: BilingualView, pair: ArticlePair) -> None:
    view.show_pair(pair)
    view.show_pair(ArticlePair(en=pair.en))
    assert view.pane(HI).toPlainText() == ""
    assert "No Hindi report" in view.pane(HI).accessibleDescription()
    view.show_pair(ArticlePair(hi=pair.hi))
    assert "No English report" in view.pane(EN).accessibleDescription()


def test_click_says_which_pane_it_was(
    qtbot: QtBot, view: BilingualView, pair: ArticlePair, lavrov: dict[Language, list[Mention]]
) -> None:
    view.show_pair(pair, lavrov[EN], lavrov[HI])
    with qtbot.waitSignal(view.mention_clicked) as clicked:
        view.pane(HI).mention_clicked.emit(lavrov[HI][0])
    assert clicked.args == [HI, lavrov[HI][0]]


def test_jump_brings_the_mention_into_view_in_its_pane_only(
    view: BilingualView, pair: ArticlePair, lavrov: dict[Language, list[Mention]]
) -> None:
    view.show_pair(pair, lavrov[EN], lavrov[HI])
    last = lavrov[HI][2]
    view.jump_to(HI, last)
    top, bottom = view.pane(HI).span_band(Span(last.start, last.end))
    assert 0 <= top < bottom <= view.pane(HI).viewport().height()
    assert view.pane(EN).verticalScrollBar().value() == 0


def test_header_takes_over_the_title_when_it_scrolls_away(qtbot: QtBot, view: BilingualView, pair: ArticlePair) -> None:
    view.show_pair(pair)
    with qtbot.waitSignal(view.place_changed) as moved:
        view.pane(EN).verticalScrollBar().setValue(500)
    assert moved.args == [EN]
    assert view.header(EN).lines()[0] == "Lavrov meets Guterres"
    assert view.header(HI).lines()[0] == "Date unknown"
    view.show_pair(pair)
    assert view.header(EN).lines()[0] == "ANI"


def test_new_mentions_leave_the_reader_in_place(
    view: BilingualView, pair: ArticlePair, lavrov: dict[Language, list[Mention]]
) -> None:
    view.show_pair(pair)
    view.pane(EN).verticalScrollBar().setValue(300)
    view.set_mentions(lavrov[EN], lavrov[HI])
    assert view.pane(EN).verticalScrollBar().value() == 300


def test_keyboard_goes_from_pane_to_pane(view: BilingualView, pair: ArticlePair) -> None:
    view.show_pair(pair)
    view.activateWindow()
    view.focus_pane(HI)
    assert view.focused_language() is HI
    view.focus_pane(EN)
    QTest.keyClick(view.pane(EN), Qt.Key.Key_Tab)
    assert view.focused_language() is HI


def test_ctrl_wheel_asks_for_another_text_size(qtbot: QtBot, view: BilingualView, pair: ArticlePair) -> None:
    view.show_pair(pair)
    viewport = view.pane(EN).viewport()
    where = QPointF(50, 50)
    turn = QWheelEvent(
        where,
        viewport.mapToGlobal(where),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.waitSignal(view.text_zoom_requested) as asked:
        QApplication.sendEvent(viewport, turn)
    assert asked.args == [1]


def test_double_click_on_the_gutter_makes_the_panes_equal(view: BilingualView, pair: ArticlePair) -> None:
    view.show_pair(pair)
    view.splitter().setSizes([700, 272])
    gutter = view.splitter().handle(1)
    assert isinstance(gutter, PassageGutter)
    QTest.mouseDClick(gutter, Qt.MouseButton.LeftButton)
    left, right = view.splitter().sizes()
    assert abs(left - right) <= 1


def test_hover_card_says_who_it_is_without_taking_the_focus(
    qtbot: QtBot, view: BilingualView, pair: ArticlePair, lavrov: dict[Language, list[Mention]]
) -> None:
    view.show_pair(pair, lavrov[EN], lavrov[HI], {1: Entity(1, EntityType.PER, "Sergei Lavrov", "सर्गेई लवरोव")})
    view.activateWindow()
    view.focus_pane(EN)
    card = view.findChild(HoverCard)
    assert card is not None
    view.pane(EN).mention_hovered.emit(lavrov[EN][0], QPoint(100, 100))
    qtbot.waitUntil(card.isVisible)
    assert card.lines() == ("Sergei Lavrov", "सर्गेई लवरोव", "Person · 3 English · 3 Hindi mentions")
    assert view.focused_language() is EN
    view.pane(EN).mention_hovered.emit(None, QPoint())
    assert not card.isVisible()


def test_message_stands_where_nothing_is_chosen(view: BilingualView, pair: ArticlePair) -> None:
    view.show_pair(pair)
    view.show_message("Drop two reports here.")
    assert view.pair == ArticlePair()
    assert view.pane(EN).accessibleDescription() == "Drop two reports here."
    assert view.header(EN).lines() == ("English", "no article")
