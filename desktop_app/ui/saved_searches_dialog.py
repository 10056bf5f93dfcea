"""The saved searches: run, renamed and removed; and the small window that asks for a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.records import SavedSearch
from desktop_app.ui.dialogs import PlainDialog
from desktop_app.ui.fonts import REGULAR, SEMIBOLD, ui_font
from desktop_app.ui.row_list import RowList
from desktop_app.ui.row_painting import Index, LineFitter, draw_ground, draw_hairline
from desktop_app.ui.search_memory import SearchMemory
from desktop_app.ui.themes import theme_of
from desktop_app.ui.words import count_of

SAVED_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_NONE = "No search is saved. Search for something, then save it with Ctrl+S."
_LONGEST_NAME = 120
_MARGIN, _PAD = 12, 7
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class SavedModel(QAbstractListModel):
    """The saved searches by name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.searches: list[SavedSearch] = []

    def show_searches(self, searches: Sequence[SavedSearch]) -> None:
        self.beginResetModel()
        self.searches = list(searches)
        self.endResetModel()

    def search_at(self, index: _Index) -> SavedSearch | None:
        return self.searches[index.row()] if index.isValid() and index.row() < len(self.searches) else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.searches)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        search = self.search_at(index)
        if search is None:
            return None
        if role == SAVED_ROLE:
            return search
        if role == Qt.ItemDataRole.DisplayRole:
            return search.name
        return f"{search.name}: {search.query}" if role == Qt.ItemDataRole.AccessibleTextRole else None


class SavedDelegate(QStyledItemDelegate):
    """Paints a name and the query below it."""

    def __init__(self, parent: QWidget, percent: int) -> None:
        super().__init__(parent)
        self._name = LineFitter(ui_font(percent, SEMIBOLD))
        self._query = LineFitter(ui_font(percent, REGULAR, 0.92))

    @property
    def row_height(self) -> int:
        return self._name.height + self._query.height + 2 * _PAD

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(200, self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        search: SavedSearch | None = index.data(SAVED_ROLE)
        if search is None:
            return
        theme = theme_of(option.palette)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_ground(painter, option, theme)
        draw_hairline(painter, box, theme)
        left, width, top = box.left() + _MARGIN, box.width() - 2 * _MARGIN, box.top() + _PAD
        self._name.draw(painter, QRect(left, top, width, self._name.height), search.name, QColor(theme.text))
        top += self._name.height
        self._query.draw(painter, QRect(left, top, width, self._query.height), search.query, QColor(theme.muted))
        painter.restore()


class SavedSearchesDialog(PlainDialog):
    """The list with its buttons; Enter or a click runs a search."""

    run_requested = Signal(str)

    def __init__(self, memory: SearchMemory, percent: int, parent: QWidget | None) -> None:
        super().__init__("Saved searches", "", parent)
        self._memory, self._percent = memory, percent
        self.model = SavedModel(self)
        delegate = SavedDelegate(self, percent)
        self.view = RowList("Saved searches", self.model, self)
        self.view.setItemDelegate(delegate)
        self.view.set_row_height(delegate.row_height)
        self._note = QLabel("", self)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setForegroundRole(self._note.foregroundRole().PlaceholderText)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self._note)
        self.run = self._button("&Search")
        self.rename = self._button("Re&name…")
        self.remove = self._button("Re&move")
        for part in (self, self.heading, self._note, self.buttons):
            part.setFont(ui_font(percent))
        self.run.clicked.connect(lambda: self._run(self.view.currentIndex()))
        self.rename.clicked.connect(self._on_rename)
        self.remove.clicked.connect(self._on_remove)
        self.view.row_chosen.connect(self._run)
        self.view.selectionModel().currentChanged.connect(self._refresh)
        memory.changed.connect(self._show)
        memory.failed.connect(self._note.setText)
        self.resize(560 * percent // 100, 380 * percent // 100)
        self._show()
        self.view.setFocus()

    @property
    def note(self) -> str:
        """What the dialog says below the list."""
        return self._note.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.remove.isEnabled():
            self._on_remove()
            return
        super().keyPressEvent(event)

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        return button

    def _show(self) -> None:
        row = max(0, self.view.currentIndex().row())
        self.model.show_searches(self._memory.saved())
        count = len(self.model.searches)
        self.heading.setText(count_of(count, "saved search", "saved searches") if count else _NONE)
        if count:
            self.view.setCurrentIndex(self.model.index(min(row, count - 1)))
        self._note.setText("")
        self._refresh()

    def _refresh(self) -> None:
        chosen = self.view.currentIndex().isValid()
        self.run.setEnabled(chosen)
        self.rename.setEnabled(chosen and self._memory.writable)
        self.remove.setEnabled(chosen and self._memory.writable)

    def _run(self, index: QModelIndex) -> None:
        search = self.model.search_at(index)
        if search is not None:
            self.accept()
            self.run_requested.emit(search.query)

    def _on_rename(self) -> None:
        search = self.model.search_at(self.view.currentIndex())
        if search is not None:
            asking = SearchNameDialog(
                "What shall this search be called?", search.name, search.query, self._percent, self
            )
            asking.name_given.connect(lambda name: self._memory.rename(search.id, name))
            asking.open()

    def _on_remove(self) -> None:
        search = self.model.search_at(self.view.currentIndex())
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
