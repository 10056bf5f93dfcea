"""A reader joins and parts reports; the worker is told, and undo tells it the opposite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain import Comparison, Language, Relation
from desktop_app.library import Library
from desktop_app.settings import Settings
from desktop_app.shelf import Shelf
from desktop_app.ui.actions import Act
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.worker_bridge import WorkerBridge
from tests.ui.window.work import QueuedWork


@pytest.fixture
def library_folder(library_folder: Path) -> Path:
    shelf = Shelf(library_folder, writing=True)
    with shelf.database.transaction():
        for en, hi in ((1, 2), (1, 4)):
            shelf.stories.put_comparison(en, hi, Comparison(Relation.SAME_EVENT, 0.9, (), (), (), ()))
    shelf.close()
    return library_folder


@pytest.fixture
def writing(qtbot: QtBot, library: Library, work: QueuedWork) -> Iterator[MainWindow]:
    shown = MainWindow(library, WorkerBridge(work), Settings(samples_offered=True))
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    yield shown
    shown.close()


def enabled(window: MainWindow) -> tuple[bool, bool]:
    return window.commands[Act.JOIN_REPORTS].isEnabled(), window.commands[Act.PART_REPORTS].isEnabled()


def test_what_can_be_stated_depends_on_what_stands_side_by_side(writing: MainWindow) -> None:
    writing.reading.open(1)
    assert enabled(writing) == (False, True)
    writing.reading.show_beside(Language.HINDI, 4)
    assert enabled(writing) == (True, False)
    writing.reading.open(5)
    assert enabled(writing) == (False, False)


def test_statements_reach_the_worker_and_undo_takes_them_back(writing: MainWindow, work: QueuedWork) -> None:
    writing.reading.open(1)
    writing.commands[Act.PART_REPORTS].trigger()
    writing.commands[Act.UNDO].trigger()
    assert work.related == [(1, 2, False), (1, 2, None)]
    writing.reading.show_beside(Language.HINDI, 4)
    writing.commands[Act.JOIN_REPORTS].trigger()
    assert work.related[-1] == (1, 4, True)


def test_taking_the_second_statement_back_restores_the_first(writing: MainWindow, work: QueuedWork) -> None:
    writing.reading.open(1)
    writing.commands[Act.PART_REPORTS].trigger()
    writing.commands[Act.PART_REPORTS].trigger()
    writing.commands[Act.UNDO].trigger()
    assert work.related[-1] == (1, 2, False)


def test_a_library_only_read_takes_no_statements(window: MainWindow) -> None:
    window.reading.open(1)
    assert enabled(window) == (False, False)
