"""How well the shipped recogniser finds names, and how long it takes.

    python tests/benchmarks/recogniser_accuracy.py TRAINING_FOLDER [--reports COMPARABLE_FOLDER] [--file CORPUS=PATH]...

Prints exact-span F1 (start, end and type all right, in code points) on the development parts that training leaves
out, each sentence read alone; with --file on any other file of the same formats; with --reports on the people,
places and organisations of whole annotated reports, each read as a whole. Time is CPU time per 500 words.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from desktop_app.domain import Language, Sentence  # noqa: E402
from desktop_app.entities import recognition  # noqa: E402
from desktop_app.language.tokens import tokenize  # noqa: E402

Name = tuple[int, int, str]

LANGUAGES = {
    "ewt": Language.ENGLISH,
    "wikigold": Language.ENGLISH,
    "hiner": Language.HINDI,
    "ilner": Language.HINDI,
}


@dataclass(slots=True)
class Tally:
    """Counts by type ("all" too), words and seconds."""

    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    words: int = 0
    seconds: float = 0.0

    def add(self, gold: set[Name], found: set[Name]) -> None:
        for counts, names in ((self.gold, gold), (self.found, found), (self.right, gold & found)):
            for _, _, kind in names:
                counts.update([kind, "all"])

    def line(self, name: str) -> str:
        parts = []
        for kind in ("all", "PER", "LOC", "ORG"):
            precision = 100 * self.right[kind] / max(1, self.found[kind])
            recall = 100 * self.right[kind] / max(1, self.gold[kind])
            f1 = 200 * self.right[kind] / max(1, self.found[kind] + self.gold[kind])
            parts.append(f"{kind} {f1:5.1f} ({precision:.0f}/{recall:.0f} of {self.gold[kind]})")
        return f"{name:22} {'  '.join(parts)}  {500 * self.seconds / max(1, self.words):.3f} s"


def read(
    recogniser: recognition.Recogniser, tally: Tally, text: str, sentences: list[Sentence], language: Language
) -> set[Name]:
    begin = time.process_time()
    spans = recogniser.recognise(text, sentences, language)
    tally.seconds += time.process_time() - begin
    tally.words += len(text.split())
    return {(span.start, span.end, span.type.value) for span in spans}


def corpus_tally(recogniser: recognition.Recogniser, sentences: Iterable[Any], language: Language) -> Tally:
    """Sentences read one by one; names less the quotes and commas that word-split corpora leave on them."""
    clean = importlib.import_module("models.recogniser_data").clean_names
    tally = Tally()
    for sentence in sentences:
        tokens = tokenize(sentence.text)
        gold = {(tokens[a].start, tokens[b - 1].end, kind) for a, b, kind in clean(sentence, tokens)}
        found = read(recogniser, tally, sentence.text, [Sentence(0, len(sentence.text))], language)
        tally.add(gold, found)
    return tally


def reports(folder: Path) -> Iterator[tuple[Language, str, list[Sentence], set[Name]]]:
    for path in sorted(folder.glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for language in Language:
            file = path.parent / f"{language}.txt"
            if file.exists():
                with file.open(encoding="utf-8", newline="") as opened:
                    text = opened.read()
                sentences = [Sentence(s["start"], s["end"]) for s in gold["sentences"][language.value]]
                names = {
                    (m["start"], m["end"], m["type"])
                    for m in gold["mentions"]
                    if m["doc"] == language.value and m["type"] in ("PER", "LOC", "ORG") and m["text"][0] not in "#@"
                }
                yield language, text, sentences, names


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("training", type=Path)
    parser.add_argument("--reports", type=Path)
    parser.add_argument("--file", action="append", default=[], help="CORPUS=PATH")
    arguments = parser.parse_args()
    data = importlib.import_module("models.recogniser_data")
    recogniser = recognition.Recogniser()
    recogniser.recognise("India", [Sentence(0, 5)], Language.ENGLISH)
    for corpus, sentences in data.read_all(arguments.training).development.items():
        print(corpus_tally(recogniser, sentences, LANGUAGES[corpus]).line(f"{corpus} development"), flush=True)
    for item in arguments.file:
        corpus, _, path = item.partition("=")
        read_file = data.read_ewt if corpus == "ewt" else lambda file, c=corpus: data.read_columns(file, c)
        print(corpus_tally(recogniser, read_file(Path(path)), LANGUAGES[corpus]).line(Path(path).name), flush=True)
    if arguments.reports:
        for language in Language:
            tally = Tally()
            for own, text, sentences, names in reports(arguments.reports):
                if own is language:
                    tally.add(names, read(recogniser, tally, text, sentences, language))
            print(tally.line(f"reports {language}"), flush=True)


if __name__ == "__main__":
    main()
