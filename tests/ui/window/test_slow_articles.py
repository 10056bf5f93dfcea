"""An article that takes long to read from the library does not hold the window up, and is shown when it is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain import Language
from desktop_app.library import Library
from desktop_app.shelf import Shelf
from desktop_app.ui.main_window import MainWindow
from tests.ui.window.conftest import extracted

LINES = "Line by line it goes on.\n" * 15_000


@pytest.fixture
def library_folder(library_folder: Path) -> Path:
    shelf = Shelf(library_folder, writing=True)
    with shelf.database.transaction():
        article = extracted(LINES.rstrip("\n"), Language.ENGLISH, None, None)
        assert shelf.articles.add(article, path="6.txt", sha256="6") == 6
        for column in ("understood", "indexed"):
            shelf.articles.mark(column, [6])
    shelf.close()
    return library_folder


def test_it_is_shown_when_it_was_read(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    assert library.is_slow(6)
    assert not library.is_slow(1)
    opened: list[int] = []
    window.reading.open(6, lambda: opened.append(6))
    assert window.reading.article == 1, "the window goes on meanwhile"
    with qtbot.waitSignal(window.reading.opened, timeout=20_000):
        pass
    assert window.reading.article == 6
    assert opened == [6]
    assert not library.is_slow(6), "it is kept for the next question"


def test_whoever_opens_another_article_meanwhile_gets_that_one(window: MainWindow) -> None:
    window.reading.open(6)
    window.reading.open(5)
    assert window.reading.article == 5
    window.reading.wait(20_000)
    assert window.reading.article == 5
