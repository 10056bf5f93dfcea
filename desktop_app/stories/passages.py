"""Which sentences of two articles say the same, with probabilities: for translations and independent reports alike."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain import PassageLink
from desktop_app.stories.features import ArticleFeatures
from desktop_app.stories.link_features import cosines, stage_one, stage_two
from desktop_app.stories.matching import Matching, match_articles
from desktop_app.stories.models import StoryModel, StoryModels

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Alignment:
    """All that the comparison of two articles' sentences found.

    `chances[i, j]` is the probability that linkable sentences i (English) and j (Hindi) state the same fact;
    `first` are the chances before neighbours were asked. `cosine` is None without sentence vectors.
    """

    matching: Matching
    cosine: Matrix | None
    first: Matrix
    chances: Matrix


def align_features(en: ArticleFeatures, hi: ArticleFeatures, models: StoryModels) -> Alignment:
    """Judge every pair of sentences."""
    matching = match_articles(en, hi)
    cosine = cosines(en, hi, models.center_en, models.center_hi)
    shape = (len(en.sentences), len(hi.sentences))
    if not en.sentences or not hi.sentences:
        nothing = np.zeros(shape, np.float32)
        return Alignment(matching, cosine, nothing, nothing)
    model = model_for(models, cosine)
    features = stage_one(en, hi, matching, cosine)
    first = model.stage_one.chances(features).reshape(shape)
    chances = model.stage_two.chances(stage_two(first, features)).reshape(shape)
    return Alignment(matching, cosine, first, chances)


def model_for(models: StoryModels, cosine: Matrix | None) -> StoryModel:
    return models.without_vectors if cosine is None else models.with_vectors


def passage_links(
    en: ArticleFeatures, hi: ArticleFeatures, alignment: Alignment, threshold: float
) -> tuple[PassageLink, ...]:
    """The links at or above *threshold*, in reading order of the English side.

    English sentences with the same counterparts form one link, so that every pair within a link was judged linked.
    """
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for row in range(len(en.sentences)):
        partners = tuple(int(column) for column in np.flatnonzero(alignment.chances[row] >= threshold))
        if partners:
            groups[partners].append(row)
    links = [
        PassageLink(
            tuple(en.sentences[row].index for row in rows),
            tuple(hi.sentences[column].index for column in columns),
            round(float(alignment.chances[np.ix_(rows, columns)].mean()), 4),
        )
        for columns, rows in groups.items()
    ]
    return tuple(sorted(links, key=lambda link: (link.en, link.hi)))
