from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.language.normalise import normalise


def test_line_ends_become_newlines_and_the_byte_order_mark_goes() -> None:
    assert normalise("\ufeffएक\r\nदो\rतीन\n") == "एक\nदो\nतीन\n"


def test_precomposed_nukta_letters_are_taken_apart_as_nfc_demands() -> None:
    assert normalise("\u095e\u0947") == "\u092b\u093c\u0947"
    assert normalise("cafe\u0301") == "caf\u00e9"


def test_joiners_quotes_and_spaces_stay() -> None:
    text = "क्\u200dष “quoted”  two\u00a0spaces \n"
    assert normalise(text) == text


@given(st.text())
def test_a_second_pass_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once
