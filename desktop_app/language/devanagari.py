"""Devanagari as sound: units of a word, Latin spelling with schwa deletion, spelled letters.

Schwa deletion follows the rule of Ohala, "Aspects of Hindi Phonology" (1983): a schwa between VC and CV is
silent, and so is a final one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NUKTA, _VIRAMA = "\u093c", "\u094d"


def _table(devanagari: str, latin: str) -> dict[str, str]:
    return dict(zip(devanagari, latin.split(), strict=True))


CONSONANTS = _table(
    "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहळ",
    "k kh g gh n ch chh j jh n t th d dh n t th d dh n p f b bh m y r l v sh sh s h l",
)
NUKTA_CONSONANTS = {"क": "k", "ख": "kh", "ग": "g", "ज": "z", "फ": "f", "ड": "r", "ढ": "rh"}
VOWELS = _table("अआइईउऊऋएऐओऔऑऍऎऒॲ", "a aa i ee u oo ri e ai o au o e e o a")
SIGNS = _table("ािीुूृेैोौॉॅॆॊ", "aa i ee u oo ri e ai o au o e e o")
INHERENT = "@"
"""The unit that stands for an inherent vowel inside a word."""

LETTER_NAMES = {
    "A": "ए", "B": "बी", "C": "सी", "D": "डी", "E": "ई", "F": "एफ", "G": "जी", "H": "एच", "I": "आई|आइ",
    "J": "जे", "K": "के", "L": "एल", "M": "एम", "N": "एन", "O": "ओ", "P": "पी", "Q": "क्यू", "R": "आर",
    "S": "एस", "T": "टी", "U": "यू", "V": "वी", "W": "डब्ल्यू|डब्लू|डबल्यू", "X": "एक्स", "Y": "वाई|वाय",
    "Z": "जेड|जैड",
}  # fmt: skip
_NAME_TO_LETTER = {name: letter for letter, names in LETTER_NAMES.items() for name in names.split("|")}
_LETTERS_BY_LENGTH = sorted(_NAME_TO_LETTER, key=len, reverse=True)
_LETTER_NAMES = tuple(_LETTERS_BY_LENGTH)
_BETWEEN_LETTERS = re.compile(r"[\s.।·\u200c\u200d-]+")


@lru_cache(50_000)
def devanagari_units(word: str) -> tuple[str, ...]:
    """The sounds of a Devanagari *word*: consonants (with nukta), vowels, `INHERENT` vowels, ं and ः.

    Vowel signs and independent vowels stay apart; a final inherent vowel is silent and left out.
    """
    decomposed = unicodedata.normalize("NFD", word)
    units: list[str] = []
    position = 0
    while position < len(decomposed):
        char = decomposed[position]
        if char in CONSONANTS:
            if decomposed[position + 1 : position + 2] == _NUKTA:
                char += _NUKTA
                position += 1
            units.append(char)
            following = decomposed[position + 1 : position + 2]
            if following and following in SIGNS:
                units.append(following)
                position += 1
            elif following == _VIRAMA:
                position += 1
            elif following and (following in CONSONANTS or following in VOWELS or following in "ंँः"):
                units.append(INHERENT)
        elif char in VOWELS:
            units.append(char)
        elif char in "ंँ":
            units.append("ं")
        elif char == "ः":
            units.append("ः")
        position += 1
    return tuple(units)


def _is_vowel(unit: str) -> bool:
    return unit in SIGNS or unit in VOWELS or unit == INHERENT


@lru_cache(50_000)
def to_latin(word: str) -> str:
    """A plain Latin spelling of one Devanagari *word*, lower case: लवरोव → lavrov, चंद्रयान → chandrayaan."""
    units = devanagari_units(word)
    letters: list[str] = []
    for index, unit in enumerate(units):
        if unit == INHERENT:
            between_open_syllables = (
                2 <= index < len(units) - 2
                and _is_vowel(units[index - 2])
                and not _is_vowel(units[index + 1])
                and _is_vowel(units[index + 2])
                and units[index + 2] != INHERENT
            )
            letters.append("" if between_open_syllables else "a")
        elif unit == "ं":
            labial = index + 1 < len(units) and units[index + 1][0] in "पफबभम"
            letters.append("m" if labial else "n")
        elif unit == "ः":
            letters.append("h")
        elif unit.endswith(_NUKTA):
            letters.append(NUKTA_CONSONANTS.get(unit[0], CONSONANTS[unit[0]]))
        else:
            letters.append(CONSONANTS.get(unit) or SIGNS.get(unit) or VOWELS.get(unit, ""))
    return "".join(letters)


@lru_cache(20_000)
def spelled_letters(text: str) -> str | None:
    """The Latin letters that Hindi *text* spells by name (यूएन → UN, डी वाई → DY, यू.एन. → UN).

    None if any part of it is not the name of a letter. Single names are also words (के, जी): the caller
    decides by context.
    """
    plain = unicodedata.normalize("NFD", text).replace(_NUKTA, "")
    plain = unicodedata.normalize("NFC", _BETWEEN_LETTERS.sub("", plain))
    if not plain.startswith(_LETTER_NAMES) or not plain.endswith(_LETTER_NAMES):
        return None
    # The shortest reading from each position on, longest letter names first.
    readings: list[str | None] = [None] * len(plain) + [""]
    for position in range(len(plain) - 1, -1, -1):
        for name in _LETTERS_BY_LENGTH:
            rest = readings[position + len(name)] if plain.startswith(name, position) else None
            if rest is not None:
                readings[position] = _NAME_TO_LETTER[name] + rest
                break
    return readings[0]
