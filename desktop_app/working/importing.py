"""An import, source by source: read in quarantine, told from what is known, stored in batches, indexed."""

from __future__ import annotations

import contextlib
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from desktop_app import __version__
from desktop_app.domain import ArticlesChanged, FileReport, ImportStatus, Progress
from desktop_app.errors import ReaderError, UnreadableFile, shown_path
from desktop_app.feeds import subscribe
from desktop_app.fetching.addresses import confined_address
from desktop_app.quarantine.process import Done, Quarantine, Read, Request
from desktop_app.records import ExtractedDocument, FeedLink, ImportOrder, Notice, Source
from desktop_app.shelf import Shelf
from desktop_app.working.placing import Arrival, Placing
from desktop_app.working.sources import find_sources, read_source

_BATCH_DOCUMENTS = 50
_BATCH_SECONDS = 0.5
_BATCH_CHARACTERS = 4_000_000
_INDEX_BATCH = 400
_HEARTBEAT_S = 0.2
"""So often urgent work, or the wish to stop, gets a chance while a file is being read."""

Step = Progress | FileReport | ArticlesChanged | Notice
Steps = Step | tuple[Step, ...]


class Importer:
    """Stores what an order names; *index* is run now and then, so that what is stored is soon searchable."""

    def __init__(
        self, shelf: Shelf, index: Callable[[], Iterable[Step]], quarantine: Callable[[], Quarantine] = Quarantine
    ) -> None:
        self._shelf = shelf
        self._index = index
        self._quarantine = quarantine

    def run(self, order: ImportOrder, quarantine: Quarantine | None = None) -> Iterator[Steps]:
        """What became of each source; the reports of one transaction come together.

        *quarantine*, if one is given, does the reading, and stays open.
        """
        sources: list[Source] = list(order.sources)
        for path in order.paths:
            for found in find_sources(path):
                if isinstance(found, Source):
                    sources.append(found)
                elif found.path not in order.done:
                    yield found
        with contextlib.ExitStack() as closing:
            reader = quarantine or closing.enter_context(contextlib.closing(self._quarantine()))
            yield from _Run(self._shelf, order, sources, reader, self._index).steps()
        if sources:
            yield Progress("import", len(sources), len(sources))
        yield from self._index()


class _Run:
    """One import on its way."""

    def __init__(
        self,
        shelf: Shelf,
        order: ImportOrder,
        sources: Sequence[Source],
        quarantine: Quarantine,
        index: Callable[[], Iterable[Step]],
    ) -> None:
        self._shelf = shelf
        self._order = order
        self._sources = sources
        self._quarantine = quarantine
        self._index = index
        self._unread = deque(range(len(sources)))
        self._digests: dict[int, str] = {}
        self._batch: list[tuple[Source, ExtractedDocument]] = []
        self._batch_size = 0
        self._stored_at = time.monotonic()
        self._not_indexed = 0
        # An import that goes on after its process died keeps its number.
        self._import = shelf.imports.begun(order.started_at, self._description())

    def steps(self) -> Iterator[Steps]:
        """Read ahead, take in what was read, store it now and then."""
        while self._unread or not self._quarantine.idle:
            while self._unread and self._quarantine.has_room:
                report = self._open(self._unread.popleft())
                if report is not None and report.path not in self._order.done:
                    yield report
            yield from self._take_in(self._quarantine.poll(_HEARTBEAT_S))
            overdue = time.monotonic() - self._stored_at > _BATCH_SECONDS
            if len(self._batch) >= _BATCH_DOCUMENTS or self._batch_size > _BATCH_CHARACTERS or overdue:
                yield (*self._store(), self._progress())
            if self._not_indexed >= _INDEX_BATCH:
                self._not_indexed = 0
                yield from self._index()
        yield self._store()

    def _progress(self) -> Progress:
        reading = next(iter(self._digests), None)
        done = len(self._sources) - len(self._unread) - len(self._digests)
        return Progress("import", done, len(self._sources), "" if reading is None else self._name(reading))

    def _name(self, number: int) -> str:
        return shown_path(self._sources[number].path)

    def _open(self, number: int) -> FileReport | None:
        """Hand a source over to be read; a report if it need not or cannot be."""
        source, name = self._sources[number], self._name(number)
        try:
            found = read_source(source)
        except ReaderError as error:
            return FileReport(name, ImportStatus.REFUSED, None, str(error))
        known = None if self._order.convert_legacy else self._shelf.articles.with_sha256(found.sha256)
        if known is not None:
            # The bytes of a container are those of no article: it is read again, and each member told.
            return self._placing().known(name, known)
        refusal = self._shelf.imports.refusal(found.sha256, __version__)
        if refusal is not None:
            message = f"{name} was skipped, as it did harm when it was read before: {refusal}."
            return FileReport(name, ImportStatus.SKIPPED, None, message)
        self._digests[number] = found.sha256
        self._quarantine.submit(Request(number, name, found.data, self._order.convert_legacy))
        return None

    def _take_in(self, answer: Read | Done | None) -> Iterator[Steps]:
        if isinstance(answer, Read):
            if answer.document.path not in self._order.done:
                self._batch.append((self._sources[answer.number], answer.document))
                article = answer.document.article
                self._batch_size += 0 if article is None else len(article.text)
        elif isinstance(answer, Done):
            name, sha256 = self._name(answer.number), self._digests.pop(answer.number)
            message = answer.message
            if answer.deadly:
                message = str(UnreadableFile(name, message, "The file may be damaged, or made to do harm."))
                with self._shelf.database.transaction():
                    self._shelf.imports.refuse(sha256, name, __version__, answer.message)
            if message and name not in self._order.done:
                yield FileReport(name, ImportStatus.REFUSED, None, message)

    def _store(self) -> tuple[Step, ...]:
        """One transaction for what waits; its reports, which may go out once it is on the disk."""
        self._stored_at = time.monotonic()
        if not self._batch:
            return ()
        reports: list[FileReport] = []
        with self._shelf.database.transaction():
            if self._import is None:
                self._import = self._shelf.imports.begin(self._order.started_at, self._description())
            placing = self._placing()
            reports.extend(self._store_one(placing, source, document) for source, document in self._batch)
            self._shelf.note_change()
        self._batch.clear()
        self._batch_size = 0
        changed = tuple(
            report.article
            for report in reports
            if report.article is not None and report.status is not ImportStatus.DUPLICATE
        )
        self._not_indexed += len(changed)
        return (*reports, ArticlesChanged(changed)) if changed else (*reports,)

    def _subscribe(self, path: str, link: FeedLink) -> FileReport:
        if not self._order.restore_binned:
            # What nobody imported by hand subscribes to nothing: that would be asked for later.
            message = f"{path} is a feed in a list. Import the list yourself to subscribe."
            return FileReport(path, ImportStatus.SKIPPED, None, message)
        try:
            new = subscribe(self._shelf, link.address, link.title)[1]
        except ReaderError as error:
            return FileReport(path, ImportStatus.REFUSED, None, str(error))
        status = ImportStatus.IMPORTED if new else ImportStatus.DUPLICATE
        message = f"{'Subscribed' if new else 'Already subscribed'} to {link.address}."
        return FileReport(path, status, None, message)

    def _placing(self) -> Placing:
        order = self._order
        return Placing(self._shelf, self._import, restore_binned=order.restore_binned, as_they_are=order.as_they_are)

    def _description(self) -> str:
        if self._order.description:
            return self._order.description
        names = [shown_path(os.path.basename(path) or path) for path in self._order.paths]
        names.extend(source.path for source in self._order.sources)
        return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"

    def _store_one(self, placing: Placing, source: Source, document: ExtractedDocument) -> FileReport:
        article = document.article
        if document.feed is not None:
            return self._subscribe(document.path, document.feed)
        if article is None:
            status = ImportStatus.SKIPPED if document.skipped else ImportStatus.REFUSED
            return FileReport(document.path, status, None, document.message, document.legacy)
        is_file = document.path == shown_path(source.path)
        if source.address is not None:
            address = confined_address(article.address, source.address)
            if address is None and is_file:
                address = source.address
            article = replace(article, address=address)
        if is_file and (source.date or source.publisher):
            date, publisher = article.date or source.date, article.source or source.publisher
            article = replace(article, date=date, source=publisher)
        converted = self._order.convert_legacy and document.legacy is not None
        report = placing.place(Arrival(document.path, document.sha256, article, is_file, converted))
        return replace(report, message=report.message or document.message, legacy=document.legacy)
