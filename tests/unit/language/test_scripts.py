from __future__ import annotations

import pytest

from desktop_app.domain import Language
from desktop_app.language.scripts import count_words_by_script, detect_language, is_devanagari


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council met on Friday.", Language.ENGLISH),
        ("परिषद की बैठक शुक्रवार को हुई।", Language.HINDI),
        ("बैठक हुई https://example.com/a/long/english/path/here @SomeBody #SomeTag", Language.HINDI),
        ("मोदी ने 'Make in India' पर बात की और आगे की योजना बताई।", Language.HINDI),
        ('Crowds shouted "भारत माता की जय" as the results came in on Friday.', Language.ENGLISH),
        ("12 345 !?", Language.ENGLISH),
    ],
)
def test_language_is_that_of_most_words(text: str, language: Language) -> None:
    assert detect_language(text) is language


def test_a_word_with_matras_nukta_and_joiner_counts_once() -> None:
    assert count_words_by_script("ज़िंदगी क्\u200dष Moon") == {Language.ENGLISH: 1, Language.HINDI: 2}


def test_danda_alone_is_not_devanagari() -> None:
    assert not is_devanagari("।")
    assert is_devanagari("१")
    assert is_devanagari("xक")
