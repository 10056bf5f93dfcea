"""Texts typed for a font without Unicode, before and after a conversion: nothing is converted unseen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.domain import FileReport, Language
from desktop_app.ui.fonts import SEMIBOLD, text_font, ui_font
from desktop_app.ui.import_report import record_of
from desktop_app.ui.record_dialog import RecordDialog
from desktop_app.ui.record_list import Record
from desktop_app.ui.words import count_of

_SHOWN = 4000
_WHY = (
    "typed for a font without Unicode: each letter stands for another. Setu can convert such a text; compare both "
    "sides before it does. The files themselves are not changed."
)


class LegacyDialog(RecordDialog):
    """The files on top, the text of the current one below, as it is and as it would be."""

    conversion_confirmed = Signal(list)
    """The paths of the files to import converted."""

    def __init__(self, reports: Sequence[FileReport], percent: int, parent: QWidget | None) -> None:
        super().__init__("Convert", "Files to convert", percent, parent)
        self._reports = [report for report in reports if report.legacy is not None]
        one = len(self._reports) == 1
        self.heading.setText(f"{'This file was' if one else f'These {len(self._reports)} files were'} {_WHY}")
        sides = QHBoxLayout()
        sides.setSpacing(12)
        self.before = self._side("As it is", sides)
        self.after = self._side("As it would be", sides)
        self.before.setFont(ui_font(percent))
        self.after.setFont(text_font(Language.HINDI, percent))
        self.body.insertLayout(1, sides, 3)
        self.view.setMaximumHeight(self.view.minimumHeight())
        words = count_of(len(self._reports), "file")
        self.convert = self.add_button(f"Con&vert and import {words}", self._on_convert)
        self.resize(900 * percent // 100, 600 * percent // 100)
        records = [record_of(number, report) for number, report in enumerate(self._reports)]
        self.show_records([Record(r.key, r.title, self._font_words(r.key), "") for r in records])

    def _font_words(self, key: object) -> str:
        legacy = self._reports[key].legacy if isinstance(key, int) else None
        return "" if legacy is None else f"Font: {legacy.font}"

    def refresh(self) -> None:
        record = self.view.current
        legacy = None if record is None or not isinstance(record.key, int) else self._reports[record.key].legacy
        if legacy is not None and hasattr(self, "after"):
            self.before.setPlainText(legacy.before[:_SHOWN])
            self.after.setPlainText(legacy.after[:_SHOWN])

    def _side(self, name: str, sides: QHBoxLayout) -> QPlainTextEdit:
        title = QLabel(name, self)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setFont(ui_font(self.percent, SEMIBOLD))
        field = QPlainTextEdit(self)
        field.setReadOnly(True)
        field.setTabChangesFocus(True)
        field.setAccessibleName(name)
        column = QVBoxLayout()
        column.addWidget(title)
        column.addWidget(field, 1)
        sides.addLayout(column, 1)
        return field

    def _on_convert(self) -> None:
        self.accept()
        self.conversion_confirmed.emit([report.path for report in self._reports])
