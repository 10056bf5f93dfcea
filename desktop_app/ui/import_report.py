"""What became of every file of an import: a sheet that lists them, and can be copied."""

from __future__ import annotations

import os
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTabBar, QWidget

from desktop_app.domain import FileReport, ImportStatus
from desktop_app.ui.fonts import ui_font
from desktop_app.ui.record_dialog import RecordDialog
from desktop_app.ui.record_list import Record
from desktop_app.ui.words import count_of

_STATUS_WORDS = {
    ImportStatus.IMPORTED: "imported",
    ImportStatus.DUPLICATE: "already there",
    ImportStatus.UPDATED: "updated",
    ImportStatus.REFUSED: "refused",
    ImportStatus.SKIPPED: "passed over",
}
_NO_PROBLEMS = "Every file was read."


class ImportReport(RecordDialog):
    """Two tabs: the files that were refused, and all files. Enter or a double click opens an article."""

    article_chosen = Signal(int)
    conversion_requested = Signal(list)
    """The `FileReport`s of files typed for a font without Unicode."""

    def __init__(
        self,
        summary: str,
        reports: Sequence[FileReport],
        percent: int,
        parent: QWidget | None,
        *,
        writable: bool = True,
    ) -> None:
        super().__init__("Import", "Files of the import", percent, parent)
        self._reports = tuple(reports)
        self._problems = [report for report in reports if is_problem(report)]
        self.legacy = [report for report in reports if waits_for_conversion(report)] if writable else []
        self.tabs = QTabBar(self)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Which files")
        self.tabs.setFont(ui_font(percent))
        self.tabs.addTab(f"Problems  {len(self._problems)}")
        self.tabs.addTab(f"All files  {len(self._reports)}")
        self.body.insertWidget(0, self.tabs)
        self.heading.setText(summary)
        self.copy = self.add_button("&Copy the list", self._on_copy)
        self.convert = self.add_button("Con&vert…", lambda: self.conversion_requested.emit(self.legacy))
        self.convert.setVisible(bool(self.legacy))
        self.open_article = self.add_button("&Open", self._on_open)
        self.view.row_chosen.connect(self._on_open)
        self.tabs.currentChanged.connect(self._show)
        self.tabs.setCurrentIndex(0 if self._problems else 1)
        self._show()
        self.view.setFocus()

    @property
    def text(self) -> str:
        """The rows that are shown, for the clipboard."""
        return "\n".join(f"{report.path}\t{_STATUS_WORDS[report.status]}\t{report.message}" for report in self._shown())

    def refresh(self) -> None:
        report = self._current()
        self.open_article.setEnabled(report is not None and report.article is not None)
        if report is None:
            self.say(_NO_PROBLEMS)
        else:
            self.say(report.message if report.path in report.message else f"{report.path}\n{report.message}".strip())

    def _shown(self) -> Sequence[FileReport]:
        return self._problems if self.tabs.currentIndex() == 0 else self._reports

    def _current(self) -> FileReport | None:
        record, shown = self.view.current, self._shown()
        return shown[record.key] if record is not None and isinstance(record.key, int) else None

    def _show(self) -> None:
        self.show_records([record_of(number, report) for number, report in enumerate(self._shown())])
        self.copy.setEnabled(bool(self._shown()))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self.say(f"{count_of(len(self._shown()), 'line')} copied.")

    def _on_open(self) -> None:
        report = self._current()
        if report is not None and report.article is not None:
            self.article_chosen.emit(report.article)


def is_problem(report: FileReport) -> bool:
    """Whether a reader must hear of it."""
    return report.status is ImportStatus.REFUSED


def waits_for_conversion(report: FileReport) -> bool:
    """Whether it was refused for being typed for a font without Unicode. What was converted says so as well."""
    return is_problem(report) and report.legacy is not None


def record_of(key: int, report: FileReport) -> Record:
    """A file's name, and why it was refused or where it lies."""
    name = os.path.basename(report.path.rstrip("/")) or report.path
    below = report.message or os.path.dirname(report.path)
    return Record(key, name, below, _STATUS_WORDS[report.status], trouble=is_problem(report))


def import_summary(reports: Sequence[FileReport], *, cancelled: bool = False, thing: str = "file") -> str:
    """One sentence on what became of the files, or whatever else was read."""
    feeds = sum(report.status is ImportStatus.IMPORTED and report.article is None for report in reports)
    counts = {status: sum(report.status is status for report in reports) for status in ImportStatus}
    counts[ImportStatus.IMPORTED] -= feeds
    parts = [f"{count_of(feeds, 'feed')} subscribed"] if feeds else []
    if counts[ImportStatus.IMPORTED]:
        parts.append(f"{count_of(counts[ImportStatus.IMPORTED], 'article')} imported")
    if counts[ImportStatus.UPDATED]:
        parts.append(f"{counts[ImportStatus.UPDATED]:,} updated")
    if counts[ImportStatus.DUPLICATE]:
        parts.append(f"{counts[ImportStatus.DUPLICATE]:,} already in the library")
    if counts[ImportStatus.REFUSED]:
        parts.append(f"{count_of(counts[ImportStatus.REFUSED], thing)} refused")
    if not parts:
        return "The import was cancelled." if cancelled else "There was nothing to import that Setu can read."
    return ("Cancelled: " if cancelled else "") + ", ".join(parts) + "."
