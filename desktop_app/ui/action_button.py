"""A tool button for an action that is called something shorter where the button stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget


class ActionButton(QToolButton):
    """Does what the action does, is enabled and checked as it is, but keeps its own words."""

    def __init__(self, action: QAction, words: str, parent: QWidget, *, checkable: bool = True) -> None:
        super().__init__(parent)
        self._action = action
        self.setText(words)
        self.setCheckable(checkable)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setToolTip(action.toolTip())
        self.setAccessibleName(action.toolTip())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._on_clicked)
        action.changed.connect(self._follow)
        self._follow()

    def _on_clicked(self) -> None:
        self._action.trigger()
        # A click on the checked one of several unchecks the button, but not the action.
        self._follow()

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        if self.isCheckable():
            self.setChecked(self._action.isChecked())
