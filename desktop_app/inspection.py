"""What is wrong with a library, said in sentences, and mending what can be mended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desktop_app.errors import ReaderError
from desktop_app.library import Library
from desktop_app.shelf import Shelf
from desktop_app.storage.articles import text_digest
from desktop_app.storage.backups import Backups
from desktop_app.storage.errors import LibraryDamaged
from desktop_app.storage.page_digests import PageDigests
from desktop_app.storage.sealing import broken_seals
from desktop_app.worker import TaskFailed


def inspect(folder: Path) -> list[str]:
    """Every fault found in the library in *folder*, one sentence each; nothing is changed."""
    try:
        shelf = Shelf(folder, writing=False)
    except LibraryDamaged as error:
        return [str(error), *_offer(folder)]
    try:
        problems = list(_damage(shelf))
        torn = bool(problems)
        problems.extend(_damaged_pages(shelf))
        if not torn:
            problems.extend(_inconsistencies(shelf))
        if problems:
            problems.extend(_offer(folder))
        if not torn:
            problems.extend(_index_faults(shelf))
        return problems
    except LibraryDamaged as error:
        return [str(error), *_offer(folder)]
    finally:
        shelf.close()


def repair(library: Library) -> Iterator[str]:
    """Rebuild everything that is computed from the texts; says what was done. The texts are `recovery`'s matter."""
    library.worker.reindex(understand=True)
    for event in library.worker.events():
        if isinstance(event, TaskFailed):
            yield event.message
            return
    yield "The search index, the entities and the stories were built anew from the stored texts."


def _damage(shelf: Shelf) -> Iterator[str]:
    for (line,) in shelf.database.connection().execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield f"The database {shelf.database.path} is damaged: {line}."
    broken = shelf.database.connection().execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        yield f"{len(broken)} entries in {shelf.database.path} speak of articles or entities that are not there."


def _damaged_pages(shelf: Shelf) -> Iterator[str]:
    digests = PageDigests(shelf.folder)
    # Where somebody begins to write meanwhile, the list is gone afterwards, and what was compared means nothing.
    pages = digests.damaged_pages()
    if pages and digests.there:
        yield (
            f"{len(pages)} of the pages of {shelf.database.path} {'are' if len(pages) > 1 else 'is'} not as Setu wrote "
            f"{'them' if len(pages) > 1 else 'it'} (page {pages[0]}{' and others' if len(pages) > 1 else ''})."
        )


def _offer(folder: Path) -> Iterator[str]:
    """What can be done about damage."""
    backups = Backups(folder).all()
    if backups:
        yield (
            f"{'There is a backup' if len(backups) == 1 else f'There are {len(backups)} backups, the newest'}"
            f" of {backups[0].date} in {backups[0].path.parent}. `setu check --repair` restores what is damaged."
        )
    else:
        yield (
            "There is no backup of it yet. `setu check --repair` takes over what is readable, and reads damaged "
            "articles again from their files."
        )


def _inconsistencies(shelf: Shelf) -> Iterator[str]:
    connection = shelf.database.connection()
    broken = set(broken_seals(connection))
    for row in connection.execute("SELECT id, text, text_sha256, path FROM articles"):
        if text_digest(row["text"]) != row["text_sha256"]:
            yield f"The text of article {row['id']} ({row['path']}) is not the text that was imported."
        elif row["id"] in broken:
            yield f"What is stored of article {row['id']} ({row['path']}) is not what was imported."
    for row in connection.execute("SELECT article, number, text, text_sha256 FROM versions"):
        if text_digest(row["text"]) != row["text_sha256"]:
            yield f"Version {row['number']} of article {row['article']} is not the text that was imported."
    for table in ("sentences", "mentions"):
        sql = (
            f"SELECT count(*) FROM {table} t JOIN articles a ON a.id = t.article"  # noqa: S608 - fixed words
            " WHERE t.start < 0 OR t.end <= t.start OR t.end > length(a.text)"
        )
        count = connection.execute(sql).fetchone()[0]
        if count:
            yield f"{count} {table} lie outside the text of their article. 'setu check --repair' mends this."


def _index_faults(shelf: Shelf) -> Iterator[str]:
    if not shelf.articles.count():
        return
    waiting = set(shelf.articles.waiting("indexed"))
    if waiting:
        yield f"{len(waiting)} articles are not in the search index yet. 'setu reindex' puts them in."
    try:
        indexed = shelf.index.document_ids()
        shelf.index.verify()
    except ReaderError as error:
        yield str(error)
        return
    if not shelf.index_is_usable():
        yield "The search index is of an earlier day than the library. 'setu reindex' builds it anew."
    expected = set(shelf.articles.ids()) - waiting
    if indexed - waiting != expected:
        yield (
            f"The search index has {len(indexed)} articles, the library {len(expected)} that should be in it. "
            "'setu reindex' builds it anew."
        )
