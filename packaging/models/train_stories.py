"""Train the models of `desktop_app/stories`: sentence links in two stages and the three-way relation.

    python packaging/models/train_stories.py SHARED_FOLDER [--cache FOLDER]

SHARED_FOLDER holds `training/ntrex.jsonl` and `comparable/`. Writes `resources/models/stories.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop_app.domain import ExtractedArticle, Language, Relation  # noqa: E402
from desktop_app.language.encoder import TextEncoder  # noqa: E402
from desktop_app.stories.features import ArticleFeatures, article_features, linkable_texts  # noqa: E402
from desktop_app.stories.link_features import stage_one, stage_two  # noqa: E402
from desktop_app.stories.models import Logistic, StoryModel, StoryModels  # noqa: E402
from desktop_app.stories.passages import Alignment, align_features  # noqa: E402
from desktop_app.stories.relation import RELATIONS, relation_features  # noqa: E402
from tests.benchmarks.story_data import (  # noqa: E402
    IGNORED,
    LINKED,
    LOOSE,
    Document,
    PairCase,
    clean,
    comparable_article,
    comparable_cases,
    cut,
    dropped_and_merged,
    halves,
    read_documents,
    shuffled,
)

Matrix = NDArray[np.float32]

COMPARABLE_WEIGHT = 6.0
SHOWN = 0.4
NEGATIVES_A_DOCUMENT = 3


@dataclass(frozen=True)
class Example:
    """A pair ready for training."""

    case: PairCase
    en: ArticleFeatures
    hi: ArticleFeatures
    weight: float

    @property
    def labels(self) -> NDArray[np.int8]:
        rows = [s.index for s in self.en.sentences]
        columns = [s.index for s in self.hi.sentences]
        labels: NDArray[np.int8] = self.case.labels[np.ix_(rows, columns)]
        return labels


class Describer:
    """Article features with vectors, each text encoded once and kept on disk."""

    def __init__(self, cache: Path) -> None:
        self._encoder = TextEncoder(cache)
        self._file = cache / "passage_vectors.npz"
        self._vectors: dict[str, NDArray[np.float16]] = {}
        if self._file.exists():
            stored = np.load(self._file, allow_pickle=False)
            self._vectors = dict(zip(stored["texts"].tolist(), stored["vectors"], strict=True))

    def vectors(self, texts: Sequence[str]) -> Matrix:
        missing = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        for start in range(0, len(missing), 64):
            part = missing[start : start + 64]
            self._vectors |= dict(zip(part, self._encoder.encode_passages(part).astype(np.float16), strict=True))
        if not texts:
            return np.zeros((0, 384), np.float32)
        return np.stack([self._vectors[text] for text in texts]).astype(np.float32)

    def describe(self, article: ExtractedArticle, with_vectors: bool) -> ArticleFeatures:
        return article_features(article, self.vectors(linkable_texts(article)) if with_vectors else None)

    def save(self) -> None:
        texts = list(self._vectors)
        np.savez(self._file, texts=np.array(texts), vectors=np.stack([self._vectors[text] for text in texts]))


def fit(features: Matrix, labels: NDArray[Any], weights: Matrix, strength: float = 1.0) -> Logistic:
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-6
    model = LogisticRegression(max_iter=4000, C=strength)
    model.fit((features - mean) / scale, labels, sample_weight=weights)
    return Logistic(
        mean.astype(np.float32),
        scale.astype(np.float32),
        model.coef_.astype(np.float32),
        model.intercept_.astype(np.float32),
    )


def rows(examples: Iterable[Example], features: Callable[[Example], Matrix]) -> tuple[Matrix, NDArray[Any], Matrix]:
    """Stack the judged sentence pairs of all examples."""
    stacked, labels, weights = [], [], []
    for example in examples:
        label = example.labels.ravel()
        known = (label != IGNORED) & (label != LOOSE)
        stacked.append(features(example)[known])
        labels.append(label[known] == LINKED)
        weights.append(np.full(int(known.sum()), example.weight))
    return np.concatenate(stacked), np.concatenate(labels).astype(int), np.concatenate(weights)


class Trainer:
    """Fits all stages on given examples."""

    def __init__(self, center_en: Matrix, center_hi: Matrix) -> None:
        self._center_en, self._center_hi = center_en, center_hi
        self._unfitted = Logistic(*(np.zeros(1, np.float32) for _ in range(4)))

    def models(self, stage_1: Logistic, stage_2: Logistic, relation: Logistic) -> StoryModels:
        model = StoryModel(stage_1, stage_2, relation)
        return StoryModels(model, model, self._center_en, self._center_hi, SHOWN)

    def links(self, examples: Sequence[Example]) -> StoryModels:
        alignments = {id(e): self._evidence(e) for e in examples}
        first = fit(*rows(examples, lambda e: alignments[id(e)]))

        def second_features(example: Example) -> Matrix:
            evidence = alignments[id(example)]
            return stage_two(first.chances(evidence).reshape(example.labels.shape), evidence)

        second = fit(*rows(examples, second_features))
        return self.models(first, second, self._unfitted)

    def _evidence(self, example: Example) -> Matrix:
        alignment = align_evidence(example, self._center_en, self._center_hi)
        return stage_one(example.en, example.hi, alignment.matching, alignment.cosine)

    def relation(
        self, models: StoryModels, pairs: Sequence[tuple[ArticleFeatures, ArticleFeatures, Relation, float]]
    ) -> StoryModels:
        features = np.concatenate([relation_row(en, hi, models) for en, hi, _, _ in pairs])
        labels = np.array([RELATIONS.index(relation) for _, _, relation, _ in pairs])
        weights = np.array([weight for *_, weight in pairs])
        fitted = fit(features, labels, weights, strength=0.3)
        return self.models(models.with_vectors.stage_one, models.with_vectors.stage_two, fitted)


def align_evidence(example: Example, center_en: Matrix, center_hi: Matrix) -> Alignment:
    from desktop_app.stories.link_features import cosines
    from desktop_app.stories.matching import match_articles

    matching = match_articles(example.en, example.hi)
    nothing = np.zeros(example.labels.shape, np.float32)
    return Alignment(matching, cosines(example.en, example.hi, center_en, center_hi), nothing, nothing)


def relation_row(en: ArticleFeatures, hi: ArticleFeatures, models: StoryModels) -> Matrix:
    return relation_features(en, hi, align_features(en, hi, models), models)


def link_examples(documents: Sequence[Document], seed: int, describe: Describer, with_vectors: bool) -> list[Example]:
    chance = random.Random(seed)
    cases = [clean(f"clean {k}", document) for k, document in enumerate(documents)]
    for k, document in enumerate(documents):
        for _ in range(2):
            stranger = documents[(k + 1 + chance.randrange(len(documents) - 1)) % len(documents)]
            cases.append(dropped_and_merged(f"noisy {k}", document, chance))
            cases.append(shuffled(f"shuffled {k}", document, stranger, chance))
    return [example(case, describe, with_vectors) for case in cases]


def example(case: PairCase, describe: Describer, with_vectors: bool, weight: float = 1.0) -> Example:
    return Example(case, describe.describe(case.en, with_vectors), describe.describe(case.hi, with_vectors), weight)


RelationPair = tuple[ArticleFeatures, ArticleFeatures, Relation, float]


def translation_relations(
    documents: Sequence[Document], seed: int, describe: Describer, with_vectors: bool, models: StoryModels
) -> list[RelationPair]:
    """Whole and damaged translations, halves of one text, and the documents that look most alike."""
    chance = random.Random(seed)
    pairs: list[RelationPair] = []
    whole = [example(clean("", document), describe, with_vectors) for document in documents]
    parts = [example(cut("", document), describe, with_vectors) for document in documents]
    for k, document in enumerate(documents):
        pairs.append((whole[k].en, whole[k].hi, Relation.TRANSLATION, 1.0))
        noisy = example(dropped_and_merged("", document, chance), describe, with_vectors)
        pairs.append((noisy.en, noisy.hi, Relation.TRANSLATION, 1.0))
        if len(document[0]) >= 6:
            for swapped in (False, True):
                half = example(halves("", document, swapped=swapped), describe, with_vectors)
                pairs.append((half.en, half.hi, Relation.SAME_EVENT, 0.7))
        pairs.append((parts[k].en, parts[k].hi, Relation.SAME_EVENT, 0.5))
    for side in (whole, parts):
        rows_ = [[float(relation_row(a.en, b.hi, models)[0, 15]) for b in side] for a in side]
        likeness = np.array(rows_)
        np.fill_diagonal(likeness, -1.0)
        for k in range(len(side)):
            nearest = np.argsort(-likeness[:, k])[:NEGATIVES_A_DOCUMENT].tolist()
            strangers = [*nearest, *chance.sample(range(len(side)), 2)]
            pairs += [(side[o].en, side[k].hi, Relation.UNRELATED, 0.7) for o in strangers if o != k]
    return pairs


@dataclass(frozen=True)
class Report:
    """A comparable article and the story it belongs to."""

    story: str
    features: ArticleFeatures


def reports(folders: Sequence[Path], describe: Describer, with_vectors: bool) -> dict[Language, list[Report]]:
    found: dict[Language, list[Report]] = {language: [] for language in Language}
    for folder in folders:
        for path in sorted(folder.glob("*/gold.json")):
            for language in Language:
                article = comparable_article(path.parent, language)
                if article is not None:
                    found[language].append(Report(path.parent.name, describe.describe(article, with_vectors)))
    return found


def comparable_relations(found: dict[Language, list[Report]], weight: float) -> list[tuple[str, str, RelationPair]]:
    """Every English with every Hindi report, and the two stories they belong to."""
    pairs: list[tuple[str, str, RelationPair]] = []
    for a in found[Language.ENGLISH]:
        for b in found[Language.HINDI]:
            same = a.story == b.story
            relation = Relation.SAME_EVENT if same else Relation.UNRELATED
            pairs.append((a.story, b.story, (a.features, b.features, relation, weight * (3.0 if same else 1.0))))
    return pairs


def to_json(model: Logistic) -> dict[str, Any]:
    return {
        name: np.round(getattr(model, name).astype(float), 5).tolist() for name in ("mean", "scale", "weights", "bias")
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "setu-training")
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "models" / "stories.json")
    arguments = parser.parse_args()
    documents = read_documents(arguments.shared / "training")
    folders = [arguments.shared / "comparable", ROOT / "tests" / "data" / "comparable"]
    arguments.cache.mkdir(parents=True, exist_ok=True)
    describe = Describer(arguments.cache)
    center_en = describe.vectors([line for english, _ in documents for line in english]).mean(axis=0)
    center_hi = describe.vectors([line for _, hindi in documents for line in hindi]).mean(axis=0)
    trainer = Trainer(center_en, center_hi)
    out: dict[str, Any] = {
        "center_en": np.round(center_en * 1000, 2).tolist(),
        "center_hi": np.round(center_hi * 1000, 2).tolist(),
        "shown": SHOWN,
    }
    for name, with_vectors in (("with_vectors", True), ("without_vectors", False)):
        examples = link_examples(documents, 1, describe, with_vectors)
        examples += [
            example(case, describe, with_vectors, COMPARABLE_WEIGHT)
            for folder in folders
            for case in comparable_cases(folder)
        ]
        models = trainer.links(examples)
        pairs = translation_relations(documents, 2, describe, with_vectors, models)
        pairs += [pair for *_, pair in comparable_relations(reports(folders, describe, with_vectors), 1.0)]
        model = trainer.relation(models, pairs).with_vectors
        out[name] = {part: to_json(getattr(model, part)) for part in ("stage_one", "stage_two", "relation")}
    describe.save()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(json.dumps(out, separators=(",", ":")) + "\n", encoding="utf-8")
    print(arguments.out, arguments.out.stat().st_size // 1024, "KB")


if __name__ == "__main__":
    main()
