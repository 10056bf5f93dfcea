"""Finds the stories of a library as articles come and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from desktop_app.domain import ArticleLink, Comparison, Language, Story
from desktop_app.stories.candidates import IndexEntry, PairIndex, index_entry
from desktop_app.stories.clusters import RELATED, StoryFacts, build_stories, kept_links
from desktop_app.stories.features import ArticleFeatures
from desktop_app.stories.matching import reasons
from desktop_app.stories.models import StoryModels, shipped_models
from desktop_app.stories.relation import compare, judge

CANDIDATES = 2
"""How many articles of the other language are looked at closely for each article."""

_AS_LIKELY = 0.9
_WORTH_EXPLAINING = 0.02


def compare_articles(en: ArticleFeatures, hi: ArticleFeatures) -> Comparison:
    """Compare one English and one Hindi article with the models that ship."""
    return compare(en, hi, shipped_models())


class StoryFinder:
    """Judges each new article against the most likely ones of the other language.

    The probability of a related pair is that of belonging together at all, whichever relation is named.
    Holds the index and the judgements, not the articles: *load* gives the features of an article by its id.
    """

    def __init__(self, load: Callable[[int], ArticleFeatures], models: StoryModels | None = None) -> None:
        self._load = load
        self._models = models or shipped_models()
        self._index = PairIndex()
        self._links: dict[tuple[int, int], ArticleLink] = {}
        self._judged_with: dict[int, set[tuple[int, int]]] = defaultdict(set)

    def entry(self, features: ArticleFeatures) -> IndexEntry:
        """What the index keeps of an article; store it to `restore` the article without its text."""
        english = features.language is Language.ENGLISH
        return index_entry(features, self._models.center_en if english else self._models.center_hi)

    def restore(self, article: int, entry: IndexEntry) -> None:
        """Take in an article judged before."""
        self._index.add(article, entry)

    def restore_links(self, links: Iterable[ArticleLink]) -> None:
        """Take in judgements made before."""
        for link in links:
            self._keep(link)

    def _keep(self, link: ArticleLink) -> None:
        key = (link.en, link.hi)
        self._links[key] = link
        self._judged_with[link.en].add(key)
        self._judged_with[link.hi].add(key)

    def add(self, article: int, features: ArticleFeatures) -> list[ArticleLink]:
        """Take in an article, new or changed, and return the judgements this gave, related or not."""
        return self.add_all({article: features})

    def add_all(self, articles: Mapping[int, ArticleFeatures]) -> list[ArticleLink]:
        """Take in several articles; cheaper than one by one, for each meets its best partner at once."""
        entries = {}
        for article, features in articles.items():
            self.remove(article)
            entries[article] = self.entry(features)
            self._index.add(article, entries[article])
        judged: list[ArticleLink] = []
        for article, features in articles.items():
            judged += self._judge(article, features, entries[article])
        return judged

    def _judge(self, article: int, features: ArticleFeatures, entry: IndexEntry) -> list[ArticleLink]:
        """Compare an article of the index with its candidates; pairs judged before keep their judgement.

        Stops at the first related one, unless the next is as likely.
        """
        judged: list[ArticleLink] = []
        likelihood = 0.0
        for candidate in self._index.candidates(entry, CANDIDATES):
            if candidate.score < likelihood:
                break
            english = features.language is Language.ENGLISH
            key = (article, candidate.article) if english else (candidate.article, article)
            if key not in self._links:
                other = self._load(candidate.article)
                en, hi = (features, other) if english else (other, features)
                self._keep(self._link(key, en, hi))
                judged.append(self._links[key])
            if self._links[key].chance >= RELATED:
                likelihood = max(likelihood, _AS_LIKELY * candidate.score)
        return judged

    def _link(self, key: tuple[int, int], en: ArticleFeatures, hi: ArticleFeatures) -> ArticleLink:
        judgement = judge(en, hi, self._models)
        link = ArticleLink(*key, judgement.relation, judgement.probability)
        if link.chance < _WORTH_EXPLAINING:
            return link
        return replace(link, reasons=reasons(en, hi, judgement.alignment.matching))

    def remove(self, article: int) -> None:
        """Forget an article and its pairs."""
        self._index.remove(article)
        for key in self._judged_with.pop(article, ()):
            self._links.pop(key, None)

    def judgements(self) -> list[ArticleLink]:
        """All pairs judged so far, unrelated ones too, for storage."""
        return list(self._links.values())

    def pairs(self) -> list[ArticleLink]:
        """The related pairs."""
        return kept_links(self._links.values())

    def stories(self, facts: StoryFacts | None = None) -> list[Story]:
        """All stories; an article that belongs to no other is a story of its own."""
        return build_stories(self._index.articles(), list(self._links.values()), facts)
