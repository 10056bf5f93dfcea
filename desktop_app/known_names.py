"""Other names of things known beforehand, in both languages: offices, bodies, places, parties, terms of the news.

What a query names here may also be looked for by its other names: विदेश मंत्री as External Affairs Minister, WHO as
विश्व स्वास्थ्य संगठन, videsh mantri (by its sound) as both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import product

from desktop_app.language.folding import WORD, fold, stem
from desktop_app.language.function_words import FUNCTION_WORDS
from desktop_app.language.lexicon import shipped_lexicon
from desktop_app.language.scripts import is_devanagari
from desktop_app.language.transliteration import name_similarity, skeletons
from desktop_app.resources import resource_text

_SAME_SOUND = 0.8
_SURE_TRANSLATION = 0.3
_MOST_SOUNDS = 64
_SHORTEST_SOUND = 3
_LONGEST_ACRONYM = 6
_TERM = "term "


@dataclass(frozen=True, slots=True)
class KnownForm:
    """One way to write the thing `key`; `demonym` names its people or what is of it (रूसी, Russian)."""

    text: str
    key: str
    demonym: bool = False


@dataclass(frozen=True, slots=True)
class OtherName:
    """`near`: not the same thing, but of it (Russia, Russian); `is_term`: a term, which names nothing in particular."""

    text: str
    near: bool = False
    is_term: bool = False


class KnownNames:
    """Looks names up by their letters or, in Latin letters, by how they sound in Hindi. Safe for several threads."""

    def __init__(self, forms: Iterable[KnownForm]) -> None:
        self._of_key: defaultdict[str, list[KnownForm]] = defaultdict(list)
        self._by_text: defaultdict[str, list[KnownForm]] = defaultdict(list)
        self._terms_by_stem: defaultdict[str, list[KnownForm]] = defaultdict(list)
        for form in forms:
            self._of_key[form.key].append(form)
            self._by_text[_folded(form.text)].append(form)
            if form.key.startswith(_TERM):
                self._terms_by_stem[_stems(form.text)].append(form)
        self.other_names = lru_cache(5_000)(self._other_names)

    def _other_names(self, text: str) -> tuple[OtherName, ...]:
        """What else the things that *text* names are called, in the order of the tables."""
        found: dict[str, OtherName] = {}
        asked = _folded(text)
        for form in self._named(text, asked):
            for other in self._of_key[form.key]:
                folded = _folded(other.text)
                near = other.demonym is not form.demonym
                if folded != asked and (folded not in found or found[folded].near > near):
                    found[folded] = OtherName(other.text, near, other.key.startswith(_TERM))
        return tuple(sorted(found.values(), key=lambda other: other.near))

    def is_ordinary(self, name: str) -> bool:
        """Whether *name* is one ordinary word (संगठन, the commission) that names something only in its article."""
        words = name.removeprefix("the ").removeprefix("The ").split()
        if len(words) != 1 or name.isupper():
            return False
        return _folded(words[0]) not in self._by_text and _is_in_lexicon(words[0])

    def _named(self, text: str, asked: str) -> list[KnownForm]:
        if not asked or asked in FUNCTION_WORDS:
            # US and WHO are no pronouns where they stand in capitals.
            return [form for form in self._by_text.get(asked, ()) if form.text == text.strip()]
        known = self._by_text.get(asked) or self._terms_by_stem.get(_stems(text), [])
        if not known and not is_devanagari(text) and not all(map(_is_in_lexicon, WORD.findall(text))):
            known = [form for form in self._sounding_like(asked) if name_similarity(asked, form.text) >= _SAME_SOUND]
        return [form for form in known if not _is_ordinary_acronym(form.text, text)]

    def _sounding_like(self, asked: str) -> list[KnownForm]:
        keys = list(_sounds(asked))
        return list(dict.fromkeys(form for key in keys for form in self._by_sound.get(key, ())))

    @cached_property
    def _by_sound(self) -> dict[str, list[KnownForm]]:
        found: defaultdict[str, list[KnownForm]] = defaultdict(list)
        for forms in self._by_text.values():
            for form in forms:
                if is_devanagari(form.text):
                    for sound in _sounds(form.text):
                        found[sound].append(form)
        return dict(found)


def _folded(text: str) -> str:
    return " ".join(filter(None, map(fold, WORD.findall(text.replace(".", "")))))


def _stems(text: str) -> str:
    return " ".join(stem(word) for word in _folded(text).split())


def _sounds(text: str) -> Iterator[str]:
    """Consonant skeletons of a whole name, as if written in one word."""
    parts = [sorted(skeletons(word)) for word in WORD.findall(text)]
    count = 1
    for part in parts:
        count *= len(part)
    if not 0 < count <= _MOST_SOUNDS:
        return
    for chosen in product(*parts):
        joined = "".join(chosen)
        sound = re.sub(r"(.)\1+", r"\1", joined[:1] + joined[1:].replace("a", ""))
        if len(sound) >= _SHORTEST_SOUND:
            yield sound


def _is_ordinary_acronym(form: str, asked: str) -> bool:
    """Whether *asked*, not in capitals, is rather an ordinary word than the acronym *form* (aid, AID)."""
    if not (form.isupper() and form.isascii() and len(form) <= _LONGEST_ACRONYM) or asked == form:
        return False
    return _is_in_lexicon(asked)


def _is_in_lexicon(word: str) -> bool:
    """Whether *word* is known to have a translation, or is a function word."""
    if fold(word) in FUNCTION_WORDS:
        return True
    lexicon, key = shipped_lexicon(), stem(word)
    found = lexicon.to_english(key) if is_devanagari(word) else lexicon.to_hindi(key)
    return any(other.probability >= _SURE_TRANSLATION for other in found)


def _listed(name: str) -> list[list[str]]:
    lines = resource_text(name).splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _shipped_forms() -> Iterator[KnownForm]:
    for key, english, hindi in _listed("gazetteer/offices.tsv"):
        # A general role (~chief: head, boss) is no name for what is asked for.
        if not key.startswith("~"):
            yield from (KnownForm(form, f"office {key}") for form in f"{english}|{hindi}".split("|"))
    for key, _, english, hindi in _listed("gazetteer/bodies.tsv"):
        yield from (KnownForm(form, f"body {key}") for form in f"{english}|{hindi}".split("|") if form)
    for number, (english, hindi) in enumerate(_listed("lexicon/news_terms.tsv")):
        yield from (KnownForm(form, f"{_TERM}{number}") for form in f"{english}|{hindi}".split("|"))
    for table in ("surnames", "given_names"):
        for english, hindi in _listed(f"gazetteer/{table}.tsv"):
            yield from (KnownForm(form, f"person {english}") for form in f"{english}|{hindi}".split("|"))
    for form, key, kind in _listed("gazetteer/forms.tsv"):
        if kind != "W":  # A weak form means something else as often.
            yield KnownForm(form, key, demonym=kind == "D")


@cache
def shipped_names() -> KnownNames:
    """The names of `resources/`, read once."""
    return KnownNames(_shipped_forms())
