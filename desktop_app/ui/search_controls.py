"""How hits are searched and ordered: the small buttons above the results."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop_app.ui.action_button import ActionButton
from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.flow_layout import FlowLayout
from desktop_app.ui.fonts import REGULAR, ui_font
from desktop_app.ui.icons import icon

_ORDERS = {Act.HITS_BEST: "Best first", Act.HITS_NEWEST: "Newest first"}


class SearchControls(QWidget):
    """Order, grouping, exact forms, saving."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self._order = QToolButton(self)
        self._order.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._order.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._order.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._order.setIcon(icon("down"))
        self._order.setToolTip("Order of the results")
        self._order.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self._order)
        for act in _ORDERS:
            menu.addAction(actions[act])
            actions[act].toggled.connect(self._show_order)
        self._order.setMenu(menu)
        self._by_story = ActionButton(actions[Act.HITS_BY_STORY], "By story", self)
        self._exact = ActionButton(actions[Act.SEARCH_EXACT], "Exact", self)
        self._save = ActionButton(actions[Act.SAVE_SEARCH], "", self, checkable=False)
        self._save.setIcon(icon("star"))
        self._save.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        layout = FlowLayout(self, spacing=2)
        layout.setContentsMargins(5, 0, 6, 4)
        for button in self.buttons:
            layout.addWidget(button)
        self._show_order()

    @property
    def buttons(self) -> tuple[QToolButton, ...]:
        return self._order, self._by_story, self._exact, self._save

    def set_percent(self, percent: int) -> None:
        for button in self.buttons:
            button.setFont(ui_font(percent, REGULAR, 0.95))
            button.setIconSize(QSize(1, 1) * round(15 * percent / 100))
        self.updateGeometry()

    def _show_order(self) -> None:
        words = next((words for act, words in _ORDERS.items() if self._actions[act].isChecked()), "Best first")
        self._order.setText(words)
        self._order.setAccessibleName(f"Order of the results: {words}")
