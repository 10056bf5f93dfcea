"""The reader says when an article appeared, where the article itself does not, or says it wrongly."""

from __future__ import annotations

import datetime as dt
import re

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDialogButtonBox, QLabel, QLineEdit, QPushButton, QWidget

from desktop_app.ui.dialogs import PlainDialog
from desktop_app.ui.fonts import ui_font
from desktop_app.ui.words import day_words

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_FORMATS = "2024-09-27 or 27.9.2024"
EARLIEST = dt.date(1800, 1, 1)


class DateDialog(PlainDialog):
    """A field and a calendar that follow each other. Taken back, the date holds that the article itself says."""

    date_given = Signal(object)
    """A `date`, or None to take a stated one back."""

    def __init__(self, title: str, date: dt.date | None, percent: int, parent: QWidget | None) -> None:
        super().__init__("Date", f"When did “{title}” appear?", parent)
        self.field = QLineEdit("" if date is None else date.isoformat(), self)
        self.field.setAccessibleName("Date")
        self.field.setPlaceholderText(_FORMATS)
        self.field.setMaxLength(40)
        self.calendar = QCalendarWidget(self)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setMaximumDate(QDate.currentDate())
        self.calendar.setMinimumDate(QDate(EARLIEST.year, 1, 1))
        self.calendar.setAccessibleName("Calendar")
        plain = QTextCharFormat()
        plain.setForeground(self.palette().text())
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            # In Qt's red they would shout louder than the chosen day.
            self.calendar.setWeekdayTextFormat(day, plain)
        self._note = QLabel(self)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for part in (self.field, self.calendar, self._note):
            self.body.addWidget(part)
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.clear = QPushButton("Take the stated date &back", self)
        self.clear.setAutoDefault(False)
        self.clear.setEnabled(date is not None)
        self.buttons.addButton(self.clear, QDialogButtonBox.ButtonRole.ActionRole)
        for widget in (self.heading, self.calendar, self._note, self.buttons, self.clear):
            widget.setFont(ui_font(percent))
        self.field.setFont(ui_font(percent, scale=1.08))
        self.setMinimumWidth(420 * percent // 100)
        self.buttons.accepted.connect(self._on_accepted)
        self.clear.clicked.connect(self._on_clear)
        self.field.textChanged.connect(self._on_typed)
        self.calendar.selectionChanged.connect(self._on_picked)
        self._on_typed()
        self.field.setFocus()
        self.field.selectAll()

    @property
    def note(self) -> str:
        return self._note.text()

    def _on_typed(self) -> None:
        date = read_date(self.field.text())
        self.ok.setEnabled(date is not None)
        if date is None:
            self._note.setText(f"Write it as {_FORMATS}, or choose it above." if self.field.text().strip() else " ")
            return
        self._note.setText(day_words(date))
        if self.calendar.selectedDate() != QDate(date.year, date.month, date.day):
            blocked = self.calendar.blockSignals(True)
            self.calendar.setSelectedDate(QDate(date.year, date.month, date.day))
            self.calendar.blockSignals(blocked)

    def _on_picked(self) -> None:
        picked = self.calendar.selectedDate()
        self.field.setText(f"{picked.year():04}-{picked.month():02}-{picked.day():02}")

    def _on_accepted(self) -> None:
        self.accept()
        self.date_given.emit(read_date(self.field.text()))

    def _on_clear(self) -> None:
        self.accept()
        self.date_given.emit(None)


def read_date(text: str) -> dt.date | None:
    """The day *text* names, as ISO or day.month.year; None if it names none, one before 1800 or one to come."""
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    return date if EARLIEST <= date <= dt.datetime.now().astimezone().date() else None
