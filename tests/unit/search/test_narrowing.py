"""Hits narrowed by language, date, source and entity, and counted by the same."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop_app.domain import Language, Narrowing
from desktop_app.search.facets import MOST_VALUES
from desktop_app.search.index import SearchIndex
from desktop_app.search.narrowing import written_out
from tests.unit.search.conftest import CRICKET


def counted(index: SearchIndex, query: str, narrowing: Narrowing = Narrowing()) -> dict[str, object]:  # noqa: B008
    facets = index.search(query, narrowing=narrowing, with_facets=True, limit=1).facets
    assert facets is not None
    values = {
        name: {value.value: value.count for value in getattr(facets, name)}
        for name in ("sources", "months", "entities")
    }
    return {"en": facets.english, "hi": facets.hindi, "undated": facets.undated, **values}


@pytest.mark.parametrize(
    ("narrowing", "expected"),
    [
        (Narrowing(), [1, 2]),
        (Narrowing(Language.HINDI), [2]),
        (Narrowing(first=dt.date(2024, 9, 1), last=dt.date(2024, 9, 30)), [1]),
        (Narrowing(last=dt.date(2023, 12, 31)), []),
        (Narrowing(source="The Daily Lamp"), [1]),
        (Narrowing(undated=True), [2]),
        (Narrowing(source="Daily Lamp"), []),
        (Narrowing(entities=(7,)), [1, 2]),
        (Narrowing(entities=(7, 9)), [1]),
    ],
)
def test_hits_stay_within_the_narrowing(index: SearchIndex, narrowing: Narrowing, expected: list[int]) -> None:
    assert sorted(hit.id for hit in index.search("lavrov", narrowing=narrowing).hits) == expected


def test_a_narrowing_alone_is_a_search(index: SearchIndex) -> None:
    assert [hit.id for hit in index.search("", narrowing=Narrowing(Language.HINDI)).hits] == [4, 2]
    assert index.search("", narrowing=Narrowing()).total == 0


def test_an_open_quotation_mark_does_not_swallow_the_narrowing(index: SearchIndex) -> None:
    result = index.search('"lavrov', narrowing=Narrowing(Language.ENGLISH), as_you_type=True)
    assert [hit.id for hit in result.hits] == [1]


def test_the_last_word_is_a_beginning_within_a_narrowing_too(index: SearchIndex) -> None:
    result = index.search("guterr", narrowing=Narrowing(Language.ENGLISH), as_you_type=True)
    assert [hit.id for hit in result.hits] == [1]


def test_all_hits_are_counted_not_only_those_shown(index: SearchIndex) -> None:
    assert counted(index, "lavrov") == {
        "en": 1,
        "hi": 1,
        "undated": 1,
        "sources": {"the daily lamp": 1},
        "months": {"2024-09": 1},
        "entities": {"7": 2, "9": 1},
    }
    assert counted(index, "lavrov", Narrowing(Language.HINDI))["entities"] == {"7": 1}
    assert counted(index, "xyzzy")["entities"] == {}


def test_counts_follow_changes_of_the_index(index: SearchIndex) -> None:
    assert counted(index, "-lavrov")["sources"] == {"harbour post": 1, "दैनिक दीप": 1}
    index.remove([CRICKET.id])
    assert counted(index, "-lavrov")["sources"] == {"दैनिक दीप": 1}
    index.add([CRICKET])
    assert counted(index, "-lavrov")["months"] == {"2024-07": 1, "2023-11": 1}


def test_the_most_frequent_values_are_given_and_months_newest_first(empty_index: SearchIndex) -> None:
    from dataclasses import replace

    days = [dt.date(2000 + number, 1, 1) for number in range(MOST_VALUES + 3)] + [dt.date(2001, 1, 5)]
    empty_index.add(replace(CRICKET, id=number, date=day) for number, day in enumerate(days, 1))
    facets = empty_index.search("india", with_facets=True).facets
    assert facets is not None
    months = [month.value for month in facets.months]
    assert len(months) == MOST_VALUES
    assert "2001-01" in months
    assert months == sorted(months, reverse=True)
    assert [(source.value, source.count, source.example in range(1, len(days) + 1)) for source in facets.sources] == [
        ("harbour post", len(days), True)
    ]


def test_a_library_without_names_has_no_such_facets(empty_index: SearchIndex) -> None:
    assert counted(empty_index, "lavrov")["entities"] == {}


def test_exact_finds_only_the_form_in_its_script(index: SearchIndex) -> None:
    assert [hit.id for hit in index.search("lavrov", exact=True).hits] == [1]
    assert [hit.id for hit in index.search("government", exact=True).hits] == [3]
    assert {hit.id for hit in index.search("governm*", exact=True).hits} == {1, 3}
    assert {hit.id for hit in index.search("governm", exact=True, as_you_type=True).hits} == {1, 3}


def test_a_narrowed_search_is_written_out_as_one_query(index: SearchIndex) -> None:
    narrowing = Narrowing(Language.ENGLISH, dt.date(2024, 9, 1), dt.date(2024, 9, 30), "The Daily Lamp", (7,))
    query = written_out(' "lavrov', narrowing, lambda _: "United Nations")
    assert query == 'lang:en date:2024-09-01..2024-09-30 source:="The Daily Lamp" entity:"United Nations" "lavrov'
    assert [hit.id for hit in index.search(query).hits] == [1]
    assert written_out("un", Narrowing(first=dt.date(2024, 9, 1)), str) == "date:2024-09-01.. un"
    assert written_out("un", Narrowing(undated=True), str) == "date:none un"
