"""What the hits are, in four quiet lines: each value with its count narrows the search, and widens it again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QEnterEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop_app.domain import Facets, FacetValue, Narrowing
from desktop_app.ui.article_model import plain_tooltip
from desktop_app.ui.fonts import REGULAR, ui_font
from desktop_app.ui.row_painting import LineFitter
from desktop_app.ui.search_narrowing import Facet, offered, values_in
from desktop_app.ui.themes import theme_of

_PAD, _GAP, _SPACE = 6, 5, 3
_LONGEST_LABEL = 130


class FacetButton(QAbstractButton):
    """One value and its count; checked while it narrows the search, with a cross that says how to undo it."""

    def __init__(self, value: FacetValue, *, on: bool, percent: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.value = value
        self.setCheckable(True)
        self.setChecked(on)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._line = LineFitter(ui_font(percent, REGULAR, 0.95))
        self._longest = _LONGEST_LABEL * percent // 100
        # Of an entity's two names the first is enough to tell it by.
        self._label = value.label.split(" · ")[0]
        self._count = "×" if on else f"{value.count:,}"
        verb = "Take away" if on else "Only"
        self.setAccessibleName(f"{verb}: {value.label}, {value.count:,}")
        self.setToolTip(plain_tooltip(f"{verb}: {value.label} ({value.count:,})"))

    def sizeHint(self) -> QSize:
        # One pixel more: widths are rounded, and eliding is exact about it.
        label = min(self._line.width(self._label) + 1, self._longest)
        return QSize(label + _GAP + self._line.width(self._count) + 2 * _PAD, self._line.height + 4)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.selection if self.isChecked() else theme.hover if self.underMouse() else None
        box = self.rect().adjusted(0, 0, -1, -1)
        painter.setPen(QPen(QColor(theme.accent), 1) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)
        count = self._line.width(self._count)
        label = self.width() - 2 * _PAD - _GAP - count
        self._line.draw(painter, QRect(_PAD, 0, label, self.height()), self._label, QColor(theme.text))
        place = QRect(_PAD + label + _GAP, 0, count + 2, self.height())
        self._line.draw(painter, place, self._count, QColor(theme.text if self.isChecked() else theme.muted))
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class FacetLine(QWidget):
    """The values of one facet on one line; those without room stand in a menu behind it."""

    value_chosen = Signal(str)

    def __init__(self, facet: Facet, parent: QWidget) -> None:
        super().__init__(parent)
        self.facet = facet
        self._percent = 100
        self._shown: tuple[tuple[FacetValue, bool], ...] = ()
        self.buttons: list[FacetButton] = []
        self.more = QToolButton(self)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setText("…")
        self.more.setMenu(QMenu(self.more))
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.setObjectName("gutter_button")
        self.more.setAccessibleName(f"{facet.value}: all")
        self.more.setToolTip(f"{facet.value}: all")
        self.set_percent(100)

    def set_percent(self, percent: int) -> None:
        self._percent = percent
        self._caption = LineFitter(ui_font(percent, REGULAR, 0.88))
        self.more.setFont(ui_font(percent, REGULAR, 0.95))
        self.more.menu().setFont(ui_font(percent))
        self._build()

    def show_values(self, values: Sequence[tuple[FacetValue, bool]]) -> None:
        """These values, each with whether it narrows the search now; a line without a choice hides."""
        if tuple(values) != self._shown:
            self._shown = tuple(values)
            self._build()
        self.setVisible(len(values) > 1 or any(on for _, on in values))

    def _build(self) -> None:
        focused = next((button.value.value for button in self.buttons if button.hasFocus()), None)
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = []
        menu = self.more.menu()
        menu.clear()
        for value, on in self._shown:
            button = FacetButton(value, on=on, percent=self._percent, parent=self)
            button.clicked.connect(lambda _=False, value=value.value: self.value_chosen.emit(value))
            self.buttons.append(button)
            action = QAction(f"{value.label}\t{value.count:,}".replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(on)
            action.triggered.connect(lambda _=False, value=value.value: self.value_chosen.emit(value))
            menu.addAction(action)
        for before, after in pairwise((*self.buttons, self.more)):
            QWidget.setTabOrder(before, after)
        self._fit()
        for button in self.buttons:
            if button.value.value == focused:
                button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()
        self.update()

    @property
    def _indent(self) -> int:
        return max(self._caption.width(facet.value) for facet in Facet) + 8

    def _fit(self) -> None:
        """As many values as have room, and the menu if that is not all of them."""
        height = self.sizeHint().height()
        more = self.more.sizeHint().width()
        left, right = self._indent, self.width()
        widths = [button.sizeHint().width() + _SPACE for button in self.buttons]
        everything = left + sum(widths) <= right
        room = right if everything else right - more
        full = False
        for button, width in zip(self.buttons, widths, strict=True):
            first = button is self.buttons[0]
            full = full or (left + width > room + _SPACE and not first)
            button.setVisible(not full)
            if not full:
                button.setGeometry(left, 0, min(width - _SPACE, max(0, room - left)), height)
                left += width
        self.more.setVisible(not everything)
        self.more.setGeometry(min(left, room), 0, more, height)

    def sizeHint(self) -> QSize:
        return QSize(self._indent + 60, self._caption.height + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRect(0, 0, self._indent, self.height())
        self._caption.draw(painter, place, self.facet.value, QColor(theme_of(self.palette()).muted))
        painter.end()


class FacetBlock(QWidget):
    """A line for each facet. `value_chosen` carries a `Facet` and a value to put on or take off."""

    value_chosen = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._labels: dict[tuple[Facet, str], str] = {}
        self.lines = {facet: FacetLine(facet, self) for facet in Facet}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 0, 8, 6)
        layout.setSpacing(1)
        for facet, line in self.lines.items():
            layout.addWidget(line)
            line.value_chosen.connect(lambda value, facet=facet: self.value_chosen.emit(facet, value))
            line.hide()

    def set_percent(self, percent: int) -> None:
        for line in self.lines.values():
            line.set_percent(percent)

    def show_facets(self, facets: Facets | None, narrowing: Narrowing) -> None:
        """What the hits are, and what of it *narrowing* asks for, which comes first on its line."""
        found = facets or Facets()
        shown = False
        for facet, line in self.lines.items():
            values = offered(found, facet)
            self._labels.update(((facet, value.value), value.label) for value in values)
            asked = values_in(narrowing, facet)
            counts = {value.value: value for value in values}
            first = [
                counts.get(value) or FacetValue(value, self._labels.get((facet, value), value), 0) for value in asked
            ]
            rest = [value for value in values if value.value not in asked]
            line.show_values([*((value, True) for value in first), *((value, False) for value in rest)])
            shown = shown or not line.isHidden()
        self.setVisible(shown)
