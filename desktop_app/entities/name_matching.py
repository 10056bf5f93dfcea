"""When two names are one: parts of a full name, spellings, sounds across scripts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.language.devanagari import spelled_letters
from desktop_app.language.folding import fold
from desktop_app.language.transliteration import name_similarity, skeletons

_REGNAL = frozenset(["II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI"])
_REGNAL |= {fold(word) for word in ("प्रथम", "द्वितीय", "तृतीय", "चतुर्थ", "पंचम", "षष्ठम", "सप्तम", "अष्टम", "सोलहवें")}
_INITIALS = re.compile(r"[A-Z]{1,3}$")


def without_initials(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a person's name that are neither initials before it nor a number after it: Gukesh of
    "D. Gukesh", Charles of "Charles III"."""
    first = 0
    while first < len(words) - 1 and (
        re.fullmatch(r"[A-Z]{1,2}", words[first]) or (spelled_letters(words[first]) and words[first][0] > "\u0900")
    ):
        first += 1
    last = len(words)
    while last > first + 1 and words[last - 1] in _REGNAL:
        last -= 1
    return words[first:last]


def part_of(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether *short* can be another form of the full name: its surname or given name, or initials and surname."""
    if short == full:
        return True
    if len(short) == 1:
        return len(full) > 1 and any(_same_word(short[0], word) for word in full)
    if same_spelling(short, full):
        return True
    if not _same_word(short[-1], full[-1]):
        return set(short) <= set(full) and len(short) >= 2
    return all(
        any(_same_word(word, other) or (_INITIALS.match(word) and other[:1] == word[:1]) for other in full[:-1])
        for word in short[:-1]
    ) or any(_INITIALS.match(word) and word[0] == short[0][0] for word in full[:-1])


def _same_word(one: str, other: str) -> bool:
    if one.lower() == other.lower():
        return True
    if min(len(one), len(other)) < 4 or one[0].lower() != other[0].lower():
        return False
    from rapidfuzz.distance import Levenshtein

    return bool(skeletons(one) & skeletons(other)) and Levenshtein.distance(one, other) <= 1 + (len(one) > 7)


def same_spelling(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(one) == len(other) and all(_same_word(a, b) for a, b in zip(one, other, strict=True))


def name_match(english: list[str], hindi: list[str], *, person: bool) -> float:
    """Similarity of two names by sound; of a lone surname and a full name, of the surname with either part."""
    if person and len(english) == 1 < len(hindi):
        return max(0.95 * name_similarity(english[0], hindi[-1]), 0.9 * name_similarity(english[0], hindi[0]))
    if person and len(hindi) == 1 < len(english):
        return max(0.95 * name_similarity(english[-1], hindi[0]), 0.9 * name_similarity(english[0], hindi[0]))
    if person and len(english) == len(hindi) > 1:
        surname = name_similarity(english[-1], hindi[-1])
        first = name_similarity(english[0], hindi[0])
        whole = name_similarity(" ".join(english), " ".join(hindi))
        return max(whole, min(surname, first) + 0.05) if first > 0.3 and surname > 0.3 else 0.5 * whole
    return name_similarity(" ".join(english), " ".join(hindi))


def sounds_of(words: Sequence[str]) -> frozenset[str]:
    """What names of one sound have in common: skeletons of the words, of all together, and acronyms as letters."""
    found = {skeleton for word in words for skeleton in skeletons(word)}
    found |= skeletons("".join(words))
    for word in words:
        letters = word if word.isascii() else spelled_letters(word)
        if letters and letters.isupper():
            found.add(letters)
    return frozenset(found)
