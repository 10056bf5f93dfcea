"""The dictionary of one index segment: its terms in order, where their posting lists lie, and how they sound.

Beside the sorted terms of each field stand two further orders over the terms of the text: by stem, and by
consonant skeleton within each script. They let a query find inflections and other-script spellings without
reading the dictionary through.
"""

from __future__ import annotations

import json
import re
import struct
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from desktop_app.language.folding import stem
from desktop_app.language.function_words import FUNCTION_WORDS
from desktop_app.language.scripts import is_devanagari
from desktop_app.language.transliteration import skeletons, spelled_letters
from desktop_app.search.analysis import CAPITALS
from desktop_app.search.errors import IndexDamaged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MAGIC = b"SETU-TERMS-1\n"
_LENGTH = struct.Struct("<I")
_ENTRY = ("offset", "size", "documents", "occurrences")
# Spelled-out letters hold a vowel of their own (आईएमएफ), two of the vowels of बी and जे, or are but one letter.
_MAYBE_LETTERS = re.compile(r"(?=.{2,10}$)(?:.*[ईआएओऐऑयू]|.*[ीे].*[ीे]|.[ीे]$)")
TEXT_FIELD = "text"


@dataclass(frozen=True, slots=True)
class TermEntry:
    """Where a term's posting list lies in the postings file, and its length in bytes."""

    offset: int
    size: int
    documents: int
    occurrences: int


class TermsFileBuilder:
    """Collects the terms of a segment, field by field, each field's in order, and packs them."""

    def __init__(self) -> None:
        self._entries: defaultdict[str, list[TermEntry]] = defaultdict(list)
        self._terms: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, field: str, term: str, entry: TermEntry) -> None:
        """Append *term*; terms of one field come in ascending order, their records one after the other."""
        self._entries[field].append(entry)
        self._terms[field].append(term)

    def to_bytes(self) -> bytes:
        blocks: list[bytes] = []
        header: dict[str, dict[str, list[int]]] = {}
        position = 0

        def put(field: str, name: str, block: bytes) -> None:
            nonlocal position
            header.setdefault(field, {})[name] = [position, len(block)]
            blocks.append(block)
            position += len(block)

        for field, terms in self._terms.items():
            put(field, "terms", "\n".join(terms).encode())
            for name in _ENTRY:
                numbers = map(attrgetter(name), self._entries[field])
                put(field, name, array("Q" if name == "offset" else "I", numbers).tobytes())
            if field == TEXT_FIELD:
                for order, keys in (("stem", _stem_keys(terms)), ("sound", _sound_keys(terms))):
                    names, starts, members = _grouped(keys)
                    put(field, f"{order} keys", "\n".join(names).encode())
                    put(field, f"{order} starts", array("I", starts).tobytes())
                    put(field, f"{order} members", array("I", members).tobytes())
        packed = json.dumps(header, separators=(",", ":")).encode()
        return b"".join((_MAGIC, _LENGTH.pack(len(packed)), packed, *blocks))


class FieldTerms:
    """The sorted terms of one field."""

    def __init__(self, blocks: Mapping[str, memoryview]) -> None:
        self._blocks = blocks
        self.terms: list[str] = str(blocks["terms"], "utf-8").split("\n")
        self._offsets = blocks["offset"].cast("Q")
        self._sizes = blocks["size"].cast("I")
        self._documents = blocks["documents"].cast("I")
        self._occurrences = blocks["occurrences"].cast("I")

    def find(self, term: str) -> TermEntry | None:
        place = bisect_left(self.terms, term)
        if place == len(self.terms) or self.terms[place] != term:
            return None
        return self.entry(place)

    def entry(self, place: int) -> TermEntry:
        return TermEntry(self._offsets[place], self._sizes[place], self._documents[place], self._occurrences[place])

    @cached_property
    def document_counts(self) -> NDArray[np.uint32]:
        """How many documents hold each term, in the order of `terms`."""
        import numpy as np

        return np.frombuffer(self._documents, np.uint32)

    def beginning_with(self, prefix: str) -> range:
        """The places of the terms that begin with *prefix*."""
        return range(bisect_left(self.terms, prefix), bisect_left(self.terms, prefix + "\U0010ffff"))

    def with_stem(self, key: str) -> list[str]:
        return self._members("stem", self._stem_keys, key)

    def with_sound(self, key: str) -> list[str]:
        """The terms with this key of `sound_key`."""
        return self._members("sound", self._sound_keys, key)

    @cached_property
    def _stem_keys(self) -> list[str]:
        return str(self._blocks["stem keys"], "utf-8").split("\n")

    @cached_property
    def _sound_keys(self) -> list[str]:
        return str(self._blocks["sound keys"], "utf-8").split("\n")

    def _members(self, order: str, keys: Sequence[str], key: str) -> list[str]:
        place = bisect_left(keys, key)
        if place == len(keys) or keys[place] != key:
            return []
        starts = self._blocks[f"{order} starts"].cast("I")
        members = self._blocks[f"{order} members"].cast("I")
        return [self.terms[member] for member in members[starts[place] : starts[place + 1]]]


class TermsFile:
    """A packed dictionary, read whole; raises IndexDamaged if it is none."""

    def __init__(self, packed: bytes) -> None:
        view = memoryview(packed)
        try:
            if view[: len(_MAGIC)] != _MAGIC:
                raise IndexDamaged("a dictionary is from another version")
            at = len(_MAGIC)
            (length,) = _LENGTH.unpack_from(view, at)
            at += _LENGTH.size
            header = json.loads(bytes(view[at : at + length]))
            base = at + length
            self.fields: dict[str, FieldTerms] = {}
            for field, blocks in header.items():
                self.fields[field] = FieldTerms(
                    {name: _aligned(view, base + start, size) for name, (start, size) in blocks.items()}
                )
        except (ValueError, KeyError, TypeError, AttributeError, struct.error) as error:
            raise IndexDamaged("a dictionary is not as it was written") from error

    def items(self, first_field: str = "", first_term: str = "") -> Iterator[tuple[str, str, TermEntry]]:
        """Field, term and entry in the order of the index, from a place on."""
        for field, terms in sorted(self.fields.items()):
            if field < first_field:
                continue
            start = bisect_left(terms.terms, first_term) if field == first_field else 0
            for place in range(start, len(terms.terms)):
                yield field, terms.terms[place], terms.entry(place)


def sound_key(skeleton: str, *, devanagari: bool) -> str:
    """The key of a consonant skeleton within one script."""
    return ("h" if devanagari else "e") + skeleton


def letters_key(letters: str) -> str:
    """The key of Devanagari words that spell these Latin letters by name (बीजेपी: bjp)."""
    return "a" + letters


def has_sound(form: str) -> bool:
    """Whether *form* may be matched across scripts: a word with a content, in one script, without digits."""
    if len(form) < 2 or form[0] == CAPITALS or form in FUNCTION_WORDS:
        return False
    return is_devanagari(form) or (form.isascii() and form.isalpha())


def _stem_keys(terms: Sequence[str]) -> Iterator[tuple[str, int]]:
    for place, term in enumerate(terms):
        if term[0] != CAPITALS:
            yield stem(term), place


def _sound_keys(terms: Sequence[str]) -> Iterator[tuple[str, int]]:
    for place, term in enumerate(terms):
        if has_sound(term):
            devanagari = is_devanagari(term)
            letters = spelled_letters(term) if devanagari and _MAYBE_LETTERS.match(term) else None
            if letters is not None:
                yield letters_key(letters.lower()), place
            for skeleton in skeletons(term):
                if skeleton != "a":
                    yield sound_key(skeleton, devanagari=devanagari), place


def _grouped(keys: Iterator[tuple[str, int]]) -> tuple[list[str], list[int], list[int]]:
    """Sorted distinct keys, where each one's members begin (one more at the end), and all members."""
    names: list[str] = []
    starts: list[int] = []
    members: list[int] = []
    for key, place in sorted(keys):
        if not names or names[-1] != key:
            names.append(key)
            starts.append(len(members))
        members.append(place)
    return names, [*starts, len(members)], members


def _aligned(view: memoryview, start: int, size: int) -> memoryview:
    block = view[start : start + size]
    if len(block) != size:
        raise ValueError("a block is cut short")
    return memoryview(bytes(block))
