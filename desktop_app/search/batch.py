"""The documents of one commit, inverted all at once.

Every occurrence of a word becomes one 64-bit number (term, document, position); sorting these numbers is the
whole of inverting, and their parts, cut into columns, are the posting lists.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from desktop_app.domain import Language
from desktop_app.language.folding import WORD
from desktop_app.search.analysis import (
    BODY_START,
    LAST_IN_ORDER,
    LAST_POSITION,
    MAX_TITLE_WORDS,
    forms_of,
    name_runs,
)
from desktop_app.search.documents import IndexDocument
from desktop_app.search.postings import PostingArrays, SortedField
from desktop_app.search.schema import COLUMNS, INDEXED_FIELDS
from desktop_app.search.terms_file import TEXT_FIELD

MOST_DOCUMENTS = 1 << 16
"""A document's number is 16 bits of the numbers that are sorted."""


class _Numbering(dict[str, int]):
    """Strings in order of appearance, and their numbers."""

    def __missing__(self, string: str) -> int:
        number = self[string] = len(self)
        return number


class _Field:
    """The words of one field, run by run: words of one document at consecutive positions."""

    def __init__(self) -> None:
        self._words = _Numbering()
        self._number_of = self._words.__getitem__
        self._numbers = array("I")
        self._documents = array("I")
        self._counts = array("I")
        self._positions = array("I")

    def add(self, document: int, position: int, words: Sequence[str]) -> None:
        self._numbers.extend(map(self._number_of, words))
        self._documents.append(document)
        self._counts.append(len(words))
        self._positions.append(position)

    def sorted(self) -> SortedField:
        counts = np.array(self._counts, np.int64)
        ends = np.cumsum(counts)
        numbers = np.array(self._numbers, np.int64)
        places = np.arange(len(numbers)) + np.repeat(np.array(self._positions, np.int64) - ends + counts, counts)
        places[places > LAST_IN_ORDER] = LAST_POSITION
        places |= np.repeat(np.array(self._documents, np.int64) << 16, counts)
        terms, forms, doubled, second_forms = self._forms()
        keys = forms[numbers] << 32 | places
        if len(doubled):
            second = np.full(len(forms), -1, np.int64)
            second[doubled] = second_forms
            marked = np.flatnonzero(second[numbers] >= 0)
            keys = np.concatenate((keys, second[numbers[marked]] << 32 | places[marked]))
        keys = keys[keys >= 0]
        keys.sort()
        return _inverted(terms, keys)

    def _forms(self) -> tuple[list[str], NDArray[np.int64], list[int], list[int]]:
        """The terms in order, for each word the place of its form among them (or -1); which words are indexed
        under a second one, and where that is."""
        first: list[str | None] = []
        doubled: list[int] = []
        seconds: list[str] = []
        for number, word in enumerate(self._words):
            forms = forms_of(word)
            first.append(forms[0] if forms else None)
            if len(forms) > 1:
                doubled.append(number)
                seconds.append(forms[1])
        terms = sorted({form for form in first if form is not None}.union(seconds))
        places: dict[str | None, int] = {term: place for place, term in enumerate(terms)}
        places[None] = -1
        forms_at = np.fromiter(map(places.__getitem__, first), np.int64, len(first))
        return terms, forms_at, doubled, [places[form] for form in seconds]


def _inverted(terms: list[str], keys: NDArray[np.int64]) -> SortedField:
    """Posting lists from sorted (term, document, position) numbers."""
    if len(keys) > 1:
        new = np.empty(len(keys), np.bool_)
        new[0] = True
        np.not_equal(keys[1:], keys[:-1], out=new[1:])
        if not new.all():  # only the positions behind the last one in order come more than once
            keys = keys[new]
    lists = keys >> 16
    starts = np.flatnonzero(np.concatenate((np.ones(min(1, len(lists)), np.bool_), lists[1:] != lists[:-1])))
    heads = keys[starts]
    counts = np.diff(np.append(starts, len(keys)))
    in_title = (heads & 0xFFFF) < BODY_START
    postings = PostingArrays(
        ((heads >> 16) & 0xFFFF).astype(np.int32),
        (counts << 1 | in_title).astype(np.uint32),
        (keys & 0xFFFF).astype(np.uint16),
    )
    return SortedField(
        terms,
        np.bincount(heads >> 32, minlength=len(terms)),
        np.bincount(keys >> 32, minlength=len(terms)),
        postings,
    )


class Batch:
    """Documents that wait to be written as a segment; to Whoosh's writer its pool of postings."""

    def __init__(self) -> None:
        self._fields = {name: _Field() for name in INDEXED_FIELDS}
        self._columns = {name: array(code) for name, code in COLUMNS.items() if name != "length"}

    def __len__(self) -> int:
        return len(self._columns["id"])

    def add(self, document: IndexDocument) -> None:
        number = len(self)
        self._columns["id"].append(document.id)
        self._columns["date"].append(document.date.toordinal() if document.date else 0)
        self._columns["hindi"].append(document.language is Language.HINDI)
        text = self._fields[TEXT_FIELD]
        text.add(number, 0, WORD.findall(document.title)[:MAX_TITLE_WORDS])
        text.add(number, BODY_START, WORD.findall(document.text))
        if document.source:
            self._add_names("source", number, (document.source,))
        self._add_names("entity", number, document.entity_names)
        for entity in document.entity_ids:
            self._fields["entity"].add(number, 0, (f"#{entity}",))

    def _add_names(self, field: str, number: int, names: Iterable[str]) -> None:
        for position, words in name_runs(names):
            self._fields[field].add(number, position, words)

    def fields(self) -> dict[str, SortedField]:
        """The fields that have any words, inverted."""
        inverted = {name: field.sorted() for name, field in self._fields.items()}
        return {name: field for name, field in inverted.items() if field.terms}

    def columns(self, text: SortedField | None) -> dict[str, NDArray[np.int64]]:
        """The columns, for which *text* must have been inverted."""
        columns = {name: np.array(column, np.int64) for name, column in self._columns.items()}
        columns["length"] = np.zeros(len(self), np.int64)
        if text is not None:
            found = text.postings
            lengths = np.bincount(found.documents, found.marked_counts >> 1, minlength=len(self))
            columns["length"] = lengths.astype(np.int64)
        return columns
