"""The search index: a cache beside the library, written by one process and read by others.

It can be thrown away at any time; whatever looks wrong with it raises IndexDamaged, and the library builds it
anew. Heavy imports (whoosh, numpy) wait for the first use.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain import Narrowing
from desktop_app.search.answering import Request, SearchResult, Sort, answer
from desktop_app.search.documents import IndexDocument
from desktop_app.search.errors import IndexBusy, IndexDamaged, IndexNotWritten
from desktop_app.search.expansion import ALL_KINDS, AlternativeKind, Expand
from desktop_app.search.near import Likeness

if TYPE_CHECKING:
    from whoosh.index import FileIndex

    from desktop_app.search.codec import BatchWriter
    from desktop_app.search.facets import FacetCounter
    from desktop_app.search.sealed_storage import SealedStorage
    from desktop_app.search.snapshot import Snapshot
    from desktop_app.search.vocabulary import Vocabulary

LOCK_TIMEOUT_S = 10.0
"""How long a writer waits for another one to finish."""

BATCH = 4_000
"""Articles a commit; bounds the writer's memory."""

_EVERYTHING = Narrowing()


@dataclass(frozen=True)
class _View:
    """A snapshot with its vocabulary, and the commit they are of."""

    stamp: str
    snapshot: Snapshot
    vocabulary: Vocabulary

    @cached_property
    def facets(self) -> FacetCounter:
        from desktop_app.search.facets import FacetCounter

        return FacetCounter(self.snapshot)


class SearchIndex:
    """The index in *folder*, which is created private. *token* is a secret of the library that owns it.

    An index made with another token, by another version or by other hands is damaged, not opened: reading
    Whoosh's files means unpickling them. One `SearchIndex` may be used from several threads to search; only
    one process may write at a time.
    """

    def __init__(self, folder: Path, token: str) -> None:
        self._folder, self._token = folder, token
        self._opened: tuple[SealedStorage, _View] | None = None
        self._opening = threading.Lock()

    def open_or_create(self) -> bool:
        """Make the index usable. True if it is empty now (new, or damaged and cleared) and must be filled."""
        try:
            self._view()
        except IndexDamaged:
            self.clear()
            return True
        return False

    def clear(self) -> None:
        """Throw everything away and begin an empty index."""
        from whoosh.index import FileIndex

        from desktop_app.search.schema import build_schema
        from desktop_app.search.sealed_storage import INDEX_NAME, SealedStorage

        self._opened = None
        try:
            if self._folder.is_symlink() or self._folder.is_file():
                self._folder.unlink()
            # What Windows will not delete because a reader has it open goes with a later commit.
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            FileIndex.create(SealedStorage(self._folder, self._token), build_schema(), INDEX_NAME)
        except OSError as error:
            raise IndexNotWritten(error) from error

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """Index *documents*; each replaces the one of the same id. Many are committed in batches."""
        waiting = iter(documents)
        while batch := {document.id: document for document in islice(waiting, BATCH)}:
            self._write(batch.keys(), batch.values())

    def remove(self, ids: Iterable[int]) -> None:
        """Take the articles with these ids out; unknown ids are no error."""
        gone = set(ids)
        if self._view().snapshot.numbers_of(gone):
            self._write(gone, ())

    def document_ids(self) -> set[int]:
        """The ids of all indexed articles."""
        snapshot = self._view().snapshot
        return set(snapshot.ids[snapshot.live].tolist())

    @property
    def document_count(self) -> int:
        return self._view().snapshot.count

    @property
    def stamp(self) -> str:
        """What tells the newest commit from all others: its number, which grows, a colon, and its digest."""
        return self._view().stamp

    def verify(self) -> None:
        """Read everything once; `IndexDamaged` if any of it is not as it was written."""
        self._view().snapshot.verify()

    def close(self) -> None:
        """Let go of the files. The index opens again when it is used."""
        self._opened = None

    def search(
        self,
        query: str,
        *,
        limit: int = 50,
        expand: Expand | None = None,
        as_you_type: bool = False,
        sort: Sort = "relevance",
        exact: bool = False,
        narrowing: Narrowing = _EVERYTHING,
        with_facets: bool = False,
        kinds: frozenset[AlternativeKind] = ALL_KINDS,
        likeness: Likeness | None = None,
    ) -> SearchResult:
        """The best articles for *query* within *narrowing*, newest first among equals.

        *as_you_type* takes the last word for a beginning, *exact* takes all words as they stand, *kinds* are the
        ways in which they may be written otherwise. What is wrong with the query is said in its `problems`;
        nothing about a query raises.
        """
        request = Request(
            limit=limit, as_you_type=as_you_type, sort=sort, exact=exact, narrowing=narrowing, with_facets=with_facets,
            kinds=kinds, expand=expand, likeness=likeness,
        )  # fmt: skip
        view = self._view()
        return answer(query, request, view.snapshot, view.vocabulary, view.facets if with_facets else None)

    def _view(self) -> _View:
        """The newest commit, opened if it is not yet."""
        opened = self._opened
        if opened is not None and opened[0].stamp() == opened[1].stamp:
            return opened[1]
        with self._opening:
            opened = self._opened
            storage = self._storage() if opened is None else opened[0]
            stamp = storage.stamp()
            if opened is not None and stamp == opened[1].stamp:
                return opened[1]
            view = self._open(storage, stamp)
            self._opened = storage, view
            return view

    def _open(self, storage: SealedStorage, stamp: str) -> _View:
        from desktop_app.language.lexicon import shipped_lexicon
        from desktop_app.search.snapshot import Snapshot
        from desktop_app.search.vocabulary import Vocabulary

        while True:
            try:
                snapshot = Snapshot(storage.open_sealed())
                words, names = snapshot.vocabularies(), snapshot.vocabularies("entity")
                return _View(stamp, snapshot, Vocabulary(words, shipped_lexicon(), names))
            except (IndexDamaged, OSError) as error:
                newer = storage.stamp()
                if newer == stamp:
                    if isinstance(error, IndexDamaged):
                        raise
                    raise IndexDamaged(f"a file cannot be read: {error.strerror}") from error
                stamp = newer

    def _storage(self) -> SealedStorage:
        from desktop_app.search.sealed_storage import SealedStorage

        if self._folder.is_dir() and os.name == "posix":
            status = self._folder.lstat()
            if status.st_uid != os.getuid():
                raise IndexDamaged("its folder belongs to someone else")
            if status.st_mode & 0o077:
                self._folder.chmod(0o700)
        return SealedStorage(self._folder, self._token)

    def _write(self, ids: Collection[int], documents: Iterable[IndexDocument]) -> None:
        """Delete *ids* and add *documents* in one commit."""
        from desktop_app.search.merging import merge_small

        with self._writer() as writer:
            for number in self._view().snapshot.numbers_of(ids):
                writer.delete_document(number)
            for document in documents:
                writer.add(document)
            writer.commit(mergetype=merge_small)

    def merge_when_idle(self) -> bool:
        """Merge segments if searching would gain by it; up to a second of work for 50,000 articles. True if it did."""
        from desktop_app.search.merging import is_merge_due, merge_due

        if not is_merge_due(self._sealed_index()._segments()):
            return False
        with self._writer() as writer:
            writer.commit(mergetype=merge_due)
        return True

    @contextlib.contextmanager
    def _writer(self) -> Iterator[BatchWriter]:
        from whoosh.index import LockError

        from desktop_app.search.codec import BatchWriter

        self._view()
        try:
            writer = BatchWriter(self._sealed_index(), LOCK_TIMEOUT_S)
        except LockError as error:
            raise IndexBusy from error
        try:
            yield writer
        except OSError as error:
            raise IndexNotWritten(error) from error
        finally:
            if not writer.is_closed:
                writer.cancel()

    def _sealed_index(self) -> FileIndex:
        storage = self._opened[0] if self._opened else self._storage()
        return storage.open_sealed()
