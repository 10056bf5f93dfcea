"""All facts a reader stated about entities: read, taken back, exported, imported."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app import sharing
from desktop_app.domain import Correction
from desktop_app.errors import ReaderError
from desktop_app.ui.article_model import plain_tooltip
from desktop_app.ui.correction_words import Statement, day_of, sentence_of
from desktop_app.ui.corrections import READ_ONLY, Corrections
from desktop_app.ui.fonts import REGULAR, ui_font
from desktop_app.ui.list_dialog import ListDialog
from desktop_app.ui.list_view import ReaderListView
from desktop_app.ui.row_model import RowModel
from desktop_app.ui.row_painting import LineFitter, RowDelegate
from desktop_app.ui.themes import Theme
from desktop_app.ui.words import count_of

_FILES = "Corrections (*.json);;All files (*)"
_NONE = (
    "Nothing has been corrected. A right click on a mention, on an entity or on selected words corrects what Setu "
    "makes of them."
)
_MARGIN, _PAD = 12, 7


class FactModel(RowModel[Correction]):
    """The facts in the order given."""

    def said_of(self, row: Correction, role: int) -> str | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return sentence_of(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(sentence_of(row))
        return f"{sentence_of(row)} {day_of(row)}".strip() if role == Qt.ItemDataRole.AccessibleTextRole else None


class FactDelegate(RowDelegate[Correction]):
    """Paints a fact and the day it was stated."""

    def set_percent(self, percent: int) -> None:
        self._sentence = LineFitter(ui_font(percent))
        self._day = LineFitter(ui_font(percent, REGULAR, 0.88))

    @property
    def row_height(self) -> int:
        return self._sentence.height + 2 * _PAD

    def draw_row(self, painter: QPainter, box: QRect, row: Correction, theme: Theme) -> None:
        day = day_of(row)
        width, right = self._day.width(day), box.right() - _MARGIN
        self._day.draw(painter, QRect(right - width, box.top(), width + 2, box.height()), day, QColor(theme.muted))
        left = box.left() + _MARGIN
        words = QRect(left, box.top(), max(0, right - width - 14 - left), box.height())
        self._sentence.draw(painter, words, sentence_of(row), QColor(theme.text))


class CorrectionsDialog(ListDialog[ReaderListView]):
    """The list with its buttons; it follows what is corrected behind it."""

    def __init__(self, corrections: Corrections, percent: int, parent: QWidget | None) -> None:
        super().__init__("Corrections", ReaderListView("Corrections", None), percent, parent)
        self._corrections = corrections
        self.model = FactModel(self)
        delegate = FactDelegate(self, percent)
        self.view.setModel(self.model)
        self.view.setItemDelegate(delegate)
        self.view.set_row_height(delegate.row_height)
        self.undo = self.add_button("&Take back", self._on_undo)
        self.export = self.add_button("&Export…", self._on_export)
        self.take_over = self.add_button("&Import…", self._on_import)
        self.view.selectionModel().currentChanged.connect(self._refresh)
        corrections.changed.connect(self._show)
        corrections.stated.connect(self._show)
        self.resize(660 * percent // 100, 420 * percent // 100)
        self._show()

    def _show(self) -> None:
        row = max(0, self.view.currentIndex().row())
        self.model.show_rows(self._corrections.facts()[::-1])
        count = len(self.model.rows)
        self.heading.setText(f"{count_of(count, 'correction')}, newest first" if count else _NONE)
        if count:
            self.view.setCurrentIndex(self.model.index(min(row, count - 1)))
        self.say("" if self._corrections.writable else READ_ONLY)
        self._refresh()

    def _refresh(self) -> None:
        self.undo.setEnabled(self._corrections.writable and self.view.currentIndex().isValid())
        self.export.setEnabled(bool(self.model.rows))
        self.take_over.setEnabled(self._corrections.writable)

    def _on_undo(self) -> None:
        fact = self.model.row_at(self.view.currentIndex())
        if fact is not None:
            self.say(f"Taking back: {sentence_of(fact)}")
            self.undo.setEnabled(False)
            self._corrections.take_back(fact)

    def _on_export(self) -> None:
        dialog = self._file_dialog("Export corrections", QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.selectFile("corrections.json")
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.open()

    def _on_import(self) -> None:
        dialog = self._file_dialog("Import corrections", QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.import_from(Path(name)))
        dialog.open()

    def _file_dialog(self, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        dialog = QFileDialog(self, title, "", _FILES)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(mode)
        return dialog

    def export_to(self, path: Path) -> None:
        """Write all facts to *path*."""
        try:
            sharing.export_corrections(list(reversed(self.model.rows)), path)
        except ReaderError as error:
            self.say(str(error))
        else:
            self.say(f"{count_of(len(self.model.rows), 'correction')} written to {path}.")

    def import_from(self, path: Path) -> None:
        """Take over the facts in *path* that are not stated here already."""
        try:
            read = sharing.read_corrections(path)
        except ReaderError as error:
            self.say(str(error))
            return
        known = {(fact.kind, fact.entity, fact.other, fact.form) for fact in self.model.rows}
        new = tuple(fact for fact in read if (fact.kind, fact.entity, fact.other, fact.form) not in known)
        if not new:
            self.say(f"Nothing in {path.name} is new here.")
            return
        self.say(f"Taking over {count_of(len(new), 'correction')} from {path.name} …")
        sentence = f"{count_of(len(new), 'correction')} taken over from {path.name}."
        self._corrections.state(Statement(sentence, new))
