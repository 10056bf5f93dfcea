"""What can still be read of a damaged database, or of a backup, article by article and row by row.

Nothing here trusts the file: an article counts only if its text and its seal say that it is what was imported. The
file itself is never opened for writing; where its log or its first pages matter, a passing copy is read.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.errors import ReaderError
from desktop_app.storage.articles import text_digest
from desktop_app.storage.connections import SafeConnection, connect
from desktop_app.storage.sealing import is_sealed_as_found

_UNCHANGING = "mode=ro&immutable=1"
_BEYOND = 10_000
"""So many numbers are tried behind the last known article where no count can be read."""
_INTERIOR_TABLE = 5

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SavedArticle:
    """A whole article as a row and its sentences, each a row."""

    columns: Values
    sentences: tuple[Values, ...]


@dataclass(frozen=True, slots=True)
class ArticleKey:
    """What the indexes of the database say of an article, even where the article itself is not readable."""

    path: str | None = None
    sha256: str | None = None
    text_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class SavedRows:
    """The rows of a table that could be read, and whether these are all."""

    rows: tuple[Values, ...]
    complete: bool


class Salvage:
    """A database file, read as far as it goes. *like*: backups whose first pages may stand in for torn ones."""

    def __init__(self, path: Path, like: Sequence[Path] = ()) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="setu-", ignore_cleanup_errors=True)
        self._connection = _open(path, Path(self._folder.name), like)

    def __enter__(self) -> Salvage:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._folder.cleanup()

    @property
    def is_readable(self) -> bool:
        return self._connection is not None

    def keys(self) -> tuple[dict[int, ArticleKey], bool]:
        """What is known of each article there was, and whether these are all articles."""
        found: dict[int, dict[str, str]] = {}
        complete = False
        for column, index in (
            ("path", "articles_by_path"),
            ("sha256", "articles_by_sha"),
            ("text_sha256", "articles_by_text"),
        ):
            # These indexes hold the column and the article's number; the table itself is not touched.
            select = f"SELECT id, {column} FROM articles INDEXED BY {index}"  # noqa: S608 - fixed words
            rows, whole = self._both_ways(select, f"{column}, id")
            complete |= whole
            for row in rows:
                if isinstance(row["id"], int) and isinstance(row[column], str):
                    found.setdefault(row["id"], {})[column] = row[column]
        if not complete:
            last = max([self._sequence() or 0, *found]) or _BEYOND
            for id_ in range(1, last + 1):
                if id_ not in found and self._row("SELECT id FROM articles WHERE id = ?", id_) is not None:
                    found[id_] = {}
        return {id_: ArticleKey(**facts) for id_, facts in found.items()}, complete

    def article(self, id_: int) -> SavedArticle | None:
        """Article *id_* if it is what was imported."""
        if self._connection is None:
            return None
        row = self._row("SELECT * FROM articles WHERE id = ?", id_)
        if row is None or text_digest(str(row["text"])) != row["text_sha256"]:
            return None
        try:
            if self._has("seals") and not is_sealed_as_found(self._connection, id_):
                return None
            sentences = self._connection.execute("SELECT * FROM sentences WHERE article = ? ORDER BY number", (id_,))
            return SavedArticle(dict(row), tuple(dict(sentence) for sentence in sentences))
        except (ReaderError, sqlite3.Error):
            return None

    def rows(self, table: str) -> SavedRows:
        """The rows of *table*, from both ends up to where it is torn."""
        if self._connection is None or not self._has(table):
            return SavedRows((), complete=False)
        try:
            columns = self._connection.execute(f"SELECT name, pk FROM pragma_table_info('{table}')").fetchall()  # noqa: S608
        except (ReaderError, sqlite3.Error):
            return SavedRows((), complete=False)
        key = ", ".join(row["name"] for row in sorted(columns, key=lambda row: row["pk"]) if row["pk"])
        rows, complete = self._both_ways(f"SELECT * FROM {table}", key)  # noqa: S608 - our own names
        return SavedRows(tuple(rows), complete)

    def _both_ways(self, select: str, key: str) -> tuple[list[Values], bool]:
        columns = key.split(", ")
        found: dict[tuple[object, ...], Values] = {}
        for order in (key, ", ".join(f"{column} DESC" for column in columns)):
            rows, whole = self._until_torn(f"{select} ORDER BY {order}")
            found.update({tuple(row[column] for column in columns): row for row in rows})
            if whole:
                return list(found.values()), True
        return list(found.values()), False

    def _until_torn(self, sql: str) -> tuple[list[Values], bool]:
        found: list[Values] = []
        if self._connection is None:
            return found, False
        try:
            found.extend(dict(row) for row in self._connection.execute(sql))
        except (ReaderError, sqlite3.Error):
            return found, False
        return found, True

    def _row(self, sql: str, id_: int) -> sqlite3.Row | None:
        if self._connection is None:
            return None
        try:
            found: sqlite3.Row | None = self._connection.execute(sql, (id_,)).fetchone()
        except (ReaderError, sqlite3.Error):
            return None
        return found

    def _has(self, table: str) -> bool:
        rows, _ = self._until_torn(f"SELECT name FROM sqlite_master WHERE name = '{table}'")  # noqa: S608 - our names
        return bool(rows)

    def _sequence(self) -> int | None:
        rows, _ = self._until_torn("SELECT seq FROM sqlite_sequence WHERE name = 'articles'")
        return rows[0]["seq"] if rows and isinstance(rows[0]["seq"], int) else None


def _open(path: Path, folder: Path, like: Sequence[Path]) -> SafeConnection | None:
    """The file as it is; else a copy of it with the first pages of a healthy database of the same making."""
    copy = folder / "copy.sqlite3"
    with contextlib.suppress(OSError):
        shutil.copyfile(path, copy)
        log = path.with_name(f"{path.name}-wal")
        if log.exists():
            shutil.copyfile(log, copy.with_name(f"{copy.name}-wal"))
        found = _readable(copy)
        for model in like:
            if found is None:
                copy.with_name(f"{copy.name}-wal").unlink(missing_ok=True)
                _transplant_schema(model, copy)
                found = _readable(copy)
        return found
    return None


def _readable(path: Path) -> SafeConnection | None:
    try:
        connection = connect(path, changing=False)
    except (ReaderError, sqlite3.Error):
        return None
    try:
        connection.execute("SELECT id FROM articles LIMIT 0").fetchall()
    except (ReaderError, sqlite3.Error):
        connection.close()
        return None
    return connection


def _transplant_schema(model: Path, target: Path) -> None:
    """Copy the pages of *model* that say which tables there are and where; backups are copies page by page, so they
    fit. What does not fit is found out by the seals."""
    with model.open("rb") as source, target.open("rb+") as damaged:
        header = source.read(100)
        page_bytes = int.from_bytes(header[16:18], "big")
        if page_bytes < 512:
            return
        pages = target.stat().st_size // page_bytes
        for number in _schema_pages(source, page_bytes):
            source.seek((number - 1) * page_bytes)
            damaged.seek((number - 1) * page_bytes)
            damaged.write(source.read(page_bytes))
        damaged.seek(28)
        damaged.write(pages.to_bytes(4, "big"))
        # No free list: it is of another day.
        damaged.seek(32)
        damaged.write(bytes(8))


def _schema_pages(source: Any, page_bytes: int) -> Iterator[int]:
    """The first page and, if it only points to others, those (SQLite's file format, section 1.6)."""
    yield 1
    source.seek(0)
    page = source.read(page_bytes)
    if page[100] == _INTERIOR_TABLE:
        cells = int.from_bytes(page[103:105], "big")
        for number in range(cells):
            at = int.from_bytes(page[112 + 2 * number : 114 + 2 * number], "big")
            yield int.from_bytes(page[at : at + 4], "big")
        yield int.from_bytes(page[108:112], "big")
