"""The topic words of a passage in the other language, word for word: enough to tell what it speaks of."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from desktop_app.language.devanagari import spelled_letters, to_latin
from desktop_app.language.lexicon import Lexicon, shipped_lexicon
from desktop_app.language.scripts import is_devanagari
from desktop_app.language.terms import find_terms
from desktop_app.resources import resource_bytes

FORMS_FILE = "lexicon/forms.tsv.gz"
SURE = 0.45
"""A translation less sure than this would mislead more often than it helps."""


@dataclass(frozen=True, slots=True)
class Gloss:
    """The word that the text's [start, end) means in the other language."""

    start: int
    end: int
    word: str


def gloss(text: str, lexicon: Lexicon | None = None, forms: Mapping[str, str] | None = None) -> Iterator[Gloss]:
    """What the topic words of *text* mean, in reading order. Words without a sure translation are passed over."""
    lexicon = lexicon or shipped_lexicon()
    forms = word_forms() if forms is None else forms
    for term in find_terms(text):
        found = lexicon.to_english(term.stem) if is_devanagari(term.text[0]) else lexicon.to_hindi(term.stem)
        if found and found[0].probability >= SURE:
            yield Gloss(term.start, term.end, forms.get(found[0].stem, found[0].stem))


def latin_name(name: str) -> str:
    """A Hindi *name* in Latin letters as a newspaper might spell it: डोनाल्ड → Donald, आरबीआई → RBI."""
    words = []
    for word in name.split():
        if not is_devanagari(word[0]):
            words.append(word)
            continue
        letters = spelled_letters(word)
        if letters is not None and len(letters) > 1:
            words.append(letters)
            continue
        spelling = to_latin(word)
        for long, short in (("aa", "a"), ("ee", "i"), ("oo", "u")):
            spelling = spelling.replace(long, short)
        words.append(spelling.capitalize())
    return " ".join(words)


@cache
def word_forms() -> Mapping[str, str]:
    """Stem → the word that shows it, where that is not the stem itself."""
    table = gzip.decompress(resource_bytes(FORMS_FILE)).decode()
    return dict(line.split("\t") for line in table.splitlines())
