"""Asking what something is called in both scripts, and what kind of thing it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QFormLayout, QLineEdit, QPushButton, QWidget

from desktop_app.domain import EntityName, EntityType
from desktop_app.language.normalise import normalise
from desktop_app.ui.dialogs import PlainDialog
from desktop_app.ui.entity_model import TYPE_NAMES
from desktop_app.ui.fonts import ui_font

LONGEST_NAME = 200


class NameDialog(PlainDialog):
    """Two names, and with *ask_type* the type. At least one name must be given; without, something must change."""

    name_given = Signal(object)
    known_requested = Signal()
    """It is an entity the library knows already."""

    def __init__(
        self,
        heading: str,
        name: EntityName,
        *,
        ask_type: bool,
        percent: int,
        parent: QWidget | None,
    ) -> None:
        super().__init__("Setu", heading, parent)
        self._before = name
        self._asks_type = ask_type
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
        self.type.setVisible(ask_type)
        if ask_type:
            form.addRow("&Type", self.type)
        self.body.addLayout(form)
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.known = QPushButton("It is known already…", self)
        self.known.setAutoDefault(False)
        self.known.setVisible(ask_type)
        if ask_type:
            self.buttons.addButton(self.known, QDialogButtonBox.ButtonRole.ActionRole)
        self._ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        for part in (self, self.heading, self.type, self.buttons):
            part.setFont(ui_font(percent))
        self.setMinimumWidth(440 * percent // 100)
        self.buttons.accepted.connect(self._on_accepted)
        self.known.clicked.connect(self._on_known)
        for field in (self.english, self.hindi):
            field.textChanged.connect(self._refresh)
        self._refresh()
        first = self.english if name.en or not name.hi else self.hindi
        first.setFocus()
        first.selectAll()

    def given(self) -> EntityName:
        """What stands in the fields."""
        chosen = EntityType(self.type.currentData()) if self._asks_type else self._before.type
        return EntityName(chosen, self._before.key, _clean(self.english.text()), _clean(self.hindi.text()))

    def _field(self, text: str | None, name: str, percent: int) -> QLineEdit:
        field = QLineEdit(text or "", self)
        field.setAccessibleName(name)
        field.setMaxLength(LONGEST_NAME)
        field.setFont(ui_font(percent, scale=1.08))
        field.setAcceptDrops(False)
        return field

    def _refresh(self) -> None:
        name = self.given()
        self._ok.setEnabled(bool(name.en or name.hi) and (self._asks_type or name != self._before))

    def _on_accepted(self) -> None:
        self.accept()
        self.name_given.emit(self.given())

    def _on_known(self) -> None:
        self.reject()
        self.known_requested.emit()


def _clean(text: str) -> str | None:
    return " ".join(normalise(text).split()) or None
