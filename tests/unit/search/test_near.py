"""Behind the few hits of a phrase stand articles that hold most of it or mean the same."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from desktop_app.domain import ENOUGH_HITS, HitKind, Language
from desktop_app.search.documents import IndexDocument
from desktop_app.search.index import SearchIndex
from desktop_app.search.near import MOST

TEXTS = (
    "Captain Rohit Sharma made nine runs in the final.",
    "Rohit Sharma lay down on the pitch.",
    "The bank cut its rate.",
    "रोहित शर्मा ने मिट्टी चखी।",
    "Nothing of the kind.",
)


@pytest.fixture
def index(empty_index: SearchIndex) -> SearchIndex:
    languages = [Language.HINDI if text[0] > "z" else Language.ENGLISH for text in TEXTS]
    empty_index.add(
        IndexDocument(number, "", text, language)
        for number, (text, language) in enumerate(zip(TEXTS, languages, strict=True), 1)
    )
    return empty_index


def kinds(index: SearchIndex, query: str, like: Mapping[int, float] | None = None) -> dict[int, HitKind]:
    return {hit.id: hit.kind for hit in index.search(query, likeness=lambda _: like or {}).hits}


def test_most_of_the_words_come_near(index: SearchIndex) -> None:
    found = kinds(index, "rohit sharma captain")
    assert found == {1: HitKind.ALL, 2: HitKind.SOME, 4: HitKind.SOME}
    assert next(iter(found)) == 1


def test_near_ones_are_not_counted(index: SearchIndex) -> None:
    assert index.search("rohit sharma captain").total == 1


def test_what_means_the_same_comes_near(index: SearchIndex) -> None:
    assert kinds(index, "cheaper loans", {3: 0.5, 5: 0.1}) == {3: HitKind.MEANING}
    assert index.search("cheaper loans", likeness=lambda _: {3: 0.5}).message.startswith("No article has")


def test_both_together_say_more_than_each(index: SearchIndex) -> None:
    assert kinds(index, "bank loans", {3: 0.25}) == {3: HitKind.SOME}
    assert kinds(index, "bank loans", {5: 0.25}) == {}


@pytest.mark.parametrize(
    "query", ['"rohit captain"', "=rohit captain", "rohit OR captain", "title:rohit captain", "rohit (captain sharma)"]
)
def test_who_asks_precisely_gets_nothing_near(index: SearchIndex, query: str) -> None:
    assert set(kinds(index, query, {5: 0.9}).values()) <= {HitKind.ALL}


def test_one_word_and_an_unfinished_one_ask_for_nothing_near(index: SearchIndex) -> None:
    assert kinds(index, "loans", {3: 0.9}) == {}
    assert index.search("cheaper loans", as_you_type=True, likeness=lambda _: {3: 0.9}).hits == ()


def test_filters_hold_for_near_ones(index: SearchIndex) -> None:
    assert kinds(index, "rohit sharma captain lang:hi") == {4: HitKind.SOME}
    assert kinds(index, "rohit sharma captain -pitch") == {1: HitKind.ALL, 4: HitKind.SOME}


def test_a_romanised_phrase_is_asked_for_in_hindi(index: SearchIndex) -> None:
    asked: list[str] = []

    def likeness(phrase: str) -> Mapping[int, float]:
        asked.append(phrase)
        return {}

    index.search("rahat karz", likeness=likeness)
    assert asked == ["राहत कर्ज"]


def test_many_hits_need_nothing_near(empty_index: SearchIndex) -> None:
    empty_index.add(IndexDocument(n, "", "red blue green", Language.ENGLISH) for n in range(1, ENOUGH_HITS + 1))
    empty_index.add([IndexDocument(90, "", "red blue", Language.ENGLISH)])
    assert 90 not in kinds(empty_index, "red blue green")


def test_only_a_few_stand_behind_the_hits(empty_index: SearchIndex) -> None:
    empty_index.add(IndexDocument(n, "", "red blue", Language.ENGLISH) for n in range(1, 20))
    empty_index.add([IndexDocument(90, "", "red blue green", Language.ENGLISH)])
    assert next(iter(kinds(empty_index, "red blue green"))) == 90
    assert len(kinds(empty_index, "red blue green")) <= 1 + MOST
