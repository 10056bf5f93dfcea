"""Train the bilingual lexicon: IBM Model 1 in both directions over stems, made symmetric and pruned.

    python packaging/models/train_lexicon.py TRAINING_FOLDER

reads `parallel/sentences.tsv` and `ntrex.jsonl` of the training folder, CLDR's territory and language names (Babel) and
`news_terms.tsv` beside this file, and writes `resources/lexicon/`. After Brown et al. 1993, with a little
smoothing against rare words that explain everything.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop_app.language.terms import find_terms  # noqa: E402

ROUNDS = 6
LONGEST_SENTENCE = 70
TRANSLATIONS_KEPT = 6
LOWEST_PROBABILITY = 0.045
SMOOTHING = 0.6
TERM_PROBABILITY = 0.6

Pair = tuple[list[str], list[str]]


def content_stems(text: str) -> list[str]:
    return [term.stem for term in find_terms(text)]


def read_documents(training: Path, documents: int | None) -> list[tuple[list[str], list[str]]]:
    lines = (training / "ntrex.jsonl").read_text(encoding="utf-8").splitlines()[:documents]
    return [(item["en"], item["hi"]) for item in map(json.loads, lines)]


def read_pairs(training: Path, documents: int | None) -> Iterator[tuple[str, str, int]]:
    """English, Hindi, and how often to count the pair."""
    with (training / "parallel" / "sentences.tsv").open(encoding="utf-8", newline="") as file:
        for source, english, hindi in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield english, hindi, 2 if source == "pud" else 1
    for english_lines, hindi_lines in read_documents(training, documents):
        for english, hindi in zip(english_lines, hindi_lines, strict=True):
            yield english, hindi, 2
    yield from ((english, hindi, 2) for english, hindi in territory_names())


def territory_names() -> Iterator[tuple[str, str]]:
    """CLDR's names of countries and languages in both languages."""
    from babel import Locale

    english, hindi = Locale("en"), Locale("hi")
    for table in ("territories", "languages"):
        names = getattr(hindi, table)
        for code, name in getattr(english, table).items():
            if code in names and not names[code].isascii():
                yield name, names[code]


def news_terms() -> Iterator[tuple[str, str]]:
    path = Path(__file__).with_name("news_terms.tsv")
    for line in path.read_text(encoding="utf-8").splitlines():
        english, hindi = line.split("\t")
        for english_word in english.split(","):
            for hindi_word in hindi.split(","):
                yield english_word.strip(), hindi_word.strip()


def model_one(pairs: Sequence[Pair]) -> dict[tuple[str, str], float]:
    """p(target | source) for the source words of each pair's first side, a NULL word included."""
    sources: dict[str, int] = {}
    targets: dict[str, int] = {}
    source_at: list[int] = []
    target_at: list[int] = []
    place: list[int] = []
    places = 0
    for source, target in pairs:
        ids = [0, *(sources.setdefault(word, len(sources) + 1) for word in set(source))]
        for word in target:
            target_id = targets.setdefault(word, len(targets))
            source_at += ids
            target_at += [target_id] * len(ids)
            place += [places] * len(ids)
            places += 1
    width = len(targets)
    keys, inverse = np.unique(
        np.array(source_at, np.int64) * width + np.array(target_at, np.int64), return_inverse=True
    )
    place_of = np.array(place, np.int64)
    source_of, target_of = keys // width, keys % width
    table = np.full(len(keys), 1.0 / width)
    counts = table
    for _ in range(ROUNDS):
        chance = table[inverse]
        share = chance / np.bincount(place_of, chance, places)[place_of]
        counts = np.bincount(inverse, share, len(keys))
        table = counts / (np.bincount(source_of, counts, len(sources) + 1)[source_of] + SMOOTHING)
    source_words = {value: word for word, value in sources.items()}
    target_words = {value: word for word, value in targets.items()}
    kept = np.flatnonzero((source_of > 0) & (table > 0.004) & (counts > 0.25))
    return {(source_words[int(source_of[k])], target_words[int(target_of[k])]): float(table[k]) for k in kept}


def symmetric(pairs: Sequence[Pair]) -> dict[tuple[str, str], float]:
    """(Hindi stem, English stem) → geometric mean of both directions."""
    forward = model_one([(hindi, english) for english, hindi in pairs])
    backward = model_one(pairs)
    table = {
        (hindi, english): (chance * backward[english, hindi]) ** 0.5
        for (hindi, english), chance in forward.items()
        if (english, hindi) in backward
    }
    for english, hindi in news_terms():
        english_stems, hindi_stems = content_stems(english), content_stems(hindi)
        if len(english_stems) == 1 and len(hindi_stems) == 1:
            key = (hindi_stems[0], english_stems[0])
            table[key] = max(table.get(key, 0.0), TERM_PROBABILITY)
    return table


def pruned(table: dict[tuple[str, str], float]) -> list[tuple[str, str, int]]:
    """The best translations of each stem in either direction, as percent."""
    by_stem: dict[str, list[tuple[float, str, str]]] = defaultdict(list)
    for (hindi, english), chance in table.items():
        if chance >= LOWEST_PROBABILITY:
            by_stem[hindi].append((chance, hindi, english))
            by_stem[english].append((chance, hindi, english))
    kept = {
        (hindi, english, round(100 * chance))
        for found in by_stem.values()
        for chance, hindi, english in sorted(found, reverse=True)[:TRANSLATIONS_KEPT]
    }
    return sorted(kept)


def text_frequencies(training: Path, documents: int | None) -> tuple[Counter[str], int]:
    """In how many of the texts a stem occurs; groups of 12 unrelated sentences count as a text."""
    texts: list[list[str]] = []
    for english, hindi in read_documents(training, documents):
        texts += [english, hindi]
    with (training / "parallel" / "sentences.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row[0] != "tatoeba"]
    for side in (1, 2):
        texts += [[row[side] for row in rows[start : start + 12]] for start in range(0, len(rows), 48)]
    counts: Counter[str] = Counter()
    for lines in texts:
        counts.update({word for line in lines for word in content_stems(line)})
    return counts, len(texts) // 2


def write_table(path: Path, lines: Sequence[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    print(path, len(lines), "lines", path.stat().st_size // 1024, "KB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("training", type=Path)
    parser.add_argument("--documents", type=int, help="use only the first N documents of ntrex.jsonl")
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "lexicon")
    arguments = parser.parse_args()
    pairs: list[Pair] = []
    for english, hindi, count in read_pairs(arguments.training, arguments.documents):
        pair = (content_stems(english), content_stems(hindi))
        if pair[0] and pair[1] and max(map(len, pair)) < LONGEST_SENTENCE:
            pairs += [pair] * count
    entries = pruned(symmetric(pairs))
    write_table(arguments.out / "en-hi.tsv.gz", ["\t".join(map(str, entry)) for entry in entries])
    counts, texts = text_frequencies(arguments.training, arguments.documents)
    common = sorted((word, count) for word, count in counts.items() if count >= 2)
    write_table(arguments.out / "frequencies.tsv.gz", [f"\t{texts}", *(f"{word}\t{count}" for word, count in common)])


if __name__ == "__main__":
    main()
