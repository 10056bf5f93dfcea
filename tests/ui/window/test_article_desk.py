"""Versions, dates and addresses of an article, and the sentence over one that is not what was imported."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain import Language, SentenceKind
from desktop_app.library import Library
from desktop_app.settings import Settings
from desktop_app.ui.actions import Act
from desktop_app.ui.article_desk import DAMAGED
from desktop_app.ui.article_pane import ArticlePane
from desktop_app.ui.check_dialog import CheckDialog
from desktop_app.ui.date_dialog import DateDialog
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.versions_dialog import VersionsDialog
from desktop_app.ui.worker_bridge import WorkerBridge
from tests.ui.conftest import article_of
from tests.ui.window.work import QueuedWork

EN, HI = Language.ENGLISH, Language.HINDI
WAIT_MS = 60_000


def test_an_updated_article_says_that_it_has_a_version(working: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "bridge.txt"
    head = "A bridge was opened on Friday\nThe minister spoke.\n"
    file.write_text(head + "It had cost 400 million rupees and two years of work by many people of the town.")
    working.import_paths([file])
    qtbot.waitUntil(lambda: working.status.message == "1 article imported.", timeout=WAIT_MS)
    header = working.view.header(EN)
    assert header.versions_button.isHidden()
    file.write_text(head + "It had cost 500 million rupees and two years of work by many people of the town.")
    working.import_paths([file])
    qtbot.waitUntil(lambda: working.status.message == "1 updated.", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not header.versions_button.isHidden(), timeout=WAIT_MS)
    assert header.versions_button.text() == "1 version"
    header.versions_button.click()
    (sheet,) = working.findChildren(VersionsDialog)
    sheet.wait(5000)
    assert "400 million" in sheet.then.toPlainText()
    assert "500 million" in sheet.now.toPlainText()
    assert [selection.cursor.selectedText() for selection in sheet.then.extraSelections()] == ["400"]
    assert [selection.cursor.selectedText() for selection in sheet.now.extraSelections()] == ["500"]
    assert sheet.note == "1 passage of the version changed, 1 came in their place."
    assert str(file) in sheet.view.records[0].below
    sheet.close()


def test_a_reader_states_the_date_of_an_undated_article(working: MainWindow, qtbot: QtBot) -> None:
    working.reading.open(5)
    header = working.view.header(HI)
    assert not header.date_button.isHidden()
    header.date_button.click()
    (dialog,) = working.findChildren(DateDialog)
    assert not dialog.ok.isEnabled()
    dialog.field.setText("31.2.2024")
    assert not dialog.ok.isEnabled()
    dialog.field.setText("3.2.2024")
    assert dialog.note == "3 Feb 2024"
    assert dialog.calendar.selectedDate().toPython() == dt.date(2024, 2, 3)
    dialog.ok.click()
    assert "3 Feb 2024" in " ".join(header.lines())
    assert header.date_button.isHidden()
    assert working.status.message == "The date is now 3 Feb 2024."
    working.commands[Act.UNDO].trigger()
    assert "ate unknown" in " ".join(header.lines())


def test_the_calendar_writes_into_the_field(qtbot: QtBot) -> None:
    dialog = DateDialog("A report", None, 100, None)
    qtbot.addWidget(dialog)
    dialog.calendar.setSelectedDate(dialog.calendar.minimumDate())
    assert dialog.field.text() == "1800-01-01"
    with qtbot.waitSignal(dialog.date_given) as given:
        dialog.ok.click()
    assert given.args == [dt.date(1800, 1, 1)]


def test_a_dated_article_is_not_asked_for_its_date(working: MainWindow) -> None:
    working.reading.open(1)
    assert working.view.header(EN).date_button.isHidden()


def test_an_article_that_was_changed_where_it_lies_is_doubted(qtbot: QtBot, library_folder: Path) -> None:
    with closing(sqlite3.connect(library_folder / "library.sqlite3")) as connection, connection:
        connection.execute("UPDATE articles SET text = replace(text, 'Russia', 'Prussi') WHERE id = 1")
    with Library(library_folder) as library:
        window = MainWindow(library, WorkerBridge(QueuedWork()), Settings(samples_offered=True))
        qtbot.addWidget(window)
        window.show()
        window.reading.open(1)
        window.article_desk.wait(WAIT_MS)
        doubt = window.view.doubt(EN)
        assert doubt.isVisible()
        assert doubt.sentence == DAMAGED
        assert not window.view.doubt(HI).isVisible()
        doubt.button.click()
        (sheet,) = window.findChildren(CheckDialog)
        sheet.wait(WAIT_MS)
        assert any("article 1 " in problem.lower() for problem in sheet.problems or ())
        with qtbot.waitSignal(window.library_desk.recovery_requested):
            sheet.repair.click()
        window.reading.open(5)
        assert not doubt.isVisible()
        window.close()


def test_a_sound_library_is_said_to_be_in_order(window: MainWindow, qtbot: QtBot) -> None:
    window.commands[Act.CHECK].trigger()
    (sheet,) = window.findChildren(CheckDialog)
    sheet.wait(WAIT_MS)
    assert sheet.problems == ()
    assert "in order" in sheet.heading.text()
    assert not sheet.repair.isEnabled()
    sheet.close()


# Addresses


def test_a_clicked_address_says_where_it_leads_and_opens_only_then(window: MainWindow) -> None:
    opened: list[QUrl] = []
    window.links.browse = opened.append
    for _ in range(2):  # a double click is no consent
        window.view.pane(EN).address_chosen.emit("https://bank.com@evil.example/x")
    assert window.status.message.startswith("This opens evil.example in your browser.")
    assert "before the @" in window.status.message
    assert opened == []
    window.status.answer()
    assert [url.toString() for url in opened] == ["https://evil.example/x"]


def test_what_is_no_web_address_is_never_opened(window: MainWindow) -> None:
    opened: list[QUrl] = []
    window.links.browse = opened.append
    for address in ("file:///etc/passwd", "javascript:alert(1)", "https://good.example\\@evil.example"):
        window.links.ask(address)
        assert not window.status.is_asking
    assert opened == []


def test_an_address_in_the_text_is_chosen_by_click_and_by_enter(qtbot: QtBot) -> None:
    pane = ArticlePane(EN)
    pane.resize(600, 400)
    qtbot.addWidget(pane)
    with qtbot.waitExposed(pane):
        pane.show()
    text = "A bridge\nhttps://example.org/bridge\nThe end."
    pane.show_article(article_of(text, kinds=(SentenceKind.TITLE, SentenceKind.URL)), ())
    QApplication.processEvents()
    chosen: list[str] = []
    pane.address_chosen.connect(chosen.append)
    place = text.index("example")
    pane.put_caret(place)
    where = pane.cursorRect().center()
    QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    assert chosen == ["https://example.org/bridge"]
    pane.put_caret(place)
    QTest.keyClick(pane, Qt.Key.Key_Return)
    assert len(chosen) == 2
    pane.put_caret(text.index("end"))
    QTest.keyClick(pane, Qt.Key.Key_Return)
    assert len(chosen) == 2
