"""How Whoosh writes and reads our segments: its codec, writer and matcher interfaces over our own files.

Whoosh's stock codec pickles every block of postings and every column; this one writes plain arrays, which numpy
reads without unpacking and which cannot run code. Its writer takes documents one word at a time; ours takes
them whole and inverts a batch at once. All else (segments, deletions, commits, locks) is Whoosh's.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec
from whoosh.columns import ColumnReader
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.writing import SegmentWriter

from desktop_app.search.batch import Batch
from desktop_app.search.documents import IndexDocument
from desktop_app.search.errors import IndexDamaged
from desktop_app.search.postings import Chunk, PostingArrays
from desktop_app.search.schema import COLUMNS
from desktop_app.search.segment_file import Block, SegmentFile, SegmentFileWriter, narrow
from desktop_app.search.terms_file import TEXT_FIELD, FieldTerms, Order, TermEntry, orders_of, put_terms

_FORMATS: dict[str, type[np.generic]] = {"q": np.int64, "i": np.int32, "B": np.bool_, "I": np.uint32}


class Content(Protocol):
    """What a new segment is to hold: a batch of documents, or several segments merged."""

    def columns(self) -> dict[str, NDArray[np.int64]]: ...

    def field_names(self) -> Iterable[str]: ...

    def chunks(self, field: str) -> Iterator[Chunk]:
        """The posting lists of all terms, in order."""

    def dictionary(self, field: str) -> tuple[list[str], dict[str, Order]]:
        """The terms, and their orders; asked for when all chunks have been taken."""


class BatchContent:
    """A batch of documents as a segment."""

    def __init__(self, batch: Batch) -> None:
        self._fields = batch.fields()
        self._columns = batch.columns(self._fields.get(TEXT_FIELD))

    def columns(self) -> dict[str, NDArray[np.int64]]:
        return self._columns

    def field_names(self) -> Iterable[str]:
        return self._fields.keys()

    def chunks(self, field: str) -> Iterator[Chunk]:
        inverted = self._fields[field]
        yield Chunk(0, inverted.documents, inverted.occurrences, inverted.postings)

    def dictionary_terms(self, field: str) -> list[str]:
        return self._fields[field].terms

    def dictionary(self, field: str) -> tuple[list[str], dict[str, Order]]:
        terms = self._fields[field].terms
        return terms, orders_of(terms) if field == TEXT_FIELD else {}


class FieldWriter:
    """Writes a segment; Whoosh gives it what stands in its writer's place for the pool of postings."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._file = SegmentFileWriter(
            segment.create_file(storage, W3Codec.TERMS_EXT), segment.create_file(storage, W3Codec.POSTS_EXT)
        )
        self._segment = segment
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, content: Content) -> None:  # noqa: ARG002 (Whoosh's call)
        columns = content.columns()
        for name, code in COLUMNS.items():
            self._file.put(name, columns[name].astype(_FORMATS[code]).view(np.uint8 if code == "B" else _FORMATS[code]))
        self._segment._fieldlengths = {TEXT_FIELD: int(columns["length"].sum())}
        wide = len(columns["id"]) > 1 << 16
        self._file.notes["chunks"] = {
            field: self._put_field(field, content, "<u4" if wide else "<u2") for field in content.field_names()
        }

    def _put_field(self, field: str, content: Content, kind: str) -> list[list[Any]]:
        documents, occurrences, chunks = [], [], []
        for chunk in content.chunks(field):
            postings = chunk.postings
            blocks = (
                self._file.append(postings.documents.astype(kind)),
                self._file.append(narrow(postings.marked_counts)),
                self._file.append(postings.positions.astype("<u2", copy=False)),
            )
            documents.append(chunk.documents)
            occurrences.append(chunk.occurrences)
            chunks.append([chunk.first, *([block.offset, block.size, block.kind] for block in blocks)])
        terms, orders = content.dictionary(field)
        put_terms(self._file, field, terms, np.concatenate(documents), np.concatenate(occurrences), orders)
        return chunks

    def close(self) -> None:
        self._file.close()
        self.is_closed = True


class SegmentTerms(base.TermsReader):  # type: ignore[misc]
    """A segment's dictionary with its postings, to Whoosh a terms reader, to our scoring a source of arrays."""

    def __init__(self, file: SegmentFile) -> None:
        self.file = file
        try:
            self._chunks = {
                field: [(first, *(Block(*place) for place in blocks)) for first, *blocks in chunks]
                for field, chunks in file.notes["chunks"].items()
            }
        except (KeyError, TypeError, ValueError) as error:
            raise IndexDamaged("a dictionary is not as it was written") from error
        self.fields = {field: FieldTerms(file, field) for field in self._chunks}

    @cached_property
    def _firsts(self) -> dict[str, list[int]]:
        return {field: [chunk[0] for chunk in chunks] for field, chunks in self._chunks.items()}

    def find(self, field: str, term: str) -> TermEntry | None:
        terms = self.fields.get(field)
        return None if terms is None else terms.find(term)

    def arrays(self, field: str, first: int, last: int, *, positions: bool = True) -> Iterator[PostingArrays]:
        """The posting lists of the terms from place *first* to before *last*, chunk by chunk."""
        terms = self.fields[field]
        chunks = self._chunks[field]
        for number, (start, documents, counts, places) in enumerate(chunks):
            end = chunks[number + 1][0] if number + 1 < len(chunks) else len(terms.postings) - 1
            low, high = max(first, start), min(last, end)
            if low >= high:
                continue
            skipped = terms.postings[start]
            part = terms.postings[low] - skipped, terms.postings[high] - skipped
            if positions:
                skipped = terms.positions[start]
                where = self.file.numbers(places.part(terms.positions[low] - skipped, terms.positions[high] - skipped))
            else:
                where = np.zeros(0, np.uint16)
            yield PostingArrays(
                self.file.numbers(documents.part(*part)).astype(np.int32),
                self.file.numbers(counts.part(*part)),
                where,
            )

    def postings(self, field: str, entry: TermEntry) -> PostingArrays:
        """The posting list of a term without its positions."""
        (found,) = self.arrays(field, entry.place, entry.place + 1, positions=False)
        return found

    def positions(self, field: str, entry: TermEntry) -> NDArray[np.uint16]:
        (found,) = self.arrays(field, entry.place, entry.place + 1)
        return found.positions

    # Whoosh's interface, for its own matchers.

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self.find(term[0], term[1].decode()) is not None

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return (term for term, _ in self.items())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        return (term for term, _ in self.items_from(fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return self.items_from("", b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        for field, terms in sorted(self.fields.items()):
            if field >= fieldname:
                start = terms.terms.place(prefix.decode()) if field == fieldname else 0
                for place in range(start, len(terms.terms)):
                    yield (field, terms.terms[place].encode()), _info(terms.entry(place))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        return _info(self._entry(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> int:
        return self._entry(fieldname, text).occurrences

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return self._entry(fieldname, text).documents

    def indexed_field_names(self) -> Iterable[str]:
        return self.fields.keys()

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        entry = self._entry(fieldname, text)
        (found,) = self.arrays(fieldname, entry.place, entry.place + 1)
        counts = found.counts()
        ends = np.cumsum(counts).tolist()
        packed = found.positions.astype("=u2").tobytes()
        return ListMatcher(
            found.documents.tolist(),
            counts.astype(float).tolist(),
            [packed[2 * (end - count) : 2 * end] for count, end in zip(counts.tolist(), ends, strict=True)],
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=_info(entry),
        )

    def _entry(self, fieldname: str, text: bytes) -> TermEntry:
        entry = self.find(fieldname, text.decode())
        if entry is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        return entry


def _info(entry: TermEntry) -> TermInfo:
    occurrences = float(entry.occurrences)
    return TermInfo(weight=occurrences, df=entry.documents, minlength=1, maxlength=1, maxweight=occurrences)


class _Column(ColumnReader):  # type: ignore[misc]
    """A column for Whoosh's own readers."""

    def __init__(self, values: NDArray[Any]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, number: int) -> Any:
        return self._values[number].item()


class _NothingPerDocument:
    """In the place of Whoosh's writer of what is kept for each document: our segment's file keeps it."""

    is_closed = False

    def close(self) -> None:
        self.is_closed = True


class PerDocument(base.PerDocumentReader):  # type: ignore[misc]
    """The columns of a segment, and which of its documents are deleted."""

    def __init__(self, terms: SegmentTerms, segment: Any) -> None:
        self._file, self._segment = terms.file, segment

    def doc_count(self) -> int:
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        return int(self._segment.doc_count_all())

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Iterable[int]:
        deleted: Iterable[int] = self._segment.deleted_docs()
        return deleted

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in COLUMNS

    def column_reader(self, fieldname: str, column: Any) -> _Column:  # noqa: ARG002 (Whoosh's call)
        return _Column(self._file.block(fieldname))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._file.block("length")[docnum]) if fieldname == TEXT_FIELD else default

    def field_length(self, fieldname: str) -> int:
        return int(self._segment._fieldlengths.get(fieldname, 0))


class SetuCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's third codec with our own files, in a `SealedStorage`. Pickled by name into the table of segments.

    A segment never changes, so its files are opened once, however many commits it lives through.
    """

    length_stats = False

    def per_document_writer(self, storage: Any, segment: Any) -> _NothingPerDocument:  # noqa: ARG002 (Whoosh's call)
        return _NothingPerDocument()

    def per_document_reader(self, storage: Any, segment: Any) -> PerDocument:
        return PerDocument(self.terms_reader(storage, segment), segment)

    def field_writer(self, storage: Any, segment: Any) -> FieldWriter:
        return FieldWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> SegmentTerms:
        known: SegmentTerms | None = storage.open_terms.get(segment.segment_id())
        if known is not None:
            return known
        name = segment.make_filename
        try:
            file = SegmentFile(
                os.path.join(storage.folder, name(self.TERMS_EXT)),
                os.path.join(storage.folder, name(self.POSTS_EXT)),
            )
        except FileNotFoundError:
            raise
        except OSError as error:
            raise IndexDamaged(f"a file cannot be read: {error.strerror}") from error
        terms = SegmentTerms(file)
        storage.open_terms[segment.segment_id()] = terms
        return terms


class BatchWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer, taking whole documents."""

    def __init__(self, index: Any, timeout_s: float) -> None:
        super().__init__(index, codec=SetuCodec(), compound=False, timeout=timeout_s)
        self.batch = Batch()
        self.content: Content | None = None

    def add(self, document: IndexDocument) -> None:
        self.batch.add(document)
        self.docnum += 1
        self._added = True

    def replace_content(self, content: Content, count: int) -> None:
        """Let the new segment hold *content*, *count* documents, which took in the batch."""
        self.content, self.docnum, self._added = content, count, count > 0

    def iter_postings(self) -> Content:
        return self.content or BatchContent(self.batch)

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        self.fieldwriter.add_postings(self.schema, None, self.iter_postings())
        self.fieldwriter.close()
