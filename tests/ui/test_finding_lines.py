from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from desktop_app.domain import (
    Article,
    ArticlePair,
    Comparison,
    Entity,
    EntityType,
    Language,
    Mention,
    PassageLink,
    Relation,
    Span,
)
from desktop_app.ui.contrast_lines import NamedThings, Section
from desktop_app.ui.finding_lines import Finding, QuotedWords, finding_lines
from desktop_app.ui.passages import PassageMap

EN, HI = Language.ENGLISH, Language.HINDI
ENGLISH = '🌍 Some 1,800 people died in Pune on 5 August.\nModi said "we are with you" and left.'
HINDI = 'पुणे में १९०० लोगों की मौत हुई।\nउन्होंने "भारत शांति के पक्ष में है" कहा।'
LINK = PassageLink((0,), (0,), 0.9)
MODI = Entity(7, EntityType.PER, "Narendra Modi", "नरेंद्र मोदी")


@dataclass(frozen=True)
class Difference:
    kind: str
    en: Span
    hi: Span
    link: PassageLink = LINK


@dataclass(frozen=True)
class Quote:
    sentence: int
    span: Span
    speaker: str = ""
    entity: int | None = None


@dataclass(frozen=True)
class Quoted:
    en: Quote | None = None
    hi: Quote | None = None
    link: PassageLink | None = None


@dataclass(frozen=True)
class Found:
    differences: Sequence[Finding] = ()
    word_choices: Sequence[Finding] = ()
    quoted: Sequence[QuotedWords] = ()


@pytest.fixture
def passages(make_article: Callable[..., Article]) -> PassageMap:
    pair = ArticlePair(make_article(ENGLISH, EN), make_article(HINDI, HI, number=2))
    return PassageMap(pair, Comparison(Relation.SAME_EVENT, 0.9, (), (LINK,), (1,), (1,)))


@pytest.fixture
def named(make_mention: Callable[..., Mention]) -> NamedThings:
    return NamedThings({EN: [make_mention(ENGLISH, "Modi", 7)]}, {7: MODI})


def of(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def test_a_difference_is_named_so_that_either_reader_sees_it(passages: PassageMap, named: NamedThings) -> None:
    difference = Difference("number", of(ENGLISH, "1,800"), of(HINDI, "१९००"))
    (line,) = finding_lines(Found(differences=[difference]), passages, named)
    assert line.section is Section.DIFFERS
    assert line.label == "Number: 1,800 / 1900"
    assert (line.en.strong, line.hi.strong) == ("1,800", "१९००")
    assert line.en.text == ENGLISH.split("\n")[0]
    assert line.passage is passages.links[0]


def test_a_difference_in_a_link_the_reader_rejected_is_not_shown(passages: PassageMap, named: NamedThings) -> None:
    gone = Difference("number", Span(0, 1), Span(0, 1), PassageLink((1,), (1,), 0.9))
    assert finding_lines(Found(differences=[gone]), passages, named) == []


def test_a_word_choice_is_glossed(passages: PassageMap, named: NamedThings) -> None:
    choice = Difference("word", of(ENGLISH, "died"), of(HINDI, "शांति"))
    (line,) = finding_lines(Found(word_choices=[choice]), passages, named)
    assert line.section is Section.WORDS
    assert line.label == "died / peace"


def test_what_one_side_quotes_is_told_to_the_other_reader(passages: PassageMap, named: NamedThings) -> None:
    words = of(ENGLISH, "we are with you")
    (line,) = finding_lines(Found(quoted=[Quoted(en=Quote(1, words, "Modi", 7))]), passages, named)
    assert line.label == "Quoted only in English"
    assert line.en.strong == "Narendra Modi"
    assert line.en.text == "“we are with you”"
    assert line.hi.strong == "नरेंद्र मोदी"
    assert line.hi.hint
    assert line.passage.only is EN


def test_readers_of_english_see_who_speaks_in_their_letters(passages: PassageMap, named: NamedThings) -> None:
    words = of(HINDI, "भारत शांति के पक्ष में है")
    gandhi = Quoted(hi=Quote(1, words, "महात्मा गांधी"))
    nobody = Quoted(hi=Quote(1, words, "उन्होंने"))
    one, other = finding_lines(Found(quoted=[gandhi, nobody]), passages, named)
    assert one.en.strong == "Mahatma Gandhi"
    assert "peace" in one.en.text
    assert other.en.strong == ""
    assert other.hi.strong == "उन्होंने"


def test_a_quotation_of_both_sides_is_one_line(passages: PassageMap, named: NamedThings) -> None:
    both = Quoted(Quote(1, of(ENGLISH, "we are with you"), "Modi", 7), Quote(1, of(HINDI, "भारत शांति के पक्ष में है")), LINK)
    (line,) = finding_lines(Found(quoted=[both]), passages, named)
    assert line.label == ""
    assert line.hi.strong == "नरेंद्र मोदी", "the side that names nobody is told by the other"
    assert not line.hi.hint
    assert line.passage is passages.links[0]


def test_long_sentences_are_cut_around_what_differs(make_article: Callable[..., Article], named: NamedThings) -> None:
    english = "word " * 60 + "then 1,800 people " + "word " * 60
    pair = ArticlePair(make_article(english, EN), make_article(HINDI, HI, number=2))
    passages = PassageMap(pair, Comparison(Relation.SAME_EVENT, 0.9, (), (LINK,), (), ()))
    difference = Difference("number", of(english, "1,800"), of(HINDI, "१९००"))
    (line,) = finding_lines(Found(differences=[difference]), passages, named)
    assert line.en.text.startswith("…word")
    assert "1,800" in line.en.text[:80]
