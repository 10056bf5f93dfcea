"""A damaged library is mended, or put back to a backup, in a dialog that stands in the window's place."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import app
from desktop_app.domain import Language
from desktop_app.library import Library
from desktop_app.settings import Settings, SettingsFile
from desktop_app.storage.backups import Backups
from desktop_app.storage.connections import connect
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.recovery_dialog import RecoveryDialog

WAIT_MS = 60_000


@pytest.fixture
def backed_up(library_folder: Path) -> Path:
    """The library with a backup of a day ago, and bytes of article 1 that have turned since."""
    with Library(library_folder, writing=True):
        pass
    with closing(connect(library_folder / "library.sqlite3")) as connection:
        Backups(library_folder, lambda: dt.date(2024, 9, 30)).make_daily(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = library_folder / "library.sqlite3"
    file.write_bytes(file.read_bytes().replace(b"spoke of Russia", b"spoke of Prussi"))
    return library_folder


def text_of(folder: Path) -> str:
    with Library(folder) as library:
        return library.article(1).text


def test_articles_are_brought_back_from_a_backup(backed_up: Path, qtbot: QtBot) -> None:
    assert "Prussi" in text_of(backed_up)
    dialog = RecoveryDialog(backed_up, "Article 1 is not what was imported.", None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert [record.title for record in dialog.view.records] == ["30 Sep 2024"]
    dialog.mend.click()
    qtbot.waitUntil(dialog.open_library.isEnabled, timeout=WAIT_MS)
    assert "restored from" in dialog.report.toPlainText()
    assert "Russia" in text_of(backed_up)
    with qtbot.waitSignal(dialog.accepted):
        dialog.open_library.click()


def test_a_library_goes_back_to_a_backup_as_a_whole(backed_up: Path, qtbot: QtBot) -> None:
    path = Backups(backed_up).all()[0].path
    dialog = RecoveryDialog(backed_up, "Back.", None, backup=path)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.restore.click()
    assert not dialog.mend.isEnabled(), "one thing at a time"
    dialog.reject()
    assert dialog.isVisible(), "it does not go in the middle of it"
    qtbot.waitUntil(dialog.open_library.isEnabled, timeout=WAIT_MS)
    assert path.name in dialog.report.toPlainText()
    assert "Russia" in text_of(backed_up)


def test_without_a_backup_it_says_so(library_folder: Path, qtbot: QtBot) -> None:
    dialog = RecoveryDialog(library_folder, "Damaged.", None)
    qtbot.addWidget(dialog)
    assert "There is no backup yet" in dialog.report.toPlainText()
    assert not dialog.restore.isEnabled()


def test_the_window_comes_back_after_the_library_was_mended(
    backed_up: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a reader does: examine, repair, open again, quit."""
    seen: list[str] = []

    def in_the_window() -> int:
        window = next(
            part for part in QApplication.topLevelWidgets() if isinstance(part, MainWindow) and part.isVisible()
        )
        window.article_desk.wait(WAIT_MS)
        seen.append(window.view.doubt(opened_language(window)).sentence)
        if len(seen) == 1:
            sheet = window.library_desk.check_dialog()
            sheet.wait(WAIT_MS)
            sheet.repair.click()
        else:
            window.close()
        return 0

    def in_the_dialog(dialog: RecoveryDialog) -> int:
        dialog.show()
        dialog.mend.click()
        qtbot.waitUntil(dialog.open_library.isEnabled, timeout=WAIT_MS)
        dialog.accept()
        return 1

    monkeypatch.setattr(QApplication, "exec", staticmethod(in_the_window))
    monkeypatch.setattr(RecoveryDialog, "exec", in_the_dialog)
    settings = SettingsFile(tmp_path / "settings.json")
    settings.save(Settings(samples_offered=True, last_article=1))
    assert app.run_window(backed_up, settings_file=settings) == 0
    assert len(seen) == 2
    assert seen[0]
    assert not seen[1]


def opened_language(window: MainWindow) -> Language:
    opened = window.reading.opened_article
    assert opened is not None
    return opened.language
