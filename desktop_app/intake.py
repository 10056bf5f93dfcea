"""The writing side of a library, as the worker process runs it: store, index, understand, rebuild.

Every method that works long is an iterator of what happened; between two items everything is stored and
consistent, so it can be left there. First stored, then indexed, then understood: a failure of a later step
keeps the article, which then waits for another try.
"""

from __future__ import annotations

import hashlib
import logging
import os
import stat
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain import (
    ArticlesChanged,
    Correction,
    ExtractedArticle,
    FileReport,
    FileStarted,
    ImportStatus,
    Progress,
)
from desktop_app.errors import ReaderError, UnreadableFile
from desktop_app.extraction import LARGEST_FILE_BYTES, extract, is_readable_name
from desktop_app.shelf import Shelf

if TYPE_CHECKING:
    from desktop_app.understanding import Understanding

_BATCH_FILES = 25
_BATCH_SECONDS = 0.5
_INDEX_BATCH = 200

Step = Progress | FileReport | FileStarted | ArticlesChanged


@dataclass(frozen=True, slots=True)
class _ReadFile:
    path: str
    sha256: str
    article: ExtractedArticle


class Intake:
    """Everything that changes the library in *folder*, except the passages a reader links."""

    def __init__(self, folder: Path, *, searchable: bool = True) -> None:
        self._shelf = Shelf(folder, writing=True)
        self._searchable = searchable
        self._understanding: Understanding | None = None

    def close(self) -> None:
        self._shelf.close()

    def import_paths(self, paths: Sequence[str]) -> Iterator[Step]:
        """Store and index files and folders; what is new waits to be understood."""
        files: list[str] = []
        for path in paths:
            for found in _walk(path):
                if isinstance(found, FileReport):
                    yield found
                else:
                    files.append(found)
        stored: list[int] = []
        read: list[_ReadFile] = []
        flushed_at = time.monotonic()
        for number, path in enumerate(files):
            yield FileStarted(path, tuple(file.path for file in read) + tuple(files[number + 1 :]))
            try:
                read.append(_read(path))
            except ReaderError as error:
                yield FileReport(path, ImportStatus.REFUSED, None, str(error))
            if len(read) >= _BATCH_FILES or time.monotonic() - flushed_at > _BATCH_SECONDS:
                yield from self._store(read, stored)
                read, flushed_at = [], time.monotonic()
                yield Progress("import", number + 1, len(files), path)
            if len(stored) >= _INDEX_BATCH:
                yield from self._index_waiting()
                stored.clear()
        yield from self._store(read, stored)
        if files:
            yield Progress("import", len(files), len(files))
        yield from self._index_waiting()

    def understand(self, only: Sequence[int] = ()) -> Iterator[Step]:
        """Recognise, link and pair the articles that wait for it (of these *only*, if any are given)."""
        yield from self._index_waiting()
        yield from self._indexing_along(self._ready().work_off(only))

    def remove(self, ids: Sequence[int]) -> Iterator[Step]:
        """Take articles out of the library; what only they named goes with them. Their files are not touched."""
        named = self._shelf.entities.of_article_set(ids)
        with self._shelf.database.transaction():
            homes = self._shelf.stories.homes()
            left = [id_ for id_, home in homes.items() if id_ not in ids and home in {homes.get(gone) for gone in ids}]
            self._shelf.articles.remove(ids)
            self._shelf.entities.forget_unmentioned(named)
            self._shelf.note_change()
        if self._searchable and not self._shelf.index.open_or_create():
            self._shelf.index.remove(ids)
        if self._understanding is not None:
            # Entities and pairs went with the articles; the models need not be loaded again for that.
            self._understanding.forget()
            self._understanding.pairing.forget()
        if left:
            for moved in self._ready().pairing.rebuild_around(left):
                yield ArticlesChanged((moved,))
        yield ArticlesChanged(tuple(ids))

    def correct(self, corrections: Sequence[Correction]) -> Iterator[Step]:
        """Store a reader's facts and apply them to all that was understood."""
        from desktop_app import correcting

        for number, correction in enumerate(corrections):
            yield from correcting.state(self._shelf, self._ready().registry, correction)
            yield Progress("correct", number + 1, len(corrections))
        yield from self._index_waiting()

    def undo_correction(self, id_: int) -> Iterator[Step]:
        """Take one correction back, and understand the articles it touched again."""
        from desktop_app import correcting

        understanding = self._ready()
        affected = correcting.take_back(self._shelf, understanding.registry, id_)
        understanding.forget()
        if affected:
            yield from self._indexing_along(understanding.work_off(affected))

    def index(self) -> Iterator[Step]:
        """Index what waits for it."""
        yield from self._index_waiting()

    def reindex(self, *, understand: bool = False) -> Iterator[Step]:
        """Delete the search index and build it again; with *understand*, everything found in the texts too."""
        self._shelf.index.clear()
        with self._shelf.database.transaction():
            self._shelf.articles.mark_all("indexed", 0)
            if understand:
                self._shelf.articles.mark_all("understood", 0)
        yield from self._index_waiting()
        if understand:
            self._understanding = None
            yield from self.understand()

    def relate(self, one: int, other: int, together: bool | None) -> Iterator[Step]:
        """Join two articles in one story or keep them apart, as a reader states; None takes that back."""
        understanding = self._ready()
        moved = understanding.pairing.state_fact(one, other, together)
        yield ArticlesChanged((one, other))
        if moved:
            yield from self._indexing_along(understanding.work_off(moved))

    def _ready(self) -> Understanding:
        if self._understanding is None:
            # Costs half a second and the models' memory: an import alone does without.
            from desktop_app.understanding import Understanding

            self._understanding = Understanding(self._shelf)
        return self._understanding

    def _store(self, read: Sequence[_ReadFile], stored: list[int]) -> Iterator[Step]:
        """One transaction for the batch; its reports go out once it is on the disk."""
        if not read:
            return
        reports: list[FileReport] = []
        changed: list[int] = []
        with self._shelf.database.transaction():
            for file in read:
                report = self._store_one(file)
                reports.append(report)
                if report.article is not None and report.status is not ImportStatus.DUPLICATE:
                    changed.append(report.article)
            self._shelf.note_change()
        stored.extend(changed)
        yield from reports
        if changed:
            yield ArticlesChanged(tuple(changed))

    def _store_one(self, file: _ReadFile) -> FileReport:
        articles = self._shelf.articles
        twin = articles.with_sha256(file.sha256) or articles.with_text(file.article.text)
        if twin is not None:
            return FileReport(file.path, ImportStatus.DUPLICATE, twin, "This article is already in the library.")
        before = articles.with_path(file.path)
        if before is not None:
            articles.replace(before, file.article, path=file.path, sha256=file.sha256)
            return FileReport(file.path, ImportStatus.UPDATED, before, "The file had changed; its text was replaced.")
        new = articles.add(file.article, path=file.path, sha256=file.sha256)
        return FileReport(file.path, ImportStatus.IMPORTED, new)

    def _indexing_along(self, steps: Iterator[Progress | ArticlesChanged]) -> Iterator[Step]:
        """Tell the index now and then which names the articles turned out to hold."""
        waiting = 0
        for step in steps:
            yield step
            waiting += len(step.ids) if isinstance(step, ArticlesChanged) else 0
            if waiting >= _INDEX_BATCH:
                yield from self._index_waiting()
                waiting = 0
        yield from self._index_waiting()

    def _index_waiting(self) -> Iterator[Step]:
        """Index what is stored but not yet indexed. The index is a cache: its failure never fails an import."""
        if not self._searchable:
            return
        if self._shelf.index.open_or_create():
            with self._shelf.database.transaction():
                self._shelf.articles.mark_all("indexed", 0)
        waiting = self._shelf.articles.waiting("indexed")
        for start in range(0, len(waiting), _INDEX_BATCH):
            ids = waiting[start : start + _INDEX_BATCH]
            try:
                self._shelf.index_articles(ids)
            except ReaderError:
                logging.getLogger(__name__).warning("indexing failed; the articles wait for another try", exc_info=True)
                return
            with self._shelf.database.transaction():
                self._shelf.articles.mark("indexed", ids)
                self._shelf.note_change()
            yield Progress("index", start + len(ids), len(waiting))
        if waiting:
            yield ArticlesChanged(tuple(waiting))


def _walk(path: str) -> Iterator[str | FileReport]:
    """The files to read at *path*: itself, or everything readable below it; reports for what is passed over."""
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        reason = "it does not exist" if isinstance(error, FileNotFoundError) else error.strerror or str(error)
        yield FileReport(path, ImportStatus.REFUSED, None, str(UnreadableFile(path, reason, "Check the name.")))
        return
    if stat.S_ISREG(mode):
        yield path
    elif stat.S_ISDIR(mode):
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                file = os.path.join(folder, name)
                if name.startswith("."):
                    continue
                if not is_readable_name(file):
                    yield FileReport(file, ImportStatus.SKIPPED, None, f"{file} is not a text or HTML file.")
                elif os.path.isfile(file):
                    yield file
    else:
        reason = "it is not a regular file"
        yield FileReport(path, ImportStatus.REFUSED, None, str(UnreadableFile(path, reason)))


def _read(path: str) -> _ReadFile:
    """Read and extract one file; `UnreadableFile` if that cannot be done."""
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST_FILE_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(path, error.strerror or str(error), "Check that you may read it.") from error
    if len(data) > LARGEST_FILE_BYTES:
        raise UnreadableFile(path, f"it is larger than {LARGEST_FILE_BYTES >> 20} MB", "Setu reads single articles.")
    try:
        article = extract(data, path)
    except (MemoryError, RecursionError) as error:
        raise UnreadableFile(path, "it is built in a way that needs too much memory to read") from error
    except ReaderError:
        raise
    except Exception as error:
        # The edge of the worker: a file we fail on costs itself, never the import.
        logging.getLogger(__name__).exception("extraction of %s failed", path)
        raise UnreadableFile(path, "it could not be understood as an article") from error
    return _ReadFile(path, hashlib.sha256(data).hexdigest(), article)
