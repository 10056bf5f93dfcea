"""A very long text is shown in parts: every place can be reached, and what is marked stands where it belongs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain import Article, ArticlePair, Language, Mention, Span
from desktop_app.ui.article_pane import ArticlePane
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.pane_marks import PassageMark

Make = Callable[..., Article]
Mark = Callable[..., Mention]

LINE = "Paragraph with an emoji 😀 says that talks went on in Geneva through the week.\n"
TEXT = LINE * 1500 + "At the very end came Lavrov.\n" + LINE * 1500 + "The last word"


@pytest.fixture
def view(qtbot: QtBot) -> BilingualView:
    shown = BilingualView()
    shown.resize(900, 600)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def shown_text(pane: ArticlePane) -> str:
    return pane.toPlainText()


def test_the_beginning_is_shown_with_a_sentence_on_how_much_that_is(view: BilingualView, make_article: Make) -> None:
    view.show_pair(ArticlePair(make_article(TEXT), None))
    pane, bar = view.pane(Language.ENGLISH), view.part_bar(Language.ENGLISH)
    assert 0 < pane.part.end < len(TEXT)
    assert TEXT.startswith(shown_text(pane))
    assert bar.isVisible()
    assert bar.sentence.startswith("0–")
    assert bar.sentence.endswith(" % of a very long text")
    assert not bar.earlier.isEnabled()


def test_an_ordinary_article_has_no_bar(view: BilingualView, make_article: Make) -> None:
    view.show_pair(ArticlePair(make_article(TEXT), None))
    view.show_pair(ArticlePair(make_article(LINE * 10), None))
    assert not view.part_bar(Language.ENGLISH).isVisible()


def test_later_parts_lead_to_the_end_and_earlier_ones_back(view: BilingualView, make_article: Make) -> None:
    view.show_pair(ArticlePair(make_article(TEXT), None))
    pane, bar = view.pane(Language.ENGLISH), view.part_bar(Language.ENGLISH)
    parts = [pane.part]
    while bar.later.isEnabled():
        QTest.mouseClick(bar.later, Qt.MouseButton.LeftButton)
        parts.append(pane.part)
        assert shown_text(pane) == TEXT[pane.part.start : pane.part.end]
        assert pane.scrolled_px == 0
    assert [part.start for part in parts[1:]] == [part.end for part in parts[:-1]]
    assert parts[-1].end == len(TEXT)
    QTest.mouseClick(bar.earlier, Qt.MouseButton.LeftButton)
    assert pane.part.end == parts[-2].end
    assert pane.scrolled_px > pane.scrollable_px * 0.8, "one goes on reading upwards where one was"


def test_a_jump_brings_the_part_and_its_marks(view: BilingualView, make_article: Make, make_mention: Mark) -> None:
    article = make_article(TEXT)
    lavrov = make_mention(TEXT, "Lavrov", 7)
    view.show_pair(ArticlePair(article, None), [lavrov])
    view.set_search_spans(Language.ENGLISH, [Span(TEXT.index("very end"), TEXT.index("very end") + 8)])
    pane = view.pane(Language.ENGLISH)
    assert lavrov.start > pane.part.end
    view.jump_to(Language.ENGLISH, lavrov)
    assert pane.part.start <= lavrov.start < pane.part.end
    assert pane.selected_span().start == lavrov.start
    top, bottom = pane.span_band(Span(lavrov.start, lavrov.end))
    assert 0 <= top < bottom <= pane.viewport().height()


def test_a_place_is_found_again_after_another_part_was_shown(view: BilingualView, make_article: Make) -> None:
    view.show_pair(ArticlePair(make_article(TEXT), None))
    pane = view.pane(Language.ENGLISH)
    pane.show_later()
    pane.scroll_to(Span(pane.part.start + 20_000, pane.part.start + 20_001))
    place = pane.place()
    pane.show_earlier()
    pane.restore_place(place)
    assert pane.place() == place


def test_the_ends_of_the_text_have_keys(view: BilingualView, make_article: Make) -> None:
    view.show_pair(ArticlePair(make_article(TEXT), None))
    pane = view.pane(Language.ENGLISH)
    pane.setFocus()
    QTest.keyClick(pane, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert pane.part.end == len(TEXT)
    QTest.keyClick(pane, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert pane.part.start == 0


def test_marks_outside_of_the_part_are_not_painted(view: BilingualView, make_article: Make, make_mention: Mark) -> None:
    view.show_pair(ArticlePair(make_article(TEXT), None), [make_mention(TEXT, "Lavrov", 7)])
    pane = view.pane(Language.ENGLISH)
    before = pane.viewport().grab().toImage()
    place = TEXT.index("Lavrov")
    pane.set_passage_marks([PassageMark(Span(place, place + 6))])
    pane.set_selected_entity(7)
    QApplication.processEvents()
    assert pane.viewport().grab().toImage() == before


def test_reordering_controls_reorder_nothing_and_are_copied_as_they_are(qtbot: QtBot, make_article: Make) -> None:
    text = "A file named harmless\u202etxt.exe\u202c was sent."
    pane = ArticlePane(Language.ENGLISH)
    qtbot.addWidget(pane)
    pane.show_article(make_article(text), ())
    assert "\u202e" not in shown_text(pane)
    pane.selectAll()
    assert pane.createMimeDataFromSelection().text() == text
