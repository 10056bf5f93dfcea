"""The tool bar: back and forward, the search field, its filters, and the menu of everything."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolBar, QToolButton, QWidget

from desktop_app.domain import Language, Narrowing
from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.fonts import ui_font
from desktop_app.ui.icons import icon
from desktop_app.ui.search_field import SearchField
from desktop_app.ui.search_filters import DatesPopup, date_filter_words

_LANGUAGE_WORDS = {None: "EN · HI", Language.ENGLISH: "EN", Language.HINDI: "HI"}


class ToolBar(QToolBar):
    """Drawn from the actions; `filters_changed` tells of the language and the dates together."""

    filters_changed = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__("Tool bar", parent)
        self.setObjectName("tool_bar")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setIconSize(QSize(18, 18))
        self.filters = Narrowing()
        self._steps = tuple(self._add_button(actions[act]) for act in (Act.BACK, Act.FORWARD))
        self.search = SearchField(self)
        self.addWidget(self.search)
        self._language = self._add_menu_button("Language of the articles", "")
        for act in (Act.BOTH_LANGUAGES, Act.ONLY_ENGLISH, Act.ONLY_HINDI):
            self._menu_of(self._language).addAction(actions[act])
        self._dates = QToolButton(self)
        self._dates.setIcon(icon("calendar"))
        self._dates.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._dates.setToolTip(actions[Act.DATES].toolTip())
        self._dates.clicked.connect(actions[Act.DATES].trigger)
        self.addWidget(self._dates)
        self._more = self._add_menu_button("All commands", "more")
        actions.fill_overflow(self._menu_of(self._more))
        self._popup = DatesPopup(self)
        self._popup.dates_chosen.connect(self._on_dates_chosen)
        actions[Act.DATES].triggered.connect(self._on_dates_asked)
        self._acts = {
            None: actions[Act.BOTH_LANGUAGES],
            Language.ENGLISH: actions[Act.ONLY_ENGLISH],
            Language.HINDI: actions[Act.ONLY_HINDI],
        }
        for language, action in self._acts.items():
            action.triggered.connect(lambda _=False, language=language: self._on_language_chosen(language))
        self._show_filters()

    def set_percent(self, percent: int) -> None:
        font = ui_font(percent)
        for widget in (self.search, self._language, self._dates, self._more):
            widget.setFont(font)
        side = round(18 * percent / 100)
        self.setIconSize(QSize(side, side))
        self._dates.setIconSize(QSize(side, side))

    def tab_order(self) -> tuple[QWidget, ...]:
        """From left to right."""
        return *self._steps, self.search, self._language, self._dates, self._more

    def clear_dates(self) -> None:
        """Any date; the language stays."""
        self.set_filters(Narrowing(self.filters.language))

    def set_filters(self, filters: Narrowing) -> None:
        """Take over the language and the dates of *filters*."""
        filters = Narrowing(filters.language, filters.first, filters.last)
        changed, self.filters = filters != self.filters, filters
        self._show_filters()
        if changed:
            self.filters_changed.emit(filters)

    def _add_button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.toolTip())
        self.addWidget(button)
        return button

    def _add_menu_button(self, name: str, sign: str) -> QToolButton:
        button = QToolButton(self)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if sign:
            button.setIcon(icon(sign))
        button.setMenu(QMenu(button))
        self.addWidget(button)
        return button

    @staticmethod
    def _menu_of(button: QToolButton) -> QMenu:
        menu = button.menu()
        assert isinstance(menu, QMenu)
        return menu

    def _on_language_chosen(self, language: Language | None) -> None:
        self.set_filters(Narrowing(language, self.filters.first, self.filters.last))

    def _on_dates_asked(self) -> None:
        self._popup.open_below(self._dates, self.filters)

    def _on_dates_chosen(self, first: object, last: object) -> None:
        self.set_filters(Narrowing(self.filters.language, first, last))  # type: ignore[arg-type]

    def _show_filters(self) -> None:
        self._language.setText(_LANGUAGE_WORDS[self.filters.language])
        words = date_filter_words(self.filters)
        self._dates.setText(words)
        self._dates.setAccessibleName(f"Dates: {words}")
        self._acts[self.filters.language].setChecked(True)
