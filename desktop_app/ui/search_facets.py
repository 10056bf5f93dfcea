"""What the hits are, in four quiet lines: each value with its count narrows the search, and widens it again."""

from __future__ import annotations

from collections.abc import Sequence

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
_CAPTION_SHARE = 3
"""A line without room for so many times its caption does without it."""
_LONGEST_LABEL_LINES = 7
"""No label is wider than this many heights of its line."""


class FacetButton(QAbstractButton):
    """One value and its count; checked while it narrows the search, with a cross that says how to undo it."""

    def __init__(self, value: FacetValue, line: LineFitter, *, on: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.value = value
        self.setCheckable(True)
        self.setChecked(on)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._line = line
        self._label, self._count = _label_of(value), _count_of(value, on=on)
        verb = "Take away" if on else "Only"
        self.setAccessibleName(f"{verb}: {value.label}, {value.count:,}")
        self.setToolTip(plain_tooltip(f"{verb}: {value.label} ({value.count:,})"))

    def sizeHint(self) -> QSize:
        return QSize(_button_width(self.value, self._line, on=self.isChecked()), self._line.height + 4)

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


def _label_of(value: FacetValue) -> str:
    """Of an entity's two names the first is enough to tell it by."""
    return value.label.split(" · ")[0]


def _count_of(value: FacetValue, *, on: bool) -> str:
    return "×" if on else f"{value.count:,}"


def _button_width(value: FacetValue, line: LineFitter, *, on: bool) -> int:
    # One pixel more: widths are rounded, and eliding is exact about it.
    label = min(line.width(_label_of(value)) + 1, _LONGEST_LABEL_LINES * line.height)
    return label + _GAP + line.width(_count_of(value, on=on)) + 2 * _PAD


class FacetLine(QWidget):
    """The values of one facet on one line; those without room stand in a menu behind it."""

    value_chosen = Signal(str)

    def __init__(self, facet: Facet, parent: QWidget) -> None:
        super().__init__(parent)
        self.facet = facet
        self.values: tuple[tuple[FacetValue, bool], ...] = ()
        """Every value, and whether it narrows the search now."""
        self.buttons: list[FacetButton] = []
        self.more = QToolButton(self)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setText("…")
        self.more.setMenu(QMenu(self.more))
        self.more.menu().aboutToShow.connect(self._fill_menu)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.setObjectName("gutter_button")
        self.more.setAccessibleName(f"{facet.value}: all")
        self.more.setToolTip(f"{facet.value}: all")
        self.set_percent(100)

    def set_percent(self, percent: int) -> None:
        self._line = LineFitter(ui_font(percent, REGULAR, 0.95))
        self._caption = LineFitter(ui_font(percent, REGULAR, 0.88))
        self.more.setFont(ui_font(percent, REGULAR, 0.95))
        self.more.menu().setFont(ui_font(percent))
        self._build()
        self.updateGeometry()

    def show_values(self, values: Sequence[tuple[FacetValue, bool]]) -> None:
        """These values, each with whether it narrows the search now; a line without a choice hides."""
        if tuple(values) != self.values:
            self.values = tuple(values)
            self._build()
        self.setVisible(len(values) > 1 or any(on for _, on in values))

    def focus_order(self) -> tuple[QWidget, ...]:
        return *self.buttons, self.more

    def _build(self) -> None:
        """Buttons for as many values as have room, and the menu if that is not all of them."""
        focused = next((button.value.value for button in self.buttons if button.hasFocus()), None)
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = []
        height, left = self.sizeHint().height(), self._indent
        widths = [_button_width(value, self._line, on=on) for value, on in self.values]
        everything = left + sum(widths) + _SPACE * (len(widths) - 1) <= self.width()
        right = self.width() - (0 if everything else self.more.sizeHint().width() + _SPACE)
        for (value, on), width in zip(self.values, widths, strict=True):
            if self.buttons and left + width > right:
                break
            button = FacetButton(value, self._line, on=on, parent=self)
            button.clicked.connect(lambda _=False, value=value.value: self.value_chosen.emit(value))
            button.setGeometry(left, 0, max(0, min(width, right - left)), height)
            button.show()
            if value.value == focused:
                button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.buttons.append(button)
            left += width + _SPACE
        self.more.setVisible(not everything)
        self.more.setGeometry(min(left, right + _SPACE), 0, self.more.sizeHint().width(), height)
        self._built_for = self.width()
        self.update()

    def _fill_menu(self) -> None:
        menu = self.more.menu()
        menu.clear()
        for value, on in self.values:
            action = QAction(f"{value.label}\t{value.count:,}".replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(on)
            action.triggered.connect(lambda _=False, value=value.value: self.value_chosen.emit(value))
            menu.addAction(action)

    @property
    def _indent(self) -> int:
        caption = max(self._caption.width(facet.value) for facet in Facet) + 8
        return caption if self.width() >= _CAPTION_SHARE * caption else 0

    def sizeHint(self) -> QSize:
        return QSize(self._indent + 60, self._caption.height + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.width() != self._built_for:
            self._build()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        if not self._indent:
            painter.end()
            return
        place = QRect(0, 0, self._indent, self.height())
        self._caption.draw(painter, place, self.facet.value, QColor(theme_of(self.palette()).muted))
        painter.end()


class FacetBlock(QWidget):
    """A line for each facet. `value_chosen` carries a `Facet` and a value to put on or take off."""

    value_chosen = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._labels: dict[tuple[Facet, str], str] = {}
        self.has_values = False
        """Whether there is anything to choose."""
        self.narrows = False
        """Whether something is chosen, which can be taken away only here."""
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
        self.has_values = shown
        self.narrows = any(on for line in self.lines.values() for _, on in line.values)

    def focus_order(self) -> tuple[QWidget, ...]:
        """From line to line."""
        return tuple(part for line in self.lines.values() for part in line.focus_order())
