"""The writing side of a library, as the worker process runs it: store, index, understand, rebuild.

Every method that works long is an iterator of what happened; between two items everything is stored and
consistent, so it can be left there; what must not be separated comes as a tuple. First stored, then indexed, then
understood: a failure of a later step keeps the article, which then waits for another try.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain import ArticlesChanged, Correction, FileReport, Progress
from desktop_app.records import ImportOrder, Notice, Source
from desktop_app.search.errors import INDEX_HEALED, IndexBusy, IndexDamaged, IndexNotWritten
from desktop_app.shelf import Shelf
from desktop_app.storage.articles import utc_now
from desktop_app.watching import Looked, look_into
from desktop_app.working.near_copies import ReportText

if TYPE_CHECKING:
    from desktop_app.quarantine.process import Quarantine
    from desktop_app.working.gathering import Gathering
    from desktop_app.working.gathering import Step as GatheringStep
    from desktop_app.working.importing import Importer
    from desktop_app.working.understanding import Understanding

_INDEX_BATCH = 400
_INDEX_BYTES = 4 << 20
_REMOVAL_BATCH = 200
_SCAN_BATCH = 500

Step = Progress | FileReport | ArticlesChanged | Notice
Steps = Step | tuple[Step, ...]


class Intake:
    """Everything that changes the library in *folder*, except the passages a reader links.

    *quarantine*, which must do `read_fetched`, reads each import, if not a new one.
    """

    def __init__(
        self, folder: Path, *, searchable: bool = True, quarantine: Callable[[], Quarantine] | None = None
    ) -> None:
        self._shelf = Shelf(folder, writing=True)
        self._quarantine = quarantine
        self._searchable = searchable
        self._understanding: Understanding | None = None
        self._importer: Importer | None = None
        self._index_is_reconciled = False
        self._not_indexed = ""
        with self._shelf.database.transaction():
            self._shelf.bin.expire()

    def close(self) -> None:
        self._shelf.close()

    def import_order(self, order: ImportOrder, quarantine: Quarantine | None = None) -> Iterator[Steps]:
        """Store and index what *order* names; what is new waits to be understood."""
        if self._importer is None:
            from desktop_app.quarantine.process import Quarantine
            from desktop_app.working.importing import Importer

            self._importer = Importer(self._shelf, self._index_waiting, self._quarantine or Quarantine)
        yield from self._importer.run(order, quarantine)
        yield from self._index_trouble()

    def fetch_feeds(self, ids: Sequence[int], *, offline: bool) -> Iterator[Steps]:
        """Bring in what is new in the feeds *ids* (none: in all); *offline* refuses with a sentence."""
        order = ImportOrder(utc_now(), description="Feeds", restore_binned=False)
        yield from self._gather(order, lambda gathering: gathering.feeds(ids), offline=offline)

    def fetch_pages(self, addresses: Sequence[str], *, offline: bool) -> Iterator[Steps]:
        """Fetch web pages and store them; *offline* refuses with a sentence."""
        description = addresses[0] if len(addresses) == 1 else f"{len(addresses)} web pages"
        order = ImportOrder(utc_now(), description=description)
        yield from self._gather(order, lambda gathering: gathering.pages(addresses), offline=offline)

    def _gather(
        self, order: ImportOrder, begin: Callable[[Gathering], Generator[GatheringStep, None, None]], *, offline: bool
    ) -> Iterator[Steps]:
        """Import what a round of fetching brings, as part of *order*, and tell it what became of that."""
        from desktop_app.fetching.errors import Offline

        if offline:
            raise Offline
        # The network's libraries are loaded only for somebody who wants something fetched.
        from desktop_app.fetching.fetcher import Fetcher
        from desktop_app.quarantine.process import Quarantine
        from desktop_app.working.feed_reading import read_fetched
        from desktop_app.working.gathering import Arrivals, Gathering

        begin_quarantine = self._quarantine or (lambda: Quarantine(read=read_fetched))
        with contextlib.closing(begin_quarantine()) as quarantine:
            gathering = Gathering(self._shelf, Fetcher(), quarantine)
            with contextlib.closing(begin(gathering)) as steps:
                for step in steps:
                    if not isinstance(step, Arrivals):
                        yield step
                        continue
                    reports: dict[str, FileReport] = {}
                    for outcome in self.import_order(replace(order, sources=step.sources), quarantine):
                        found = [one for one in _flat(outcome) if isinstance(one, FileReport)]
                        reports.update((one.path, one) for one in found)
                        better = [one for one in found if gathering.knows_better(one)]
                        yield tuple(one for one in _flat(outcome) if one not in better) if better else outcome
                    gathering.settle(step, reports)

    def scan_watched(self) -> Iterator[Steps]:
        """Import what is new or changed in the watched folders."""
        from desktop_app.extraction import is_readable_name

        started_at = utc_now()
        for folder in self._shelf.watching.folders():
            known = self._shelf.watching.files(folder.path)
            for found in look_into(folder.path, known, besides=self._shelf.folder):
                if isinstance(found, Looked):
                    yield Progress("watched", found.files, 0, folder.path)
                    continue
                if found.gone or found.problem != folder.problem:
                    with self._shelf.database.transaction():
                        self._shelf.watching.set_problem(folder.path, found.problem)
                        self._shelf.watching.forget_files(folder.path, found.gone)
                        self._shelf.note_change()
                changed = [(path, state) for path, state in found.changed.items() if is_readable_name(path)]
                for start in range(0, len(changed), _SCAN_BATCH):
                    batch = dict(changed[start : start + _SCAN_BATCH])
                    sources = tuple(Source(path, follow=False) for path in batch)
                    yield from self.import_order(
                        ImportOrder(started_at, (), sources, folder.path, restore_binned=False)
                    )
                    with self._shelf.database.transaction():
                        self._shelf.watching.put_files(folder.path, batch)

    def understand(self, only: Sequence[int] = ()) -> Iterator[Step]:
        """Recognise, link and pair the articles that wait for it (of these *only*, if any are given)."""
        yield from self._index_waiting()
        yield from self._indexing_along(self._ready().work_off(only))

    def remove(self, ids: Sequence[int]) -> Iterator[Step]:
        """Put articles into the bin; what only they named goes with them. Their files are not touched."""
        for start in range(0, len(ids), _REMOVAL_BATCH):
            yield from self._remove(ids[start : start + _REMOVAL_BATCH])

    def _remove(self, ids: Sequence[int]) -> Iterator[Step]:
        named = self._shelf.entities.of_article_set(ids)
        with self._shelf.database.transaction():
            homes = self._shelf.stories.homes()
            left = [id_ for id_, home in homes.items() if id_ not in ids and home in {homes.get(gone) for gone in ids}]
            self._shelf.bin.put(ids)
            self._shelf.articles.remove(ids)
            self._shelf.entities.forget_unmentioned(named)
            self._shelf.note_change()
        self._remove_from_index(ids)
        self._forget_connections()
        if left:
            for moved in self._ready().pairing.rebuild_around(left):
                yield ArticlesChanged((moved,))
        yield ArticlesChanged(tuple(ids))

    def restore(self, ids: Sequence[int]) -> Iterator[Step]:
        """Take articles out of the bin, with their numbers, versions, and what was found in them, if that still holds.

        Otherwise they wait to be understood.
        """
        with self._shelf.database.transaction():
            restored = self._shelf.bin.take_out(ids)
            self._shelf.note_change()
        self._forget_connections()
        if restored:
            yield ArticlesChanged(tuple(restored))
            yield from self._index_waiting()
            understood = set(restored).difference(self._shelf.articles.waiting("understood"))
            if understood:
                yield ArticlesChanged((*understood, *self._ready().pairing.rebuild_around(understood)))

    def empty_bin(self, ids: Sequence[int] = ()) -> Iterator[Step]:
        """Delete for good what lies in the bin, or of that just *ids*."""
        with self._shelf.database.transaction():
            self._shelf.bin.empty(ids or None)
            self._shelf.note_change()
        yield ArticlesChanged(tuple(ids))

    def undo_import(self, import_: int) -> Iterator[Step]:
        """Put what an import brought into the bin, and give the articles it changed the texts they had before."""
        versions = self._shelf.versions
        changed = []
        brought = self._shelf.articles.brought_by(import_)
        with self._shelf.database.transaction():
            for article in versions.replaced_by(import_):
                earlier = None if article in brought else versions.take_back(article, import_)
                if earlier is not None:
                    self._shelf.articles.replace(article, earlier.article, path=earlier.path, sha256=earlier.sha256)
                    self._shelf.signatures.put(article, ReportText(earlier.article).bands())
                    changed.append(article)
            versions.forget_copies(import_)
            self._shelf.note_change()
        self._forget_connections()
        yield from self.remove(brought)
        if changed:
            yield ArticlesChanged(tuple(changed))
            yield from self._index_waiting()

    def _forget_connections(self) -> None:
        """Entities and pairs came or went with articles; the models need not be loaded again for that."""
        if self._understanding is not None:
            self._understanding.forget()
            self._understanding.pairing.forget()

    def correct(self, corrections: Sequence[Correction]) -> Iterator[Step]:
        """Store a reader's facts and apply them to all that was understood."""
        from desktop_app.working import correcting

        for number, correction in enumerate(corrections):
            yield from correcting.state(self._shelf, self._ready().registry, correction)
            yield Progress("correct", number + 1, len(corrections))
        yield from self._index_waiting()

    def undo_correction(self, id_: int) -> Iterator[Step]:
        """Take one correction back, and understand the articles it touched again."""
        from desktop_app.working import correcting

        understanding = self._ready()
        affected = correcting.take_back(self._shelf, understanding.registry, id_)
        understanding.forget()
        if affected:
            yield from self._indexing_along(understanding.work_off(affected))

    def look_after(self, *, examine: bool) -> Iterator[Steps]:
        """What is due once a day; with *examine*, whether an end without farewell did harm. The index is looked at."""
        from desktop_app.working.care import look_after

        yield from self._index_waiting()
        if self._searchable and self._shelf.index_is_usable():
            try:
                self._shelf.index.verify()
            except IndexDamaged:
                with self._shelf.database.transaction():
                    self._shelf.distrust_index()
                yield from self._index_waiting()
        yield from self._index_trouble()
        yield from look_after(self._shelf, examine=examine)

    def index(self) -> Iterator[Step]:
        """Index what waits for it."""
        yield from self._index_waiting()
        yield from self._index_trouble()

    def reindex(self, *, understand: bool = False) -> Iterator[Step]:
        """Delete the search index and build it again; with *understand*, everything found in the texts too."""
        self._shelf.index.clear()
        with self._shelf.database.transaction():
            self._shelf.articles.mark_all("indexed", 0)
            self._shelf.note_index()
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
            from desktop_app.working.understanding import Understanding

            self._understanding = Understanding(self._shelf)
        return self._understanding

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

    def tidy(self) -> tuple[Step, ...] | None:
        """Merge parts of the search index if searching gains by it; None if there is nothing to be done."""
        if not self._index_is_reconciled:
            return None
        try:
            if not self._shelf.index.merge_when_idle():
                return None
        except IndexDamaged:
            self._renew_index(even_if_sound=True)
            return (*self._index_in_batches(), Notice(INDEX_HEALED))
        except (IndexBusy, IndexNotWritten):
            logging.getLogger(__name__).warning("the index was not tidied; it is tried again later", exc_info=True)
            return None
        with self._shelf.database.transaction():
            self._shelf.note_index()
        return ()

    def _index_waiting(self) -> Iterator[Step]:
        """Index what is stored but not yet indexed. The index is a cache: its failure never fails an import."""
        if not self._searchable:
            return
        try:
            healed = self._renew_index(even_if_sound=False)
            try:
                yield from self._index_in_batches()
            except IndexDamaged:
                # Shows only now where a damaged segment was to be merged.
                healed = self._renew_index(even_if_sound=True)
                yield from self._index_in_batches()
            if healed:
                yield Notice(INDEX_HEALED)
        except IndexNotWritten as error:
            logging.getLogger(__name__).warning("indexing failed; the articles wait for another try", exc_info=True)
            self._not_indexed = str(error)
        except (IndexDamaged, IndexBusy):
            logging.getLogger(__name__).warning("indexing failed; the articles wait for another try", exc_info=True)

    def _index_trouble(self) -> Iterator[Step]:
        """Why articles are not searchable yet: told once, at the end, and not beside what else went wrong."""
        if self._not_indexed:
            yield Notice(self._not_indexed)
            self._not_indexed = ""

    def _renew_index(self, *, even_if_sound: bool) -> bool:
        """Begin the index anew if it is missing, damaged or of an earlier day; whether one was lost with that."""
        shelf = self._shelf
        created = shelf.index.open_or_create()
        if not created and not even_if_sound and shelf.index_is_usable():
            self._reconcile_index()
            return False
        had = shelf.articles.count() > len(shelf.articles.waiting("indexed"))
        if not created:
            shelf.index.clear()
        with shelf.database.transaction():
            shelf.articles.mark_all("indexed", 0)
            shelf.note_index()
        self._index_is_reconciled = True
        return had

    def _reconcile_index(self) -> None:
        """Once: what came or went between a change of the library and that of the index, because the process died."""
        if self._index_is_reconciled:
            return
        shelf = self._shelf
        held, stored = shelf.index.document_ids(), set(shelf.articles.ids("added"))
        lacking = stored - held - set(shelf.articles.waiting("indexed"))
        if lacking:
            with shelf.database.transaction():
                shelf.articles.mark("indexed", lacking, 0)
        if held - stored:
            shelf.index.remove(held - stored)
        self._index_is_reconciled = True

    def _index_in_batches(self) -> Iterator[Step]:
        waiting = self._shelf.articles.waiting("indexed")
        indexed = 0
        for ids in self._shelf.articles.in_portions(waiting, _INDEX_BATCH, _INDEX_BYTES):
            self._shelf.index_articles(ids)
            indexed += len(ids)
            with self._shelf.database.transaction():
                self._shelf.articles.mark("indexed", ids)
                self._shelf.note_index()
                self._shelf.note_change()
            yield Progress("index", indexed, len(waiting))
        if waiting:
            yield ArticlesChanged(tuple(waiting))

    def _remove_from_index(self, ids: Sequence[int]) -> None:
        """The articles are gone; an index that cannot be told so has to be built anew."""
        if not self._searchable:
            return
        try:
            if not self._shelf.index.open_or_create():
                self._shelf.index.remove(ids)
        except (IndexDamaged, IndexBusy, IndexNotWritten):
            logging.getLogger(__name__).warning("the index was not told of a removal", exc_info=True)
            with self._shelf.database.transaction():
                self._shelf.distrust_index()


def _flat(steps: Steps) -> tuple[Step, ...]:
    return steps if isinstance(steps, tuple) else (steps,)
