"""One article as a page to read: plain text with chips, search hits and passage tints painted under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QLabel, QTextEdit, QWidget

from desktop_app.domain import Article, Language, Mention, SentenceKind, Span
from desktop_app.ui.article_layout import format_article, set_article, set_margins
from desktop_app.ui.chips import Chip, ChipLayer, fill, outline, place_chips
from desktop_app.ui.fonts import text_font
from desktop_app.ui.text_geometry import SpanLayer, TextGeometry
from desktop_app.ui.text_positions import TextPositions
from desktop_app.ui.themes import theme_of
from desktop_app.ui.tick_bar import TickBar

_JUMP_MARGIN = 0.15
"""A jump scrolls only if its target lies in this outer part of the pane (or outside)."""


_GLYPH_BOX = {Language.ENGLISH: (0.93, 0.72), Language.HINDI: (1.0, 0.95)}
"""Parts of the font's ascent and descent that the script fills: the font makes room for matras."""


class MarkKind(StrEnum):
    """What the tint behind a passage says."""

    LINKED = "linked"
    UNCERTAIN = "uncertain"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class PassageMark:
    """A tinted passage; the span is in code points of the article's text."""

    span: Span
    kind: MarkKind = MarkKind.LINKED


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is: the code point that starts the top line, and how much of it is scrolled past."""

    position: int
    offset_px: int


class ArticlePane(QTextEdit):
    """Read-only view of one article, or a sentence saying why there is none.

    Everything passed in and out speaks code points of `Article.text`.
    """

    mention_clicked = Signal(object)
    """A `Mention` was clicked, or Enter was pressed on it."""
    mention_hovered = Signal(object, QPoint)
    """The `Mention` under the mouse (None when it left) and the mouse in global coordinates."""
    place_changed = Signal()
    """The pane was scrolled, by whatever means."""
    text_zoom_requested = Signal(int)
    """Ctrl+wheel: +1 larger, -1 smaller."""
    context_requested = Signal(object, QPoint)
    """A context menu is wanted for a `Mention` or None, at a global point."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._article: Article | None = None
        self._percent = 100
        self._changing = False
        self._selected: int | None = None
        self._current: Mention | None = None
        self._hovered: Chip | None = None
        self._pressed: Chip | None = None
        self._search_spans: tuple[Span, ...] = ()
        self._marks: tuple[PassageMark, ...] = ()
        self._positions = TextPositions("")
        self._geometry = TextGeometry(self.document(), *_GLYPH_BOX[language])
        self._chips = ChipLayer(self._geometry, ())
        self._search = SpanLayer(self._geometry)
        self._passages: Mapping[MarkKind, SpanLayer] = {}
        self._message = QLabel(self.viewport())
        self._ticks = TickBar(self)
        self._set_up()

    def _set_up(self) -> None:
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
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setWordWrap(True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setForegroundRole(self._message.foregroundRole().PlaceholderText)
        self._message.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._message.hide()
        name = self.tr("English text") if self._language is Language.ENGLISH else self.tr("Hindi text")
        self.setAccessibleName(name)
        self._ticks.valueChanged.connect(self._on_scrolled)
        self.document().documentLayout().documentSizeChanged.connect(self._on_layout_changed)

    # What is shown

    @property
    def article(self) -> Article | None:
        return self._article

    @property
    def language(self) -> Language:
        return self._language

    def show_article(self, article: Article, mentions: Sequence[Mention]) -> None:
        """Show *article* from its top with *mentions* as chips; selection, hits and marks are cleared."""
        self._article = article
        self._message.hide()
        self.setAccessibleDescription("")
        self._positions = TextPositions(article.text)
        self._selected = self._current = self._hovered = self._pressed = None
        self._search_spans, self._marks = (), ()
        self._passages = {}
        self._search = SpanLayer(self._geometry)
        self._chips = ChipLayer(self._geometry, place_chips(article.text, mentions, self._positions))
        self._changing = True
        set_article(self.document(), article)
        self._format()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._ticks.setValue(0)
        self._changing = False
        self._on_scrolled()

    def set_mentions(self, mentions: Sequence[Mention]) -> None:
        """Replace the chips of the article being shown; place, selection and hits stay."""
        text = self._article.text if self._article else ""
        self._hovered = self._pressed = None
        self._chips = ChipLayer(self._geometry, place_chips(text, mentions, self._positions))
        self._update_ticks()
        self.viewport().update()

    def clear_with_message(self, sentence: str) -> None:
        """Show no article but *sentence*, which says what to do."""
        self._article = None
        self._positions = TextPositions("")
        self._selected = self._current = self._hovered = self._pressed = None
        self._search_spans, self._marks = (), ()
        self._passages = {}
        self._search = SpanLayer(self._geometry)
        self._chips = ChipLayer(self._geometry, ())
        self._changing = True
        self.document().setPlainText("")
        self._changing = False
        self._ticks.clear()
        self._message.setText(sentence)
        self.setAccessibleDescription(sentence)
        self._place_message()
        self._message.show()

    def set_text_size(self, percent: int) -> None:
        """Show text at *percent* of its normal size; the reader's place stays."""
        self._percent = max(50, min(300, percent))
        place = self.place()
        self._format()
        self.restore_place(place)
        self._place_message()

    # What is marked

    def set_selected_entity(self, entity: int | None) -> None:
        """Make all mentions of *entity* loud, in the text and along the scroll bar."""
        if entity != self._selected:
            self._selected = entity
            self._update_ticks()
            self.viewport().update()

    def set_current_mention(self, mention: Mention | None) -> None:
        """Frame the one mention the reader has jumped to."""
        if mention != self._current:
            self._current = mention
            self.viewport().update()

    def set_search_spans(self, spans: Sequence[Span]) -> None:
        """Mark search hits."""
        self._search_spans = tuple(spans)
        self._search = SpanLayer(self._geometry, [self._to_qt(span) for span in spans])
        self._update_ticks()
        self.viewport().update()

    def set_passage_marks(self, marks: Sequence[PassageMark]) -> None:
        """Tint passages behind the text, later kinds over earlier ones."""
        self._marks = tuple(marks)
        self._passages = {
            kind: SpanLayer(self._geometry, [self._to_qt(mark.span) for mark in marks if mark.kind is kind])
            for kind in MarkKind
        }
        self.viewport().update()

    # Places

    def scroll_to(self, span: Span) -> None:
        """Bring *span* into the middle part of the pane and put the caret there; no move if it is there."""
        start = self._to_qt(span)[0]
        value = self._ticks.value()
        cursor = self.textCursor()
        cursor.setPosition(start)
        self.setTextCursor(cursor)
        line = self._geometry.line_at(start)
        height = self.viewport().height()
        top, bottom = line.top() - value, line.bottom() - value
        if top < height * _JUMP_MARGIN or bottom > height * (1 - _JUMP_MARGIN):
            value = round(line.top() - height / 3)
        self._ticks.setValue(value)

    def place(self) -> Place:
        """Where the reader is now."""
        top = self._ticks.value()
        if top == 0:
            return Place(0, 0)
        position = self._geometry.position_at(QPointF(self._left_margin(), top))
        return Place(self._positions.from_qt(position), round(top - self._geometry.line_at(position).top()))

    def restore_place(self, place: Place) -> None:
        """Scroll back to a place, also after the text was laid out in another size."""
        if place.position == 0 and place.offset_px == 0:
            self._ticks.setValue(0)
            return
        line = self._geometry.line_at(self._positions.to_qt(place.position))
        self._ticks.setValue(round(line.top() + min(place.offset_px, line.height())))

    def span_band(self, span: Span) -> tuple[float, float]:
        """Top and bottom of *span* in viewport coordinates; may lie outside the visible part."""
        start, end = self._to_qt(span)
        first, last = self._geometry.line_at(start), self._geometry.line_at(max(start, end - 1))
        return first.top() - self._ticks.value(), last.bottom() - self._ticks.value()

    def title_is_visible(self) -> bool:
        """Whether the first line that names the article is still on the screen."""
        if self._article is None or not self._article.sentences:
            return True
        head = self._article.sentences[0]
        first_line = Span(head.start, head.end if head.kind is SentenceKind.TITLE else head.start + 1)
        return self.span_band(first_line)[1] > 0

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._article is not None:
            self._paint_under_text(event)
        super().paintEvent(event)

    def _paint_under_text(self, event: QPaintEvent) -> None:
        # An incremental layout would leave the first paint without the chips further down.
        self.document().documentLayout().documentSize()
        theme = theme_of(self.palette())
        shift = self._ticks.value()
        area = event.rect()
        slack = 8
        first = self._geometry.position_at(QPointF(0, area.top() + shift - slack))
        last = self._geometry.position_at(QPointF(area.right(), area.bottom() + shift + slack))
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -shift)
        tints = {
            MarkKind.LINKED: theme.linked,
            MarkKind.UNCERTAIN: theme.uncertain,
            MarkKind.UNMATCHED: theme.unmatched,
        }
        for kind, layer in self._passages.items():
            for index in layer.between(first, last):
                fill(painter, layer.rects(index), QColor(tints[kind]), pad=3)
        for index in self._search.between(first, last):
            fill(painter, self._search.rects(index), QColor(theme.search), pad=0.5)
            outline(painter, self._search.rects(index), QColor(theme.search_tick), width=1.0, pad=0.5)
        self._chips.paint(painter, theme, first, last, self._selected, self._current)
        painter.end()

    # Events

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_caret(event.reason() in _KEYBOARD_REASONS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._show_caret(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._show_caret(False)
        self._pressed = self._chip_at(event) if event.button() is Qt.MouseButton.LeftButton else None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        chip = self._chip_at(event)
        if chip is None:
            super().mouseDoubleClickEvent(event)
        # On a mention a fast second click walks on, as a slow one does.
        self._pressed = chip

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is not None and not self.textCursor().hasSelection() and self._chip_at(event) is pressed:
            self.mention_clicked.emit(pressed.mention)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(None if event.buttons() else self._chip_at(event), event.globalPosition().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None, QPoint())
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._show_caret(True)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            chip = self._chips.around(self.textCursor().position())
            if chip is not None:
                self.mention_clicked.emit(chip.mention)
                return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            chip = self._chips.around(self.textCursor().position())
            where = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        else:
            chip = self._chip_near(QPointF(event.pos()))
            where = event.globalPos()
        self.context_requested.emit(chip.mention if chip else None, where)
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.text_zoom_requested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        place = self.place()
        self._set_margins()
        super().resizeEvent(event)
        self._on_layout_changed()
        self.restore_place(place)
        self._place_message()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._article is not None:
            place = self.place()
            self._format()
            self.restore_place(place)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """What is copied is the text, in the article's own line ends, without any markup."""
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\u2029", "\n"))
        return data

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: ARG002
        """Nothing shown here may reach for a file or the net."""
        return QByteArray()

    # Inside

    def _to_qt(self, span: Span) -> tuple[int, int]:
        return self._positions.to_qt(span.start), self._positions.to_qt(span.end)

    def _chip_at(self, event: QMouseEvent) -> Chip | None:
        return self._chip_near(event.position())

    def _chip_near(self, point: QPointF) -> Chip | None:
        where = point + QPointF(0, self._ticks.value())
        return self._chips.at(where, self._geometry.position_at(where))

    def _show_caret(self, visible: bool) -> None:
        """The caret is for those who read with the keys; under the mouse it is only a stray bar."""
        self.setCursorWidth(_CARET_PX if visible else 0)

    def _hover(self, chip: Chip | None, where: QPoint) -> None:
        if chip is self._hovered:
            return
        self._hovered = chip
        shape = Qt.CursorShape.IBeamCursor if chip is None else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        self.mention_hovered.emit(chip.mention if chip else None, where)

    def _format(self) -> None:
        changes = QTextCursor(self.document())
        changes.beginEditBlock()  # one layout for all of it
        self._set_margins()
        if self._article is not None:
            muted = QColor(theme_of(self.palette()).muted)
            format_article(self.document(), self._article, self._percent, muted)
        changes.endEditBlock()
        self._on_layout_changed()
        self._update_ticks()

    def _em(self) -> int:
        return text_font(self._language, self._percent).pixelSize()

    def _left_margin(self) -> float:
        return self.document().rootFrame().frameFormat().leftMargin()

    def _set_margins(self) -> None:
        set_margins(self.document(), self._language, self._percent, self.viewport().width())

    def _place_message(self) -> None:
        width = min(self.viewport().width() - 48, round(26 * self._em()))
        self._message.setFont(text_font(Language.ENGLISH, self._percent))
        self._message.setFixedWidth(max(80, width))
        self._message.adjustSize()
        self._message.move(
            (self.viewport().width() - self._message.width()) // 2,
            max(24, (self.viewport().height() - self._message.height()) // 3),
        )

    def _update_ticks(self) -> None:
        height = self.document().documentLayout().documentSize().height()
        if self._article is None or height <= 0:
            self._ticks.clear()
            return
        chips = () if self._selected is None else self._chips.of_entity(self._selected)
        theme = theme_of(self.palette())
        self._ticks.set_ticks(
            [self._geometry.line_at(chip.start).center().y() / height for chip in chips],
            theme.hue(chips[0].mention.type) if chips else QColor(theme.accent),
            [self._geometry.line_at(self._to_qt(span)[0]).center().y() / height for span in self._search_spans],
        )

    def _on_layout_changed(self) -> None:
        self._chips.forget_layout()
        self._search.forget_layout()
        for layer in self._passages.values():
            layer.forget_layout()

    def _on_scrolled(self) -> None:
        if not self._changing:
            self._hover(None, QPoint())
            self.place_changed.emit()


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_CARET_PX = 2
_KEYBOARD_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
