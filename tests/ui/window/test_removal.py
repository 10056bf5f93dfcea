"""An article leaves for the bin by its key or by the list's menu, at once; Undo, or the bin itself, brings it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.library import Library
from desktop_app.settings import Settings
from desktop_app.ui.actions import Act
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.worker_bridge import WorkerBridge

WAIT_MS = 60_000


@pytest.fixture
def writing(qtbot: QtBot, library_folder: Path) -> Iterator[MainWindow]:
    """The window over the real worker process, with the first article open."""
    with Library(library_folder, writing=True) as library:
        shown = MainWindow(library, WorkerBridge(library.worker), Settings(samples_offered=True))
        qtbot.addWidget(shown)
        with qtbot.waitExposed(shown):
            shown.show()
        shown.open_last_or_first()
        QApplication.processEvents()
        yield shown
        shown.close()


def listed(window: MainWindow) -> list[int]:
    model = window.articles.view.articles
    return [id_ for row in range(model.rowCount()) if (id_ := model.id_at(model.index(row))) is not None]


def test_the_key_removes_and_undo_brings_back(writing: MainWindow, qtbot: QtBot) -> None:
    writing.reading.open(5)
    writing.articles.view.setFocus()
    QTest.keyClick(writing, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: 5 not in listed(writing), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "lies in the bin for 30 days" in writing.status.message, timeout=WAIT_MS)
    assert "अकेली रिपोर्ट" in writing.status.message
    assert writing.status.offers_undo
    assert writing.reading.article in listed(writing)
    QTest.keyClick(writing, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: writing.reading.article == 5, timeout=WAIT_MS)
    assert "is back" in writing.status.message
    assert 5 in listed(writing)


def test_removing_one_side_leaves_the_other_open(writing: MainWindow, qtbot: QtBot) -> None:
    assert writing.reading.shown == {1, 2}
    writing.removal.remove(2)
    qtbot.waitUntil(lambda: writing.reading.shown == {1}, timeout=WAIT_MS)
    assert listed(writing) == [1, 3, 4, 5]


def test_the_bin_restores_what_is_current(writing: MainWindow, qtbot: QtBot) -> None:
    writing.removal.remove(5)
    qtbot.waitUntil(lambda: 5 not in listed(writing), timeout=WAIT_MS)
    sheet = writing.library_desk.bin_dialog()
    sheet.open()
    qtbot.waitUntil(lambda: len(sheet.view.records) == 1, timeout=WAIT_MS)
    assert "अकेली रिपोर्ट" in sheet.view.records[0].title
    assert sheet.view.records[0].end == "30 days left"
    assert sheet.heading.text() == "1 removed article, last removed first"
    sheet.restore.click()
    qtbot.waitUntil(lambda: 5 in listed(writing), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not sheet.view.records, timeout=WAIT_MS)
    assert "The bin is empty" in sheet.heading.text()
    sheet.close()


def test_the_bin_is_emptied_only_at_the_second_press(writing: MainWindow, qtbot: QtBot) -> None:
    writing.removal.remove(5)
    qtbot.waitUntil(lambda: 5 not in listed(writing), timeout=WAIT_MS)
    sheet = writing.library_desk.bin_dialog()
    sheet.open()
    qtbot.waitUntil(lambda: len(sheet.view.records) == 1, timeout=WAIT_MS)
    sheet.empty.click()
    assert sheet.empty.text() == "Delete 1 article for good"
    assert len(sheet.view.records) == 1
    sheet.empty.click()
    qtbot.waitUntil(lambda: not sheet.view.records, timeout=WAIT_MS)
    sheet.close()


def test_an_emptied_library_says_how_to_fill_it(writing: MainWindow, qtbot: QtBot) -> None:
    for _ in range(5):
        count = len(listed(writing))
        writing.commands[Act.REMOVE_ARTICLE].trigger()
        qtbot.waitUntil(lambda count=count: len(listed(writing)) == count - 1, timeout=WAIT_MS)  # type: ignore[misc]
    assert writing.articles.sentence
    assert writing.reading.article is None
    assert not writing.commands[Act.REMOVE_ARTICLE].isEnabled()


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
