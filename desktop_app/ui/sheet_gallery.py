"""Every sheet of the window by name, as it opens on a library: for pictures of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from desktop_app.domain import FileReport, ImportStatus, LegacyText
from desktop_app.errors import NothingFound
from desktop_app.ui.date_dialog import DateDialog
from desktop_app.ui.dialogs import ShortcutSheet
from desktop_app.ui.import_report import ImportReport, import_summary
from desktop_app.ui.legacy_dialog import LegacyDialog
from desktop_app.ui.page_dialog import PageDialog
from desktop_app.ui.words import shortened

if TYPE_CHECKING:
    from desktop_app.library import Library
    from desktop_app.ui.main_window import MainWindow

_WAIT_MS = 20_000
_LEGACY = LegacyText("Kruti Dev 010", "Hkkjr ljdkj us dgk fd okrkZ tkjh jgsxhA", "भारत सरकार ने कहा कि वार्ता जारी रहेगी।")


def open_sheet(name: str, window: MainWindow, library: Library) -> QDialog:
    """The sheet called *name*, ready to be shown."""
    return SHEETS[name](window, library)


def _report(window: MainWindow, library: Library) -> QDialog:
    reports = [
        FileReport(row.path, ImportStatus.IMPORTED, row.id) for row in library.rows(library.article_ids("added"))
    ]
    path = "/home/reader/पुराने समाचार/kharif.txt"
    message = f"{path} was not imported: it was typed for the font Kruti Dev 010, which is not Unicode."
    reports.append(FileReport(path, ImportStatus.REFUSED, None, message, _LEGACY))
    return ImportReport(import_summary(reports), reports, window.options.furniture_percent, window)


def _convert(window: MainWindow, _library: Library) -> QDialog:
    reports = [FileReport("/home/reader/kharif.txt", ImportStatus.REFUSED, None, "", _LEGACY)]
    return LegacyDialog(reports, window.options.furniture_percent, window)


def _versions(window: MainWindow, library: Library) -> QDialog:
    for id_ in library.article_ids():
        versions = library.versions(id_)
        if versions:
            dialog = window.article_desk.versions_dialog(library.article(id_), versions)
            dialog.wait(_WAIT_MS)
            return dialog
    raise NothingFound("No article of this library has another version: there is nothing to show.")


def _date(window: MainWindow, _library: Library) -> QDialog:
    opened = window.reading.opened_article
    title = "" if opened is None else shortened(opened.title, 70)
    return DateDialog(title, None if opened is None else opened.date, window.options.furniture_percent, window)


def _page(window: MainWindow, _library: Library) -> QDialog:
    percent = window.options.furniture_percent
    return PageDialog(
        "Add from the web", "Which page shall become an article?", "Fetch", "https://example.org/news", percent, window
    )


def _check(window: MainWindow, _library: Library) -> QDialog:
    dialog = window.library_desk.check_dialog()
    dialog.wait(_WAIT_MS)
    return dialog


SHEETS: Mapping[str, Callable[[MainWindow, Library], QDialog]] = {
    "import": _report,
    "convert": _convert,
    "page": _page,
    "feeds": lambda window, _: window.feed_desk.feeds_dialog(),
    "folders": lambda window, _: window.feed_desk.folders_dialog(),
    "bin": lambda window, _: window.library_desk.bin_dialog(),
    "imports": lambda window, _: window.library_desk.imports_dialog(),
    "versions": _versions,
    "date": _date,
    "check": _check,
    "backups": lambda window, _: window.library_desk.backups_dialog(),
    "keys": lambda window, _: ShortcutSheet(window.commands, window.options.furniture_percent, window),
}
