"""When two names of events or documents are one: by their parts, their numbers, their translation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from desktop_app.domain import Language
from desktop_app.language.folding import fold, stem
from desktop_app.language.function_words import FUNCTION_WORDS
from desktop_app.language.lexicon import shipped_lexicon
from desktop_app.language.transliteration import word_similarity

_HEADS = {
    "summit": ("summit", "शिखर", "समिट"),
    "session": ("session", "सत्र", "अधिवेशन"),
    "conference": ("conference", "सम्मेलन"),
    "declaration": ("declaration", "घोषणापत्र", "घोषणा"),
    "agreement": ("agreement", "pact", "accord", "accords", "treaty", "deal", "समझौता", "समझौते", "संधि"),
    "charter": ("charter", "चार्टर"),
    "consensus": ("consensus", "सहमति"),
    "convention": ("convention", "कन्वेंशन"),
    "protocol": ("protocol", "प्रोटोकॉल"),
    "act": ("act", "law", "अधिनियम", "कानून", "एक्ट"),
    "bill": ("bill", "विधेयक", "बिल"),
    "code": ("code", "संहिता"),
    "tournament": ("tournament", "टूर्नामेंट", "प्रतियोगिता"),
    "championship": ("championship", "championships", "चैंपियनशिप"),
    "festival": ("festival", "महोत्सव", "फेस्टिवल", "समारोह"),
    "operation": ("operation", "ऑपरेशन", "अभियान"),
    "games": ("olympics", "games", "ओलंपिक", "खेल"),
    "cup": ("cup", "कप"),
    "storm": ("storm", "cyclone", "hurricane", "typhoon", "चक्रवात", "तूफान"),
    "war": ("war", "युद्ध", "संग्राम", "जंग"),
}
_COMPOSED = frozenset(
    {"summit", "session", "conference", "declaration", "agreement", "charter", "consensus", "convention", "protocol"}
    | {"storm", "war"}
)
"""Heads that name one thing together with the parties; of acts or tournaments a country has many."""
_HEAD_OF = {fold(word): head for head, words in _HEADS.items() for word in words}
_SURE = 0.5
_WORDS = re.compile(r"[\w\u0900-\u0963\u0966-\u097f\u200c\u200d]+")
_COP = re.compile(r"^#?(?:COP|कॉप|सीओपी)[ -]?(\d{1,2})$")
_TRAILING_NUMBER = re.compile(r"(\d+)$")
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th|वां|वें|वीं|वे)?$")


def event_words(name: str) -> list[str]:
    """The words of a name that carry it: folded, with Hindi digits as ASCII, without function words."""
    words = [(word, fold(word)) for word in _WORDS.findall(name)]
    return [folded for word, folded in words if folded not in FUNCTION_WORDS or (len(word) > 1 and word.isupper())]


def is_head(word: str) -> bool:
    """Whether a folded word says what kind of event or document a name is of, in either language."""
    return word in _HEAD_OF


def composed_event_key(name: str, inside: Sequence[str], qualifier: str | None) -> str | None:
    """A key that both languages compose alike: COP28, a numbered session of a body, a summit of named parties."""
    if cop := _COP.match(fold(name).upper() if name.isascii() else fold(name)):
        return f"event:cop-{cop.group(1)}"
    parts = sorted({key.partition(":")[2] for key in inside})
    if qualifier is not None and (number := _TRAILING_NUMBER.search(name)):
        return f"event:{qualifier.partition(':')[2]}-session-{number.group(1)}"
    words = event_words(name)
    heads = [_HEAD_OF[word] for word in words if word in _HEAD_OF]
    numbers = [m.group(1) for word in words if (m := _ORDINAL.match(word))]
    years = [number for number in numbers if len(number) == 4]
    if heads == ["war"] and len(years) == 1 and not parts:
        return f"event:war-{years[0]}"
    if not parts or not heads:
        return None
    head = "summit" if "summit" in heads else heads[-1]
    if head not in _COMPOSED:
        return None
    kind = "event" if head in {"summit", "session", "conference"} else "doc"
    ordinal = f"-{numbers[0]}" if numbers and head == "session" else ""
    return f"{kind}:{'-'.join(parts)}-{head}{ordinal}"


def same_event_name(one: Iterable[tuple[Language, str]], other: Iterable[tuple[Language, str]]) -> bool:
    """Whether some name of the one is some name of the other, shortened or translated."""
    return any(_same(a, b) for a in one for b in other)


def _same(one: tuple[Language, str], other: tuple[Language, str]) -> bool:
    first, second = event_words(one[1]), event_words(other[1])
    if not first or not second:
        return False
    if {w for w in first if w.isdigit()} ^ {w for w in second if w.isdigit()} and first[-1:] != second[-1:]:
        numbers = [[w for w in words if w.isdigit()] for words in (first, second)]
        if numbers[0] and numbers[1] and numbers[0] != numbers[1]:
            return False
    if one[0] is other[0]:
        storms = ["storm" in {_HEAD_OF.get(word) for word in words} for words in (first, second)]
        if any(storms) and first[-1] == second[-1]:
            return True
        short, full = sorted((first, second), key=len)
        return short == full or (full[-len(short) :] == short and len(short) >= 2)
    english, hindi = (first, second) if one[0] is Language.ENGLISH else (second, first)
    if min(len(english), len(hindi)) == 1 < max(len(english), len(hindi)) and len(hindi[-1]) > 2:
        return word_similarity(english[-1], hindi[-1]) >= 0.8
    heads = {_HEAD_OF.get(english[-1])} & {_HEAD_OF.get(hindi[-1])} - {None}
    share = translated_share(english, hindi)
    return share >= 0.75 or (bool(heads) and share > 0.6 and len(hindi) > 1)


def translated_share(english: Sequence[str], hindi: Sequence[str]) -> float:
    """How much of either name the other one's words account for, word by word, 0..1: the less of the two shares.

    One Hindi word may account for two English ones (महासभा, General Assembly).
    """
    left = list(english)
    hits = 0
    for word in hindi:
        found = [other for other in left if translates(other, word)][:1]
        if not found:
            parts = compound(word)
            found = [other for part in parts for other in left if translates(other, part)][:2] if parts else []
        elif len(english) > len(hindi):
            found += [other for other in left if other is not found[0] and _surely_translates(other, word)][:1]
        hits += bool(found)
        for other in found:
            if other in left:
                left.remove(other)
    return min(hits / len(hindi), 1 - len(left) / len(english))


@lru_cache(1 << 12)
def compound(word: str) -> tuple[str, str] | None:
    """The two words that a folded Hindi word is made of, if the lexicon knows both: जन|प्रतिनिधित्व."""
    lexicon = shipped_lexicon()
    if len(word) < 6 or lexicon.to_english(stem(word)):
        return None
    for cut in range(2, len(word) - 2):
        parts = word[:cut], word[cut:]
        if "\u0904" < parts[1][0] < "\u093a" and not parts[0].endswith("्"):
            sure = [lexicon.to_english(stem(part))[:1] for part in parts]
            if all(found and found[0].probability >= _SURE for found in sure):
                return parts
    return None


def _surely_translates(english: str, hindi: str) -> bool:
    found = shipped_lexicon().to_english(stem(hindi))
    return any(one.stem == stem(english) and one.probability >= _SURE for one in found)


def translates(english: str, hindi: str) -> bool:
    """Whether one folded word is the other's translation, sound or number."""
    if hindi.isdigit() or english.isdigit():
        return _number(hindi) == _number(english) != ""
    head = _HEAD_OF.get(english)
    if head is not None and _HEAD_OF.get(hindi) == head:
        return True
    if any(
        found.stem == stem(english) and found.probability >= 0.02 for found in shipped_lexicon().to_english(stem(hindi))
    ):
        return True
    return len(english) > 2 and word_similarity(english, hindi) >= 0.6


def _number(word: str) -> str:
    match = _ORDINAL.match(word)
    return match.group(1) if match else ""
