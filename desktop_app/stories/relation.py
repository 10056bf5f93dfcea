"""How two articles relate: translation, reports of one event, or unrelated."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain import Comparison, Relation
from desktop_app.stories.features import ArticleFeatures
from desktop_app.stories.link_features import in_order, order_score
from desktop_app.stories.matching import reasons
from desktop_app.stories.models import StoryModels
from desktop_app.stories.passages import Alignment, align_features, model_for, passage_links

Matrix = NDArray[np.float32]

RELATIONS = (Relation.UNRELATED, Relation.SAME_EVENT, Relation.TRANSLATION)

_RELATED_KINDS = (Relation.SAME_EVENT, Relation.TRANSLATION)
_RELATED = 0.5
_SURELY_UNRELATED = 0.2
_PLAIN_COLUMNS = 29
_VECTOR_COLUMNS = 4
_LEAD = 3
_LINKED = 0.5
_NEAR_DAYS = 2
_FARTHEST = 5.0
_DAYS_A_YEAR = 366
_LEAP_YEAR = 2024


def relation_features(en: ArticleFeatures, hi: ArticleFeatures, alignment: Alignment, models: StoryModels) -> Matrix:
    """One row for the relation model."""
    matching, chances, first = alignment.matching, alignment.chances, alignment.first
    if not chances.size:
        return np.zeros((1, _feature_count(alignment)), np.float32)
    best_en, best_hi = chances.max(axis=1), chances.max(axis=0)
    weight_en = np.array([s.length for s in en.sentences], np.float32)
    weight_hi = np.array([s.length for s in hi.sentences], np.float32)
    weight_en, weight_hi = weight_en / weight_en.sum(), weight_hi / weight_hi.sum()
    linked_en = float(weight_en @ (best_en > _LINKED))
    linked_hi = float(weight_hi @ (best_hi > _LINKED))
    order, coverage = order_score(first, in_order(first))
    reach_en, reach_hi = float(weight_en @ matching.reach_en), float(weight_hi @ matching.reach_hi)
    names_shared, names_total = _names(en, {m.en for m in matching.matches if m.weight > _LINKED})
    numbers = sum({m.en: en.terms[m.en].rarity for m in matching.matches if en.terms[m.en].is_number}.values())
    strongest = np.sort(chances.ravel())[::-1]
    expected = float(chances.sum()) / max(1, min(chances.shape))
    columns = [
        linked_en,
        linked_hi,
        min(linked_en, linked_hi),
        max(linked_en, linked_hi),
        order,
        coverage,
        order * coverage,
        float(best_en.mean()),
        float(best_hi.mean()),
        min(expected, 1.5),
        float(strongest[:3].mean()),
        math.log1p(float(chances.sum())),
        reach_en,
        reach_hi,
        names_shared / (names_total + 5.0),
        math.log1p(names_shared),
        math.log1p(numbers),
        _far_apart(en, hi),
        float(best_en[:_LEAD].mean()),
        float(best_hi[:_LEAD].mean()),
        float(chances[:_LEAD, :_LEAD].max()),
        float(np.sort(best_en[:_LEAD])[0] + np.sort(best_hi[:_LEAD])[0]) / 2,
        alignment.translated,
        *alignment.gate[0].tolist(),
    ]
    if alignment.cosine is not None:
        columns += [
            _article_cosine(en, hi, models),
            float(alignment.cosine[:_LEAD, :_LEAD].mean()),
            float(alignment.cosine.max(axis=1).mean()),
            float(alignment.cosine.max(axis=0).mean()),
        ]
    return np.array([columns], np.float32)


def _feature_count(alignment: Alignment) -> int:
    return _PLAIN_COLUMNS if alignment.cosine is None else _PLAIN_COLUMNS + _VECTOR_COLUMNS


def _names(article: ArticleFeatures, matched: set[int]) -> tuple[float, float]:
    """Weight of the names that the other article has too, and of all names."""
    total = sum(term.rarity for term in article.terms if term.is_name)
    return sum(article.terms[k].rarity for k in matched if article.terms[k].is_name), total


def _article_cosine(en: ArticleFeatures, hi: ArticleFeatures, models: StoryModels) -> float:
    left, right = en.article_vector, hi.article_vector
    if left is None or right is None:
        return 0.0
    left, right = left - models.center_en, right - models.center_hi
    return float(left @ right / (np.linalg.norm(left) * np.linalg.norm(right) + 1e-9))


def _far_apart(en: ArticleFeatures, hi: ArticleFeatures) -> float:
    """How far apart (0..1) the days lie that the articles speak from; 0 if they are near, or one is unknown."""
    days = _days_apart(en, hi)
    if days is None or days <= _NEAR_DAYS:
        return 0.0
    return min(math.log2(days / _NEAR_DAYS), _FARTHEST) / _FARTHEST


def _days_apart(en: ArticleFeatures, hi: ArticleFeatures) -> int | None:
    """Days between the two dates; where a year is missing, between the days of the year, either way round."""
    if en.date is not None and hi.date is not None:
        return abs((en.date - hi.date).days)
    left, right = _day_of_year(en), _day_of_year(hi)
    if left is None or right is None:
        return None
    days = abs(left - right)
    return min(days, _DAYS_A_YEAR - days)


def _day_of_year(article: ArticleFeatures) -> int | None:
    if article.date is not None:
        return article.date.timetuple().tm_yday
    if article.dateline is None:
        return None
    try:
        return dt.date(_LEAP_YEAR, *article.dateline).timetuple().tm_yday
    except ValueError:  # "31 June"
        return None


@dataclass(frozen=True, slots=True)
class Judgement:
    """How two articles relate, and on what evidence. `chances` are in the order of `RELATIONS`."""

    alignment: Alignment
    chances: tuple[float, ...]

    @property
    def related(self) -> float:
        """The probability that the articles belong together at all, as translation or as reports."""
        return 1.0 - self.chances[RELATIONS.index(Relation.UNRELATED)]

    @property
    def relation(self) -> Relation:
        if self.related < _RELATED:
            return Relation.UNRELATED
        return max(_RELATED_KINDS, key=lambda relation: self.chances[RELATIONS.index(relation)])

    @property
    def probability(self) -> float:
        """That the articles belong together if they are called related, that they do not if called unrelated."""
        return round(1.0 - self.related if self.relation is Relation.UNRELATED else self.related, 4)


def judge(en: ArticleFeatures, hi: ArticleFeatures, models: StoryModels) -> Judgement:
    """The relation alone, without naming reasons and links."""
    alignment = align_features(en, hi, models)
    model = model_for(models, alignment.cosine)
    chances = model.relation.class_chances(relation_features(en, hi, alignment, models))[0]
    return Judgement(alignment, tuple(float(chance) for chance in chances))


def compare(en: ArticleFeatures, hi: ArticleFeatures, models: StoryModels) -> Comparison:
    """Everything about one English and one Hindi article side by side.

    `probability` is `Judgement.probability`. Articles that are surely unrelated have no links.
    """
    judgement = judge(en, hi, models)
    alignment, relation = judgement.alignment, judgement.relation
    links = passage_links(en, hi, alignment) if judgement.related >= _SURELY_UNRELATED else ()
    linked_en = {index for link in links for index in link.en}
    linked_hi = {index for link in links for index in link.hi}
    return Comparison(
        relation,
        judgement.probability,
        reasons(en, hi, alignment.matching),
        links,
        tuple(s.index for s in en.sentences if s.index not in linked_en),
        tuple(s.index for s in hi.sentences if s.index not in linked_hi),
    )
