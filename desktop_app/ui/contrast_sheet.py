"""The sheet below the texts: what only one report says, where they differ, and what both say."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStackedLayout,
    QStyleOptionViewItem,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain import Language
from desktop_app.ui.contrast_lines import Cell, ContrastLine, Section
from desktop_app.ui.contrast_model import ContrastModel
from desktop_app.ui.elided_label import ElidedLabel
from desktop_app.ui.fonts import REGULAR, SEMIBOLD, ui_font
from desktop_app.ui.icons import icon
from desktop_app.ui.notice import Notice
from desktop_app.ui.passages import Passage
from desktop_app.ui.row_model import ROW_ROLE, Index
from desktop_app.ui.row_painting import RowDelegate
from desktop_app.ui.themes import Theme
from desktop_app.ui.wrapped_text import WrappedText

_MARGIN, _PAD, _BORDER_PX = 26, 7, 20
_MOST_LINES = 4
_NOTHING = {
    Section.ONLY_ENGLISH: "Everything the English report says stands in the Hindi one as well.",
    Section.ONLY_HINDI: "Everything the Hindi report says stands in the English one as well.",
    Section.DIFFERS: "No number, date or place differs in passages that correspond.",
    Section.QUOTED: "Neither report quotes anybody.",
    Section.WORDS: "No word choices stand out.",
    Section.BOTH: "No passage of one report corresponds to one of the other.",
}


class ContrastDelegate(RowDelegate[ContrastLine]):
    """Paints a line in two halves, English on the left and Hindi on the right, as the panes stand above."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._border: tuple[int, int] | None = None

    def set_border(self, left: int, right: int) -> None:
        """Where the left half ends and the right one begins, in pixels."""
        self._border = left, right

    def set_percent(self, percent: int) -> None:
        self._text = WrappedText(ui_font(percent), _MOST_LINES)
        self._hint = WrappedText(ui_font(percent, REGULAR, 0.94), _MOST_LINES)
        self._strong = WrappedText(ui_font(percent, SEMIBOLD), 1)
        self._label = WrappedText(ui_font(percent, SEMIBOLD, 0.86), 1)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        line = index.data(ROW_ROLE)
        if not isinstance(line, ContrastLine):
            return QSize()
        width = self._view.viewport().width()
        height = max(
            self._cell_height(line.cell(side), room)
            for side, (_, room) in zip(Language, self._halves(width), strict=True)
        )
        if line.label:
            height += self._label.height(line.label, width)
        return QSize(120, height + 2 * _PAD + 1)

    def draw_row(self, painter: QPainter, box: QRect, row: ContrastLine, theme: Theme) -> None:
        top = box.top() + _PAD
        if row.label:
            label = QRect(box.left() + _MARGIN, top, box.width() - 2 * _MARGIN, 1)
            self._label.draw(painter, label, row.label, QColor(theme.muted))
            top += self._label.height(row.label, label.width())
        for side, (left, room) in zip(Language, self._halves(box.width()), strict=True):
            cell = row.cell(side)
            colour = QColor(theme.muted if cell.hint else theme.text)
            place = QRect(box.left() + left, top, room, 1)
            self._strong.draw(painter, place, cell.strong, colour)
            place.translate(0, self._strong.height(cell.strong, room))
            self._fitter(cell).draw(painter, place, cell.text, colour)

    def _cell_height(self, cell: Cell, room: int) -> int:
        return self._strong.height(cell.strong, room) + self._fitter(cell).height(cell.text, room)

    def _fitter(self, cell: Cell) -> WrappedText:
        return self._hint if cell.hint else self._text

    def _halves(self, width: int) -> tuple[tuple[int, int], tuple[int, int]]:
        """Left edge and width of both halves."""
        end, begin = self._border or (width // 2 - _BORDER_PX, width // 2 + _BORDER_PX)
        begin = min(begin + _MARGIN, width - _LEAST_PX)
        return (_MARGIN, max(_LEAST_PX, end - 2 * _MARGIN)), (begin, max(_LEAST_PX, width - begin - _MARGIN // 2))


_LEAST_PX = 60


class ContrastListView(QListView):
    """The lines. Moving onto one, or clicking it, chooses it."""

    line_chosen = Signal(object)

    def __init__(self, model: ContrastModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines = model
        self.delegate = ContrastDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setAccessibleName("Findings")
        self.clicked.connect(self._choose)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        super().keyPressEvent(event)
        if self.currentIndex() != before or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())

    def _choose(self, index: Index) -> None:
        line = self.lines.row_at(index)
        if line is not None:
            self.line_chosen.emit(line)


class ContrastSheet(QWidget):
    """A tab for each kind of finding above its lines. Choosing a line asks for its passage."""

    passage_chosen = Signal(Passage)
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What only one report says, and what both say")
        self.setAutoFillBackground(True)
        self._lines: tuple[ContrastLine, ...] | None = None
        self._why_empty = ""
        self._shown: Section | None = None
        self._model = ContrastModel(self)
        self.tabs = QTabBar(self)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName("Kinds of findings")
        for section in Section:
            self.tabs.addTab(section.value)
        self._close = QToolButton(self)
        self._close.setIcon(icon("close"))
        self._close.setAutoRaise(True)
        self._close.setToolTip("Close")
        self._close.setAccessibleName("Close")
        self.view = ContrastListView(self._model, self)
        self._notice = Notice(parent=self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._notice)
        self.judgement = ElidedLabel(self)
        self.judgement.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        reasons = QHBoxLayout()
        reasons.setContentsMargins(_MARGIN, 6, _MARGIN, 4)
        reasons.addWidget(self.judgement)
        top = QHBoxLayout()
        top.setContentsMargins(14, 4, 8, 0)
        top.addWidget(self.tabs, 1)
        top.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(reasons)
        column.addLayout(self._stack, 1)
        self.setFocusProxy(self.view)
        self.setMinimumHeight(110)
        self.tabs.currentChanged.connect(self._refresh)
        self._close.clicked.connect(self.close_requested)
        self.view.line_chosen.connect(lambda line: self.passage_chosen.emit(line.passage))
        self.set_percent(100)

    def set_percent(self, percent: int) -> None:
        self.tabs.setFont(ui_font(percent, REGULAR, 0.94))
        self.judgement.setFont(ui_font(percent, REGULAR, 0.94))
        self.view.delegate.set_percent(percent)
        self.view.scheduleDelayedItemsLayout()

    def set_border(self, left: int, right: int) -> None:
        """Divide the lines where the panes above are divided: what lies between is the gutter's."""
        self.view.delegate.set_border(left, right)
        self.view.scheduleDelayedItemsLayout()

    @property
    def section(self) -> Section:
        return list(Section)[max(0, self.tabs.currentIndex())]

    def show_lines(self, judgement: str, lines: Sequence[ContrastLine], sections: Collection[Section]) -> None:
        """Show what was found of the two reports that are open, looking for *sections*.

        *judgement* says how they belong together, and why.
        """
        self._lines = tuple(lines)
        self.judgement.set_whole_text(judgement)
        self.judgement.show()
        for number, section in enumerate(Section):
            self.tabs.setTabVisible(number, section in sections)
        self._refresh()

    def show_none(self, why: str) -> None:
        """There is nothing to compare; *why* says so."""
        self._lines, self._why_empty = None, why
        self.judgement.hide()
        self._refresh()

    def lines_of(self, section: Section) -> list[ContrastLine]:
        return [line for line in self._lines or () if line.section is section]

    def _refresh(self) -> None:
        for number, section in enumerate(Section):
            count = len(self.lines_of(section))
            self.tabs.setTabText(number, section.value if self._lines is None else f"{section.value}  {count}")
        lines = self.lines_of(self.section)
        scrolled = self.view.verticalScrollBar().value()
        self._model.show_rows(lines)
        if self.section is self._shown:  # the same findings, anew
            self.view.doItemsLayout()
            self.view.verticalScrollBar().setValue(scrolled)
        self._shown = self.section
        if lines:
            self._stack.setCurrentWidget(self.view)
        else:
            self._notice.say(self._why_empty if self._lines is None else _NOTHING[self.section])
            self._stack.setCurrentWidget(self._notice)
