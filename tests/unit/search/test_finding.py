"""Finding words in an open text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.search.finding import find_in_text

TEXT = (
    "Lavrov met Guterres — “the UN’s chief”.\nलवरोव ने ज़मीन पर क़दम रखा। Naïve ministers, 🌍 UN-Russia talks; "
    "क्\u200dषेत्र में प्रधानमंत्री की बैठक हिन्दी में हुई। court court"
)


def found(wanted: str) -> list[str]:
    return [TEXT[span.start : span.end] for span in find_in_text(TEXT, wanted)]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("lavrov", ["Lavrov", "लवरोव"]),
        ("लवरोव", ["Lavrov", "लवरोव"]),
        ("minist", ["minist"]),
        ("inister", ["inister"]),
        ("NAIVE", ["Naïve"]),
        ("जमीन", ["ज़मीन"]),
        ("कदम", ["क़दम"]),
        ("क्षेत्र", ["क्\u200dषेत्र"]),
        ("प्रधान", ["प्रधान"]),
        ("हिंदी", ["हिन्दी"]),
        ("un russia", ["UN-Russia"]),
        ("met gut", ["met Gut"]),
        ("avrov met", ["avrov met"]),
        ("लवरोव met", ["Lavrov met"]),
        ("met Lavrov", []),
        ("—", ["—"]),
        ("court", ["court", "court"]),
        ("", []),
        ("  ", []),
        ("xyzzy", []),
    ],
)
def test_words_are_found_folded_in_part_and_in_the_other_script(wanted: str, expected: list[str]) -> None:
    assert found(wanted) == expected


def test_several_places_in_one_word_are_several() -> None:
    assert [(span.start, span.end) for span in find_in_text("papa", "pa")] == [(0, 2), (2, 4)]


def test_a_mark_never_cuts_a_cluster() -> None:
    (span,) = find_in_text("किताब", "क")
    assert (span.start, span.end) == (0, 2)


@given(st.text(max_size=60), st.text(max_size=8))
def test_places_lie_in_the_text_and_follow_each_other(text: str, wanted: str) -> None:
    end = 0
    for span in find_in_text(text, wanted):
        assert end <= span.start < span.end <= len(text)
        end = span.end
