"""The window as a whole: settings, filling an empty library, background work, dialogs, pictures."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from desktop_app import app
from desktop_app.domain import (
    ArticlesChanged,
    ExtractedArticle,
    FileReport,
    ImportStatus,
    Language,
    Narrowing,
    Progress,
)
from desktop_app.library import Library
from desktop_app.settings import Settings
from desktop_app.shelf import Shelf
from desktop_app.ui import dialogs
from desktop_app.ui.actions import TABLE, Act, Actions
from desktop_app.ui.crash import CrashReporter
from desktop_app.ui.dialogs import CrashDialog, ShortcutSheet
from desktop_app.ui.drop_target import DropVeil
from desktop_app.ui.import_report import ImportReport, import_summary
from desktop_app.ui.library_watch import LibraryWatch
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.navigation_history import NavigationHistory, Visit
from desktop_app.ui.screenshot import PictureNotWritten
from desktop_app.ui.search_filters import date_filter_words
from desktop_app.ui.worker_bridge import WorkerBridge
from desktop_app.worker import TaskFailed, TaskFinished
from tests.ui.window.work import QueuedWork


@pytest.fixture
def writing(qtbot: QtBot, library: Library, work: QueuedWork) -> MainWindow:
    shown = MainWindow(library, WorkerBridge(work), Settings(samples_offered=True), [Path("sample.txt")], "1.2")
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def report(number: int, status: ImportStatus, message: str = "") -> FileReport:
    return FileReport(f"{number}.txt", status, number if status is ImportStatus.IMPORTED else None, message)


# Actions


def test_every_action_has_a_text_of_its_own_and_no_key_is_given_twice() -> None:
    keys = [QKeySequence(key).toString() for spec in TABLE for key in spec.keys]
    assert len(keys) == len(set(keys))
    assert len({spec.text for spec in TABLE}) == len(TABLE)
    assert {spec.act for spec in TABLE} == set(Act)


def test_menus_and_sheet_hold_every_action(window: MainWindow, qtbot: QtBot) -> None:
    in_menus = {action.objectName() for menu in window.menuBar().findChildren(QMenu) for action in menu.actions()}
    assert {act.value for act in Act} <= in_menus
    sheet = ShortcutSheet(window.commands, 100, None)
    qtbot.addWidget(sheet)
    words = {label.text() for label in sheet.findChildren(QLabel)}
    assert {"Next mention", "N", "Search the library", "Ctrl+K   /", "Ctrl+F"} <= words


def test_tooltips_say_the_key(window: MainWindow) -> None:
    assert window.commands[Act.BACK].toolTip() == "Back (Alt+Left)"


def test_every_part_has_a_name_for_those_who_listen(window: MainWindow) -> None:
    for part in (window.tool_bar.search, window.articles.view, window.entities.view, window.entities.filter):
        assert part.accessibleName()


# Settings


def test_text_size_goes_up_and_down_in_steps_and_is_kept(window: MainWindow, qtbot: QtBot) -> None:
    row = window.articles.view.verticalHeader().defaultSectionSize()
    with qtbot.waitSignal(window.options.settings_changed) as changed:
        window.commands[Act.TEXT_LARGER].trigger()
    assert changed.args[0].text_size_percent == 110
    for _ in range(20):
        window.commands[Act.TEXT_LARGER].trigger()
    assert window.options.settings.text_size_percent == 250
    assert window.articles.view.verticalHeader().defaultSectionSize() > row
    window.commands[Act.TEXT_NORMAL].trigger()
    assert window.options.settings.text_size_percent == 100
    assert window.articles.view.verticalHeader().defaultSectionSize() == row


def test_theme_choice_is_announced_and_kept(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.options.theme_chosen) as chosen:
        window.commands[Act.THEME_DARK].trigger()
    assert chosen.args == ["dark"]
    assert window.options.settings.theme == "dark"


def test_the_window_comes_back_as_it_was_left(qtbot: QtBot, library: Library, window: MainWindow) -> None:
    window.resize(790, 640)
    window.reading.open(3)
    window.commands[Act.SHOW_ENTITIES].trigger()
    window.close()
    left = window.options.settings
    again = MainWindow(library, None, left)
    qtbot.addWidget(again)
    again.start()
    assert again.size() == window.size()
    assert again.reading.article == 3
    assert not again.commands[Act.SHOW_ENTITIES].isChecked()
    assert again.entities.isHidden()
    again.close()


def test_damaged_settings_open_a_window_all_the_same(qtbot: QtBot, library: Library) -> None:
    settings = Settings(window_geometry="£", list_splitter="////", panes_splitter="x", last_article=99)
    shown = MainWindow(library, None, settings)
    qtbot.addWidget(shown)
    shown.start()
    assert shown.reading.article == 1
    shown.close()


# Empty states


def test_an_empty_library_says_what_to_do(qtbot: QtBot, tmp_path: Path, work: QueuedWork) -> None:
    with Library(tmp_path / "new", writing=True) as empty:
        shown = MainWindow(empty, WorkerBridge(work), Settings(samples_offered=True))
        qtbot.addWidget(shown)
        shown.start()
        assert shown.status.library_words == "0 articles"
        assert shown.articles.sentence.startswith("No articles yet. Drop news reports on this window")
        assert shown.entities.sentence.endswith("what it names.")
        assert work.imported == []
        shown.close()


def test_the_first_run_imports_the_samples_once(qtbot: QtBot, tmp_path: Path, work: QueuedWork) -> None:
    with Library(tmp_path / "new", writing=True) as empty:
        shown = MainWindow(empty, WorkerBridge(work), Settings(), app.sample_files())
        qtbot.addWidget(shown)
        shown.start()
        assert len(work.imported[0]) >= 12
        assert shown.options.settings.samples_offered
        shown.close()


# Background work


def test_dropped_files_are_imported_and_the_first_is_shown(
    writing: MainWindow, work: QueuedWork, qtbot: QtBot, tmp_path: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.txt")), QUrl.fromLocalFile(str(tmp_path))])
    enter = QDragEnterEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(writing, enter)
    assert enter.isAccepted()
    (veil,) = writing.findChildren(DropVeil)
    assert veil.isVisible()
    drop = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(writing, drop)
    assert veil.isHidden()
    assert work.imported == [[tmp_path / "a.txt", tmp_path]]
    work.events = [report(3, ImportStatus.IMPORTED), TaskFinished("import", 1)]
    qtbot.waitUntil(lambda: writing.reading.article == 3)
    assert writing.status.message == "1 article imported."


def test_what_is_neither_file_nor_address_nor_text_is_not_taken(writing: MainWindow) -> None:
    data = QMimeData()
    data.setUrls([QUrl("ftp://example.org/a.html")])
    enter = QDragEnterEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    enter.ignore()
    QApplication.sendEvent(writing, enter)
    assert not enter.isAccepted()


def test_progress_stands_in_the_status_bar_with_a_cancel(writing: MainWindow, work: QueuedWork, qtbot: QtBot) -> None:
    writing.import_paths([Path("folder")])
    work.events = [Progress("import", 10, 40, "x.txt")]
    qtbot.waitUntil(lambda: writing.status.progress_words == "Importing: 10 of 40")
    writing.commands[Act.CANCEL].trigger()
    assert work.cancelled == 1
    work.events = [TaskFinished("import", 1, cancelled=True), TaskFinished("understand", 2)]
    qtbot.waitUntil(lambda: writing.status.progress_words == "")
    assert writing.status.message == "The import was cancelled."


def test_refused_files_are_reported_as_sentences(writing: MainWindow, work: QueuedWork, qtbot: QtBot) -> None:
    writing.import_paths([Path("a.pdf")])
    work.events = [
        report(1, ImportStatus.REFUSED, "a.pdf was not imported: it is no text."),
        report(2, ImportStatus.DUPLICATE),
        TaskFinished("import", 1),
    ]
    qtbot.waitUntil(lambda: "refused" in writing.status.message)
    assert not writing.findChildren(ImportReport), "nothing springs up while one reads"
    writing.status.more.click()
    (dialog,) = writing.findChildren(ImportReport)
    assert dialog.text == "1.txt\trefused\ta.pdf was not imported: it is no text."
    assert dialog.note == "1.txt\na.pdf was not imported: it is no text."
    assert dialog.heading.text() == "1 already in the library, 1 file refused."
    dialog.tabs.setCurrentIndex(1)
    assert len(dialog.view.records) == 2
    dialog.copy.click()
    assert QApplication.clipboard().text() == dialog.text
    dialog.close()


def test_a_failed_task_says_its_sentence(writing: MainWindow, work: QueuedWork, qtbot: QtBot) -> None:
    writing.import_paths([Path("a.txt")])
    work.events = [TaskFailed("import", 1, "The disk is full."), TaskFinished("understand", 2)]
    qtbot.waitUntil(lambda: writing.status.message == "The disk is full.")


def test_changes_renew_what_is_shown_and_keep_its_place(writing: MainWindow, work: QueuedWork, qtbot: QtBot) -> None:
    writing.open_last_or_first()
    pane = writing.view.pane(Language.ENGLISH)
    pane.verticalScrollBar().setValue(300)
    before = pane.place()
    work.tasks = 1
    writing.imports._bridge.import_paths([Path("x")])  # type: ignore[union-attr]
    with qtbot.waitSignal(writing.reading.renewed):
        work.events = [ArticlesChanged((1,))]
    assert pane.place() == before


@pytest.mark.parametrize(
    ("statuses", "sentence"),
    [
        ([ImportStatus.IMPORTED] * 12, "12 articles imported."),
        ([ImportStatus.IMPORTED, ImportStatus.UPDATED], "1 article imported, 1 updated."),
        ([ImportStatus.REFUSED] * 2, "2 files refused."),
        ([], "There was nothing to import that Setu can read."),
    ],
)
def test_summary_of_an_import(statuses: list[ImportStatus], sentence: str) -> None:
    assert import_summary([report(number, status) for number, status in enumerate(statuses, 1)]) == sentence


def test_a_library_that_another_holds_is_only_read(window: MainWindow) -> None:
    window.import_paths([Path("a.txt")])
    assert "Another Setu has this library open" in window.status.message
    assert not window.commands[Act.IMPORT_FILES].isEnabled()


# Search filters, history


def test_the_tool_bar_says_which_dates_it_asks_for() -> None:
    first, last = dt.date(2024, 9, 1), dt.date(2024, 9, 30)
    assert date_filter_words(Narrowing()) == "Dates"
    assert date_filter_words(Narrowing(first=first)) == "since 1 Sep 2024"
    assert date_filter_words(Narrowing(last=last)) == "until 30 Sep 2024"
    assert date_filter_words(Narrowing(first=first, last=last)) == "Sep 2024"
    assert date_filter_words(Narrowing(first=first, last=first)) == "1 Sep 2024"
    assert date_filter_words(Narrowing(first=first, last=dt.date(2024, 10, 1))) == "1 Sep 2024 – 1 Oct 2024"


def test_a_new_place_cuts_off_what_lay_ahead() -> None:
    history = NavigationHistory()
    for article in (1, 2, 3):
        history.visit(Visit(article))
    assert history.back() == Visit(2)
    history.visit(Visit(4))
    assert not history.can_go_forward
    assert history.back() == Visit(2)
    assert history.forward() == Visit(4)
    assert history.forward() is None


def test_history_forgets_the_oldest_places() -> None:
    history = NavigationHistory()
    for article in range(1000):
        history.visit(Visit(article))
    seen = 0
    while history.back():
        seen += 1
    assert seen == 499


# Faults


def test_a_fault_is_written_down_and_shown_once(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reporter = CrashReporter(tmp_path / "log" / "setu.log")
    for words in ("first", "second"):
        error = RuntimeError(words)
        reporter.report(RuntimeError, error, None)
    shown = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, CrashDialog)]
    assert len(shown) == 1
    log = (tmp_path / "log" / "setu.log").read_text(encoding="utf-8")
    assert "RuntimeError: first" in log
    assert "RuntimeError: second" in log
    assert "first" in capsys.readouterr().err
    shown[0].close()


# Pictures


def test_a_picture_of_the_real_window_is_written(library: Library, tmp_path: Path) -> None:
    out = tmp_path / "window.png"
    app.render_window(library, out, article=1, query="Lavrov", entity=1, theme="dark", size=(1000, 640))
    picture = QImage(str(out))
    assert (picture.width(), picture.height()) == (1000, 640)
    assert picture.pixelColor(500, 630).lightness() < 100
    with pytest.raises(PictureNotWritten):
        app.render_window(library, tmp_path / "none" / "window.png")


def test_about_says_the_version(writing: MainWindow) -> None:
    writing.commands[Act.ABOUT].trigger()
    (about,) = writing.findChildren(dialogs.AboutDialog)
    assert about.heading.text() == "Setu 1.2"
    about.close()


def test_settings_are_kept_between_two_windows(window: MainWindow) -> None:
    kept: list[Settings] = []
    window.options.settings_changed.connect(kept.append)
    window.close()
    assert kept[-1] == replace(window.options.settings)


def test_actions_of_one_choice_exclude_each_other(window: MainWindow) -> None:
    actions: Actions = window.commands
    actions[Act.ORDER_TITLE].trigger()
    assert not actions[Act.ORDER_DATE].isChecked()
    model = window.articles.view.articles
    assert model.id_at(model.index(0)) == 1
    assert window.articles.order == "title"


def test_what_another_setu_changes_is_shown_here(
    window: MainWindow, library: Library, library_folder: Path, qtbot: QtBot
) -> None:
    assert window.status.library_words == "5 articles · read only"
    shelf = Shelf(library_folder, writing=True)
    with shelf.database.transaction():
        article = ExtractedArticle(
            "A sixth report", "A sixth report", False, dt.date(2025, 1, 1), None, Language.ENGLISH, ()
        )
        shelf.articles.add(article, path="6.txt", sha256="6")
        shelf.note_change()
    shelf.close()
    (watch,) = window.findChildren(LibraryWatch)
    watch.look()
    assert window.status.library_words == "6 articles, 1 being read · read only"
    model = window.articles.view.articles
    assert model.id_at(model.index(0)) == 6
    assert window.reading.article == 1


def test_the_menu_of_a_mention_searches_for_it(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    mention = library.mentions(library.article(1))[0]
    window.view.context_requested.emit(Language.ENGLISH, mention, QPoint(10, 10))
    (menu,) = (found for found in window.findChildren(QMenu) if found.isVisible())
    choices = {action.text(): action for action in menu.actions()}
    with qtbot.waitSignal(window.runner.answered):
        choices["Search for “Lavrov”"].trigger()
    assert window.tool_bar.search.text() == "Lavrov"
    assert not choices["Copy"].isEnabled()
    menu.close()
