"""The trained models of this room: logistic models as plain numbers, read once from `resources/models/stories.json`.

Trained by `packaging/models/train_stories.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop_app.resources import resource_text

Matrix = NDArray[np.float32]

STORIES_MODEL = "models/stories.json"


@dataclass(frozen=True, slots=True)
class Logistic:
    """Logistic regression over standardised features; one output row a class (one row if there are two)."""

    mean: Matrix
    scale: Matrix
    weights: Matrix
    bias: Matrix

    def chances(self, features: Matrix) -> Matrix:
        """Probability of the first class for each row of *features* (two-class models)."""
        odds = self._odds(features)[:, 0]
        result: Matrix = (1.0 / (1.0 + np.exp(-odds.clip(-30.0, 30.0)))).astype(np.float32)
        return result

    def class_chances(self, features: Matrix) -> Matrix:
        """Probabilities of all classes for each row of *features*."""
        odds = self._odds(features)
        shares: Matrix = np.exp(odds - odds.max(axis=1, keepdims=True)).astype(np.float32)
        result: Matrix = shares / shares.sum(axis=1, keepdims=True)
        return result

    def _odds(self, features: Matrix) -> Matrix:
        odds: Matrix = (((features - self.mean) / self.scale) @ self.weights.T + self.bias).astype(np.float32)
        return odds

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Logistic:
        return cls(
            np.array(data["mean"], np.float32),
            np.array(data["scale"], np.float32),
            np.atleast_2d(np.array(data["weights"], np.float32)),
            np.atleast_1d(np.array(data["bias"], np.float32)),
        )


@dataclass(frozen=True, slots=True)
class LinkModel:
    """Judges sentence pairs: by themselves, then among their neighbours. `shown`: links below it are not drawn."""

    stage_one: Logistic
    stage_two: Logistic
    shown: float


@dataclass(frozen=True, slots=True)
class StoryModel:
    """The models for one kind of evidence: with sentence vectors or without.

    `translations` and `reports` are two experts; `gate` tells from the first one's answer how much the articles are
    translations of each other, and so how much to believe which.
    """

    translations: LinkModel
    reports: LinkModel
    gate: Logistic
    relation: Logistic


@dataclass(frozen=True, slots=True)
class StoryModels:
    """All trained parts. `center_*` is the mean sentence vector of a language, to be taken off before a cosine."""

    with_vectors: StoryModel
    without_vectors: StoryModel
    center_en: Matrix
    center_hi: Matrix


def models_from_json(text: str) -> StoryModels:
    data = json.loads(text)
    return StoryModels(
        _story_model(data["with_vectors"]),
        _story_model(data["without_vectors"]),
        (np.array(data["center_en"]) / 1000).astype(np.float32),
        (np.array(data["center_hi"]) / 1000).astype(np.float32),
    )


def _story_model(data: Mapping[str, Any]) -> StoryModel:
    return StoryModel(
        _link_model(data["translations"]),
        _link_model(data["reports"]),
        Logistic.from_json(data["gate"]),
        Logistic.from_json(data["relation"]),
    )


def _link_model(data: Mapping[str, Any]) -> LinkModel:
    return LinkModel(Logistic.from_json(data["stage_one"]), Logistic.from_json(data["stage_two"]), float(data["shown"]))


@cache
def shipped_models() -> StoryModels:
    return models_from_json(resource_text(STORIES_MODEL))
