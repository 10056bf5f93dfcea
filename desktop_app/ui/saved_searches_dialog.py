"""The saved searches: run, renamed and removed; and the small window that asks for a name."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QWidget

from desktop_app.records import SavedSearch
from desktop_app.ui.dialogs import PlainDialog
from desktop_app.ui.fonts import REGULAR, SEMIBOLD, ui_font
from desktop_app.ui.list_dialog import ListDialog
from desktop_app.ui.row_list import RowList
from desktop_app.ui.row_model import RowModel
from desktop_app.ui.row_painting import LineFitter, RowDelegate
from desktop_app.ui.search_memory import SearchMemory
from desktop_app.ui.themes import Theme
from desktop_app.ui.words import count_of

_NONE = "No search is saved. Search for something, then save it with Ctrl+S."
_LONGEST_NAME = 120
_MARGIN, _PAD = 12, 7


class SavedModel(RowModel[SavedSearch]):
    """The saved searches by name."""

    def said_of(self, row: SavedSearch, role: int) -> str | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        return f"{row.name}: {row.query}" if role == Qt.ItemDataRole.AccessibleTextRole else None


class SavedDelegate(RowDelegate[SavedSearch]):
    """Paints a name and the query below it."""

    def set_percent(self, percent: int) -> None:
        self._name = LineFitter(ui_font(percent, SEMIBOLD))
        self._query = LineFitter(ui_font(percent, REGULAR, 0.92))

    @property
    def row_height(self) -> int:
        return self._name.height + self._query.height + 2 * _PAD

    def draw_row(self, painter: QPainter, box: QRect, row: SavedSearch, theme: Theme) -> None:
        left, width, top = box.left() + _MARGIN, box.width() - 2 * _MARGIN, box.top() + _PAD
        self._name.draw(painter, QRect(left, top, width, self._name.height), row.name, QColor(theme.text))
        top += self._name.height
        self._query.draw(painter, QRect(left, top, width, self._query.height), row.query, QColor(theme.muted))


class SavedSearchesDialog(ListDialog[RowList]):
    """The list with its buttons; Enter or a click runs a search."""

    run_requested = Signal(str)

    def __init__(self, memory: SearchMemory, percent: int, parent: QWidget | None) -> None:
        model = SavedModel()
        super().__init__("Saved searches", RowList("Saved searches", model, None), percent, parent)
        self._memory, self.model = memory, model
        model.setParent(self)
        delegate = SavedDelegate(self, percent)
        self.view.setItemDelegate(delegate)
        self.view.set_row_height(delegate.row_height)
        self.run = self.add_button("&Search", lambda: self._run(self.view.currentIndex()))
        self.rename = self.add_button("Re&name…", self._on_rename)
        self.remove = self.add_button("Re&move", self._on_remove)
        self.setFont(ui_font(percent))
        self.view.row_chosen.connect(self._run)
        self.view.selectionModel().currentChanged.connect(self._refresh)
        memory.changed.connect(self._show)
        memory.failed.connect(self.say)
        self.resize(560 * percent // 100, 380 * percent // 100)
        self._show()
        self.view.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.remove.isEnabled():
            self._on_remove()
            return
        super().keyPressEvent(event)

    def _show(self) -> None:
        row = max(0, self.view.currentIndex().row())
        self.model.show_rows(self._memory.saved())
        count = len(self.model.rows)
        self.heading.setText(count_of(count, "saved search", "saved searches") if count else _NONE)
        if count:
            self.view.setCurrentIndex(self.model.index(min(row, count - 1)))
        self.say("")
        self._refresh()

    def _refresh(self) -> None:
        chosen = self.view.currentIndex().isValid()
        self.run.setEnabled(chosen)
        self.rename.setEnabled(chosen and self._memory.writable)
        self.remove.setEnabled(chosen and self._memory.writable)

    def _run(self, index: QModelIndex) -> None:
        search = self.model.row_at(index)
        if search is not None:
            self.accept()
            self.run_requested.emit(search.query)

    def _on_rename(self) -> None:
        search = self.model.row_at(self.view.currentIndex())
        if search is not None:
            asking = SearchNameDialog(
                "What shall this search be called?", search.name, search.query, self.percent, self
            )
            asking.name_given.connect(lambda name: self._memory.rename(search.id, name))
            asking.open()

    def _on_remove(self) -> None:
        search = self.model.row_at(self.view.currentIndex())
        if search is not None:
            self._memory.forget(search.id)


class SearchNameDialog(PlainDialog):
    """Asks what a search is to be called."""

    name_given = Signal(str)

    def __init__(self, heading: str, name: str, query: str, percent: int, parent: QWidget | None) -> None:
        super().__init__("Setu", heading, parent)
        self.name = QLineEdit(name[:_LONGEST_NAME], self)
        self.name.setAccessibleName("Name of the search")
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.setAcceptDrops(False)
        asked = QLabel(query, self)
        asked.setTextFormat(Qt.TextFormat.PlainText)
        asked.setWordWrap(True)
        asked.setForegroundRole(asked.foregroundRole().PlaceholderText)
        self.body.addWidget(self.name)
        self.body.addWidget(asked)
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        for part in (self, self.heading, asked, self.buttons):
            part.setFont(ui_font(percent))
        self.name.setFont(ui_font(percent, scale=1.08))
        self.setMinimumWidth(420 * percent // 100)
        self.buttons.accepted.connect(self._on_accepted)
        self.name.textChanged.connect(self._refresh)
        self._refresh()
        self.name.setFocus()
        self.name.selectAll()

    def _refresh(self) -> None:
        self._ok.setEnabled(bool(self.name.text().strip()))

    def _on_accepted(self) -> None:
        self.accept()
        self.name_given.emit(" ".join(self.name.text().split()))
