"""The recogniser's training corpora as Setu's own tokens, cut into development and training parts, and varied.

Each corpus keeps its own conventions (what belongs to a name, what counts as one), told apart by a tag that the
network sees; the reader's program asks for one fixed tag per language.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from desktop_app.language.tokens import Token, tokenize

CORPORA = ("ewt", "wikigold", "onto", "hiner", "ilner")
TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
_TAG = {tag: number for number, tag in enumerate(TAGS)}
_TYPES = {
    "PER": "PER", "PERSON": "PER", "NEP": "PER",
    "LOC": "LOC", "LOCATION": "LOC", "NEL": "LOC",
    "ORG": "ORG", "ORGANIZATION": "ORG", "NEO": "ORG",
}  # fmt: skip
_ENGLISH = frozenset({"ewt", "wikigold", "onto"})
_LONGEST = 160  # words of one example


Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Example:
    """Words with their tags. `starts` are the indices at which sentences begin; group tells documents apart."""

    corpus: str
    group: str
    words: tuple[str, ...]
    tags: tuple[int, ...]
    starts: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Corpora(Generic[Item]):
    train: dict[str, list[Item]]
    development: dict[str, list[Item]]


def spans(tags: Sequence[int]) -> set[tuple[int, int, str]]:
    """Names as (first word, end word, type)."""
    found: set[tuple[int, int, str]] = set()
    start = -1
    for index, tag in enumerate([*tags, 0]):
        if start >= 0 and TAGS[tag][0] != "I":
            found.add((start, index, TAGS[tags[start]][2:]))
            start = -1
        if TAGS[tag][0] == "B":
            start = index
    return found


@dataclass(frozen=True, slots=True)
class Sentence:
    """A corpus' sentence as text, its names as (start, end, type) in code points; group tells documents apart."""

    corpus: str
    group: str
    text: str
    names: tuple[tuple[int, int, str], ...]


_NEVER_FIRST = frozenset(".,;:!?।|'\"“”‘’()[]-–—/")
_NEVER_LAST = _NEVER_FIRST - {".", ")", "!", "?"}  # "Inc.", "CPI(M)", "Yahoo!"


def clean_names(sentence: Sentence, tokens: Sequence[Token]) -> list[tuple[int, int, str]]:
    """A sentence's names as (first token, end token, type), less quotes and commas that a corpus left on them."""
    found: list[tuple[int, int, str]] = []
    for start, end, kind in sentence.names:
        inside = [index for index, token in enumerate(tokens) if token.start < end and token.end > start]
        while inside and tokens[inside[0]].text in _NEVER_FIRST:
            inside.pop(0)
        while inside and tokens[inside[-1]].text in _NEVER_LAST:
            inside.pop()
        if inside:
            found.append((inside[0], inside[-1] + 1, kind))
    return found


def example_of(sentence: Sentence) -> Example:
    """Setu's tokens of a sentence with the names put on them."""
    tokens = tokenize(sentence.text)
    tags = [0] * len(tokens)
    for start, end, kind in clean_names(sentence, tokens):
        tags[start:end] = [_TAG[f"B-{kind}"]] + [_TAG[f"I-{kind}"]] * (end - start - 1)
    for index, tag in enumerate(tags):  # a name cut short by a later one must not leave its inside behind
        if TAGS[tag][0] == "I" and (index == 0 or TAGS[tags[index - 1]][2:] != TAGS[tag][2:]):
            tags[index] = _TAG[f"B-{TAGS[tag][2:]}"]
    return Example(sentence.corpus, sentence.group, tuple(token.text for token in tokens), tuple(tags))


def _named(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Names among written tags; IO and ill-formed tags ("-NEL") begin a name unless they go on with one."""
    found: list[tuple[int, int, str]] = []
    last = ""
    for index, tag in enumerate(tags):
        prefix, _, name = tag.partition("-")
        kind = _TYPES.get(name, "")
        if kind and prefix != "B" and kind == last:
            found[-1] = (found[-1][0], index + 1, kind)
        elif kind:
            found.append((index, index + 1, kind))
        last = kind
    return found


_NO_BLANK_BEFORE = re.compile(r"(?:'s|’s|[,;:?!)%\]]|\.+|n't)$", re.IGNORECASE)


def _joined(words: Sequence[str], *, english: bool) -> tuple[str, list[tuple[int, int]]]:
    """A sentence's text from a corpus that keeps only words, and the place of each word in it."""
    text = ""
    places: list[tuple[int, int]] = []
    for word in words:
        if text and not (english and _NO_BLANK_BEFORE.match(word)) and not text.endswith("("):
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
    return text, places


def read_columns(path: Path, corpus: str, separator: str = "\t", group: str = "") -> list[Sentence]:
    """Sentences of a file with one `word tag` a line."""
    sentences: list[Sentence] = []
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            word, _, tag = line.rstrip().rpartition(separator)
            words.append(word.strip() or "\ufffd")
            tags.append(tag)
        elif words:
            text, places = _joined(words, english=corpus in _ENGLISH)
            names = [(places[a][0], places[b - 1][1], kind) for a, b, kind in _named(tags)]
            sentences.append(Sentence(corpus, group, text, tuple(names)))
            words, tags = [], []
    return sentences


def read_ewt(path: Path) -> list[Sentence]:
    """English EWT with its own texts, in the order of its documents."""
    sentences: list[Sentence] = []
    group, text = "", ""
    rows: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# newdoc id"):
            group = line.partition("=")[2].strip()
        elif line.startswith("# text ="):
            text = line.partition("=")[2].strip()
        elif line and not line.startswith("#"):
            _, word, tag, *_ = line.split("\t")
            rows.append((word, tag))
        elif not line and rows:
            places: list[tuple[int, int]] = []
            at = 0
            for word, _ in rows:
                at = max(text.find(word, at), at)
                places.append((at, at + len(word)))
                at += len(word)
            names = [(places[a][0], places[b - 1][1], kind) for a, b, kind in _named([tag for _, tag in rows])]
            sentences.append(Sentence("ewt", group, text, tuple(names)))
            rows = []
    return sentences


def read_all(folder: Path) -> Corpora[Sentence]:
    """Development: the last 15 % of EWT's documents (shuffled), 10 % of wikigold and HiNER, IL-NER's own."""
    ner = folder / "ner"
    ewt = read_ewt(ner / "ewt_dev.iob2")
    documents = list(dict.fromkeys(sentence.group for sentence in ewt))
    random.Random(1).shuffle(documents)
    held = set(documents[: len(documents) * 15 // 100])
    hiner = read_columns(ner / "hiner_train.conll", "hiner")
    wikigold = read_columns(ner / "wikigold.conll", "wikigold", " ", "wikigold")
    ilner_dev = read_columns(ner / "ilner_dev.conll", "ilner")
    unseen = {sentence.text for sentence in ilner_dev}
    ilner = [s for s in read_columns(ner / "ilner_train.conll", "ilner") if s.text not in unseen]
    return Corpora(
        train={
            "ewt": [sentence for sentence in ewt if sentence.group not in held],
            "wikigold": wikigold[: len(wikigold) * 9 // 10],
            "hiner": hiner[: len(hiner) * 9 // 10],
            "ilner": ilner,
        },
        development={
            "ewt": [sentence for sentence in ewt if sentence.group in held],
            "wikigold": wikigold[len(wikigold) * 9 // 10 :],
            "hiner": hiner[len(hiner) * 9 // 10 :],
            "ilner": ilner_dev,
        },
    )


def load(folder: Path, silver: Path | None) -> Corpora[Example]:
    """All corpora as examples; *silver* is the file that `silver_english.py` writes."""
    found = read_all(folder)
    if silver is not None:
        found.train["onto"] = read_columns(silver, "onto")

    def examples(part: dict[str, list[Sentence]]) -> dict[str, list[Example]]:
        made = {name: [example_of(sentence) for sentence in sentences] for name, sentences in part.items()}
        return {name: [example for example in several if example.words] for name, several in made.items()}

    return Corpora(examples(found.train), examples(found.development))


class Variation:
    """Makes an epoch's examples: other names in place of those read, other casing, neighbours joined."""

    def __init__(self, corpora: Corpora[Example], folder: Path, seed: int) -> None:
        self._random = random.Random(seed)
        self._names: dict[tuple[bool, str], list[tuple[str, ...]]] = {}
        for corpus, examples in corpora.train.items():
            for example in examples if corpus != "onto" else []:
                for start, end, kind in spans(example.tags):
                    key = (corpus in _ENGLISH, kind)
                    self._names.setdefault(key, []).append(example.words[start:end])
        people = [
            line.split("\t") for line in (folder / "names" / "pairs.tsv").read_text(encoding="utf-8").splitlines()
        ]
        for english in (True, False):
            listed = [_words(row[0] if english else row[1]) for row in people]
            known = self._names[english, "PER"]
            self._names[english, "PER"] = known * max(1, len(listed) // len(known)) + listed

    def epoch(self, corpora: Corpora[Example], shares: dict[str, float]) -> list[Example]:
        """*shares*: how much of each corpus an epoch takes (2.0: all of it twice, varied differently)."""
        chosen: list[Example] = []
        for corpus, share in shares.items():
            available = corpora.train.get(corpus, [])
            whole, rest = divmod(share, 1.0)
            for _ in range(int(whole)):
                chosen += self._grouped(available)
            chosen += self._grouped(self._some(available, rest))
        return [self._varied(example) for example in chosen]

    def _some(self, examples: list[Example], share: float) -> list[Example]:
        """A random part, in order, so that neighbours stay neighbours."""
        if share <= 0 or not examples:
            return []
        size = int(len(examples) * share)
        start = self._random.randrange(len(examples))
        if examples[0].corpus in ("ewt", "wikigold"):
            return [*examples[start:], *examples[:start]][:size]
        return self._random.sample(examples, size)

    def _grouped(self, examples: Sequence[Example]) -> Iterator[Example]:
        """Sentences alone (half of the time) or joined with those that follow, as articles have them."""
        at = 0
        while at < len(examples):
            size = 1 if self._random.random() < 0.5 else self._random.randint(2, 6)
            group = list(examples[at : at + size])
            if group[0].corpus == "ewt":
                group = [example for example in group if example.group == group[0].group]
            at += len(group)
            yield from _joined_examples(group)

    def _varied(self, example: Example) -> Example:
        draw = self._random.random
        if draw() < 0.3:
            example = self._renamed(example)
        if example.corpus in _ENGLISH:
            chance = draw()
            if chance < 0.06:
                example = replace(example, words=tuple(word.lower() for word in example.words))
            elif chance < 0.09:
                example = replace(example, words=tuple(word.upper() for word in example.words))
            elif chance < 0.14 and len(example.starts) == 1:
                example = replace(example, words=tuple(map(_headline, example.words)))
        if draw() < 0.08 and len(example.words) > 3 and example.words[-1] in ".।|" and not example.tags[-1]:
            example = replace(example, words=example.words[:-1], tags=example.tags[:-1])
            example = replace(example, starts=tuple(s for s in example.starts if s < len(example.words)))
        return example

    def _renamed(self, example: Example) -> Example:
        """Half of the names replaced by others of their type and language."""
        found = {start: (end, kind) for start, end, kind in spans(example.tags)}
        words: list[str] = []
        tags: list[int] = []
        starts: list[int] = []
        borders = set(example.starts)
        at = 0
        while at < len(example.words):
            if at in borders:
                starts.append(len(words))
            end, kind = found.get(at, (at + 1, ""))
            new = example.words[at:end]
            if kind and self._random.random() < 0.5:
                new = self._random.choice(self._names[example.corpus in _ENGLISH, kind])
                tags += [_TAG[f"B-{kind}"]] + [_TAG[f"I-{kind}"]] * (len(new) - 1)
            else:
                tags += example.tags[at:end]
            words += new
            at = end
        return Example(example.corpus, example.group, tuple(words), tuple(tags), tuple(starts))


def _joined_examples(group: Sequence[Example]) -> Iterator[Example]:
    """Join sentences as far as one example may reach."""
    words: tuple[str, ...] = ()
    tags: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()
    for example in group:
        if words and len(words) + len(example.words) > _LONGEST:
            yield Example(example.corpus, example.group, words, tags, starts)
            words, tags, starts = (), (), ()
        starts += (len(words),)
        words += example.words
        tags += example.tags
    if words:
        yield Example(group[0].corpus, group[0].group, words, tags, starts)


_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "vs", "with")
)


def _headline(word: str) -> str:
    return word if word in _SMALL else word[:1].upper() + word[1:]


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokenize(text))
