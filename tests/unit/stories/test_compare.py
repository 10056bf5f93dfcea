"""Comparing one English and one Hindi article: relation, reasons, passages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from desktop_app.domain import Comparison, ExtractedArticle, Language, Relation, Sentence, SentenceKind
from desktop_app.stories.features import EntitySpan, article_features, linkable_texts
from desktop_app.stories.finder import compare_articles
from desktop_app.stories.matching import match_terms
from desktop_app.stories.models import shipped_models
from desktop_app.stories.relation import judge
from tests.benchmarks.story_data import comparable_cases, from_lines, lone_articles, read_documents

ENGLISH = [
    "Quake of magnitude 6.4 kills 157 in western Nepal",
    "Rescuers searched on Saturday for survivors of an earthquake that killed at least 157 people in Nepal.",
    "The quake struck Jajarkot district at 11:47 pm on Friday, the National Seismological Centre said.",
    "Prime Minister Pushpa Kamal Dahal flew to the area with doctors and medicine.",
    "Schools in Kathmandu stayed open.",
]
HINDI = [
    "नेपाल में भूकंप से 157 लोगों की मौत",
    "प्रधानमंत्री पुष्प कमल दाहाल डॉक्टरों और दवाओं के साथ इलाके में पहुंचे।",
    "जाजरकोट जिले में शुक्रवार रात 11 बजकर 47 मिनट पर 6.4 तीव्रता का भूकंप आया।",
    "भारत ने राहत सामग्री भेजने का ऐलान किया है।",
]


def _article(lines: list[str], language: Language) -> ExtractedArticle:
    return from_lines(lines, language)[0]


def _compared(english: list[str], hindi: list[str]) -> Comparison:
    en, hi = _article(english, Language.ENGLISH), _article(hindi, Language.HINDI)
    return compare_articles(article_features(en), article_features(hi))


def _pairs(comparison: Comparison) -> set[tuple[int, int]]:
    return {(i, j) for link in comparison.links for i in link.en for j in link.hi}


def test_two_reports_of_one_event_are_lined_up_without_an_encoder() -> None:
    comparison = _compared(ENGLISH, HINDI)
    assert comparison.relation is not Relation.UNRELATED
    assert {(2, 2), (3, 1)} <= _pairs(comparison)


def test_a_sentence_that_only_one_side_has_is_left_alone() -> None:
    comparison = _compared(ENGLISH, HINDI)
    assert 4 in comparison.only_en
    assert 3 in comparison.only_hi


def test_reasons_name_what_a_reader_can_check() -> None:
    reasons = {(reason.en, reason.hi, reason.kind) for reason in _compared(ENGLISH, HINDI).reasons}
    assert ("Jajarkot", "जाजरकोट", "name") in reasons
    assert any(kind == "number" for _, _, kind in reasons)


def test_articles_about_other_things_are_unrelated_and_have_no_links() -> None:
    comparison = _compared(ENGLISH, ["क्रिकेट: भारत ने ऑस्ट्रेलिया को हराया", "विराट कोहली ने 76 रन बनाए।"])
    assert comparison.relation is Relation.UNRELATED
    assert comparison.links == ()
    assert comparison.only_en == (0, 1, 2, 3, 4)


def test_an_article_without_sentences_is_unrelated_to_anything() -> None:
    empty = ExtractedArticle("", "", True, None, None, Language.HINDI, ())
    en = article_features(_article(ENGLISH, Language.ENGLISH))
    comparison = compare_articles(en, article_features(empty))
    assert comparison.relation is Relation.UNRELATED
    assert comparison.links == ()


def test_date_and_address_lines_are_never_linked() -> None:
    text = "4 नवंबर 2023\nhttps://x.com/example/status/1720000000000000000"
    sentences = (Sentence(0, 12, SentenceKind.DATE), Sentence(13, len(text), SentenceKind.URL))
    hindi = ExtractedArticle(text, "", True, None, None, Language.HINDI, sentences)
    assert linkable_texts(hindi) == []
    comparison = compare_articles(article_features(_article(ENGLISH, Language.ENGLISH)), article_features(hindi))
    assert comparison.links == ()
    assert comparison.only_hi == ()


def test_a_far_date_speaks_against_and_a_missing_one_not() -> None:
    en, hi = _article(ENGLISH, Language.ENGLISH), _article(HINDI, Language.HINDI)
    day = dt.date(2023, 11, 4)
    dated = article_features(replace(en, date=day))
    far, undated, near = (
        judge(dated, article_features(replace(hi, date=date)), shipped_models()).related
        for date in (dt.date(2015, 4, 26), None, day)
    )
    assert far < undated
    assert near == undated


def test_vectors_must_be_one_for_each_passage() -> None:
    with pytest.raises(ValueError, match="1 vectors for 5 sentences"):
        article_features(_article(ENGLISH, Language.ENGLISH), np.zeros((1, 384), np.float32))


def test_one_entity_in_both_articles_is_a_match_whatever_it_is_called() -> None:
    en, hi = _article(["Dahal spoke."], Language.ENGLISH), _article(["प्रचंड बोले।"], Language.HINDI)
    apart = match_terms(article_features(en), article_features(hi))
    joined = match_terms(
        article_features(en, entities=[EntitySpan(0, 5, "7")]), article_features(hi, entities=[EntitySpan(0, 7, "7")])
    )
    assert (0, 0) not in apart
    assert (0, 0) in joined


def test_comparable_pairs_are_found_and_lone_articles_are_not(comparable: Path) -> None:
    cases = list(comparable_cases(comparable))
    for case in cases:
        comparison = compare_articles(article_features(case.en), article_features(case.hi))
        assert comparison.relation is Relation.SAME_EVENT, case.name
    bypoll = dict(lone_articles(comparable))["single-wayanad-bypoll"]
    cricket = next(case for case in cases if case.name == "t20-world-cup-final")
    assert compare_articles(article_features(cricket.en), article_features(bypoll)).relation is Relation.UNRELATED


def test_a_translation_is_told_from_a_report_and_lined_up(training: Path) -> None:
    english, hindi = read_documents(training)[2]
    comparison = _compared(english, hindi)
    assert comparison.relation is Relation.TRANSLATION
    assert len(_pairs(comparison)) >= len(english) - 3
