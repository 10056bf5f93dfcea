"""Pairs of articles with known sentence links and relation, to train and to measure `stories` on.

Translations come from `training/ntrex.jsonl`: whole, with sentences dropped and merged, or half dropped, shuffled
and mixed with foreign sentences. Comparable reports come from folders with a `gold.json` (`tests/data/comparable`
and the shared set), which describe sentences, links (core and loose) and lone articles.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain import ExtractedArticle, Language, Relation, Sentence, SentenceKind
from desktop_app.extraction import extract
from desktop_app.language.normalise import normalise
from desktop_app.language.sentences import split_sentences

UNLINKED, LINKED, LOOSE, IGNORED = 0, 1, 2, -1

Labels = NDArray[np.int8]
Document = tuple[list[str], list[str]]

_URL_LINE = re.compile(r"https?://\S+")
_DATE_LINE = re.compile(r"[\w ,.]*\d{4}")
_SENTENCE_END = re.compile(r"[.!?।…][\"'”’)\]]*(\s#\S+)*$")


@dataclass(frozen=True, slots=True)
class PairCase:
    """Two articles; `labels` is sentences × sentences; `units_*` is the line each sentence came from."""

    name: str
    en: ExtractedArticle
    hi: ExtractedArticle
    labels: Labels
    relation: Relation
    units_en: tuple[int, ...] = ()
    units_hi: tuple[int, ...] = ()
    unit_links: frozenset[tuple[int, int]] = frozenset()


def article(text: str, sentences: Sequence[Sentence], language: Language) -> ExtractedArticle:
    first = text[sentences[0].start : sentences[0].end] if sentences else ""
    return ExtractedArticle(text, first, True, None, None, language, tuple(sentences))


SAME_EVENT_DOCUMENTS = (
    (1, 33),  # Macedonia's referendum
    (7, 9, 27, 28),  # tsunami of Palu
    (13, 24),  # hurricane Rosa
    (20, 50),  # Livingston against Rangers
    (26, 36, 45),  # Trump's rally in West Virginia
    (30, 53),  # Kanye West becomes Ye
    (41, 48),  # North Korea at the United Nations
    (46, 47),  # Ryder Cup, second day
)
"""Documents of `ntrex.jsonl`, counted from 0, that report one event independently."""

RELATED_TOPICS = ((6, 41, 48), (6, 26, 36, 45), (14, 26, 36, 60))
"""Documents too close to count as unrelated, and too far apart for one event."""


def read_documents(training: Path) -> list[Document]:
    lines = (training / "ntrex.jsonl").read_text(encoding="utf-8").splitlines()
    return [(item["en"], item["hi"]) for item in map(json.loads, lines)]


def from_lines(lines: Sequence[str], language: Language) -> tuple[ExtractedArticle, tuple[int, ...]]:
    """An article of these lines, and the line of each of its sentences."""
    lines = [normalise(line) for line in lines]
    text = "\n".join(lines)
    sentences: list[Sentence] = []
    units: list[int] = []
    start = 0
    for number, line in enumerate(lines):
        for span in split_sentences(line, language, start):
            title = number == 0 and not _SENTENCE_END.search(line)
            sentences.append(Sentence(span.start, span.end, SentenceKind.TITLE if title else SentenceKind.SENTENCE))
            units.append(number)
        start += len(line) + 1
    return article(text, sentences, language), tuple(units)


def _inside(sentences: Sequence[Sentence], members: Sequence[int]) -> list[tuple[float, float]]:
    """Where each sentence lies in its line, as shares of the line."""
    lengths = [sentences[k].end - sentences[k].start for k in members]
    ends = np.cumsum(lengths) / max(sum(lengths), 1)
    return [(float(end) - length / max(sum(lengths), 1), float(end)) for end, length in zip(ends, lengths, strict=True)]


def from_units(
    name: str, en: Sequence[Sequence[int]], hi: Sequence[Sequence[int]], document: Document, relation: Relation
) -> PairCase:
    """A case whose lines are groups of the document's lines; ids beyond its length are foreign to the other side."""
    english, hindi = document
    left, units_en = from_lines([" ".join(english[k] for k in unit) for unit in en], Language.ENGLISH)
    right, units_hi = from_lines([" ".join(hindi[k] for k in unit) for unit in hi], Language.HINDI)
    links = frozenset((i, j) for i, a in enumerate(en) for j, b in enumerate(hi) if set(a) & set(b))
    labels = np.zeros((len(units_en), len(units_hi)), np.int8)
    for i, j in links:
        rows = [k for k, unit in enumerate(units_en) if unit == i]
        columns = [k for k, unit in enumerate(units_hi) if unit == j]
        spans_en, spans_hi = _inside(left.sentences, rows), _inside(right.sentences, columns)
        whole = len(en[i]) == len(hi[j]) == 1
        for row, (a, b) in zip(rows, spans_en, strict=True):
            for column, (c, d) in zip(columns, spans_hi, strict=True):
                overlap = (min(b, d) - max(a, c)) / max(min(b - a, d - c), 1e-6)
                same = len(rows) == len(columns) == 1 or (whole and overlap > 0.6)
                labels[row, column] = LINKED if same else IGNORED
    return PairCase(name, left, right, labels, relation, units_en, units_hi, links)


def clean(name: str, document: Document) -> PairCase:
    units = [(k,) for k in range(len(document[0]))]
    return from_units(name, units, units, document, Relation.TRANSLATION)


def dropped_and_merged(
    name: str, document: Document, chance: random.Random, drop: float = 0.3, merge: float = 0.15
) -> PairCase:
    def side() -> list[tuple[int, ...]]:
        kept = [k for k in range(len(document[0])) if chance.random() > drop] or [0]
        units: list[tuple[int, ...]] = []
        while kept:
            count = 2 if len(kept) > 1 and chance.random() < merge else 1
            units.append(tuple(kept[:count]))
            kept = kept[count:]
        return units

    return from_units(name, side(), side(), document, Relation.TRANSLATION)


def shuffled(
    name: str, document: Document, others: Sequence[Document], chance: random.Random, keep: float = 0.55
) -> PairCase:
    """About half of the sentences on each side, a third as many from *others*, in any order."""
    count = len(document[0])
    english = document[0] + [line for other in others for line in other[0]]
    hindi = document[1] + [line for other in others for line in other[1]]

    def side() -> list[tuple[int, ...]]:
        kept = [k for k in range(count) if chance.random() < keep] or [0]
        kept += chance.sample(range(count, len(english)), max(1, len(kept) // 3))
        chance.shuffle(kept)
        return [(k,) for k in kept]

    return from_units(name, side(), side(), (english, hindi), Relation.SAME_EVENT)


def cut(name: str, document: Document, share: float = 0.6) -> PairCase:
    """The first part in English, the last part in Hindi."""
    count = len(document[0])
    first = [(k,) for k in range(max(1, round(count * share)))]
    last = [(k,) for k in range(count - max(1, round(count * share)), count)]
    return from_units(name, first, last, document, Relation.TRANSLATION)


def halves(name: str, document: Document, *, swapped: bool = False) -> PairCase:
    """One half in English, the other in Hindi: about the same things, with no sentence in common."""
    count = len(document[0])
    first = [(k,) for k in range(count // 2)]
    second = [(k,) for k in range(count // 2, count)]
    left, right = (second, first) if swapped else (first, second)
    return from_units(name, left, right, document, Relation.SAME_EVENT)


def _kind(line: str, first: bool) -> SentenceKind:
    if _URL_LINE.fullmatch(line):
        return SentenceKind.URL
    if _SENTENCE_END.search(line):
        return SentenceKind.SENTENCE
    if _DATE_LINE.fullmatch(line) and len(line) < 30:
        return SentenceKind.DATE
    return SentenceKind.TITLE if first else SentenceKind.HEADING


def comparable_article(folder: Path, language: Language) -> ExtractedArticle | None:
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    if language not in gold["sentences"]:
        return None
    with (folder / f"{language}.txt").open(encoding="utf-8", newline="") as file:
        text = file.read()
    sentences = [
        Sentence(item["start"], item["end"], _kind(text[item["start"] : item["end"]], number == 0))
        for number, item in enumerate(gold["sentences"][language])
    ]
    return article(text, sentences, language)


def comparable_cases(folder: Path) -> Iterator[PairCase]:
    for path in sorted(folder.glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        en = comparable_article(path.parent, Language.ENGLISH)
        hi = comparable_article(path.parent, Language.HINDI)
        if en is None or hi is None:
            continue
        labels = np.zeros((len(en.sentences), len(hi.sentences)), np.int8)
        for link in gold["links"]:
            value = LINKED if link["strength"] == "core" else LOOSE
            labels[np.ix_(link["en"], link["hi"])] = value
        yield PairCase(path.parent.name, en, hi, labels, Relation(gold["relation"]))


def sample_cases(samples: Path, links: Path, only: Sequence[str] = ()) -> Iterator[PairCase]:
    """The sample stories that ship, with links given by how each sentence begins (a tab-separated file)."""
    with links.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for slug in dict.fromkeys(row["sample"] for row in table):
        if only and slug not in only:
            continue
        found = {
            language: extract(path.read_bytes(), path.name)
            for language in Language
            for path in samples.glob(f"{slug}.{language}.*")
        }
        en, hi = found[Language.ENGLISH], found[Language.HINDI]
        labels = np.zeros((len(en.sentences), len(hi.sentences)), np.int8)
        for row in table:
            if row["sample"] == slug:
                place = (_sentence_at(en, row["english"]), _sentence_at(hi, row["hindi"]))
                labels[place] = LINKED if row["strength"] == "core" else LOOSE
        yield PairCase(slug, en, hi, labels, Relation.SAME_EVENT)


def seed_case(seeds: Path, links: Path) -> PairCase:
    """The customer's two documents; *links* names sentences by where they start in the extracted text."""
    texts = sorted(seeds.glob("*.txt"))
    found = {article.language: article for article in (extract(path.read_bytes(), path.name) for path in texts)}
    en, hi = found[Language.ENGLISH], found[Language.HINDI]
    labels = np.zeros((len(en.sentences), len(hi.sentences)), np.int8)
    rows = {sentence.start: number for number, sentence in enumerate(en.sentences)}
    columns = {sentence.start: number for number, sentence in enumerate(hi.sentences)}
    with links.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            value = LINKED if row["strength"] == "core" else LOOSE
            labels[rows[int(row["english_start"])], columns[int(row["hindi_start"])]] = value
    return PairCase("seeds", en, hi, labels, Relation.SAME_EVENT)


def _sentence_at(article: ExtractedArticle, beginning: str) -> int:
    for number, sentence in enumerate(article.sentences):
        if article.text[sentence.start : sentence.end].startswith(beginning):
            return number
    raise ValueError(f"no sentence begins with {beginning!r}")


def lone_articles(folder: Path) -> Iterator[tuple[str, ExtractedArticle]]:
    for path in sorted(folder.glob("*/gold.json")):
        found = [comparable_article(path.parent, language) for language in Language]
        if sum(item is not None for item in found) == 1:
            yield path.parent.name, next(item for item in found if item is not None)
