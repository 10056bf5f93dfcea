"""What a reader can correct, as menu entries, and the small dialogs they lead to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.domain import Entity, EntityType, Language, Mention
from desktop_app.ui import correction_words
from desktop_app.ui.correction_words import ARTICLES
from desktop_app.ui.corrections import READ_ONLY, Corrections
from desktop_app.ui.entity_model import GROUP_NAMES, TYPE_NAMES, both_names
from desktop_app.ui.entity_names import name_of, named_after
from desktop_app.ui.entity_picker import EntityPicker
from desktop_app.ui.name_dialog import NameDialog
from desktop_app.ui.reading import Reading

_SHORTENED = 28


class Names(Protocol):
    """What the window asks of the library to correct a name; `entities` is also called from another thread."""

    def entity(self, id_: int) -> Entity: ...
    def entities(self, articles: Sequence[int] | None = None) -> list[Entity]: ...


class CorrectionMenu(QObject):
    """Fills menus; where the library belongs to another window, the entries are there, disabled, with the reason."""

    def __init__(self, library: Names, reading: Reading, corrections: Corrections, window: QWidget) -> None:
        super().__init__(window)
        self._library = library
        self._reading = reading
        self._corrections = corrections
        self._window = window
        self._percent = 100

    def set_percent(self, percent: int) -> None:
        """Size of the dialogs."""
        self._percent = percent

    def fill_for_mention(self, menu: QMenu, language: Language, mention: Mention) -> None:
        """What may be wrong with one mention and its entity."""
        entity = self._library.entity(mention.entity)
        form = " ".join(mention.text.split())
        self._add(
            menu, f"“{_short(form)}” is not {_short(both_names(entity))}…", self._ask_split, entity, mention, language
        )
        self._fill_entity(menu, entity)
        self._add(menu, f"“{_short(form)}” names nobody and nothing", self._drop, entity, (mention.text,))
        self._explain(menu)

    def fill_for_entity(self, menu: QMenu, entity: Entity) -> None:
        """What may be wrong with an entity as a whole."""
        self._fill_entity(menu, entity)
        drop = self._add(menu, "Not an entity: it names nobody and nothing", self._drop, entity, entity.aliases)
        drop.setEnabled(drop.isEnabled() and bool(entity.aliases))
        self._explain(menu)

    def fill_for_selection(self, menu: QMenu, language: Language, form: str) -> None:
        """What words without an entity may name."""
        target = menu.addMenu(f"Mark “{_short(form)}” as")
        for entity_type in GROUP_NAMES:
            name = named_after(form, entity_type, hindi=language is Language.HINDI)
            words = f"{ARTICLES[entity_type].capitalize()} {TYPE_NAMES[entity_type]}"
            self._add(target, words, lambda name=name: self._corrections.state(correction_words.add(form, name)))
        target.addSeparator()
        self._add(target, "One known already…", self._ask_known, form)
        self._explain(target)

    def ask_merge(self, entity: Entity) -> None:
        """Ask which other entity *entity* is."""
        picker = self._picker(f"Which one is the same as {both_names(entity)}?", but=entity)
        picker.entity_picked.connect(lambda other: self._corrections.state(correction_words.merge(entity, other)))
        picker.open()

    def ask_rename(self, entity: Entity) -> None:
        """Ask what *entity* is called in both scripts."""
        dialog = NameDialog(
            f"What is {both_names(entity)} called?",
            name_of(entity),
            apart_from=None,
            percent=self._percent,
            parent=self._window,
        )
        dialog.name_given.connect(lambda name: self._corrections.state(correction_words.rename(entity, name)))
        dialog.open()

    def _fill_entity(self, menu: QMenu, entity: Entity) -> None:
        self._add(menu, "Merge with…", self.ask_merge, entity)
        self._add(menu, "Rename…", self.ask_rename, entity)
        types = menu.addMenu("Change type")
        for entity_type in GROUP_NAMES:
            action = self._add(types, TYPE_NAMES[entity_type].capitalize(), self._retype, entity, entity_type)
            action.setCheckable(True)
            action.setChecked(entity_type is entity.type)
            action.setEnabled(action.isEnabled() and entity_type is not entity.type)

    def _retype(self, entity: Entity, entity_type: EntityType) -> None:
        self._corrections.state(correction_words.retype(entity, entity_type))

    def _drop(self, entity: Entity, forms: tuple[str, ...]) -> None:
        self._corrections.state(correction_words.not_an_entity(entity, forms))

    def _ask_split(self, entity: Entity, mention: Mention, language: Language) -> None:
        dialog = NameDialog(
            f"“{mention.text}” is not {both_names(entity)}. What is it?",
            named_after(mention.text, entity.type, hindi=language is Language.HINDI),
            apart_from=name_of(entity),
            percent=self._percent,
            parent=self._window,
        )
        dialog.name_given.connect(
            lambda name: self._corrections.state(correction_words.split(entity, mention.text, name))
        )
        dialog.known_requested.connect(lambda: self._ask_split_into_known(entity, mention))
        dialog.open()

    def _ask_split_into_known(self, entity: Entity, mention: Mention) -> None:
        picker = self._picker(f"Whom or what does “{mention.text}” name?", but=entity)
        picker.entity_picked.connect(
            lambda other: self._corrections.state(correction_words.split(entity, mention.text, name_of(other)))
        )
        picker.open()

    def _ask_known(self, form: str) -> None:
        picker = self._picker(f"Whom or what does “{form}” name?", but=None)
        picker.entity_picked.connect(lambda other: self._corrections.state(correction_words.add(form, name_of(other))))
        picker.open()

    def _picker(self, heading: str, but: Entity | None) -> EntityPicker:
        return EntityPicker(
            heading,
            sorted(self._reading.entities(), key=lambda other: but is not None and other.type is not but.type),
            self._library.entities,
            but=None if but is None else but.id,
            percent=self._percent,
            parent=self._window,
        )

    def _add(self, menu: QMenu, words: str, call: Callable[..., object], *values: object) -> QAction:
        action = menu.addAction(words.replace("&", "&&"))
        action.triggered.connect(lambda: call(*values))
        action.setEnabled(self._corrections.writable)
        return action

    def _explain(self, menu: QMenu) -> None:
        if not self._corrections.writable:
            menu.addAction(READ_ONLY).setEnabled(False)


def _short(words: str) -> str:
    return words if len(words) <= _SHORTENED else words[: _SHORTENED - 1].rstrip() + "…"
