"""All facts a reader stated about entities: read, taken back, exported, imported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app import sharing
from desktop_app.domain import Correction
from desktop_app.errors import ReaderError
from desktop_app.ui.article_model import plain_tooltip
from desktop_app.ui.correction_words import Statement, day_of, sentence_of
from desktop_app.ui.corrections import READ_ONLY, Corrections
from desktop_app.ui.dialogs import PlainDialog
from desktop_app.ui.fonts import REGULAR, ui_font
from desktop_app.ui.list_view import ReaderListView
from desktop_app.ui.row_painting import Index, LineFitter, draw_ground, draw_hairline
from desktop_app.ui.themes import theme_of
from desktop_app.ui.words import count_of

FACT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_FILES = "Corrections (*.json);;All files (*)"
_NONE = (
    "Nothing has been corrected. A right click on a mention, on an entity or on selected words corrects what Setu "
    "makes of them."
)
_MARGIN, _PAD = 12, 7
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class FactModel(QAbstractListModel):
    """The facts, newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.facts: list[Correction] = []

    def show_facts(self, facts: Sequence[Correction]) -> None:
        self.beginResetModel()
        self.facts = list(reversed(facts))
        self.endResetModel()

    def fact_at(self, index: _Index) -> Correction | None:
        return self.facts[index.row()] if index.isValid() and index.row() < len(self.facts) else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.facts)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        fact = self.fact_at(index)
        if fact is None:
            return None
        if role == FACT_ROLE:
            return fact
        if role == Qt.ItemDataRole.DisplayRole:
            return sentence_of(fact)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(sentence_of(fact))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{sentence_of(fact)} {day_of(fact)}".strip()
        return None


class FactDelegate(QStyledItemDelegate):
    """Paints a fact and the day it was stated."""

    def __init__(self, parent: QWidget, percent: int) -> None:
        super().__init__(parent)
        self._sentence = LineFitter(ui_font(percent))
        self._day = LineFitter(ui_font(percent, REGULAR, 0.88))

    @property
    def row_height(self) -> int:
        return self._sentence.height + 2 * _PAD

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(200, self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        fact: Correction | None = index.data(FACT_ROLE)
        if fact is None:
            return
        theme = theme_of(option.palette)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, option, theme)
        draw_hairline(painter, box, theme)
        day = day_of(fact)
        width, right = self._day.width(day), box.right() - _MARGIN
        self._day.draw(painter, QRect(right - width, box.top(), width + 2, box.height()), day, QColor(theme.muted))
        left = box.left() + _MARGIN
        words = QRect(left, box.top(), max(0, right - width - 14 - left), box.height())
        self._sentence.draw(painter, words, sentence_of(fact), QColor(theme.text))
        painter.restore()


class CorrectionsDialog(PlainDialog):
    """The list with its buttons; it follows what is corrected behind it."""

    def __init__(self, corrections: Corrections, percent: int, parent: QWidget | None) -> None:
        super().__init__("Corrections", "", parent)
        self._corrections = corrections
        self.model = FactModel(self)
        delegate = FactDelegate(self, percent)
        self.view = ReaderListView("Corrections", self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(delegate)
        self.view.set_row_height(delegate.row_height)
        self._note = QLabel("", self)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setForegroundRole(self._note.foregroundRole().PlaceholderText)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self._note)
        action = QDialogButtonBox.ButtonRole.ActionRole
        self.undo = self._button("&Take back", action)
        self.export = self._button("&Export…", action)
        self.take_over = self._button("&Import…", action)
        for part in (self.heading, self._note, self.buttons):
            part.setFont(ui_font(percent))
        self.undo.clicked.connect(self._on_undo)
        self.export.clicked.connect(self._on_export)
        self.take_over.clicked.connect(self._on_import)
        self.view.selectionModel().currentChanged.connect(self._refresh)
        corrections.changed.connect(self._show)
        corrections.stated.connect(self._show)
        self.resize(660 * percent // 100, 420 * percent // 100)
        self._show()

    @property
    def note(self) -> str:
        """What the dialog says below the list."""
        return self._note.text()

    def _button(self, text: str, role: QDialogButtonBox.ButtonRole) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        self.buttons.addButton(button, role)
        return button

    def _show(self) -> None:
        row = max(0, self.view.currentIndex().row())
        self.model.show_facts(self._corrections.facts())
        count = len(self.model.facts)
        self.heading.setText(f"{count_of(count, 'correction')}, newest first" if count else _NONE)
        if count:
            self.view.setCurrentIndex(self.model.index(min(row, count - 1)))
        self._note.setText("" if self._corrections.writable else READ_ONLY)
        self._refresh()

    def _refresh(self) -> None:
        self.undo.setEnabled(self._corrections.writable and self.view.currentIndex().isValid())
        self.export.setEnabled(bool(self.model.facts))
        self.take_over.setEnabled(self._corrections.writable)

    def _on_undo(self) -> None:
        fact = self.model.fact_at(self.view.currentIndex())
        if fact is not None:
            self._note.setText(f"Taking back: {sentence_of(fact)}")
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
            sharing.export_corrections(list(reversed(self.model.facts)), path)
        except ReaderError as error:
            self._note.setText(str(error))
        else:
            self._note.setText(f"{count_of(len(self.model.facts), 'correction')} written to {path}.")

    def import_from(self, path: Path) -> None:
        """Take over the facts in *path* that are not stated here already."""
        try:
            read = sharing.read_corrections(path)
        except ReaderError as error:
            self._note.setText(str(error))
            return
        known = {(fact.kind, fact.entity, fact.other, fact.form) for fact in self.model.facts}
        new = tuple(fact for fact in read if (fact.kind, fact.entity, fact.other, fact.form) not in known)
        if not new:
            self._note.setText(f"Nothing in {path.name} is new here.")
            return
        self._note.setText(f"Taking over {count_of(len(new), 'correction')} from {path.name} …")
        sentence = f"{count_of(len(new), 'correction')} taken over from {path.name}."
        self._corrections.state(Statement(sentence, new))
