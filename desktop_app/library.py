"""The one door: what the window and the command line may ask of a library of articles."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from desktop_app.domain import (
    Article,
    ArticleLink,
    ArticlePair,
    ArticleRow,
    Comparison,
    Correction,
    Entity,
    EntityPage,
    Language,
    Mention,
    SearchAnswer,
    SearchOptions,
    Story,
)
from desktop_app.entity_page import entity_page
from desktop_app.errors import NothingFound, ReaderError
from desktop_app.feeds import Feeds
from desktop_app.records import ImportRecord, Version
from desktop_app.searching import Searching
from desktop_app.shelf import Shelf
from desktop_app.storage.articles import text_digest
from desktop_app.storage.backups import Backup, Backups
from desktop_app.storage.bin import BinStore
from desktop_app.storage.connections import Complaints
from desktop_app.storage.database import EXAMINED
from desktop_app.storage.lock import WriterLock
from desktop_app.storage.opening import refuse_unusable
from desktop_app.storage.places import network_place
from desktop_app.storage.searches import SearchStore
from desktop_app.watching import Watching
from desktop_app.worker import WorkerClient

if TYPE_CHECKING:
    from desktop_app.stories.contrast import Contrast

_AS_USUAL = SearchOptions()
_MOST_EXAMINING_S = 1.0
"""Opening a library must not take longer; what takes longer, the worker examines."""
_DOUBTFUL = 0.05
"""Below this chance two reports are not worth a reader's look."""
_LONG_TEXT = 300_000
"""The last two articles with more characters are kept: the window asks for the open ones again and again."""
_MANY_WORDS = 50_000


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """Counts for the status bar: articles in all, and how many still wait for each step."""

    articles: int
    waiting_for_index: int
    waiting_for_understanding: int


class Library:
    """The library in one folder. Reading may happen from several threads at once.

    With *writing*, this is the one instance that may change the library (`LibraryBusy` if another runs), and
    `worker` does its long work. Without, others may write meanwhile; every call reads the newest state.
    """

    def __init__(self, folder: Path, *, writing: bool = False) -> None:
        self.folder = folder
        self._lock: WriterLock | None = None
        if writing:
            refuse_unusable(folder)
            with Complaints(folder):
                folder.mkdir(parents=True, exist_ok=True)
            self._lock = WriterLock(folder)
            self._lock.acquire()
        self._is_unexamined = False
        try:
            self._shelf = Shelf(folder, writing=writing)
            self._notices = self._examine()
        except BaseException:
            if self._lock is not None:
                self._lock.release()
            raise
        self.feeds = Feeds(self._shelf)
        self.watching = Watching(self._shelf)
        self._searching = Searching(self._shelf)
        self._worker: WorkerClient | None = None
        self._kept: dict[int, tuple[int, Article]] = {}

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _examine(self) -> list[str]:
        """What a reader should know of how the library was found; `LibraryDamaged` if it cannot be used."""
        database = self._shelf.database
        found = []
        if database.read_only:
            found.append("This library lies where nothing may be written: you can read and search, but not import.")
        place = network_place(self.folder)
        if place is not None:
            found.append(
                f"The library {self.folder} lies on a network drive ({place}). If the connection breaks it may be "
                "damaged; keep it on a disk of this computer, and never open it from two computers at once."
            )
        if self._lock is not None and database.left_unclean:
            if database.quick_check(within_s=_MOST_EXAMINING_S):
                found.append(EXAMINED)
            else:
                self._is_unexamined = True
        return found

    @property
    def is_write_protected(self) -> bool:
        """Whether it lies where nothing may be written; the first of the `notices` says so."""
        return self._shelf.database.read_only

    def notices(self) -> list[str]:
        """Sentences about how the library was found at opening; usually none."""
        return list(self._notices)

    def look_after(self) -> None:
        """Have the worker do what is due once a day, before its long work: examine, back up."""
        self.worker.look_after(examine=self._is_unexamined)
        self._is_unexamined = False

    def backups(self) -> list[Backup]:
        """The copies of the database kept beside it, newest first; `recovery` restores from them."""
        return Backups(self.folder).all()

    def is_intact(self, article: Article) -> bool:
        """Whether *article* is what was imported, to the last bit."""
        return self._shelf.is_intact(article)

    def close(self) -> None:
        """Stop the worker (what is stored stays stored) and let others write."""
        if self._worker is not None:
            self._worker.close()
        if self._lock is not None:
            with contextlib.suppress(ReaderError):
                # Without room the library is found unclean at the next opening, and examined.
                self._shelf.database.settle()
        self._shelf.close()
        if self._lock is not None:
            self._lock.release()

    @property
    def worker(self) -> WorkerClient:
        """Long work: import, understanding, rebuilding. Only for the writing instance."""
        assert self._lock is not None, "only the writing instance has a worker"
        if self._worker is None:
            self._worker = WorkerClient(self.folder)
        return self._worker

    def status(self) -> LibraryStatus:
        articles = self._shelf.articles
        return LibraryStatus(
            articles=articles.count(),
            waiting_for_index=len(articles.waiting("indexed")),
            waiting_for_understanding=len(articles.waiting("understood")),
        )

    def waiting(self, ids: Sequence[int] | None = None) -> list[int]:
        """Which of *ids* (None: of all articles) are not understood yet."""
        waiting = self._shelf.articles.waiting("understood")
        return waiting if ids is None else sorted(set(ids).intersection(waiting))

    def index_is_complete(self) -> bool:
        """Whether a search can find every article."""
        return not self._shelf.articles.waiting("indexed") and self._shelf.index_is_usable()

    def changes(self) -> int:
        """A number that grows whenever the library changes, whoever changes it."""
        return int(self._shelf.meta("changes"))

    def article_ids(self, order: str = "date", language: Language | None = None) -> list[int]:
        """All articles, newest first and undated last, a story's articles together (*order* "date"),
        by "title", or last "added" first."""
        return self._shelf.articles.ids(order, language)

    @property
    def bin(self) -> BinStore:
        """What was removed and can still be restored; `worker` puts articles in and takes them out."""
        return self._shelf.bin

    def imports(self) -> list[ImportRecord]:
        """The imports that can be undone, newest first."""
        return self._shelf.imports.all()

    def versions(self, id_: int) -> list[Version]:
        """The other texts of an article, newest first: earlier ones, and nearly identical copies."""
        return self._shelf.versions.of(id_)

    def state_date(self, id_: int, date: dt.date | None) -> None:
        """The reader states when an article appeared; None takes that back. It lasts."""
        self.article(id_)
        with self._shelf.database.transaction():
            self._shelf.articles.state_date(id_, date)
            self._shelf.note_change()
        if self._lock is not None:
            self.worker.index()

    def rows(self, ids: Sequence[int]) -> list[ArticleRow]:
        """What the list shows of *ids*, in their order; ids no longer there are left out."""
        return self._shelf.articles.rows(ids)

    def article(self, id_: int) -> Article:
        changes = self.changes()
        kept = self._kept.get(id_)
        if kept is not None and kept[0] == changes:
            return kept[1]
        article = self._shelf.articles.article(id_)
        if article is None:
            raise NothingFound(f"There is no article {id_} in the library {self.folder}.")
        if len(article.text) > _LONG_TEXT:
            latest = list(self._kept.items())[-1:]
            self._kept = dict([*latest, (id_, (changes, article))])
        return article

    def is_slow(self, id_: int) -> bool:
        """Whether a window had better let another thread ask for the article first; then `article` has it at once."""
        row = next(iter(self.rows([id_])), None)
        return row is not None and row.words > _MANY_WORDS and id_ not in self._kept

    def understood(self, id_: int) -> bool:
        return self._shelf.articles.is_marked("understood", id_)

    def mentions(self, article: Article) -> tuple[Mention, ...]:
        """The mentions of *article* in reading order, outer ones before those inside them."""
        return self._shelf.entities.mentions(article.id, article.text)

    def entity(self, id_: int) -> Entity:
        entity = self._shelf.entities.entity(id_)
        if entity is None:
            raise NothingFound(f"There is no entity {id_} in the library {self.folder}.")
        return entity

    def entities(self, articles: Sequence[int] | None = None) -> list[Entity]:
        """The entities named in *articles* (None: in the whole library), most mentioned first."""
        if articles is None:
            return [entity for entity in self._shelf.entities.all() if entity.mentions]
        return self._shelf.entities.of_articles(articles)

    def entity_counts(self, articles: Sequence[int]) -> Mapping[int, Mapping[Language, int]]:
        """How often *articles* name each entity, by language."""
        return self._shelf.entities.counts(articles)

    def entities_with_counts(self, articles: Sequence[int]) -> list[tuple[Entity, Mapping[Language, int]]]:
        """The entities named in *articles* with their mentions by language, most mentioned first."""
        counts = self.entity_counts(articles)
        return [(entity, counts.get(entity.id, {})) for entity in self.entities(articles)]

    def entity_page(self, id_: int) -> EntityPage:
        """Everything known of one entity: forms, months, concordance, articles, companions."""
        return entity_page(self._shelf, self.entity(id_))

    def articles_naming(self, entity: int) -> list[int]:
        """The articles that name *entity*, in the order of the list."""
        return self._shelf.entities.articles_naming(entity)

    def pair_for(self, id_: int) -> ArticlePair:
        """The article with the best report of its event in the other language, or alone."""
        article = self.article(id_)
        partner = next(iter(self.partners(id_)), None)
        other = None if partner is None else self.article(partner)
        return ArticlePair(article, other) if article.language is Language.ENGLISH else ArticlePair(other, article)

    def partners(self, id_: int) -> list[int]:
        """Articles of the same story in the other language, surest first."""
        row = next(iter(self.rows([id_])), None)
        if row is None or row.story is None:
            return []
        members = set(self._shelf.stories.members(row.story))
        linked = [link.hi if row.language is Language.ENGLISH else link.en for link in self.links_of(id_)]
        return [other for other in linked if other in members]

    def links_of(self, id_: int) -> list[ArticleLink]:
        """The judged pairs of one article, surest first."""
        return self._shelf.stories.links_of(id_)

    def candidates(self, id_: int, limit: int = 3) -> list[ArticleLink]:
        """What might tell the same event as one article: its judged pairs, doubtful ones too, best first."""
        found = [link for link in self._shelf.stories.links_of(id_, with_unrelated=True) if link.chance >= _DOUBTFUL]
        return sorted(found, key=lambda link: -link.chance)[:limit]

    def stories(self) -> list[Story]:
        """Stories told by two or more articles."""
        return self._shelf.stories.stories()

    def comparison(self, en: int, hi: int) -> Comparison:
        """How an English and a Hindi article correspond, passage by passage, the reader's own links first."""
        # Pairing needs numpy, which a window opens faster without.
        from desktop_app.working.pairing import compare_stored, with_stated_links

        english, hindi = self.article(en), self.article(hi)
        found = self._shelf.stories.comparison(en, hi) or compare_stored(self._shelf, english, hindi)
        facts = self._shelf.stories.passage_facts(text_digest(english.text), text_digest(hindi.text))
        return with_stated_links(found, facts) if facts else found

    def contrast(self, en: int, hi: int) -> Contrast:
        """What an English and a Hindi article say differently: facts, quotations, choice of words."""
        from desktop_app.stories.contrast import contrast

        english, hindi = self.article(en), self.article(hi)
        return contrast(english, hindi, self.comparison(en, hi), self.mentions(english), self.mentions(hindi))

    def state_passages(
        self, en: int, hi: int, en_sentences: Sequence[int], hi_sentences: Sequence[int], linked: bool | None
    ) -> None:
        """The reader states that these sentences correspond, or do not; None takes it back. It lasts."""
        texts = (text_digest(self.article(en).text), text_digest(self.article(hi).text))
        pairs = [(one, other) for one in en_sentences for other in hi_sentences]
        with self._shelf.database.transaction():
            self._shelf.stories.put_passage_facts(*texts, pairs, linked)
            self._shelf.note_change()

    def corrections(self, *, with_undone: bool = False) -> list[Correction]:
        """What the reader stated about entities, oldest first."""
        return self._shelf.corrections.all(with_undone=with_undone)

    def search(
        self,
        query: str,
        *,
        limit: int = 50,
        request: int = 0,
        as_you_type: bool = False,
        options: SearchOptions = _AS_USUAL,
    ) -> SearchAnswer:
        """Find articles; *request* comes back in the answer so that a late one can be told."""
        return self._searching.search(query, limit=limit, request=request, as_you_type=as_you_type, options=options)

    @property
    def searches(self) -> SearchStore:
        """The saved searches and the search history; only the writing instance may add to them."""
        return self._shelf.searches
