"""Stories: articles joined by judged pairs, and by what the reader has said.

A pure function of the judgements and the reader's facts, so the order in which articles arrived does not matter.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.domain import ArticleLink, Relation, Story

RELATED = 0.5
"""From this probability on two articles belong to one story."""

_SECOND_PARTNER = 0.995
_SECOND_LOG_ODDS = 1.0
_SURE_LOG_ODDS = 7.0
_TRANSLATION_BONUS = 6.0
_UNJUDGED = 0.5


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """What the reader has decided: pairs of articles that belong together, and pairs that do not."""

    together: frozenset[tuple[int, int]] = frozenset()
    apart: frozenset[tuple[int, int]] = frozenset()

    def are_apart(self, one: int, other: int) -> bool:
        return (one, other) in self.apart or (other, one) in self.apart


@dataclass(slots=True)
class _Group:
    articles: set[int] = field(default_factory=set)


def log_odds(probability: float) -> float:
    bounded = min(max(probability, 1e-6), 1.0 - 1e-6)
    return math.log(bounded / (1.0 - bounded))


def kept_links(links: Collection[ArticleLink]) -> list[ArticleLink]:
    """The related pairs where each article is the other's best partner, or nearly as good as the best and sure.

    Reports on the same people resemble each other; what tells them apart is that each has a better partner.
    """
    odds = {(link.en, link.hi): _preference(link) for link in links}
    best: dict[int, float] = defaultdict(lambda: -math.inf)
    for (en, hi), value in odds.items():
        best[en], best[hi] = max(best[en], value), max(best[hi], value)
    return [link for link in links if link.chance >= RELATED and _holds(link, odds[link.en, link.hi], best)]


def _preference(link: ArticleLink) -> float:
    """Log odds of being related; a translation goes before another report on the event."""
    bonus = _TRANSLATION_BONUS if link.relation is Relation.TRANSLATION else 0.0
    return min(log_odds(link.chance), _SURE_LOG_ODDS) + bonus


def _holds(link: ArticleLink, odds: float, best: Mapping[int, float]) -> bool:
    gap = max(best[link.en], best[link.hi]) - odds
    return gap <= 0.0 or (gap <= _SECOND_LOG_ODDS and link.chance >= _SECOND_PARTNER)


def build_stories(
    articles: Collection[int], links: Sequence[ArticleLink], facts: StoryFacts | None = None
) -> list[Story]:
    """Stories of all *articles*, single ones included, each named by its lowest article id.

    *links* are all judged pairs, also those found unrelated: two groups merge only if the pairs judged between them
    are related on average.
    """
    facts = facts or StoryFacts()
    chances = {(link.en, link.hi): link.chance for link in links}
    groups = {article: _Group({article}) for article in articles}
    for one, other in sorted(facts.together):
        if one in groups and other in groups:
            _merge(groups, one, other)
    kept = kept_links(links)
    for link in sorted(kept, key=lambda item: (-item.chance, item.en, item.hi)):
        if link.en not in groups or link.hi not in groups:
            continue
        left, right = groups[link.en], groups[link.hi]
        if left is not right and _may_merge(left, right, chances, facts):
            _merge(groups, link.en, link.hi)
    inside: dict[int, list[ArticleLink]] = defaultdict(list)
    for link in kept:
        if link.en in groups and link.hi in groups and groups[link.en] is groups[link.hi]:
            inside[min(groups[link.en].articles)].append(link)
    unique = {min(group.articles): group for group in groups.values()}
    return [
        Story(first, tuple(sorted(group.articles)), tuple(inside[first])) for first, group in sorted(unique.items())
    ]


def _may_merge(left: _Group, right: _Group, chances: Mapping[tuple[int, int], float], facts: StoryFacts) -> bool:
    judged: list[float] = []
    for one in left.articles:
        for other in right.articles:
            if facts.are_apart(one, other):
                return False
            chance = chances.get((one, other), chances.get((other, one)))
            if chance is not None:
                judged.append(chance)
    return sum(judged) >= _UNJUDGED * len(judged)


def _merge(groups: dict[int, _Group], one: int, other: int) -> None:
    left, right = groups[one], groups[other]
    if left is right:
        return
    left.articles |= right.articles
    for article in right.articles:
        groups[article] = left
