"""Finding the other reports of an article's event, over the library's stored vectors and judgements."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from desktop_app.domain import Article, Comparison, Language, PassageLink, Relation
from desktop_app.language.encoder import ENCODER_VERSION, VECTOR_SIZE, TextEncoder
from desktop_app.shelf import Shelf
from desktop_app.storage.articles import text_digest
from desktop_app.stories.clusters import RELATED, StoryFacts, build_stories
from desktop_app.stories.features import ArticleFeatures, article_features, linkable_texts
from desktop_app.stories.finder import StoryFinder, compare_articles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FEATURES_KEPT = 64


class Pairing:
    """Places articles into stories. Keeps its index in memory, its vectors and judgements in the library."""

    def __init__(self, shelf: Shelf, encoder: TextEncoder | None) -> None:
        self._shelf = shelf
        self._encoder = encoder
        self._recent: OrderedDict[int, ArticleFeatures] = OrderedDict()

    @cached_property
    def _finder(self) -> StoryFinder:
        from desktop_app.stories.candidates import IndexEntry

        finder = StoryFinder(self._features_of)
        for article, data in self._shelf.stories.entries():
            finder.restore(article, IndexEntry.from_bytes(data))
        finder.restore_links(self._shelf.stories.links(with_unrelated=True))
        return finder

    def forget(self) -> None:
        """Read anew what the library stores; after a transaction was rolled back."""
        self.__dict__.pop("_finder", None)
        self._recent.clear()

    def place(self, articles: Sequence[Article]) -> Mapping[int, int]:
        """Judge new or changed *articles* against the rest; the story of every article that now has one."""
        finder = self._finder
        features = self.features(articles)
        with self._shelf.database.transaction():
            for article in articles:
                self._shelf.stories.forget_links(article.id)
            judged = finder.add_all(features)
            for article in articles:
                self._shelf.stories.put_entry(article.id, finder.entry(features[article.id]).to_bytes())
            self._shelf.stories.put_links(judged)
            for link in judged:
                if link.relation is not Relation.UNRELATED:
                    self._shelf.stories.put_comparison(link.en, link.hi, self._compare(link.en, link.hi))
            homes = self._homes(article.id for article in articles)
            self._shelf.stories.set_homes(homes)
        return {article: home for article, home in homes.items() if home is not None}

    def state_fact(self, one: int, other: int, together: bool | None) -> list[int]:
        """Store that a reader joined or separated two articles (None: takes it back); the articles that moved."""
        before = self._shelf.stories.homes()
        stories = {before[id_] for id_ in (one, other) if id_ in before}
        with self._shelf.database.transaction():
            self._shelf.stories.put_fact(one, other, together)
            moved = self._rebuild({one, other} | {id_ for id_, home in before.items() if home in stories})
            self._shelf.articles.mark("understood", moved, 0)
        return moved

    def rebuild_around(self, articles: Iterable[int]) -> list[int]:
        """Build the stories around *articles* anew, after others of them were removed; those that moved."""
        with self._shelf.database.transaction():
            return self._rebuild(articles)

    def _rebuild(self, around: Iterable[int]) -> list[int]:
        before = self._shelf.stories.homes()
        homes = self._homes(around)
        self._shelf.stories.set_homes(homes)
        self._shelf.note_change()
        return sorted(article for article, home in homes.items() if before.get(article) != home)

    def features(self, articles: Sequence[Article]) -> Mapping[int, ArticleFeatures]:
        """What comparison needs of *articles*, with vectors where there is an encoder."""
        vectors = self._vectors(articles)
        found = {article.id: article_features(article, vectors.get(article.id)) for article in articles}
        self._recent.update(found)
        while len(self._recent) > _FEATURES_KEPT:
            self._recent.popitem(last=False)
        return found

    def _features_of(self, article: int) -> ArticleFeatures:
        known = self._recent.get(article)
        return known or self.features(self._shelf.articles.articles([article]))[article]

    def _compare(self, en: int, hi: int) -> Comparison:
        return compare_articles(self._features_of(en), self._features_of(hi))

    def _vectors(self, articles: Sequence[Article]) -> dict[int, NDArray[np.float32]]:
        """Sentence vectors of *articles*; each text is encoded once in its life."""
        if self._encoder is None:
            return {}
        vectors: dict[int, NDArray[np.float32]] = {}
        missing: list[Article] = []
        for article in articles:
            stored = stored_vectors(self._shelf, article)
            if stored is None:
                missing.append(article)
            else:
                vectors[article.id] = stored
        texts = [linkable_texts(article) for article in missing]
        rows = self._encoder.encode_passages([text for group in texts for text in group])
        start = 0
        for article, group in zip(missing, texts, strict=True):
            vectors[article.id] = rows[start : start + len(group)]
            start += len(group)
            self._shelf.stories.put_vectors(
                text_digest(article.text), ENCODER_VERSION, len(group), vectors[article.id].astype("<f2").tobytes()
            )
        return vectors

    def _homes(self, around: Iterable[int]) -> dict[int, int | None]:
        """The story of each article that is connected with those *around*, None for one that is alone."""
        facts = _facts(self._shelf)
        neighbours: dict[int, set[int]] = {}
        links = self._finder.judgements()
        joined = [(link.en, link.hi) for link in links if link.chance >= RELATED]
        for one, other in (*joined, *facts.together):
            neighbours.setdefault(one, set()).add(other)
            neighbours.setdefault(other, set()).add(one)
        connected: set[int] = set()
        todo = list(around)
        while todo:
            article = todo.pop()
            if article not in connected:
                connected.add(article)
                todo.extend(neighbours.get(article, ()))
        inside = [link for link in links if link.en in connected and link.hi in connected]
        homes: dict[int, int | None] = {}
        for story in build_stories(sorted(connected), inside, facts):
            homes |= dict.fromkeys(story.articles, story.id if len(story.articles) > 1 else None)
        return homes


def stored_vectors(shelf: Shelf, article: Article) -> NDArray[np.float32] | None:
    """The sentence vectors the library keeps of an article, if it was encoded."""
    import numpy as np

    digest = text_digest(article.text)
    data = shelf.stories.vectors([digest], ENCODER_VERSION).get(digest)
    if data is None:
        return None
    return np.frombuffer(data, "<f2").reshape(-1, VECTOR_SIZE).astype(np.float32)


def compare_stored(shelf: Shelf, en: Article, hi: Article) -> Comparison:
    """Compare two understood articles of the library."""
    assert (en.language, hi.language) == (Language.ENGLISH, Language.HINDI)
    features = (article_features(article, stored_vectors(shelf, article)) for article in (en, hi))
    return compare_articles(*features)


def with_stated_links(found: Comparison, facts: Mapping[tuple[int, int], bool]) -> Comparison:
    """*found* with the sentence pairs a reader linked (certain) and without those a reader unlinked."""
    links = []
    for link in found.links:
        kept = [(e, h) for e in link.en for h in link.hi if facts.get((e, h), True)]
        if len(kept) == len(link.en) * len(link.hi):
            links.append(link)
        elif kept:
            # A group that lost a pair falls into the pairs it still has.
            links.extend(PassageLink((e,), (h,), link.probability) for e, h in kept)
    known = {(e, h) for link in links for e in link.en for h in link.hi}
    stated = [pair for pair, linked in facts.items() if linked and pair not in known]
    links.extend(PassageLink((e,), (h,), 1.0) for e, h in stated)
    links.sort(key=lambda link: (link.en, link.hi))
    en = {e for link in links for e in link.en}
    hi = {h for link in links for h in link.hi}
    lost_en = {e for link in found.links for e in link.en} - en
    lost_hi = {h for link in found.links for h in link.hi} - hi
    return replace(
        found,
        links=tuple(links),
        only_en=tuple(sorted((set(found.only_en) | lost_en) - en)),
        only_hi=tuple(sorted((set(found.only_hi) | lost_hi) - hi)),
    )


def _facts(shelf: Shelf) -> StoryFacts:
    stated = shelf.stories.facts()
    return StoryFacts(
        together=frozenset((one, other) for one, other, together in stated if together),
        apart=frozenset((one, other) for one, other, together in stated if not together),
    )
