"""Names known beforehand: places, institutions, demonyms, given names, ordinary words.

`packaging/models/build_gazetteer.py` makes the tables; they are read once, on first use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from desktop_app.domain import EntityType
from desktop_app.language.folding import fold
from desktop_app.language.tokens import Token, tokenize
from desktop_app.resources import resource_text

_JOINTS = frozenset("-‐‑–.·।")
_DEVANAGARI = re.compile("[\u0900-\u097f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing the gazetteer knows; `hi` may be missing."""

    key: str
    type: EntityType
    en: str
    hi: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `[first, last]` that are a form of `key`. A weak one needs support from its context."""

    first: int
    last: int
    key: str
    demonym: bool
    weak: bool


def word_key(word: str) -> str:
    """How forms are compared: Hindi folded, English with its capitals, without the dots of U.S."""
    if _DEVANAGARI.search(word):
        return fold(word)
    return word.replace(".", "").replace("’", "'")


def form_key(form: str) -> str:
    """The key of a whole form: its words one blank apart, hyphens and the dots of abbreviations dropped."""
    return " ".join(word for _, word in key_words(tokenize(form)))


def key_words(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Tokens that count, as (index, key): all but hyphens and dots that touch a neighbour."""
    for index, token in enumerate(tokens):
        if token.text in _JOINTS:
            touches_left = index > 0 and tokens[index - 1].end == token.start
            touches_right = index + 1 < len(tokens) and tokens[index + 1].start == token.end
            if touches_left and (touches_right or token.text == "."):
                continue
        yield index, word_key(token.text)


class Gazetteer:
    """Looks up forms in text."""

    def __init__(
        self,
        entries: Mapping[str, str],
        forms: Mapping[str, str],
        longest: Mapping[str, int],
        names: Mapping[str, str],
        words: frozenset[str],
    ) -> None:
        self._entries, self._forms, self._longest = entries, forms, longest
        self._names, self._words = names, words

    def entry(self, key: str) -> Entry | None:
        row = self._entries.get(key)
        if row is None:
            return None
        kind, english, hindi = row.split("\t")
        return Entry(key, EntityType(kind), english, hindi or None)

    def lookup(self, form: str) -> str | None:
        """The key that *form* names (not as a demonym), or None."""
        found = self._forms.get(form_key(form))
        return found.split("\t")[0] if found and not found.endswith("D") else None

    def is_demonym(self, word: str) -> bool:
        return self._forms.get(word_key(word), "").endswith("\tD")

    def is_given_name(self, word: str) -> bool:
        return "g" in self._names.get(word_key(word), "")

    def is_person_name(self, word: str) -> bool:
        """Whether *word* is a given name or surname."""
        return word_key(word) in self._names

    def is_ordinary(self, word: str) -> bool:
        """Whether *word* is common in running text as no name."""
        key = word_key(word)
        return (key if key[:1] > "\u0900" else key.capitalize()) in self._words

    def matches(self, tokens: Sequence[Token]) -> list[Match]:
        """The longest forms in *tokens*, from left to right, never overlapping.

        English counts capitals, except that a word in capitals alone (a dateline's DUBAI) matches Dubai.
        """
        words = list(key_words(tokens))
        found: list[Match] = []
        position = 0
        while position < len(words):
            match = self._match_at(words, position)
            if match is None:
                position += 1
                continue
            count, value = match
            key, kind = value.split("\t")
            found.append(Match(words[position][0], words[position + count - 1][0], key, kind == "D", kind == "W"))
            position += count
        return found

    def _match_at(self, words: list[tuple[int, str]], position: int) -> tuple[int, str] | None:
        word = words[position][1]
        for cased in (False, True):
            first = word
            if cased:
                if not (word.isupper() and len(word) > 2):
                    return None
                first = word.capitalize()
            longest = min(self._longest.get(first, 1), len(words) - position)
            for count in range(longest, 0, -1):
                parts = [key for _, key in words[position : position + count]]
                if cased:
                    if not all(part.isupper() for part in parts):
                        continue
                    parts = [part.capitalize() for part in parts]
                value = self._forms.get(" ".join(parts))
                if value is not None:
                    return count, value
        return None


def _rows(name: str) -> list[str]:
    return resource_text(f"gazetteer/{name}").splitlines()


@cache
def shipped_gazetteer() -> Gazetteer:
    """The gazetteer of `resources/gazetteer/`, read once."""
    entries = dict(row.split("\t", 1) for row in _rows("entries.tsv"))
    forms: dict[str, str] = {}
    longest: dict[str, int] = {}
    for row in _rows("forms.tsv"):
        form, _, value = row.partition("\t")
        forms[form] = value
        first, blank, _ = form.partition(" ")
        if blank:
            count = form.count(" ") + 1
            if count > longest.get(first, 1):
                longest[first] = count
    names = dict(row.split("\t") for row in _rows("names.tsv"))
    return Gazetteer(entries, forms, longest, names, frozenset(_rows("words.tsv")))
