"""Finds the stories of a library as articles come and go."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from desktop_app.domain import ArticleLink, Comparison, Language, Relation, Story
from desktop_app.stories.candidates import IndexEntry, PairIndex, index_entry
from desktop_app.stories.clusters import StoryFacts, build_stories, kept_links
from desktop_app.stories.features import ArticleFeatures
from desktop_app.stories.models import StoryModels, shipped_models
from desktop_app.stories.relation import compare

CANDIDATES = 4
"""How many articles of the other language are looked at closely for each article."""

_FORGOTTEN_BELOW = 0.02


def compare_articles(en: ArticleFeatures, hi: ArticleFeatures) -> Comparison:
    """Compare one English and one Hindi article with the models that ship."""
    return compare(en, hi, shipped_models())


class StoryFinder:
    """Judges each new article against the most likely ones of the other language.

    Holds the index and the judgements, not the articles: *load* gives the features of an article by its id.
    """

    def __init__(self, load: Callable[[int], ArticleFeatures], models: StoryModels | None = None) -> None:
        self._load = load
        self._models = models or shipped_models()
        self._index = PairIndex()
        self._links: dict[tuple[int, int], ArticleLink] = {}

    def entry(self, features: ArticleFeatures) -> IndexEntry:
        """What the index keeps of an article; store it to `restore` the article without its text."""
        english = features.language is Language.ENGLISH
        return index_entry(features, self._models.center_en if english else self._models.center_hi)

    def restore(self, article: int, entry: IndexEntry) -> None:
        """Take in an article judged before."""
        self._index.add(article, entry)

    def restore_links(self, links: Iterable[ArticleLink]) -> None:
        """Take in judgements made before."""
        self._links |= {(link.en, link.hi): link for link in links}

    def add(self, article: int, features: ArticleFeatures) -> list[ArticleLink]:
        """Take in an article, new or changed, and return the judgements this gave, related or not."""
        self.remove(article)
        self._index.add(article, self.entry(features))
        return self.judge(article, features)

    def judge(self, article: int, features: ArticleFeatures) -> list[ArticleLink]:
        """Compare an article of the index with its candidates; pairs judged before keep their judgement."""
        judged: list[ArticleLink] = []
        for candidate in self._index.candidates(article, CANDIDATES):
            english = features.language is Language.ENGLISH
            key = (article, candidate.article) if english else (candidate.article, article)
            if key in self._links:
                continue
            other = self._load(candidate.article)
            en, hi = (features, other) if english else (other, features)
            comparison = compare(en, hi, self._models)
            link = ArticleLink(*key, comparison.relation, comparison.probability, comparison.reasons)
            self._links[key] = link
            judged.append(link)
        return judged

    def remove(self, article: int) -> None:
        """Forget an article and its pairs."""
        self._index.remove(article)
        for key in [key for key in self._links if article in key]:
            del self._links[key]

    def judgements(self) -> list[ArticleLink]:
        """All pairs judged so far, unrelated ones too, for storage."""
        return list(self._links.values())

    def pairs(self) -> list[ArticleLink]:
        """The related pairs."""
        return kept_links(self._links.values())

    def stories(self, facts: StoryFacts | None = None) -> list[Story]:
        """All stories; an article that belongs to no other is a story of its own."""
        return build_stories(list(self._index.articles()), list(self._links.values()), facts)

    def best_candidates(self, article: int) -> list[ArticleLink]:
        """The judged pairs of one article that may be related after all, best first."""
        found = [link for key, link in self._links.items() if article in key]
        doubtful = [link for link in found if _related(link) >= _FORGOTTEN_BELOW]
        return sorted(doubtful, key=lambda link: -_related(link))


def _related(link: ArticleLink) -> float:
    return 1.0 - link.probability if link.relation is Relation.UNRELATED else link.probability
