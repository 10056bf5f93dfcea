"""Bringing a damaged library back: from its backups, from what is still readable, from the files it came from.

The damaged file is kept in the folder `damaged` beside the library and never deleted.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from desktop_app.domain import ExtractedArticle
from desktop_app.errors import ReaderError
from desktop_app.extraction import LARGEST_ARCHIVE_BYTES, extract_all
from desktop_app.shelf import NO_COMMIT
from desktop_app.storage.articles import count_words, text_digest
from desktop_app.storage.backups import Backup, Backups, verify
from desktop_app.storage.connections import FILE_NAME, Complaints, SafeConnection, connect
from desktop_app.storage.errors import LibraryDamaged
from desktop_app.storage.files import put_in_place, sync_folder
from desktop_app.storage.lock import WriterLock
from desktop_app.storage.opening import bring_up_to_date, run_migrations
from desktop_app.storage.page_digests import PageDigests
from desktop_app.storage.salvage import ArticleKey, Salvage, SavedArticle
from desktop_app.storage.sealing import broken_seals, seal_changed

DAMAGED_NAME = "damaged"
_STATED = (
    "corrections", "imports", "versions", "bin", "story_facts", "passage_facts", "feeds", "feed_items",
    "watched_folders", "saved_searches", "search_history", "refused_files", "signatures", "vectors", "entities",
)  # fmt: skip
"""What cannot be computed again, or only at length; everything else is."""


def mend(folder: Path) -> Iterator[str]:
    """Bring back what is damaged in the database in *folder*; says what was done and what is lost.

    Only who iterates to the end changes anything. `LibraryBusy` while another Setu has the library open. What is
    computed from the texts is not touched here.
    """
    with _locked(folder):
        problem = structural_problem(folder)
        yield from _restore_broken(folder) if problem is None else _rebuild(folder, problem)


def restore_backup(folder: Path, backup: Path) -> Iterator[str]:
    """Put *backup* in the place of the database in *folder*, which is kept in the folder `damaged`."""
    with _locked(folder), Complaints(backup):
        verify(backup)
        new = folder / f"{FILE_NAME}.new"
        shutil.copyfile(backup, new)
        _exchange(folder, new)
        bring_up_to_date(folder, locked=True, read_only=False)
        with closing(connect(folder / FILE_NAME)) as connection:
            # The index knows of days to come.
            _forget_index(connection)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        PageDigests(folder).write()
    yield f"The library is again what it was when {backup.name} was made. What stood in its place is in {DAMAGED_NAME}."


def structural_problem(folder: Path) -> str | None:
    """Why the database in *folder* cannot be used as it is; None if only single articles may be damaged."""
    try:
        bring_up_to_date(folder, locked=True, read_only=False)
        with closing(connect(folder / FILE_NAME, changing=False)) as connection:
            lines = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(1)")]
            return None if lines == ["ok"] else lines[0] if lines else "it cannot be read"
    except LibraryDamaged as error:
        return error.reason


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    lock = WriterLock(folder)
    lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _restore_broken(folder: Path) -> Iterator[str]:
    """The file is sound: restore the articles in it that are not what was imported."""
    digests = PageDigests(folder)
    with closing(connect(folder / FILE_NAME)) as connection:
        broken = list(broken_seals(connection))
        differing = digests.damaged_pages()
        if not broken and not differing:
            return
        with ExitStack() as open_files:
            sources = _open_backups(open_files, Backups(folder).all())
            digests.remove()
            connection.execute("BEGIN IMMEDIATE")
            for id_ in broken:
                known = connection.execute("SELECT path, sha256, text_sha256 FROM articles WHERE id = ?", (id_,))
                found, said = _find(id_, ArticleKey(*known.fetchone()), sources)
                if found is not None:
                    _put(connection, id_, found)
                yield said
            _drop_orphans(connection)
            seal_changed(connection)
            connection.execute("COMMIT")
        # Everything moves to pages that are written now; what no table uses goes.
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    digests.write()
    if differing:
        yield f"{len(differing)} damaged pages of {folder / FILE_NAME} were written anew."


def _rebuild(folder: Path, problem: str) -> Iterator[str]:
    """The file is torn: make a new one from what it still holds, the backups and the files it came from."""
    path = folder / FILE_NAME
    yield f"The database {path} is damaged: {problem.rstrip('.')}."
    backups = Backups(folder).all()
    new = folder / f"{FILE_NAME}.new"
    for leftover in folder.glob(f"{FILE_NAME}.new*"):
        leftover.unlink()
    with ExitStack() as open_files:
        damaged = open_files.enter_context(Salvage(path, like=[backup.path for backup in backups]))
        sources = _open_backups(open_files, backups)
        if not damaged.is_readable and not sources:
            yield f"Nothing of it can be read, and it has no backup. Move {path} away and import the files again."
            return
        with closing(connect(new)) as connection:
            run_migrations(connection, 0)
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("DELETE FROM unsealed")
            yield from _fill(connection, damaged, sources)
            while connection.execute("SELECT 1 FROM unsealed").fetchone():
                seal_changed(connection)
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _exchange(folder, new)
    PageDigests(folder).write()
    yield f"The damaged file is kept in {folder / DAMAGED_NAME}."


def _fill(connection: SafeConnection, damaged: Salvage, sources: Sequence[tuple[Backup, Salvage]]) -> Iterator[str]:
    keys, complete = damaged.keys()
    if not complete and sources:
        for id_, key in sources[0][1].keys()[0].items():
            keys.setdefault(id_, key)
    kept = 0
    for id_ in sorted(keys):
        found = damaged.article(id_)
        if found is not None:
            kept += 1
        else:
            found, said = _find(id_, keys[id_], sources)
            yield said
        if found is not None:
            _put(connection, id_, found)
    yield f"{kept} articles were taken over as they were."
    parts = [damaged, *(salvage for _, salvage in sources[:1])]
    for table in ("meta", *_STATED):
        rows = [part.rows(table) for part in parts]
        wanted = rows[:1] if rows[0].complete else rows[::-1]
        for saved in wanted:
            for row in saved.rows:
                _insert(connection, table, row)
    _note_highest_number(connection, keys)
    _drop_orphans(connection)
    _forget_index(connection)


def _forget_index(connection: SafeConnection) -> None:
    """Let the index be built anew: no commit of it has this number."""
    connection.execute("UPDATE articles SET indexed = 0")
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('index', ?)", (f"{NO_COMMIT}:",))
    connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'changes'")


def _find(id_: int, key: ArticleKey, sources: Sequence[tuple[Backup, Salvage]]) -> tuple[SavedArticle | None, str]:
    """A good copy of an article, and the sentence that says where it is from."""
    name = f"Article {id_}" + (f" ({key.path})" if key.path else "")
    older: SavedArticle | None = None
    for backup, salvage in sources:
        found = salvage.article(id_)
        if found is None:
            continue
        if key.text_sha256 in (None, found.columns["text_sha256"]):
            return found, f"{name} was damaged and was restored from {backup.path.name}."
        older = older or found
    original = None if key.path is None or key.sha256 is None else _read_original(key.path, key.sha256)
    if original is not None:
        return _as_saved(original, key), f"{name} was damaged and was read again from its file."
    if older is not None:
        return older, f"{name} was damaged; an earlier text of it was restored from a backup."
    return None, f"{name} is lost: it is damaged, and neither a backup nor its file has it."


def _read_original(path: str, sha256: str) -> ExtractedArticle | None:
    """The article of the file it came from, or of the archive that file lies in, if it is still the same file."""
    for place in (Path(path), *Path(path).parents):
        if place.is_dir():
            return None
        if not place.is_file():
            continue
        with contextlib.suppress(OSError, ReaderError):
            if place.stat().st_size > LARGEST_ARCHIVE_BYTES:
                return None
            data = place.read_bytes()
            if str(place) == path and hashlib.sha256(data).hexdigest() != sha256:
                return None
            for document in extract_all(data, str(place)):
                if document.sha256 == sha256 and document.article is not None:
                    return document.article
        return None
    return None


def _as_saved(article: ExtractedArticle, key: ArticleKey) -> SavedArticle:
    columns = {
        "sha256": key.sha256,
        "text_sha256": text_digest(article.text),
        "path": key.path,
        "title": article.title,
        "title_inferred": int(article.title_inferred),
        "date": None if article.date is None else article.date.isoformat(),
        "source": article.source,
        "language": article.language.value,
        "words": count_words(article.text),
        "text": article.text,
        "address": article.address,
    }
    sentences = (
        {"number": n, "start": s.start, "end": s.end, "kind": s.kind.value} for n, s in enumerate(article.sentences)
    )
    return SavedArticle(columns, tuple(sentences))


def _open_backups(open_files: ExitStack, backups: Sequence[Backup]) -> list[tuple[Backup, Salvage]]:
    opened = [(backup, open_files.enter_context(Salvage(backup.path))) for backup in backups]
    return [(backup, salvage) for backup, salvage in opened if salvage.is_readable]


def _put(connection: SafeConnection, id_: int, found: SavedArticle) -> None:
    """Write an article under its number, to be understood and indexed again."""
    row = {**found.columns, "id": id_, "understood": 0, "indexed": 0}
    if connection.execute("SELECT 1 FROM articles WHERE id = ?", (id_,)).fetchone() is None:
        _insert(connection, "articles", {**row, "story": None, "sort_date": row.get("date")})
    else:
        # A damaged place may be anywhere in the row: all that is known is written anew, the story it is in stays.
        known = [name for name in row if name not in ("story", "sort_date")]
        changes = ", ".join(f"{name} = :{name}" for name in known)
        connection.execute(f"UPDATE articles SET {changes} WHERE id = :id", row)  # noqa: S608 - names of the schema
        for table in ("sentences", "mentions", "forms"):
            connection.execute(f"DELETE FROM {table} WHERE article = ?", (id_,))  # noqa: S608 - fixed words
    for sentence in found.sentences:
        _insert(connection, "sentences", {**sentence, "article": id_})


def _insert(connection: SafeConnection, table: str, row: Mapping[str, Any]) -> None:
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", row)  # noqa: S608 - our names


def _drop_orphans(connection: SafeConnection) -> None:
    """Remove what speaks of articles or entities that are not there."""
    broken = {(row[0], row[3]) for row in connection.execute("PRAGMA foreign_key_check")}
    for table, number in broken:
        for key in connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            if key["id"] == number:
                sql = f"DELETE FROM {table} WHERE {key['from']} NOT IN (SELECT id FROM {key['table']})"  # noqa: S608
                connection.execute(sql)


def _note_highest_number(connection: SafeConnection, keys: Mapping[int, ArticleKey]) -> None:
    """A number once given is never given again, not even that of a lost article."""
    highest = max(keys, default=0)
    connection.execute("DELETE FROM sqlite_sequence WHERE name = 'articles'")
    connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('articles', ?)", (highest,))


def _exchange(folder: Path, new: Path) -> None:
    """Put *new* in the place of the database, and that into the folder of damaged ones; on the disk."""
    path, aside = folder / FILE_NAME, folder / DAMAGED_NAME
    aside.mkdir(exist_ok=True)
    number = 1 + len(list(aside.glob("library-*.sqlite3")))
    while (target := aside / f"library-{number}.sqlite3").exists():
        number += 1
    PageDigests(folder).remove()
    if path.exists():
        try:
            os.link(path, target)
        except OSError:
            shutil.copyfile(path, target)
    for ending in ("-wal", "-shm"):
        log = path.with_name(path.name + ending)
        if log.exists():
            log.replace(target.with_name(target.name + ending))
    sync_folder(aside)
    put_in_place(new, path)
