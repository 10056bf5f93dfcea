"""A story as its readers see it: what is found, what is one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.domain import EntityType, Language, MentionForm, Sentence

if TYPE_CHECKING:
    from tests.unit.entities.conftest import Annotate

ENGLISH = (
    "Geneva, May 3 : Swiss President Viola Amherd met French Foreign Minister Stephane Sejourne on Friday. "
    "Amherd said the Foreign Minister of France had agreed. The two spoke about the Border Security Force (BSF)."
)
HINDI = (
    "जिनेवा, 3 मई (एजेंसी)। स्विस राष्ट्रपति वियोला एमहर्ड ने शुक्रवार को फ्रांसीसी विदेश मंत्री स्टेफान सेजोर्न से मुलाकात की। "
    "एमहर्ड ने कहा कि फ्रांस के साथ बातचीत अच्छी रही।"
)


def test_names_of_two_scripts_are_one_thing(annotate: Annotate) -> None:
    story = annotate(ENGLISH, HINDI)
    assert story.same("Viola Amherd", "Amherd", "वियोला एमहर्ड", "एमहर्ड")
    assert story.same("Geneva", "जिनेवा")
    assert story.same("French", "France", "फ्रांसीसी", "फ्रांस")


def test_clusters_have_names_in_both_scripts_and_count_forms(annotate: Annotate) -> None:
    cluster = annotate(ENGLISH, HINDI).cluster("Amherd")
    assert (cluster.en, cluster.hi) == ("Viola Amherd", "वियोला एमहर्ड")
    assert cluster.forms[Language.ENGLISH] == {"Viola Amherd": 1, "Amherd": 1}


def test_title_holds_demonym_and_stands_for_its_person(annotate: Annotate) -> None:
    story = annotate(ENGLISH)
    title = story.mention("French Foreign Minister")
    assert (title.type, title.form) == (EntityType.PER, MentionForm.TITLE)
    assert story.same("French Foreign Minister", "Stephane Sejourne", "the Foreign Minister of France")
    assert story.mention("French").form is MentionForm.DEMONYM


def test_defined_short_name_is_the_long_one(annotate: Annotate) -> None:
    assert annotate(ENGLISH).same("Border Security Force", "BSF")


def test_nothing_is_found_inside_addresses(annotate: Annotate) -> None:
    text = "Lavrov flew to Moscow.\nhttps://x.com/Russia/status/1\nHe wrote to office@Moscow.ru on Monday."
    assert annotate(text).forms().count("Moscow") == 1
    assert "Russia" not in annotate(text).forms()


def test_ordinary_words_that_sound_like_names_stay_words(annotate: Annotate) -> None:
    story = annotate(
        "Actress Mila Kunis flew to Paris with Ashton Kutcher.", "पेरिस में उन्हें पुरस्कार मिला और सबको मौका मिला।"
    )
    assert story.forms(1) == ["पेरिस"]


def test_place_with_two_meanings_needs_support(annotate: Annotate) -> None:
    assert annotate("बगीचे का माली पौधों को पानी देता है।").forms() == []
    assert annotate("Troops left Mali.", "माली की सेना ने बयान दिया।").same("Mali", "माली")


def test_capital_dateline_is_the_city(annotate: Annotate) -> None:
    assert annotate("DUBAI, U.A.E. (Dec. 13) – Talks ended in Dubai.").same("DUBAI", "Dubai")


def test_an_article_alone_keeps_its_names(annotate: Annotate) -> None:
    story = annotate("प्रधानमंत्री नरेंद्र मोदी ने कहा कि भारत तैयार है। मोदी मंगलवार को लौटेंगे।")
    assert story.forms() == ["प्रधानमंत्री", "नरेंद्र मोदी", "भारत", "मोदी"]


def test_no_names_no_clusters(annotate: Annotate) -> None:
    assert annotate("nothing happened here today.").annotation.clusters == ()


@dataclass(frozen=True)
class Seen:
    start: int
    end: int
    type: EntityType
    score: float = 0.9


class Recogniser:
    """Finds one given word."""

    def __init__(self, word: str, kind: EntityType) -> None:
        self._word, self._kind = word, kind

    def recognise(self, text: str, sentences: Sequence[Sentence], language: Language) -> list[Seen]:
        start = text.find(self._word)
        return [Seen(start, start + len(self._word), self._kind)] if start >= 0 else []


def test_recogniser_adds_names_that_no_rule_knows(annotate: Annotate) -> None:
    text = "The road to Zarnovia was closed. Officials said Zarnovia has no power."
    story = annotate(text, recogniser=Recogniser("Zarnovia", EntityType.LOC))
    assert story.forms().count("Zarnovia") == 2
    assert story.mention("Zarnovia").type is EntityType.LOC


def test_recognised_title_is_cut_from_the_name(annotate: Annotate) -> None:
    story = annotate("Justice Zorbin said no.", recogniser=Recogniser("Justice Zorbin", EntityType.PER))
    assert story.forms() == ["Justice", "Zorbin"]
