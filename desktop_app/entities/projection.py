"""A word that sounds like a name of the other language's article is that name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain import EntityType, Language, MentionForm
from desktop_app.entities.gazetteer import Gazetteer
from desktop_app.entities.page import Find, Page
from desktop_app.entities.propagation import name_words
from desktop_app.language.folding import fold
from desktop_app.language.function_words import FUNCTION_WORDS
from desktop_app.language.transliteration import skeletons, spelled_letters, word_similarity

PROJECTED_RANK = 44
SURE, LIKELY = 0.9, 0.5
"""Similarity that makes an ordinary word (beside another of the name), and any other word, a name."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A word of a name in the other language: which name, and which word of it."""

    word: str
    name: int
    place: int
    type: EntityType
    of: int
    """How many words the name has."""

    @property
    def whole(self) -> bool:
        """Whether only all words of the name together are evidence."""
        return self.of > 1 and self.type not in (EntityType.PER, EntityType.LOC)


_Heard = dict[tuple[int, int], tuple[_Source, bool]]
"""By name and word of it that a token sounds like: that word, and whether the token alone is evidence."""


def projected(page: Page, others: Sequence[Page], gazetteer: Gazetteer) -> Iterator[Find]:
    """Finds on *page* for the names of the pages in the other language."""
    index: defaultdict[str, list[_Source]] = defaultdict(list)
    for source in _sources(others):
        for skeleton in {*skeletons(source.word), _letters(source.word)}:
            index[skeleton].append(source)
    heard = [_heard(page, number, index, gazetteer) for number in range(len(page.tokens))]
    number = 0
    while number < len(heard):
        if not heard[number]:
            number += 1
            continue
        last, kind, sure = _longest_run(page, heard, number)
        if sure:
            first = number
            if kind is EntityType.PER and page.language is Language.HINDI and all(place for _, place in heard[number]):
                first = _with_given_name(page, number, gazetteer)
            yield Find(page.tokens[first].start, page.tokens[last].end, kind, rank=PROJECTED_RANK)
        number = last + 1


def _in_longer_name(page: Page, number: int) -> bool:
    """Whether another unexplained capital touches the English word: "Grand Palais"."""
    for other in (number - 1, number + 1):
        if 0 <= other < len(page.tokens) and page.near(min(number, other), max(number, other)):
            token = page.tokens[other]
            if token.text[0].isupper() and not page.covered(token.start, token.end) and other > 0:
                return True
    return False


def _letters(word: str) -> str:
    """What an acronym is found by: its letters in capitals, spelled in either script ("HSBC", एचएसबीसी)."""
    if word.isascii():
        return word if word.isupper() and len(word) > 1 else ""
    return spelled_letters(word) or ""


def _with_given_name(page: Page, number: int, gazetteer: Gazetteer) -> int:
    """The unknown or given-name word before a surname that belongs to a longer name in the other language."""
    before = number - 1
    if before < 0 or not page.near(before, number):
        return number
    token = page.tokens[before]
    is_word = token.text[0] > "\u0900" and fold(token.text) not in FUNCTION_WORDS
    if not is_word or page.covered(token.start, token.end) or token.end + 1 != page.tokens[number].start:
        return number
    if gazetteer.is_given_name(token.text) or not (
        gazetteer.is_ordinary(token.text) or gazetteer.is_demonym(token.text)
    ):
        return before
    return number


def _sources(pages: Sequence[Page]) -> Iterator[_Source]:
    seen: set[tuple[str, ...]] = set()
    number = 0
    for page in pages:
        for find in page.finds:
            if find.form in (
                MentionForm.TITLE, MentionForm.DEMONYM, MentionForm.HANDLE,
            ) or find.nominal or find.office:  # fmt: skip
                continue
            words = name_words(page, find)
            whole = find.type in (EntityType.EVENT, EntityType.DOC)
            if words in seen or (whole and len(words) < 2):
                continue
            seen.add(words)
            number += 1
            for place, word in enumerate(words):
                if (len(word) > 2 or word.isupper()) and not (word.isascii() and word.islower()):
                    yield _Source(word, number, place, find.type, len(words))


def _heard(page: Page, number: int, index: dict[str, list[_Source]], gazetteer: Gazetteer) -> _Heard:
    """The name words that token *number* sounds like."""
    token = page.tokens[number]
    word = token.text
    if len(word) < 2 or page.covered(token.start, token.end) or fold(word) in FUNCTION_WORDS:
        return {}
    english = page.language is Language.ENGLISH
    if english and not word[0].isupper():
        return {}
    found: _Heard = {}
    ordinary = gazetteer.is_ordinary(word) and not gazetteer.is_person_name(word)
    for skeleton in sorted({*skeletons(word), _letters(word)} - {""}):
        for source in index.get(skeleton, ()):
            similarity = word_similarity(word, source.word) if english else word_similarity(source.word, word)
            if similarity >= (SURE if ordinary else LIKELY):
                alone = not ordinary and len(word) > 2 and similarity >= 0.6
                if source.whole or (english and _in_longer_name(page, number)):
                    alone = False
                found[source.name, source.place] = (source, alone)
    return found


def _longest_run(page: Page, heard: list[_Heard], first: int) -> tuple[int, EntityType, bool]:
    """The longest run of tokens from *first* that follow one name in order: its last token, type, sureness."""
    best: tuple[int, EntityType, bool] | None = None
    for (name, place), (source, alone) in heard[first].items():
        last, expected, sure, words = first, place + 1, alone, 1
        while last + 1 < len(heard) and page.near(last, last + 1):
            following = [key for key in heard[last + 1] if key[0] == name and key[1] >= expected]
            if not following:
                if (
                    page.word(last + 1) in {".", "-"}
                    and page.touching(last + 1)
                    and last + 2 < len(heard)
                    and any(key[0] == name and key[1] >= expected for key in heard[last + 2])
                ):
                    last += 1
                    continue
                break
            key = min(following)
            sure = sure or heard[last + 1][key][1]
            expected, last, words = key[1] + 1, last + 1, words + 1
        if source.whole:
            sure = words == source.of
        else:
            sure = sure or words > 1
        if best is None or (last, sure) > (best[0], best[2]):
            best = (last, source.type, sure)
    assert best is not None
    return best
