from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from desktop_app.ui.tick_bar import TickBar

HUE = QColor("#0069a8")


@pytest.fixture
def bar(qtbot: QtBot) -> TickBar:
    shown = TickBar()
    qtbot.addWidget(shown)
    shown.setRange(0, 1000)
    shown.setPageStep(100)
    shown.resize(13, 400)
    shown.show()
    return shown


def rows_of(image: QImage, colour: QColor) -> list[int]:
    return [y for y in range(image.height()) if any(image.pixelColor(x, y) == colour for x in range(image.width()))]


def test_ticks_stand_where_the_mentions_are(bar: TickBar) -> None:
    bar.set_ticks([0.25, 0.75], HUE, [])
    rows = rows_of(bar.grab().toImage(), HUE)
    assert rows == [100, 101, 298, 299] or (95 < rows[0] < 105 and 293 < rows[-1] < 303)


def test_first_and_last_tick_lie_inside_the_bar(bar: TickBar) -> None:
    bar.set_ticks([0.0, 1.0], HUE, [])
    rows = rows_of(bar.grab().toImage(), HUE)
    assert rows[0] == 0
    assert rows[-1] == 399


def test_search_hits_have_a_colour_of_their_own(bar: TickBar) -> None:
    bar.set_ticks([0.5], HUE, [0.9])
    image = bar.grab().toImage()
    assert not rows_of(image, HUE)[-1] > 300
    assert rows_of(image, QColor("#d9a400"))


def test_clearing_takes_all_ticks_away(bar: TickBar) -> None:
    bar.set_ticks([0.5], HUE, [0.9])
    bar.clear()
    assert not rows_of(bar.grab().toImage(), HUE)
    assert bar.entity_ticks == bar.search_ticks == ()


def test_a_text_that_fits_shows_no_handle(bar: TickBar) -> None:
    bar.setRange(0, 0)
    image = bar.grab().toImage()
    assert {image.pixelColor(6, y).name() for y in range(400)} == {bar.palette().base().color().name()}
