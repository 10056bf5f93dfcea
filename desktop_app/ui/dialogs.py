"""The few windows beside the window. None stops the program: they open, and everything goes on behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.actions import Actions
from desktop_app.ui.fonts import SEMIBOLD, ui_font

ABOUT = (
    "Setu (सेतु, “bridge”) reads news in English and Hindi side by side. It marks who and what both texts "
    "name, whatever the script, and leads from each mention to the next.\n\n"
    "Everything happens on this computer; nothing you read leaves it.\n\n"
    "MIT licence. Text is set in Noto Sans Devanagari (SIL Open Font Licence). The window is made with Qt "
    "(LGPL 3); search with Whoosh (BSD)."
)


class PlainDialog(QDialog):
    """A heading in plain text, something below it, and a button that closes it."""

    def __init__(self, title: str, heading: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.heading = QLabel(heading, self)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        for button in self.buttons.buttons():
            # Some desktops put pictures on them; here nothing else has any.
            button.setIcon(QIcon())
        self.buttons.rejected.connect(self.reject)
        self.body = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self.heading)
        layout.addLayout(self.body, 1)
        layout.addWidget(self.buttons)

    def add_text(self, text: str, name: str) -> QPlainTextEdit:
        """Text that scrolls and can be copied."""
        field = QPlainTextEdit(self)
        field.setReadOnly(True)
        field.setTabChangesFocus(True)
        field.setAccessibleName(name)
        field.setPlainText(text)
        self.body.addWidget(field)
        return field


class ShortcutSheet(PlainDialog):
    """All keys, drawn from the actions, in columns by menu."""

    def __init__(self, actions: Actions, percent: int, parent: QWidget | None) -> None:
        super().__init__("Keys", "Everything has a key", parent)
        self.heading.setFont(ui_font(percent, SEMIBOLD, 1.25))
        groups: dict[str, list[tuple[str, str]]] = {}
        for menu, text, keys in actions.with_keys():
            groups.setdefault(menu, []).append((text, keys))
        groups["In the lists and texts"] = [
            ("Choose", "Up   Down"),
            ("Open, or go on to the next mention", "Enter"),
            ("To the next part of the window", "Tab"),
            ("Larger or smaller text", "Ctrl+Wheel"),
        ]
        sheet = QWidget()
        columns = QHBoxLayout(sheet)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setSpacing(40)
        for names in _in_columns(groups, 3 if percent <= 110 else 2):
            columns.addLayout(self._column({name: groups[name] for name in names}, percent))
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(sheet)
        area.setAccessibleName("Keys")
        self.body.addWidget(area)
        wanted = sheet.sizeHint() + QSize(70, 120)
        self.resize(wanted.boundedTo(QSize(1240, 720)))

    def _column(self, groups: Mapping[str, Sequence[tuple[str, str]]], percent: int) -> QGridLayout:
        """Groups below each other, all their keys in one line."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(3)
        for name, rows in groups.items():
            if grid.count():
                grid.setRowMinimumHeight(grid.rowCount(), 14)
            title = _plain_label(name)
            title.setFont(ui_font(percent, SEMIBOLD, 1.05))
            grid.addWidget(title, grid.rowCount(), 0, 1, 2)
            for text, keys in rows:
                line = grid.rowCount()
                shown = _plain_label(keys)
                shown.setForegroundRole(shown.foregroundRole().PlaceholderText)
                grid.addWidget(_plain_label(text), line, 0)
                grid.addWidget(shown, line, 1)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        return grid


class AboutDialog(PlainDialog):
    """What Setu is, whose work it stands on."""

    def __init__(self, version: str, percent: int, parent: QWidget | None) -> None:
        super().__init__("About Setu", f"Setu {version}", parent)
        self.heading.setFont(ui_font(percent, SEMIBOLD, 1.4))
        words = _plain_label(ABOUT)
        words.setWordWrap(True)
        words.setFixedWidth(440 * percent // 100)
        self.body.addWidget(words)


class CrashDialog(PlainDialog):
    """A fault of the program: what it means for the reader, and what to pass on."""

    def __init__(self, details: str, log: str, parent: QWidget | None) -> None:
        super().__init__(
            "Setu",
            "Something went wrong inside Setu. Your articles are safe, and you can go on reading; if the window "
            f"behaves oddly, close and reopen it. What happened was written to {log}",
            parent,
        )
        self.add_text(details, "Details")
        self.resize(680, 420)


def _in_columns(groups: Mapping[str, Sequence[tuple[str, str]]], count: int) -> list[list[str]]:
    """The names of the groups in columns of about the same height, long groups first."""
    columns: list[list[str]] = [[] for _ in range(count)]
    heights = [0] * count
    for name in sorted(groups, key=lambda name: -len(groups[name])):
        shortest = heights.index(min(heights))
        columns[shortest].append(name)
        heights[shortest] += len(groups[name]) + 2
    return columns


def _plain_label(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
