"""The layout of the font Chanakya, in which newspapers were set in the 1990s and 2000s, as Unicode.

The code chart is that of the font (Latin-1 and windows-1252 codes for shapes of letters), as converters in the public
domain of the Hindi typing community have it. A shape may be a letter, half of one, or a sign before or above others;
what stands before its consonant in print (ि) or after it (the hook of र्) is put where Unicode wants it.
"""

from __future__ import annotations

import re

_WHOLE = {
    # Vowels.
    "¥": "अ", "¥æ": "आ", "§": "इ", "§ü": "ई", "§Z": "ईं", "©": "उ", "ª": "ऊ", "«": "ऋ", "°": "ए", "°ð": "ऐ",
    "¥ô": "ओ", "¥æð": "ओ", "¥õ": "औ", "¥æñ": "औ", "¥æò": "ऑ",
    # Consonants whose shapes stand for themselves.
    "·": "क", "•": "क", "¹": "ख", "»": "ग", "¾": "ङ", "¿": "च", "À": "छ", "Á": "ज", "Û": "झ", "Å": "ट", "Æ": "ठ",
    "Ç": "ड", "É": "ढ", "Ì": "त", "Í": "थ", "Î": "द", "¼": "द", "Ï": "ध", "Ù": "न", "Â": "प", "È": "फ", "Õ": "ब",
    "Ö": "भ", "×": "म", "Ø": "य", "Ú": "र", "Ü": "ल", "¶": "ल", "Ý": "ळ", "ß": "व", "á": "ष", "â": "स", "ã": "ह",
    "M": "रू", "L": "रु", "N": "हृ",
    # Conjuncts that are one shape.
    "B": "क्च", "C": "ष्ट", "D": "ष्ठ", "E": "श्व", "F": "स्न", "G": "त्र", "I": "ढ्ढ", "J": "छ्व", "O": "ह्र",
    "P": "क्क", "Q": "क्त", "R": "क्र", "T": "ञ्ज", "V": "ङ्क", "W": "ङ्ख", "X": "ङ्ग", "Y": "ङ्घ", "`": "क्व",
    "a": "ड्ड", "b": "ड्ढ", "d": "स्र", "e": "द्ग", "f": "द्घ", "g": "द्द", "h": "द्ध", "i": "द्ब", "j": "द्भ",
    "k": "द्म", "l": "द्य", "m": "द्व", "n": "ठ्ठ", "p": "श्च", "q": "ह्न", "r": "ह्म", "s": "ह्य", "t": "ह्ल",
    "u": "ह्व", "#": "प्त", "%": "त्न", "@": "ञ्च", "„": "ल्ल", "¨": "ङ्क्ष", "¯": "ख्न", "º": "ख्र", "^": "ट्ट",
    # Signs.
    "æ": "ा", "è": "ी", "é": "ु", "ä": "ु", "ê": "ू", "å": "ू", "ë": "ृ", "ð": "े", "ñ": "ै", "ô": "ो", "õ": "ौ",
    "æð": "ो", "æñ": "ौ", "æò": "ॉ", "ò": "ॅ", "¢": "ं", "´": "ं", "¡": "ँ", "Ñ": ":", "¸": "़", "ù": "ऽ", "÷": "्",
    "A": "्र", "ý": "्र", "þ": "्र", "K": "्य", "Ð": "।", "H": "॥", "Ò": "‘", "Ó": "’", "¤": "", "U": "",
    "v": "1", "w": "2", "x": "3", "y": "4", "z": "5", "{": "6", "|": "7", "}": "8", "~": "9", "®": "0",
}  # fmt: skip
_HALF = {
    "€": "क", "\x81": "ख", "‚": "ग", "ƒ": "घ", "‘": "च", "“": "च्च", "…": "ज", "’": "ज", "”": "ज्ज", "†": "ञ",
    "‡": "ण", "ˆ": "त", "‰": "थ", "Š": "ध", "‹": "न", "ó": "न्न", "Œ": "प", "\x8d": "फ", "Ž": "ब", "\x8f": "भ",
    "\x90": "म", "Ä": "य", "Ë": "ल", "Ã": "व", "à": "श", "³": "श", "o": "श", "c": "ष", "S": "स", "±": "ह",
    "ÿ": "क्ष", "˜": "त्र", "™": "ज्ञ", "ž": "त्त",
}  # fmt: skip
"""Halves; with the stroke of ा behind it, a half is a whole letter."""
_SHAPES: dict[str, str] = {
    **_WHOLE,
    **{shape: f"{letter}्" for shape, letter in _HALF.items()},
    **{f"{shape}æ": letter for shape, letter in _HALF.items()},
    "Ûæ": "झ",
}
_SHAPE = re.compile("|".join(sorted(map(re.escape, _SHAPES), key=len, reverse=True)))
_SYLLABLE = r"(?:[क-ह]़?्)*[क-ह]़?"
_SHORT_I = re.compile(rf"ç({_SYLLABLE}(?:्र)?)")
_HOOK = re.compile(rf"({_SYLLABLE}[ािीुूृेैोौॉॅंँ]*)(ü|Z)")
_SIGNS_SWAPPED = re.compile(r"([ंँ])([ािीुूृेैोौॉ]+)")


def from_chanakya(text: str) -> str:
    """*text*, typed for Chanakya, in Unicode."""
    text = _SHAPE.sub(lambda match: _SHAPES[match.group()], text)
    text = _SHORT_I.sub(r"\1ि", text)
    text = _HOOK.sub(lambda match: f"र्{match[1]}{'ं' if match[2] == 'Z' else ''}", text)
    text = text.replace("ाे", "ो").replace("ाै", "ौ")
    return _SIGNS_SWAPPED.sub(r"\2\1", text)
