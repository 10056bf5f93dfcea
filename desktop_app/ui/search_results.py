"""The list of search results. Moving onto one opens it behind the list; Enter goes into its text."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_app.domain import SearchAnswer
from desktop_app.ui.list_view import ReaderListView
from desktop_app.ui.search_result_model import ResultModel
from desktop_app.ui.search_result_painting import ResultDelegate


class ResultView(ReaderListView):
    """Announces hits by their place in the answer."""

    hit_chosen = Signal(int)
    hit_entered = Signal(int)
    left_upwards = Signal()
    """Arrow up on the first result."""
    end_neared = Signal()
    """Less than a screen of results is left below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Search results", parent)
        self.results = ResultModel(self)
        self._delegate = ResultDelegate(self)
        self.setModel(self.results)
        self.setItemDelegate(self._delegate)
        self.set_percent(100)
        self.moved_to.connect(self._on_moved)
        self.verticalScrollBar().valueChanged.connect(self.look_ahead)
        self.verticalScrollBar().rangeChanged.connect(self.look_ahead)

    def set_percent(self, percent: int) -> None:
        self._delegate.set_percent(percent)
        self.set_row_height(self._delegate.row_height)
        self._fit()

    def show_answer(self, answer: SearchAnswer) -> None:
        self._delegate.snippets.forget()
        with self.quietly():
            self.results.show_answer(answer)
        self._fit()
        self.scrollToTop()

    def show_more(self, answer: SearchAnswer) -> None:
        """The same hits and more behind them; the reader's place stays."""
        current, scrolled = self.current_hit, self.verticalScrollBar().value()
        with self.quietly():
            self.results.show_more(answer)
            self._fit()
            if current is not None and self.current_hit != current:
                self.setCurrentIndex(self.results.index_of(current))
        self.verticalScrollBar().setValue(scrolled)

    @property
    def current_hit(self) -> int | None:
        """The place in the answer of the hit the reader is at."""
        return self.results.number_at(self.currentIndex())

    def show_current(self, number: int) -> None:
        """Make a hit current without announcing it."""
        rows = len(self.results.rows)
        with self.quietly():
            index = self.results.index_of(number)
            if len(self.results.rows) != rows:
                self._fit()
            self.setCurrentIndex(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._enter(self.currentIndex())
            return
        if event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._toggle(index):
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        number = self.results.number_at(self.indexAt(event.position().toPoint()))
        if number is not None:
            self.hit_entered.emit(number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._delegate.snippets.forget()

    def _enter(self, index: QModelIndex) -> None:
        number = self.results.number_at(index)
        if number is not None:
            self.hit_entered.emit(number)
        else:
            self._toggle(index)

    def _toggle(self, index: QModelIndex) -> bool:
        """Fold or unfold a story where *index* is the row for it; that row stays where it is."""
        row, scrolled = index.row(), self.verticalScrollBar().value()
        with self.quietly():
            if not self.results.toggle(index):
                return False
            self._fit()
            self.setCurrentIndex(self.results.index(min(row, len(self.results.rows) - 1)))
        self.verticalScrollBar().setValue(scrolled)
        return True

    def _on_moved(self, index: QModelIndex) -> None:
        number = self.results.number_at(index)
        if number is not None:
            self.hit_chosen.emit(number)

    def look_ahead(self) -> None:
        """Say so if little is left below."""
        bar = self.verticalScrollBar()
        if self.results.hits and bar.value() >= bar.maximum() - self.viewport().height():
            self.end_neared.emit()

    def _fit(self) -> None:
        if self.results.is_grouped:
            self.fit_rows(self.results)
