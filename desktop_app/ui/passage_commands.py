"""The actions that speak of passages: which do what, and when there is something for them to do."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QMenu

from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.correspondence import Correspondence
from desktop_app.ui.passage_layer import PassageLayer
from desktop_app.ui.passages import Passage


class PassageCommands(QObject):
    """Connects the actions with the passages shown and keeps them enabled or not."""

    def __init__(
        self,
        commands: Actions,
        layer: PassageLayer,
        correspondence: Correspondence,
        undo: QUndoStack,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._layer = layer
        self._correspondence = correspondence
        self._undo = undo
        layer.scrolling.enabled = commands[Act.SCROLL_LINKED].isChecked()
        commands[Act.SCROLL_LINKED].toggled.connect(self._on_scroll_linked)
        for act, slot in (
            (Act.NEXT_PASSAGE, lambda: layer.step_linked(1)),
            (Act.PREVIOUS_PASSAGE, lambda: layer.step_linked(-1)),
            (Act.NEXT_ONE_SIDED, lambda: layer.step_one_sided(1)),
            (Act.PREVIOUS_ONE_SIDED, lambda: layer.step_one_sided(-1)),
            (Act.UNLINK_PASSAGES, layer.reject_current),
            (Act.LINK_PASSAGES, layer.state_selected),
            (Act.UNDO, undo.undo),
            (Act.REDO, undo.redo),
        ):
            commands[act].triggered.connect(slot)
        layer.gutter.set_actions([commands[Act.SCROLL_LINKED], commands[Act.SHOW_CONTRAST]])
        layer.gutter.menu_requested.connect(self._on_menu_requested)
        layer.current_changed.connect(self._refresh)
        correspondence.shown.connect(self._refresh)
        undo.indexChanged.connect(self._refresh)
        self._refresh()

    def _on_scroll_linked(self, linked: bool) -> None:
        self._layer.scrolling.enabled = linked

    def _on_menu_requested(self, passage: Passage, where: QPoint) -> None:
        """A ribbon's own menu: its passages are shown first, so that one sees what it speaks of."""
        self._layer.show_passage(passage)
        if self._commands[Act.UNLINK_PASSAGES].isEnabled():
            menu = QMenu(self._layer.gutter)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(self._commands[Act.UNLINK_PASSAGES])
            menu.popup(where)

    def _refresh(self) -> None:
        passages = self._layer.passages
        linked = passages is not None and bool(passages.links)
        one_sided = passages is not None and bool(passages.only_one_side)
        writable = self._correspondence.writable
        for act, possible in (
            (Act.NEXT_PASSAGE, linked),
            (Act.PREVIOUS_PASSAGE, linked),
            (Act.NEXT_ONE_SIDED, one_sided),
            (Act.PREVIOUS_ONE_SIDED, one_sided),
            (Act.UNLINK_PASSAGES, writable and self._layer.can_reject),
            (Act.LINK_PASSAGES, writable and self._layer.can_state),
            (Act.UNDO, self._undo.canUndo()),
            (Act.REDO, self._undo.canRedo()),
        ):
            self._commands[act].setEnabled(possible)
        for act, verb, what in (
            (Act.UNDO, "&Undo", self._undo.undoText()),
            (Act.REDO, "&Redo", self._undo.redoText()),
        ):
            self._commands[act].setText(f"{verb}: {what}" if what else verb)
