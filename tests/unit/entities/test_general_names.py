"""Rules that no one event asked for: agreements, contests, loan words, translated names, edges of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop_app.domain import EntityType, MentionForm

if TYPE_CHECKING:
    from tests.unit.entities.conftest import Annotate


@pytest.mark.parametrize(
    ("text", "form", "kind"),
    [
        ("They signed the Fisheries and Ports Agreement.", "Fisheries and Ports Agreement", "DOC"),
        ("It amends the Registration of the Coasts Act.", "Registration of the Coasts Act", "DOC"),
        ("She won the Harbour Masters Tournament.", "Harbour Masters Tournament", "EVENT"),
        ("संसद ने तटबंध (संशोधन) विधेयक पारित किया।", "तटबंध (संशोधन) विधेयक", "DOC"),
        ("दोनों ने समुद्री परिवहन एवं मत्स्य सहयोग समझौते (एमटीएफसी) पर बात की।", "समुद्री परिवहन एवं मत्स्य सहयोग समझौते", "DOC"),
        ("वे एशियाई तैराकी चैंपियनशिप में खेलेंगे।", "एशियाई तैराकी चैंपियनशिप", "EVENT"),
        ("फेडरेशन ऑफ कोस्टल ट्रेडर्स ने विरोध किया।", "फेडरेशन ऑफ कोस्टल ट्रेडर्स", "ORG"),
        ("सरकार ने तट सुरक्षा एवं विनियमन विधेयक पेश किया।", "तट सुरक्षा एवं विनियमन विधेयक", "DOC"),
        ("Guests saw the All Wales Rowing Club on Sunday.", "All Wales Rowing Club", "ORG"),
    ],
)
def test_wording_tells_what_a_name_is(annotate: Annotate, text: str, form: str, kind: str) -> None:
    assert annotate(text).mention(form).type is EntityType(kind)


def test_documents_joined_by_and_stay_two(annotate: Annotate) -> None:
    forms = annotate("The Ports Act and Harbour Dues Act changed.").forms()
    assert forms == ["Ports Act", "Harbour Dues Act"]


def test_acronym_of_an_agreement_is_the_agreement(annotate: Annotate) -> None:
    story = annotate(
        "The Fisheries and Ports Cooperation Agreement (FPCA) was signed. FPCA is new.",
        "मत्स्य और बंदरगाह सहयोग समझौते (एफपीसीए) पर हस्ताक्षर हुए।",
    )
    assert story.same("Fisheries and Ports Cooperation Agreement", "FPCA", "एफपीसीए")
    assert story.mention("FPCA").type is EntityType.DOC


def test_short_name_may_come_before_the_full_one(annotate: Annotate) -> None:
    story = annotate("ISRO (Indian Space Research Organisation) met LBPC (Lake Basin Protection Council).")
    assert story.same("LBPC", "Lake Basin Protection Council")


def test_names_end_before_common_nouns(annotate: Annotate) -> None:
    assert "डी. गुकेश" in annotate("चेन्नई के डी. गुकेश शतरंज के नए बादशाह हैं।").forms()


def test_names_that_mean_something_are_names(annotate: Annotate) -> None:
    assert "जय प्रकाश" in annotate("मंत्री जय प्रकाश ने कहा कि काम होगा।").forms()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Minister of Ports and Shipping Anna Berg spoke.", "Minister of Ports and Shipping"),
        ("Health and Family Welfare Minister Ravi Kumar spoke.", "Health and Family Welfare Minister"),
        ("Deputy Solicitor General Anna Berg spoke.", "Deputy Solicitor General"),
        ("Anna Berg, who was finance minister then, agreed.", "finance minister"),
        ("केंद्रीय आवास और शहरी कार्य मंत्री मनोहर लाल ने कहा।", "केंद्रीय आवास और शहरी कार्य मंत्री"),
        ("फ्रांस के आर्थिक मामलों के मंत्री राजेश कुमार ने कहा।", "आर्थिक मामलों के मंत्री"),
    ],
)
def test_titles_reach_over_their_portfolios(annotate: Annotate, text: str, title: str) -> None:
    assert annotate(text).mention(title).form is MentionForm.TITLE


def test_described_persons_hold_no_title(annotate: Annotate) -> None:
    forms = annotate("Beside her sat Anna Berg, a Polish grandmaster.").forms()
    assert "Polish grandmaster" not in forms


def test_the_minister_is_the_one_named_last(annotate: Annotate) -> None:
    story = annotate("Trade Minister Ravi Kumar met Minister of Ports Anna Berg. Ravi Kumar left. The minister waved.")
    assert story.same("The minister", "Ravi Kumar")


def test_only_body_with_its_head_is_meant_by_the_head(annotate: Annotate) -> None:
    story = annotate("भारतीय स्टेट बैंक की अर्जी खारिज हुई। कोर्ट ने बैंक को समय नहीं दिया।")
    assert story.same("भारतीय स्टेट बैंक", "बैंक")


def test_one_of_two_bodies_is_not_guessed(annotate: Annotate) -> None:
    story = annotate("भारतीय स्टेट बैंक और पंजाब नेशनल बैंक मिले। सरकार ने बैंक को पैसा दिया।")
    assert story.forms().count("बैंक") == 0


def test_names_do_not_cross_sentences(annotate: Annotate) -> None:
    assert "Coastal Rowing Federation" in annotate("She wrote on X. The Coastal Rowing Federation agreed.").forms()
    assert "सुप्रीम कोर्ट" in annotate("नई दिल्ली। सुप्रीम कोर्ट ने अर्जी खारिज कर दी।").forms()


def test_translated_name_of_an_english_agreement_is_found_in_hindi(annotate: Annotate) -> None:
    story = annotate("The Clean Water Agreement was signed in Bonn.", "जर्मनी में स्वच्छ जल समझौते पर हस्ताक्षर हुए।")
    assert story.same("Clean Water Agreement", "स्वच्छ जल समझौते")


def test_compounds_translate_two_words(annotate: Annotate) -> None:
    story = annotate("The court read the Income Tax Act.", "अदालत ने आयकर अधिनियम पढ़ा।")
    assert story.same("Income Tax Act", "आयकर अधिनियम")


def test_rare_surname_joins_a_person_across_scripts(annotate: Annotate) -> None:
    story = annotate("Minister Jean Westergaard spoke.", "मंत्री ज्यां वेस्टरगार्ड ने कहा कि यह अच्छा है।")
    assert story.same("Jean Westergaard", "ज्यां वेस्टरगार्ड")


def test_frequent_surname_does_not_join_two_persons(annotate: Annotate) -> None:
    story = annotate("Congress leader Sonia Gandhi spoke.", "कांग्रेस नेता राहुल गांधी ने कहा कि यह गलत है।")
    assert not story.same("Sonia Gandhi", "राहुल गांधी")


def test_handle_is_the_person_whom_only_the_hindi_text_names(annotate: Annotate) -> None:
    story = annotate("प्रधानमंत्री नरेंद्र मोदी ने कहा कि काम होगा। @narendramodi")
    assert story.same("नरेंद्र मोदी", "@narendramodi")


def test_tag_of_both_players_is_their_contest(annotate: Annotate) -> None:
    story = annotate("President Joe Biden met Pope Francis at the World Rowing Championship. #BidenFrancis")
    assert story.same("#BidenFrancis", "World Rowing Championship")


def test_operation_tag_is_the_operation_of_the_text(annotate: Annotate) -> None:
    story = annotate("सेना ने 'ऑपरेशन दोस्त' शुरू किया। #OperationDost")
    assert story.same("ऑपरेशन दोस्त", "#OperationDost")


def test_a_board_that_keeps_the_law_is_no_law(annotate: Annotate) -> None:
    assert "बोर्ड कानून" not in annotate("उन्होंने कहा कि बोर्ड कानून का पालन करेगा।").forms()


def test_field_hospital_is_no_name(annotate: Annotate) -> None:
    assert "फील्ड अस्पताल" not in annotate("सेना ने फील्ड अस्पताल भेजा।").forms()
