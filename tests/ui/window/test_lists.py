"""The article list and the entity panel, as models and as views."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desktop_app.domain import ArticleRow, Entity, EntityType, Language, SearchAnswer, SearchHit, Span
from desktop_app.library import Library
from desktop_app.ui.article_list import ArticleListView
from desktop_app.ui.article_model import (
    JOINED_ABOVE_ROLE,
    JOINED_BELOW_ROLE,
    OPEN_ROLE,
    PAGE_ROWS,
    PAGES_KEPT,
    ArticleListModel,
)
from desktop_app.ui.entity_model import EntityModel
from desktop_app.ui.entity_panel import EntityPanel
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.search_result_model import ResultModel
from desktop_app.ui.search_result_painting import marked_ranges
from desktop_app.ui.themes import LIGHT

EN, HI = Language.ENGLISH, Language.HINDI
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


class Rows:
    """As many articles as are asked for; every third is undated, two by two tell one story."""

    def __init__(self) -> None:
        self.asked = 0

    def rows(self, ids: Sequence[int]) -> list[ArticleRow]:
        self.asked += 1
        return [
            ArticleRow(
                id=number,
                title=f"<b>Title {number}</b> संयुक्त",
                title_inferred=False,
                date=None if number % 3 == 0 else dt.date(2024, 9, 1 + number % 28),
                source="ANI" if number % 2 else None,
                language=Language.ENGLISH if number % 2 else Language.HINDI,
                words=100,
                path=f"{number}.txt",
                story=number // 2,
            )
            for number in ids
        ]


def test_article_model_keeps_qts_promises(library: Library) -> None:
    model = ArticleListModel(library)
    tester = QAbstractItemModelTester(model, FATAL)
    model.show_ids(library.article_ids())
    model.mark_open(frozenset({1, 2}))
    model.show_ids([3])
    model.show_ids([])
    assert tester.model() is model


def test_the_list_stands_in_the_librarys_order_undated_last(library: Library) -> None:
    model = ArticleListModel(library)
    model.show_ids(library.article_ids())
    ids = [model.id_at(model.index(row)) for row in range(model.rowCount())]
    assert ids == [1, 2, 3, 4, 5]
    spoken = model.data(model.index(4), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("date unknown, Hindi")


def test_reports_of_one_story_are_joined(library: Library) -> None:
    model = ArticleListModel(library)
    model.show_ids(library.article_ids())
    joined = [
        (model.data(model.index(row), JOINED_ABOVE_ROLE), model.data(model.index(row), JOINED_BELOW_ROLE))
        for row in range(5)
    ]
    assert joined == [(False, True), (True, False), (False, True), (True, False), (False, False)]


def test_a_hundred_thousand_rows_are_read_in_pages_as_they_are_seen(qtbot: QtBot) -> None:
    source = Rows()
    view = ArticleListView(source)
    qtbot.addWidget(view)
    view.resize(300, 600)
    view.show_ids(range(1, 100_001))
    with qtbot.waitExposed(view):
        view.show()
    view.grab()
    assert source.asked <= 2
    view.scrollToBottom()
    view.grab()
    assert source.asked <= 5
    for row in range(0, 100_000, PAGE_ROWS):
        view.articles.data(view.articles.index(row), Qt.ItemDataRole.DisplayRole)
    assert len(view.articles._pages) <= PAGES_KEPT


def test_titles_are_never_taken_for_markup() -> None:
    model = ArticleListModel(Rows())
    model.show_ids([1])
    assert "&lt;b&gt;" in model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)


def test_the_list_keeps_its_place_when_articles_come_in_above(qtbot: QtBot) -> None:
    view = ArticleListView(Rows())
    qtbot.addWidget(view)
    view.resize(300, 600)
    view.show_ids(range(1000, 2000))
    with qtbot.waitExposed(view):
        view.show()
    chosen: list[int] = []
    view.article_chosen.connect(chosen.append)
    view.setCurrentIndex(view.articles.index_of(1500))
    top = view.articles.id_at(view.indexAt(view.viewport().rect().topLeft()))
    view.show_ids(range(900, 2000))
    view.grab()
    assert view.articles.id_at(view.indexAt(view.viewport().rect().topLeft())) == top
    assert view.articles.id_at(view.currentIndex()) == 1500
    assert chosen == [1500]


def test_opened_articles_are_marked(window: MainWindow) -> None:
    model = window.articles.view.articles
    assert [bool(model.data(model.index(row), OPEN_ROLE)) for row in range(5)] == [True, True, False, False, False]


def test_moving_through_the_list_opens_articles(window: MainWindow, qtbot: QtBot) -> None:
    view = window.articles.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert window.reading.article == 3
    assert window.windowTitle() == "Talks go on in Geneva — Setu"


ENTITIES = [
    Entity(1, EntityType.PER, "Lavrov", "लवरोव", ("Sergei Lavrov",)),
    Entity(2, EntityType.LOC, "Russia", "रूस"),
    Entity(3, EntityType.PER, None, "ज़ेलेंस्की"),
    Entity(4, EntityType.DOC, "Pact <for> the Future", None),
]
COUNTS = {1: {EN: 3, HI: 3}, 2: {EN: 9}, 3: {HI: 4}}


def names(model: EntityModel) -> list[str]:
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def test_entity_model_keeps_qts_promises() -> None:
    model = EntityModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.show_entities(ENTITIES, COUNTS)
    model.filter_by("lav")
    model.filter_by("")
    model.show_entities([], {})
    assert tester.model() is model


def test_entities_stand_under_their_type_the_most_named_first() -> None:
    model = EntityModel()
    model.show_entities(ENTITIES, COUNTS)
    assert names(model) == [
        "People",
        "Lavrov · लवरोव",
        "ज़ेलेंस्की",
        "Places",
        "Russia · रूस",
        "Documents",
        "Pact <for> the Future",
    ]
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    spoken = model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Lavrov · लवरोव, person, 3 in English, 3 in Hindi"


def test_the_filter_knows_both_scripts_aliases_and_spellings() -> None:
    model = EntityModel()
    model.show_entities(ENTITIES, COUNTS)
    for typed, row in {"sergei": "Lavrov · लवरोव", "लवरो": "Lavrov · लवरोव", "जेलेंस": "ज़ेलेंस्की"}.items():
        model.filter_by(typed)
        assert names(model)[1:] == [row], typed
    model.filter_by("nobody")
    assert names(model) == []


def test_arrow_keys_pass_over_the_headings(qtbot: QtBot) -> None:
    panel = EntityPanel()
    qtbot.addWidget(panel)
    panel.show_entities(ENTITIES, COUNTS, "")
    chosen: list[int] = []
    panel.entity_chosen.connect(chosen.append)
    for _ in range(4):
        QTest.keyClick(panel.view, Qt.Key.Key_Down)
    assert chosen == [1, 3, 2, 4]


def test_an_empty_panel_says_why(qtbot: QtBot) -> None:
    panel = EntityPanel()
    qtbot.addWidget(panel)
    panel.show_entities([], {}, "Nobody is named here.")
    assert panel.sentence == "Nobody is named here."
    panel.show_entities(ENTITIES, COUNTS, "Nobody is named here.")
    panel.filter.setText("zzz")
    assert panel.sentence == "No entity here has this name."


def test_result_model_keeps_qts_promises() -> None:
    model = ResultModel()
    tester = QAbstractItemModelTester(model, FATAL)
    hit = SearchHit(1, "A title", EN, None, None, 1.0, "🌍 संयुक्त राष्ट्र", (Span(2, 9),), ("संयुक्त",))
    model.show_answer(SearchAnswer("x", (hit,), 1))
    assert tester.model() is model
    assert model.rowCount(QModelIndex()) == 1


def test_marks_in_a_snippet_count_as_qt_does() -> None:
    (part,) = marked_ranges("🌍 संयुक्त राष्ट्र", (Span(2, 9),), LIGHT)
    assert (part.start, part.length) == (3, 7)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_from_the_filter_the_keys_go_to_what_it_left(window: MainWindow, key: Qt.Key) -> None:
    window.entities.focus_filter()
    QTest.keyClicks(window.entities.filter, "russia")
    QTest.keyClick(window.entities.filter, key)
    assert window.reading.name_words() == "Russia · रूस"
    assert window.entities.view.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_N)
    assert window.reading.place_words().startswith("2 of ")


def test_down_onto_the_only_entity_chooses_it(window: MainWindow) -> None:
    window.entities.focus_filter()
    QTest.keyClicks(window.entities.filter, "guterres")
    QTest.keyClick(window.entities.filter, Qt.Key.Key_Tab)
    assert window.reading.entity is None, "coming into a list is no choice yet"
    QTest.keyClick(window.entities.view, Qt.Key.Key_Down)
    assert window.reading.name_words() == "Guterres · गुटेरेस"
