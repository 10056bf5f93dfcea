from __future__ import annotations

from desktop_app.language.gloss import gloss, latin_name, word_forms
from desktop_app.language.lexicon import lexicon_from_text

LEXICON = lexicon_from_text("भूकंप\tearthquak\t70\nसत्र\tsession\t60\nसमाध\trajghat\t14\n", "\t10\n")
FORMS = {"earthquak": "earthquake"}


def words(text: str) -> list[str]:
    return [found.word for found in gloss(text, LEXICON, FORMS)]


def test_words_are_shown_as_words_not_as_stems() -> None:
    assert words("सत्र और भूकंप") == ["session", "earthquake"]


def test_both_directions() -> None:
    assert words("An earthquake shook it.") == ["भूकंप"]


def test_doubtful_translations_are_passed_over() -> None:
    assert words("समाधि पर") == []


def test_places_count_code_points() -> None:
    text = "🌍 भूकंप"
    found = next(gloss(text, LEXICON, FORMS))
    assert text[found.start : found.end] == "भूकंप"


def test_shipped_forms_are_words_of_the_shipped_lexicon() -> None:
    assert word_forms()["earthquak"] == "earthquake"
    assert [found.word for found in gloss("मोरक्को में भूकंप")] == ["Morocco", "earthquake"]


def test_names_are_spelled_as_newspapers_do() -> None:
    assert latin_name("महात्मा गांधी") == "Mahatma Gandhi"
    assert latin_name("आरबीआई") == "RBI"
    assert latin_name("डोनाल्ड टस्क") == "Donald Task"
    assert latin_name("1947 का समझौता") == "1947 Ka Samjhauta"
