"""An import, source by source: read, extracted, told from what is known, stored in batches."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from desktop_app.domain import ArticlesChanged, ExtractedArticle, FileReport, ImportStatus, Progress
from desktop_app.errors import ReaderError, UnreadableFile
from desktop_app.extraction import extract_all
from desktop_app.fetching.addresses import confined_address
from desktop_app.records import ExtractedDocument, ImportOrder, Notice, Source, VersionReason
from desktop_app.shelf import Shelf
from desktop_app.sources import find_sources, read_source
from desktop_app.storage.articles import text_digest

_BATCH_DOCUMENTS = 25
_BATCH_SECONDS = 0.5
_INDEX_BATCH = 200

Step = Progress | FileReport | ArticlesChanged | Notice
Steps = Step | tuple[Step, ...]


class Importer:
    """Stores what an order names; *index* is run now and then, so that what is stored is soon searchable."""

    def __init__(self, shelf: Shelf, index: Callable[[], Iterable[Step]]) -> None:
        self._shelf = shelf
        self._index = index

    def run(self, order: ImportOrder) -> Iterator[Steps]:
        """What became of each source; the reports of one transaction come together."""
        sources: list[Source] = list(order.sources)
        for path in order.paths:
            for found in find_sources(path):
                if isinstance(found, Source):
                    sources.append(found)
                elif found.path not in order.done:
                    yield found
        batch = _Batch(self._shelf, order)
        stored = 0
        for number, source in enumerate(sources):
            for outcome in _documents(source, order.convert_legacy):
                if isinstance(outcome, FileReport):
                    if outcome.path not in order.done:
                        yield outcome
                elif outcome.path not in order.done:
                    batch.add(source, outcome)
                if batch.is_full:
                    steps = batch.store()
                    stored += len(steps)
                    yield (*steps, Progress("import", number + 1, len(sources), source.path))
            if stored >= _INDEX_BATCH:
                yield from self._index()
                stored = 0
        yield batch.store()
        if sources:
            yield Progress("import", len(sources), len(sources))
        yield from self._index()


class _Batch:
    """Documents on their way into the library, one transaction for some dozens of them."""

    def __init__(self, shelf: Shelf, order: ImportOrder) -> None:
        self._shelf = shelf
        self._order = order
        self._waiting: list[tuple[Source, ExtractedDocument]] = []
        self._stored_at = time.monotonic()
        self._import: int | None = None

    @property
    def is_full(self) -> bool:
        if not self._waiting:
            return False
        return len(self._waiting) >= _BATCH_DOCUMENTS or time.monotonic() - self._stored_at > _BATCH_SECONDS

    def add(self, source: Source, document: ExtractedDocument) -> None:
        self._waiting.append((source, document))

    def store(self) -> tuple[Step, ...]:
        """One transaction for what waits; its reports, which may go out once it is on the disk."""
        if not self._waiting:
            return ()
        reports: list[FileReport] = []
        with self._shelf.database.transaction():
            self._import = self._shelf.imports.begin(self._order.started_at, self._description())
            reports.extend(self._store_one(source, document) for source, document in self._waiting)
            self._shelf.note_change()
        self._waiting.clear()
        self._stored_at = time.monotonic()
        changed = tuple(
            report.article
            for report in reports
            if report.article is not None and report.status is not ImportStatus.DUPLICATE
        )
        return (*reports, ArticlesChanged(changed)) if changed else (*reports,)

    def _description(self) -> str:
        if self._order.description:
            return self._order.description
        names = [os.path.basename(path) or path for path in self._order.paths]
        names.extend(source.path for source in self._order.sources)
        return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"

    def _store_one(self, source: Source, document: ExtractedDocument) -> FileReport:
        if document.article is None:
            status = ImportStatus.SKIPPED if document.skipped else ImportStatus.REFUSED
            return FileReport(document.path, status, None, document.message)
        article = document.article
        if source.address is not None:
            address = confined_address(article.address, source.address)
            if address is None and document.path == source.path:
                address = source.address
            article = replace(article, address=address)
        report = self._place(document.path, document.sha256, article, is_file=document.path == source.path)
        return replace(report, legacy=document.legacy)

    def _place(self, path: str, sha256: str, article: ExtractedArticle, *, is_file: bool) -> FileReport:
        shelf = self._shelf
        twin = shelf.articles.with_sha256(sha256) or shelf.articles.with_text(article.text)
        if twin is not None:
            if shelf.articles.import_of(twin) == self._import and shelf.articles.path_of(twin) == path:
                # Stored by this import before the process died, and not reported any more.
                return FileReport(path, ImportStatus.IMPORTED, twin)
            return FileReport(path, ImportStatus.DUPLICATE, twin, "This article is already in the library.")
        binned = shelf.bin.find(sha256, text_digest(article.text))
        if binned is not None:
            if not self._order.restore_binned:
                return FileReport(path, ImportStatus.SKIPPED, None, f"{path} was removed and lies in the bin.")
            shelf.bin.take_out([binned])
            return FileReport(path, ImportStatus.IMPORTED, binned, "It lay in the bin and was taken out of it.")
        before = self._earlier(path, article, is_file=is_file)
        known = shelf.versions.find(sha256, article.text)
        if known is not None and known[0] != before:
            what = "An earlier text of" if known[1] is VersionReason.UPDATED else "A copy of"
            return FileReport(
                path, ImportStatus.DUPLICATE, known[0], f"{what} an article that is already in the library."
            )
        if before is not None:
            return self._update(before, path, sha256, article)
        new = shelf.articles.add(article, path=path, sha256=sha256, import_=self._import)
        return FileReport(path, ImportStatus.IMPORTED, new)

    def _earlier(self, path: str, article: ExtractedArticle, *, is_file: bool) -> int | None:
        """The article that *article* is the newer text of: from the same file, or the same page."""
        if is_file:
            before = self._shelf.articles.with_path(path)
            if before is not None:
                return before
        if article.address is not None:
            return self._shelf.articles.with_address(article.address, article.language)
        return None

    def _update(self, before: int, path: str, sha256: str, article: ExtractedArticle) -> FileReport:
        shelf = self._shelf
        old = shelf.articles.article(before)
        assert old is not None
        shelf.versions.keep(before, old, VersionReason.UPDATED, path=old.path, sha256=old.sha256, import_=self._import)
        shelf.articles.replace(before, article, path=path, sha256=sha256)
        return FileReport(
            path, ImportStatus.UPDATED, before, "The article had changed; its former text is kept as a version."
        )


def _documents(source: Source, convert_legacy: bool) -> Iterator[ExtractedDocument | FileReport]:
    try:
        found = read_source(source)
        yield from extract_all(found.data, source.path, convert_legacy=convert_legacy)
    except (MemoryError, RecursionError):
        yield _refused(source, "it is built in a way that needs too much memory to read")
    except ReaderError as error:
        yield FileReport(source.path, ImportStatus.REFUSED, None, str(error))
    except Exception:
        # The edge of the worker: a file we fail on costs itself, never the import.
        logging.getLogger(__name__).exception("extraction of %s failed", source.path)
        yield _refused(source, "it could not be understood as an article")


def _refused(source: Source, reason: str) -> FileReport:
    return FileReport(source.path, ImportStatus.REFUSED, None, str(UnreadableFile(source.path, reason)))
