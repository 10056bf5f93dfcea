"""How Whoosh writes and reads our postings: its codec, pool and matcher interfaces over our own file formats.

Whoosh's stock codec pickles every block of postings; this one writes plain arrays, which numpy reads without
unpacking and which cannot run code. All else (segments, deletions, columns, commits, locks) is Whoosh's.
"""

from __future__ import annotations

import os
import threading
import weakref
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from whoosh import formats
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from desktop_app.search.errors import IndexDamaged
from desktop_app.search.postings import Postings, decode, encode
from desktop_app.search.terms_file import TermEntry, TermsFile, TermsFileBuilder


class PositionList(formats.Format):  # type: ignore[misc]
    """A posting's value is its positions as 16-bit numbers in the machine's byte order."""

    def decode_positions(self, value: bytes) -> list[int]:
        return array("H", value).tolist()

    def decode_frequency(self, value: bytes) -> int:
        return len(value) // 2


@dataclass(frozen=True, slots=True)
class GrowingList:
    """A term's posting list while its segment is being written; `positions` come in pieces of any size."""

    documents: list[int]
    occurrences: list[int]
    positions: list[bytes]


class PostingPool:
    """All postings of the segment being written, in memory: who writes bounds it by committing in batches."""

    def __init__(self) -> None:
        self._fields: defaultdict[str, dict[bytes, GrowingList]] = defaultdict(dict)

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        """Take one posting as Whoosh's writer gives it: field, term, document, weight, value."""
        field, term, document, _, value = posting
        terms = self._fields[field]
        growing = terms.get(term)
        if growing is None:
            terms[term] = GrowingList([document], [len(value) // 2], [value])
            return
        growing.documents.append(document)
        growing.occurrences.append(len(value) // 2)
        growing.positions.append(value)

    def add_list(self, field: str, term: bytes, postings: Postings) -> None:
        """Take a whole posting list of a segment that is merged in; its documents follow all earlier ones."""
        growing = self._fields[field].setdefault(term, GrowingList([], [], []))
        growing.documents.extend(postings.documents.tolist())
        growing.occurrences.extend(postings.occurrences.tolist())
        growing.positions.append(postings.positions.astype("=u2").tobytes())

    def iter_postings(self) -> PostingPool:
        """What Whoosh's writer hands to our `FieldWriter`, which asks for whole lists instead."""
        return self

    def lists(self) -> Iterator[tuple[str, bytes, GrowingList]]:
        for field in sorted(self._fields):
            terms = self._fields[field]
            for term in sorted(terms):
                yield field, term, terms[term]

    def cleanup(self) -> None:
        self._fields.clear()


class FieldWriter:
    """Writes a segment's postings and dictionary."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._terms = segment.create_file(storage, W3Codec.TERMS_EXT)
        self._postings = segment.create_file(storage, W3Codec.POSTS_EXT)
        self._builder = TermsFileBuilder()
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, pool: PostingPool) -> None:  # noqa: ARG002 (Whoosh's call)
        offset = 0
        for field, term, growing in pool.lists():
            record = encode(growing.documents, growing.occurrences, b"".join(growing.positions))
            self._postings.write(record)
            entry = TermEntry(offset, len(record), len(growing.documents), sum(growing.occurrences))
            self._builder.add(field, term.decode(), entry)
            offset += len(record)

    def close(self) -> None:
        self._terms.write(self._builder.to_bytes())
        self._terms.close()
        self._postings.close()
        self.is_closed = True


class SegmentTerms(base.TermsReader):  # type: ignore[misc]
    """A segment's dictionary with its postings, to Whoosh a terms reader, to our scoring a source of arrays.

    Posting records are read, not memory-mapped: a file cut short under a mapping would kill the process.
    """

    def __init__(self, terms_path: str, postings_path: str) -> None:
        with open(terms_path, "rb") as stream:
            self.file = TermsFile(stream.read())
        self._descriptor = os.open(postings_path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._reading = threading.Lock()
        weakref.finalize(self, os.close, self._descriptor)

    def postings(self, field: str, term: str) -> Postings | None:
        """The posting list of *term*, None if no document holds it."""
        terms = self.file.fields.get(field)
        entry = None if terms is None else terms.find(term)
        if entry is None:
            return None
        return decode(self._read(entry))

    def _read(self, entry: TermEntry) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(self._descriptor, entry.size, entry.offset)
        with self._reading:
            os.lseek(self._descriptor, entry.offset, os.SEEK_SET)
            return os.read(self._descriptor, entry.size)

    def lists(self) -> Iterator[tuple[str, bytes, Postings]]:
        """Every posting list with its field and term, in order."""
        for field, term, entry in self.file.items():
            yield field, term.encode(), decode(self._read(entry))

    # Whoosh's interface, for its own matchers.

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._entry(*term) is not None

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((field, term.encode()) for field, term, _ in self.file.items())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        return (term for term, _ in self.items_from(fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return (((field, term.encode()), _info(entry)) for field, term, entry in self.file.items())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return (
            ((field, term.encode()), _info(entry)) for field, term, entry in self.file.items(fieldname, prefix.decode())
        )

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        entry = self._entry(fieldname, text)
        if entry is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        return _info(entry)

    def indexed_field_names(self) -> Iterable[str]:
        return self.file.fields.keys()

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        postings = self.postings(fieldname, text.decode())
        if postings is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        values, at = [], 0
        packed = postings.positions.astype("=u2").tobytes()
        for count in postings.occurrences.tolist():
            values.append(packed[2 * at : 2 * (at + count)])
            at += count
        return ListMatcher(
            postings.documents.tolist(),
            postings.occurrences.astype(float).tolist(),
            values,
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def _entry(self, fieldname: str, text: bytes) -> TermEntry | None:
        terms = self.file.fields.get(fieldname)
        return None if terms is None else terms.find(text.decode())


def _info(entry: TermEntry) -> TermInfo:
    occurrences = float(entry.occurrences)
    return TermInfo(weight=occurrences, df=entry.documents, minlength=1, maxlength=1, maxweight=occurrences)


class SetuCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's third codec with our postings, in a `SealedStorage`. Pickled by name into the table of segments.

    A segment never changes, so its dictionary is read once, however many commits it lives through.
    """

    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> FieldWriter:
        return FieldWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> SegmentTerms:
        known: SegmentTerms | None = storage.open_terms.get(segment.segment_id())
        if known is not None:
            return known
        name = segment.make_filename
        try:
            terms = SegmentTerms(
                os.path.join(storage.folder, name(self.TERMS_EXT)),
                os.path.join(storage.folder, name(self.POSTS_EXT)),
            )
        except FileNotFoundError:
            raise
        except OSError as error:
            raise IndexDamaged(f"a file cannot be read: {error.strerror}") from error
        storage.open_terms[segment.segment_id()] = terms
        return terms
