"""Searches kept and remembered, as the window's actions ask for them; and mistakes shown where they were made."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from desktop_app.domain import Narrowing, SearchAnswer
from desktop_app.errors import NothingFound
from desktop_app.library import Library
from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.entity_model import both_names
from desktop_app.ui.saved_searches_dialog import SavedSearchesDialog, SearchNameDialog
from desktop_app.ui.search_memory import SearchMemory
from desktop_app.ui.search_panel import SearchPanel
from desktop_app.ui.search_session import SearchSession
from desktop_app.ui.tool_bar import ToolBar
from desktop_app.ui.words import shortened


class SearchDesk(QObject):
    """Stands between the search field, the search and the library's memory of searches. `said` carries a sentence."""

    said = Signal(str)

    def __init__(
        self,
        library: Library,
        commands: Actions,
        tool_bar: ToolBar,
        panel: SearchPanel,
        session: SearchSession,
        *,
        writable: bool,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._library, self._commands = library, commands
        self._tool_bar, self._session = tool_bar, session
        self._percent = 100
        self.memory = SearchMemory(library.searches, writable=writable, parent=self)
        field = tool_bar.search
        field.offers = self.memory.offers
        field.query_offered.connect(self.run)
        field.forgetting_requested.connect(self.memory.clear_history)
        field.textChanged.connect(session.type_words)
        field.returnPressed.connect(session.enter)
        panel.view.left_upwards.connect(lambda: field.setFocus(Qt.FocusReason.OtherFocusReason))
        panel.facet_chosen.connect(session.toggle_facet)
        panel.suggestion_chosen.connect(self.run)
        session.filters_wanted.connect(tool_bar.set_filters)
        session.answered.connect(self._on_answered)
        session.used.connect(self.memory.note)
        session.ended.connect(self._refresh)
        self.memory.failed.connect(self.said)
        commands[Act.SAVE_SEARCH].triggered.connect(self.save)
        commands[Act.SAVED_SEARCHES].triggered.connect(self.show_saved)
        commands[Act.FORGET_SEARCHES].triggered.connect(self._on_forget)
        self._refresh()

    def set_percent(self, percent: int) -> None:
        self._percent = percent

    def run(self, query: str) -> None:
        """Search for *query* and nothing else: it says all that narrows it."""
        self._tool_bar.set_filters(Narrowing())
        self._commands[Act.SEARCH_EXACT].setChecked(False)
        self._tool_bar.search.setText(query)
        self._tool_bar.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._session.ask_now()

    def save(self) -> None:
        """Ask for a name for the search as it now is."""
        query = self.written_out()
        if not query:
            return
        asking = SearchNameDialog(
            "What shall this search be called?", shortened(query, 60), query, self._percent, self._tool_bar.window()
        )
        asking.name_given.connect(lambda name: self._save(name, query))
        asking.open()

    def written_out(self) -> str:
        """The search as one query, with everything that narrows it."""
        from desktop_app.search.narrowing import written_out as as_query
        from desktop_app.search.query_language import marked_exact

        options = self._session.options
        words = marked_exact(self._session.words) if options.exact else self._session.words
        return as_query(words, options.narrowing, self._name_of)

    def show_saved(self) -> None:
        dialog = SavedSearchesDialog(self.memory, self._percent, self._tool_bar.window())
        dialog.run_requested.connect(self.run)
        dialog.open()

    def close(self) -> None:
        """Write what waits."""
        self.memory.close()

    def _save(self, name: str, query: str) -> None:
        self.memory.save(name, query)
        self.said.emit(f"The search is saved as “{name}”. It is offered in the empty search field.")

    def _name_of(self, entity: int) -> str:
        try:
            found = self._library.entity(entity)
        except NothingFound:
            return f"#{entity}"
        return found.en or found.hi or both_names(found)

    def _on_answered(self, answer: SearchAnswer) -> None:
        self._tool_bar.search.show_problems(answer.query, answer.problems)
        self._refresh()

    def _on_forget(self) -> None:
        self.memory.clear_history()
        self.said.emit("The search history is empty.")

    def _refresh(self) -> None:
        self._commands[Act.SAVE_SEARCH].setEnabled(self.memory.writable and self._session.active)
        self._commands[Act.FORGET_SEARCHES].setEnabled(self.memory.writable)
