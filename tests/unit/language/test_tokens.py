from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.language.tokens import tokenize


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("प्रधानमंत्री नरेंद्र मोदी।", ["प्रधानमंत्री", "नरेंद्र", "मोदी", "।"]),
        ("ज़ेलेंस्की क्\u200dष", ["ज़ेलेंस्की", "क्\u200dष"]),
        ("People's UN’s Leaders'", ["People", "'s", "UN", "’s", "Leaders", "'"]),
        ("don't O'Brien 'said'", ["don't", "O'Brien", "'", "said", "'"]),
        ("6,22,338 1.5 6:04 १,२०० 79th", ["6,22,338", "1.5", "6:04", "१,२००", "79th"]),
        ("UN-Russia Luna-25", ["UN", "-", "Russia", "Luna", "-", "25"]),
        ("#UNGA79, #भारत_बंद @isro.", ["#UNGA79", ",", "#भारत_बंद", "@isro", "."]),
        ("K.L. Rahul, U.N.-led", ["K.L.", "Rahul", ",", "U.N.", "-", "led"]),
        ("S. Jaishankar एस. जयशंकर", ["S", ".", "Jaishankar", "एस", ".", "जयशंकर"]),
        ("(https://x.com/a/1).", ["(", "https://x.com/a/1", ")", "."]),
        ("🇮🇳 👨‍👩‍👧!", ["🇮🇳", "👨‍👩‍👧", "!"]),
        ("$100 6.25%", ["$", "100", "6.25", "%"]),
    ],
)
def test_text_falls_into_its_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_places_count_from_the_start_of_the_whole_text() -> None:
    tokens = tokenize("🚀 रूस और Russia", 2, 5)
    assert [(token.start, token.end, token.text) for token in tokens] == [(2, 5, "रूस")]


@given(st.text(alphabet=st.sampled_from("aZ1 .'’#@-क्षिज़ं।\u200d\n👩🇮🇳,:/_"), max_size=40))
def test_tokens_cover_everything_but_white_space_in_order(text: str) -> None:
    tokens = tokenize(text)
    position = 0
    for token in tokens:
        assert text[position : token.start].strip() == ""
        assert token.text == text[token.start : token.end] != ""
        position = token.end
    assert text[position:].strip() == ""
