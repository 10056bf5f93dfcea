"""Names by sound: does this Hindi word spell that English name?

`skeletons` narrows many candidates to a few, `name_similarity` judges each of them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from desktop_app.language.aligner import shipped_aligner
from desktop_app.language.devanagari import devanagari_units, spelled_letters, to_latin

__all__ = ["latin_letters", "name_similarity", "skeletons", "spelled_letters", "to_latin", "word_similarity"]

_SEPARATORS = re.compile(r"[\s.,'’‘\-–·]+")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
_TRANSLITERABLE = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i",
     "č": "ch", "š": "sh", "ž": "zh", "ş": "sh", "ș": "sh", "ţ": "ts", "ț": "ts", "ç": "s"}
)  # fmt: skip

# Sounds of letters as both scripts agree on them; applied in this order.
_ENGLISH_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("^kn|^gn", "n"), ("^wr", "r"), ("^ps", "s"), ("^x", "j"), ("ch(?=[lr])", "k"),
        ("^sch(?=[mnw])", "S"), ("tsch|tch|chh|cz", "C"),
       ("sch|sh", "S"), ("ch", "C"), ("[ts]ion", "Sn"), ("ght", "t"), ("ph", "f"),
        ("ck|q", "k"), ("x", "ks"), ("dg(?=[eiy])", "j"), ("sc(?=[eiy])|c(?=[eiy])", "s"), ("c", "k"),
        ("w", "v"), ("(?<=[bdgjkprt])h", ""), ("tz", "ts"), ("dj", "j"), ("l(?=[km](?![aeiou]))", ""),
    )
)  # fmt: skip
_VOWELS = "aeiouy"
_MERGED = str.maketrans({"S": "s", "C": "c", "v": "b"})


def latin_letters(word: str) -> str:
    """*word* in lower-case a-z: accents dropped, everything else left out."""
    decomposed = unicodedata.normalize("NFKD", word.lower().translate(_TRANSLITERABLE))
    return "".join(char for char in decomposed if "a" <= char <= "z")


def _consonants(sounds: str) -> str:
    """First vowel as 'a', other vowels and inner h dropped, doubled sounds single, m as n."""
    if not sounds:
        return ""
    head = "a" if sounds[0] in _VOWELS else sounds[0]
    tail = "".join(char for char in sounds[1:] if char not in _VOWELS and char != "h")
    return re.sub(r"(.)\1+", r"\1", (head + tail).replace("m", "n"))


@lru_cache(100_000)
def skeletons(word: str) -> frozenset[str]:
    """Consonant skeletons of one *word* in either script; words of one sound nearly always share one.

    Several where the spelling leaves the sound open (g, ch, z, silent w). b and v are one sound here, as in
    names from Bengal and Nepal.
    """
    forms = _hindi_sounds(word) if _DEVANAGARI.search(word) else _english_sounds(word)
    return frozenset(_consonants(form).translate(_MERGED) for form in forms)


def _hindi_sounds(word: str) -> set[str]:
    base = to_latin(word).replace("chh", "C").replace("ch", "C").replace("sh", "S").replace("z", "j")
    base = re.sub(r"(?<=[bdgjkprt])h", "", base).replace("tj", "ts")
    base = re.sub(r"aanv$", "aan", base)
    forms = {base}
    if re.search(r"[aeioun]v", base):
        forms.add(re.sub(r"(?<=[aeiou])v(?=[^aeiou]|$)", "", base))
    if re.search(r"[kg]v", base):
        forms.add(re.sub(r"(?<=[kg])v", "", base))
    if "jn" in base:
        forms.add(base.replace("jn", "g"))
    if "ड" in word or "ढ" in word:
        forms |= set().union(*(_d_as_r(word, form) for form in forms))
    return forms


def _english_sounds(word: str) -> set[str]:
    base = latin_letters(word)
    for pattern, sound in _ENGLISH_SOUNDS:
        base = pattern.sub(sound, base)
    forms = {base}
    if re.search(r"g[eiy]", base):
        forms.add(re.sub(r"g(?=[eiy])", "j", base))
    if re.search(r"ng(?![aeiou])", base):
        forms |= {re.sub(r"ng(?![aeiou])", "n", form) for form in set(forms)}
    if "C" in base:
        forms |= {form.replace("C", sound) for form in set(forms) for sound in "kS"}
    if "z" in base:
        forms = {form.replace("z", sound) for form in forms for sound in "js"}
    if base.startswith("j"):
        forms |= {"y" + form[1:] for form in set(forms)}
    if base.endswith("s"):
        forms |= {form[:-1] + "j" for form in set(forms)}
    if re.search(r"[aeiou]v", base):
        forms |= {re.sub(r"(?<=[aeiou])v(?=[^aeiou]|$)", "", form) for form in set(forms)}
    return forms


def _d_as_r(word: str, form: str) -> set[str]:
    """Hindi print often leaves the dot of ड़ and ढ़ out: *form* with one d read as r, or each r as d."""
    if "\u093c" in unicodedata.normalize("NFD", word):
        return {form.replace("r", "d")}
    return {form[: at.start()] + "r" + form[at.end() :] for at in re.finditer("d", form)}


@lru_cache(200_000)
def word_similarity(english: str, hindi: str) -> float:
    """How surely one Hindi word and one English word are one name by sound, 0..1; 0.5 is undecided."""
    letters = latin_letters(english)
    if english.isupper() or len(letters) == 1:
        initials = spelled_letters(hindi)
        if initials is not None and initials.lower() == letters:
            return 1.0
    sounds = devanagari_units(hindi)
    if len(letters) < 2 or len(sounds) < 2:
        return 0.0
    if min(len(letters), len(sounds)) * 3 < max(len(letters), len(sounds)):
        return 0.0
    return shipped_aligner().similarity(sounds, letters)


def name_similarity(english: str, hindi: str) -> float:
    """How surely a Hindi and an English name are the same name by sound, 0..1; 0.5 is undecided.

    Words may be written together or apart, initials spelled by letter name (डी वाई चंद्रचूड़ = DY Chandrachud).
    Translated names (United Nations, संयुक्त राष्ट्र) do not match: that is the gazetteer's business.
    """
    if not english or not hindi:
        return 0.0
    initials = spelled_letters(hindi)
    if initials and english.replace(".", "").isupper() and initials.lower() == latin_letters(english):
        return 1.0
    english_words = [word for word in _SEPARATORS.split(english) if latin_letters(word)]
    hindi_words = [word for word in _SEPARATORS.split(hindi) if devanagari_units(word)]
    if not english_words or not hindi_words:
        return 0.0
    if len(english_words) == len(hindi_words) == 1:
        return word_similarity(english_words[0], hindi_words[0])
    joined = word_similarity("".join(english_words).lower(), "".join(hindi_words))
    return max(joined, _words_in_order(english_words, hindi_words))


def _words_in_order(english: list[str], hindi: list[str]) -> float:
    """Mean similarity of words matched in order, one to one or one to two, weighted by letters."""
    height, width = len(english), len(hindi)
    gained = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(1, height + 1):
        for j in range(1, width + 1):
            best = max(gained[i - 1][j], gained[i][j - 1])
            for rows, columns in ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1)):
                if rows > i or columns > j:
                    continue
                letters = "".join(english[i - rows : i])
                sounds = "".join(hindi[j - columns : j])
                score = word_similarity(letters, sounds)
                weight = len(letters) + len(sounds)
                best = max(best, gained[i - rows][j - columns] + score * weight)
            gained[i][j] = best
    total = sum(len(word) for word in english) + sum(len(word) for word in hindi)
    return gained[height][width] / total
