"""An article leaves for the bin by its key or by the list's menu, at once; Undo, or the bin itself, brings it back."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.ui.actions import Act
from desktop_app.ui.main_window import MainWindow

WAIT_MS = 60_000


def listed(window: MainWindow) -> list[int]:
    model = window.articles.view.articles
    return [id_ for row in range(model.rowCount()) if (id_ := model.id_at(model.index(row))) is not None]


def test_the_key_removes_and_undo_brings_back(working: MainWindow, qtbot: QtBot) -> None:
    working.reading.open(5)
    working.articles.view.setFocus()
    QTest.keyClick(working, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: 5 not in listed(working), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "lies in the bin for 30 days" in working.status.message, timeout=WAIT_MS)
    assert "अकेली रिपोर्ट" in working.status.message
    assert working.status.offers_undo
    assert working.reading.article in listed(working)
    QTest.keyClick(working, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: working.reading.article == 5, timeout=WAIT_MS)
    assert "is back" in working.status.message
    assert 5 in listed(working)


def test_removing_one_side_leaves_the_other_open(working: MainWindow, qtbot: QtBot) -> None:
    assert working.reading.shown == {1, 2}
    working.removal.remove(2)
    qtbot.waitUntil(lambda: working.reading.shown == {1}, timeout=WAIT_MS)
    assert listed(working) == [1, 3, 4, 5]


def test_the_bin_restores_what_is_current(working: MainWindow, qtbot: QtBot) -> None:
    working.removal.remove(5)
    qtbot.waitUntil(lambda: 5 not in listed(working), timeout=WAIT_MS)
    sheet = working.library_desk.bin_dialog()
    sheet.open()
    qtbot.waitUntil(lambda: len(sheet.view.records) == 1, timeout=WAIT_MS)
    assert "अकेली रिपोर्ट" in sheet.view.records[0].title
    assert sheet.view.records[0].end == "30 days left"
    assert sheet.heading.text() == "1 removed article, last removed first"
    sheet.restore.click()
    qtbot.waitUntil(lambda: 5 in listed(working), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not sheet.view.records, timeout=WAIT_MS)
    assert "The bin is empty" in sheet.heading.text()
    sheet.close()


def test_the_bin_is_emptied_only_at_the_second_press(working: MainWindow, qtbot: QtBot) -> None:
    working.removal.remove(5)
    qtbot.waitUntil(lambda: 5 not in listed(working), timeout=WAIT_MS)
    sheet = working.library_desk.bin_dialog()
    sheet.open()
    qtbot.waitUntil(lambda: len(sheet.view.records) == 1, timeout=WAIT_MS)
    sheet.empty.click()
    assert sheet.empty.text() == "Delete 1 article for good"
    assert len(sheet.view.records) == 1
    sheet.empty.click()
    qtbot.waitUntil(lambda: not sheet.view.records, timeout=WAIT_MS)
    sheet.close()


def test_an_emptied_library_says_how_to_fill_it(working: MainWindow, qtbot: QtBot) -> None:
    for _ in range(5):
        count = len(listed(working))
        working.commands[Act.REMOVE_ARTICLE].trigger()
        qtbot.waitUntil(lambda count=count: len(listed(working)) == count - 1, timeout=WAIT_MS)  # type: ignore[misc]
    assert working.articles.sentence
    assert working.reading.article is None
    assert not working.commands[Act.REMOVE_ARTICLE].isEnabled()


def test_the_lists_menu_copies_shows_beside_and_removes(window: MainWindow) -> None:
    menu = window.article_menu.build(5)
    assert menu is not None
    actions = {action.text(): action for action in menu.actions() if action.text()}
    actions["Copy the title"].trigger()
    assert QGuiApplication.clipboard().text() == "क्\u200dष और ज्ञ पर अकेली रिपोर्ट"
    actions["Show beside the open report"].trigger()
    assert window.reading.shown == {1, 5}
    assert not actions["Remove from the library"].isEnabled(), "this window only reads"
    assert window.article_menu.build(99) is None


def test_the_right_button_opens_no_article(window: MainWindow, qtbot: QtBot) -> None:
    view = window.articles.view
    where = view.visualRect(view.articles.index_of(5)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, where)
    assert window.reading.article == 1
    for reason, expected in ((QContextMenuEvent.Reason.Mouse, 5), (QContextMenuEvent.Reason.Keyboard, 1)):
        with qtbot.waitSignal(view.menu_requested) as asked:
            view.contextMenuEvent(QContextMenuEvent(reason, where, QPoint(9, 9)))
        assert asked.args is not None
        assert asked.args[0] == expected


def test_a_window_that_only_reads_says_so_and_why(window: MainWindow) -> None:
    assert "read only" in window.status.library_words
    for act in (Act.IMPORT_FILES, Act.PASTE_ARTICLE, Act.REMOVE_ARTICLE, Act.REINDEX, Act.JOIN_REPORTS, Act.STATE_DATE):
        assert not window.commands[act].isEnabled()
        assert "Another Setu" in window.commands[act].toolTip()
    assert window.commands[Act.SEARCH].isEnabled()
    sheet = window.library_desk.bin_dialog()
    assert not sheet.empty.isEnabled()
    sheet.close()
