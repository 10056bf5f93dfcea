"""Parts of very long texts: they cover the text without gaps, and none costs more than a layout may."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.ui.text_parts import BUDGET, part_around, part_before, part_from

PROSE = "रक्षा मंत्री ने कहा कि बातचीत जारी रहेगी। The minister left. "
HOSTILE = {
    "prose": PROSE * 4000,
    "word": "a" * 300_000,
    "lines": "\n" * 200_000,
    "marks": "क" + "\u0301" * 200_000,
    "controls": "\u202eabc\u202c" * 50_000,
    "emoji": "👨‍👩‍👧" * 40_000,
    "unknown": "".join(chr(0x1000 + number % 0x9000) for number in range(100_000)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_parts_follow_each_other_without_a_gap_to_the_end(text: str) -> None:
    end, count = 0, 0
    while end < len(text):
        part = part_from(text, end)
        assert part.start == end
        assert end < part.end <= end + BUDGET + 1500
        end, count = part.end, count + 1
    assert count > 1


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_parts_lead_back_to_the_beginning(text: str) -> None:
    start = len(text)
    while start > 0:
        part = part_before(text, start)
        assert part.start < start
        assert part.start == 0 or part.end == start
        start = part.start


@given(st.integers(0, len(HOSTILE["prose"])))
def test_the_part_around_a_place_holds_it(place: int) -> None:
    part = part_around(HOSTILE["prose"], place)
    assert part.start <= place < part.end or place == part.end == len(HOSTILE["prose"])


def test_an_ordinary_article_is_one_part() -> None:
    article = PROSE * 500
    assert part_from(article, 0).end == len(article)
    assert part_around(article, 9000).start == 0


def test_a_part_ends_with_a_word() -> None:
    text = HOSTILE["prose"]
    assert text[part_from(text, 0).end - 1] == " "


def test_costly_letters_make_smaller_parts() -> None:
    assert part_from(HOSTILE["word"], 0).end * 4 < part_from(HOSTILE["prose"], 0).end
