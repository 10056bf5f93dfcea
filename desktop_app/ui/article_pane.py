"""One article as a page to read: plain text with chips, search hits and passage tints painted under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desktop_app.domain import Article, Language, Mention, SentenceKind, Span
from desktop_app.ui.addresses import address_at
from desktop_app.ui.article_layout import fit_title, format_article, set_article, set_margins
from desktop_app.ui.chips import Chip
from desktop_app.ui.pane_marks import PaneMarks, PassageMark
from desktop_app.ui.pane_message import PaneMessage
from desktop_app.ui.partner_offers import Offer
from desktop_app.ui.text_page import TextPage
from desktop_app.ui.text_parts import part_around, part_before, part_from
from desktop_app.ui.themes import theme_of

_GLYPH_BOX = {Language.ENGLISH: (0.93, 0.72), Language.HINDI: (1.0, 0.95)}
"""Parts of the font's ascent and descent that the script fills: the font makes room for matras."""


class ArticlePane(TextPage):
    """Read-only view of one article, or a sentence saying why there is none.

    Everything passed in and out speaks code points of `Article.text`.
    """

    mention_clicked = Signal(object)
    """A `Mention` was clicked, or Enter was pressed on it."""
    mention_hovered = Signal(object, QPoint)
    """The `Mention` under the mouse (None when it left) and the mouse in global coordinates."""
    position_hovered = Signal(object)
    """The code point under the mouse, None when it left the text."""
    text_zoom_requested = Signal(int)
    """Ctrl+wheel: +1 larger, -1 smaller."""
    context_requested = Signal(object, QPoint)
    """A context menu is wanted for a `Mention` or None, at a global point; the caret stands there."""
    address_chosen = Signal(str)
    """A line that is a web address was clicked, or Enter was pressed on it."""
    part_shown = Signal()
    """Another part of a text too long to be shown at once, or another article, is shown."""
    offer_chosen = Signal(int)
    """One of the articles offered in the empty pane is wanted."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(_GLYPH_BOX[language], parent)
        self._language = language
        self._article: Article | None = None
        self._percent = 100
        self._hovered: Chip | None = None
        self._pressed: Chip | None = None
        self._marks = PaneMarks(self._geometry)
        self._message = PaneMessage(self.viewport())
        self._message.offer_chosen.connect(self.offer_chosen)
        self.setAccessibleName(self.tr("English text") if language is Language.ENGLISH else self.tr("Hindi text"))

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
        self._hovered = self._pressed = None
        self._marks = PaneMarks(self._geometry, article.text, mentions, part_from(article.text, 0))
        self._lay_out()

    @property
    def part(self) -> Span:
        """The part of the article that is shown: all of it, unless it is very long."""
        return self._positions.part

    def show_part(self, part: Span) -> None:
        """Show another part of the article from its top; marks, hits and selection stay."""
        if self._article is not None and part != self.part:
            self._hovered = self._pressed = None
            self._marks.show_part(part)
            self._lay_out()

    def show_earlier(self) -> None:
        """The part before the one shown, at its end."""
        if self._article is not None and self.part.start > 0:
            before = self.part.start
            self.show_part(part_before(self._article.text, before))
            self.scroll_to(Span(max(0, min(before, self.part.end) - 1), before))

    def show_later(self) -> None:
        """The part behind the one shown."""
        if self._article is not None and self.part.end < len(self._article.text):
            self.show_part(part_from(self._article.text, self.part.end))

    def set_mentions(self, mentions: Sequence[Mention]) -> None:
        """Replace the chips of the article being shown; place, selection and hits stay."""
        self._hovered = self._pressed = None
        self._marks.set_mentions(mentions)
        self._update_ticks()
        self.viewport().update()

    def clear_with_message(self, sentence: str, offers: Sequence[Offer] = ()) -> None:
        """Show no article but *sentence*, which says what to do, and articles that could stand here."""
        self._article = None
        self._hovered = self._pressed = None
        self._marks = PaneMarks(self._geometry)
        self._positions = self._marks.positions
        self._changing = True
        self.document().setPlainText("")
        self._changing = False
        self._ticks.clear()
        self.part_shown.emit()
        self.setAccessibleDescription(sentence)
        self._message.say(sentence, self._percent, offers)

    def set_text_size(self, percent: int) -> None:
        """Show text at *percent* of its normal size; the reader's place stays."""
        self._percent = max(50, min(300, percent))
        with self._place_kept():
            self._format()
        self._message.resize_text(self._percent)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """What is copied is the article's own text, also where something else had to be shown for it."""
        data = QMimeData()
        span = self.selected_span()
        data.setText("" if self._article is None else self._article.text[span.start : span.end])
        return data

    def address_at(self, position: int) -> str | None:
        """The web address in the text at a code point."""
        return None if self._article is None else address_at(self._article.text, position)

    # What is marked

    def set_selected_entity(self, entity: int | None) -> None:
        """Make all mentions of *entity* loud, in the text and along the scroll bar."""
        if entity != self._marks.selected:
            self._marks.selected = entity
            self._update_ticks()
            self.viewport().update()

    def set_current_mention(self, mention: Mention | None) -> None:
        """Frame the one mention the reader has jumped to."""
        if mention != self._marks.current:
            self._marks.current = mention
            self.viewport().update()

    def set_search_spans(self, spans: Sequence[Span]) -> None:
        """Mark search hits."""
        if tuple(spans) == tuple(self._marks.search_spans):
            return  # every key in the search field comes by here, and a page of chips takes 5 ms to paint
        self._marks.set_search_spans(spans)
        self._update_ticks()
        self.viewport().update()

    @property
    def search_spans(self) -> Sequence[Span]:
        """The search hits that are marked."""
        return self._marks.search_spans

    def set_current_hit(self, span: Span | None) -> None:
        """Frame one of the search hits."""
        if span != self._marks.current_hit:
            self._marks.current_hit = span
            self.viewport().update()

    def set_passage_marks(self, marks: Sequence[PassageMark]) -> None:
        """Tint passages behind the text, later kinds over earlier ones."""
        self._marks.set_passages(marks)
        self.viewport().update()

    @property
    def passage_marks(self) -> Sequence[PassageMark]:
        return self._marks.passages

    def title_is_visible(self) -> bool:
        """Whether the first line that names the article is still on the screen."""
        if self._article is None or not self._article.sentences:
            return True
        if self.part.start > 0:
            return False
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
        shift = self._ticks.value()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -shift)
        area = event.rect()
        self._marks.paint(painter, theme_of(self.palette()), area.top() + shift, area.bottom() + shift)
        painter.end()

    # Events

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
        if self.textCursor().hasSelection():
            return
        if pressed is not None:
            if self._chip_at(event) is pressed:
                self.mention_clicked.emit(pressed.mention)
        elif event.button() is Qt.MouseButton.LeftButton and not event.modifiers():
            position = self._position_near(event.position())
            address = None if position is None else self.address_at(position)
            if address is not None:
                self.address_chosen.emit(address)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(None if event.buttons() else self._chip_at(event), event.globalPosition().toPoint())
        if not event.buttons():
            self.position_hovered.emit(self._position_near(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None, QPoint())
        self.position_hovered.emit(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._show_caret(True)
        if self._article is not None and event.matches(QKeySequence.StandardKey.MoveToStartOfDocument):
            self._bring(0)
        elif self._article is not None and event.matches(QKeySequence.StandardKey.MoveToEndOfDocument):
            self._bring(len(self._article.text))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            chip = self._marks.chip_around(self.textCursor().position())
            if chip is not None:
                self.mention_clicked.emit(chip.mention)
                return
            address = self.address_at(self.selected_span().start)
            if address is not None:
                self.address_chosen.emit(address)
                return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            chip = self._marks.chip_around(self.textCursor().position())
            where = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        else:
            chip = self._chip_near(QPointF(event.pos()))
            where = event.globalPos()
            self._put_caret_under(QPointF(event.pos()))
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
        with self._place_kept():
            self._set_margins()
            if self._article is not None:
                fit_title(self.document(), self._article, self._positions, self._percent, self.viewport().width())
            super().resizeEvent(event)
            self._on_layout_changed()
        self._message.place(self._percent)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._article is not None:
            with self._place_kept():
                self._format()

    # Inside

    def _chip_at(self, event: QMouseEvent) -> Chip | None:
        return self._chip_near(event.position())

    def _chip_near(self, point: QPointF) -> Chip | None:
        return self._marks.chip_at(point + QPointF(0, self._ticks.value()))

    def _position_near(self, point: QPointF) -> int | None:
        """The code point nearest to a point of the viewport; None below the text."""
        page = point + QPointF(0, self._ticks.value())
        position = self._geometry.position_at(page)
        if self._article is None or position < 0 or page.y() > self._geometry.line_at(position).bottom() + _NEAR_PX:
            return None
        return self._positions.from_qt(position)

    def _put_caret_under(self, point: QPointF) -> None:
        """What a menu is asked for is what it speaks of; a selection is kept if it lies under the mouse."""
        position, selected = self._position_near(point), self.selected_span()
        if position is None or (selected.start < selected.end and selected.start <= position <= selected.end):
            return
        self.put_caret(position)

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
            format_article(self.document(), self._article, self._positions, self._percent, muted)
            fit_title(self.document(), self._article, self._positions, self._percent, self.viewport().width())
        changes.endEditBlock()
        self._on_layout_changed()
        self._update_ticks()

    def _lay_out(self) -> None:
        """Put the part into the document and show its top."""
        assert self._article is not None
        self._positions = self._marks.positions
        self._changing = True
        set_article(self.document(), self._article, self.part)
        self._format()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._ticks.setValue(0)
        self._changing = False
        with self._place_kept():
            self._on_scrolled()
        self.part_shown.emit()

    def _bring(self, position: int) -> None:
        part = self.part
        if self._article is None or part.start <= position < part.end:
            return
        if position >= len(self._article.text) and part.end == len(self._article.text):
            return
        self.show_part(part_around(self._article.text, position))

    def _set_margins(self) -> None:
        set_margins(self.document(), self._language, self._percent, self.viewport().width())

    def _update_ticks(self) -> None:
        height = self.document().documentLayout().documentSize().height()
        if self._article is None or height <= 0:
            self._ticks.clear()
            return
        loud = self._marks.loud_chips()
        theme = theme_of(self.palette())
        self._ticks.set_ticks(
            [y / height for y in self._marks.heights([chip.start for chip in loud])],
            theme.hue(loud[0].mention.type) if loud else QColor(theme.accent),
            [y / height for y in self._marks.heights(self._marks.search_starts)],
        )

    def _on_layout_changed(self) -> None:
        self._marks.forget_layout()
        super()._on_layout_changed()

    def _on_scrolled(self) -> None:
        if not self._changing:
            self._hover(None, QPoint())
        super()._on_scrolled()


_NEAR_PX = 12
"""So far below a line the mouse still means its text."""
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
