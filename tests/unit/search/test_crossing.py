"""A word finds its spelling in the other script, its inflections and, ranked lower, its translations."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.domain import Language
from desktop_app.search.documents import IndexDocument
from desktop_app.search.expansion import ALL_KINDS, AlternativeKind, Expansions
from desktop_app.search.index import SearchIndex


@pytest.mark.parametrize("query", ["lavrov", "Lavrov", "LAVROV", "लवरोव", "लावरोव", "lavrow"])
def test_every_spelling_of_a_name_finds_both_scripts(index: SearchIndex, query: str) -> None:
    assert sorted(hit.id for hit in index.search(query).hits) == [1, 2]


@pytest.mark.parametrize(
    "query",
    [
        "sanyukt rashtra",
        '"sanyukt rashtra"',
        "baithak",
        "lavrov aur guterres ki baithak",
        "yudh",
        "sarkaron",
        "title:baithak",
    ],
)
def test_romanised_hindi_finds_hindi(index: SearchIndex, query: str) -> None:
    assert 2 in {hit.id for hit in index.search(query).hits}


def test_a_phrase_keeps_its_order_in_the_other_script(index: SearchIndex) -> None:
    assert index.search('"rashtra sanyukt"').total == 0


@pytest.mark.parametrize("query", ["=lavrov", '="sergey lavrov"'])
def test_an_exact_word_stays_in_its_script(index: SearchIndex, query: str) -> None:
    assert [hit.id for hit in index.search(query).hits] == [1]


def test_a_phrase_finds_its_translation_in_the_same_order(index: SearchIndex) -> None:
    index.add([IndexDocument(5, "", "The United Nations met.", Language.ENGLISH)])
    assert index_ids(index, '"संयुक्त राष्ट्र"') == [2, 5]
    assert index_ids(index, '"राष्ट्र संयुक्त"') == []
    assert index_ids(index, '"united nations"') == [5, 2]


def test_letters_spelled_in_hindi_meet_the_acronym(index: SearchIndex) -> None:
    assert sorted(hit.id for hit in index.search("UN").hits) == [1, 2]
    assert sorted(hit.id for hit in index.search("un").hits) == [1, 2]
    assert sorted(hit.id for hit in index.search("यूएन").hits) == [1, 2]


@pytest.mark.parametrize("text", ["जी-20 की बैठक", "जी20 की बैठक", "The G20 meets", "The G-20 meets"])
@pytest.mark.parametrize("query", ["g20", "G-20", "जी20", "जी-20"])
def test_a_name_with_a_number_is_found_however_it_is_written(empty_index: SearchIndex, query: str, text: str) -> None:
    empty_index.add([IndexDocument(1, "", text, Language.HINDI), IndexDocument(2, "", "20 जी", Language.HINDI)])
    assert index_ids(empty_index, query) == [1]


@pytest.mark.parametrize(("query", "text"), [("pradhan mantri", "प्रधानमंत्री ने"), ("rail way", "the railway line")])
def test_two_words_find_the_one_they_are_joined_to(empty_index: SearchIndex, query: str, text: str) -> None:
    empty_index.add([IndexDocument(1, "", text, Language.HINDI)])
    assert index_ids(empty_index, query) == [1]


def test_translations_are_found_after_the_word_itself(index: SearchIndex) -> None:
    assert [hit.id for hit in index.search("landslide").hits] == [4]
    hits = index.search("युद्ध").hits
    assert [hit.id for hit in hits] == [2, 1]
    assert hits[1].score < hits[0].score / 2


@pytest.mark.parametrize(
    ("query", "text"),
    [("man", "मन की बात"), ("case", "कैसे हुआ"), ("us", "उस दिन"), ("main", "मैं गया"), ("UN", "उन दिनों"), ("it", "इत उत")],
)
def test_ordinary_words_do_not_find_what_merely_sounds_alike(empty_index: SearchIndex, query: str, text: str) -> None:
    empty_index.add([IndexDocument(1, "", text, Language.HINDI)])
    assert index_ids(empty_index, query) == []


@pytest.mark.parametrize(
    ("query", "text"),
    [("court", "कोर्ट में"), ("report", "रिपोर्ट आई"), ("modi", "मोदी ने कहा"), ("bond", "बॉन्ड पर रोक")],
)
def test_loans_and_names_do(empty_index: SearchIndex, query: str, text: str) -> None:
    empty_index.add([IndexDocument(1, "", text, Language.HINDI)])
    assert index_ids(empty_index, query) == [1]


@pytest.mark.parametrize(
    ("query", "text"),
    [("bhukamp", "The earthquake struck."), ("chunaav", "The election was held."),
     ("rel durghatna", "A rail accident."), ("भूकंप", "The quake struck.")],
)  # fmt: skip
def test_romanised_hindi_finds_the_english_it_means(empty_index: SearchIndex, query: str, text: str) -> None:
    empty_index.add([IndexDocument(1, "", text, Language.ENGLISH)])
    assert index_ids(empty_index, query) == [1]


def test_what_was_typed_stands_before_what_it_means(empty_index: SearchIndex) -> None:
    texts = ("The meeting ended. The meeting was long.", "बैठक हुई।", "A baithak.", "बैठकों में")
    empty_index.add(IndexDocument(number, "", text, Language.HINDI) for number, text in enumerate(texts, 1))
    assert index_ids(empty_index, "baithak") == [3, 2, 4, 1]


@pytest.mark.parametrize("query", ["UN", "U.N.", "यूएन"])
@pytest.mark.parametrize("text", ["The U.N. chief", "The UN chief", "यूएन प्रमुख"])
def test_an_acronym_is_found_with_dots_and_without(empty_index: SearchIndex, query: str, text: str) -> None:
    empty_index.add([IndexDocument(1, "", text, Language.ENGLISH)])
    assert index_ids(empty_index, query) == [1]


@pytest.mark.parametrize(("query", "text"), [("niraj", "Neeraj won"), ("लावरोव", "लवरोव मिले"), ("लवरोव", "लावरोव मिले")])
def test_a_name_is_found_by_vowels_of_any_length(empty_index: SearchIndex, query: str, text: str) -> None:
    """Though no article spells it in the other script."""
    empty_index.add(IndexDocument(n, "", words, Language.HINDI) for n, words in enumerate((text, query), 1))
    assert index_ids(empty_index, query) == [2, 1]


def test_a_phrase_may_be_half_spelled_and_half_translated(empty_index: SearchIndex) -> None:
    empty_index.add([IndexDocument(1, "", "एक फील्ड अस्पताल भेजा", Language.HINDI)])
    assert index_ids(empty_index, '"field hospital"') == [1]
    assert index_ids(empty_index, '"hospital field"') == []


def test_a_full_name_finds_articles_that_name_it_otherwise(empty_index: SearchIndex) -> None:
    names = ("Donald Trump", "डोनाल्ड ट्रम्प")
    empty_index.add(
        [
            IndexDocument(1, "", "Trump spoke.", Language.ENGLISH, entity_ids=(5,), entity_names=names),
            IndexDocument(2, "", "Donald Duck spoke.", Language.ENGLISH),
        ]
    )
    assert index_ids(empty_index, "donald trump") == [1]
    assert index_ids(empty_index, "डोनाल्ड ट्रंप") == [1]


def test_an_entity_is_found_by_a_name_that_only_other_articles_give_it(empty_index: SearchIndex) -> None:
    empty_index.add(
        [
            IndexDocument(1, "", "Lavrov", Language.ENGLISH, entity_ids=(5,), entity_names=("Lavrov", "लवरोव")),
            IndexDocument(2, "", "लवरोव", Language.HINDI, entity_ids=(5,), entity_names=("लवरोव",)),
            IndexDocument(3, "", "मोदी", Language.HINDI, entity_ids=(6,), entity_names=("मोदी",)),
        ]
    )

    def expand(text: str) -> Expansions:
        return Expansions(entities=(5,) if text == "Lavrov" else ())

    assert sorted(hit.id for hit in empty_index.search("entity:Lavrov", expand=expand).hits) == [1, 2]
    assert [hit.id for hit in empty_index.search("-entity:Lavrov", expand=expand).hits] == [3]


def test_a_misspelt_word_crosses_scripts_as_the_one_that_was_meant(empty_index: SearchIndex) -> None:
    empty_index.add(
        [
            IndexDocument(1, "", "An earthquake in Nepal", Language.ENGLISH),
            IndexDocument(2, "", "नेपाल में भूकंप", Language.HINDI),
        ]
    )
    assert index_ids(empty_index, "eathrquake") == [1, 2]
    result = empty_index.search("eathrquake nepal")
    assert [hit.id for hit in result.hits] == [1, 2]
    assert result.suggestion == "earthquake nepal"


@pytest.mark.parametrize("query", ["donation", "किताब"])
def test_a_word_that_exists_is_not_taken_for_another(empty_index: SearchIndex, query: str) -> None:
    empty_index.add([IndexDocument(1, "", "The nation. एक खिताब", Language.ENGLISH)])
    assert index_ids(empty_index, query) == []


@pytest.mark.parametrize("query", ["baithak", "lavrof", "UN", "videsh mantri"])
def test_an_exact_search_looks_for_nothing_else(index: SearchIndex, query: str) -> None:
    wanted = [hit.id for hit in index.search(query, exact=True).hits]
    assert wanted == index_ids(index, " ".join(f"={word}" for word in query.split()))


def test_each_way_of_writing_can_be_switched_off(index: SearchIndex) -> None:
    assert index_ids(index, "युद्ध") == [2, 1]
    without = index.search("युद्ध", kinds=ALL_KINDS - {AlternativeKind.TRANSLATION})
    assert [hit.id for hit in without.hits] == [2]
    only = index.search("Lavrov", kinds=frozenset((AlternativeKind.OTHER_SCRIPT,)))
    assert [hit.id for hit in only.hits] == [1, 2]


def test_the_seeds_are_found_across_scripts(tmp_path: Path, seeds: Path) -> None:
    index = SearchIndex(tmp_path / "index", "a token")
    index.open_or_create()
    texts = [path.read_text(encoding="utf-8") for path in sorted(seeds.glob("*.txt"))]
    languages = (Language.ENGLISH, Language.HINDI)
    index.add(
        IndexDocument(number, "", text, language)
        for number, (text, language) in enumerate(zip(texts, languages, strict=True), 1)
    )
    assert sorted(index_ids(index, "lavrov")) == [1, 2]
    assert sorted(index_ids(index, "लवरोव")) == [1, 2]
    assert index_ids(index, '"संयुक्त राष्ट्र"') == [2, 1]
    assert index_ids(index, '"राष्ट्र संयुक्त"') == []


def index_ids(index: SearchIndex, query: str) -> list[int]:
    return [hit.id for hit in index.search(query).hits]
