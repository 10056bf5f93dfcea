"""A learned many-to-many aligner of Devanagari units to Latin letters.

Joint units of up to two Devanagari sounds and three letters carry log probabilities learned by EM, after
Jiampojamarn, Kondrak and Sherif, "Applying Many-to-Many Alignments and Hidden Markov Models to
Letter-to-Phoneme Conversion" (NAACL 2007). `packaging/models/train_aligner.py` makes the model.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache

from desktop_app.resources import resource_text

STEPS = ((1, 1), (1, 2), (1, 0), (0, 1), (2, 1), (1, 3), (2, 2))
"""Lengths (sounds, letters) of the joint units."""
UNSEEN = math.log(1e-6)
"""Log probability of a small joint unit that training never used."""
_IMPOSSIBLE = -1e9


@dataclass(frozen=True, slots=True)
class UnitAligner:
    """Scores how well Latin letters spell Devanagari sounds.

    `joint` maps sounds, then letters, to the log probability of their joint unit; `sounds` and `letters` are
    the log probabilities of each alone; `midpoint` and `slope` calibrate a score to 0..1.
    """

    joint: dict[tuple[str, ...], dict[str, float]]
    sounds: dict[str, float]
    letters: dict[str, float]
    midpoint: float
    slope: float

    def score(self, sounds: tuple[str, ...], letters: str) -> float:
        """Log-likelihood ratio of the best alignment against chance, per unit: above 0.6 usually one name."""
        height, width = len(sounds), len(letters)
        if not height or not width:
            return UNSEEN
        columns = width + 1
        best = [_IMPOSSIBLE] * ((height + 1) * columns)
        best[0] = 0.0
        nothing: dict[str, float] = {}
        joint = self.joint
        insertions = joint.get((), nothing)
        inserted = [insertions.get(letter, UNSEEN) for letter in letters]
        bigrams = [letters[j - 2 : j] if j > 1 else "" for j in range(columns)]
        trigrams = [letters[j - 3 : j] if j > 2 else "" for j in range(columns)]
        for j in range(1, columns):
            best[j] = best[j - 1] + inserted[j - 1]
        for i in range(1, height + 1):
            one = joint.get(sounds[i - 1 : i], nothing)
            two = joint.get(sounds[i - 2 : i], nothing) if i > 1 else nothing
            deletion = one.get("", UNSEEN)
            row, above = i * columns, (i - 1) * columns
            best[row] = best[above] + deletion
            for j in range(1, columns):
                letter = letters[j - 1]
                value = best[above + j - 1] + one.get(letter, UNSEEN)
                other = best[above + j] + deletion
                if other > value:
                    value = other
                other = best[row + j - 1] + inserted[j - 1]
                if other > value:
                    value = other
                if j > 1:
                    other = best[above + j - 2] + one.get(bigrams[j], _IMPOSSIBLE)
                    if other > value:
                        value = other
                    if j > 2:
                        other = best[above + j - 3] + one.get(trigrams[j], _IMPOSSIBLE)
                        if other > value:
                            value = other
                if two:
                    other = best[above - columns + j - 1] + two.get(letter, _IMPOSSIBLE)
                    if other > value:
                        value = other
                    if j > 1:
                        other = best[above - columns + j - 2] + two.get(bigrams[j], _IMPOSSIBLE)
                        if other > value:
                            value = other
                best[row + j] = value
        chance = sum(self.sounds.get(sound, -9.0) for sound in sounds)
        chance += sum(self.letters.get(letter, -4.0) for letter in letters)
        return (best[-1] - chance) / (height + width)

    def similarity(self, sounds: tuple[str, ...], letters: str) -> float:
        """`score` as 0..1, where 0.5 is as often one name as two."""
        exponent = self.slope * (self.midpoint - self.score(sounds, letters))
        return 1.0 / (1.0 + math.exp(min(exponent, 60.0)))


def aligner_from_json(text: str) -> UnitAligner:
    data = json.loads(text)
    joint: dict[tuple[str, ...], dict[str, float]] = {}
    for sounds, spellings in data["joint"].items():
        # Probabilities are stored as -100 × natural logarithm.
        joint[tuple(sounds.split())] = {letters: -value / 100 for letters, value in spellings.items()}
    return UnitAligner(
        joint=joint,
        sounds={sound: -value / 100 for sound, value in data["sounds"].items()},
        letters={letter: -value / 100 for letter, value in data["letters"].items()},
        midpoint=data["midpoint"],
        slope=data["slope"],
    )


@cache
def shipped_aligner() -> UnitAligner:
    """The aligner of `resources/models/aligner.json`, read once."""
    return aligner_from_json(resource_text("models/aligner.json"))
