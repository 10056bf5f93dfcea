"""Asking what something is called in both scripts, and what kind of thing it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QPushButton, QWidget

from desktop_app.domain import EntityName, EntityType
from desktop_app.language.normalise import normalise
from desktop_app.ui.dialogs import PlainDialog
from desktop_app.ui.entity_model import TYPE_NAMES
from desktop_app.ui.fonts import ui_font

LONGEST_NAME = 200


class NameDialog(PlainDialog):
    """Asks for two names, of which one may be empty.

    With *apart_from* it asks for a new thing, which also has a type and must be told from that entity; without, for
    other names of the same thing.
    """

    name_given = Signal(object)
    known_requested = Signal()
    """It is an entity the library knows already."""

    def __init__(
        self,
        heading: str,
        name: EntityName,
        *,
        apart_from: EntityName | None,
        percent: int,
        parent: QWidget | None,
    ) -> None:
        super().__init__("Setu", heading, parent)
        self._before = name
        self._apart_from = apart_from
        asks_type = apart_from is not None
        self.english = self._field(name.en, "English name", percent)
        self.hindi = self._field(name.hi, "Hindi name", percent)
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        form.addRow("&English", self.english)
        form.addRow("&Hindi", self.hindi)
        self.type = QComboBox(self)
        self.type.setAccessibleName("Type")
        for entity_type, words in TYPE_NAMES.items():
            self.type.addItem(words.capitalize(), entity_type.value)
        self.type.setCurrentIndex(self.type.findData(name.type.value))
        self.type.setVisible(asks_type)
        if asks_type:
            form.addRow("&Type", self.type)
        self.note = QLabel(self)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.note.setVisible(asks_type)
        self.body.addLayout(form)
        self.body.addWidget(self.note)
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.known = QPushButton("It is known already…", self)
        self.known.setAutoDefault(False)
        self.known.setVisible(asks_type)
        if asks_type:
            self.buttons.addButton(self.known, QDialogButtonBox.ButtonRole.ActionRole)
        self._ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        for part in (self, self.heading, self.note, self.type, self.buttons):
            part.setFont(ui_font(percent))
        self.setMinimumWidth(440 * percent // 100)
        self.buttons.accepted.connect(self._on_accepted)
        self.known.clicked.connect(self._on_known)
        for field in (self.english, self.hindi):
            field.textChanged.connect(self._refresh)
        self.type.currentIndexChanged.connect(self._refresh)
        self._refresh()
        first = self.english if name.en or not name.hi else self.hindi
        first.setFocus()
        first.selectAll()

    def given(self) -> EntityName:
        """What stands in the fields."""
        chosen = EntityType(self.type.currentData()) if self._apart_from is not None else self._before.type
        return EntityName(chosen, self._before.key, _clean(self.english.text()), _clean(self.hindi.text()))

    def _field(self, text: str | None, name: str, percent: int) -> QLineEdit:
        field = QLineEdit(text or "", self)
        field.setAccessibleName(name)
        field.setMaxLength(LONGEST_NAME)
        field.setFont(ui_font(percent, scale=1.08))
        field.setAcceptDrops(False)
        return field

    def _refresh(self) -> None:
        name, other = self.given(), self._apart_from
        if other is None:
            fits = name != self._before
        else:
            same = bool(name.en and name.en == other.en) or bool(name.hi and name.hi == other.hi)
            fits = name.type is not other.type or not same
            self.note.setText(" " if fits else f"{other.shown} has this name: add what tells the two apart.")
        self._ok.setEnabled(bool(name.en or name.hi) and fits)

    def _on_accepted(self) -> None:
        self.accept()
        self.name_given.emit(self.given())

    def _on_known(self) -> None:
        self.reject()
        self.known_requested.emit()


def _clean(text: str) -> str | None:
    return " ".join(normalise(text).split()) or None
