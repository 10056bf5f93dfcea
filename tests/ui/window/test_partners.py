"""What else could stand beside an article: swapping sides, and offers for an article alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.domain import Comparison, Language, Reason, Relation
from desktop_app.shelf import Shelf
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pane_message import PaneMessage
from desktop_app.ui.partner_offers import chance_words, reason_words

EN, HI = Language.ENGLISH, Language.HINDI
REASONS = (Reason("Guterres", "गुटेरेस", "name"), Reason("1947", "1947", "number"))


@pytest.fixture
def library_folder(library_folder: Path) -> Path:
    """Article 4 tells the story of 1 and 2 as well, in other words; 5 stands alone, but 3 comes near."""
    shelf = Shelf(library_folder, writing=True)
    with shelf.database.transaction():
        for en, hi, chance in ((1, 2, 0.9), (1, 4, 0.7), (3, 5, 0.55)):
            judged = Comparison(Relation.SAME_EVENT, chance, REASONS, (), (), ())
            shelf.stories.put_comparison(en, hi, judged)
        shelf.stories.set_homes({1: 1, 2: 1, 4: 1, 3: None})
    shelf.close()
    return library_folder


def shown(window: MainWindow) -> list[int | None]:
    sides = (window.view.pane(language).article for language in Language)
    return [None if article is None else article.id for article in sides]


def choices(window: MainWindow, language: Language) -> list[str]:
    return [action.text().split("\t")[0] for action in window.view.header(language).others.menu().actions()]


def test_header_swaps_a_side_among_the_story(window: MainWindow) -> None:
    window.reading.open(1)
    header = window.view.header(HI)
    assert not header.others.isHidden()
    assert window.view.header(EN).others.isHidden()
    assert choices(window, HI) == ["लवरोव और गुटेरेस की मुलाकात", "जिनेवा में वार्ता जारी"]
    header.others.menu().actions()[1].trigger()
    assert shown(window) == [1, 4]
    assert [action.isChecked() for action in header.others.menu().actions()] == [False, True]


def test_going_back_finds_the_partner_there_was(window: MainWindow) -> None:
    window.reading.open(1)
    window.reading.show_beside(HI, 4)
    window.reading.back()
    assert shown(window) == [1, 2]
    window.reading.forward()
    assert shown(window) == [1, 4]


def test_a_chosen_partner_stays_when_the_library_changes(window: MainWindow) -> None:
    window.reading.open(1)
    window.reading.show_beside(HI, 4)
    window.reading.renew()
    assert shown(window) == [1, 4]


def test_swapping_the_opened_side_keeps_the_other(window: MainWindow) -> None:
    window.reading.open(2)
    window.reading.show_beside(HI, 4)
    assert shown(window) == [1, 4]
    assert window.reading.article == 4


def test_an_article_alone_shows_what_comes_nearest_and_why(window: MainWindow) -> None:
    window.reading.open(5)
    message = window.view.pane(EN).findChild(PaneMessage)
    assert message is not None
    assert [card.offer.article for card in message.cards] == [3]
    offer = message.cards[0].offer
    assert offer.title == "Talks go on in Geneva"
    assert offer.reasons == "Guterres = गुटेरेस, 1947"
    QTest.mouseClick(message.cards[0].button, Qt.MouseButton.LeftButton)
    assert shown(window) == [3, 5]


def test_an_article_alone_without_neighbours_says_that_none_is_known(window: MainWindow) -> None:
    window.reading.open(5)
    window.view.offer(EN, ())
    message = window.view.pane(EN).findChild(PaneMessage)
    assert message is not None
    assert message.cards == ()
    assert window.view.pane(EN).accessibleDescription().startswith("No English report of this event is known.")


def test_chances_are_words() -> None:
    assert chance_words(Relation.TRANSLATION, 0.97) == "Very likely a translation (97 %)"
    assert chance_words(Relation.SAME_EVENT, 0.6) == "Perhaps a report of the same event (60 %)"
    assert chance_words(Relation.UNRELATED, 0.9) == "Hardly the same event (10 %)"
    assert reason_words(()) == ""


def test_until_an_article_is_understood_its_other_side_says_that_setu_looks(
    window: MainWindow, library_folder: Path
) -> None:
    shelf = Shelf(library_folder, writing=True)
    with shelf.database.transaction():
        shelf.articles.mark("understood", [5], 0)
    window.reading.open(5)
    empty = window.view.pane(Language.ENGLISH)
    assert "looking for an English report" in empty.accessibleDescription()
    with shelf.database.transaction():
        shelf.articles.mark("understood", [5], 1)
    shelf.close()
    window.reading.renew()
    assert "These come nearest" in empty.accessibleDescription()
