"""Accuracy of pairing, alignment and relation through the command line, on data of the given folder.

    python tests/benchmarks/story_accuracy.py SHARED_FOLDER [--first 0] [--last 61] [--seed 5]

SHARED_FOLDER holds `training/ntrex.jsonl` and `comparable/`, and perhaps `seeds/`. The shipped models have seen these
very documents (not the seeds): give a folder with others of the same form for figures that mean something, or train
without some of them first.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop_app.domain import ExtractedArticle, Relation  # noqa: E402
from desktop_app.language.normalise import normalise  # noqa: E402
from tests.benchmarks.story_data import (  # noqa: E402
    LINKED,
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
    seed_case,
    shuffled,
)

Spans = Sequence[tuple[int, int]]


def setu(*arguments: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "desktop_app", *arguments, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def write(folder: Path, name: str, article: ExtractedArticle) -> Path:
    path = folder / f"{name}.txt"
    path.write_text(article.text, encoding="utf-8", newline="")
    return path


def compare_all(folder: Path, cases: Sequence[PairCase]) -> list[dict[str, Any]]:
    rows = []
    for number, case in enumerate(cases):
        en, hi = write(folder, f"{number}.en", case.en), write(folder, f"{number}.hi", case.hi)
        rows.append(f"{en}\t{hi}")
    batch = folder / "pairs.tsv"
    batch.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return setu("compare", "--batch", str(batch))


def overlapping(span: tuple[int, int], spans: Spans) -> set[int]:
    return {k for k, (start, end) in enumerate(spans) if start < span[1] and span[0] < end}


def line_spans(article: ExtractedArticle) -> Spans:
    spans, start = [], 0
    for line in article.text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def normalised_spans(article: ExtractedArticle) -> Spans:
    """The sentences' places in the text as Setu stores it."""
    text = article.text
    return [(len(normalise(text[: s.start])), len(normalise(text[: s.end]))) for s in article.sentences]


def found_links(answer: dict[str, Any], en: Spans, hi: Spans) -> set[tuple[int, int]]:
    """The answer's links, carried over to the given stretches of text."""
    sides = [
        [overlapping((item["start"], item["end"]), spans) for item in answer["sentences"][language]]
        for language, spans in (("en", en), ("hi", hi))
    ]
    return {
        (a, b)
        for link in answer["links"]
        for i in link["en"]
        for j in link["hi"]
        for a in sides[0][i]
        for b in sides[1][j]
    }


def f1(right: int, found: int, true: int) -> str:
    score = 2 * right / max(1, found + true)
    return f"F1 {score:.3f}  precision {right / max(1, found):.3f}  recall {right / max(1, true):.3f}"


def alignment_of_translations(folder: Path, name: str, cases: Sequence[PairCase]) -> None:
    right = found = true = 0
    for case, answer in zip(cases, compare_all(folder, cases), strict=True):
        links = found_links(answer, line_spans(case.en), line_spans(case.hi))
        right += len(links & case.unit_links)
        found += len(links)
        true += len(case.unit_links)
    print(f"alignment, {name}: {f1(right, found, true)}")


def alignment_of_reports(folder: Path, cases: Sequence[PairCase], name: str) -> None:
    accepted = found = core_found = core = 0
    for case, answer in zip(cases, compare_all(folder, cases), strict=True):
        spans = [normalised_spans(article) for article in (case.en, case.hi)]
        links = found_links(answer, *spans)
        accepted += sum(case.labels[link] != UNLINKED for link in links)
        found += len(links)
        core_found += sum(case.labels[link] == LINKED for link in links)
        core += int((case.labels == LINKED).sum())
    precision, recall = accepted / max(1, found), core_found / max(1, core)
    print(f"alignment, {name}: precision (core and loose) {precision:.3f}, recall of core {recall:.3f}")


def pairing(folder: Path, articles: Iterable[tuple[str, str, ExtractedArticle]], name: str) -> None:
    """*articles*: story, file name, article. Articles of one story belong together, others do not."""
    stories: dict[str, str] = {}
    files = folder / "files"
    files.mkdir(parents=True)
    for story, file_name, article in articles:
        stories[write(files, file_name, article).name] = story
    library = str(folder / "library")
    setu("--library", library, "import", str(files))
    listed = {row["id"]: stories[Path(row["path"]).name] for row in setu("--library", library, "list")}
    pairs = [(p["en"], p["hi"]) for story in setu("--library", library, "stories") for p in story["pairs"]]
    right = sum(listed[en] == listed[hi] for en, hi in pairs)
    true = len(listed) - len(set(listed.values()))
    lone = sum(listed[en] != listed[hi] for en, hi in pairs)
    print(
        f"pairing, {name}: recall {right / max(1, true):.3f}  precision {right / max(1, len(pairs)):.3f}  wrong {lone}"
    )


def relation_cases(documents: Sequence[Document], chance: random.Random) -> list[PairCase]:
    cases: list[PairCase] = []
    for number, document in enumerate(documents):
        cases += [clean("", document), dropped_and_merged("", document, chance, merge=0.0)]
        cases += [halves("", document), halves("", document, swapped=True)]
        for other in chance.sample([k for k in range(len(documents)) if k != number], 2):
            left, right = clean("", documents[other]), clean("", document)
            cases.append(PairCase("", left.en, right.hi, right.labels, Relation.UNRELATED))
    return cases


def relations(folder: Path, cases: Sequence[PairCase], name: str) -> None:
    answers = compare_all(folder, cases)
    right = [answer["relation"] == case.relation for case, answer in zip(cases, answers, strict=True)]
    by_kind = {kind: [ok for ok, case in zip(right, cases, strict=True) if case.relation is kind] for kind in Relation}
    parts = ", ".join(f"{kind} {sum(found) / len(found):.3f}" for kind, found in by_kind.items() if found)
    print(f"relation, {name}: accuracy {sum(right) / len(right):.3f} ({parts})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--last", type=int, default=None)
    parser.add_argument("--seed", type=int, default=5)
    arguments = parser.parse_args()
    documents = read_documents(arguments.shared / "training")[arguments.first : arguments.last]
    reports = list(comparable_cases(arguments.shared / "comparable"))
    lone = list(lone_articles(arguments.shared / "comparable"))
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as place:
        folders = (Path(tempfile.mkdtemp(dir=place)) for _ in range(20))
        cuts = [(str(number), cut(str(number), document)) for number, document in enumerate(documents)]
        sides = [(name, f"{name}.{a.language}", a) for name, case in cuts for a in (case.en, case.hi)]
        pairing(next(folders), sides, "translations cut to 60 %")
        sides = [(case.name, f"{case.name}.{a.language}", a) for case in reports for a in (case.en, case.hi)]
        sides += [(name, name, article) for name, article in lone]
        pairing(next(folders), sides, "comparable reports among lone ones")
        noisy = [dropped_and_merged("", document, chance) for document in documents]
        mixed = [shuffled("", d, [other for other in documents if other is not d], chance) for d in documents]
        alignment_of_translations(next(folders), "clean", [clean("", document) for document in documents])
        alignment_of_translations(next(folders), "30 % dropped, 15 % merged", noisy)
        alignment_of_translations(next(folders), "half dropped, foreign added, shuffled", mixed)
        alignment_of_reports(next(folders), reports, "comparable reports")
        if (arguments.shared / "seeds").is_dir():
            seeds = seed_case(arguments.shared / "seeds", ROOT / "tests" / "data" / "seed_links.tsv")
            alignment_of_reports(next(folders), [seeds], "seeds, which nothing was trained on")
        relations(next(folders), relation_cases(documents, chance), "translations")
        strangers = [
            PairCase("", a.en, b.hi, b.labels, Relation.SAME_EVENT if a is b else Relation.UNRELATED)
            for a in reports
            for b in reports
        ]
        relations(next(folders), strangers, "comparable reports, each with each")


if __name__ == "__main__":
    main()
