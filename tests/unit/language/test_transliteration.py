"""Names across scripts: spelling, sound, spelled letters."""

import pytest

from desktop_app.language.devanagari import devanagari_units, spelled_letters, to_latin
from desktop_app.language.transliteration import name_similarity, skeletons


@pytest.mark.parametrize(
    ("hindi", "latin"),
    [("लवरोव", "lavrov"), ("चंद्रयान", "chandrayaan"), ("मुंबई", "mumbaee"), ("ज़ेलेंस्की", "zelenskee")],
)
def test_devanagari_is_spelled_as_it_sounds(hindi: str, latin: str) -> None:
    assert to_latin(hindi) == latin


def test_final_inherent_vowel_is_silent() -> None:
    assert devanagari_units("राम") == ("र", "ा", "म")


@pytest.mark.parametrize(
    ("hindi", "letters"),
    [("यूएन", "UN"), ("यू.एन.", "UN"), ("डी वाई", "DY"), ("बीजेपी", "BJP"), ("सीबीआई", "CBI"), ("एस", "S")],
)
def test_spelled_letters_are_read(hindi: str, letters: str) -> None:
    assert spelled_letters(hindi) == letters


@pytest.mark.parametrize("word", ["नाटो", "मोदी", "सरकार", "एक", ""])
def test_words_that_spell_no_letters(word: str) -> None:
    assert spelled_letters(word) is None


@pytest.mark.parametrize(
    ("english", "hindi"),
    [
        ("Lavrov", "लवरोव"),
        ("Antonio Guterres", "एंटोनियो गुतेरस"),
        ("Zelenskyy", "जेलेंस्की"),
        ("DY Chandrachud", "डी वाई चंद्रचूड़"),
        ("S. Jaishankar", "एस. जयशंकर"),
        ("K.L. Rahul", "के.एल. राहुल"),
        ("UN", "यूएन"),
        ("Narayana Murthy", "नारायणमूर्ति"),
    ],
)
def test_one_name_in_two_scripts_is_similar(english: str, hindi: str) -> None:
    assert name_similarity(english, hindi) > 0.6


@pytest.mark.parametrize(
    ("english", "hindi"),
    [("Lavrov", "गुटेरेस"), ("Lazzarini", "लवरोव"), ("Thursday", "गुरुवार"), ("", "मोदी")],
)
def test_different_names_are_not_similar(english: str, hindi: str) -> None:
    assert name_similarity(english, hindi) < 0.4


@pytest.mark.parametrize(
    ("english", "hindi"),
    [("Zelenskyy", "ज़ेलेंस्की"), ("Scholz", "शोल्ज"), ("Gurgaon", "गुड़गांव"), ("Chandigarh", "चंडीगढ")],
)
def test_words_of_one_sound_share_a_skeleton(english: str, hindi: str) -> None:
    assert skeletons(english) & skeletons(hindi)
