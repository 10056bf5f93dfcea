"""Corrections in the real window with the real worker: stated, taken back, listed, shared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QMenu
from pytestqt.qtbot import QtBot

from desktop_app.domain import Correction, CorrectionKind, Entity, EntityName, EntityType, Language, Span
from desktop_app.library import Library
from desktop_app.settings import Settings
from desktop_app.ui import correction_words
from desktop_app.ui.actions import Act
from desktop_app.ui.correction_words import Statement, sentence_of
from desktop_app.ui.corrections_dialog import CorrectionsDialog, FactModel
from desktop_app.ui.entity_names import find_named, name_of
from desktop_app.ui.entity_picker import EntityPicker
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.name_dialog import NameDialog
from desktop_app.ui.selected_words import selected_form
from desktop_app.ui.worker_bridge import WorkerBridge

EN = Language.ENGLISH
D = TypeVar("D", bound=QDialog)
LAVROV, RUSSIA, GUTERRES = 1, 2, 3
WORKER_MS = 60_000


@pytest.fixture
def writing(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder, writing=True) as opened:
        yield opened


@pytest.fixture
def window(qtbot: QtBot, writing: Library) -> Iterator[MainWindow]:
    """The window that may correct, with the first article open."""
    shown = MainWindow(writing, WorkerBridge(writing.worker), Settings())
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.open_last_or_first()
    QApplication.processEvents()
    yield shown
    shown.close()


def entity_called(library: Library, name: str) -> Entity | None:
    return next((entity for entity in library.entities() if name in (entity.en, entity.hi)), None)


def known(library: Library, name: str) -> Entity:
    entity = entity_called(library, name)
    assert entity is not None
    return entity


def menu_choices(menu: QMenu) -> dict[str, QAction]:
    """All entries, those of submenus too."""
    found = {}
    for action in menu.actions():
        found[action.text()] = action
        submenu = action.menu()
        if isinstance(submenu, QMenu):
            found.update(menu_choices(submenu))
    return found


def mention_menu(window: MainWindow, library: Library, text: str) -> QMenu:
    """The menu of the first mention that reads *text* in the opened English article."""
    mention = next(m for m in library.mentions(library.article(1)) if m.text == text)
    window.view.context_requested.emit(EN, mention, QPoint(10, 10))
    return next(menu for menu in window.findChildren(QMenu) if menu.isVisible())


def open_dialog(window: MainWindow, kind: type[D]) -> D:
    return next(dialog for dialog in window.findChildren(kind) if dialog.isVisible())


# Words


@pytest.mark.parametrize(
    ("selected", "form"),
    [
        (Span(4, 6), "minister"),
        (Span(0, 12), "The minister"),
        (Span(3, 20), "minister of हिंदी"),
        (Span(12, 13), None),
        (Span(2, 2), None),
        (Span(10, 40), None),
    ],
)
def test_a_selection_means_whole_words_on_one_line(selected: Span, form: str | None) -> None:
    assert selected_form("The minister of हिंदी\nand of more came here.", selected) == form


def test_every_fact_is_a_sentence() -> None:
    lavrov = EntityName(EntityType.PER, None, "Lavrov", "लवरोव")
    office = EntityName(EntityType.ORG, None, "Lavrov's office", None)
    other = {CorrectionKind.MERGE, CorrectionKind.SPLIT, CorrectionKind.RENAME, CorrectionKind.RETYPE}
    said = [
        sentence_of(Correction(kind, lavrov, other=office if kind in other else None, form="Lavrov"))
        for kind in CorrectionKind
    ]
    assert said == [
        "Lavrov · लवरोव and Lavrov's office are one.",
        "“Lavrov” is not Lavrov · लवरोव but the organisation Lavrov's office.",
        "Lavrov · लवरोव is called Lavrov's office.",
        "Lavrov · लवरोव is an organisation, not a person.",
        "“Lavrov” names nobody and nothing.",
        "“Lavrov” names the person Lavrov · लवरोव.",
    ]


def test_a_merger_keeps_the_better_known_name_and_fills_in_the_other_script() -> None:
    known_one = Entity(1, EntityType.LOC, "Russia", None, key="loc:russia", mentions=3)
    other = Entity(2, EntityType.LOC, None, "रूस", mentions=9)
    statement = correction_words.merge(other, known_one)
    whole = EntityName(EntityType.LOC, "loc:russia", "Russia", "रूस")
    assert [fact.kind for fact in statement.corrections] == [CorrectionKind.MERGE, CorrectionKind.RENAME]
    assert statement.corrections[0].entity == name_of(known_one)
    assert statement.after == statement.corrections[1].other == whole


def test_an_entity_is_found_again_by_key_by_name_and_by_form() -> None:
    entities = [
        Entity(1, EntityType.PER, "Ban", None, aliases=("Ban Ki-moon",)),
        Entity(2, EntityType.LOC, "Ban", None),
        Entity(3, EntityType.ORG, "UN", None, key="org:un"),
    ]
    for name, wanted in (
        (EntityName(EntityType.LOC, None, "Ban"), 2),
        (EntityName(EntityType.ORG, "org:un", "United Nations"), 3),
        (EntityName(EntityType.PER, None, "Ban Ki-moon"), 1),
    ):
        found = find_named(entities, name)
        assert found is not None
        assert found.id == wanted
    assert find_named(entities, EntityName(EntityType.LOC, None, "Chad")) is None


def test_the_list_of_facts_keeps_the_rules_of_qt() -> None:
    model = FactModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_rows([Correction(CorrectionKind.NOT_ENTITY, EntityName(EntityType.PER), form="May")])
    model.show_rows([])


# In the window


def test_a_renamed_entity_stays_selected_and_undo_brings_its_name_back(
    window: MainWindow, writing: Library, qtbot: QtBot
) -> None:
    window.reading.choose(LAVROV)
    window.commands[Act.RENAME_ENTITY].trigger()
    dialog = open_dialog(window, NameDialog)
    assert (dialog.english.text(), dialog.hindi.text()) == ("Lavrov", "लवरोव")
    dialog.english.setText("  Sergey   Lavrov ")
    with qtbot.waitSignal(window.desk.corrections.stated, timeout=WORKER_MS):
        QTest.keyClick(dialog.english, Qt.Key.Key_Return)
    assert known(writing, "Sergey Lavrov").hi == "लवरोव"
    assert window.reading.name_words() == "Sergey Lavrov · लवरोव"
    assert window.status.message == "Lavrov · लवरोव is called Sergey Lavrov · लवरोव."
    assert window.status.offers_undo
    assert window.commands[Act.UNDO].isEnabled()
    with qtbot.waitSignal(window.desk.corrections.taken_back, timeout=WORKER_MS):
        window.commands[Act.UNDO].trigger()
    assert entity_called(writing, "Sergey Lavrov") is None
    assert writing.corrections() == []
    assert not window.status.offers_undo


def test_not_an_entity_takes_the_chips_away(window: MainWindow, writing: Library, qtbot: QtBot) -> None:
    menu = mention_menu(window, writing, "Guterres")
    with qtbot.waitSignal(window.desk.corrections.stated, timeout=WORKER_MS):
        menu_choices(menu)["“Guterres” names nobody and nothing"].trigger()
    menu.close()
    assert "Guterres" not in {mention.text for mention in writing.mentions(writing.article(1))}
    assert window.entities.view.entities.index_of(GUTERRES).isValid()  # still named in Hindi


def test_merging_picks_from_this_story_then_from_the_library(
    window: MainWindow, writing: Library, qtbot: QtBot
) -> None:
    window.reading.choose(GUTERRES)
    window.commands[Act.MERGE_ENTITY].trigger()
    picker = open_dialog(window, EntityPicker)
    picker.wait(10_000)
    assert [row.entity.en for row in picker.model.rows] == ["Lavrov", "Russia"]
    picker.filter.setText("लवरोव")
    assert [row.entity.en for row in picker.model.rows] == ["Lavrov"]
    picker.filter.setText("nobody")
    assert not picker.model.rows
    picker.filter.clear()
    QTest.keyClick(picker.filter, Qt.Key.Key_Down)
    QTest.keyClick(picker.filter, Qt.Key.Key_Up)
    with qtbot.waitSignal(window.desk.corrections.stated, timeout=WORKER_MS):
        QTest.keyClick(picker.filter, Qt.Key.Key_Return)
    assert entity_called(writing, "Guterres") is None
    merged = known(writing, "Lavrov")
    assert "Guterres" in merged.aliases
    assert window.reading.entity is not None
    assert window.reading.entity.id == merged.id


def test_a_form_is_split_off_with_a_name_and_type_of_its_own(
    window: MainWindow, writing: Library, qtbot: QtBot
) -> None:
    menu = mention_menu(window, writing, "Russia")
    menu_choices(menu)["“Russia” is not Russia · रूस…"].trigger()
    menu.close()
    dialog = open_dialog(window, NameDialog)
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    assert dialog.note.text() == "Russia · रूस has this name: add what tells the two apart."
    dialog.english.setText("Russia (team)")
    assert dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    dialog.type.setCurrentIndex(dialog.type.findData("ORG"))
    with qtbot.waitSignal(window.desk.corrections.stated, timeout=WORKER_MS):
        dialog.buttons.accepted.emit()
    team = known(writing, "Russia (team)")
    assert (team.type, team.aliases) == (EntityType.ORG, ("Russia",))
    assert known(writing, "रूस").aliases == ("रूस",)


def test_selected_words_become_an_entity(window: MainWindow, writing: Library, qtbot: QtBot) -> None:
    pane = window.view.pane(EN)
    text = writing.article(1).text
    start = text.index("an hour")
    cursor = pane.textCursor()
    cursor.setPosition(start + 4)  # behind the emoji of the title Qt counts one more than we do
    cursor.setPosition(start + 8, cursor.MoveMode.KeepAnchor)
    pane.setTextCursor(cursor)
    window.view.context_requested.emit(EN, None, QPoint(10, 10))
    menu = next(menu for menu in window.findChildren(QMenu) if menu.isVisible())
    assert "Mark “hour” as" in menu_choices(menu)
    with qtbot.waitSignal(window.desk.corrections.stated, timeout=WORKER_MS):
        menu_choices(menu)["An event"].trigger()
    menu.close()
    assert (known(writing, "hour").type, known(writing, "hour").mentions) == (EntityType.EVENT, 1)


def test_the_page_follows_its_entity_through_a_change_of_type(
    window: MainWindow, writing: Library, qtbot: QtBot
) -> None:
    window.desk.open_page(RUSSIA)
    window.desk.pages.wait(5000)
    window.page_view.correct.menu().aboutToShow.emit()
    choices = menu_choices(window.page_view.correct.menu())
    assert not choices["Place"].isEnabled()
    with qtbot.waitSignals([window.desk.corrections.stated], timeout=WORKER_MS):
        choices["Organisation"].trigger()
    window.desk.pages.wait(5000)
    assert window.page_view.header.words()[2].startswith("Organisation")
    assert known(writing, "Russia").type is EntityType.ORG


def test_a_page_whose_entity_is_none_gives_way_to_the_texts(window: MainWindow, writing: Library, qtbot: QtBot) -> None:
    window.desk.open_page(GUTERRES)
    window.desk.pages.wait(5000)
    window.page_view.correct.menu().aboutToShow.emit()
    with qtbot.waitSignal(window.desk.corrections.stated, timeout=WORKER_MS):
        menu_choices(window.page_view.correct.menu())["Not an entity: it names nobody and nothing"].trigger()
    window.desk.pages.wait(5000)
    assert window.view.isVisible()
    assert entity_called(writing, "Guterres") is None
    assert window.status.message == "Guterres · गुटेरेस names nobody and nothing."
    assert window.status.offers_undo


# The list


def test_the_list_shows_takes_back_and_shares(
    window: MainWindow, writing: Library, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = window.desk.corrections
    for statement in (
        correction_words.not_an_entity(known(writing, "Guterres"), ("Guterres",)),
        correction_words.rename(known(writing, "Russia"), EntityName(EntityType.LOC, None, "Russian Federation", "रूस")),
    ):
        with qtbot.waitSignal(desk.stated, timeout=WORKER_MS):
            desk.state(statement)
    window.commands[Act.CORRECTIONS].trigger()
    dialog = open_dialog(window, CorrectionsDialog)
    assert [sentence_of(fact) for fact in dialog.model.rows] == [
        "Russia · रूस is called Russian Federation · रूस.",
        "“Guterres” names nobody and nothing.",
    ]
    dialog.export_to(tmp_path / "team.json")
    assert dialog.note == f"2 corrections written to {tmp_path / 'team.json'}."
    with qtbot.waitSignal(desk.changed, timeout=WORKER_MS):
        dialog.undo.click()
    assert [fact.form for fact in writing.corrections()] == ["Guterres"]
    with qtbot.waitSignal(desk.stated, timeout=WORKER_MS):
        dialog.import_from(tmp_path / "team.json")
    assert len(dialog.model.rows) == 2
    dialog.import_from(tmp_path / "team.json")
    assert dialog.note == "Nothing in team.json is new here."
    (tmp_path / "broken.json").write_text("{}", encoding="utf-8")
    dialog.import_from(tmp_path / "broken.json")
    assert "Nothing was changed" in dialog.note
    dialog.export_to(tmp_path / "absent" / "team.json")
    assert "could not be written" in dialog.note
    dialog.close()


def test_a_fact_that_cannot_be_stored_is_said_and_undo_goes_on(
    window: MainWindow, writing: Library, qtbot: QtBot
) -> None:
    desk = window.desk.corrections
    fact = Correction(CorrectionKind.NOT_ENTITY, EntityName(EntityType.PER, None, "Lavrov"), form="nowhere")
    with qtbot.waitSignal(desk.stated, timeout=WORKER_MS):
        desk.state(Statement("“nowhere” names nobody and nothing.", (fact,)))
    (stored,) = writing.corrections()
    with qtbot.waitSignal(desk.changed, timeout=WORKER_MS):
        desk.take_back(stored)
    window.commands[Act.UNDO].trigger()  # nothing is left of it: nothing happens
    assert writing.corrections() == []
