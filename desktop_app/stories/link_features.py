"""What is known of each pair of sentences, as columns for the link model.

Stage one looks at a pair by itself and at its rivals in the same row and column; stage two sees stage one's
probabilities around the pair: a neighbour that agrees in order is support, where the articles run in one order.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain import SentenceKind
from desktop_app.stories.features import ArticleFeatures
from desktop_app.stories.matching import Matching

Matrix = NDArray[np.float32]

LENGTH_RATIO = 1.03
"""Hindi code points for one English one, in the training translations."""


def rivalry(scores: Matrix) -> tuple[Matrix, Matrix]:
    """How far each score lies above the best other one in its row, and in its column."""
    return _above_others(scores), _above_others(scores.T).T


def _above_others(scores: Matrix) -> Matrix:
    if scores.shape[1] < 2:
        return scores - 0.0
    top = np.partition(scores, -2, axis=1)
    best, second = top[:, -1:], top[:, -2:-1]
    difference: Matrix = scores - np.where(scores >= best, second, best)
    return difference


def cosines(en: ArticleFeatures, hi: ArticleFeatures, center_en: Matrix, center_hi: Matrix) -> Matrix | None:
    """Cosine of the sentence vectors after the mean of their language is taken off; None without vectors."""
    if en.vectors is None or hi.vectors is None:
        return None
    left, right = en.vectors - center_en, hi.vectors - center_hi
    left = left / (np.linalg.norm(left, axis=1, keepdims=True) + 1e-9)
    right = right / (np.linalg.norm(right, axis=1, keepdims=True) + 1e-9)
    result: Matrix = (left @ right.T).astype(np.float32)
    return result


def _column(values: Matrix, shape: tuple[int, int], axis: int) -> Matrix:
    return np.broadcast_to(values[:, None] if axis == 0 else values[None, :], shape)


def stage_one(en: ArticleFeatures, hi: ArticleFeatures, matching: Matching, cosine: Matrix | None) -> Matrix:
    """(English sentences × Hindi sentences) rows of features."""
    shape = (len(en.sentences), len(hi.sentences))
    length_en = np.array([s.length for s in en.sentences], np.float32) * LENGTH_RATIO
    length_hi = np.array([s.length for s in hi.sentences], np.float32)
    log_ratio = np.log(np.maximum(length_en, 1.0)[:, None] / np.maximum(length_hi, 1.0)[None, :])
    heading_en = np.array([s.kind is not SentenceKind.SENTENCE for s in en.sentences], np.float32)
    heading_hi = np.array([s.kind is not SentenceKind.SENTENCE for s in hi.sentences], np.float32)
    overlap = np.sqrt(matching.cover_en * matching.cover_hi)
    local = np.sqrt(matching.local_en * matching.local_hi)
    columns = [
        np.abs(log_ratio),
        np.minimum(np.abs(log_ratio), 1.0) ** 2,
        matching.cover_en,
        matching.cover_hi,
        overlap,
        np.maximum(matching.cover_en, matching.cover_hi),
        np.log1p(matching.mass),
        np.log1p(matching.names),
        np.log1p(matching.numbers),
        matching.number_conflict,
        matching.local_en,
        matching.local_hi,
        local,
        np.log1p(matching.local_mass),
        *rivalry(local),
        *rivalry(overlap),
        *rivalry(np.log1p(matching.mass)),
        np.minimum(matching.missing_en, 4.0),
        np.minimum(matching.missing_hi, 4.0),
        np.minimum(matching.missing_en, 1.0),
        np.minimum(matching.missing_hi, 1.0),
        _column(np.minimum(matching.foreign_en, 3.0), shape, 0),
        _column(np.minimum(matching.foreign_en, 1.0), shape, 0),
        _column(np.minimum(matching.stranger_en, 2.0), shape, 0),
        np.minimum(matching.stranger_en, 1.0)[:, None] * np.minimum(matching.missing_hi, 1.0),
        np.minimum(matching.missing_en, 1.0) * np.minimum(matching.missing_hi, 1.0),
        _column(np.minimum(matching.foreign_hi, 6.0), shape, 1),
        _column(matching.reach_en, shape, 0),
        _column(matching.reach_hi, shape, 1),
        _column(np.minimum(length_en / 100.0, 3.0), shape, 0),
        _column(np.minimum(length_hi / 100.0, 3.0), shape, 1),
        _column(heading_en, shape, 0),
        _column(heading_hi, shape, 1),
    ]
    if cosine is not None:
        columns += [
            cosine,
            cosine - cosine.mean(axis=1, keepdims=True) - cosine.mean(axis=0, keepdims=True),
            np.maximum(cosine - 0.3, 0.0),
            *rivalry(cosine),
            cosine * overlap,
            _column(cosine.max(axis=1, initial=0.0), shape, 0),
            _column(cosine.max(axis=0, initial=0.0), shape, 1),
        ]
    return np.stack([np.asarray(column, np.float32).ravel() for column in columns], axis=1)


def in_order(chances: Matrix) -> NDArray[np.bool_]:
    """The pairs on the best path that only moves forward in both articles (dynamic programming)."""
    rows, columns = chances.shape
    gain = np.maximum(chances - 0.2, 0.0)
    best = np.zeros((rows + 1, columns + 1), np.float32)
    for i in range(rows):
        step = np.maximum(best[i, 1:], best[i, :-1] + gain[i])
        best[i + 1, 1:] = np.maximum.accumulate(step)
    path = np.zeros((rows, columns), np.bool_)
    i, j = rows, columns
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            path[i - 1, j - 1] = True
            i, j = i - 1, j - 1
    return path


def order_score(chances: Matrix, path: NDArray[np.bool_]) -> tuple[float, float]:
    """How much of the two articles' mutual best pairs lies on the forward path, and how much they cover."""
    if not chances.size:
        return 0.5, 0.0
    best_row, best_column = chances.argmax(axis=1), chances.argmax(axis=0)
    mutual = np.zeros(chances.shape, np.bool_)
    for i, j in enumerate(best_row):
        mutual[i, j] = best_column[j] == i and chances[i, j] > 0.3
    inside = float((mutual & path).sum())
    order = (inside + 0.5) / (float(mutual.sum()) + 1.0)
    return order, float(chances[path].sum()) / max(1, min(chances.shape))


def stage_two(chances: Matrix, first: Matrix) -> Matrix:
    """Features from stage one's *chances* (and *first*, its features) around each pair."""
    rows, columns = chances.shape
    path = in_order(chances)
    order, coverage = order_score(chances, path)
    padded = np.pad(chances, 2)
    before = np.maximum.reduce(
        [
            padded[1 : rows + 1, 1 : columns + 1],
            padded[1 : rows + 1, 2 : columns + 2] * 0.7,
            padded[2 : rows + 2, 1 : columns + 1] * 0.7,
        ]
    )
    after = np.maximum.reduce(
        [
            padded[3 : rows + 3, 3 : columns + 3],
            padded[3 : rows + 3, 2 : columns + 2] * 0.7,
            padded[2 : rows + 2, 3 : columns + 3] * 0.7,
        ]
    )
    odds = np.log((chances + 1e-4) / (1.0 - chances + 1e-4))
    on_path = path.astype(np.float32)
    features = [
        odds,
        before,
        after,
        before * after,
        on_path,
        on_path * order,
        before * order,
        after * order,
        *rivalry(chances),
        on_path * coverage,
        (1.0 - on_path) * order,
        (1.0 - on_path) * coverage,
        np.full(chances.shape, coverage, np.float32),
        first[:, 0].reshape(chances.shape),
    ]
    return np.stack([np.asarray(column, np.float32).ravel() for column in features], axis=1)
