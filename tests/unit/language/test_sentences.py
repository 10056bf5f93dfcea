from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import Language
from desktop_app.language.sentences import split_sentences


def english(text: str, *, lead: bool = False) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, Language.ENGLISH, lead=lead)]


def hindi(text: str, *, lead: bool = False) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, Language.HINDI, lead=lead)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Dr. A. P. Rao met Mr. Lee in St. Lucia.", "They left."],
        ["He lives in the U.S.", "The visit ended at 5 p.m. on Friday."],
        ["U.S. President Lee spoke to U.N. Secretary-General Rao.", "All agreed."],
        ['"Why?" he asked.', '"Really!" Lee said.', '"Go!"', "The crowd roared."],
        ['She said: "We won.', 'We are happy."', "They agreed."],
        ['It was "a huge success".', "Nobody left."],
        ["Rs. 5.5 crore was paid on Jan. 6, i.e. on a Sunday.", "No. 7 won vs. Peru."],
        ["Shares of Acme Inc. rose 1.5 per cent.", "See bank.in for more."],
        ["The end... but not yet.", "That was in 2011.", "18 people came."],
        ["She wrote on X.", "Lee replied."],
        ["He left (it was late).", "(Nobody saw him.)", "The end."],
        ["Read https://example.org/a.b?c=d.The end of it.", "I said no.", "He left."],
        ["1. First of all.", "Then the rest."],
        ["We did it! 🚀", "India on the Moon. #Moon @isro https://example.org/x"],
    ],
)
def test_english_paragraph_falls_into_its_sentences(sentences: list[str]) -> None:
    assert english(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["विदेश मंत्री डॉ. एस. जयशंकर ने बात की।", "यू.एन. महासभा में सब आए।"],
        ["मदद के लिए 50 हजार रु. दिए गए।", "द. अफ्रीका को 1.5 लाख मिले।"],
        ['"क्या हम तैयार हैं?" उन्होंने पूछा।', "सब चुप रहे।"],
        ['उन्होंने "जय हिंद।" का नारा लगाया।', "सब गए।"],
        ["'हम साथ हैं'।", '"यह अच्छा है।"', "वे बोले।"],
        ["अगला सम्मेलन बाकू में होगा। #COP #बाकू"],
        ["वह गया|", "लोग आए॥", "क्या हुआ?", "कुछ नहीं!"],
    ],
)
def test_hindi_paragraph_falls_into_its_sentences(sentences: list[str]) -> None:
    assert hindi(" ".join(sentences)) == sentences


def test_a_forgotten_blank_does_not_join_two_sentences() -> None:
    assert english("They left the region.The talks go on.") == ["They left the region.", "The talks go on."]
    assert hindi("वे चले गए।उन्होंने कुछ नहीं कहा।") == ["वे चले गए।", "उन्होंने कुछ नहीं कहा।"]


def test_a_dateline_belongs_to_its_sentence_even_with_a_danda() -> None:
    assert hindi("पटना, 4 मार्च (एजेंसी)। नदी बढ़ी। लोग डरे।") == ["पटना, 4 मार्च (एजेंसी)। नदी बढ़ी।", "लोग डरे।"]
    assert hindi("पटना। नदी बढ़ी।", lead=True) == ["पटना। नदी बढ़ी।"]
    assert hindi("पटना। नदी बढ़ी।") == ["पटना।", "नदी बढ़ी।"]
    assert english("OSLO, Feb. 2 (AP). Rain fell. It stopped.") == [
        "OSLO, Feb. 2 (AP). Rain fell.",
        "It stopped.",
    ]


def test_a_text_without_punctuation_is_one_sentence() -> None:
    assert english("proud moment for all of us #Moon @isro") == ["proud moment for all of us #Moon @isro"]
    assert english("  \n ") == []


def test_spans_start_where_the_paragraph_starts() -> None:
    spans = split_sentences("One. Two.", Language.ENGLISH, 100)
    assert [(span.start, span.end) for span in spans] == [(100, 104), (105, 109)]


@given(
    st.lists(
        st.sampled_from(
            [
                "Dr.",
                "U.S.",
                "है।",
                '"',
                "(",
                ")",
                " ",
                "The",
                "a",
                "?",
                "!",
                "…",
                "#x",
                "🚀",
                "5",
                "|",
                "”",
                "'",
            ]
        )
    ),
    st.sampled_from(Language),
    st.booleans(),
)
def test_sentences_never_overlap_and_leave_only_blanks_out(parts: list[str], language: Language, lead: bool) -> None:
    text = "".join(parts)
    position = 0
    for span in split_sentences(text, language, lead=lead):
        assert text[position : span.start].strip() == ""
        sentence = text[span.start : span.end]
        assert sentence == sentence.strip() != ""
        position = span.end
    assert text[position:].strip() == ""


def test_borders_agree_with_the_hand_made_reading(comparable: Path) -> None:
    right = wrong = missed = 0
    for gold_file in sorted(comparable.glob("*/gold.json")):
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        for language in Language:
            if not (file := gold_file.with_name(f"{language}.txt")).exists():
                continue
            text = file.read_bytes().decode("utf-8")
            expected = {(s["start"], s["end"]) for s in gold["sentences"][language]}
            found, start = set(), 0
            for line in text.split("\n"):
                found |= {(s.start, s.end) for s in split_sentences(line, language, start, lead=True)}
                start += len(line) + 1
            right += len(found & expected)
            wrong += len(found - expected)
            missed += len(expected - found)
    assert 2 * right / (2 * right + wrong + missed) >= 0.98
