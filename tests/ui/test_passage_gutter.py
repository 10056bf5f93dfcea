from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from desktop_app.domain import Article, ArticlePair, Comparison, Language, PassageLink, Relation
from desktop_app.ui import themes
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.passage_gutter import PassageGutter
from desktop_app.ui.passages import PassageMap

EN, HI = Language.ENGLISH, Language.HINDI


@pytest.fixture
def view(qtbot: QtBot, make_article: Callable[..., Article]) -> BilingualView:
    """Four paragraphs on both sides: two surely linked, two doubtfully and crosswise; the last stand alone."""
    shown = BilingualView()
    shown.resize(900, 500)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    text = "\n".join(f"Paragraph {number}." for number in range(4))
    pair = ArticlePair(make_article(text, EN), make_article(text, HI, number=2))
    links = (PassageLink((0,), (0,), 0.98), PassageLink((1,), (2,), 0.45), PassageLink((2,), (1,), 0.45))
    shown.show_pair(pair)
    found = Comparison(Relation.SAME_EVENT, 0.9, (), links, (3,), (3,))
    shown.passages.show_passages(PassageMap(pair, found))
    QApplication.processEvents()
    return shown


@pytest.fixture
def gutter(view: BilingualView) -> PassageGutter:
    return view.splitter().gutter


def on_ribbon(view: BilingualView, gutter: PassageGutter, number: int) -> QPoint:
    """A place on the English end of a ribbon."""
    ribbon = view.passages.ribbons()[number]
    where = view.passages.view(gutter)
    return QPoint(6, round((ribbon.en[0] + ribbon.en[1]) / 2 + where.en_top))


def colours(gutter: PassageGutter, row: int) -> list[QColor]:
    picture = gutter.grab().toImage()
    return [picture.pixelColor(x, row) for x in range(picture.width())]


def test_surer_links_are_drawn_stronger(view: BilingualView, gutter: PassageGutter) -> None:
    base = QColor(themes.LIGHT.base).lightness()
    middle = gutter.width() // 2
    sure, doubtful = (
        base - colours(gutter, on_ribbon(view, gutter, number).y())[middle].lightness() for number in (0, 1)
    )
    assert sure > doubtful >= 0
    assert sure > 5


def test_one_sided_passages_carry_a_mark_at_their_own_edge(view: BilingualView, gutter: PassageGutter) -> None:
    mark = view.passages.marks()[0]
    row = colours(gutter, round((mark.run[0] + mark.run[1]) / 2 + view.passages.view(gutter).en_top))
    base = QColor(themes.LIGHT.base)
    assert row[0] != base
    assert row[gutter.width() // 2] == base
    assert gutter.passage_at(QPoint(1, 0).toPointF()) is None


def test_hovering_a_ribbon_says_how_sure_it_is(qtbot: QtBot, view: BilingualView, gutter: PassageGutter) -> None:
    with qtbot.waitSignal(gutter.passage_hovered) as hovered:
        QTest.mouseMove(gutter, on_ribbon(view, gutter, 0))
    assert hovered.args[0].probability == 0.98
    assert gutter.toolTip() == "These passages correspond (98 %)."
    assert view.passages.lit == (hovered.args[0],)
    QTest.mouseMove(gutter, on_ribbon(view, gutter, 1))
    assert gutter.toolTip() == "These passages correspond (45 %, doubtful)."


def test_dragging_over_a_ribbon_moves_the_border_and_clicks_nothing(
    qtbot: QtBot, view: BilingualView, gutter: PassageGutter
) -> None:
    before = view.splitter().sizes()[0]
    start = on_ribbon(view, gutter, 0)
    with qtbot.assertNotEmitted(gutter.passage_clicked):
        QTest.mousePress(gutter, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(gutter, start + QPoint(60, 0))
        QTest.mouseRelease(gutter, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    assert view.splitter().sizes()[0] > before


def test_a_ribbon_asks_for_its_own_menu(qtbot: QtBot, view: BilingualView, gutter: PassageGutter) -> None:
    where = on_ribbon(view, gutter, 0)
    with qtbot.waitSignal(gutter.menu_requested) as wanted:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, gutter.mapToGlobal(where))
        QApplication.sendEvent(gutter, event)
    assert wanted.args[0].sentences[EN] == (0,)


def test_buttons_stand_beside_the_headers(qtbot: QtBot, view: BilingualView, gutter: PassageGutter) -> None:
    action = QAction("Scroll together", gutter)
    gutter.set_actions([action])
    (button,) = gutter.findChildren(QToolButton)
    assert button.geometry().bottom() <= view.passages.view(gutter).top
    with qtbot.waitSignal(action.triggered):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_ribbons_are_painted_in_the_dark_theme_too(view: BilingualView, gutter: PassageGutter) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    themes.apply(application, "dark")
    QApplication.processEvents()
    row = colours(gutter, on_ribbon(view, gutter, 0).y())
    assert row[gutter.width() // 2].lightness() > QColor(themes.DARK.base).lightness()
