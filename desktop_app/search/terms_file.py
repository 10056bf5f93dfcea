"""The dictionary of one index segment: its terms in order, where their posting lists lie, and how they sound.

Beside the sorted terms of each field stand two further orders over the terms of the text: by stem, and by
consonant skeleton within each script. They let a query find inflections and other-script spellings without
reading the dictionary through. Every part is read when it is first needed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, overload

from desktop_app.language.folding import stem
from desktop_app.language.function_words import FUNCTION_WORDS
from desktop_app.language.scripts import is_devanagari
from desktop_app.language.transliteration import skeletons, spelled_letters
from desktop_app.search.analysis import CAPITALS
from desktop_app.search.segment_file import SegmentFile, SegmentFileWriter, narrow

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Spelled-out letters hold a vowel of their own (आईएमएफ), two of the vowels of बी and जे, or are but one letter.
_MAYBE_LETTERS = re.compile(r"(?=.{2,10}$)(?:.*[ईआएओऐऑयू]|.*[ीे].*[ीे]|.[ीे]$)")
_STRIDE = 64
TEXT_FIELD = "text"


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term by its place in the dictionary, with the lengths of its posting list."""

    place: int
    documents: int
    occurrences: int


@dataclass(frozen=True, slots=True)
class Order:
    """Terms by a key they share: distinct keys ascending, where each one's members begin (and the last ones
    end), and the places of the members in the dictionary."""

    keys: Sequence[str]
    starts: NDArray[np.int64]
    members: NDArray[np.int64]


class TermList(Sequence[str]):
    """Strings in ascending order, packed; each is unpacked when it is asked for."""

    def __init__(self, packed: bytes, starts: memoryview) -> None:
        self._packed, self._starts = packed, starts
        self._landmarks = [self._bytes(place) for place in range(0, len(self), _STRIDE)]

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self._bytes(number).decode() for number in range(*place.indices(len(self)))]
        return self._bytes(place).decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed.decode().split("\n")[: len(self)])

    @cached_property
    def byte_lengths(self) -> NDArray[np.int64]:
        import numpy as np

        starts: NDArray[np.int64] = np.asarray(self._starts).astype(np.int64)
        return starts[1:] - starts[:-1] - 1

    def place(self, wanted: str) -> int:
        """Where *wanted* stands, or would stand."""
        key = wanted.encode()
        after = bisect_left(self._landmarks, key)
        low, high = max(0, after - 1) * _STRIDE, min(after * _STRIDE, len(self))
        while low < high:
            middle = (low + high) // 2
            if self._bytes(middle) < key:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, wanted: str) -> int | None:
        """Where *wanted* stands, None if it is not there."""
        place = self.place(wanted)
        return place if place < len(self) and self._bytes(place) == wanted.encode() else None

    def _bytes(self, place: int) -> bytes:
        return self._packed[self._starts[place] : self._starts[place + 1] - 1]


class FieldTerms:
    """The terms of one field of a segment."""

    def __init__(self, file: SegmentFile, field: str) -> None:
        self._file, self._field = file, field

    @cached_property
    def terms(self) -> TermList:
        return self._list("terms")

    def find(self, term: str) -> TermEntry | None:
        place = self.terms.find(term)
        return None if place is None else self.entry(place)

    def entry(self, place: int) -> TermEntry:
        return TermEntry(
            place,
            self.postings[place + 1] - self.postings[place],
            self.positions[place + 1] - self.positions[place],
        )

    @cached_property
    def postings(self) -> memoryview:
        """For each term, and behind the last one, how many documents the lists before its own hold."""
        return self._file.block(f"{self._field}/postings").data

    @cached_property
    def positions(self) -> memoryview:
        """For each term, and behind the last one, how many positions the lists before its own hold."""
        return self._file.block(f"{self._field}/positions").data

    @cached_property
    def document_counts(self) -> NDArray[np.int64]:
        """How many documents hold each term, in the order of `terms`."""
        import numpy as np

        sums: NDArray[np.int64] = np.asarray(self.postings).astype(np.int64)
        return sums[1:] - sums[:-1]

    def beginning_with(self, prefix: str) -> range:
        """The places of the terms that begin with *prefix*."""
        return range(self.terms.place(prefix), self.terms.place(prefix + "\U0010ffff"))

    def of_like_length(self, form: str, most: int) -> list[str]:
        """The terms in the script of *form* that are longer or shorter by some *most* characters, or fewer."""
        import numpy as np

        latin = self.terms.place("a"), self.terms.place("\u0900")
        first, last = latin if form < "\u0900" else (latin[1], self.terms.place("\u0980"))
        lengths = self.terms.byte_lengths[first:last]
        bytes_a_letter = 1 if form < "\u0900" else 3
        alike = np.abs(lengths - bytes_a_letter * len(form)) <= bytes_a_letter * most
        return [self.terms[place] for place in (np.flatnonzero(alike) + first).tolist()]

    def with_stem(self, key: str) -> list[str]:
        return self._members("stem", key)

    def with_sound(self, key: str) -> list[str]:
        """The terms with this key of `sound_key`."""
        return self._members("sound", key)

    def orders(self) -> dict[str, Order]:
        """The orders as a whole, to be merged."""
        import numpy as np

        return {
            name: Order(list(keys), np.asarray(starts).astype(np.int64), np.asarray(members).astype(np.int64))
            for name, (keys, starts, members) in self._orders.items()
        }

    def _members(self, name: str, key: str) -> list[str]:
        keys, starts, members = self._orders[name]
        place = keys.find(key)
        return [] if place is None else [self.terms[member] for member in members[starts[place] : starts[place + 1]]]

    @cached_property
    def _orders(self) -> Mapping[str, tuple[TermList, memoryview, memoryview]]:
        return {
            name: (
                self._list(f"{name} keys"),
                self._file.block(f"{self._field}/{name} starts").data,
                self._file.block(f"{self._field}/{name} members").data,
            )
            for name in ORDERS
        }

    def _list(self, name: str) -> TermList:
        return TermList(
            self._file.block(f"{self._field}/{name}").tobytes(), self._file.block(f"{self._field}/{name} at").data
        )


def put_terms(
    file: SegmentFileWriter,
    field: str,
    terms: Sequence[str],
    documents: NDArray[np.int64],
    occurrences: NDArray[np.int64],
    orders: Mapping[str, Order],
) -> None:
    """Write a dictionary: ascending *terms*, how many documents hold each, and how many positions it has."""
    _put_list(file, f"{field}/terms", terms)
    file.put(f"{field}/postings", narrow(_sums(documents)))
    file.put(f"{field}/positions", narrow(_sums(occurrences)))
    for name, order in orders.items():
        _put_list(file, f"{field}/{name} keys", order.keys)
        file.put(f"{field}/{name} starts", narrow(order.starts))
        file.put(f"{field}/{name} members", narrow(order.members))


def _put_list(file: SegmentFileWriter, name: str, strings: Sequence[str]) -> None:
    import numpy as np

    packed = ("\n".join(strings) + "\n").encode() if strings else b""
    content = np.frombuffer(packed, np.uint8)
    file.put(name, content)
    ends = np.flatnonzero(content == ord("\n")) + 1
    file.put(f"{name} at", narrow(np.concatenate((np.zeros(1, np.int64), ends))))


def _sums(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    import numpy as np

    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))


def orders_of(terms: Sequence[str]) -> dict[str, Order]:
    """The orders over the *terms* of a text."""
    return {name: _grouped(map(keys_of, terms)) for name, keys_of in ORDERS.items()}


def merged_orders(
    parts: Sequence[Mapping[str, Order]], places: Sequence[NDArray[np.int64]], count: int
) -> dict[str, Order]:
    """The orders over *count* terms of several dictionaries; *places* says where each one's terms are now, or -1."""
    return {name: _merged([part[name] for part in parts], places, count) for name in ORDERS}


def _grouped(keys_of_terms: Iterable[tuple[str, ...]]) -> Order:
    import numpy as np

    groups: dict[str, list[int]] = {}
    for place, keys in enumerate(keys_of_terms):
        for key in keys:
            groups.setdefault(key, []).append(place)
    names = sorted(groups)
    members: list[int] = []
    starts = [0]
    for name in names:
        members.extend(groups[name])
        starts.append(len(members))
    return Order(names, np.array(starts, np.int64), np.array(members, np.int64))


def _merged(orders: Sequence[Order], places: Sequence[NDArray[np.int64]], count: int) -> Order:
    import numpy as np

    from desktop_app.search.postings import distinct

    names, numbers = merged_lists([order.keys for order in orders])
    pairs: list[NDArray[np.int64]] = []
    for order, now, key_numbers in zip(orders, places, numbers, strict=True):
        keys, terms = np.repeat(key_numbers, np.diff(order.starts)), now[order.members]
        pairs.append((keys * count + terms)[terms >= 0])
    joined = distinct(np.concatenate(pairs)) if pairs else np.zeros(0, np.int64)
    keys, members = np.divmod(joined, max(count, 1))
    sizes = np.bincount(keys, minlength=len(names))
    kept = np.flatnonzero(sizes)
    return Order([names[number] for number in kept.tolist()], _sums(sizes[kept]), members)


def merged_lists(lists: Sequence[Sequence[str]]) -> tuple[list[str], list[NDArray[np.int64]]]:
    """The ascending union of ascending *lists*, and for each list where its strings are in it."""
    import numpy as np

    union = sorted(set().union(*lists))
    places = {string: place for place, string in enumerate(union)}
    return union, [np.fromiter(map(places.__getitem__, strings), np.int64, len(strings)) for strings in lists]


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


def _stem_keys(term: str) -> tuple[str, ...]:
    return () if term[0] == CAPITALS else (stem(term),)


@lru_cache(1 << 16)
def _sound_keys(term: str) -> tuple[str, ...]:
    if not has_sound(term):
        return ()
    devanagari = is_devanagari(term)
    letters = spelled_letters(term) if devanagari and _MAYBE_LETTERS.match(term) else None
    keys = [] if letters is None else [letters_key(letters.lower())]
    keys.extend(sound_key(skeleton, devanagari=devanagari) for skeleton in skeletons(term) if skeleton != "a")
    return tuple(keys)


ORDERS: Mapping[str, Any] = {"stem": _stem_keys, "sound": _sound_keys}
"""Name of an order → the keys under which a term stands in it."""
