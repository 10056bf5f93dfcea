"""Finding words in the two texts that are open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.domain import Language
from desktop_app.ui.actions import Act
from desktop_app.ui.main_window import MainWindow

EN, HI = Language.ENGLISH, Language.HINDI
WAIT_MS = 5000


def find(window: MainWindow, words: str) -> None:
    window.commands[Act.FIND].trigger()
    window.find_bar.field.setText(words)
    window.finding.wait(WAIT_MS)


def place(window: MainWindow) -> tuple[Language, str]:
    found = window.finding.place
    assert found is not None
    article = window.view.pane(found.language).article
    assert article is not None
    return found.language, article.text[found.span.start : found.span.end]


def test_every_place_in_both_texts_is_counted_and_walked_through(window: MainWindow) -> None:
    find(window, "lavrov")
    assert window.find_bar.isVisible()
    assert window.find_bar.count_words == "1 of 6 · 3 English, 3 Hindi"
    walked = [place(window)]
    for _ in range(5):
        window.commands[Act.NEXT_HIT].trigger()
        walked.append(place(window))
    assert walked == [(EN, "Lavrov")] * 3 + [(HI, "लवरोव")] * 3
    QTest.keyClick(window.find_bar.field, Qt.Key.Key_Return)
    assert window.find_bar.count_words.startswith("1 of 6")
    QTest.keyClick(window.find_bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert window.find_bar.count_words.startswith("6 of 6")


def test_a_place_far_down_is_brought_into_view(window: MainWindow) -> None:
    find(window, "Russia out")
    pane = window.view.pane(EN)
    found = window.finding.place
    assert found is not None
    top, bottom = pane.span_band(found.span)
    assert 0 <= top < bottom <= pane.viewport().height()


def test_words_that_stand_nowhere_are_said(window: MainWindow) -> None:
    find(window, "xyzzy")
    assert window.find_bar.count_words == "Not in these texts"
    window.commands[Act.NEXT_HIT].trigger()
    assert window.finding.place is None


def test_what_is_selected_is_looked_for(window: MainWindow) -> None:
    window.activateWindow()
    pane = window.view.pane(HI)
    pane.setFocus()
    cursor = pane.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(len("लवरोव"), cursor.MoveMode.KeepAnchor)
    pane.setTextCursor(cursor)
    window.commands[Act.FIND].trigger()
    window.finding.wait(WAIT_MS)
    assert window.find_bar.field.text() == "लवरोव"
    assert place(window) == (HI, "लवरोव")


def test_esc_closes_the_bar_before_it_closes_a_search(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    with qtbot.waitSignal(window.search.answered):
        window.tool_bar.search.setText("Russia")
    window.search.enter_hit(0)
    find(window, "said")
    window.find_bar.field.clear()
    carets = [window.view.pane(side).textCursor().position() for side in Language]
    window.commands[Act.NEXT_HIT].trigger()
    assert [window.view.pane(side).textCursor().position() for side in Language] != carets
    window.find_bar.field.setText("said")
    window.finding.wait(WAIT_MS)
    window.commands[Act.STEP_BACK_OUT].trigger()
    assert not window.find_bar.isVisible()
    assert window.search.active
    hits = {hit.id: hit.text_spans for hit in window.search_panel.view.results.hits}
    for side in Language:
        article = window.view.pane(side).article
        assert article is not None
        assert window.view.pane(side).search_spans == hits.get(article.id, ())
    assert window.view.focused_language() is not None


def test_other_texts_are_searched_for_the_same_words(window: MainWindow) -> None:
    find(window, "Geneva")
    assert window.finding.place is None
    window.reading.open(3)
    window.finding.wait(WAIT_MS)
    assert window.find_bar.count_words == "2 found · 1 English, 1 Hindi"
    window.finding.step(1)
    assert place(window) == (EN, "Geneva")


def test_finding_leaves_the_page_of_an_entity(window: MainWindow) -> None:
    window.desk.open_page(1)
    window.desk.pages.wait(WAIT_MS)
    find(window, "Lavrov")
    assert window.find_bar.isVisible()
    assert window.find_bar.field.isVisible()
