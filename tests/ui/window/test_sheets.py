"""Every sheet by itself: it fits its window in both themes at any size, says what it holds, and goes with Escape."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QSpinBox, QWidget

from desktop_app import cli
from desktop_app.library import Library
from desktop_app.ui import themes
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.record_dialog import RecordDialog
from desktop_app.ui.screenshot import render
from desktop_app.ui.sheet_gallery import SHEETS, open_sheet

_WITHOUT_VERSIONS = sorted(set(SHEETS) - {"versions"})


def test_the_command_line_knows_every_sheet() -> None:
    assert tuple(SHEETS) == cli._SHEETS


@pytest.mark.parametrize("name", _WITHOUT_VERSIONS)
def test_every_control_of_a_sheet_says_what_it_is(window: MainWindow, library: Library, name: str) -> None:
    sheet = open_sheet(name, window, library)
    sheet.show()
    QApplication.processEvents()
    silent = []
    for widget in sheet.findChildren(QWidget):
        if isinstance(widget.parent(), QLineEdit | QSpinBox) or widget.objectName().startswith("qt_"):
            continue
        takes_input = isinstance(widget, QAbstractButton) or widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        interface = QAccessible.queryAccessibleInterface(widget)
        reachable = takes_input and widget.isVisibleTo(sheet) and interface is not None
        if reachable and not interface.text(QAccessible.Text.Name):
            silent.append(widget)
    assert silent == []
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in sheet.findChildren(QLabel) if label.text())
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


@pytest.mark.parametrize("name", _WITHOUT_VERSIONS)
def test_a_sheet_has_room_on_a_small_screen_with_large_text(window: MainWindow, library: Library, name: str) -> None:
    window.options.set_text_size(175)
    sheet = open_sheet(name, window, library)
    sheet.resize(sheet.size().boundedTo(window.size()))
    sheet.show()
    QApplication.processEvents()
    for button in sheet.findChildren(QAbstractButton):
        if button.isVisibleTo(sheet) and button.text():
            assert button.width() >= button.minimumSizeHint().width(), button.text()
            right = button.mapTo(sheet, button.rect().topRight()).x()
            assert right <= sheet.width(), button.text()
    if isinstance(sheet, RecordDialog) and sheet.view.records:
        assert sheet.view.height() >= sheet.view.verticalHeader().defaultSectionSize()
    sheet.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_of_a_sheet_can_be_made(qapp: QApplication, library: Library, tmp_path: Path, theme: str) -> None:
    themes.apply(qapp, theme)
    for sheet in ("import", None):
        render(library, tmp_path / f"{sheet}.png", sheet=sheet, size=(1280, 800))
    with_sheet, without = (QImage(str(tmp_path / f"{sheet}.png")) for sheet in ("import", None))
    assert with_sheet.size() == without.size()
    assert with_sheet.pixelColor(640, 400) != with_sheet.pixelColor(5, 5)
    assert with_sheet != without
