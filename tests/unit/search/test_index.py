"""What is found, in which order, and what is said when nothing is."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.search.documents import IndexDocument
from desktop_app.search.expansion import Alternative, AlternativeKind, Expansions
from desktop_app.search.index import BATCH, SearchIndex
from tests.unit.search.conftest import CRICKET, DOCUMENTS, ENGLISH_MEETING, FLOOD, HINDI_MEETING


def found(index: SearchIndex, query: str, *, as_you_type: bool = False) -> list[int]:
    return [hit.id for hit in index.search(query, as_you_type=as_you_type).hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"संयुक्त राष्ट्र"', [2]),
        ('"राष्ट्र संयुक्त"', []),
        ("राष्ट्र संयुक्त", [2]),
        ('"foreign minister sergey"', [1]),
        ('"minister foreign"', []),
        ("minister -lavrov", [3]),
        ("NOT lavrov lang:en", [3]),
        ("lang:hi", [4, 2]),
        ("lang:hi -बारिश", [2]),
        ("congratulations OR बारिश", [4, 3]),
        ("date:2024", [1, 4]),
        ("date:2024-09", [1]),
        ("after:2024-07-30", [1, 4]),
        ("before:2024-07-30", [3]),
        ("date:2023-01-01..2024-08", [4, 3]),
        ('source:"daily lamp"', [1]),
        ("source:दीप", [4]),
        ("source:lamp daily", []),
        ("entity:#9", [1]),
        ('entity:"संयुक्त राष्ट्र"', [1, 2]),
        ("entity:lavrov", [1]),
        ("entity:nobody", []),
        ("title:final", [3]),
        ("title:congratulations", []),
        ('title:"लवरोव और गुटेरेस"', [2]),
        ("-the", [4, 2]),
        ("the minister of the final", [3]),
        ("क्षेत्र", [2]),
    ],
)
def test_queries_find(index: SearchIndex, query: str, expected: list[int]) -> None:
    assert found(index, query) == expected


def test_undated_articles_match_no_date_but_everything_else(index: SearchIndex) -> None:
    assert 2 not in found(index, "date:0001..9999")
    assert 2 in found(index, "-date:0001..9999")


def test_the_word_as_typed_ranks_before_its_inflections(index: SearchIndex) -> None:
    assert found(index, "lang:en government") == [3, 1]
    assert found(index, "=government") == [3]


def test_a_word_in_the_title_counts_more(index: SearchIndex) -> None:
    index.add([replace(CRICKET, id=8, title="Other news", text="Other news\nIndia wins the final at last.")])
    assert found(index, "final") == [3, 8]


def test_words_next_to_each_other_count_more(index: SearchIndex) -> None:
    apart = "a valley of green hills and one river"
    together = "a green valley of hills and one river"
    index.add([replace(CRICKET, id=8, title="", text=apart), replace(CRICKET, id=9, title="", text=together)])
    assert found(index, "green valley") == [9, 8]
    assert found(index, "green hills") == [8, 9]
    assert found(index, "valley green") == [8, 9]  # next to each other in neither: the lower id


def test_newer_articles_come_first_among_equals(index: SearchIndex) -> None:
    index.add([replace(CRICKET, id=8, date=FLOOD.date), replace(CRICKET, id=9, date=None)])
    assert found(index, "congratulations") == [8, 3, 9]
    assert [hit.id for hit in index.search("lang:en", sort="date").hits] == [1, 8, 3, 9]


def test_capitals_tell_an_acronym_from_a_word(index: SearchIndex) -> None:
    (hit,) = index.search("US").hits
    assert hit.id == 1
    with_us = index.search("US").matcher.hits(ENGLISH_MEETING.text)
    assert [ENGLISH_MEETING.text[hit.span.start : hit.span.end] for hit in with_us] == ["US"]


def test_the_last_word_completes_while_typing(index: SearchIndex) -> None:
    assert found(index, "lav") == []
    assert sorted(found(index, "lav", as_you_type=True)) == [1, 2]
    assert sorted(found(index, "lav*")) == [1, 2]
    assert found(index, "वाय", as_you_type=True) == [4]
    assert found(index, '"foreign min', as_you_type=True) == [1]


def test_hits_are_limited_and_counted(index: SearchIndex) -> None:
    result = index.search("lang:en OR lang:hi", limit=3)
    assert len(result.hits) == 3
    assert result.total == 4


def test_each_hit_names_the_terms_it_holds(index: SearchIndex) -> None:
    terms = {hit.id: hit.terms for hit in index.search("lavrov").hits}
    assert terms == {1: ("lavrov",), 2: ("लवरोव",)}


def test_an_added_article_replaces_the_one_of_the_same_id(index: SearchIndex) -> None:
    index.add([replace(CRICKET, title="Rain stops play", text="Rain stops play")])
    assert found(index, "rain") == [3, 4]
    assert found(index, "congratulations") == []
    assert index.document_ids() == {1, 2, 3, 4}


def test_a_removed_article_is_gone(index: SearchIndex) -> None:
    index.remove([1, 99])
    assert found(index, "lavrov") == [2]
    assert index.document_ids() == {2, 3, 4}
    assert index.document_count == 3
    index.remove([99])
    assert index.document_count == 3


def test_many_changes_leave_few_segments_and_no_article_twice(empty_index: SearchIndex, tmp_path: Path) -> None:
    for step in range(40):
        empty_index.add([replace(CRICKET, id=step % 25, text=f"step{step} common word")])
    assert found(empty_index, "common").__len__() == 25
    assert empty_index.search("common", limit=99).total == 25
    assert found(empty_index, "step39") == [14]
    assert found(empty_index, "step14") == []
    assert len(list((tmp_path / "index").glob("*.trm"))) < 10


def test_more_articles_than_a_batch_are_all_indexed(empty_index: SearchIndex) -> None:
    empty_index.add(IndexDocument(n, f"t{n}", "rain", CRICKET.language) for n in range(BATCH + 10))
    assert empty_index.document_count == BATCH + 10
    assert empty_index.search("rain").total == BATCH + 10


def test_a_word_far_into_a_long_article_is_found(empty_index: SearchIndex) -> None:
    empty_index.add([replace(CRICKET, text="word " * 70_000 + "needle here")])
    assert found(empty_index, "needle") == [3]
    assert found(empty_index, "=word") == [3]


def test_clearing_leaves_an_empty_index(index: SearchIndex) -> None:
    index.clear()
    assert index.document_ids() == set()
    assert index.search("lavrov").message == "There are no articles to search yet."
    index.add(DOCUMENTS)
    assert found(index, "=lavrov") == [1]


def test_the_index_opens_again_with_the_same_token(index: SearchIndex, tmp_path: Path) -> None:
    again = SearchIndex(tmp_path / "index", "a token")
    assert again.open_or_create() is False
    assert found(again, "=lavrov") == [1]


def test_nothing_found_is_a_sentence(index: SearchIndex) -> None:
    assert index.search("zzzzzz").message == "No article has “zzzzzz”."
    assert index.search("india भूस्खलन").message == "No article has all of this together."
    assert index.search("lavrov").message == ""


def test_a_slip_finds_what_was_meant_and_suggests_the_whole_query(index: SearchIndex) -> None:
    result = index.search("pact lavrof")
    assert [hit.id for hit in result.hits] == found(index, "pact lavrov")
    assert result.message == "No article has “lavrof”; these have “lavrov”."
    assert result.suggestion == "pact lavrov"
    assert index.search("वायनाल").suggestion == "वायनाड"


def test_an_exact_slip_finds_nothing_but_a_suggestion(index: SearchIndex) -> None:
    result = index.search("lavrof", exact=True)
    assert result.hits == ()
    assert result.message == "No article has “lavrof”. Did you mean “lavrov”?"
    assert result.suggestion == "lavrov"


def test_a_mistaken_filter_is_told_and_the_rest_is_found(index: SearchIndex) -> None:
    result = index.search("lavrov date:2024-99")
    assert [hit.id for hit in result.hits] == [1, 2]
    (problem,) = result.query.problems
    assert "is not a date" in problem.sentence


def united_nations(text: str) -> Expansions:
    names = ("united nations", "un", "संयुक्त राष्ट्र")
    if text.lower() not in names:
        return Expansions()
    return Expansions(tuple(Alternative(name) for name in ("United Nations", "UN", "संयुक्त राष्ट्र")))


@pytest.mark.parametrize("query", ['"संयुक्त राष्ट्र"', "united nations", "UN", "un", '"united nations"'])
def test_a_name_finds_the_aliases_of_what_it_names(index: SearchIndex, query: str) -> None:
    assert sorted(hit.id for hit in index.search(query, expand=united_nations).hits) == [1, 2]


def test_an_exact_query_takes_no_aliases(index: SearchIndex) -> None:
    assert [hit.id for hit in index.search('="संयुक्त राष्ट्र"', expand=united_nations).hits] == [2]


def test_the_name_as_typed_ranks_before_its_aliases(index: SearchIndex) -> None:
    assert [hit.id for hit in index.search('"संयुक्त राष्ट्र"', expand=united_nations).hits] == [2, 1]


def test_an_alias_of_capitals_does_not_match_the_common_word(index: SearchIndex) -> None:
    index.add([replace(CRICKET, id=8, title="a", text="they told us and made us laugh")])
    expand = {"america": Expansions((Alternative("US"),))}
    hits = index.search("america", expand=lambda text: expand.get(text, Expansions())).hits
    assert [hit.id for hit in hits] == [1]


def test_a_translation_given_by_the_caller_ranks_by_its_weight(index: SearchIndex) -> None:
    added = Expansions((Alternative("congratulations", AlternativeKind.TRANSLATION, 0.1),))
    hits = index.search("बारिश", expand=lambda _: added).hits
    assert [hit.id for hit in hits] == [4, 3]
    assert hits[1].score < 0.2 * hits[0].score


def test_no_query_raises(index: SearchIndex) -> None:
    rng = random.Random(3)
    parts = ['"', "“", "(", ")", "-", "=", "*", " ", " ", "OR ", "title:", "date:", "after:2024", "lang:hi", "entity:",
             "source:", "un", "US", "संयुक्त",
             "राष्ट्र", "g20", "2024", "क्", "\u200d", "😀", "the", "lavrov", "\x00", "’s"]  # fmt: skip
    for _ in range(400):
        query = "".join(rng.choices(parts, k=rng.randint(1, 9)))
        result = index.search(query, as_you_type=rng.random() < 0.5)
        assert len(result.hits) == result.total <= 4
        for document in DOCUMENTS:
            result.matcher.hits(document.text)


def test_the_folder_is_private(index: SearchIndex, tmp_path: Path) -> None:
    if os.name == "posix":
        assert (tmp_path / "index").stat().st_mode & 0o077 == 0


def test_function_words_of_one_language_do_not_shut_out_the_other(index: SearchIndex) -> None:
    assert found(index, "the baithak of lavrov")[0] == HINDI_MEETING.id
    assert HINDI_MEETING.id not in found(index, "=the baithak")


def test_a_star_stands_for_every_ending_but_a_word_being_typed_for_the_likeliest(empty_index: SearchIndex) -> None:
    words = [f"prov{first}{second}" for first in "abcd" for second in "efgh"]
    empty_index.add(replace(CRICKET, id=number, text=word) for number, word in enumerate(words, 1))
    assert empty_index.search("prov*", limit=100).total == len(words)
    assert empty_index.search("=prov*", limit=100).total == len(words)
    assert 0 < empty_index.search("prov", as_you_type=True, limit=100).total < len(words)
