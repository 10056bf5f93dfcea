"""The bilingual lexicon and the topic words it is keyed by."""

from __future__ import annotations

from desktop_app.language.folding import stem
from desktop_app.language.lexicon import lexicon_from_text, shipped_lexicon
from desktop_app.language.terms import find_terms


def test_translations_are_found_in_both_directions_surest_first() -> None:
    lexicon = lexicon_from_text("युद्ध\twar\t80\nजंग\twar\t40\nजंग\trust\t30", "\t10\nwar\t4")
    assert [t.stem for t in lexicon.to_hindi("war")] == ["युद्ध", "जंग"]
    assert [t.stem for t in lexicon.to_english("जंग")] == ["war", "rust"]
    assert lexicon.to_english("शांति") == ()


def test_a_stem_in_every_text_says_nothing() -> None:
    lexicon = lexicon_from_text("", "\t10\nwar\t10\npeace\t1")
    assert lexicon.rarity("war") == 0.0
    assert lexicon.rarity("peace") < lexicon.rarity("unheard of")


def test_the_shipped_lexicon_knows_the_words_of_the_news() -> None:
    lexicon = shipped_lexicon()
    for english, hindi in (("government", "सरकार"), ("future", "भविष्य"), ("landslide", "भूस्खलन"), ("moon", "चांद")):
        assert stem(english) in {t.stem for t in lexicon.to_english(stem(hindi))}, (english, hindi)


def test_topic_words_leave_out_function_words_numbers_and_addresses() -> None:
    text = "The 3 ministers of भारत और अमेरिका met at https://x.com/a"
    assert [term.stem for term in find_terms(text)] == ["minist", stem("भारत"), stem("अमेरिका"), "met"]


def test_acronyms_are_one_word_with_and_without_stops() -> None:
    dotted, plain = find_terms("U.N. UN")
    assert dotted.stem == plain.stem == "un"
    assert dotted.acronym == "UN"
    assert [term.stem for term in find_terms("U.S. they saw us")] == ["america", stem("saw")]
