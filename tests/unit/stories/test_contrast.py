"""What two reports say differently."""

from __future__ import annotations

from desktop_app.domain import (
    Comparison,
    EntityType,
    ExtractedArticle,
    Language,
    Mention,
    MentionForm,
    PassageLink,
    Relation,
    Span,
)
from desktop_app.stories.contrast import Contrast, FindingKind, contrast
from desktop_app.stories.quotations import quotations
from tests.benchmarks.story_data import from_lines


def _article(lines: list[str], language: Language) -> ExtractedArticle:
    return from_lines(lines, language)[0]


def _contrast(english: str, hindi: str, en: tuple[Mention, ...] = (), hi: tuple[Mention, ...] = ()) -> Contrast:
    link = PassageLink((0,), (0,), 0.9)
    comparison = Comparison(Relation.SAME_EVENT, 0.9, (), (link,), (), ())
    left, right = _article([english], Language.ENGLISH), _article([hindi], Language.HINDI)
    return contrast(left, right, comparison, en, hi)


def _differences(english: str, hindi: str) -> list[tuple[FindingKind, str, str]]:
    return [(f.kind, f.en_text, f.hi_text) for f in _contrast(english, hindi).differences]


def test_numbers_that_differ_stand_side_by_side() -> None:
    found = _differences("At least 17 climbers died.", "19 पर्वतारोहियों की मौत हुई।")
    assert found == [(FindingKind.NUMBER, "17", "19")]


def test_one_number_in_two_notations_is_no_difference() -> None:
    assert _differences("Some 1.5 million people fled.", "करीब १५ लाख लोग भागे।") == []
    assert _differences("nearly 200 people died", "करीब दो सौ लोगों की मौत") == []


def test_sums_in_two_currencies_are_shown_together() -> None:
    found = _differences("It was done for $74 million.", "450 करोड़ रुपये की लागत आई।")
    assert [kind for kind, _, _ in found] == [FindingKind.MONEY]


def test_unlike_numbers_are_not_set_against_each_other() -> None:
    assert _differences("He hit 52 from 27 balls.", "टीम ने 6 विकेट पर 176 रन बनाए।") == []


def test_days_that_differ_are_shown_and_the_same_day_not() -> None:
    assert _differences("It happened on August 5.", "यह 6 अगस्त को हुआ।") == [(FindingKind.DATE, "August 5", "6 अगस्त")]
    assert _differences("It happened on August 5.", "यह ५ अगस्त को हुआ।") == []


def test_the_places_that_only_one_side_names_are_shown() -> None:
    english = (Mention(8, 15, "Kampala", EntityType.LOC, 1),)
    hindi = (Mention(0, 7, "नैरोबी", EntityType.LOC, 2),)
    found = _contrast("They in Kampala met.", "नैरोबी में मिले वे।", english, hindi).differences
    assert [(f.kind, f.en, f.hi) for f in found] == [(FindingKind.PLACE, Span(8, 15), Span(0, 7))]


def test_word_choices_for_one_thing_are_shown_and_equal_ones_not() -> None:
    choices = _contrast("They spoke of the war in Ukraine.", "उन्होंने यूक्रेन संघर्ष पर बात की।").word_choices
    assert [(f.en_text, f.hi_text) for f in choices] == [("war", "संघर्ष")]
    assert _contrast("They spoke of the war in Ukraine.", "उन्होंने यूक्रेन युद्ध पर बात की।").word_choices == ()


def test_a_quotation_knows_its_speaker_in_either_word_order() -> None:
    after = _article(['"We stand firmly for peace," Modi said during talks.'], Language.ENGLISH)
    before = _article(['बातचीत के बाद मोदी ने कहा, "हम मजबूती से शांति के साथ खड़े हैं।"'], Language.HINDI)
    (english,), (hindi,) = quotations(after), quotations(before)
    assert (english.speaker, english.text) == ("Modi", "We stand firmly for peace,")
    assert hindi.speaker.endswith("मोदी")
    assert after.text[english.span.start : english.span.end] == "We stand firmly for peace,"


def test_a_pronoun_speaks_for_the_person_it_stands_for() -> None:
    text = 'Modi came by train. "We have taken a side," he said.'
    he = text.index("he said")
    people = (
        Mention(0, 4, "Modi", EntityType.PER, 7),
        Mention(he, he + 2, "he", EntityType.PER, 7, MentionForm.PRONOUN),
    )
    (quote,) = quotations(_article([text], Language.ENGLISH), people)
    assert (quote.speaker, quote.entity) == ("Modi", 7)


def test_titles_and_short_quoted_words_are_no_quotations() -> None:
    article = _article(["The 'big' \"Pact\" and the 'Pact for us' came. Rahul's and Priya's."], Language.ENGLISH)
    assert quotations(article) == ()


def test_both_sides_of_one_quotation_stand_together() -> None:
    found = _contrast('"Today I feel how I felt then," Rahul said.', 'राहुल ने कहा, "आज मुझे वैसा ही लग रहा है।"').quoted
    assert len(found) == 1
    assert found[0].en is not None
    assert found[0].hi is not None


def test_a_quotation_of_one_side_only_stands_alone() -> None:
    found = _contrast('"Today I feel how I felt then," Rahul said.', "राहुल ने दुख जताया।").quoted
    assert [(quoted.en is not None, quoted.hi) for quoted in found] == [(True, None)]
