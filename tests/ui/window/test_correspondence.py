"""Passages in the real window on a real library: drawn, corrected, and kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain import Comparison, Language, PassageLink, Relation
from desktop_app.library import Library
from desktop_app.shelf import Shelf
from desktop_app.ui.actions import Act
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.correspondence import Correspondence
from desktop_app.ui.main_window import MainWindow

EN, HI = Language.ENGLISH, Language.HINDI
MEETING = Comparison(
    Relation.SAME_EVENT, 0.9, (), (PassageLink((0,), (0,), 0.95), PassageLink((1,), (1,), 0.9)), (3,), (3,)
)


@pytest.fixture
def library_folder(library_folder: Path) -> Path:
    shelf = Shelf(library_folder, writing=True)
    with shelf.database.transaction():
        shelf.stories.put_comparison(1, 2, MEETING)
        shelf.stories.put_comparison(3, 4, Comparison(Relation.SAME_EVENT, 0.8, (), (), (0, 1), (0, 1)))
    shelf.close()
    return library_folder


@pytest.fixture
def view(qtbot: QtBot) -> BilingualView:
    shown = BilingualView()
    shown.resize(900, 500)
    qtbot.addWidget(shown)
    return shown


@pytest.fixture
def writing(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder, writing=True) as opened:
        yield opened


@pytest.fixture
def correspondence(writing: Library, view: BilingualView) -> Correspondence:
    """The comparison of articles 1 and 2, which this window may correct."""
    pair = writing.pair_for(1)
    view.show_pair(pair)
    made = Correspondence(writing, view.passages, QUndoStack(view), writable=True, parent=view)
    made.show_pair(pair)
    return made


def links(view: BilingualView) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    assert view.passages.passages is not None
    return [(link.sentences[EN], link.sentences[HI]) for link in view.passages.passages.links]


def test_an_opened_pair_has_its_ribbons(window: MainWindow) -> None:
    window.reading.open(1)
    assert links(window.view) == [((0,), (0,)), ((1,), (1,))]
    window.reading.open(5)
    assert window.view.passages.passages is None


def test_keys_walk_through_passages_and_are_off_where_there_are_none(window: MainWindow) -> None:
    window.reading.open(1)
    window.commands[Act.NEXT_PASSAGE].trigger()
    window.commands[Act.NEXT_PASSAGE].trigger()
    assert [passage.sentences[EN] for passage in window.view.passages.current] == [(1,)]
    window.commands[Act.NEXT_ONE_SIDED].trigger()
    assert [passage.only for passage in window.view.passages.current] == [EN]
    window.reading.open(3)
    assert not window.commands[Act.NEXT_PASSAGE].isEnabled()
    assert window.commands[Act.NEXT_ONE_SIDED].isEnabled()
    window.reading.open(5)
    assert not window.commands[Act.NEXT_ONE_SIDED].isEnabled()


def test_a_library_only_read_takes_no_statements(window: MainWindow) -> None:
    window.reading.open(1)
    window.commands[Act.NEXT_PASSAGE].trigger()
    assert window.view.passages.can_reject
    assert not window.commands[Act.UNLINK_PASSAGES].isEnabled()


def test_unlinking_scrolling_is_kept_as_a_setting(window: MainWindow) -> None:
    window.commands[Act.SCROLL_LINKED].trigger()
    assert not window.view.passages.scrolling.enabled
    assert not window.options.settings.scroll_linked


def test_coming_back_finds_both_panes_where_they_were(window: MainWindow) -> None:
    window.reading.open(1)
    bars = [window.view.pane(language).verticalScrollBar() for language in Language]
    window.view.passages.scrolling.enabled = False
    bars[0].setValue(200)
    bars[1].setValue(40)
    window.view.passages.scrolling.enabled = True
    window.reading.open(3)
    window.reading.back()
    QApplication.processEvents()
    assert [bar.value() for bar in bars] == [200, 40]


def test_a_rejected_link_stays_away(view: BilingualView, correspondence: Correspondence, writing: Library) -> None:
    view.passages.step_linked(1)
    view.passages.reject_current()
    assert links(view) == [((1,), (1,))]
    assert [link.en for link in writing.comparison(1, 2).links] == [(1,)]


def test_statements_are_undone_and_done_again(view: BilingualView, correspondence: Correspondence) -> None:
    undo = view.findChild(QUndoStack)
    assert undo is not None
    view.passages.link_stated.emit((3,), (3,))
    assert ((3,), (3,)) in links(view)
    view.passages.link_rejected.emit((3,), (3,))
    assert ((3,), (3,)) not in links(view)
    undo.undo()
    assert ((3,), (3,)) in links(view), "taking the second statement back brings the first one back"
    undo.undo()
    assert links(view) == [((0,), (0,)), ((1,), (1,))]
    undo.redo()
    assert ((3,), (3,)) in links(view)


def test_two_articles_never_judged_are_compared_beside_the_window(
    qtbot: QtBot, view: BilingualView, correspondence: Correspondence, writing: Library
) -> None:
    pair = type(writing.pair_for(1))(writing.article(1), writing.article(4))
    view.show_pair(pair)
    with qtbot.waitSignal(correspondence.shown):
        correspondence.show_pair(pair)
    assert view.passages.passages is None
    with qtbot.waitSignal(correspondence.shown):
        pass
    assert view.passages.passages is not None
    correspondence.close()


def test_undoing_reaches_the_pair_that_was_left(
    view: BilingualView, correspondence: Correspondence, writing: Library
) -> None:
    undo = view.findChild(QUndoStack)
    assert undo is not None
    view.passages.link_stated.emit((3,), (3,))
    view.show_pair(writing.pair_for(3))
    correspondence.show_pair(writing.pair_for(3))
    undo.undo()
    assert [link.en for link in writing.comparison(1, 2).links] == [(0,), (1,)]
    assert links(view) == [], "the pair that is open stays open"
