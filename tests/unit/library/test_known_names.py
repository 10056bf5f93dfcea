"""Other names of what is known beforehand, in both languages."""

from __future__ import annotations

import pytest

from desktop_app.known_names import KnownForm, KnownNames, shipped_names


def others(text: str) -> set[str]:
    return {other.text for other in shipped_names().other_names(text)}


@pytest.mark.parametrize("text", ["विदेश मंत्री", "videsh mantri", "Foreign Minister", "foreign minister"])
def test_an_office_is_known_by_all_its_names(text: str) -> None:
    assert {"External Affairs Minister", "विदेशमंत्री"} <= others(text)


@pytest.mark.parametrize(
    ("text", "other"),
    [("RBI", "भारतीय रिजर्व बैंक"), ("आरबीआई", "Reserve Bank of India"), ("sanyukt rashtra", "United Nations"),
     ("WHO", "विश्व स्वास्थ्य संगठन"), ("byaj dar", "interest rate"), ("rail accidents", "रेल दुर्घटना")],
)  # fmt: skip
def test_acronyms_bodies_and_terms_have_their_other_names(text: str, other: str) -> None:
    assert other in others(text)


def test_an_ordinary_word_is_no_acronym() -> None:
    assert "World Health Organization" not in others("who")
    assert "World Health Organization" in others("WHO")


def test_a_demonym_is_only_near_its_country() -> None:
    names = {other.text: other.near for other in shipped_names().other_names("Russia")}
    assert names["रूस"] is False
    assert names["Russian"] is True


def test_words_that_only_sound_alike_are_not_confused() -> None:
    names = KnownNames([KnownForm("ब्याज दर", "rate"), KnownForm("interest rate", "rate")])
    assert {other.text for other in names.other_names("byaj dar")} == {"ब्याज दर", "interest rate"}
    assert names.other_names("baaz dhar") == ()


@pytest.mark.parametrize(
    ("name", "ordinary"), [("संगठन", True), ("the commission", True), ("NATO", False), ("भारत", False)]
)
def test_short_forms_that_are_ordinary_words_are_told(name: str, ordinary: bool) -> None:
    assert shipped_names().is_ordinary(name) is ordinary
