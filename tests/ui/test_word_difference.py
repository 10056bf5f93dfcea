from __future__ import annotations

import datetime as dt

import pytest

from desktop_app.domain import Span
from desktop_app.ui.date_dialog import read_date
from desktop_app.ui.word_difference import MOST_WORDS, changed_words


def words(text: str, spans: list[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def test_changed_words_are_told_by_both_texts() -> None:
    before, after = "रूस ने मंगलवार को कहा 😀 that all is well", "रूस ने बुधवार को कहा 😀 that nearly all is well"
    gone, come = changed_words(before, after)
    assert words(before, gone) == ["मंगलवार"]
    assert words(after, come) == ["बुधवार", "nearly"]


def test_equal_texts_differ_nowhere() -> None:
    assert changed_words("a b\nc", "a  b c") == ([], [])


def test_of_very_long_texts_only_the_beginning_is_compared() -> None:
    before = "w " * (MOST_WORDS + 50)
    assert changed_words(before, before + "end") == ([], [])


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-09-27", dt.date(2024, 9, 27)),
        (" 27.9.2024 ", dt.date(2024, 9, 27)),
        ("27/09/2024", dt.date(2024, 9, 27)),
        ("2024-02-30", None),
        ("27.9.24", None),
        ("3024-01-01", None),
        ("1066-10-14", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_people_write_it(text: str, date: dt.date | None) -> None:
    assert read_date(text) == date
