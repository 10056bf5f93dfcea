"""Train the models of `desktop_app/stories`: sentence links in two stages and the three-way relation.

    python packaging/models/train_lexicon.py SHARED_FOLDER/training --documents 0 --out LEXICON_FOLDER
    python packaging/models/train_stories.py SHARED_FOLDER LEXICON_FOLDER [--cache FOLDER]

SHARED_FOLDER holds `training/ntrex.jsonl` and `comparable/`. Writes `resources/models/stories.json`.
The shipped lexicon has read ntrex: comparing its sentences with that would flatter what words in common can tell, so
training uses one that has not.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
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
from desktop_app.language.lexicon import FREQUENCY_FILE, LEXICON_FILE, lexicon_from_text  # noqa: E402
from desktop_app.stories import features  # noqa: E402
from desktop_app.stories.features import ArticleFeatures, article_features, linkable_texts  # noqa: E402
from desktop_app.stories.link_features import (  # noqa: E402
    cosines,
    stage_one,
    stage_two,
)
from desktop_app.stories.matching import Matching, match_articles, match_terms  # noqa: E402
from desktop_app.stories.models import (  # noqa: E402
    LinkModel,
    Logistic,
    StoryModel,
    StoryModels,
)
from desktop_app.stories.passages import align_features, expert_chances, gate_features  # noqa: E402  # noqa: E402
from desktop_app.stories.relation import RELATIONS, relation_features  # noqa: E402
from tests.benchmarks.story_data import (  # noqa: E402
    IGNORED,
    LOOSE,
    RELATED_TOPICS,
    SAME_EVENT_DOCUMENTS,
    UNLINKED,
    Document,
    PairCase,
    clean,
    comparable_cases,
    cut,
    dropped_and_merged,
    halves,
    lone_articles,
    read_documents,
    sample_cases,
    shuffled,
)

Matrix = NDArray[np.float32]

COMPARABLE_WEIGHT = 6.0
TRANSLATIONS_AMONG_REPORTS = 0.1
LOOSE_WEIGHT = 0.5
SHUFFLED_GATE_WEIGHT = 3.0
SHOWN = {"translations": 0.55, "reports": 0.35}
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
    """Stack the judged sentence pairs of all examples; loose links count as links with less weight."""
    stacked, labels, weights = [], [], []
    for example in examples:
        label = example.labels.ravel()
        known = label != IGNORED
        stacked.append(features(example)[known])
        labels.append(label[known] != UNLINKED)
        weights.append(np.where(label[known] == LOOSE, LOOSE_WEIGHT, 1.0) * example.weight)
    return np.concatenate(stacked), np.concatenate(labels).astype(int), np.concatenate(weights)


@dataclass(frozen=True)
class Evidence:
    """The first-stage view of an example, computed once."""

    example: Example
    matching: Matching
    cosine: Matrix | None
    features: Matrix

    @property
    def shape(self) -> tuple[int, int]:
        return (len(self.example.en.sentences), len(self.example.hi.sentences))


def fit_expert(evidence: Sequence[Evidence], weights: Sequence[float], shown: float, strength: float) -> LinkModel:
    """Fit both stages on the examples, each weighted."""
    by_id = {id(item.example): item for item in evidence}
    examples = [replace(item.example, weight=weight) for item, weight in zip(evidence, weights, strict=True)]
    origin = {id(new): by_id[id(item.example)] for new, item in zip(examples, evidence, strict=True)}
    first = fit(*rows(examples, lambda e: origin[id(e)].features), strength)

    def second_features(example: Example) -> Matrix:
        item = origin[id(example)]
        return stage_two(first.chances(item.features).reshape(item.shape), item.features)

    return LinkModel(first, fit(*rows(examples, second_features), strength), shown)


class Trainer:
    """Fits all models on given examples."""

    def __init__(self, center_en: Matrix, center_hi: Matrix) -> None:
        self._center_en, self._center_hi = center_en, center_hi
        self._unfitted = Logistic(*(np.zeros(1, np.float32) for _ in range(4)))

    def evidence(self, example: Example) -> Evidence:
        matching = match_articles(example.en, example.hi)
        cosine = cosines(example.en, example.hi, self._center_en, self._center_hi)
        return Evidence(example, matching, cosine, stage_one(example.en, example.hi, matching, cosine))

    def translation_expert(self, translations: Sequence[Evidence]) -> LinkModel:
        return fit_expert(translations, [1.0] * len(translations), SHOWN["translations"], 0.3)

    def links(self, translations: Sequence[Evidence], reports: Sequence[Evidence], expert: LinkModel) -> StoryModel:
        """All but the relation; *expert* is `translation_expert` of the same translations."""
        weights = [TRANSLATIONS_AMONG_REPORTS] * len(translations) + [
            COMPARABLE_WEIGHT * item.example.weight for item in reports
        ]
        report_expert = fit_expert([*translations, *reports], weights, SHOWN["reports"], 0.1)
        gates = [self._gate(expert, item) for item in (*translations, *reports)]
        labels = np.array([1] * len(translations) + [0] * len(reports))
        shares = [
            (SHUFFLED_GATE_WEIGHT if item.example.case.name.startswith("shuffled") else 1.0) / len(translations)
            for item in translations
        ]
        gate_weights = (60.0 * np.array(shares + [1.0 / len(reports)] * len(reports))).astype(np.float32)
        gate = fit(np.concatenate(gates), labels, gate_weights)
        return StoryModel(expert, report_expert, gate, self._unfitted)

    def _gate(self, expert: LinkModel, item: Evidence) -> Matrix:
        _, chances = expert_chances(expert, item.features, item.shape)
        return gate_features(chances, item.matching, item.cosine, item.features)

    def story_models(self, model: StoryModel) -> StoryModels:
        return StoryModels(model, model, self._center_en, self._center_hi)

    def relation(self, model: StoryModel, pairs: Sequence[RelationPair]) -> StoryModel:
        models = self.story_models(model)
        features = np.concatenate([relation_row(en, hi, models) for en, hi, _, _ in pairs])
        labels = np.array([RELATIONS.index(relation) for _, _, relation, _ in pairs])
        weights = np.array([weight for *_, weight in pairs])
        return replace(model, relation=fit(features, labels, weights, strength=0.2))


RelationPair = tuple[ArticleFeatures, ArticleFeatures, Relation, float]


def relation_row(en: ArticleFeatures, hi: ArticleFeatures, models: StoryModels) -> Matrix:
    return relation_features(en, hi, align_features(en, hi, models), models)


def link_examples(documents: Sequence[Document], seed: int, describe: Describer, with_vectors: bool) -> list[Example]:
    chance = random.Random(seed)
    cases = [clean(f"clean {k}", document) for k, document in enumerate(documents)]
    for k, document in enumerate(documents):
        for _ in range(2):
            cases.append(dropped_and_merged(f"noisy {k}", document, chance))
            others = [other for other in documents if other is not document]
            cases.append(shuffled(f"shuffled {k}", document, others, chance))
    return [example(case, describe, with_vectors) for case in cases]


def example(case: PairCase, describe: Describer, with_vectors: bool, weight: float = 1.0) -> Example:
    return Example(case, describe.describe(case.en, with_vectors), describe.describe(case.hi, with_vectors), weight)


def translation_relations(
    documents: Sequence[Document], first: int, seed: int, describe: Describer, with_vectors: bool
) -> list[RelationPair]:
    """Whole and damaged translations, halves of one text, independent reports of one event, and strangers.

    *first* is the number of the first document in `ntrex.jsonl`.
    """
    chance = random.Random(seed)
    pairs: list[RelationPair] = []
    whole = [example(clean("", document), describe, with_vectors) for document in documents]
    parts = [example(cut("", document), describe, with_vectors) for document in documents]
    for k, document in enumerate(documents):
        pairs.append((whole[k].en, whole[k].hi, Relation.TRANSLATION, 1.0))
        noisy = example(dropped_and_merged("", document, chance), describe, with_vectors)
        pairs.append((noisy.en, noisy.hi, Relation.TRANSLATION, 1.0))
        others = [other for other in documents if other is not document]
        mixed = example(shuffled("", document, others, chance), describe, with_vectors)
        pairs.append((mixed.en, mixed.hi, Relation.SAME_EVENT, 0.5))
        if len(document[0]) >= 6:
            for swapped in (False, True):
                half = example(halves("", document, swapped=swapped), describe, with_vectors)
                pairs.append((half.en, half.hi, Relation.SAME_EVENT, 0.7))
        pairs.append((parts[k].en, parts[k].hi, Relation.TRANSLATION, 0.7))
    for side in (whole, parts):
        for k, right in enumerate(side):
            shared = [names_in_common(left.en, right.hi) for left in side]
            nearest = sorted(range(len(side)), key=lambda other: -shared[other])[: NEGATIVES_A_DOCUMENT + 4]
            for other in dict.fromkeys([*nearest, *chance.sample(range(len(side)), 2)]):
                relation = known_relation(first + other, first + k)
                if relation is not None:
                    pairs.append((side[other].en, right.hi, relation, 0.7))
    return pairs


def names_in_common(en: ArticleFeatures, hi: ArticleFeatures) -> float:
    found = {a: en.terms[a].rarity * weight for (a, _), weight in match_terms(en, hi).items() if en.terms[a].is_name}
    return sum(found.values())


def known_relation(one: int, other: int) -> Relation | None:
    """How two different documents relate; None where that is open to dispute."""
    if one == other or any(one in group and other in group for group in RELATED_TOPICS):
        return None
    same = any(one in group and other in group for group in SAME_EVENT_DOCUMENTS)
    return Relation.SAME_EVENT if same else Relation.UNRELATED


@dataclass(frozen=True)
class Report:
    """A comparable article and the story it belongs to."""

    story: str
    features: ArticleFeatures


def reports(
    cases: Sequence[PairCase], folders: Sequence[Path], describe: Describer, with_vectors: bool
) -> dict[Language, list[Report]]:
    """All comparable articles by language, lone ones too."""
    found: dict[Language, list[Report]] = {language: [] for language in Language}
    articles = [(case.name, article) for case in cases for article in (case.en, case.hi)]
    articles += [item for folder in folders for item in lone_articles(folder)]
    for name, article in articles:
        found[article.language].append(Report(name, describe.describe(article, with_vectors)))
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


def model_to_json(model: StoryModel) -> dict[str, Any]:
    def expert(link: LinkModel) -> dict[str, Any]:
        return {"stage_one": to_json(link.stage_one), "stage_two": to_json(link.stage_two), "shown": link.shown}

    return {
        "translations": expert(model.translations),
        "reports": expert(model.reports),
        "gate": to_json(model.gate),
        "relation": to_json(model.relation),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("lexicon", type=Path)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "setu-training")
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "models" / "stories.json")
    arguments = parser.parse_args()
    pairs_file, frequencies_file = (arguments.lexicon / Path(name).name for name in (LEXICON_FILE, FREQUENCY_FILE))
    lexicon = lexicon_from_text(
        gzip.decompress(pairs_file.read_bytes()).decode(), gzip.decompress(frequencies_file.read_bytes()).decode()
    )
    features.shipped_lexicon = lambda: lexicon  # type: ignore[assignment, attr-defined]
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
    }
    cases = [case for folder in folders for case in comparable_cases(folder)]
    cases += sample_cases(ROOT / "resources" / "samples", ROOT / "tests" / "data" / "sample_links.tsv")
    for name, with_vectors in (("with_vectors", True), ("without_vectors", False)):
        translations = [trainer.evidence(item) for item in link_examples(documents, 1, describe, with_vectors)]
        comparable = [trainer.evidence(example(case, describe, with_vectors)) for case in cases]
        model = trainer.links(translations, comparable, trainer.translation_expert(translations))
        pairs = translation_relations(documents, 0, 2, describe, with_vectors)
        pairs += [pair for *_, pair in comparable_relations(reports(cases, folders, describe, with_vectors), 1.0)]
        out[name] = model_to_json(trainer.relation(model, pairs))
    describe.save()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(json.dumps(out, separators=(",", ":")) + "\n", encoding="utf-8")
    print(arguments.out, arguments.out.stat().st_size // 1024, "KB")


if __name__ == "__main__":
    main()
