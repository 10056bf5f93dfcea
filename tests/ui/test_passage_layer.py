from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain import Article, ArticlePair, Comparison, Language, PassageLink, Relation
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.pane_marks import MarkKind
from desktop_app.ui.passages import Passage, PassageMap
from desktop_app.ui.scroll_map import READING_PART

EN, HI = Language.ENGLISH, Language.HINDI
PARAGRAPHS = 30


@pytest.fixture
def pair(make_article: Callable[..., Article]) -> ArticlePair:
    """Thirty paragraphs on both sides; the Hindi ones are longer."""
    english = "\n".join(f"Paragraph {number} 🌍 says something. " + "And more. " * 20 for number in range(PARAGRAPHS))
    hindi = "\n".join(f"अनुच्छेद {number} क्\u200dष कुछ कहता है। " + "और भी। " * 30 for number in range(PARAGRAPHS))
    return ArticlePair(make_article(english, EN), make_article(hindi, HI, number=2))


@pytest.fixture
def view(qtbot: QtBot, pair: ArticlePair) -> BilingualView:
    """Every third paragraph is linked; 20 and 5 cross the others; 1 and 2 stand on one side only."""
    shown = BilingualView()
    shown.resize(900, 500)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.activateWindow()
    links = [PassageLink((number,), (number,), 0.9) for number in range(0, PARAGRAPHS, 3)]
    links.append(PassageLink((20,), (5,), 0.45))
    found = Comparison(Relation.SAME_EVENT, 0.9, (), tuple(links), (1, 2), (1, 2, 28))
    shown.show_pair(pair)
    shown.passages.show_passages(PassageMap(pair, found))
    return shown


def link(view: BilingualView, en: int) -> Passage:
    assert view.passages.passages is not None
    return next(passage for passage in view.passages.passages.links if passage.sentences[EN] == (en,))


def top(view: BilingualView, passage: Passage, language: Language) -> float:
    return view.pane(language).span_band(passage.runs[language][0])[0]


def move_mouse(view: BilingualView, language: Language, point: QPointF) -> None:
    viewport = view.pane(language).viewport()
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        point,
        viewport.mapToGlobal(point),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, event)


def marks(view: BilingualView, language: Language) -> list[MarkKind]:
    return [mark.kind for mark in view.pane(language).passage_marks]


def test_every_link_is_a_ribbon_and_one_sided_runs_are_marks(view: BilingualView) -> None:
    assert len(view.passages.ribbons()) == 11
    assert [mark.language for mark in view.passages.marks()] == [EN, HI, HI]


def test_hovering_a_sentence_lights_up_both_sides(view: BilingualView) -> None:
    passage = link(view, 3)
    band = view.pane(EN).span_band(passage.runs[EN][0])
    move_mouse(view, EN, QPointF(60, (band[0] + band[1]) / 2))
    assert view.passages.lit == (passage,)
    assert marks(view, EN) == marks(view, HI) == [MarkKind.LINKED]
    view.pane(EN).position_hovered.emit(None)
    assert not view.passages.lit
    assert marks(view, EN) == marks(view, HI) == []


def test_what_one_side_says_alone_is_tinted_there_only(view: BilingualView) -> None:
    band = view.pane(HI).span_band(view.passages.passages.only_one_side[1].runs[HI][0])  # type: ignore[union-attr]
    move_mouse(view, HI, QPointF(60, (band[0] + band[1]) / 2))
    assert marks(view, EN) == []
    assert marks(view, HI) == [MarkKind.UNMATCHED]


def test_doubtful_links_look_doubtful(view: BilingualView) -> None:
    view.passages.show_passage(link(view, 20))
    assert marks(view, EN) == [MarkKind.UNCERTAIN]


def test_the_caret_lights_up_its_passage_until_it_leaves(view: BilingualView) -> None:
    passage = link(view, 3)
    view.pane(HI).put_caret(passage.runs[HI][0].start + 4)
    assert view.passages.current == (passage,)
    view.pane(HI).put_caret(passage.runs[HI][0].end + 10)
    assert not view.passages.current


def test_clicking_a_ribbon_brings_both_sides_level(qtbot: QtBot, view: BilingualView) -> None:
    passage = link(view, 20)
    view.passages.show_passage(passage)
    assert abs(top(view, passage, EN) - top(view, passage, HI)) <= 8
    assert 0 < top(view, passage, EN) < view.pane(EN).viewport().height()
    gutter = view.splitter().gutter
    with qtbot.waitSignal(gutter.passage_clicked) as clicked:
        band = view.pane(EN).span_band(passage.runs[EN][0])
        offset = gutter.mapFromGlobal(view.pane(EN).viewport().mapToGlobal(QPoint(0, 0))).y()
        where = QPoint(gutter.width() // 2, round((band[0] + band[1]) / 2 + offset))
        QTest.mouseClick(gutter, Qt.MouseButton.LeftButton, pos=where)
    assert clicked.args == [passage]


def test_nothing_moves_for_a_passage_in_sight(view: BilingualView) -> None:
    view.passages.step_linked(1)
    view.passages.show_passage(link(view, 3))
    before = [view.pane(language).scrolled_px for language in Language]
    view.passages.show_passage(link(view, 3))
    assert [view.pane(language).scrolled_px for language in Language] == before


def test_walk_goes_through_linked_passages_and_ends(qtbot: QtBot, view: BilingualView) -> None:
    seen = []
    for _ in range(11):
        view.passages.step_linked(1)
        seen.append(view.passages.current[0].sentences[EN][0])
    assert seen == [0, 3, 6, 9, 12, 15, 18, 20, 21, 24, 27]
    with qtbot.waitSignal(view.passages.walk_ended):
        view.passages.step_linked(1)
    view.passages.step_linked(-1)
    assert view.passages.current[0].sentences[EN] == (24,)


def test_walk_goes_on_from_a_sentence_inside_a_one_sided_passage(view: BilingualView, pair: ArticlePair) -> None:
    assert pair.en is not None
    view.pane(EN).put_caret(pair.en.sentences[2].start + 3)
    assert [passage.sentences[EN] for passage in view.passages.current] == [(2,)]
    view.passages.step_one_sided(1)
    assert [passage.sentences[HI] for passage in view.passages.current] == [(1, 2)]


def test_walk_in_the_hindi_pane_keeps_its_order(view: BilingualView) -> None:
    view.focus_pane(HI)
    seen = []
    for _ in range(4):
        view.passages.step_linked(1)
        seen.append(view.passages.current[0].sentences[HI][0])
    assert seen == [0, 3, 5, 6]


def test_walk_begins_where_one_reads(view: BilingualView) -> None:
    view.pane(EN).verticalScrollBar().setValue(round(view.pane(EN).flow(link(view, 9).runs[EN][0])[0]) - 2)
    view.passages.step_linked(1)
    assert view.passages.current[0].sentences[EN] == (9,)


def test_walk_through_what_only_one_side_says(view: BilingualView) -> None:
    seen = []
    for _ in range(3):
        view.passages.step_one_sided(1)
        passage = view.passages.current[0]
        assert passage.only is not None
        seen.append((passage.only, passage.sentences[passage.only]))
    assert seen == [(EN, (1, 2)), (HI, (1, 2)), (HI, (28,))]
    view.passages.step_one_sided(-1)
    assert view.passages.current[0].only is HI


def test_scrolling_one_pane_carries_the_other(view: BilingualView) -> None:
    assert view.passages.passages is not None
    for language in Language:
        pane = view.pane(language)
        for passage in view.passages.passages.links[3:-3]:
            if not passage.sure:
                continue
            line = pane.viewport().height() * READING_PART
            middle = sum(pane.flow(passage.runs[language][0])) / 2
            pane.verticalScrollBar().setValue(round(middle - line))
            start, end = view.pane(language.other).span_band(passage.runs[language.other][0])
            assert start <= line <= end


def test_ends_meet(view: BilingualView) -> None:
    english, hindi = view.pane(EN).verticalScrollBar(), view.pane(HI).verticalScrollBar()
    english.setValue(english.maximum())
    assert hindi.value() == hindi.maximum()
    hindi.setValue(0)
    assert english.value() == 0


def test_there_and_back_again_ends_where_it_began(view: BilingualView) -> None:
    english, hindi = view.pane(EN).verticalScrollBar(), view.pane(HI).verticalScrollBar()
    english.setValue(english.maximum() // 2)
    before = english.value(), hindi.value()
    for _ in range(5):
        english.setValue(english.value() + 20)
    for _ in range(5):
        english.setValue(english.value() - 20)
    assert english.value() == before[0]
    assert abs(hindi.value() - before[1]) <= 5


def test_unlinked_panes_scroll_alone_and_come_level_slowly(view: BilingualView) -> None:
    english, hindi = view.pane(EN).verticalScrollBar(), view.pane(HI).verticalScrollBar()
    english.setValue(200)
    view.passages.scrolling.enabled = False
    level = hindi.value()
    hindi.setValue(level + 600)
    assert english.value() == 200
    view.passages.scrolling.enabled = True
    english.setValue(203)
    assert hindi.value() > level + 500, "it leapt"
    for step in range(120):
        english.setValue(203 + step * 10)
    away = hindi.value()
    view.passages.scrolling.carry_along(EN)
    assert abs(hindi.value() - away) < 20


def test_other_text_size_carries_nothing(view: BilingualView) -> None:
    view.pane(EN).verticalScrollBar().setValue(300)
    before = [view.pane(language).place().position for language in Language]
    view.set_text_size(150)
    # The line at the top holds the same words, but may begin with an earlier one.
    for language, position in zip(Language, before, strict=True):
        assert 0 <= position - view.pane(language).place().position < 50


def test_ribbons_follow_the_layout(view: BilingualView) -> None:
    before = view.passages.ribbons()[5].en[0]
    view.set_text_size(200)
    assert view.passages.ribbons()[5].en[0] > before * 1.2


def test_another_pair_takes_everything_away(view: BilingualView, pair: ArticlePair) -> None:
    view.passages.step_linked(1)
    view.show_pair(ArticlePair(en=pair.en))
    assert view.passages.passages is None
    assert view.passages.ribbons() == ()
    assert view.passages.lit == ()
    view.passages.step_linked(1)


def test_a_reader_rejects_the_link_at_the_caret(qtbot: QtBot, view: BilingualView) -> None:
    assert not view.passages.can_reject
    view.passages.show_passage(link(view, 6))
    assert view.passages.can_reject
    with qtbot.waitSignal(view.passages.link_rejected) as rejected:
        view.passages.reject_current()
    assert rejected.args == [(6,), (6,)]


def test_a_reader_links_what_is_selected_on_both_sides(qtbot: QtBot, view: BilingualView, pair: ArticlePair) -> None:
    assert pair.en is not None
    assert pair.hi is not None
    view.pane(EN).put_caret(pair.en.sentences[7].start + 2)
    assert not view.passages.can_state, "the Hindi side has not been touched"
    cursor = view.pane(HI).textCursor()
    cursor.setPosition(pair.hi.sentences[10].start + 3)
    cursor.setPosition(pair.hi.sentences[11].start + 3, cursor.MoveMode.KeepAnchor)
    view.pane(HI).setTextCursor(cursor)
    assert view.passages.can_state
    with qtbot.waitSignal(view.passages.link_stated) as stated:
        view.passages.state_selected()
    assert stated.args == [(7,), (10, 11)]


def test_the_passage_at_the_caret_stays_lit_when_links_change(view: BilingualView, pair: ArticlePair) -> None:
    view.passages.show_passage(link(view, 6))
    links = (PassageLink((6,), (8,), 1.0),)
    view.passages.show_passages(PassageMap(pair, Comparison(Relation.SAME_EVENT, 0.9, (), links, (), ())))
    assert [passage.sentences[HI] for passage in view.passages.current] == [(8,)]
