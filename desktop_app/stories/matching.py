"""Which terms of an English article stand for which terms of a Hindi one, and how well each sentence pair agrees."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain import Reason
from desktop_app.language.transliteration import word_similarity
from desktop_app.stories.features import ArticleFeatures, TermInfo

Matrix = NDArray[np.float32]

_SURE_TRANSLATION = 0.5
_SURE_NAME = 0.5
_ENTITY_MATCH = 0.9


@dataclass(frozen=True, slots=True)
class TermMatch:
    """English term *en* and Hindi term *hi* mean the same with `weight` 0..1."""

    en: int
    hi: int
    weight: float


@dataclass(frozen=True, slots=True)
class Matching:
    """All term matches of two articles, and the sentence agreement they give.

    Matrices are English sentences × Hindi sentences. `cover_en[i, j]` is the share of English sentence i's weight
    that Hindi sentence j has; `share_*` count only names or numbers, as summed weight. `reach_en[i]` is the share
    of sentence i that the Hindi article has anywhere. `local_*` are `cover_*` and `mass` with the article's own
    frequent terms weighing less: the name that every sentence has tells no two of them apart.
    """

    matches: tuple[TermMatch, ...]
    cover_en: Matrix
    cover_hi: Matrix
    mass: Matrix
    names: Matrix
    numbers: Matrix
    number_conflict: Matrix
    local_en: Matrix
    local_hi: Matrix
    local_mass: Matrix
    reach_en: Matrix
    reach_hi: Matrix
    foreign_en: Matrix
    foreign_hi: Matrix


def match_terms(en: ArticleFeatures, hi: ArticleFeatures) -> dict[tuple[int, int], float]:
    """Weights of all pairs of terms that may mean the same."""
    by_key = {term.key: number for number, term in enumerate(en.terms)}
    by_sound: dict[str, list[int]] = defaultdict(list)
    for number, term in enumerate(en.terms):
        for sound in term.sounds:
            by_sound[sound].append(number)
    found: dict[tuple[int, int], float] = {}
    for number, term in enumerate(hi.terms):
        if (same := by_key.get(term.key)) is not None:  # numbers, dates, words both write in Latin letters
            found[same, number] = 1.0
        for translation in term.translations:
            if (other := by_key.get(translation.stem)) is not None:
                found[other, number] = max(
                    found.get((other, number), 0.0), min(1.0, translation.probability / _SURE_TRANSLATION)
                )
        candidates = {other for sound in term.sounds for other in by_sound.get(sound, ())}
        for other in candidates:
            likeness = _same_name(en.terms[other], term)
            if likeness > _SURE_NAME:
                found[other, number] = max(found.get((other, number), 0.0), likeness)
    for key, english_terms in en.entity_terms.items():
        for other in hi.entity_terms.get(key, ()):
            for number in english_terms:
                found[number, other] = max(found.get((number, other), 0.0), _ENTITY_MATCH)
    return found


def _same_name(en: TermInfo, hi: TermInfo) -> float:
    shared = en.sounds & hi.sounds
    if any(sound[0] == "#" for sound in shared):
        return 1.0
    return word_similarity(en.text, hi.text)


def _incidence(article: ArticleFeatures) -> Matrix:
    table = np.zeros((len(article.sentences), len(article.terms)), np.float32)
    for row, sentence in enumerate(article.sentences):
        table[row, list(sentence.terms)] = 1.0
    return table


def _cover(incidence: Matrix, links: Matrix, other: Matrix) -> Matrix:
    """For each sentence of the other article and each term here, the best match of the term there."""
    best = np.zeros((len(other), incidence.shape[1]), np.float32)
    for row in range(len(other)):
        columns = np.flatnonzero(other[row])
        if len(columns):
            best[row] = links[:, columns].max(axis=1)
    return best


def _local_rarity(incidence: Matrix) -> Matrix:
    """1 for a term of one sentence only, near 0 for a term of all of them."""
    count = max(len(incidence), 1)
    frequency = np.maximum(incidence.sum(axis=0), 1.0)
    rarity: Matrix = (np.log1p(count / frequency) - np.log(2.0)) / max(np.log1p(count) - np.log(2.0), 1e-6)
    return rarity.astype(np.float32)


def match_articles(en: ArticleFeatures, hi: ArticleFeatures) -> Matching:
    """Compare all sentences of the two articles by their terms."""
    found = match_terms(en, hi)
    links = np.zeros((len(en.terms), len(hi.terms)), np.float32)
    for (row, column), weight in found.items():
        links[row, column] = weight
    in_en, in_hi = _incidence(en), _incidence(hi)
    rare_en = np.array([term.rarity for term in en.terms], np.float32)
    rare_hi = np.array([term.rarity for term in hi.terms], np.float32)
    best_en = _cover(in_en, links, in_hi)  # Hindi sentences × English terms
    best_hi = _cover(in_hi, links.T, in_en)  # English sentences × Hindi terms
    weighted_en, weighted_hi = in_en * rare_en, in_hi * rare_hi
    local_en, local_hi = weighted_en * _local_rarity(in_en), weighted_hi * _local_rarity(in_hi)
    mass_en = weighted_en @ best_en.T
    mass_hi = (weighted_hi @ best_hi.T).T
    total_en = weighted_en.sum(axis=1, keepdims=True) + 1e-6
    total_hi = weighted_hi.sum(axis=1, keepdims=True) + 1e-6
    is_number_en = np.array([term.is_number for term in en.terms], np.float32)
    is_number_hi = np.array([term.is_number for term in hi.terms], np.float32)
    is_name_en = np.array([term.is_name for term in en.terms], np.float32)
    names: Matrix = ((weighted_en * is_name_en) @ best_en.T).astype(np.float32)
    numbers: Matrix = ((weighted_en * is_number_en) @ best_en.T).astype(np.float32)
    telling = (rare_en > 2.0) * is_number_en, (rare_hi > 2.0) * is_number_hi
    count_en, count_hi = (in_en * telling[0]).sum(1), (in_hi * telling[1]).sum(1)
    shared = (in_en * telling[0]) @ best_en.T
    anywhere_en = links.max(axis=1, initial=0.0)
    anywhere_hi = links.max(axis=0, initial=0.0)
    unknown_hi = np.array([term.is_name for term in hi.terms], np.float32)
    return Matching(
        tuple(TermMatch(row, column, weight) for (row, column), weight in found.items()),
        mass_en / total_en,
        mass_hi / total_hi.T,
        np.sqrt(mass_en * mass_hi),
        names,
        numbers,
        np.minimum(np.minimum(count_en[:, None], count_hi[None, :]) - shared, 2.0).clip(0.0),
        local_en @ best_en.T / (local_en.sum(axis=1, keepdims=True) + 1e-6),
        (local_hi @ best_hi.T).T / (local_hi.sum(axis=1, keepdims=True) + 1e-6).T,
        np.sqrt((local_en @ best_en.T) * (local_hi @ best_hi.T).T),
        (weighted_en @ anywhere_en) / total_en[:, 0],
        (weighted_hi @ anywhere_hi) / total_hi[:, 0],
        (in_en * is_name_en) @ (1.0 - anywhere_en),
        (in_hi * unknown_hi) @ (1.0 - anywhere_hi),
    )


def reasons(en: ArticleFeatures, hi: ArticleFeatures, matching: Matching, limit: int = 8) -> tuple[Reason, ...]:
    """The most telling agreements, as a reader would name them: names, numbers, then other words."""
    best: dict[int, TermMatch] = {}
    for match in matching.matches:
        if match.weight > _SURE_NAME and match.weight > (best[match.en].weight if match.en in best else 0.0):
            best[match.en] = match
    ranked: list[tuple[float, Reason]] = []
    for match in best.values():
        left, right = en.terms[match.en], hi.terms[match.hi]
        score = match.weight * (left.rarity + right.rarity)
        if left.is_number:
            ranked.append((score, Reason(left.text, right.text, "number")))
        elif left.is_name:
            ranked.append((score + 2.0, Reason(left.text, right.text, "name")))
        else:
            ranked.append((score - 3.0, Reason(left.text, right.text, "term")))
    ranked.sort(key=lambda item: (-item[0], item[1].en, item[1].hi))
    return tuple(reason for _, reason in ranked[:limit])
