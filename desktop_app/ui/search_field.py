"""The field in which a search is typed, with a line under every mistake, and what was searched before below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QStandardItem,
    QStandardItemModel,
    QTextLayout,
)
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from desktop_app.domain import QueryProblem
from desktop_app.ui.icons import icon
from desktop_app.ui.text_positions import TextPositions
from desktop_app.ui.themes import theme_of

PLACEHOLDER = "Search in English, हिन्दी or roman Hindi"
_WAVE_PX = 2.0
_FOR_THE_LIST = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab)


@dataclass(frozen=True, slots=True)
class Offered:
    """A line below the empty field; *query* is what it searches for, empty on the line that clears the history."""

    words: str
    query: str = ""
    sign: str = ""


class SearchField(QLineEdit):
    """Arrow down goes into the results, Enter opens the first. Empty, it offers earlier and saved searches."""

    down_pressed = Signal()
    query_offered = Signal(str)
    """An earlier or saved search was chosen."""
    forgetting_requested = Signal()
    """The search history is to be cleared."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(PLACEHOLDER)
        self.setAccessibleName("Search")
        self.setClearButtonEnabled(True)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.setMaxLength(1000)
        # Files dropped here are for the window to import, not to be typed.
        self.setAcceptDrops(False)
        self.offers: Callable[[], Sequence[Offered]] = tuple
        """What to offer below the empty field."""
        self._problems: tuple[QueryProblem, ...] = ()
        self._problem_text = ""
        self._composing = False
        self._queries: dict[str, str] = {}
        self._offered = QStandardItemModel(self)
        self._completer = QCompleter(self._offered, self)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(16)
        self._popup = QListView(self)
        self._completer.setPopup(self._popup)
        self._popup.setObjectName("search_offers")
        self._popup.setAccessibleName("Earlier and saved searches")
        self._completer.activated.connect(self._on_offer_activated)
        self.textEdited.connect(self._popup.hide)

    @property
    def offered_words(self) -> list[str]:
        """What is offered just now; empty while nothing is."""
        return [] if self._popup.isHidden() else list(self._queries)

    @property
    def completer_popup(self) -> QListView:
        """The list of offers."""
        return self._popup

    def show_problems(self, text: str, problems: Sequence[QueryProblem]) -> None:
        """Underline the places of mistakes in *text*, as long as it stands here."""
        self._problem_text, self._problems = text, tuple(problems)
        self.setAccessibleDescription(" ".join(problem.sentence for problem in problems))
        self.update()

    def offer(self) -> bool:
        """Show earlier and saved searches; False if there are none or the field is not empty."""
        lines = () if self.text() else self.offers()
        if not lines:
            return False
        self._offered.clear()
        self._queries = {}
        for line in lines:
            if line.words in self._queries:
                continue
            self._queries[line.words] = line.query
            item = QStandardItem(line.words)
            item.setEditable(False)
            if line.sign:
                item.setIcon(icon(line.sign))
            self._offered.appendRow(item)
        self._popup.setFont(self.font())
        side = self.fontMetrics().ascent()
        self._popup.setIconSize(QSize(side, side))
        self._completer.setCompletionPrefix("")
        self._completer.complete()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._popup.isVisible() and event.key() in _FOR_THE_LIST:
            event.ignore()  # it is for the list of offers
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            if not self.offer():
                self.down_pressed.emit()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self.offer()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.ShortcutFocusReason:
            self.offer()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._problems and not self._composing and self.text() == self._problem_text:
            self._underline()

    def _underline(self) -> None:
        """A wavy line under each mistake; the field's own text layout is not open to us, so it is laid out again."""
        text = self.text()
        layout = QTextLayout(text, self.font())
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        positions = TextPositions(text)
        caret = self.cursorRect()
        origin = caret.center().x() - _x(line.cursorToX(self.cursorPosition()))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme_of(self.palette()).one_sided), 1.4))
        painter.setClipRect(self.rect().adjusted(30, 0, -30, 0))
        for problem in self._problems:
            left = origin + _x(line.cursorToX(positions.to_qt(problem.start)))
            right = origin + _x(line.cursorToX(positions.to_qt(min(problem.end, len(text)))))
            painter.drawPath(_wave(left, max(right, left + 6), caret.bottom() - 0.5))
        painter.end()

    def _on_offer_activated(self, words: str) -> None:
        query = self._queries.get(words)
        if query:
            self.query_offered.emit(query)
        else:
            self.clear()
            self.forgetting_requested.emit()


def _x(found: object) -> float:
    """`QTextLine.cursorToX` gives the place alone, or the place and the cursor it settled on."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]


def _wave(left: float, right: float, y: float) -> QPainterPath:
    path = QPainterPath(QPointF(left, y))
    up = True
    while left < right:
        step = min(2 * _WAVE_PX, right - left)
        path.quadTo(QPointF(left + step / 2, y + (-_WAVE_PX if up else _WAVE_PX)), QPointF(left + step, y))
        left, up = left + step, not up
    return path
