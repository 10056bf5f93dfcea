"""Titles and short forms that stand for a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.unit.entities.conftest import Annotate


def test_office_alone_means_its_holder(annotate: Annotate) -> None:
    story = annotate("Prime Minister Anthony Albanese spoke first. Then the prime minister left.")
    assert story.same("Anthony Albanese", "the prime minister")


def test_role_of_nobody_in_particular_is_no_mention(annotate: Annotate) -> None:
    story = annotate(
        "Prime Minister Narendra Modi left. It was the first visit by an Indian prime minister.",
        "प्रधानमंत्री नरेंद्र मोदी लौट आए। यह किसी भारतीय प्रधानमंत्री की पहली यात्रा है।",
    )
    assert story.forms(0).count("prime minister") == 0
    assert story.forms(1).count("प्रधानमंत्री") == 1


def test_apposition_tells_the_office(annotate: Annotate) -> None:
    story = annotate("Pat Cummins, the Australian captain, took two wickets. Later the captain praised his team.")
    assert story.same("Pat Cummins", "Australian captain", "the captain")


def test_qualified_title_picks_its_country(annotate: Annotate) -> None:
    story = annotate(
        "Russian President Vladimir Putin met Chinese President Xi Jinping.",
        "रूस के राष्ट्रपति व्लादिमीर पुतिन और चीन के राष्ट्रपति शी चिनफिंग मिले। रूसी राष्ट्रपति ने कहा कि बातचीत अच्छी रही।",
    )
    assert story.same("Vladimir Putin", "व्लादिमीर पुतिन", "रूसी राष्ट्रपति")
    assert story.same("Xi Jinping", "शी चिनफिंग")


def test_same_surname_goes_to_the_person_named_last(annotate: Annotate) -> None:
    story = annotate("Sonia Gandhi came first. Rahul Gandhi spoke later. Gandhi then left with Sonia Gandhi.")
    assert story.same("Rahul Gandhi", "Gandhi")
    assert not story.same("Rahul Gandhi", "Sonia Gandhi")


def test_initials_and_full_given_name_are_one_person(annotate: Annotate) -> None:
    story = annotate("Minister S. Jaishankar spoke.", "विदेश मंत्री डॉ. एस. जयशंकर ने कहा कि बातचीत होगी।")
    assert story.same("S. Jaishankar", "एस. जयशंकर")


def test_world_body_is_the_united_nations(annotate: Annotate) -> None:
    assert annotate("संयुक्त राष्ट्र ने अपील की। उन्होंने कहा कि विश्व संगठन की भूमिका बड़ी है।").same("संयुक्त राष्ट्र", "विश्व संगठन")


def test_short_form_without_a_body_is_no_mention(annotate: Annotate) -> None:
    assert annotate("The committee will meet again next week, officials said.").forms() == []
