"""Clicking a mention and walking on: this text, the other one, the other articles; and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.domain import Language, Mention
from desktop_app.library import Library
from desktop_app.ui.actions import Act
from desktop_app.ui.main_window import MainWindow

EN, HI = Language.ENGLISH, Language.HINDI
LAVROV, RUSSIA = 1, 2


def mention(library: Library, article: int, entity: int, number: int = 0) -> Mention:
    return [m for m in library.mentions(library.article(article)) if m.entity == entity][number]


def walk(window: MainWindow, act: Act, times: int) -> list[tuple[Language, int, int]]:
    """Side, start and opened article after each step."""
    stops = []
    for _ in range(times):
        window.commands[act].trigger()
        stop = window.reading.stop
        assert stop is not None
        stops.append((stop.language, stop.mention.start, window.reading.article or 0))
    return stops


def test_a_click_selects_the_entity_everywhere(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    window.view.mention_clicked.emit(EN, mention(library, 1, LAVROV))
    assert window.reading.entity is not None
    assert window.reading.entity.id == LAVROV
    assert window.status.selection == "Lavrov · लवरोव  1 of 6"
    qtbot.waitUntil(lambda: window.status.selection == "Lavrov · लवरोव  1 of 6 · 1 more article")
    panel = window.entities.view
    assert panel.entities.entity_at(panel.currentIndex()) == LAVROV


def test_n_walks_through_this_text_then_the_other_then_the_other_articles(window: MainWindow, library: Library) -> None:
    window.view.mention_clicked.emit(EN, mention(library, 1, LAVROV, 1))
    stops = walk(window, Act.NEXT_MENTION, 8)
    sides = [(side, article) for side, _, article in stops]
    assert sides == [(EN, 1), (HI, 1), (HI, 1), (HI, 1), (EN, 3), (EN, 1), (EN, 1), (EN, 1)]
    assert stops[5][1] == 0


def test_p_walks_the_same_way_back(window: MainWindow, library: Library) -> None:
    window.view.mention_clicked.emit(EN, mention(library, 1, LAVROV))
    there = walk(window, Act.NEXT_MENTION, 6)
    back = walk(window, Act.PREVIOUS_MENTION, 5)
    assert back == list(reversed(there[:-1]))


def test_the_walk_starts_in_the_text_that_was_clicked(window: MainWindow, library: Library) -> None:
    window.view.mention_clicked.emit(HI, mention(library, 2, LAVROV, 2))
    assert [side for side, _, _ in walk(window, Act.NEXT_MENTION, 2)] == [EN, EN]


def test_a_second_click_on_the_same_mention_walks_on(window: MainWindow, library: Library) -> None:
    clicked = mention(library, 1, RUSSIA)
    window.view.mention_clicked.emit(EN, clicked)
    window.view.mention_clicked.emit(EN, clicked)
    assert window.reading.stop is not None
    assert window.reading.stop.mention == mention(library, 1, RUSSIA, 1)


def test_an_entity_named_in_one_pair_only_is_walked_in_a_ring(window: MainWindow, library: Library) -> None:
    window.view.mention_clicked.emit(EN, mention(library, 1, 3))
    assert [side for side, _, _ in walk(window, Act.NEXT_MENTION, 2)] == [HI, EN]
    assert window.reading.article == 1


def test_back_and_forward_lead_through_the_places(window: MainWindow, library: Library) -> None:
    window.view.mention_clicked.emit(HI, mention(library, 2, LAVROV, 2))
    scrolled = window.view.pane(HI).place()
    assert scrolled.position > 0
    window.reading.open(5)
    assert window.reading.entity is None
    window.commands[Act.BACK].trigger()
    assert window.reading.article == 1
    assert window.reading.stop is not None
    assert window.reading.stop.mention.start == mention(library, 2, LAVROV, 2).start
    assert window.view.pane(HI).place().position == scrolled.position
    window.commands[Act.FORWARD].trigger()
    assert window.reading.article == 5
    assert not window.commands[Act.FORWARD].isEnabled()


def test_the_selection_stays_where_the_next_article_names_it_too(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    window.view.mention_clicked.emit(EN, mention(library, 1, RUSSIA))
    window.reading.open(4)
    assert window.reading.entity is not None
    qtbot.waitUntil(lambda: window.status.selection == "Russia · रूस  1 mention · 2 more articles")


def test_choosing_in_the_panel_is_like_a_click(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.entities.view
    panel.setFocus()
    panel.setCurrentIndex(panel.entities.index_of(RUSSIA))
    assert window.status.selection.startswith("Russia · रूस  1 of 3")
    QTest.keyClick(panel, Qt.Key.Key_Return)
    assert window.status.selection.startswith("Russia · रूस  2 of 3")
    QTest.keyClick(panel, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert window.status.selection.startswith("Russia · रूस  1 of 3")


def test_a_second_click_in_the_panel_walks_on(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.entities.view
    where = panel.visualRect(panel.entities.index_of(LAVROV)).center()
    QTest.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert window.status.selection.startswith("Lavrov · लवरोव  1 of 6")
    QTest.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert window.status.selection.startswith("Lavrov · लवरोव  2 of 6")


def test_esc_drops_the_selection(window: MainWindow, library: Library) -> None:
    window.view.mention_clicked.emit(EN, mention(library, 1, LAVROV))
    window.commands[Act.STEP_BACK_OUT].trigger()
    assert window.reading.entity is None
    assert window.status.selection == ""
    assert not window.commands[Act.NEXT_MENTION].isEnabled()


def test_keys_n_and_p_work_in_the_text_and_not_in_the_search_field(
    window: MainWindow, library: Library, qtbot: QtBot
) -> None:
    window.view.mention_clicked.emit(EN, mention(library, 1, LAVROV))
    window.activateWindow()
    pane = window.view.pane(EN)
    pane.setFocus()
    QTest.keyClick(pane, Qt.Key.Key_N)
    assert window.status.selection.startswith("Lavrov · लवरोव  2 of 6")
    QTest.keyClick(pane, Qt.Key.Key_P)
    assert window.status.selection.startswith("Lavrov · लवरोव  1 of 6")
    window.tool_bar.search.setFocus()
    QTest.keyClick(window.tool_bar.search, Qt.Key.Key_N)
    assert window.tool_bar.search.text() == "n"


def test_choosing_an_entity_that_is_named_elsewhere_goes_there(window: MainWindow) -> None:
    window.reading.open(5)
    window.reading.choose(LAVROV)
    assert window.reading.article == 1
    assert window.status.selection.startswith("Lavrov · लवरोव  1 of 6")
