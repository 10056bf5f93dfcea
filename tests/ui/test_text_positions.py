from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from desktop_app.ui.text_positions import TextPositions, displayable


def test_emoji_shifts_what_follows_and_nothing_before() -> None:
    positions = TextPositions("a😀b🇮🇳c")
    assert [positions.to_qt(place) for place in range(7)] == [0, 1, 3, 4, 6, 8, 9]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_code_point_border_survives_the_way_there_and_back(text: str) -> None:
    positions = TextPositions(text)
    for place in range(len(text) + 1):
        assert positions.to_qt(place) == len(text[:place].encode("utf-16-le")) // 2
        assert positions.from_qt(positions.to_qt(place)) == place


def test_inside_a_surrogate_pair_is_the_border_before_it() -> None:
    assert TextPositions("x😀").from_qt(2) == 1


@pytest.mark.parametrize("intruder", ["\r", "\ufdd0", "\ufdd1", "\ufffc", "\ud800", "\u2029", "\u2028", "\x00", "\t"])
def test_a_document_holds_as_many_positions_as_the_text(qapp: object, intruder: str) -> None:
    text = f"सेतु{intruder}bridge 😀"
    document = QTextDocument()
    document.setPlainText(displayable(text))
    assert document.characterCount() - 1 == TextPositions(text).to_qt(len(text))
    assert document.findBlock(document.characterCount() - 2).text().endswith("bridge 😀")
