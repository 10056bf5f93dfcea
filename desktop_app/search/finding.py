"""Finding words in a text that is open: every place, as any reader of texts does it, but folded and across scripts.

Unlike a search in the library it takes parts of words, and no inflections or translations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from desktop_app.domain import Span
from desktop_app.language.folding import WORD, fold, stem
from desktop_app.language.graphemes import snap
from desktop_app.language.lexicon import shipped_lexicon
from desktop_app.language.scripts import is_devanagari
from desktop_app.language.transliteration import skeletons, word_similarity

_SAME_NAME = 0.6
"""From this likeness on a word spells one of the other script. The search index, with a thousand times as many
words to be misled by, asks for 0.8."""
_LEAST_SPELLED = 3
_SURE_TRANSLATION = 0.3


def find_in_text(text: str, wanted: str) -> tuple[Span, ...]:
    """Where *text* has *wanted*, in reading order, at grapheme borders.

    Words of *wanted* stand next to each other, whatever is between them; the first may be the end of a word,
    the last a beginning. Case, nukta and joiners make no difference; a whole word is also found as the other
    script spells it. *wanted* without a letter or digit is found as it stands.
    """
    words = [fold(word) for word in WORD.findall(wanted)]
    words = [word for word in words if word]
    if not words:
        return tuple(_as_it_stands(text, wanted.strip()))
    tokens = [(found.start(), found.end(), fold(found.group())) for found in WORD.finditer(text)]
    tokens = [token for token in tokens if token[2]]
    spelled = [_spelled_otherwise(word, tokens) for word in words]
    spans: list[Span] = []
    for place in range(len(tokens) - len(words) + 1):
        for start, end in _matches(words, spelled, tokens[place : place + len(words)]):
            span = snap(text, start, end)
            if not spans or span.start >= spans[-1].end:
                spans.append(span)
    return tuple(spans)


_Token = tuple[int, int, str]
"""Start, end and folded form of a word of the text."""


def _matches(words: Sequence[str], spelled: Sequence[frozenset[str]], tokens: Sequence[_Token]) -> Iterator[_Place]:
    """Where the *words* stand in just these *tokens*: once, or several times within a single one."""
    if len(words) == 1:
        start, end, form = tokens[0]
        if form in spelled[0]:
            yield start, end
        elif end - start != len(form):
            if words[0] in form:
                yield start, end  # folding moved the letters: the whole word is marked
        else:
            at = form.find(words[0])
            while at >= 0:
                yield start + at, start + at + len(words[0])
                at = form.find(words[0], at + len(words[0]))
        return
    last = len(words) - 1
    for number, (word, others, (_, _, form)) in enumerate(zip(words, spelled, tokens, strict=True)):
        fits = form.endswith(word) if number == 0 else form.startswith(word) if number == last else form == word
        if not (fits or form in others):
            return
    first_start, first_end, first = tokens[0]
    if first.endswith(words[0]) and first_end - first_start == len(first):
        first_start = first_end - len(words[0])
    last_start, last_end, final = tokens[-1]
    if final.startswith(words[-1]) and last_end - last_start == len(final):
        last_end = last_start + len(words[-1])
    yield first_start, last_end


_Place = tuple[int, int]


def _as_it_stands(text: str, wanted: str) -> Iterator[Span]:
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield snap(text, at, at + len(wanted))
        at = text.find(wanted, at + len(wanted))


def _spelled_otherwise(word: str, tokens: Sequence[_Token]) -> frozenset[str]:
    """The forms among *tokens* that spell *word* in the other script."""
    devanagari = is_devanagari(word)
    if len(word) < _LEAST_SPELLED or not (devanagari or (word.isascii() and word.isalpha())):
        return frozenset()
    others = {form for _, _, form in tokens if is_devanagari(form) != devanagari and len(form) > 1}
    return frozenset(form for form in others if _spells(word, form, devanagari=devanagari))


@lru_cache(20_000)
def _spells(word: str, form: str, *, devanagari: bool) -> bool:
    if not skeletons(word) & skeletons(form):
        return False
    english, hindi = (form, word) if devanagari else (word, form)
    if word_similarity(english, hindi) < _SAME_NAME:
        return False
    # A word that the lexicon can translate is no name: it meets its loan (court, कोर्ट), not a chance likeness.
    known = shipped_lexicon().to_english(stem(word)) if devanagari else shipped_lexicon().to_hindi(stem(word))
    if not known or known[0].probability < _SURE_TRANSLATION:
        return True
    return stem(form) in {translation.stem for translation in known}
