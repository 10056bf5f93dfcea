"""Offices and roles in both languages, and the bodies that every country has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from desktop_app.entities.gazetteer import form_key, key_words
from desktop_app.language.tokens import Token
from desktop_app.resources import resource_text


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """Tokens `[first, last]` that are a form of `key`."""

    first: int
    last: int
    key: str


class Phrases:
    """A lexicon of word sequences, each a form of one key or more."""

    def __init__(self, forms: Mapping[str, str]) -> None:
        self._forms = dict(forms)
        self._longest: dict[str, int] = {}
        for form in forms:
            first = form.split(" ", 1)[0]
            self._longest[first] = max(self._longest.get(first, 0), form.count(" ") + 1)

    def matches(self, tokens: Sequence[Token]) -> list[PhraseMatch]:
        """The longest forms from left to right, never overlapping."""
        words = list(key_words(tokens))
        found: list[PhraseMatch] = []
        position = 0
        while position < len(words):
            longest = self._longest.get(words[position][1], 0)
            for count in range(min(longest, len(words) - position), 0, -1):
                key = self._forms.get(" ".join(word for _, word in words[position : position + count]))
                if key is not None:
                    found.append(PhraseMatch(words[position][0], words[position + count - 1][0], key))
                    position += count
                    break
            else:
                position += 1
        return found


@dataclass(frozen=True, slots=True)
class Body:
    """A body that every country or state has; `alone`: it also stands without the place."""

    key: str
    alone: bool
    english: str
    hindi: str


def _listed(name: str) -> list[list[str]]:
    lines = resource_text(f"gazetteer/{name}").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def office_phrases() -> Phrases:
    """Office forms → office keys. A form of two offices (महासचिव) belongs to the first listed."""
    forms: dict[str, str] = {}
    for key, english, hindi in _listed("offices.tsv"):
        for form in f"{english}|{hindi}".split("|"):
            forms.setdefault(form_key(form), key)
    return Phrases(forms)


@cache
def office_forms() -> frozenset[str]:
    """The English forms of all offices, in small letters."""
    return frozenset(form.lower() for _, english, _ in _listed("offices.tsv") for form in english.split("|"))


@cache
def body_phrases() -> Phrases:
    forms: dict[str, str] = {}
    for key, _use, english, hindi in _listed("bodies.tsv"):
        for form in f"{english}|{hindi}".split("|"):
            if form:
                forms.setdefault(form_key(form), key)
    return Phrases(forms)


@cache
def bodies() -> Mapping[str, Body]:
    return {
        key: Body(key, use == "b", english.split("|")[0], hindi.split("|")[0])
        for key, use, english, hindi in _listed("bodies.tsv")
    }


def same_office(asked: str, held: str) -> bool:
    """Whether a bare mention of office *asked* can mean the holder of *held*: "the minister" of a foreign minister."""
    if asked == held:
        return True
    general = {
        "~minister": held.endswith("minister") and "prime" not in held and "chief" not in held,
        "foreign-minister": held == "secretary-of-state",
        "~leader": held in {"president", "prime-minister", "chancellor", "ayatollah", "leader-of-opposition"},
        "~chief": held in {"secretary-general", "chairman", "commissioner-general", "director-general"},
        "~secretary": held.endswith("secretary"),
        "chairman": held in {"~chief", "~president-of-body"},
        "general-secretary": held == "secretary-general",
        "secretary-general": held == "general-secretary",
        "general": held.endswith("-general") and held.startswith(("lieutenant", "major")),
    }
    return general.get(asked, False)
