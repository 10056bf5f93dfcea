"""Results by story, facets that narrow, mistakes under their place, searches kept and remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain import (
    Facets,
    FacetValue,
    HitOrder,
    Language,
    Narrowing,
    QueryProblem,
    SearchAnswer,
    SearchHit,
    SearchOptions,
    Span,
)
from desktop_app.library import Library
from desktop_app.records import SavedSearch
from desktop_app.settings import Settings
from desktop_app.ui.actions import Act
from desktop_app.ui.fonts import ui_font
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.saved_searches_dialog import SavedModel, SavedSearchesDialog
from desktop_app.ui.search_facets import FacetLine
from desktop_app.ui.search_field import Offered, SearchField
from desktop_app.ui.search_memory import FORGET_WORDS, SearchMemory
from desktop_app.ui.search_narrowing import NO_DATE, Facet, offered, toggled, values_in
from desktop_app.ui.search_result_model import MEMBERS_SHOWN, ResultModel
from desktop_app.ui.search_result_painting import SnippetLayouts
from desktop_app.ui.search_runner import PAGE
from desktop_app.ui.worker_bridge import WorkerBridge

EN, HI = Language.ENGLISH, Language.HINDI
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def hit(id_: int, story: int | None = None, matched: tuple[str, ...] = ()) -> SearchHit:
    return SearchHit(id_, f"Title {id_}", EN, None, None, 1.0, "a snippet", (), matched, (), story)


def grouped_model() -> ResultModel:
    """A story of six, one of two, a report alone."""
    model = ResultModel()
    hits = (*(hit(n, story=1) for n in range(1, 7)), *(hit(n, story=2) for n in (7, 8)), hit(9))
    model.show_answer(SearchAnswer("x", hits, 9))
    return model


def ask(window: MainWindow, qtbot: QtBot, words: str) -> None:
    with qtbot.waitSignal(window.search.answered):
        window.tool_bar.search.setText(words)


def found(window: MainWindow) -> list[int]:
    return [hit.id for hit in window.search_panel.view.results.hits]


# The rows


def test_a_story_stands_behind_its_best_hit_and_folds_its_rest() -> None:
    model = grouped_model()
    tester = QAbstractItemModelTester(model, FATAL)
    shape = [(row.number, row.member, row.goes_on, row.more) for row in model.rows]
    assert shape == [
        (0, False, True, 0),
        (1, True, True, 0),
        (2, True, True, 0),
        (3, True, True, 0),
        (0, True, False, 2),
        (6, False, True, 0),
        (7, True, False, 0),
        (8, False, False, 0),
    ]
    more = model.index(MEMBERS_SHOWN + 1)
    assert model.data(more) == "2 more in this story"
    assert model.toggle(more)
    assert [row.number for row in model.rows if row.hit is not None] == list(range(9))
    assert model.toggle(model.index(6))
    assert len(model.rows) == len(shape)
    assert not model.toggle(model.index(0))
    assert tester.model() is model


def test_a_hit_that_is_folded_away_is_unfolded_to_be_shown() -> None:
    model = grouped_model()
    index = model.index_of(5)
    assert model.number_at(index) == 5
    assert model.index_of(99) == QModelIndex()


def test_forms_that_were_not_typed_are_told() -> None:
    model = ResultModel()
    model.show_answer(SearchAnswer("lavrov minister", (hit(1, matched=("Lavrov", "लवरोव", "ministers", "लवरोव")),), 1))
    assert model.rows[0].other_forms == ("लवरोव",)


def test_a_snippet_begins_where_its_first_hit_can_be_seen() -> None:
    text = "word " * 40 + "कूटनीति the end"
    place = text.index("कूटनीति")
    found_hit = SearchHit(1, "T", EN, None, None, 1.0, text, (Span(place, place + 7),), ())
    shown = SnippetLayouts(ui_font()).layout(found_hit, 200)
    (span,) = shown.spans
    assert shown.text.startswith("…word")
    assert shown.text[span.start : span.end] == "कूटनीति"
    untouched = SnippetLayouts(ui_font()).layout(found_hit, 5000)
    assert untouched.text == text


class Many:
    """Stands for an index with 120 hits in four stories; answers page by page."""

    def search(
        self,
        query: str,
        *,
        limit: int = 50,
        request: int = 0,
        as_you_type: bool = False,
        options: SearchOptions = SearchOptions(),  # noqa: B008 - frozen
    ) -> SearchAnswer:
        hits = tuple(hit(n, n // 40 if options.by_story else None) for n in range(options.skip, min(limit, 120)))
        return SearchAnswer(query, hits, 120, request=request)


def has_more_than(window: MainWindow, hits: int) -> bool:
    return len(found(window)) > hits


@pytest.mark.parametrize("by_story", [False, True])
def test_more_hits_come_as_the_reader_goes_down(window: MainWindow, qtbot: QtBot, by_story: bool) -> None:
    window.runner._searcher = Many()
    window.commands[Act.HITS_BY_STORY].setChecked(by_story)
    tester = QAbstractItemModelTester(window.search_panel.view.results, FATAL)
    ask(window, qtbot, "x")
    assert window.search_panel.heading.startswith("120 articles")
    view = window.search_panel.view
    if by_story:
        view.results.toggle(view.results.index(MEMBERS_SHOWN + 1))
    while len(found(window)) < 120:
        QApplication.processEvents()  # the scroll bar learns how much there is
        before, place = found(window), view.verticalScrollBar().maximum()
        if len(before) == 120:
            break
        view.verticalScrollBar().setValue(place)
        qtbot.waitUntil(partial(has_more_than, window, len(before)))
        assert view.verticalScrollBar().value() == place
        assert found(window)[: len(before)] == before
    assert found(window) == list(range(120))
    assert tester.model() is view.results


def test_a_walk_asks_for_more_before_it_comes_to_the_end(window: MainWindow, qtbot: QtBot) -> None:
    window.runner._searcher = Many()
    ask(window, qtbot, "x")
    qtbot.waitUntil(lambda: len(found(window)) >= PAGE)
    known = len(found(window))
    window.search._walk.start_at(known - 2)
    with qtbot.waitSignal(window.runner.grown):
        window.commands[Act.NEXT_HIT].trigger()
    assert len(found(window)) > known


# Narrowing


def test_a_click_narrows_and_another_widens() -> None:
    narrowing = toggled(Narrowing(), Facet.MONTH, "2024-02")
    assert (narrowing.first, narrowing.last) == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))
    assert values_in(narrowing, Facet.MONTH) == ("2024-02",)
    for facet, value in ((Facet.LANGUAGE, "hi"), (Facet.SOURCE, "ANI"), (Facet.ENTITY, "7"), (Facet.ENTITY, "8")):
        narrowing = toggled(narrowing, facet, value)
        assert value in values_in(narrowing, facet)
    assert narrowing.entities == (7, 8)
    for facet in Facet:
        for value in values_in(narrowing, facet):
            narrowing = toggled(narrowing, facet, value)
    assert narrowing == Narrowing()


def test_dates_that_are_no_month_are_no_facet() -> None:
    assert values_in(Narrowing(first=dt.date(2024, 2, 1)), Facet.MONTH) == ()
    assert values_in(Narrowing(first=dt.date(2024, 2, 1), last=dt.date(2024, 3, 31)), Facet.MONTH) == ()


def test_an_entity_that_every_hit_names_is_not_offered() -> None:
    facets = Facets(2, 1, entities=(FacetValue("1", "India", 3), FacetValue("2", "Nepal", 2)))
    assert [value.label for value in offered(facets, Facet.ENTITY)] == ["Nepal"]


def facet_values(window: MainWindow, facet: Facet) -> dict[str, bool]:
    return {value.label: on for value, on in window.search_panel.facets.lines[facet].values}


def test_facets_count_narrow_and_widen_again(window: MainWindow, qtbot: QtBot) -> None:
    ask(window, qtbot, "lavrov OR जिनेवा")
    everything = found(window)
    assert facet_values(window, Facet.LANGUAGE) == {"English": False, "Hindi": False}
    assert set(facet_values(window, Facet.SOURCE)) == {"ANI", "Bhasha"}
    assert "English" in window.search_panel.heading
    QApplication.processEvents()  # the line learns how wide it is
    (bhasha,) = (b for b in window.search_panel.facets.lines[Facet.SOURCE].buttons if b.value.label == "Bhasha")
    with qtbot.waitSignal(window.search.answered):
        bhasha.click()
    assert found(window) == [4]
    assert facet_values(window, Facet.SOURCE) == {"Bhasha": True}
    with qtbot.waitSignal(window.search.answered):
        window.search_panel.facets.lines[Facet.SOURCE].buttons[0].click()
    assert found(window) == everything


def test_values_without_room_stand_in_the_menu_behind_the_line(qtbot: QtBot) -> None:
    line = FacetLine(Facet.SOURCE, None)  # type: ignore[arg-type]
    qtbot.addWidget(line)
    line.resize(300, 30)
    line.show_values([(FacetValue(name, name, 3), False) for name in ("A long name", "Another long name", "The Third")])
    line.show()
    assert 0 < len(line.buttons) < 3
    assert line.more.isVisible()
    line.more.menu().aboutToShow.emit()
    assert [action.text() for action in line.more.menu().actions()][2] == "The Third\t3"
    with qtbot.waitSignal(line.value_chosen) as chosen:
        line.more.menu().actions()[2].trigger()
    assert chosen.args == ["The Third"]
    line.resize(900, 30)
    assert len(line.buttons) == 3
    assert not line.more.isVisible()
    right = [button.geometry().right() for button in line.buttons]
    assert right == sorted(right)
    assert right[-1] <= line.width()


def test_the_language_of_a_facet_is_that_of_the_tool_bar(window: MainWindow, qtbot: QtBot) -> None:
    ask(window, qtbot, "lavrov")
    with qtbot.waitSignal(window.search.answered):
        window.search_panel.facets.lines[Facet.LANGUAGE].value_chosen.emit("hi")
    assert found(window) == [2]
    assert window.tool_bar.filters.language is HI
    assert window.commands[Act.ONLY_HINDI].isChecked()
    with qtbot.waitSignal(window.search.answered):
        window.commands[Act.BOTH_LANGUAGES].trigger()
    assert facet_values(window, Facet.LANGUAGE) == {"English": False, "Hindi": False}


def test_articles_without_a_date_are_a_value_of_their_own(window: MainWindow, qtbot: QtBot) -> None:
    ask(window, qtbot, "lavrov OR जिनेवा")
    assert "no date" in facet_values(window, Facet.MONTH)
    with qtbot.waitSignal(window.search.answered):
        window.search_panel.facets.value_chosen.emit(Facet.MONTH, NO_DATE)
    assert found(window) == [4]
    assert facet_values(window, Facet.MONTH) == {"no date": True}
    with qtbot.waitSignal(window.search.answered):
        window.search_panel.facets.value_chosen.emit(Facet.MONTH, "2024-09")
    assert window.tool_bar.filters.first == dt.date(2024, 9, 1)
    assert {1, 2, 3} <= set(found(window))
    assert 4 not in found(window)


def test_an_entity_narrows_by_its_number(window: MainWindow, qtbot: QtBot) -> None:
    ask(window, qtbot, "lavrov")
    with qtbot.waitSignal(window.search.answered):
        window.search_panel.facets.value_chosen.emit(Facet.ENTITY, "3")
    assert set(found(window)) == {1, 2}
    assert "Guterres · गुटेरेस" in facet_values(window, Facet.ENTITY)
    window.commands[Act.STEP_BACK_OUT].trigger()
    assert window.search.narrowing == Narrowing()


def test_what_narrows_stays_to_be_taken_away_where_nothing_is_found(window: MainWindow, qtbot: QtBot) -> None:
    ask(window, qtbot, "lavrov")
    with qtbot.waitSignal(window.search.answered):
        window.search_panel.facets.value_chosen.emit(Facet.SOURCE, "ANI")
    ask(window, qtbot, "जिनेवा")
    assert found(window) == []
    assert facet_values(window, Facet.SOURCE) == {"ANI": True}


def test_a_low_window_keeps_its_room_for_the_results_unless_they_are_narrowed(window: MainWindow, qtbot: QtBot) -> None:
    ask(window, qtbot, "lavrov")
    assert window.search_panel.facets.isVisible()
    window.resize(900, 460)
    window.search_panel.resize(window.search_panel.width(), 200)
    assert not window.search_panel.facets.isVisible()
    window.search_panel.show_answer(
        SearchAnswer("lavrov", (hit(1),), 1, facets=Facets(1, 1)), Narrowing(Language.ENGLISH)
    )
    assert window.search_panel.facets.isVisible()


# Options


def test_exact_order_and_stories_are_asked_again_at_once(window: MainWindow, qtbot: QtBot) -> None:
    ask(window, qtbot, "lavrov")
    assert 2 in found(window)
    with qtbot.waitSignal(window.search.answered):
        window.commands[Act.SEARCH_EXACT].trigger()
    assert set(found(window)) == {1, 3}
    with qtbot.waitSignal(window.search.answered):
        window.commands[Act.SEARCH_EXACT].trigger()
    with qtbot.waitSignal(window.search.answered):
        window.commands[Act.HITS_NEWEST].trigger()
    assert window.search.options.order is HitOrder.DATE
    assert found(window)[-1] == 3
    with qtbot.waitSignal(window.search.answered):
        window.commands[Act.HITS_BY_STORY].trigger()
    assert window.search_panel.view.results.is_grouped
    assert {hit.story for hit in window.search_panel.view.results.hits} == {1, 3}


# Mistakes


def test_a_mistake_is_said_and_underlined_and_the_rest_is_found(window: MainWindow, qtbot: QtBot) -> None:
    ask(window, qtbot, "lavrov lang:fr")
    assert "lang:fr" in window.search_panel.problems
    assert {1, 2, 3} <= set(found(window))
    assert "lang:fr" in window.tool_bar.search.accessibleDescription()
    ask(window, qtbot, "lavrov")
    assert window.search_panel.problems == ""


def test_the_line_under_a_mistake_lies_below_it(qtbot: QtBot) -> None:
    field = SearchField(None)  # type: ignore[arg-type]
    qtbot.addWidget(field)
    field.resize(600, 40)
    text = "लवरोव bad:x more"
    field.setText(text)
    field.show()
    start = text.index("bad")

    def grabbed() -> QImage:
        return field.grab().toImage()

    before = grabbed()
    field.show_problems(text, (QueryProblem("Wrong.", start, start + 4),))
    after = grabbed()
    changed = [
        x for x in range(before.width()) if any(before.pixel(x, y) != after.pixel(x, y) for y in range(before.height()))
    ]
    field.setCursorPosition(start)
    left = field.cursorRect().center().x()
    field.setCursorPosition(start + 4)
    right = field.cursorRect().center().x()
    assert changed
    assert left - 3 <= changed[0] <= left + 3
    assert right - 3 <= changed[-1] <= right + 3
    field.setText("something else")
    plain = grabbed()
    field.show_problems("something else", ())
    assert grabbed() == plain


def test_a_suggestion_is_searched_for_by_a_click(window: MainWindow, qtbot: QtBot) -> None:
    window.search_panel.show_answer(SearchAnswer("lavrof", (), 0, "No article has it.", suggestion="lavrov"))
    with qtbot.waitSignal(window.search.answered):
        window.search_panel.suggestion_chosen.emit(window.search_panel.suggestion)
    assert window.tool_bar.search.text() == "lavrov"
    assert {1, 2, 3} <= set(found(window))


# Kept and remembered


class Memory:
    """The library's memory, held in lists."""

    def __init__(self) -> None:
        self.searches: list[SavedSearch] = []
        self.queries: list[str] = []

    def saved(self) -> list[SavedSearch]:
        return list(self.searches)

    def save(self, name: str, query: str) -> SavedSearch:
        self.searches.append(SavedSearch(len(self.searches) + 1, name, query))
        return self.searches[-1]

    def rename(self, id_: int, name: str) -> None:
        self.searches = [SavedSearch(s.id, name if s.id == id_ else s.name, s.query) for s in self.searches]

    def forget(self, id_: int) -> None:
        self.searches = [search for search in self.searches if search.id != id_]

    def history(self, beginning: str = "", limit: int = 10) -> list[str]:
        return [query for query in self.queries if query.startswith(beginning)][:limit]

    def note(self, query: str) -> None:
        self.queries.insert(0, query)

    def clear_history(self) -> None:
        self.queries.clear()


def test_an_empty_field_offers_what_was_searched_before(qtbot: QtBot) -> None:
    field = SearchField(None)  # type: ignore[arg-type]
    qtbot.addWidget(field)
    field.show()
    assert not field.offer()
    field.offers = lambda: [Offered("Pact", "title:pact"), Offered("lavrov", "lavrov"), Offered("Clear")]
    chosen: list[str] = []
    field.query_offered.connect(chosen.append)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.offered_words == ["Pact", "lavrov", "Clear"]
    popup = field.completer_popup
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert chosen == ["title:pact"]
    field.clear()
    field.offer()
    with qtbot.waitSignal(field.forgetting_requested):
        for _ in range(3):
            QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Return)
    field.setText("x")
    assert not field.offer()


def test_what_was_used_is_remembered_and_can_be_forgotten(qtbot: QtBot) -> None:
    memory = SearchMemory(Memory(), writable=True)
    assert memory.offers() == []
    memory.note("lavrov")
    memory.save("Pact", "title:pact")
    assert memory.wait(5000)
    assert [offer.words for offer in memory.offers()] == ["Pact", "lavrov", FORGET_WORDS]
    memory.clear_history()
    assert memory.wait(5000)
    assert [offer.words for offer in memory.offers()] == ["Pact"]


def test_a_window_that_only_reads_remembers_nothing(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    ask(window, qtbot, "geneva")
    window.search.enter_hit(0)
    assert window.search_desk.memory.wait(5000)
    assert library.searches.history() == []
    assert not window.commands[Act.SAVE_SEARCH].isEnabled()


def test_a_query_that_led_to_a_hit_is_remembered(window: MainWindow, qtbot: QtBot) -> None:
    used: list[str] = []
    window.search.used.connect(used.append)
    ask(window, qtbot, "gene")
    assert used == []
    window.search.choose_hit(0)
    window.search.step(1)
    assert used == ["gene"]


def test_saved_searches_are_run_renamed_and_removed(qtbot: QtBot) -> None:
    held = Memory()
    held.save("Pact", "title:pact")
    held.save("लवरोव", "lavrov lang:hi")
    memory = SearchMemory(held, writable=True)
    dialog = SavedSearchesDialog(memory, 100, None)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    assert dialog.heading.text() == "2 saved searches"
    dialog.view.setCurrentIndex(dialog.model.index(1))
    with qtbot.waitSignal(memory.changed):
        memory.rename(2, "Lavrov")
    assert dialog.model.data(dialog.model.index(1)) == "Lavrov"
    with qtbot.waitSignal(memory.changed):
        dialog.view.setCurrentIndex(dialog.model.index(0))
        dialog.remove.click()
    assert [search.name for search in dialog.model.rows] == ["Lavrov"]
    with qtbot.waitSignal(dialog.run_requested) as run:
        dialog.run.click()
    assert run.args == ["lavrov lang:hi"]


def test_saved_model_keeps_qts_promises() -> None:
    model = SavedModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.show_rows([SavedSearch(1, "Pact", "title:pact")])
    model.show_rows([])
    assert tester.model() is model


def test_a_search_is_saved_with_all_that_narrows_it_and_run_again(window: MainWindow, qtbot: QtBot) -> None:
    ask(window, qtbot, "lavrov")
    with qtbot.waitSignal(window.search.answered):
        window.commands[Act.ONLY_ENGLISH].trigger()
    with qtbot.waitSignal(window.search.answered):
        window.search_panel.facets.value_chosen.emit(Facet.ENTITY, "3")
    with qtbot.waitSignal(window.search.answered):
        window.commands[Act.SEARCH_EXACT].trigger()
    before = found(window)
    query = window.search_desk.written_out()
    assert query == 'lang:en entity:"Guterres" =lavrov'
    window.commands[Act.STEP_BACK_OUT].trigger()
    with qtbot.waitSignal(window.search.answered):
        window.search_desk.run(query)
    assert found(window) == before == [1]
    assert window.tool_bar.filters == Narrowing()
    assert not window.commands[Act.SEARCH_EXACT].isChecked()


# In the window that may write


@pytest.fixture
def writing(qtbot: QtBot, library_folder: Path) -> Iterator[MainWindow]:
    with Library(library_folder, writing=True) as library:
        shown = MainWindow(library, WorkerBridge(library.worker), Settings())
        qtbot.addWidget(shown)
        with qtbot.waitExposed(shown):
            shown.show()
        yield shown
        shown.close()


def test_what_is_used_and_saved_stays_in_the_library(writing: MainWindow, qtbot: QtBot, library_folder: Path) -> None:
    ask(writing, qtbot, "geneva")
    writing.search.enter_hit(0)
    writing.search_desk.memory.save("Talks", writing.search_desk.written_out())
    assert writing.search_desk.memory.wait(5000)
    with Library(library_folder) as other:
        assert other.searches.history() == ["geneva"]
        assert [(search.name, search.query) for search in other.searches.saved()] == [("Talks", "geneva")]
    writing.commands[Act.FORGET_SEARCHES].trigger()
    assert writing.search_desk.memory.wait(5000)
    assert [offer.words for offer in writing.search_desk.memory.offers()] == ["Talks"]


def test_a_damaged_index_is_told_rebuilt_and_then_answers(
    writing: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seals = list((tmp_path / "cache").rglob("seal-*.json"))
    assert seals
    for seal in seals:
        seal.write_text("not ours")
    said: list[str] = []
    say = writing.status.say

    def listen(words: str, **more: Any) -> None:
        said.append(words)
        say(words, **more)

    monkeypatch.setattr(writing.status, "say", listen)
    writing.tool_bar.search.setText("lavrov")
    qtbot.waitUntil(lambda: {1, 2, 3} <= set(found(writing)), timeout=30_000)
    assert any("damaged and is being rebuilt" in sentence for sentence in said)
    assert "rebuilt" in said[-1]
