"""Time and memory of pairing a large library: articles made of sampled sentences, half of each pair in common.

    python tests/benchmarks/pairing_speed.py TRAINING_FOLDER [--articles 10000]

Passage vectors are given (random directions shared by a sentence and its translation). The articles come in batches,
as the worker imports them.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop_app.domain import ExtractedArticle, Language  # noqa: E402
from desktop_app.stories.features import ArticleFeatures, article_features, linkable  # noqa: E402
from desktop_app.stories.finder import StoryFinder  # noqa: E402
from tests.benchmarks.story_data import from_lines, read_documents  # noqa: E402

SENTENCES = 14
COMMON = 7
BATCH = 200


def made_up(training: Path, count: int, seed: int) -> list[tuple[ExtractedArticle, list[int]]]:
    """*count* English and *count* Hindi articles, and the sentence numbers of each.

    There are some 7,500 sentences, so that each recurs: harder and slower than real articles.
    """
    pairs: dict[str, str] = {}
    for document in read_documents(training):
        pairs |= dict(zip(document[1], document[0], strict=True))
    with (training / "parallel" / "sentences.tsv").open(encoding="utf-8", newline="") as file:
        pairs |= {row[2]: row[1] for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    hindi, english = list(pairs), list(pairs.values())
    chance = random.Random(seed)
    made: list[tuple[ExtractedArticle, list[int]]] = []
    for _ in range(count):
        left = chance.sample(range(len(english)), SENTENCES)
        right = left[:COMMON] + chance.sample(range(len(english)), SENTENCES - COMMON)
        for numbers, lines, language in ((left, english, Language.ENGLISH), (right, hindi, Language.HINDI)):
            article, units = from_lines([lines[number] for number in numbers], language)
            made.append((article, [numbers[unit] for unit in units]))
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("training", type=Path)
    parser.add_argument("--articles", type=int, default=10_000, help="of each language")
    arguments = parser.parse_args()
    articles = made_up(arguments.training, arguments.articles, 7)
    directions = np.random.default_rng(7).standard_normal((20_000, 384)).astype(np.float32)
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    before_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    features: dict[int, ArticleFeatures] = {}
    finder = StoryFinder(features.__getitem__)
    started = time.process_time()
    for number, (article, sentences) in enumerate(articles):
        kept = [k for k, sentence in enumerate(article.sentences) if linkable(sentence)]
        vectors = directions[[sentences[k] for k in kept]].astype(np.float16)
        features[number] = article_features(article, vectors)
    reading = time.process_time() - started
    for start in range(0, len(articles), BATCH):
        batch = range(start, min(start + BATCH, len(articles)))
        finder.add_all({number: features[number] for number in batch})
    taken = time.process_time() - started
    pairs = {(link.en, link.hi) for link in finder.pairs()}
    found = sum((2 * k, 2 * k + 1) in pairs for k in range(arguments.articles))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(articles)} articles: {taken:.1f} s CPU ({reading:.1f} s of it reading the texts)")
    print(f"memory {peak_mb} MB at the peak, {before_mb} MB of it before pairing began")
    print(f"true pairs found {found / arguments.articles:.3f}, pairs kept {len(pairs)}")


if __name__ == "__main__":
    main()
