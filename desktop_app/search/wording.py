"""All the ways to write the words of one term, as patterns of index terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, product

from desktop_app.language.folding import WORD, fold
from desktop_app.language.function_words import FUNCTION_WORDS
from desktop_app.language.scripts import is_devanagari
from desktop_app.language.transliteration import spelled_letters
from desktop_app.search.analysis import CAPITALS, is_acronym, whole_name
from desktop_app.search.expansion import LESS_SURE, WEIGHTS, Alternative, AlternativeKind, Pattern
from desktop_app.search.vocabulary import Vocabulary

_SPELLED_COMPLETIONS = 3
_NAME_SPELLINGS = 3
_LETTERS_AND_NUMBER = re.compile(r"([^\W\d_][^\d_]*)(\d+)")

Slots = tuple[tuple[str, ...], ...]


class Wording:
    """Finds patterns in one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.remembered = vocabulary.remembered

    def patterns(self, words: tuple[str, ...], *, prefix: bool = False, every: bool = False) -> tuple[Pattern, ...]:
        """*words* as typed, inflected, spelled in the other script, translated.

        With *prefix* the last is completed: to the likeliest words, or to *every* one.
        """
        return self._vocabulary.remembered(
            ("patterns", words, prefix, every), lambda: tuple(self._complete(words, prefix=prefix, every=every))
        )

    def _complete(self, words: tuple[str, ...], *, prefix: bool, every: bool) -> Iterator[Pattern]:
        return (pattern for pattern in self._patterns(words, prefix=prefix, every=every) if all(pattern.slots))

    def completions(self, beginning: str, *, every: bool) -> tuple[str, ...]:
        """Forms in the same script that go on from *beginning*: the likeliest, or *every* one."""
        return self._vocabulary.completions(fold(beginning), every)

    def joined(self, words: tuple[str, ...]) -> Iterator[Pattern]:
        """Two content *words* written as one."""
        if len(words) != 2 or any(word.isdigit() or fold(word) in FUNCTION_WORDS for word in words):
            return
        form = fold("".join(words))
        if self._vocabulary.documents(form):
            yield _pattern(((form,),), AlternativeKind.SPELLING)
        other = self._vocabulary.other_script(form)
        if other:
            yield _pattern((other,), AlternativeKind.SPELLING)

    def otherwise(self, words: tuple[str, ...]) -> tuple[Pattern, ...]:
        """What a run of words may be called or written as besides: see `naming` and `joined`."""
        return self._vocabulary.remembered(("otherwise", words), lambda: (*self.naming(words), *self.joined(words)))

    def naming(self, words: tuple[str, ...]) -> Iterator[Pattern]:
        """*words* as the whole name of something, spelled in any way: an article may call it otherwise."""
        forms = tuple(map(fold, words))
        spelled = [(form, *self._vocabulary.spellings(form))[:_NAME_SPELLINGS] for form in forms]
        crossed = [self._vocabulary.other_script(form)[:_NAME_SPELLINGS] for form in forms]
        names = dict.fromkeys(whole_name(chosen) for slots in (spelled, crossed) for chosen in product(*slots))
        known = tuple(name for name in names if self._vocabulary.is_name(name))
        if known:
            yield Pattern((known,), AlternativeKind.ALIAS, WEIGHTS[AlternativeKind.ALIAS] * LESS_SURE, names=True)

    def corrected(self, form: str) -> str | None:
        """The indexed word that was probably meant by *form*, which no article has."""
        return self._vocabulary.corrected(form)

    def is_indexed(self, pattern: Pattern) -> bool:
        """Whether each slot of *pattern* has a word that some article holds."""
        return pattern.names or all(any(map(self._vocabulary.documents, slot)) for slot in pattern.slots)

    def in_hindi(self, word: str) -> str:
        """*word*, or the Hindi word that it spells in Latin letters."""
        return next(iter(self._vocabulary.readings(fold(word))), word)

    def alternative(self, alternative: Alternative) -> Iterator[Pattern]:
        """What somebody else said may also be looked for, with its inflections, as far as articles have it."""
        forms = [self._as_typed(word) for word in WORD.findall(alternative.text) if fold(word)]
        if not forms or (len(forms) == 1 and forms[0] in FUNCTION_WORDS):
            return
        slots = tuple((form, *self._inflections(form)) for form in forms)
        pattern = _pattern(slots, alternative.kind, alternative.weight)
        if self.is_indexed(pattern):
            yield pattern

    def _patterns(self, words: tuple[str, ...], *, prefix: bool, every: bool) -> Iterator[Pattern]:
        plain = tuple(self._as_typed(word) for word in words)
        yield _pattern(tuple((form,) for form in plain), AlternativeKind.FORM)
        completions = self.completions(words[-1], every=every) if prefix else ()
        if len(plain) == 1:
            yield from self._one_word(plain[0], completions)
        else:
            yield from self._phrase(plain, completions)
        yield _pattern(tuple(self._vocabulary.other_script(form) for form in plain), AlternativeKind.OTHER_SCRIPT)
        yield from self._numbered("".join(map(fold, words)))

    def _phrase(self, plain: tuple[str, ...], completions: tuple[str, ...]) -> Iterator[Pattern]:
        slots = [(form, *self._inflections(form)) for form in plain]
        slots[-1] = tuple(dict.fromkeys((*slots[-1], *completions)))
        yield _pattern(tuple(slots), AlternativeKind.INFLECTION)
        inflected = tuple(map(self._vocabulary.inflected_spellings, plain))
        yield _pattern(inflected, AlternativeKind.OTHER_SCRIPT, WEIGHTS[AlternativeKind.SPELLING])
        yield _pattern(tuple(map(self._in_other_language, plain)), AlternativeKind.TRANSLATION)
        yield from self._initials(plain)

    def _initials(self, plain: tuple[str, ...]) -> Iterator[Pattern]:
        """Letters with dots between them are also the acronym without (U.N., UN)."""
        if all(len(form) == 1 and form.isascii() and form.isalpha() for form in plain):
            acronym = CAPITALS + "".join(plain)
            yield _pattern(((acronym,),), AlternativeKind.SPELLING)
            yield _pattern((self._vocabulary.other_script(acronym),), AlternativeKind.OTHER_SCRIPT)

    def _in_other_language(self, form: str) -> tuple[str, ...]:
        """What may stand for *form* in a phrase of the other language: its spelling, its translations."""
        if form.isdigit():
            return (form,)
        return tuple(dict.fromkeys((*self._vocabulary.other_script(form), *self._vocabulary.translations(form))))

    def _one_word(self, form: str, completions: tuple[str, ...]) -> Iterator[Pattern]:
        inflections = self._inflections(form)
        completions = tuple(other for other in completions if other not in inflections)
        spellings = self._vocabulary.spellings(form)
        letters = self._vocabulary.letters_of(form)
        if letters:
            # U.N. stands in a text as two words.
            yield _pattern(tuple((letter,) for letter in letters), AlternativeKind.SPELLING)
        yield _pattern((inflections,), AlternativeKind.INFLECTION)
        yield _pattern((completions,), AlternativeKind.COMPLETION)
        yield _pattern((self._other_script(completions[:_SPELLED_COMPLETIONS]),), AlternativeKind.COMPLETION)
        yield _pattern((spellings,), AlternativeKind.SPELLING)
        yield _pattern((self._other_script(spellings),), AlternativeKind.SPELLING)
        inflected = self._vocabulary.inflected_spellings(form)
        yield _pattern((inflected,), AlternativeKind.OTHER_SCRIPT, WEIGHTS[AlternativeKind.SPELLING])
        yield _pattern((self._vocabulary.translations(form),), AlternativeKind.TRANSLATION)

    def _numbered(self, form: str) -> Iterator[Pattern]:
        """A name with a number, apart, joined and in the other script: G20, जी-20, जी20."""
        found = _LETTERS_AND_NUMBER.fullmatch(form)
        if found is None:
            return
        letters, number = found.groups()
        if is_devanagari(letters):
            initials = spelled_letters(letters)
            others = ((initials.lower(),) if initials else ()) + self._vocabulary.other_script(letters)
        else:
            others = self._vocabulary.letter_names(letters) + self._vocabulary.other_script(letters)
        names = tuple(dict.fromkeys(name.removeprefix(CAPITALS) for name in (letters, *others)))
        joined = tuple(name + number for name in names if self._vocabulary.documents(name + number))
        yield _pattern((names, (number,)), AlternativeKind.SPELLING)
        yield _pattern((joined,), AlternativeKind.SPELLING)

    def _other_script(self, forms: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(chain.from_iterable(map(self._vocabulary.other_script, forms))))

    def _inflections(self, form: str) -> tuple[str, ...]:
        """The other forms of the word; of an acronym only the same letters in lower case, if they mean nothing."""
        if form[0] != CAPITALS:
            return self._vocabulary.inflections(form)
        return () if form[1:] in FUNCTION_WORDS else (form[1:],)

    def _as_typed(self, word: str) -> str:
        """The form to look for: of an acronym the one in capitals, if any article has it."""
        form = fold(word)
        if is_acronym(word) and self._vocabulary.documents(CAPITALS + form):
            return CAPITALS + form
        return form


def _pattern(slots: Slots, kind: AlternativeKind, weight: float | None = None) -> Pattern:
    return Pattern(slots, kind, WEIGHTS[kind] if weight is None else weight)
