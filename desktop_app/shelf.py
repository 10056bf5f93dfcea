"""One library folder opened: database, stores and search index, for whoever may touch them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain import Article
from desktop_app.errors import ReaderError
from desktop_app.settings import cache_folder
from desktop_app.storage.articles import ArticleStore, text_digest
from desktop_app.storage.bin import BinStore
from desktop_app.storage.corrections import CorrectionStore
from desktop_app.storage.database import Database
from desktop_app.storage.entities import EntityStore
from desktop_app.storage.feeds import FeedStore
from desktop_app.storage.imports import ImportStore
from desktop_app.storage.sealing import is_sealed_as_found, seal_changed
from desktop_app.storage.searches import SearchStore
from desktop_app.storage.signatures import SignatureStore
from desktop_app.storage.stories import StoryStore
from desktop_app.storage.versions import VersionStore
from desktop_app.storage.watching import WatchStore

if TYPE_CHECKING:
    from desktop_app.search.index import SearchIndex

NO_COMMIT = 10**15
"""A commit number no index will have."""


class Shelf:
    """The parts of a library in *folder*. Whoever opens it with *writing* must see to the writer lock."""

    def __init__(self, folder: Path, *, writing: bool) -> None:
        self.folder = folder
        self.database = Database(folder, writing=writing)
        self.database.before_commit.append(seal_changed)
        self.articles = ArticleStore(self.database)
        self.entities = EntityStore(self.database)
        self.stories = StoryStore(self.database)
        self.corrections = CorrectionStore(self.database)
        self.searches = SearchStore(self.database)
        self.versions = VersionStore(self.database)
        self.signatures = SignatureStore(self.database)
        self.imports = ImportStore(self.database)
        self.bin = BinStore(self.database)
        self.feeds = FeedStore(self.database)
        self.watching = WatchStore(self.database)

    @cached_property
    def index(self) -> SearchIndex:
        """The search index: a cache in a private folder, bound to this library by the library's own token."""
        from desktop_app.search.index import SearchIndex

        token = self.meta("library")
        place = hashlib.sha256(f"{token}\0{self.folder.resolve()}".encode()).hexdigest()[:24]
        return SearchIndex(cache_folder() / "index" / place, token=token)

    def meta(self, name: str) -> str:
        row = self.database.connection().execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return "" if row is None else str(row[0])

    def note_change(self) -> None:
        """Count one more change, inside the transaction that makes it, so that other readers can notice."""
        self.database.connection().execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'changes'")

    def is_intact(self, article: Article) -> bool:
        """Whether *article* is what was imported, as far as its digests tell."""
        connection = self.database.connection()
        row = connection.execute("SELECT text_sha256 FROM articles WHERE id = ?", (article.id,)).fetchone()
        return row is None or (text_digest(article.text) == row[0] and is_sealed_as_found(connection, article.id))

    def index_articles(self, ids: Sequence[int]) -> None:
        """Put the stored articles *ids* into the search index, replacing what it held of them."""
        from desktop_app.search.documents import IndexDocument

        documents = []
        for article in self.articles.articles(ids):
            entities = self.entities.of_articles([article.id])
            names = (name for e in entities for name in (e.en, e.hi, *e.aliases) if name)
            documents.append(
                IndexDocument(
                    id=article.id,
                    title=article.title,
                    text=article.text,
                    language=article.language,
                    source=article.source,
                    date=article.date,
                    entity_ids=tuple(entity.id for entity in entities),
                    entity_names=tuple(dict.fromkeys(names)),
                )
            )
        self.index.add(documents)

    def index_is_usable(self) -> bool:
        """Whether the index can be read and is of the last commit this library knows of, or a later one; if not, the
        worker builds it anew when it indexes next."""
        try:
            found = self.index.stamp
        except ReaderError:
            return False
        known = self.meta("index")
        return not known or found == known or _number(found) > _number(known)

    def note_index(self) -> None:
        """Remember the index's newest commit: an older one, though whole, must not come back. Inside a transaction."""
        self._remember("index", self.index.stamp)

    def distrust_index(self) -> None:
        """The index lacks a change that cannot be told again: it has to be built anew. Inside a transaction."""
        self._remember("index", f"{NO_COMMIT}:")

    def _remember(self, name: str, value: str) -> None:
        self.database.connection().execute("INSERT OR REPLACE INTO meta VALUES (?,?)", (name, value))

    def close(self) -> None:
        self.database.close()


def _number(stamp: str) -> int:
    """The number of the commit that *stamp* names; they are counted."""
    number = stamp.partition(":")[0]
    return int(number) if number.isdecimal() else -1
