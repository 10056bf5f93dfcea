"""Everything that brings articles in by the reader's doing: files, folders, pasted texts, pages of the web.

What became of an import is said in the status bar, listed in a sheet, and can be undone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.domain import FileReport, ImportStatus
from desktop_app.records import ImportRecord
from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.desk import Desk
from desktop_app.ui.given import LEAST_WORDS, fetched_words, read_mime
from desktop_app.ui.import_report import ImportReport, is_problem, waits_for_conversion
from desktop_app.ui.imports import Imports
from desktop_app.ui.legacy_dialog import LegacyDialog
from desktop_app.ui.page_dialog import PageDialog
from desktop_app.ui.status import StatusStrip
from desktop_app.ui.view_options import ViewOptions
from desktop_app.ui.words import count_of
from desktop_app.ui.worker_bridge import WorkerBridge

READABLE = (
    "All that Setu reads (*.txt *.text *.md *.markdown *.html *.htm *.xhtml *.mht *.mhtml *.eml *.mbox *.rss *.atom "
    "*.xml *.opml *.json *.jsonl *.ndjson *.epub *.docx *.pdf *.zip *.tar *.tgz *.tbz2 *.txz *.gz *.bz2 *.xz)"
    ";;Texts (*.txt *.text *.md *.markdown);;Web pages (*.html *.htm *.xhtml *.mht *.mhtml);;Mail (*.eml *.mbox)"
    ";;Feeds (*.rss *.atom *.xml);;Books and documents (*.epub *.docx *.pdf)"
    ";;Archives (*.zip *.tar *.tgz *.tbz2 *.txz *.gz *.bz2 *.xz);;All files (*)"
)
NOT_HERE = "Another Setu has this library open: here you can read and search, but not import."
_NOTHING_TO_PASTE = (
    f"There is no file, address or text of at least {LEAST_WORDS} words on the clipboard that could be an article."
)
_UNDONE = "The import is undone: what it brought lies in the bin."
_FEW_FILES = 4
"""So few files are imported to be read now; more of them, to be kept."""


class Undoable(Protocol):
    """What the window asks of the library about imports."""

    def imports(self) -> list[ImportRecord]: ...


class ImportDesk(Desk):
    """Without *imports* the library is only read, and every wish is answered with a sentence."""

    article_wanted = Signal(int)
    """An article that was imported to be read now."""

    def __init__(
        self,
        commands: Actions,
        library: Undoable,
        bridge: WorkerBridge | None,
        imports: Imports | None,
        status: StatusStrip,
        undo: QUndoStack,
        options: ViewOptions,
        window: QWidget,
        *,
        why_read_only: str = NOT_HERE,
    ) -> None:
        super().__init__(commands, bridge, status, options, window)
        self._why_read_only = why_read_only
        self._library = library
        self._imports = imports
        self._undo = undo
        self._reports: Sequence[FileReport] = ()
        self._summary = ""
        self._pasted = ""
        self._last_import = max((record.id for record in library.imports()), default=0)
        self._answer(
            (Act.IMPORT_FILES, self._on_import_files),
            (Act.IMPORT_FOLDER, self._on_import_folder),
            (Act.PASTE_ARTICLE, self.paste),
            (Act.ADD_PAGE, self._on_add_page),
            (Act.LAST_IMPORT, self.show_report),
        )
        commands[Act.LAST_IMPORT].setEnabled(False)
        if imports is not None:
            imports.import_finished.connect(self._on_import_finished)
            imports.gathered.connect(self._on_gathered)
        if bridge is not None:
            bridge.task_finished.connect(self._on_task_finished)

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders in the background."""
        if self._imports is None:
            self._status.say(self._why_read_only, lasting=True)
        else:
            self._imports.start(paths)

    def import_text(self, text: str) -> None:
        """Import a text as one article."""
        if self._imports is None:
            self._status.say(self._why_read_only, lasting=True)
        else:
            self._pasted = text
            self._imports.start_text(text)

    def fetch(self, addresses: Sequence[str]) -> None:
        """Bring in web pages; this is the reader's doing, so nothing more is asked."""
        if self._imports is None:
            self._status.say(self._why_read_only, lasting=True)
        else:
            self._imports.start_pages(addresses, fetched_words(list(addresses)))

    def paste(self) -> None:
        """Import what lies on the clipboard: files, addresses or a text."""
        given = read_mime(QGuiApplication.clipboard().mimeData())
        if given.paths:
            self.import_paths(given.paths)
        elif given.addresses:
            self.fetch(given.addresses)
        elif given.text:
            self.import_text(given.text)
        else:
            self._status.say(_NOTHING_TO_PASTE)

    def show_report(self) -> None:
        """The sheet with every file of the last import."""
        percent, writable = self._options.furniture_percent, self._imports is not None
        report = ImportReport(self._summary, self._reports, percent, self._window, writable=writable)
        report.article_chosen.connect(self.article_wanted)
        report.conversion_requested.connect(self._on_conversion_requested)
        report.open()

    def undo_import(self, record: ImportRecord) -> None:
        """Put what an import brought into the bin; redo brings it back."""
        if self._bridge is not None:
            command = _Import(self._bridge, record.id, record.description, ())
            self._undo.push(command)
            self._undo.undo()

    def _on_import_files(self) -> None:
        dialog = self._file_dialog("Import files", QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(READABLE.split(";;"))
        dialog.open()

    def _on_import_folder(self) -> None:
        self._file_dialog("Import a folder", QFileDialog.FileMode.Directory).open()

    def _file_dialog(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setFileMode(mode)
        dialog.filesSelected.connect(lambda names: self.import_paths([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _on_add_page(self) -> None:
        given = read_mime(QGuiApplication.clipboard().mimeData())
        dialog = PageDialog(
            "Add from the web",
            "Which page shall become an article?",
            "Fetch",
            " ".join(given.addresses),
            self._options.furniture_percent,
            self._window,
        )
        dialog.addresses_given.connect(self.fetch)
        dialog.open()

    def _on_task_finished(self, task: str, cancelled: bool) -> None:
        if task == "undo-import" and not cancelled:
            self._status.say(_UNDONE)

    def _on_gathered(self, _task: str, reports: list[FileReport], summary: str) -> None:
        if any(report.status is not ImportStatus.SKIPPED for report in reports):
            self._announce(reports, summary)

    def _on_import_finished(self, reports: list[FileReport], summary: str) -> None:
        self._announce(reports, summary)
        found = [report.article for report in reports if report.article is not None]
        if found and len(reports) <= _FEW_FILES:
            self.article_wanted.emit(found[0])

    def _announce(self, reports: list[FileReport], summary: str) -> None:
        """Say what became of it, remember it for the sheet, and let it be undone."""
        self._reports, self._summary = tuple(reports), summary
        self._commands[Act.LAST_IMPORT].setEnabled(bool(reports))
        newest = next(iter(self._library.imports()), None)
        new = newest is not None and newest.id > self._last_import and self._bridge is not None
        if new and newest is not None and self._bridge is not None:
            self._last_import = newest.id
            brought = tuple(
                report.article
                for report in reports
                if report.article is not None and report.status is ImportStatus.IMPORTED
            )
            self._undo.push(_Import(self._bridge, newest.id, newest.description, brought))
        worth_a_look = any(is_problem(report) for report in reports) or len(reports) > 1
        more = ("Show", self.show_report) if worth_a_look else None
        self._status.say(summary, can_undo=new, more=more, lasting=any(map(is_problem, reports)))
        legacy = [report for report in reports if waits_for_conversion(report)]
        if legacy:
            were = "was" if len(legacy) == 1 else "were"
            words = f"{count_of(len(legacy), 'file')} {were} typed for an old Hindi font."
            self._status.ask(f"{summary} {words}", "Convert…", lambda: self._on_conversion_requested(legacy))

    def _on_conversion_requested(self, reports: list[FileReport]) -> None:
        dialog = LegacyDialog(reports, self._options.furniture_percent, self._window)
        dialog.conversion_confirmed.connect(self._on_conversion_confirmed)
        dialog.open()

    def _on_conversion_confirmed(self, names: list[str]) -> None:
        if self._imports is None:
            return
        files = list(dict.fromkeys(path for name in names if (path := outer_file(name)) is not None))
        if files:
            self._imports.start(files, convert_legacy=True)
        if len(files) < len(set(names)) and self._pasted:
            self._imports.start_text(self._pasted, convert_legacy=True)


class _Import(QUndoCommand):
    """An import that is done already; undone, what it brought lies in the bin."""

    def __init__(self, bridge: WorkerBridge, number: int, description: str, brought: tuple[int, ...]) -> None:
        super().__init__(f"import of {description}")
        self._bridge = bridge
        self._number = number
        self._brought = brought
        self._done = True

    def redo(self) -> None:
        if self._done:
            self._done = False
        elif self._brought:
            self._bridge.restore(self._brought)

    def undo(self) -> None:
        self._bridge.undo_import(self._number)


def outer_file(name: str) -> Path | None:
    """The file that *name* is, or that it is a member of; None if it lies in none."""
    path = os.path.abspath(name)
    while not os.path.isfile(path):
        shorter = os.path.dirname(path)
        if shorter == path or os.path.isdir(path):
            return None
        path = shorter
    return Path(path)
