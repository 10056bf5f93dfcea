"""Candidates, stories and their stability as articles come and go."""

from __future__ import annotations

import itertools

import numpy as np

from desktop_app.domain import ArticleLink, Language, Relation
from desktop_app.stories.candidates import IndexEntry, PairIndex
from desktop_app.stories.clusters import StoryFacts, build_stories, kept_links
from desktop_app.stories.features import ArticleFeatures, article_features
from desktop_app.stories.finder import StoryFinder
from tests.benchmarks.story_data import from_lines

TEXTS = {
    1: (Language.ENGLISH, ["Rescuers in Jajarkot, Nepal, searched for survivors of a quake that killed 157 people.",
                           "Prime Minister Pushpa Kamal Dahal flew to Jajarkot on Saturday."]),
    2: (Language.HINDI, ["नेपाल के जाजरकोट में भूकंप से 157 लोगों की मौत हो गई।",
                         "प्रधानमंत्री पुष्प कमल दाहाल शनिवार को जाजरकोट पहुंचे।"]),
    3: (Language.ENGLISH, ["Neeraj Chopra threw his javelin 87.58 metres in Tokyo for India's first athletics gold.",
                           "Jakub Vadlejch of the Czech Republic took silver."]),
    4: (Language.HINDI, ["नीरज चोपड़ा ने टोक्यो में 87.58 मीटर भाला फेंककर एथलेटिक्स में भारत का पहला स्वर्ण जीता।",
                         "चेक गणराज्य के याकुब वाडलेच को रजत मिला।"]),
    5: (Language.HINDI, ["मुंबई में प्याज के दाम घटे।", "व्यापारियों ने कहा कि आवक बढ़ी है।"]),
}  # fmt: skip


def _features(article: int) -> ArticleFeatures:
    language, lines = TEXTS[article]
    return article_features(from_lines(lines, language)[0])


def _finder(order: tuple[int, ...]) -> StoryFinder:
    finder = StoryFinder(_features)
    for article in order:
        finder.add(article, _features(article))
    return finder


def _link(en: int, hi: int, probability: float, relation: Relation = Relation.SAME_EVENT) -> ArticleLink:
    return ArticleLink(en, hi, relation, probability)


def _articles(links: list[ArticleLink], facts: StoryFacts | None = None) -> list[tuple[int, ...]]:
    articles = {article for link in links for article in (link.en, link.hi)}
    return [story.articles for story in build_stories(articles, links, facts)]


def test_each_report_finds_the_one_of_its_own_event() -> None:
    assert {(link.en, link.hi) for link in _finder((1, 2, 3, 4, 5)).pairs()} == {(1, 2), (3, 4)}


def test_the_order_of_arrival_does_not_matter() -> None:
    expected = [(1, 2), (3, 4), (5,)]
    for order in itertools.islice(itertools.permutations(TEXTS), 0, 120, 17):
        assert [story.articles for story in _finder(order).stories()] == expected


def test_a_removed_article_leaves_its_story() -> None:
    finder = _finder((1, 2, 3, 4, 5))
    finder.remove(2)
    assert [story.articles for story in finder.stories()] == [(1,), (3, 4), (5,)]
    finder.add(2, _features(2))
    assert [story.articles for story in finder.stories()] == [(1, 2), (3, 4), (5,)]


def test_a_restored_library_knows_what_it_knew() -> None:
    first = _finder((1, 2, 3, 4, 5))
    second = StoryFinder(_features)
    for article in TEXTS:
        second.restore(article, IndexEntry.from_bytes(first.entry(_features(article)).to_bytes()))
    second.restore_links(first.judgements())
    assert second.stories() == first.stories()
    assert second.pairs() == first.pairs()


def test_judged_pairs_give_their_reasons() -> None:
    link = next(link for link in _finder((1, 2)).pairs() if link.en == 1)
    assert ("Jajarkot", "जाजरकोट") in {(reason.en, reason.hi) for reason in link.reasons}


def test_vectors_survive_storage() -> None:
    entry = IndexEntry(Language.HINDI, {"quake": 1.5}, np.array([0.5, -0.25], np.float32))
    again = IndexEntry.from_bytes(entry.to_bytes())
    assert again.keys == entry.keys
    assert again.vector is not None
    assert again.vector.tolist() == [0.5, -0.25]


def test_an_index_without_the_other_language_has_no_candidates() -> None:
    index = PairIndex()
    entry = IndexEntry(Language.ENGLISH, {"quake": 1.0})
    index.add(1, entry)
    assert index.candidates(entry) == []


def test_a_report_goes_with_its_best_partner_only() -> None:
    assert _articles([_link(1, 2, 0.99), _link(1, 4, 0.9)]) == [(1, 2), (4,)]


def test_several_sure_reports_of_one_event_are_one_story() -> None:
    assert _articles([_link(1, 2, 0.999), _link(1, 4, 0.998), _link(3, 2, 0.998)]) == [(1, 2, 3, 4)]


def test_a_translation_goes_before_another_report() -> None:
    kept = kept_links([_link(1, 2, 0.95, Relation.TRANSLATION), _link(1, 4, 0.999)])
    assert [(link.en, link.hi) for link in kept] == [(1, 2)]


def test_unrelated_pairs_join_nothing() -> None:
    assert _articles([_link(1, 2, 0.9, Relation.UNRELATED)]) == [(1,), (2,)]


def test_the_reader_may_join_and_part() -> None:
    links = [_link(1, 2, 0.99), _link(3, 4, 0.2, Relation.SAME_EVENT)]
    facts = StoryFacts(together=frozenset({(3, 4)}), apart=frozenset({(2, 1)}))
    assert _articles(links, facts) == [(1,), (2,), (3, 4)]


def test_a_story_is_named_by_its_first_article() -> None:
    stories = build_stories([7, 3, 9], [_link(7, 3, 0.99)])
    assert [(story.id, story.articles) for story in stories] == [(3, (3, 7)), (9, (9,))]
