"""The page of an entity: what it shows, how it is sorted, where its rows lead, how one comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop_app import app
from desktop_app.domain import ConcordanceLine, Entity, EntityType, FormCount, Language, MonthCount
from desktop_app.library import Library
from desktop_app.ui.actions import Act
from desktop_app.ui.concordance_model import ConcordanceModel, ConcordanceOrder
from desktop_app.ui.concordance_view import ConcordanceView
from desktop_app.ui.corrections import READ_ONLY
from desktop_app.ui.entity_header import forms_words
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.mention_chart import MentionChart, bars_of
from desktop_app.ui.named_list import NamedModel, NamedRow
from desktop_app.ui.row_model import ROW_ROLE

EN, HI = Language.ENGLISH, Language.HINDI
LAVROV, RUSSIA = 1, 2


def line_of(left: str, right: str, number: int = 1, language: Language = EN) -> ConcordanceLine:
    return ConcordanceLine(number, language, dt.date(2024, 9, 27), 5 * number, 5 * number + 3, left, "keyword", right)


def shown(model: ConcordanceModel) -> list[ConcordanceLine]:
    return [model.data(model.index(row), ROW_ROLE) for row in range(model.rowCount())]


def open_page(window: MainWindow, entity: int = LAVROV) -> None:
    window.desk.open_page(entity)
    window.desk.pages.wait(5000)
    QApplication.processEvents()


# The concordance


def test_lines_sort_by_the_nearest_word_before_and_then_outward() -> None:
    model = ConcordanceModel()
    model.show_lines([line_of("with old ", "", 1), line_of("an Élan ", "", 2), line_of("by old ", "", 3)])
    model.sort_by(ConcordanceOrder.BEFORE)
    assert [line.left for line in shown(model)] == ["an Élan ", "by old ", "with old "]


def test_lines_sort_by_the_words_after_and_back_by_date() -> None:
    model = ConcordanceModel()
    given = [line_of("", " zeal", 1), line_of("", ", Abel", 2), line_of("", " abel a", 3), line_of("", "", 4)]
    model.show_lines(given)
    model.sort_by(ConcordanceOrder.AFTER)
    assert [line.right for line in shown(model)] == ["", ", Abel", " abel a", " zeal"]
    model.sort_by(ConcordanceOrder.DATE)
    assert shown(model) == given


def test_lines_of_one_language_only() -> None:
    model = ConcordanceModel()
    model.show_lines([line_of("a ", "", 1), line_of("और ", "", 2, HI)])
    model.keep_language(HI)
    assert [line.left for line in shown(model)] == ["और "]
    assert (model.count(None), model.count(EN)) == (2, 1)


def test_line_ends_are_shown_by_a_sign_every_font_has() -> None:
    model = ConcordanceModel()
    model.show_lines([line_of("first ⏎  ⏎ ", " last ⏎ more")])
    assert model.data(model.index(0)) == "first ¶ keyword last ¶ more"


@pytest.mark.parametrize("model", [ConcordanceModel(), NamedModel()])
def test_models_keep_the_rules_of_qt(model: QAbstractListModel) -> None:
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    if isinstance(model, ConcordanceModel):
        model.show_lines([line_of("x ", " y", number) for number in range(1, 9)])
        model.sort_by(ConcordanceOrder.AFTER)
        model.keep_language(HI)
    elif isinstance(model, NamedModel):
        model.show_rows([NamedRow(Entity(1, EntityType.PER, "Lavrov", "लवरोव"), "2 articles")])
        model.show_rows([])


def test_a_line_moved_to_stays_in_sight_when_the_order_changes(qtbot: QtBot) -> None:
    view = ConcordanceView()
    qtbot.addWidget(view)
    view.resize(600, 120)
    view.show()
    lines = [line_of(f"w{999 - number} ", "", number) for number in range(1, 400)]
    view.show_lines(lines, EntityType.LOC)
    view.setCurrentIndex(view.lines.index(6))
    view.sort_by(ConcordanceOrder.BEFORE)
    here = view.lines.row_at(view.currentIndex())
    assert here is not None
    assert here.left == lines[6].left
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())


# The head


def test_long_times_are_counted_by_years_and_gaps_are_kept() -> None:
    months: Sequence[MonthCount] = (MonthCount("2024-01", 2, 1), MonthCount("2024-03", 0, 4), MonthCount(None, 3, 0))
    bars, undated = bars_of(months)
    assert [(bar.label, bar.en, bar.hi) for bar in bars] == [("Jan 2024", 2, 1), ("Feb 2024", 0, 0), ("Mar 2024", 0, 4)]
    assert undated is not None
    assert undated.en == 3
    years, none = bars_of([MonthCount("2014-12", 1, 0), MonthCount("2016-01", 1, 0), MonthCount("2024-07", 0, 5)])
    assert [bar.label for bar in years] == [str(year) for year in range(2014, 2025)]
    assert years[-1].hi == 5
    assert none is None


def test_the_chart_keeps_its_bars_apart_and_inside(qtbot: QtBot) -> None:
    chart = MentionChart()
    qtbot.addWidget(chart)
    chart.resize(320, 120)
    dated = [MonthCount(f"{2000 + year}-05", year, 1) for year in range(24)]
    chart.show_months([*dated, MonthCount(None, 1, 1)], EntityType.PER)
    boxes = [box for _, box in chart.bar_boxes()]
    assert len(boxes) == 25
    assert all(left.right() <= right.left() + 0.01 for left, right in pairwise(boxes))
    assert boxes[-1].right() <= chart.width() + 0.01
    assert "undated: 1 English, 1 Hindi" in chart.accessibleDescription()


def test_many_forms_are_summed_up() -> None:
    words = forms_words([FormCount(f"form {number}", EN, 20 - number) for number in range(13)])
    assert words.startswith("form\u00a00\u00a020 · form\u00a01\u00a019")
    assert words.endswith("3\u00a0more\u00a0forms")


# The page in the window


def test_the_page_says_all_that_is_known(window: MainWindow) -> None:
    open_page(window)
    page = window.page_view
    assert page.isVisible()
    assert not window.view.isVisible()
    facts = "Person · 7 mentions in 3 articles"
    assert page.header.words() == ["Lavrov", "लवरोव", facts, "Lavrov\u00a04", "लवरोव\u00a03"]
    assert page.concordance.lines.rowCount() == 7
    assert page.tabs.tabText(1) == "Articles  3"


def test_control_e_opens_the_page_of_the_selected_entity_and_escape_leaves_it(window: MainWindow) -> None:
    assert not window.commands[Act.ENTITY_PAGE].isEnabled()
    window.reading.choose(RUSSIA)
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    window.desk.pages.wait(5000)
    assert window.desk.pages.entity == RUSSIA
    assert window.page_view.concordance.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.view.isVisible()
    assert window.reading.entity is not None


def test_keys_of_the_page_work_only_there(window: MainWindow) -> None:
    assert not window.commands[Act.CONCORDANCE_BY_BEFORE].isEnabled()
    open_page(window)
    QTest.keyClick(window, Qt.Key.Key_A)
    assert window.page_view.concordance.lines.order is ConcordanceOrder.AFTER
    QTest.keyClick(window, Qt.Key.Key_3)
    assert window.page_view.concordance.lines.language is HI
    assert {line.language for line in shown(window.page_view.concordance.lines)} == {HI}


def test_a_line_leads_to_its_passage_and_back_leads_to_the_page(window: MainWindow) -> None:
    open_page(window)
    lines = window.page_view.concordance
    row = next(row for row, line in enumerate(shown(lines.lines)) if line.article == 3)
    lines.setCurrentIndex(lines.lines.index(row))
    target = lines.lines.row_at(lines.currentIndex())
    QTest.keyClick(lines, Qt.Key.Key_Return)
    assert window.view.isVisible()
    assert window.reading.article == 3
    assert window.reading.stop is not None
    assert target is not None
    assert window.reading.stop.mention.start == target.start
    window.commands[Act.BACK].trigger()
    window.desk.pages.wait(5000)
    assert window.page_view.isVisible()
    assert lines.lines.row_at(lines.currentIndex()) == target
    window.commands[Act.BACK].trigger()
    assert window.view.isVisible()
    assert window.reading.article == 3


def test_a_click_on_an_article_opens_it_at_its_first_mention(window: MainWindow) -> None:
    open_page(window, RUSSIA)
    window.page_view.tabs.setCurrentIndex(1)
    articles = window.page_view.articles
    indexes = [articles.model().index(row, 0) for row in range(articles.model().rowCount())]
    where = next(articles.visualRect(index) for index in indexes if index.data() == "जिनेवा में वार्ता जारी").center()
    QTest.mouseClick(articles.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert window.reading.article == 4
    assert window.reading.stop is not None
    assert window.reading.stop.mention.text == "रूस"


def test_company_leads_from_page_to_page_and_back_leads_through_them(window: MainWindow) -> None:
    open_page(window)
    page = window.page_view
    page.tabs.setCurrentIndex(2)
    names = [page.company.data(page.company.index(row)) for row in range(page.company.rowCount())]
    assert names[0] == "Russia · रूस"
    page.companions.setCurrentIndex(page.company.index(0))
    QTest.keyClick(page.companions, Qt.Key.Key_Return)
    window.desk.pages.wait(5000)
    assert page.header.words()[0] == "Russia"
    window.commands[Act.BACK].trigger()
    window.desk.pages.wait(5000)
    assert page.header.words()[0] == "Lavrov"


def test_the_page_follows_the_entity_panel(window: MainWindow) -> None:
    open_page(window)
    window.entities.entity_chosen.emit(RUSSIA)
    window.desk.pages.wait(5000)
    assert window.page_view.header.words()[0] == "Russia"
    window.commands[Act.BACK].trigger()
    assert window.view.isVisible()


def test_a_double_click_in_the_panel_opens_the_page(window: MainWindow) -> None:
    panel = window.entities.view
    index = panel.entities.index_of(RUSSIA)
    QTest.mouseDClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=panel.visualRect(index).center())
    window.desk.pages.wait(5000)
    assert window.desk.pages.entity == RUSSIA


@pytest.mark.parametrize("act", [Act.NEXT_MENTION, Act.FOCUS_HINDI, Act.NEXT_ARTICLE])
def test_what_speaks_of_the_texts_leaves_the_page(window: MainWindow, act: Act) -> None:
    window.reading.choose(LAVROV)
    open_page(window)
    window.commands[act].trigger()
    assert window.view.isVisible()


def test_parts_stand_side_by_side_where_there_is_room(window: MainWindow) -> None:
    open_page(window)
    page = window.page_view
    assert page.tabs.isVisible()
    assert not page.articles.isVisible()
    window.resize(1900, 900)
    QApplication.processEvents()
    assert not page.tabs.isVisible()
    assert page.articles.isVisible()
    assert page.companions.isVisible()
    assert page.concordance.geometry().right() < page.articles.geometry().left()


def test_a_low_page_keeps_names_and_lists(window: MainWindow) -> None:
    open_page(window)
    page = window.page_view
    assert page.header.chart.isVisible()
    window.resize(760, 460)
    QApplication.processEvents()
    assert not page.header.chart.isVisible()
    assert page.header.words()[:2] == ["Lavrov", "लवरोव"]
    assert page.concordance.height() > 3 * page.concordance.rowHeight(0)


def test_a_picture_of_the_page_is_written(library: Library, tmp_path: Path) -> None:
    texts, page = tmp_path / "texts.png", tmp_path / "page.png"
    app.render_window(library, texts, article=1, entity=LAVROV)
    app.render_window(library, page, article=1, entity=LAVROV, page=LAVROV)
    assert QImage(str(texts)).size() == QImage(str(page)).size()
    assert QImage(str(texts)) != QImage(str(page))


def test_a_library_of_another_window_says_why_nothing_can_be_corrected(window: MainWindow) -> None:
    mention = window._library.mentions(window._library.article(1))[0]
    window.view.context_requested.emit(EN, mention, QPoint(10, 10))
    (menu,) = (found for found in window.findChildren(QMenu) if found.isVisible())
    choices = {action.text(): action.isEnabled() for action in menu.actions()}
    assert choices["About Lavrov · लवरोव"]
    assert not choices["Merge with…"]
    assert not choices["Rename…"]
    assert not choices["“Lavrov” names nobody and nothing"]
    assert READ_ONLY in choices
    menu.close()
