"""The space between the panes: a wide splitter handle on which ribbons join what corresponds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QMouseEvent,
    QMoveEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QSplitter, QSplitterHandle, QToolButton, QWidget

from desktop_app.domain import Language
from desktop_app.ui.article_model import LANGUAGE_NAMES
from desktop_app.ui.passages import Passage
from desktop_app.ui.ribbons import EdgeMark, GutterView, Ribbon, paint_ribbons, ribbon_path
from desktop_app.ui.themes import Theme, theme_of

GUTTER_PX = 44


class GutterDrawing(Protocol):
    """What the gutter paints."""

    def view(self, gutter: QWidget) -> GutterView: ...
    def ribbons(self) -> Sequence[Ribbon]: ...
    def marks(self) -> Sequence[EdgeMark]: ...


class PassageGutter(QSplitterHandle):
    """Divides the panes; dragging moves the border, a double click makes the panes equal, a click finds a passage."""

    passage_hovered = Signal(object)
    """The `Passage` whose ribbon or mark is under the mouse; None when there is none."""
    passage_clicked = Signal(object)
    moved = Signal()
    """It stands elsewhere: dragged, or along with the window."""
    menu_requested = Signal(object, QPoint)
    """A context menu is wanted for a `Passage`, at a global point."""

    def __init__(self, orientation: Qt.Orientation, parent: QSplitter) -> None:
        super().__init__(orientation, parent)
        self._drawing: GutterDrawing | None = None
        self._lit: frozenset[Passage] = frozenset()
        self._hovered: Passage | None = None
        self._pressed: QPointF | None = None
        self._buttons: list[QToolButton] = []
        self.setMouseTracking(True)

    def set_drawing(self, drawing: GutterDrawing) -> None:
        """Ask *drawing* what to paint; call `update` when that changes."""
        self._drawing = drawing

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """Show *actions* as buttons at the head of the gutter, as high as the panes' headers."""
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setIconSize(QSize(_ICON_PX, _ICON_PX))
            button.setAutoRaise(True)
            button.setCursor(Qt.CursorShape.ArrowCursor)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setObjectName("gutter_button")
            self._buttons.append(button)
        self._place_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_buttons()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.moved.emit()

    def light_up(self, passages: Iterable[Passage]) -> None:
        """Make the ribbons of *passages* stand out."""
        lit = frozenset(passages)
        if lit != self._lit:
            self._lit = lit
            self.update()

    def passage_at(self, point: QPointF) -> Passage | None:
        """The passage drawn at *point*: the surest of several."""
        if self._drawing is None:
            return None
        view = self._drawing.view(self)
        if point.y() < view.top:
            return None
        for ribbon in sorted(self._drawing.ribbons(), key=lambda ribbon: -ribbon.passage.probability):
            path = ribbon_path(ribbon, view)
            if path is not None and path.contains(point):
                return ribbon.passage
        for mark in self._drawing.marks():
            top = view.page_top(mark.language)
            near = point.x() < _NEAR_PX if mark.language is Language.ENGLISH else point.x() > self.width() - _NEAR_PX
            if near and mark.run[0] + top <= point.y() <= mark.run[1] + top:
                return mark.passage
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.base))
        if self._drawing is not None:
            self._paint(painter, self._drawing, theme)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons():
            super().mouseMoveEvent(event)
        else:
            self._hover(self.passage_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = event.position() if event.button() is Qt.MouseButton.LeftButton else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        distance = (event.position() - pressed).manhattanLength()
        passage = self.passage_at(event.position())
        if distance < QApplication.startDragDistance() and passage is not None:
            self.passage_clicked.emit(passage)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
        if self.passage_at(event.position()) is not None:
            return  # the second click on a ribbon
        splitter = self.splitter()
        half = sum(splitter.sizes()) // 2
        splitter.setSizes([half, half])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        passage = self.passage_at(QPointF(event.pos()))
        if passage is not None:
            self.menu_requested.emit(passage, event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def _paint(self, painter: QPainter, drawing: GutterDrawing, theme: Theme) -> None:
        view, ribbons, marks = drawing.view(self), drawing.ribbons(), drawing.marks()
        hairline = QColor(theme.border)
        # The line below the headers runs through.
        painter.fillRect(QRectF(0, view.top - 1, view.width, 1), hairline)
        if ribbons or marks:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(QRectF(0, view.top, view.width, view.height - view.top))
            paint_ribbons(painter, ribbons, marks, self._lit, view, theme)
        else:
            painter.fillRect(QRectF(self.width() // 2, view.top, 1, view.height - view.top), hairline)

    def _place_buttons(self) -> None:
        top = 0 if self._drawing is None else round(self._drawing.view(self).top)
        side = self.width() // max(1, len(self._buttons))
        for number, button in enumerate(self._buttons):
            button.setGeometry(number * side, (top - side) // 2, side, side)
            button.setVisible(top >= side)

    def _hover(self, passage: Passage | None) -> None:
        if passage is self._hovered:
            return
        self._hovered = passage
        shape = Qt.CursorShape.SplitHCursor if passage is None else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)
        self.setToolTip("" if passage is None else _words_for(passage))
        self.passage_hovered.emit(passage)


def _words_for(passage: Passage) -> str:
    if passage.only is not None:
        return f"Only the {LANGUAGE_NAMES[passage.only]} report says this."
    doubt = "" if passage.sure else ", doubtful"
    return f"These passages correspond ({100 * passage.probability:.0f} %{doubt})."


_NEAR_PX, _ICON_PX = 10, 15


class PaneSplitter(QSplitter):
    """Two panes side by side with the gutter between."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(GUTTER_PX)
        self.setChildrenCollapsible(False)

    @property
    def gutter(self) -> PassageGutter:
        """Between the panes, once both are there."""
        handle = self.handle(1)
        assert isinstance(handle, PassageGutter)
        return handle

    def createHandle(self) -> QSplitterHandle:  # noqa: N802
        return PassageGutter(self.orientation(), self)
