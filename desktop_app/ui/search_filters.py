"""What narrows the search in the tool bar: the dates, and how they are said."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QFormLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain import Narrowing
from desktop_app.ui.words import day_words, month_words

_RANGES = (("Last 7 days", 7), ("Last 30 days", 30), ("Last 12 months", 365))


def date_filter_words(narrowing: Narrowing) -> str:
    """The dates as the tool bar says them."""
    first, last = narrowing.first, narrowing.last
    if first and last:
        if first == last:
            return day_words(first)
        whole_month = first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1])
        return month_words(f"{first:%Y-%m}") if whole_month else f"{day_words(first)} – {day_words(last)}"
    if first:
        return f"since {day_words(first)}"
    return f"until {day_words(last)}" if last else "Dates"


class DatesPopup(QFrame):
    """Asks for a range of days; opens below the tool bar's button."""

    dates_chosen = Signal(object, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName("Dates of the articles to search")
        self._first, self._last = _day_field("First day"), _day_field("Last day")
        form = QFormLayout()
        form.addRow("From", self._first)
        form.addRow("To", self._last)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(8)
        for words, days in _RANGES:
            button = QPushButton(words, self)
            button.clicked.connect(lambda _=False, days=days: self._choose_last_days(days))
            layout.addWidget(button)
        layout.addLayout(form)
        buttons = QHBoxLayout()
        every = QPushButton("Any date", self)
        every.clicked.connect(lambda: self._choose(None, None))
        apply = QPushButton("Apply", self)
        apply.setDefault(True)
        apply.clicked.connect(lambda: self._choose(self._first.date(), self._last.date()))
        buttons.addWidget(every)
        buttons.addWidget(apply)
        layout.addLayout(buttons)

    def open_below(self, anchor: QWidget, filters: Narrowing) -> None:
        """Show the popup under *anchor* with the dates that now hold."""
        today = QDate.currentDate()
        self._first.setDate(_as_qdate(filters.first) or today.addMonths(-1))
        self._last.setDate(_as_qdate(filters.last) or today)
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), anchor.height() + 2))
        self.move(corner)
        self.show()
        self._first.setFocus()

    def _choose_last_days(self, days: int) -> None:
        self._choose(QDate.currentDate().addDays(-days), None)

    def _choose(self, first: QDate | None, last: QDate | None) -> None:
        self.hide()
        days = [None if day is None else dt.date(day.year(), day.month(), day.day()) for day in (first, last)]
        if days[0] and days[1] and days[0] > days[1]:
            days.reverse()
        self.dates_chosen.emit(*days)


def _day_field(name: str) -> QDateEdit:
    field = QDateEdit()
    field.setCalendarPopup(True)
    field.setDisplayFormat("d MMM yyyy")
    field.setAccessibleName(name)
    return field


def _as_qdate(day: dt.date | None) -> QDate | None:
    return None if day is None else QDate(day.year, day.month, day.day)
