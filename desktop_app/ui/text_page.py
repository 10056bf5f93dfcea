"""A page of plain text that is only read: where its text stands, and where its reader is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QMimeData, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from desktop_app.domain import Span
from desktop_app.ui.text_geometry import TextGeometry
from desktop_app.ui.text_positions import TextPositions
from desktop_app.ui.tick_bar import TickBar

_JUMP_MARGIN = 0.15
"""A jump scrolls only if its target lies in this outer part of the pane (or outside)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is: the code point that starts the top line, and how much of it is scrolled past."""

    position: int
    offset_px: int


class TextPage(QTextEdit):
    """Shows text and keeps the reader's place. Everything passed in and out speaks code points of the text.

    A subclass puts in the text, says in `_positions` how its code points lie, and sets `_changing` while it does.
    """

    place_changed = Signal()
    """The pane was scrolled, by whatever means."""
    travelled = Signal()
    """The reader scrolled or jumped; not where the pane kept or restored a place, or followed the other pane."""
    layout_changed = Signal()
    """The text stands elsewhere on the page: another article, size or width."""
    caret_moved = Signal(int)
    """The caret stands before another code point, put there by the reader or a jump."""

    def __init__(self, geometry_parts: tuple[float, float], parent: QWidget | None = None) -> None:
        """*geometry_parts*: see `TextGeometry`."""
        super().__init__(parent)
        self._changing = False
        self._keeping_place = False
        self._positions = TextPositions("")
        self._geometry = TextGeometry(self.document(), *geometry_parts)
        self._ticks = TickBar(self)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setVerticalScrollBar(self._ticks)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.document().setDocumentMargin(0)
        self.setCursorWidth(0)
        self._ticks.valueChanged.connect(self._on_scrolled)
        self.cursorPositionChanged.connect(self._on_caret_moved)
        self.document().documentLayout().documentSizeChanged.connect(self._on_layout_changed)

    def scroll_to(self, span: Span) -> None:
        """Bring *span* into the middle part of the pane and put the caret there; no move if it is there."""
        self.put_caret(span.start)
        value = self._ticks.value()
        line = self._geometry.line_at(self._positions.to_qt(span.start))
        height = self.viewport().height()
        top, bottom = line.top() - value, line.bottom() - value
        if top < height * _JUMP_MARGIN or bottom > height * (1 - _JUMP_MARGIN):
            value = round(line.top() - height / 3)
        self._ticks.setValue(value)

    def put_caret(self, position: int) -> None:
        """Put the caret before a code point, without scrolling."""
        self._bring(position)
        value = self._ticks.value()
        before, self._keeping_place = self._keeping_place, True
        cursor = self.textCursor()
        cursor.setPosition(self._positions.to_qt(position))
        self.setTextCursor(cursor)
        self._ticks.setValue(value)
        self._keeping_place = before

    def place(self) -> Place:
        """Where the reader is now."""
        top = self._ticks.value()
        if top == 0:
            return Place(self._positions.part.start, 0)
        position = self._geometry.position_at(QPointF(self._left_margin(), top))
        return Place(self._positions.from_qt(position), round(top - self._geometry.line_at(position).top()))

    def restore_place(self, place: Place) -> None:
        """Scroll back to a place, also after the text was laid out in another size."""
        value = 0
        self._bring(place.position)
        if place.position > self._positions.part.start or place.offset_px:
            line = self._geometry.line_at(self._positions.to_qt(place.position))
            value = round(line.top() + min(place.offset_px, line.height()))
        self.follow(value)

    def follow(self, scrolled_px: int) -> None:
        """Scroll without counting as the reader's own travel."""
        before, self._keeping_place = self._keeping_place, True
        self._ticks.setValue(scrolled_px)
        self._keeping_place = before

    @property
    def is_keeping_place(self) -> bool:
        """Whether the pane scrolls just now without the reader's doing."""
        return self._keeping_place

    @property
    def scrolled_px(self) -> int:
        """How much of the page is scrolled past."""
        return self._ticks.value()

    @property
    def scrollable_px(self) -> int:
        """The largest value of `scrolled_px`."""
        return self._ticks.maximum()

    @property
    def page_px(self) -> float:
        """Height of the whole page, seen or not."""
        return self.document().documentLayout().documentSize().height()

    def flow(self, span: Span) -> tuple[float, float]:
        """Where *span* begins and ends on the page, in pixels from its top; see `TextGeometry.flow_at`."""
        start, end = self._positions.to_qt(span.start), self._positions.to_qt(span.end)
        top = self._geometry.flow_at(start)
        return top, max(top, self._geometry.flow_at(max(start, end - 1)))

    def selected_span(self) -> Span:
        """The selected text; empty, at the caret, if there is none."""
        cursor, positions = self.textCursor(), self._positions
        return Span(positions.from_qt(cursor.selectionStart()), positions.from_qt(cursor.selectionEnd()))

    def span_band(self, span: Span) -> tuple[float, float]:
        """Top and bottom of *span* in viewport coordinates; may lie outside the visible part."""
        start, end = self._positions.to_qt(span.start), self._positions.to_qt(span.end)
        first, last = self._geometry.line_at(start), self._geometry.line_at(max(start, end - 1))
        return first.top() - self._ticks.value(), last.bottom() - self._ticks.value()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_caret(event.reason() in _KEYBOARD_REASONS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._show_caret(False)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """What is copied is the text, in the article's own line ends, without any markup."""
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\u2029", "\n"))
        return data

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: ARG002
        """Nothing shown here may reach for a file or the net."""
        return QByteArray()

    # Inside

    @contextmanager
    def _place_kept(self) -> Iterator[None]:
        """Whatever happens to the layout inside, the same text stays at the top, and nobody follows."""
        before, place = self._keeping_place, self.place()
        self._keeping_place = True
        try:
            yield
            self.restore_place(place)
        finally:
            self._keeping_place = before

    def _show_caret(self, visible: bool) -> None:
        """The caret is for those who read with the keys; under the mouse it is only a stray bar."""
        self.setCursorWidth(_CARET_PX if visible else 0)

    def _bring(self, position: int) -> None:
        """See to it that the page holds code point *position*, if it holds a part of its text only."""

    def _left_margin(self) -> float:
        return self.document().rootFrame().frameFormat().leftMargin()

    def _on_layout_changed(self) -> None:
        self.layout_changed.emit()

    def _on_caret_moved(self) -> None:
        if not self._changing:
            self.caret_moved.emit(self._positions.from_qt(self.textCursor().position()))

    def _on_scrolled(self) -> None:
        if self._changing:
            return
        self.place_changed.emit()
        if not self._keeping_place:
            self.travelled.emit()


_CARET_PX = 2
_KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
