"""Picking an entity: a filter over those of the open articles, then over the whole library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QWidget

from desktop_app.domain import Entity
from desktop_app.errors import ReaderError
from desktop_app.language.folding import WORD, fold
from desktop_app.ui.dialogs import PlainDialog
from desktop_app.ui.fonts import ui_font
from desktop_app.ui.latest_call import LatestCall
from desktop_app.ui.named_list import NamedDelegate, NamedModel, NamedRow
from desktop_app.ui.row_list import RowList
from desktop_app.ui.words import count_of

MOST_SHOWN = 200
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An entity and all its names, folded."""

    entity: Entity
    names: str
    here: bool


class PickerField(QLineEdit):
    """The filter; the arrow keys move in the list below it."""

    step_requested = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.step_requested.emit(step)
            return
        super().keyPressEvent(event)


class EntityPicker(PlainDialog):
    """Asks for one entity. Those *nearby* come first; *load* brings all of the library, in another thread."""

    entity_picked = Signal(object)

    def __init__(
        self,
        heading: str,
        nearby: Sequence[Entity],
        load: Callable[[], Sequence[Entity]],
        *,
        but: int | None,
        percent: int,
        parent: QWidget | None,
    ) -> None:
        super().__init__("Setu", heading, parent)
        self._candidates = _candidates(nearby, but, here=True)
        self.filter = PickerField(self)
        self.filter.setPlaceholderText("Name in either script")
        self.filter.setAccessibleName("Filter entities")
        self.filter.setClearButtonEnabled(True)
        self.model = NamedModel(self)
        delegate = NamedDelegate(self)
        delegate.set_percent(percent)
        self.view = RowList("Entities", self.model, self)
        self.view.setItemDelegate(delegate)
        self.view.set_row_height(delegate.row_height)
        self._note = QLabel(self)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setForegroundRole(self._note.foregroundRole().PlaceholderText)
        self._note.setFont(ui_font(percent, scale=0.9))
        for part in (self.heading, self.filter, self.buttons):
            part.setFont(ui_font(percent))
        self.body.addWidget(self.filter)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self._note)
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._choose = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._choose.setText("Choose")
        self.buttons.accepted.connect(self._on_accepted)
        self.filter.textChanged.connect(self._show)
        self.filter.step_requested.connect(self._step)
        self.view.row_chosen.connect(self._pick)
        self._call = LatestCall(self)
        self._call.answered.connect(self._on_loaded)
        self._call.failed.connect(self._on_failed)
        self._call.ask(lambda: _candidates(load(), but, here=False))
        self.finished.connect(self._call.close)
        self.resize(520 * percent // 100, 460 * percent // 100)
        self._show()
        self.filter.setFocus()

    def wait(self, milliseconds: int) -> None:
        """Wait until the whole library can be picked from."""
        self._call.wait(milliseconds)

    def _on_loaded(self, found: list[_Candidate]) -> None:
        known = {candidate.entity.id for candidate in self._candidates}
        self._candidates += [candidate for candidate in found if candidate.entity.id not in known]
        self._show()

    def _on_failed(self, error: ReaderError) -> None:
        self._note.setText(str(error))

    def _show(self) -> None:
        wanted = [fold(word) for word in WORD.findall(self.filter.text())]
        fitting = [c for c in self._candidates if all(word in c.names for word in wanted)]
        self.model.show_rows([NamedRow(c.entity, _words(c)) for c in fitting[:MOST_SHOWN]])
        if self.model.rows:
            self.view.setCurrentIndex(self.model.index(0))
        self._choose.setEnabled(bool(self.model.rows))
        if not fitting:
            self._note.setText("Nothing in the library has such a name.")
        elif len(fitting) > MOST_SHOWN:
            self._note.setText(f"{MOST_SHOWN} of {len(fitting):,} are shown: type more of the name.")
        else:
            self._note.setText(" ")

    def _step(self, rows: int) -> None:
        last = len(self.model.rows) - 1
        if last >= 0:
            row = max(0, min(last, self.view.currentIndex().row() + rows))
            self.view.setCurrentIndex(self.model.index(row))

    def _on_accepted(self) -> None:
        self._pick(self.view.currentIndex())

    def _pick(self, index: QModelIndex) -> None:
        entity = self.model.entity_at(index)
        if entity is not None:
            self.accept()
            self.entity_picked.emit(entity)


def _candidates(entities: Sequence[Entity], but: int | None, *, here: bool) -> list[_Candidate]:
    return [_Candidate(entity, _searchable(entity), here) for entity in entities if entity.id != but]


def _searchable(entity: Entity) -> str:
    names = (name for name in (entity.en, entity.hi, *entity.aliases) if name)
    return " | ".join(" ".join(fold(word) for word in WORD.findall(name)) for name in names)


def _words(candidate: _Candidate) -> str:
    return "in this story" if candidate.here else count_of(candidate.entity.articles, "article")
