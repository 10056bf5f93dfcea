"""Snippets show the best passage with every hit marked, cut where readers would cut."""

from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import Span
from desktop_app.search.expansion import AlternativeKind, Concept, Pattern
from desktop_app.search.index import SearchIndex
from desktop_app.search.snippets import Matcher, find_spans, make_snippet, matched_forms
from tests.unit.search.conftest import ENGLISH_MEETING, HINDI_MEETING


def looking_for(*phrases: str) -> Matcher:
    return Matcher(
        Concept(phrase, (Pattern(tuple((word,) for word in phrase.split()), AlternativeKind.FORM, 1.0),))
        for phrase in phrases
    )


def marked(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def test_all_forms_that_the_index_matched_are_marked(index: SearchIndex) -> None:
    matcher = index.search("government lavrov").matcher
    text = ENGLISH_MEETING.text
    assert marked(text, find_spans(text, matcher)) == ["Lavrov", "Lavrov", "governments"]
    text = HINDI_MEETING.text
    spans = find_spans(text, matcher)
    assert marked(text, spans) == ["लवरोव", "लवरोव", "सरकारों"]
    assert matched_forms(text, spans) == ("लवरोव", "सरकारों")


def test_a_phrase_is_one_span_and_its_words_alone_are_none() -> None:
    text = "United efforts. The United\nNations met; nations united."
    spans = find_spans(text, looking_for("united nations"))
    assert marked(text, spans) == ["United\nNations"]
    assert matched_forms(text, spans) == ("United Nations",)


def test_excluded_words_are_not_marked(index: SearchIndex) -> None:
    matcher = index.search("minister -lavrov").matcher
    assert marked(ENGLISH_MEETING.text, find_spans(ENGLISH_MEETING.text, matcher)) == ["Minister"]


def test_overlapping_hits_are_marked_once() -> None:
    text = "the foreign minister said"
    assert marked(text, find_spans(text, looking_for("foreign minister", "minister", "foreign"))) == [
        "foreign minister"
    ]


def test_the_passage_with_most_of_the_query_is_shown() -> None:
    filler = "Nothing of note happened on that day in the city. " * 20
    text = f"{filler}Rain fell. {filler}Rain and flood came together to the valley. {filler}"
    snippet = make_snippet(text, looking_for("rain", "flood"))
    assert marked(snippet.text, snippet.spans) == ["Rain", "flood"]
    assert snippet.text.startswith("…Rain and flood")
    assert snippet.text.endswith("…")
    assert len(snippet.text) <= 220


def test_a_short_text_is_shown_whole_on_one_line() -> None:
    snippet = make_snippet("Rain\n\n  fell\tagain ", looking_for("fell"))
    assert snippet.text == "Rain fell again"
    assert marked(snippet.text, snippet.spans) == ["fell"]


def test_without_a_hit_the_beginning_is_shown() -> None:
    text = "  First sentence here. " + "More words follow. " * 30
    snippet = make_snippet(text, looking_for("absent"))
    assert snippet.text.startswith("First sentence here.")
    assert snippet.spans == ()
    assert len(snippet.text) <= 220
    assert make_snippet("", looking_for("absent")).text == ""


def test_a_danda_ends_a_sentence() -> None:
    text = "पहला वाक्य यहाँ समाप्त हुआ। " * 20 + "बारिश से बाढ़ आई। " + "अंतिम वाक्य यहाँ है। " * 20
    snippet = make_snippet(text, looking_for("बाढ"))
    assert "…बारिश से बाढ़ आई।" in snippet.text
    assert marked(snippet.text, snippet.spans) == ["बाढ़"]


ALPHABET = st.sampled_from(
    [
        "rain ",
        "flood. ",
        "बाढ़ ",
        "क्\u200dषेत्र ",
        "👨\u200d👩\u200d👧 ",
        "e\u0301a",
        "\n",
        "।",
        "x" * 90,
        "  ",
        "🇮🇳",
        "नि",
    ]
)


@given(st.lists(ALPHABET, max_size=60).map("".join), st.integers(20, 260))
def test_snippets_fit_and_cut_no_character(text: str, max_chars: int) -> None:
    matcher = looking_for("rain", "बाढ", "क्षेत्र")
    snippet = make_snippet(text, matcher, max_chars)
    assert "\n" not in snippet.text
    longest = max((len(cluster) for cluster in regex.findall(r"\X|\w+", text)), default=0)
    assert len(snippet.text) <= max_chars + longest
    borders = {0} | {cluster.end() for cluster in regex.finditer(r"\X", snippet.text)}
    for span in snippet.spans:
        assert {span.start, span.end} <= borders
        assert find_spans(snippet.text[span.start : span.end], matcher)
    for earlier, later in zip(snippet.spans, snippet.spans[1:], strict=False):
        assert earlier.end <= later.start
    if find_spans(text, matcher):
        assert snippet.spans
    whole = {cluster.group() for cluster in regex.finditer(r"\X", text)} | {" ", "…"}
    assert {cluster.group() for cluster in regex.finditer(r"\X", snippet.text)} <= whole
