"""Hindi in Latin letters is read however people type it."""

from __future__ import annotations

import pytest

from desktop_app.language.folding import fold, stem
from desktop_app.language.roman_hindi import RomanHindi, by_skeleton, shipped_roman_hindi


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("baithak", "बैठक"), ("chunav", "चुनाव"), ("chunaav", "चुनाव"), ("videsh", "विदेश"), ("mantri", "मंत्री"),
        ("mantree", "मंत्री"), ("bhukamp", "भूकंप"), ("bhookamp", "भूकंप"), ("durghatna", "दुर्घटना"), ("byaj", "ब्याज"),
        ("sarkar", "सरकार"), ("sarkaar", "सरकार"), ("yudh", "युद्ध"), ("yuddh", "युद्ध"), ("vishwa", "विश्व"),
        ("vishv", "विश्व"), ("antriksh", "अंतरिक्ष"), ("antariksh", "अंतरिक्ष"), ("shiksha", "शिक्षा"), ("zameen", "जमीन"),
        ("jameen", "जमीन"), ("fauj", "फौज"), ("aarakshan", "आरक्षण"), ("arakshan", "आरक्षण"), ("kisan", "किसान"),
        ("puraskar", "पुरस्कार"), ("jalvayu", "जलवायु"), ("jalwayu", "जलवायु"), ("samjhauta", "समझौता"),
        ("adhikar", "अधिकार"), ("swasthya", "स्वास्थ्य"), ("vyapar", "व्यापार"), ("hadsa", "हादसा"), ("haadsa", "हादसा"),
        ("bacchon", "बच्चों"), ("mukhyamantri", "मुख्यमंत्री"), ("rashtrapati", "राष्ट्रपति"), ("gaon", "गांव"),
    ],
)  # fmt: skip
def test_informal_spellings_are_read(typed: str, word: str) -> None:
    assert stem(word) in {stem(reading.word) for reading in shipped_roman_hindi().readings(typed)}


def test_a_long_vowel_that_is_spelled_out_is_heard() -> None:
    hindi = RomanHindi(by_skeleton([fold("बाढ़"), fold("बढ़")]))
    assert [reading.word for reading in hindi.readings("baadh")] == [fold("बाढ़")]
    assert {reading.word for reading in hindi.readings("badh")} == {fold("बाढ़"), fold("बढ़")}


@pytest.mark.parametrize("typed", ["", "a", "ab", "बैठक", "2024", "xyzzy"])
def test_what_spells_no_word_has_no_reading(typed: str) -> None:
    assert shipped_roman_hindi().readings(typed) == ()
