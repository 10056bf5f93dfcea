"""What is pasted or dropped becomes an article; what an import did can be seen, converted and undone."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hinlegacy import encode
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain import FileReport, ImportStatus, LegacyText
from desktop_app.library import Library
from desktop_app.settings import Settings
from desktop_app.ui.actions import Act
from desktop_app.ui.import_desk import outer_file
from desktop_app.ui.import_report import ImportReport
from desktop_app.ui.legacy_dialog import LegacyDialog
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.page_dialog import PageDialog
from desktop_app.ui.worker_bridge import WorkerBridge
from desktop_app.worker import TaskFinished
from tests.robustness import good_files as good
from tests.ui.window.work import QueuedWork

ARTICLE = "A bridge was opened on Friday. The minister said that 400 people had built it in two years."
LEGACY = LegacyText("Kruti Dev 010", "Hkkjr ljdkj", "भारत सरकार")


@pytest.fixture
def writing(qtbot: QtBot, library: Library, work: QueuedWork) -> MainWindow:
    shown = MainWindow(library, WorkerBridge(work), Settings(samples_offered=True))
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def drop(window: MainWindow, data: QMimeData) -> None:
    rest = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(50, 50), *rest))
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), *rest))


def press_paste(window: MainWindow) -> None:
    focused = QApplication.focusWidget() or window
    QTest.keyClick(focused, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_pasted_text_becomes_an_article(writing: MainWindow, work: QueuedWork) -> None:
    QApplication.clipboard().setText(ARTICLE)
    writing.activateWindow()
    writing.articles.view.setFocus()
    press_paste(writing)
    assert work.texts == [ARTICLE]


def test_in_a_pane_paste_makes_an_article_too(writing: MainWindow, work: QueuedWork) -> None:
    QApplication.clipboard().setText(ARTICLE)
    writing.activateWindow()
    writing.commands[Act.FOCUS_ENGLISH].trigger()
    press_paste(writing)
    assert work.texts == [ARTICLE]


def test_in_the_search_field_paste_is_typing(writing: MainWindow, work: QueuedWork) -> None:
    QApplication.clipboard().setText("Lavrov spoke in New York today")
    writing.activateWindow()
    writing.tool_bar.search.setFocus()
    press_paste(writing)
    assert writing.tool_bar.search.text() == "Lavrov spoke in New York today"
    assert work.texts == []


def test_a_pasted_address_is_fetched_and_its_real_host_named(writing: MainWindow, work: QueuedWork) -> None:
    QApplication.clipboard().setText("https://bank.com@evil.example/news")
    writing.import_desk.paste()
    assert work.pages == [["https://bank.com@evil.example/news"]]
    assert "Fetching the page at evil.example" in writing.status.message


def test_a_word_on_the_clipboard_is_no_article(writing: MainWindow, work: QueuedWork) -> None:
    QApplication.clipboard().setText("Lavrov")
    writing.import_desk.paste()
    assert not work.texts
    assert "at least 5 words" in writing.status.message


def test_addresses_and_texts_can_be_dropped(writing: MainWindow, work: QueuedWork) -> None:
    link = QMimeData()
    link.setUrls([QUrl("https://example.org/a")])
    drop(writing, link)
    assert work.pages == [["https://example.org/a"]]
    text = QMimeData()
    text.setText(ARTICLE)
    drop(writing, text)
    assert work.texts == [ARTICLE]


def test_nothing_is_asked_before_the_button_is_pressed(writing: MainWindow, work: QueuedWork) -> None:
    QApplication.clipboard().setText("nothing")
    writing.commands[Act.ADD_PAGE].trigger()
    (dialog,) = writing.findChildren(PageDialog)
    assert not dialog.ok.isEnabled()
    dialog.field.setText("example.org/news")
    assert dialog.note.startswith("Setu will ask example.org.")
    assert work.pages == []
    dialog.ok.click()
    assert work.pages == [["https://example.org/news"]]


def test_a_text_in_an_old_font_is_converted_only_after_a_look(
    writing: MainWindow, work: QueuedWork, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "old.txt"
    file.write_text("Hkkjr ljdkj")
    writing.import_paths([file])
    refused = FileReport(str(file), ImportStatus.REFUSED, None, "old.txt was not imported.", LEGACY)
    work.events = [refused, TaskFinished("import", 1)]
    qtbot.waitUntil(lambda: writing.status.is_asking)
    assert "1 file was typed for an old Hindi font" in writing.status.message
    assert work.converted == [False]
    writing.status.answer()
    (dialog,) = writing.findChildren(LegacyDialog)
    assert dialog.before.toPlainText() == "Hkkjr ljdkj"
    assert dialog.after.toPlainText() == "भारत सरकार"
    assert "Kruti Dev 010" in dialog.view.records[0].below
    assert work.converted == [False]
    dialog.convert.click()
    assert work.converted == [False, True]
    assert work.imported[-1] == [file]


def test_the_file_of_an_archives_member_is_the_archive(tmp_path: Path) -> None:
    archive = tmp_path / "news.zip"
    archive.write_bytes(b"PK")
    assert outer_file(f"{archive}/folder/a.txt") == archive
    assert outer_file(str(archive)) == archive
    assert outer_file(f"{tmp_path}/nowhere/a.txt") is None


def test_the_report_opens_articles_and_shows_all_files(writing: MainWindow, work: QueuedWork, qtbot: QtBot) -> None:
    writing.import_paths([Path("folder")])
    work.events = [
        FileReport("folder/a.txt", ImportStatus.IMPORTED, 3),
        FileReport("folder/b.txt", ImportStatus.DUPLICATE, 4, "This article is already in the library."),
        FileReport("folder/c.jpg", ImportStatus.SKIPPED, None, "folder/c.jpg is of no kind that Setu reads."),
        *(FileReport(f"folder/{number}.txt", ImportStatus.IMPORTED, 5) for number in range(3)),
        TaskFinished("import", 1),
    ]
    qtbot.waitUntil(lambda: writing.status.message.startswith("4 articles imported"))
    writing.commands[Act.LAST_IMPORT].trigger()
    (report,) = writing.findChildren(ImportReport)
    assert [record.end for record in report.view.records[:3]] == ["imported", "already there", "passed over"]
    assert report.tabs.tabText(0) == "Problems  0"
    report.view.choose(1)
    report.open_article.click()
    assert writing.reading.article == 4
    report.close()


def test_an_import_is_undone_and_redone(working: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_text(ARTICLE)
    working.import_paths([tmp_path / "bridge.txt"])
    qtbot.waitUntil(lambda: working.status.message == "1 article imported.", timeout=60_000)
    assert working.status.offers_undo
    article = working.reading.article
    assert article not in (None, 1, 2, 3, 4, 5)
    assert "bridge.txt" in working.commands[Act.UNDO].text()
    with qtbot.waitSignal(working.imports.work_finished, timeout=60_000):  # type: ignore[union-attr]
        working.commands[Act.UNDO].trigger()
    qtbot.waitUntil(lambda: working.reading.article != article, timeout=60_000)
    assert "lies in the bin" in working.status.message
    sheet = working.library_desk.bin_dialog()
    assert [record.key for record in sheet.view.records] == [article]
    sheet.close()
    working.commands[Act.REDO].trigger()
    qtbot.waitUntil(lambda: article in working.articles.view.articles._row_of, timeout=60_000)


def test_an_old_font_in_an_archive_is_read_converted_by_the_real_worker(
    working: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    kruti = str(encode("\n".join([good.HINDI_TITLE, *good.HINDI_PARAGRAPHS]), "devlys_010"))
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
        archive.writestr("a.txt", kruti)
    working.import_paths([tmp_path / "old.zip"])
    qtbot.waitUntil(lambda: working.status.is_asking, timeout=60_000)
    working.status.answer()
    (dialog,) = working.findChildren(LegacyDialog)
    assert good.HINDI_TITLE in dialog.after.toPlainText()
    assert dialog.before.toPlainText().startswith(kruti[:20])
    dialog.convert.click()
    qtbot.waitUntil(lambda: working.status.message == "1 article imported.", timeout=60_000)
    opened = working.reading.opened_article
    assert opened is not None
    assert good.HINDI_TITLE in opened.text
