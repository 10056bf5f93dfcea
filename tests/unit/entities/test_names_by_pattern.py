"""Events, documents, bodies, tags: what wording and spelling alone give away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop_app.domain import EntityType, MentionForm

if TYPE_CHECKING:
    from tests.unit.entities.conftest import Annotate


@pytest.mark.parametrize(
    ("text", "form", "kind"),
    [
        (
            "They met at the 12th Session of the Human Rights Council.",
            "12th Session of the Human Rights Council",
            "EVENT",
        ),
        ("Leaders signed the Algiers Peace Accord.", "Algiers Peace Accord", "DOC"),
        ("A vote on the Treaty on Plastic Waste is due.", "Treaty on Plastic Waste", "DOC"),
        ("Both went to the NATO summit on Monday.", "NATO summit", "EVENT"),
        ("Police launched Operation Thunder Cat.", "Operation Thunder Cat", "EVENT"),
        ("The Zambezi River rose again.", "Zambezi River", "LOC"),
        ("She works for the Coastal Aviation Authority.", "Coastal Aviation Authority", "ORG"),
        ("It was agreed at COP31.", "COP31", "EVENT"),
        ("वे नाटो शिखर सम्मेलन में शामिल हुए।", "नाटो शिखर सम्मेलन", "EVENT"),
        ("दोनों ने 1965 के ताशकंद समझौते को याद किया।", "1965 के ताशकंद समझौते", "DOC"),
        ("राष्ट्रीय जल विकास प्राधिकरण ने बयान दिया।", "राष्ट्रीय जल विकास प्राधिकरण", "ORG"),
        ("पुलिस ने ऑपरेशन शक्ति चलाया।", "ऑपरेशन शक्ति", "EVENT"),
    ],
)
def test_wording_tells_what_a_name_is(annotate: Annotate, text: str, form: str, kind: str) -> None:
    assert annotate(text).mention(form).type is EntityType(kind)


def test_events_hold_the_names_inside_them(annotate: Annotate) -> None:
    forms = annotate("They met at the 80th Session of the UN General Assembly.").forms()
    assert forms == ["80th Session of the UN General Assembly", "UN General Assembly"]


def test_numbered_session_is_its_hashtag(annotate: Annotate) -> None:
    story = annotate("They met at the 80th Session of the UN General Assembly. See you at #UNGA80!")
    assert story.same("80th Session of the UN General Assembly", "#UNGA80")


def test_hashtags_name_places_written_together(annotate: Annotate) -> None:
    story = annotate("Pray for #SriLanka. Sri Lanka needs help. #StaySafe")
    assert story.same("#SriLanka", "Sri Lanka")
    assert "#StaySafe" not in story.forms()


def test_handle_belongs_to_the_person_it_holds(annotate: Annotate) -> None:
    story = annotate("Foreign Minister Wang Yi replied. @MFA_WangYi wrote nothing, said David Lammy (@DavidLammy).")
    assert story.same("David Lammy", "@DavidLammy")
    assert story.mention("@DavidLammy").form is MentionForm.HANDLE


def test_given_name_before_a_tagged_surname_is_one_mention(annotate: Annotate) -> None:
    story = annotate("Foreign Minister Sergey Lavrov spoke. Sergey #Lavrov then left.")
    assert story.mention("Sergey #Lavrov").form is MentionForm.HASHTAG
    assert story.same("Sergey Lavrov", "Sergey #Lavrov")


def test_ministry_of_a_country_is_one_body_in_both_languages(annotate: Annotate) -> None:
    story = annotate(
        "The Ukrainian Foreign Ministry protested.", "यूक्रेन के विदेश मंत्रालय ने विरोध किया। मंत्रालय ने कहा कि यह गलत है।"
    )
    assert story.same("Ukrainian Foreign Ministry", "विदेश मंत्रालय", "मंत्रालय")
    assert story.cluster("मंत्रालय").key == "org:ukraine:foreign-ministry"


def test_described_agency_is_no_name(annotate: Annotate) -> None:
    assert "एजेंसी" not in annotate("इसरो चौथी अंतरिक्ष एजेंसी है।").forms()


def test_unknown_acronym_is_learned_from_its_definition(annotate: Annotate) -> None:
    story = annotate("The Lake Basin Protection Council (LBPC) met. LBPC members voted.")
    assert story.same("Lake Basin Protection Council", "LBPC")
    assert story.forms().count("LBPC") == 2


def test_small_letters_of_a_handle_are_an_acronym(annotate: Annotate) -> None:
    story = annotate("NASA waits. The picture was posted by @nasa on Monday.")
    assert story.same("NASA", "@nasa")
