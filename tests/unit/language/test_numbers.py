"""Numbers and dates of both languages come to one value."""

from __future__ import annotations

import pytest

from desktop_app.language.numbers import (
    LABEL_UNIT,
    TIME_UNIT,
    DateMention,
    Quantity,
    find_dates,
    find_numbers_and_dates,
)


def find_numbers(text: str) -> tuple[Quantity, ...]:
    return find_numbers_and_dates(text)[0]


def _values(text: str) -> list[tuple[float, str]]:
    return [(quantity.value, quantity.unit) for quantity in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("about 1.5 million people", 1_500_000.0, ""),
        ("करीब 15 लाख लोग", 1_500_000.0, ""),
        ("१५ लाख लोग", 1_500_000.0, ""),
        ("cost Rs 615 crore", 6.15e9, "inr"),
        ("615 करोड़ रु. की लागत", 6.15e9, "inr"),
        ("$75 million", 75e6, "usd"),
        ("लगभग साढ़े नौ हजार रु.", 9500.0, "inr"),
        ("ढाई प्रतिशत", 2.5, "%"),
        ("सवा लाख मत", 125_000.0, ""),
        ("पौने दो करोड़", 17_500_000.0, ""),
        ("6,22,338 वोट", 622_338.0, ""),
        ("the 4,096-km frontier", 4096.0, "km"),
        ("4,096 किमी लंबी", 4096.0, "km"),
        ("6.25 per cent", 6.25, "%"),
        ("two hundred and fifty thousand", 250_000.0, ""),
        ("twenty-five", 25.0, ""),
        ("50 हजार करोड़", 5e11, ""),
        ("दो सौ लोग", 200.0, ""),
        ("the 79th session", 79.0, ""),
        ("79वें सत्र", 79.0, ""),
    ],
)
def test_a_number_has_one_value_however_it_is_written(text: str, value: float, unit: str) -> None:
    assert _values(text) == [(value, unit)]


def test_what_each_gets_is_counted_once() -> None:
    assert _values("मृतकों को दो-दो लाख रु. और घायलों को ५०-५० हजार रु.") == [(200_000.0, "inr"), (50_000.0, "inr")]


def test_both_ends_of_a_range_have_its_scale() -> None:
    assert [value for value, _ in _values("30-40 लाख लोग")] == [3e6, 4e6]


def test_numbers_beyond_punctuation_are_not_added_up() -> None:
    assert [value for value, _ in _values("सवा लाख; पौने दो करोड़, 30")] == [125_000.0, 17_500_000.0, 30.0]


def test_a_number_in_a_name_is_a_label() -> None:
    assert _values("G20 जी-20 Chandrayaan-3") == [(20.0, LABEL_UNIT), (20.0, LABEL_UNIT), (3.0, LABEL_UNIT)]


def test_clock_times_agree_across_languages() -> None:
    assert _values("at 6:04 pm") == _values("शाम 6 बजकर 4 मिनट पर") == [(364.0, TIME_UNIT)]
    assert _values("8 am") == _values("करीब आठ बजे") == [(480.0, TIME_UNIT)]


def test_one_alone_is_no_number_but_an_article() -> None:
    assert find_numbers("एक नेता ने कहा; one of them") == ()


def test_spans_are_those_of_the_text() -> None:
    text = "पहले 🙂 १५ लाख लोग"
    assert find_numbers(text) == (Quantity(7, 13, 1_500_000.0, ""),)
    assert text[7:13] == "१५ लाख"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Sep 27, 2024", DateMention(0, 12, 2024, 9, 27)),
        ("Sept. 9", DateMention(0, 7, None, 9, 9)),
        ("23 जुलाई 2024", DateMention(0, 13, 2024, 7, 23)),
        ("१ अगस्त", DateMention(0, 7, None, 8, 1)),
        ("13 सितम्बर", DateMention(0, 10, None, 9, 13)),
        ("May 2020", DateMention(0, 8, 2020, 5)),
        ("मई 2020", DateMention(0, 7, 2020, 5)),
        ("शनिवार", DateMention(0, 6, weekday=5)),
    ],
)
def test_dates_are_read_as_far_as_the_text_gives_them(text: str, date: DateMention) -> None:
    assert find_dates(text) == (date,)


def test_a_year_alone_is_a_date_not_a_quantity() -> None:
    assert find_dates("वर्ष 1991 में")[0].year == 1991
    assert find_numbers("वर्ष 1991 में") == ()


def test_the_verb_may_is_no_month() -> None:
    assert find_dates("He may come, and they march on") == ()


def test_addresses_hold_no_numbers() -> None:
    assert find_numbers("https://x.com/example/status/1839446383465754941") == ()


def test_joiners_that_stand_alone_are_no_number() -> None:
    for joiner in ("\u200c", "\u200d", "\u093c", "0\u0904\u1000\U00010000\u200c\U00010000"):
        assert find_dates(f"On {joiner} May") == find_dates("On x May")
