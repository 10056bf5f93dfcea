"""Everything can be reached with the keys, in the order one reads, and says what it is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain import Entity, EntityType, Language
from desktop_app.ui.actions import Act
from desktop_app.ui.entity_panel import EntityPanel
from desktop_app.ui.main_window import MainWindow


def spoken(widget: QWidget) -> str:
    """What a screen reader says of *widget*."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return "" if interface is None else interface.text(QAccessible.Text.Name)


def takes_input(widget: QWidget) -> bool:
    own = not isinstance(widget.parent(), QLineEdit)  # its clear button is Qt's
    return own and (isinstance(widget, QAbstractButton) or widget.focusPolicy() is not Qt.FocusPolicy.NoFocus)


@pytest.mark.parametrize("state", ["texts", "findings", "page", "search", "question"])
def test_every_control_says_what_it_is(window: MainWindow, state: str) -> None:
    if state == "findings":
        window.commands[Act.SHOW_CONTRAST].setChecked(True)
    elif state == "page":
        window.desk.open_page(1)
        window.desk.pages.wait(5000)
    elif state == "search":
        window.search_panel.show_failure("Nothing.")
    elif state == "question":
        window.links.ask("https://example.org/")
        window.reading.choose(1)
    QApplication.processEvents()
    shown = [widget for widget in window.findChildren(QWidget) if widget.isVisibleTo(window) and takes_input(widget)]
    assert len(shown) > 10
    assert [widget for widget in shown if not spoken(widget)] == []


def test_tab_walks_through_the_window_as_one_reads_it(window: MainWindow) -> None:
    window.activateWindow()
    window.tool_bar.search.setFocus()
    walked = []
    for _ in range(11):
        focused = QApplication.focusWidget()
        assert focused is not None
        walked.append(spoken(focused).partition(":")[0])
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert walked == [
        "Search",
        "Language of the articles",
        "Dates",
        "All commands",
        "Order of the list",
        "Articles",
        "English text",
        "Hindi text",
        "Filter entities",
        "Entities",
        "Search",
    ]


def test_everything_has_room_in_the_smallest_window(window: MainWindow) -> None:
    window.resize(window.minimumSize())
    QApplication.processEvents()
    columns = [window.articles, window.view, window.entities]
    edges = [(part.mapTo(window, part.rect().topLeft()).x(), part.width()) for part in columns]
    for (left, width), (following, _) in pairwise(edges):
        assert left + width <= following
    assert sum(edges[-1]) <= window.width()
    for language in Language:
        assert window.view.pane(language).width() >= 150


def test_a_name_too_long_for_its_line_gets_another_for_the_counts(qtbot: QtBot) -> None:
    panel = EntityPanel()
    qtbot.addWidget(panel)
    panel.resize(300, 300)
    panel.show()
    entities = [Entity(1, EntityType.PER, "Lavrov", None), Entity(2, EntityType.ORG, "Russia Foreign Affairs", None)]
    panel.show_entities(entities, {}, "")
    heights = [panel.view.rowHeight(row) for row in (1, 3)]
    assert heights[0] == heights[1]
    panel.resize(180, 300)
    heights = [panel.view.rowHeight(row) for row in (1, 3)]
    assert heights[0] < heights[1]
