"""Which terms of an English article stand for which terms of a Hindi one, and how well each sentence pair agrees."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain import Reason
from desktop_app.language.transliteration import word_similarity
from desktop_app.stories.features import ArticleFeatures, TermInfo

Matrix = NDArray[np.float32]

_SURE_TRANSLATION = 0.5
_SURE_NAME = 0.5
_ENTITY_MATCH = 0.9
_TELLING_RARITY = 2.0
_TELLING_NAME = 3.0
_UNKNOWN = 5.0
_LEAST_REASON = 1.2
_REASONS_OF_A_KIND = {"name": 5, "number": 2, "term": 2}


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
    `missing_*[i, j]` counts the names of one sentence that the other lacks, `foreign_*` those that the whole other
    article lacks; `stranger_en` counts of the foreign ones those that no dictionary knows: people, mostly.
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
    missing_en: Matrix
    missing_hi: Matrix
    foreign_en: Matrix
    stranger_en: Matrix
    foreign_hi: Matrix


def match_terms(en: ArticleFeatures, hi: ArticleFeatures) -> dict[tuple[int, int], float]:
    """Weights of all pairs of terms that may mean the same."""
    prepared = _prepared(en)
    by_key, by_sound, keys, sounds = prepared.by_key, prepared.by_sound, prepared.keys, prepared.sounds
    found: dict[tuple[int, int], float] = {}
    for number, term in enumerate(hi.terms):
        if term.key in keys:  # numbers, dates, words both write in Latin letters
            found[by_key[term.key], number] = 1.0
        if not term.meanings.isdisjoint(keys):
            for translation in term.translations:
                if (other := by_key.get(translation.stem)) is not None:
                    weight = min(1.0, translation.probability / _SURE_TRANSLATION)
                    found[other, number] = max(found.get((other, number), 0.0), weight)
        if not term.sounds.isdisjoint(sounds):
            for other in {other for sound in term.sounds & sounds for other in by_sound[sound]}:
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


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which sentence has which terms: a 0/1 table, and the terms of all sentences in a row."""

    table: Matrix
    terms: NDArray[np.intp]
    starts: NDArray[np.intp]
    filled: NDArray[np.intp]
    """Sentences that have terms at all; `starts` says where in `terms` each of them begins."""

    @classmethod
    def of(cls, article: ArticleFeatures) -> _Layout:
        lengths = np.array([len(sentence.terms) for sentence in article.sentences], np.intp)
        terms = np.array([term for sentence in article.sentences for term in sentence.terms], np.intp)
        table = np.zeros((len(lengths), len(article.terms)), np.float32)
        table[np.repeat(np.arange(len(lengths)), lengths), terms] = 1.0
        filled = np.flatnonzero(lengths)
        return cls(table, terms, (np.cumsum(lengths) - lengths)[filled], filled)

    def best(self, links: Matrix) -> Matrix:
        """For each sentence and each term of the other article (rows of *links*), the best match in the sentence."""
        best = np.zeros((len(self.table), len(links)), np.float32)
        if len(self.filled):
            best[self.filled] = np.maximum.reduceat(links[:, self.terms], self.starts, axis=1).T
        return best


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What the comparisons of one article share: its terms as arrays and, for lookups, by key and by sound."""

    layout: _Layout
    rarity: Matrix
    weighted: Matrix
    local: Matrix
    is_number: Matrix
    is_name: Matrix
    telling: Matrix
    by_key: dict[str, int]
    by_sound: dict[str, list[int]]
    keys: frozenset[str]
    sounds: frozenset[str]


@lru_cache(64)
def _prepared(article: ArticleFeatures) -> _Prepared:
    layout = _Layout.of(article)
    rarity = np.array([term.rarity for term in article.terms], np.float32)
    weighted = layout.table * rarity
    is_number = np.array([term.is_number for term in article.terms], np.float32)
    by_sound: dict[str, list[int]] = defaultdict(list)
    for number, term in enumerate(article.terms):
        for sound in term.sounds:
            by_sound[sound].append(number)
    by_key = {term.key: number for number, term in enumerate(article.terms)}
    local_rarity = _local_rarity(layout.table)
    return _Prepared(
        layout,
        rarity,
        weighted,
        weighted * local_rarity,
        is_number,
        np.array([term.is_name for term in article.terms], np.float32),
        (rarity > _TELLING_RARITY) * is_number,
        by_key,
        by_sound,
        frozenset(by_key),
        frozenset(by_sound),
    )


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
    left, right = _prepared(en), _prepared(hi)
    in_en, in_hi = left.layout.table, right.layout.table
    best_en = right.layout.best(links)  # Hindi sentences × English terms
    best_hi = left.layout.best(links.T)  # English sentences × Hindi terms
    weighted_en, weighted_hi, local_en, local_hi = left.weighted, right.weighted, left.local, right.local
    mass_en = weighted_en @ best_en.T
    mass_hi = (weighted_hi @ best_hi.T).T
    total_en = weighted_en.sum(axis=1, keepdims=True) + 1e-6
    total_hi = weighted_hi.sum(axis=1, keepdims=True) + 1e-6
    is_number_en, is_name_en = left.is_number, left.is_name
    names: Matrix = ((weighted_en * is_name_en) @ best_en.T).astype(np.float32)
    numbers: Matrix = ((weighted_en * is_number_en) @ best_en.T).astype(np.float32)
    telling_en = in_en * left.telling
    count_en, count_hi = telling_en.sum(axis=1), (in_hi * right.telling).sum(axis=1)
    shared = telling_en @ best_en.T
    telling_name_en = is_name_en * (left.rarity > _TELLING_NAME)
    is_name_hi = (links[is_name_en > 0.0].max(axis=0, initial=0.0) > _SURE_NAME).astype(np.float32)
    telling_name_hi = is_name_hi * (right.rarity > _TELLING_NAME)
    anywhere_en = links.max(axis=1, initial=0.0)
    anywhere_hi = links.max(axis=0, initial=0.0)
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
        (in_en * telling_name_en) @ (1.0 - best_en.T),
        ((in_hi * telling_name_hi) @ (1.0 - best_hi.T)).T,
        (in_en * telling_name_en) @ (1.0 - anywhere_en),
        (in_en * is_name_en * (left.rarity > _UNKNOWN)) @ (1.0 - anywhere_en),
        (in_hi * right.is_name) @ (1.0 - anywhere_hi),
    )


def reasons(en: ArticleFeatures, hi: ArticleFeatures, matching: Matching) -> tuple[Reason, ...]:
    """The most telling agreements, as a reader would name them: names above all, then numbers, then other words.

    Names that stand side by side on both sides are one ("Narendra Modi" = "नरेंद्र मोदी").
    """
    best: dict[int, TermMatch] = {}
    for match in matching.matches:
        if match.weight > _SURE_NAME and match.weight > (best[match.en].weight if match.en in best else 0.0):
            best[match.en] = match
    followers = {pair for s in en.sentences for pair in itertools.pairwise(s.terms)}
    followers_hi = {pair for s in hi.sentences for pair in itertools.pairwise(s.terms)}
    ranked: dict[str, list[tuple[float, Reason]]] = {kind: [] for kind in _REASONS_OF_A_KIND}
    taken: set[int] = set()
    for match in best.values():
        left, right = en.terms[match.en], hi.terms[match.hi]
        if match.en in taken or left.rarity < _LEAST_REASON:
            continue
        score = match.weight * (left.rarity + right.rarity)
        if left.is_number:
            ranked["number"].append((score, Reason(left.text, right.text, "number")))
            continue
        second = next(
            (
                other
                for other in best.values()
                if left.is_name
                and (match.en, other.en) in followers
                and (match.hi, other.hi) in followers_hi
                and en.terms[other.en].is_name
                and not en.terms[other.en].is_number
            ),
            None,
        )
        kind = "name" if left.is_name else "term"
        reason = Reason(left.text, right.text, kind)
        if second is not None:
            taken.add(second.en)
            reason = Reason(f"{left.text} {en.terms[second.en].text}", f"{right.text} {hi.terms[second.hi].text}", kind)
            score += 1.0
        ranked[kind].append((score, reason))
    chosen: list[Reason] = []
    for kind, limit in _REASONS_OF_A_KIND.items():
        ranked[kind].sort(key=lambda item: (-item[0], item[1].en, item[1].hi))
        chosen += [reason for _, reason in ranked[kind][:limit]]
    return tuple(dict.fromkeys(chosen))
