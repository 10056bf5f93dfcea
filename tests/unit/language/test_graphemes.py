from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import Span
from desktop_app.language.graphemes import snap


def test_a_cut_between_consonant_and_matra_is_widened() -> None:
    assert snap("बिहार", 1, 2) == Span(0, 2)


def test_an_emoji_family_stays_whole() -> None:
    text = "a 👨‍👩‍👧 b"
    assert snap(text, 3, 4) == Span(2, 7)


def test_borders_that_are_whole_stay() -> None:
    text = "संयुक्त राष्ट्र महासभा"
    assert snap(text, 0, 7) == Span(0, 7)
    assert snap(text, 8, 15) == Span(8, 15)


def test_an_empty_span_stays_empty_and_the_ends_are_kept_inside() -> None:
    assert snap("abc", 1, 1) == Span(1, 1)
    assert snap("abc", 0, 99) == Span(0, 3)
    assert snap("", 0, 0) == Span(0, 0)


@given(st.text(alphabet=st.sampled_from("a1 \nक्षि़ं\u200d👩👧🇮🇳e\u0301"), max_size=30), st.data())
def test_borders_agree_with_segmenting_the_whole_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    borders = {0, *(match.end() for match in regex.finditer(r"\X", text))}
    span = snap(text, start, end)
    assert span.start in borders
    assert span.end in borders
    assert span.start <= start
    assert span.end >= end or start == end
