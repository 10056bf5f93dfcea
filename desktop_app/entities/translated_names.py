"""Names of agreements, events and bodies that the Hindi page translates: the English name says where they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain import EntityType, Language, MentionForm
from desktop_app.entities.event_names import compound, event_words, is_head, translates
from desktop_app.entities.page import Find, Page
from desktop_app.language.folding import fold, stem
from desktop_app.language.function_words import FUNCTION_WORDS
from desktop_app.language.lexicon import shipped_lexicon
from desktop_app.language.transliteration import skeletons

TRANSLATED_RANK = 46
_OUTER_BONUS = 20
_TYPES = frozenset({EntityType.ORG, EntityType.EVENT, EntityType.DOC})
_LINKS = frozenset(map(fold, ["का", "के", "की", "और", "एवं", "तथा", "व", "पर", "से", "में", "लिए", "ऑफ", "फॉर", "एंड"]))
_OF = re.compile(r" (?:of|for|on|against) ")
_ACTS = frozenset({"act", "bill", "code", "convention", "agreement", "law"})
"""Heads that end an English name whatever stands before them: Representation of the People Act."""
_ENOUGH = 0.75
"""Share of the English name's words that the Hindi ones have to translate."""


@dataclass(frozen=True, slots=True)
class _Name:
    """An English name: its words, and the one that a Hindi translation ends with ("Bank" of England)."""

    words: tuple[str, ...]
    head: str
    type: EntityType


def translated(page: Page, others: Sequence[Page]) -> Iterator[Find]:
    """Finds on the Hindi *page* for names of at least two words on the English pages.

    Every word of the Hindi span translates a word of the name, of which few are left over.
    """
    names = _names(others) if page.language is Language.HINDI else []
    if not names:
        return
    dictionary = _Dictionary({word for name in names for word in name.words})
    words = [fold(token.text) for token in page.tokens]
    meant = [dictionary.english(word) for word in words]
    for name in names:
        index = 0
        while index < len(words):
            last = _span_end(page, words, meant, index, name)
            if last is not None:
                rank = TRANSLATED_RANK + (0 if name.type is EntityType.ORG else _OUTER_BONUS)
                yield Find(page.tokens[index].start, page.tokens[last].end, name.type, rank=rank)
                index = last
            index += 1


class _Dictionary:
    """Which of the wanted English words a Hindi word translates or sounds like."""

    def __init__(self, wanted: Collection[str]) -> None:
        self._stems: defaultdict[str, set[str]] = defaultdict(set)
        self._sounds: defaultdict[str, set[str]] = defaultdict(set)
        for word in wanted:
            self._stems[stem(word)].add(word)
            for sound in skeletons(word):
                self._sounds[sound].add(word)
        self._heads = [word for word in wanted if is_head(word)]

    def english(self, word: str) -> frozenset[str]:
        if not "\u0904" < word[:1] < "\u0964" or word in FUNCTION_WORDS:
            return frozenset()
        near = {other for part in (word, *(compound(word) or ())) for other in self._near(part)}
        return frozenset(near)

    def _near(self, word: str) -> Iterator[str]:
        stems = [found.stem for found in shipped_lexicon().to_english(stem(word))]
        near = {other for found in stems if found in self._stems for other in self._stems[found]}
        near |= {other for sound in skeletons(word) if sound in self._sounds for other in self._sounds[sound]}
        near |= set(self._heads) if is_head(word) else set()
        return (other for other in near if translates(other, word))


def _names(pages: Sequence[Page]) -> list[_Name]:
    """The names to look for, longest first."""
    names: dict[tuple[str, ...], _Name] = {}
    for page in pages:
        for find in page.finds:
            if find.type not in _TYPES or find.form is not MentionForm.NAME or find.nominal or find.office or find.key:
                continue
            form = page.form_of(find)
            words = tuple(event_words(form))
            if len(words) >= 2:
                before = event_words(_OF.split(form, maxsplit=1)[0])
                head = before[-1] if before and words[-1] not in _ACTS else words[-1]
                names.setdefault(words, _Name(words, head, find.type))
    return sorted(names.values(), key=lambda name: -len(name.words))


def _span_end(page: Page, words: list[str], meant: list[frozenset[str]], first: int, name: _Name) -> int | None:
    """The last token of the span from token *first* that translates *name*, or None."""
    left = list(name.words)
    if not _take(meant[first], left):
        return None
    index, content = first, 1
    while index + 1 < len(words) and page.near(index, index + 1):
        index += 1
        if words[index] in _LINKS and words[index - 1] not in _LINKS:
            continue
        head = name.head in left and name.head in meant[index]
        if not _take(meant[index], left):
            return None
        content += 1
        if head:
            return index if content >= 2 and len(left) <= (1 - _ENOUGH) * len(name.words) else None
    return None


def _take(meant: frozenset[str], left: list[str]) -> bool:
    """Strike up to two words that one Hindi word means from *left*; False if it means none of them."""
    taken = [word for word in left if word in meant][:2]
    for word in taken:
        left.remove(word)
    return bool(taken)
