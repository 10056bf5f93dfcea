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
from desktop_app.stories.models import LinkModel, StoryModel, StoryModels

Matrix = NDArray[np.float32]

GATE_FEATURES = 6
_MUTUAL = 0.2


@dataclass(frozen=True, slots=True)
class Alignment:
    """All that the comparison of two articles' sentences found.

    `chances[i, j]` is the probability that linkable sentences i (English) and j (Hindi) state the same fact;
    `first` are the chances before neighbours were asked. `cosine` is None without sentence vectors.
    `translated` (0..1) says how much the articles are translations of each other, `shown` from which chance on a
    link is drawn.
    """

    matching: Matching
    cosine: Matrix | None
    first: Matrix
    chances: Matrix
    gate: Matrix
    translated: float
    shown: float


def align_features(en: ArticleFeatures, hi: ArticleFeatures, models: StoryModels) -> Alignment:
    """Judge every pair of sentences."""
    matching = match_articles(en, hi)
    cosine = cosines(en, hi, models.center_en, models.center_hi)
    shape = (len(en.sentences), len(hi.sentences))
    if not en.sentences or not hi.sentences:
        nothing = np.zeros(shape, np.float32)
        return Alignment(matching, cosine, nothing, nothing, np.zeros((1, GATE_FEATURES), np.float32), 0.0, 1.0)
    model = model_for(models, cosine)
    features = stage_one(en, hi, matching, cosine)
    first, chances = expert_chances(model.translations, features, shape)
    gate = gate_features(chances, matching, cosine, features)
    translated = float(model.gate.chances(gate)[0])
    report_first, report_chances = expert_chances(model.reports, features, shape)
    return Alignment(
        matching,
        cosine,
        _mixed(translated, first, report_first),
        _mixed(translated, chances, report_chances),
        gate,
        translated,
        translated * model.translations.shown + (1.0 - translated) * model.reports.shown,
    )


def expert_chances(model: LinkModel, features: Matrix, shape: tuple[int, int]) -> tuple[Matrix, Matrix]:
    """One expert's chances after the first and after the second stage."""
    first = model.stage_one.chances(features).reshape(shape)
    return first, model.stage_two.chances(stage_two(first, features)).reshape(shape)


def _mixed(share: float, one: Matrix, other: Matrix) -> Matrix:
    mixed: Matrix = np.float32(share) * one + np.float32(1.0 - share) * other
    return mixed


def gate_features(chances: Matrix, matching: Matching, cosine: Matrix | None, features: Matrix) -> Matrix:
    """How translation-like the mutual best pairs are: a row for the gate, from the translation expert's *chances*."""
    best_row, best_column = chances.argmax(axis=1), chances.argmax(axis=0)
    rows = [i for i, j in enumerate(best_row) if best_column[j] == i and chances[i, j] > _MUTUAL]
    if not rows:
        return np.zeros((1, GATE_FEATURES), np.float32)
    columns = best_row[rows]
    overlap = np.sqrt(matching.cover_en * matching.cover_hi)
    likeness = overlap if cosine is None else cosine
    best_en, best_hi = chances.max(axis=1).mean(), chances.max(axis=0).mean()
    means = [
        table[rows, columns].mean() for table in (chances, overlap, likeness, features[:, 0].reshape(chances.shape))
    ]
    return np.array([[*means, min(best_en, best_hi), max(best_en, best_hi)]], np.float32)


def model_for(models: StoryModels, cosine: Matrix | None) -> StoryModel:
    return models.without_vectors if cosine is None else models.with_vectors


def passage_links(en: ArticleFeatures, hi: ArticleFeatures, alignment: Alignment) -> tuple[PassageLink, ...]:
    """The links to draw, in reading order of the English side.

    English sentences with the same counterparts form one link, so that every pair within a link was judged linked.
    """
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for row in range(len(en.sentences)):
        partners = tuple(int(column) for column in np.flatnonzero(alignment.chances[row] >= alignment.shown))
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
