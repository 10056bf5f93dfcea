"""From the first letter to the last hit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.domain import Language, SearchAnswer, SearchOptions
from desktop_app.errors import ReaderError
from desktop_app.library import Library
from desktop_app.search.errors import IndexDamaged
from desktop_app.ui.actions import Act
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.search_runner import SearchRunner

EN, HI = Language.ENGLISH, Language.HINDI


def type_and_wait(window: MainWindow, qtbot: QtBot, words: str) -> None:
    with qtbot.waitSignal(window.runner.answered):
        QTest.keyClicks(window.tool_bar.search, words)


def found(window: MainWindow) -> list[int]:
    return [hit.id for hit in window.search_panel.view.results.hits]


def test_results_stand_in_place_of_the_list_as_one_types(window: MainWindow, qtbot: QtBot) -> None:
    type_and_wait(window, qtbot, "guterr")
    assert window.search_panel.isVisible()
    assert not window.articles.isVisible()
    assert 1 in found(window)
    assert window.search_panel.heading.startswith(("1 article", f"{len(found(window))} articles"))


def test_both_scripts_find_both_reports(window: MainWindow, qtbot: QtBot) -> None:
    window.tool_bar.search.setText("लवरोव")
    qtbot.waitUntil(lambda: {1, 2} <= set(found(window)))


def test_enter_opens_the_first_result_and_goes_into_its_text(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.tool_bar.search.setFocus()
    window.tool_bar.search.setText("Geneva")
    with qtbot.waitSignal(window.runner.answered):
        QTest.keyClick(window.tool_bar.search, Qt.Key.Key_Return)
    assert window.reading.article == 3
    assert window.view.pane(EN).hasFocus()


def test_f3_goes_through_the_hits_of_a_text_and_on_to_the_next_result(window: MainWindow, qtbot: QtBot) -> None:
    type_and_wait(window, qtbot, "Lavrov lang:en")
    opened, carets = [], []
    for _ in range(5):
        window.commands[Act.NEXT_HIT].trigger()
        opened.append(window.reading.article)
        carets.append(window.view.pane(EN).textCursor().position())
    first, second = found(window)
    hits = {hit.id: len(hit.text_spans) for hit in window.search_panel.view.results.hits}
    assert opened == ([first] * hits[first] + [second] * hits[second] + [first] * 5)[:5]
    assert len(set(carets[: hits[first]])) == hits[first]
    window.commands[Act.PREVIOUS_HIT].trigger()
    assert window.reading.article == opened[3]


def test_esc_returns_to_the_list(window: MainWindow, qtbot: QtBot) -> None:
    type_and_wait(window, qtbot, "Lavrov")
    window.commands[Act.NEXT_HIT].trigger()
    window.commands[Act.STEP_BACK_OUT].trigger()
    assert window.articles.isVisible()
    assert window.tool_bar.search.text() == ""
    assert not window.search.active


def test_no_hit_is_a_sentence(window: MainWindow, qtbot: QtBot) -> None:
    type_and_wait(window, qtbot, "xyzzyplugh")
    assert found(window) == []
    assert window.search_panel.sentence.endswith(".")


def test_enter_looks_for_the_word_that_was_meant_where_typing_found_nothing(window: MainWindow, qtbot: QtBot) -> None:
    type_and_wait(window, qtbot, "genevra")
    assert found(window) == []
    opened = window.reading.article
    with qtbot.waitSignal(window.runner.answered):
        QTest.keyClick(window.tool_bar.search, Qt.Key.Key_Return)
    assert found(window)[0] == 3
    assert window.reading.article == opened
    assert window.tool_bar.search.text() == "genevra"


def test_arrow_down_goes_into_the_results(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    type_and_wait(window, qtbot, "Geneva")
    QTest.keyClick(window.tool_bar.search, Qt.Key.Key_Down)
    assert window.search_panel.view.hasFocus()
    assert window.reading.article == 3
    QTest.keyClick(window.search_panel.view, Qt.Key.Key_Up)
    assert window.tool_bar.search.hasFocus()


def test_a_language_alone_narrows_the_list(window: MainWindow) -> None:
    window.commands[Act.ONLY_HINDI].trigger()
    model = window.articles.view.articles
    assert [model.id_at(model.index(row)) for row in range(model.rowCount())] == [2, 4, 5]
    assert window.articles.isVisible()
    window.commands[Act.BOTH_LANGUAGES].trigger()
    assert model.rowCount() == 5


def test_a_language_narrows_the_search(window: MainWindow, qtbot: QtBot) -> None:
    type_and_wait(window, qtbot, "lavrov")
    assert {1, 2, 3} <= set(found(window))
    with qtbot.waitSignal(window.runner.answered):
        window.commands[Act.ONLY_HINDI].trigger()
    assert set(found(window)) == {2}


class SlowSearcher:
    """Stands for an index: answers with the query itself, or fails."""

    def search(
        self,
        query: str,
        *,
        limit: int = 50,
        request: int = 0,
        as_you_type: bool = False,
        options: SearchOptions = SearchOptions(),  # noqa: B008 - frozen
    ) -> SearchAnswer:
        if query == "broken":
            raise ReaderError("The search index cannot be used.")
        return SearchAnswer(query, (), 0, f"as you type: {as_you_type}", request)


def test_only_the_last_of_several_requests_is_answered(qtbot: QtBot) -> None:
    runner = SearchRunner(SlowSearcher())
    answers: list[SearchAnswer] = []
    runner.answered.connect(answers.append)
    runner.ask_now("one")
    runner.ask_now("two")
    with qtbot.waitSignal(runner.answered):
        runner.ask_soon("three")
    runner.close()
    assert [answer.query for answer in answers] == ["three"]
    assert answers[0].message == "as you type: True"


def test_a_failure_comes_as_the_readers_error(qtbot: QtBot) -> None:
    runner = SearchRunner(SlowSearcher())
    with qtbot.waitSignal(runner.failed) as failure:
        runner.ask_now("broken")
    runner.close()
    assert isinstance(failure.args[0], ReaderError)


def test_nothing_is_delivered_after_closing(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    answers: list[object] = []
    window.runner.answered.connect(answers.append)
    window.runner.ask_now("Lavrov")
    window.close()
    qtbot.wait(50)
    assert answers == []


def test_a_damaged_index_is_not_promised_by_a_window_that_only_reads(window: MainWindow) -> None:
    window.runner.failed.emit(IndexDamaged("a file is missing"))
    assert "the Setu that has this library open" in window.search_panel.sentence
    assert "is being built" not in window.search_panel.sentence
