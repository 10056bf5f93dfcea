"""Folding: spellings of one word meet, different words stay apart."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.language.folding import WORD, fold, stem

WORDS = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=0x0900, max_codepoint=0x097F),
        st.sampled_from("abcXYZéßİﬁ\u200c\u200d\u0301\u0307१२9"),
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("हिन्दी", "हिंदी"),
        ("गाँव", "गांव"),
        ("ज़मीन", "जमीन"),
        ("ज़मीन", "ज\u093cमीन"),
        ("क्\u200dष", "क्ष"),
        ("ऩ", "न"),
        ("१२३", "123"),
        ("लम्बा", "लंबा"),
        ("ठण्डा", "ठंडा"),
        ("Guterres", "GUTERRES"),
        ("José", "jose"),
        ("ﬁne", "FINE"),
    ],
)
def test_spellings_of_one_word_fold_to_one_form(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("सिन्ह", "सिंह"), ("सम्मान", "संमान"), ("काम", "कम"), ("उन्नीस", "उंनीस")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(WORDS)
def test_folding_twice_changes_nothing(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(WORDS)
def test_folding_does_not_see_how_unicode_is_composed(word: str) -> None:
    assert fold(unicodedata.normalize("NFD", word)) == fold(unicodedata.normalize("NFC", word))


def test_words_keep_their_matras_and_end_at_the_danda() -> None:
    text = "प्रधानमंत्री नरेंद्र मोदी। Lavrov's डॉ॰ 'UN-Russia' क्\u200dष॥"
    assert WORD.findall(text) == [
        "प्रधानमंत्री", "नरेंद्र", "मोदी", "Lavrov", "s", "डॉ", "UN", "Russia", "क्\u200dष",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [("लड़कों", "लड़के"), ("governments", "government"), ("meetings", "meeting"), ("समझौते", "समझौता")],
)
def test_inflections_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_number_is_its_own_stem_in_either_script() -> None:
    assert stem("२०२४") == stem("2024") == "2024"


def test_stems_are_the_same_from_many_threads() -> None:
    words = [f"{root}{ending}" for root in ("govern", "meet", "लड़क", "समझौत") for ending in ("ing", "ed", "ों", "े")] * 50
    expected = [stem(word) for word in words]
    stem.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(stem, words)) == expected
