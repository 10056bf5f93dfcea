"""The entity panel: who and what the panes name, in both languages; with the keys, the way to every mention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain import Entity, Language
from desktop_app.ui.entity_model import EntityLine, EntityModel, GroupHeading
from desktop_app.ui.fonts import REGULAR, SEMIBOLD, ui_font
from desktop_app.ui.list_view import ReaderListView
from desktop_app.ui.notice import Notice
from desktop_app.ui.row_model import ROW_ROLE, Index
from desktop_app.ui.row_painting import LineFitter, draw_blank, draw_ground
from desktop_app.ui.themes import Theme, theme_of
from desktop_app.ui.type_sample import draw_type_sample

_MARGIN, _PAD, _SWATCH, _GAP = 12, 5, 18, 9
_LEAST_WIDTH = 130


class EntityDelegate(QStyledItemDelegate):
    """Paints a heading, or an entity: a sample of its chip, its names one below the other, its counts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.selected: int | None = None
        self.set_percent(100)

    def set_percent(self, percent: int) -> None:
        self._name = LineFitter(ui_font(percent))
        self._strong = LineFitter(ui_font(percent, SEMIBOLD))
        self._heading = LineFitter(ui_font(percent, SEMIBOLD, 0.86))
        self._count = LineFitter(ui_font(percent, REGULAR, 0.9))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW_ROLE)
        if isinstance(row, GroupHeading):
            return QSize(120, self._heading.height + 2 * _PAD + (10 if index.row() else 4))
        lines = 1
        if isinstance(row, EntityLine):
            names = _names(row)
            beside = self._fits_beside_counts(names[0], row, option.rect.width())
            lines = len(names) if beside else 2
        return QSize(120, lines * self._name.height + 2 * _PAD)

    def _fits_beside_counts(self, name: str, row: EntityLine, width: int) -> bool:
        """Whether a name has room on the line of the counts; if not, these stand one line lower."""
        room = width - 2 * _MARGIN - _SWATCH - _GAP - self._count.width(_counts(row)) - 8
        return self._strong.width(name) <= room

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        theme = theme_of(option.palette)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, GroupHeading):
            below = QRect(
                box.left() + _MARGIN,
                box.bottom() - self._heading.height - _PAD,
                box.width() - 2 * _MARGIN,
                self._heading.height,
            )
            self._heading.draw(painter, below, str(index.data()), QColor(theme.muted))
        elif isinstance(row, EntityLine):
            self._paint_entity(painter, option, row, theme)
        painter.restore()

    def _paint_entity(self, painter: QPainter, option: QStyleOptionViewItem, row: EntityLine, theme: Theme) -> None:
        box: QRect = option.rect
        chosen = row.entity.id == self.selected
        hue = theme.hue(row.entity.type)
        if chosen:
            ground = QColor(hue)
            ground.setAlpha(theme.selected_alpha)
            draw_blank(painter, box, theme)
            painter.fillRect(box, ground)
            painter.fillRect(QRect(box.left(), box.top(), 4, box.height()), hue)
        else:
            draw_ground(painter, option, theme)
        names = self._strong if chosen else self._name
        top = box.top() + _PAD
        sample = QRect(box.left() + _MARGIN, top, _SWATCH, names.height)
        draw_type_sample(painter, sample, round(self._name.metrics.capHeight() * 1.25), row.entity.type, theme)
        counts = _counts(row)
        counts_width = self._count.width(counts)
        left = box.left() + _MARGIN + _SWATCH + _GAP
        right = box.right() - _MARGIN
        lines = _names(row)
        counts_line = 0 if self._fits_beside_counts(lines[0], row, box.width()) else 1
        for number, name in enumerate(lines):
            width = right - left - (counts_width + 8 if number == counts_line else 0)
            self_colour = QColor(theme.text if number == 0 or chosen else theme.muted)
            names.draw(painter, QRect(left, top + number * names.height, width, names.height), name, self_colour)
        self._count.draw(
            painter,
            QRect(right - counts_width, top + counts_line * names.height, counts_width + 2, names.height),
            counts,
            QColor(theme.text if chosen else theme.muted),
        )


def _names(row: EntityLine) -> list[str]:
    """The lines of a row: both names, or the one there is."""
    return [name for name in (row.entity.en, row.entity.hi) if name] or [row.entity.name(Language.ENGLISH)]


def _counts(row: EntityLine) -> str:
    return f"{row.english} · {row.hindi}"


class EntityListView(ReaderListView):
    """The list itself. Moving onto an entity chooses it; Enter or another click walks through its mentions."""

    entity_chosen = Signal(int)
    step_requested = Signal(int)
    page_requested = Signal(int)
    menu_requested = Signal(int, QPoint)
    """An entity, and where its menu shall open, in global coordinates."""

    def __init__(self, model: EntityModel, parent: QWidget) -> None:
        super().__init__("Entities", parent)
        self.entities = model
        self.delegate = EntityDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self._was_selected = False
        self.moved_to.connect(self._on_moved)
        model.modelReset.connect(lambda: self.fit_rows(model))

    def set_percent(self, percent: int) -> None:
        self.delegate.set_percent(percent)
        self.fit_rows(self.entities)

    def show_selected(self, entity: int | None, *, scroll: bool = True) -> None:
        """Show which entity is selected without announcing it."""
        before, self.delegate.selected = self.delegate.selected, entity
        index = self.entities.index_of(entity)
        with self.quietly():
            if index.isValid():
                self.setCurrentIndex(index)
                if scroll:
                    self.scrollTo(index)
            else:
                self.clearSelection()
        # Two rows look different now; painting all of them would cost as much as painting a text.
        self.update(self.entities.index_of(before))
        self.update(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_rows(self.entities)

    def _on_moved(self, index: QModelIndex) -> None:
        entity = self.entities.entity_at(index)
        if entity is not None:
            self.entity_chosen.emit(entity)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._was_selected = index.isValid() and self.entities.entity_at(index) == self.delegate.selected
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        entity = self.entities.entity_at(self.indexAt(event.position().toPoint()))
        if event.button() != Qt.MouseButton.LeftButton or entity is None:
            return
        if self._was_selected:
            self.step_requested.emit(1)
        elif entity != self.delegate.selected:
            self.entity_chosen.emit(entity)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._was_selected = False
        entity = self.entities.entity_at(self.indexAt(event.position().toPoint()))
        if event.button() == Qt.MouseButton.LeftButton and entity is not None:
            self.page_requested.emit(entity)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        entity = self.entities.entity_at(index)
        if entity is not None:
            below = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft() + QPoint(_MARGIN, 0))
            self.menu_requested.emit(entity, below if by_key else event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            entity = self.entities.entity_at(self.currentIndex())
            if entity is not None and entity != self.delegate.selected:
                self.entity_chosen.emit(entity)
            elif entity is not None:
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.step_requested.emit(-1 if back else 1)
            return
        here = self.currentIndex()
        super().keyPressEvent(event)
        entity = self.entities.entity_at(here)
        moves = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if moves and self.currentIndex() == here and entity not in (None, self.delegate.selected):
            # Where there is no other row to move to, the one the keys are on is meant.
            self.entity_chosen.emit(entity)

    def choose_first(self) -> None:
        """Come into the list from above, onto its first entity."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        entities = (self.entities.index(row) for row in range(self.entities.rowCount()))
        first = next((index for index in entities if self.entities.entity_at(index) is not None), None)
        entity = None if first is None else self.entities.entity_at(first)
        if first is not None and entity is not None:
            with self.quietly():
                self.setCurrentIndex(first)
            if entity != self.delegate.selected:
                self.entity_chosen.emit(entity)


class FilterField(QLineEdit):
    """Narrows a list; Enter or arrow down goes into what is left of it."""

    left_downwards = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        # Files dropped here are for the window to import, not to be typed.
        self.setAcceptDrops(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left_downwards.emit()
            return
        super().keyPressEvent(event)


class EntityPanel(QWidget):
    """A filter box above the entities of what the panes show."""

    entity_chosen = Signal(int)
    step_requested = Signal(int)
    page_requested = Signal(int)
    menu_requested = Signal(int, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Entities of the opened articles")
        self.setAutoFillBackground(True)
        self.setMinimumWidth(_LEAST_WIDTH)
        self._model = EntityModel(self)
        self.filter = FilterField("Filter entities", self)
        self._heading = QLabel("Entities", self)
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self.view = EntityListView(self._model, self)
        self._notice = Notice(parent=self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._notice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(_MARGIN, 10, _MARGIN, 8)
        top.setSpacing(8)
        top.addWidget(self._heading)
        top.addWidget(self.filter)
        layout.addLayout(top)
        layout.addLayout(self._stack, 1)
        self._selected: int | None = None
        self._why_empty = "Open an article to see who and what it names."
        self.filter.textChanged.connect(self._on_filter_changed)
        self.filter.left_downwards.connect(self.view.choose_first)
        self.view.entity_chosen.connect(self.entity_chosen)
        self.view.step_requested.connect(self.step_requested)
        self.view.page_requested.connect(self.page_requested)
        self.view.menu_requested.connect(self.menu_requested)
        self.setFocusProxy(self.view)
        self.set_percent(100)
        self._say_what_is_shown()

    def set_percent(self, percent: int) -> None:
        self._heading.setFont(ui_font(percent, SEMIBOLD, 1.05))
        self.filter.setFont(ui_font(percent))
        self.view.set_percent(percent)
        self._notice.set_percent(percent)

    def show_entities(
        self, entities: Sequence[Entity], counts: Mapping[int, Mapping[Language, int]], why_empty: str
    ) -> None:
        """Show these; *why_empty* is the sentence in their place if there are none."""
        self._why_empty = why_empty
        self._model.show_entities(entities, counts)
        self._say_what_is_shown()

    def select(self, entity: int | None) -> None:
        """Mark the entity as selected, as a click on one of its mentions does."""
        self._selected = entity
        self.view.show_selected(entity)

    @property
    def sentence(self) -> str:
        """What stands in place of entities."""
        return self._notice.sentence

    def focus_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def clear_filter(self) -> bool:
        """Empty the filter box if the keys are in it; says whether there was anything to empty."""
        if not self.filter.hasFocus() or not self.filter.text():
            return False
        self.filter.clear()
        return True

    def _on_filter_changed(self, text: str) -> None:
        self._model.filter_by(text)
        self._say_what_is_shown()

    def _say_what_is_shown(self) -> None:
        shown, total = self._model.shown, self._model.total
        self._heading.setText(
            "Entities" if not total else f"{total} entities" if shown == total else f"{shown} of {total} entities"
        )
        if shown:
            self._stack.setCurrentWidget(self.view)
        else:
            self._notice.say("No entity here has this name." if total else self._why_empty)
            self._stack.setCurrentWidget(self._notice)
        self.view.show_selected(self._selected, scroll=False)
