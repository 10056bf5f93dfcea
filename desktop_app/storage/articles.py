"""Articles and their sentences in SQLite."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from desktop_app.domain import Article, ArticleRow, ExtractedArticle, Language, Sentence, SentenceKind
from desktop_app.storage.database import Database

# SQLite's own limit on variables in one statement is 32,766; stay far below it.
_BATCH = 500
_KINDS = {kind.value: kind for kind in SentenceKind}

ORDERS = {
    "date": "sort_date IS NULL, sort_date DESC, story IS NULL, story, language, id",
    "title": "title COLLATE NOCASE, id",
    "added": "id DESC",
}


def text_digest(text: str) -> str:
    """SHA-256 of the normalised text: the key of everything computed from it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def utc_now() -> str:
    """The time as the library writes it: ISO 8601, UTC."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


def count_words(text: str) -> int:
    return len(text.split())


class ArticleStore:
    """Reads and writes articles; every write belongs inside `Database.transaction`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self, order: str = "date", language: Language | None = None) -> list[int]:
        where = "" if language is None else f"WHERE language = '{language.value}'"
        sql = f"SELECT id FROM articles {where} ORDER BY {ORDERS[order]}"  # noqa: S608 - fixed words only
        return [row[0] for row in self._database.connection().execute(sql)]

    def count(self) -> int:
        return int(self._database.connection().execute("SELECT count(*) FROM articles").fetchone()[0])

    def rows(self, ids: Sequence[int]) -> list[ArticleRow]:
        """The list rows of *ids*, in their order; unknown ids are left out."""
        columns = "id, title, title_inferred, date, source, language, words, path, story"
        found = {row["id"]: _row(row) for row in self._select(columns, ids)}
        return [found[id_] for id_ in ids if id_ in found]

    def article(self, id_: int) -> Article | None:
        return next(iter(self.articles([id_])), None)

    def articles(self, ids: Sequence[int], *, with_sentences: bool = True) -> list[Article]:
        """Whole articles, in the order of *ids*; reading their sentences takes longer than all else."""
        sentences: defaultdict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for batch in _batches(ids) if with_sentences else ():
            # By position, not by name: a text of 100,000 lines has as many rows.
            for article, start, end, kind in self._database.connection().execute(
                f"SELECT article, start, end, kind FROM sentences WHERE article IN ({_marks(batch)})"  # noqa: S608
                " ORDER BY article, number",
                batch,
            ):
                sentences[article].append((start, end, kind))
        found = {
            row["id"]: Article(
                id=row["id"],
                text=row["text"],
                title=row["title"],
                title_inferred=bool(row["title_inferred"]),
                date=_day(row["date"]),
                source=row["source"],
                language=_language(row["language"]),
                sentences=_sentences(sentences.get(row["id"], ()), row["text"]),
                path=row["path"],
                sha256=row["sha256"],
                words=row["words"],
                address=row["address"],
            )
            for row in self._select("*", ids)
        }
        return [found[id_] for id_ in ids if id_ in found]

    def with_sha256(self, sha256: str) -> int | None:
        return self._one("SELECT id FROM articles WHERE sha256 = ?", sha256)

    def with_text(self, text: str) -> int | None:
        return self._one("SELECT id FROM articles WHERE text_sha256 = ?", text_digest(text))

    def with_path(self, path: str) -> int | None:
        return self._one("SELECT id FROM articles WHERE path = ? ORDER BY id DESC LIMIT 1", path)

    def containing(self, text: str) -> list[int]:
        """Ids of the articles whose text contains *text* as it stands."""
        rows = self._database.connection().execute("SELECT id FROM articles WHERE instr(text, ?) ORDER BY id", (text,))
        return [row[0] for row in rows]

    def with_address(self, address: str, language: Language) -> int | None:
        """The article in *language* that came from this page."""
        sql = "SELECT id FROM articles WHERE address = ? AND language = ? ORDER BY id DESC LIMIT 1"
        row = self._database.connection().execute(sql, (address, language.value)).fetchone()
        return None if row is None else int(row[0])

    def brought_by(self, import_: int) -> list[int]:
        """Ids of the articles that came with one import."""
        rows = self._database.connection().execute("SELECT id FROM articles WHERE import = ? ORDER BY id", (import_,))
        return [row[0] for row in rows]

    def import_of(self, id_: int) -> int | None:
        return self._one("SELECT import FROM articles WHERE id = ? AND import IS NOT NULL", id_)

    def path_of(self, id_: int) -> str:
        return str(self._database.connection().execute("SELECT path FROM articles WHERE id = ?", (id_,)).fetchone()[0])

    def add(self, article: ExtractedArticle, *, path: str, sha256: str, import_: int | None = None) -> int:
        cursor = self._database.connection().execute(
            "INSERT INTO articles (sha256, text_sha256, path, title, title_inferred, date, source, language,"
            " words, text, address, sort_date, import, added_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (*_values(article, path, sha256), _iso(article.date), import_, utc_now()),
        )
        id_ = cursor.lastrowid
        assert id_ is not None
        self._put_sentences(id_, article)
        return id_

    def replace(self, id_: int, article: ExtractedArticle, *, path: str, sha256: str) -> None:
        """Give an article a new text; it waits to be understood and indexed again. A date the reader stated stays."""
        connection = self._database.connection()
        stated = connection.execute("SELECT date FROM articles WHERE id = ? AND date_stated", (id_,)).fetchone()
        connection.execute(
            "UPDATE articles SET sha256=?, text_sha256=?, path=?, title=?, title_inferred=?, date=?, source=?,"
            " language=?, words=?, text=?, address=?, understood=0, indexed=0 WHERE id=?",
            (*_values(article, path, sha256), id_),
        )
        if stated is not None:
            connection.execute("UPDATE articles SET date_found = date, date = ? WHERE id = ?", (stated[0], id_))
        self._follow_date(id_)
        for table in ("sentences", "mentions", "forms"):
            self._database.connection().execute(f"DELETE FROM {table} WHERE article=?", (id_,))  # noqa: S608
        self._put_sentences(id_, article)

    def state_date(self, id_: int, date: dt.date | None) -> None:
        """The reader states when an article appeared; None takes that back. It has to be indexed again."""
        if date is None:
            change = "date = date_found, date_found = NULL, date_stated = 0, indexed = 0 WHERE id = :id AND date_stated"
        else:
            change = (
                "date_found = CASE date_stated WHEN 1 THEN date_found ELSE date END,"
                " date = :date, date_stated = 1, indexed = 0 WHERE id = :id"
            )
        sql = f"UPDATE articles SET {change}"  # noqa: S608 - fixed words only
        self._database.connection().execute(sql, {"id": id_, "date": _iso(date)})
        self._follow_date(id_)

    def _follow_date(self, id_: int) -> None:
        """Keep the order of the list true after an article's date changed."""
        self._database.connection().execute(
            "UPDATE articles SET sort_date = (SELECT max(a.date) FROM articles a, articles this WHERE this.id = :id"
            " AND (a.id = :id OR a.story = this.story))"
            " WHERE id = :id OR story = (SELECT story FROM articles WHERE id = :id)",
            {"id": id_},
        )

    def remove(self, ids: Sequence[int]) -> None:
        for batch in _batches(ids):
            sql = f"DELETE FROM articles WHERE id IN ({_marks(batch)})"  # noqa: S608
            self._database.connection().execute(sql, batch)

    def waiting(self, column: str) -> list[int]:
        """Ids whose *column* (`understood` or `indexed`) is still 0, oldest first."""
        assert column in ("understood", "indexed")
        sql = f"SELECT id FROM articles WHERE {column} = 0 ORDER BY id"  # noqa: S608
        return [row[0] for row in self._database.connection().execute(sql)]

    def in_portions(self, ids: Sequence[int], most: int, most_bytes: int) -> Iterator[list[int]]:
        """*ids* in portions of at most so many articles, and of so many bytes of text unless it is a single one."""
        portion: list[int] = []
        size = 0
        for batch in _batches(ids):
            sizes = dict(
                self._database.connection()
                .execute(
                    f"SELECT id, length(CAST(text AS BLOB)) FROM articles WHERE id IN ({_marks(batch)})",  # noqa: S608
                    batch,
                )
                .fetchall()
            )
            for id_ in batch:
                if portion and (len(portion) >= most or size + sizes.get(id_, 0) > most_bytes):
                    yield portion
                    portion, size = [], 0
                portion.append(id_)
                size += sizes.get(id_, 0)
        if portion:
            yield portion

    def mark(self, column: str, ids: Iterable[int], value: int = 1) -> None:
        assert column in ("understood", "indexed")
        self._database.connection().executemany(
            f"UPDATE articles SET {column} = ? WHERE id = ?",  # noqa: S608
            [(value, id_) for id_ in ids],
        )

    def mark_all(self, column: str, value: int) -> None:
        assert column in ("understood", "indexed")
        self._database.connection().execute(f"UPDATE articles SET {column} = ?", (value,))  # noqa: S608

    def is_marked(self, column: str, id_: int) -> bool:
        assert column in ("understood", "indexed")
        return bool(self._one(f"SELECT {column} FROM articles WHERE id = ?", id_))  # noqa: S608

    def note_failure(self, kind: str, ids: Iterable[int], message: str) -> None:
        """Remember that a step failed for these articles, so that it is tried again another day."""
        self._database.connection().executemany(
            "INSERT INTO jobs (kind, article, attempts, message) VALUES (?,?,1,?)"
            " ON CONFLICT DO UPDATE SET attempts = attempts + 1, message = excluded.message",
            [(kind, id_, message) for id_ in ids],
        )

    def failures(self, kind: str, fewer_than: int = 1_000_000) -> list[int]:
        """Articles for which a step failed, *fewer_than* times so far."""
        rows = self._database.connection().execute(
            "SELECT article FROM jobs WHERE kind = ? AND attempts < ? ORDER BY article", (kind, fewer_than)
        )
        return [row[0] for row in rows]

    def forget_failures(self, kind: str, ids: Iterable[int]) -> None:
        self._database.connection().executemany(
            "DELETE FROM jobs WHERE kind = ? AND article = ?", [(kind, id_) for id_ in ids]
        )

    def _select(self, columns: str, ids: Sequence[int]) -> Iterable[sqlite3.Row]:
        for batch in _batches(ids):
            sql = f"SELECT {columns} FROM articles WHERE id IN ({_marks(batch)})"  # noqa: S608
            yield from self._database.connection().execute(sql, batch)

    def _one(self, sql: str, value: str | int) -> int | None:
        row = self._database.connection().execute(sql, (value,)).fetchone()
        return None if row is None else int(row[0])

    def _put_sentences(self, id_: int, article: ExtractedArticle) -> None:
        self._database.connection().executemany(
            "INSERT INTO sentences VALUES (?,?,?,?,?)",
            [(id_, n, s.start, s.end, s.kind.value) for n, s in enumerate(article.sentences)],
        )


def _values(article: ExtractedArticle, path: str, sha256: str) -> tuple[object, ...]:
    return (
        sha256,
        text_digest(article.text),
        path,
        article.title,
        int(article.title_inferred),
        _iso(article.date),
        article.source,
        article.language.value,
        count_words(article.text),
        article.text,
        article.address,
    )


def _row(row: sqlite3.Row) -> ArticleRow:
    return ArticleRow(
        id=row["id"],
        title=row["title"],
        title_inferred=bool(row["title_inferred"]),
        date=_day(row["date"]),
        source=row["source"],
        language=_language(row["language"]),
        words=row["words"],
        path=row["path"],
        story=row["story"],
    )


def _day(value: str | None) -> dt.date | None:
    """A day; none where the disk has damaged it, which the article's seal tells."""
    try:
        return None if value is None else dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _language(value: str) -> Language:
    return Language.HINDI if value == "hi" else Language.ENGLISH


def _sentences(rows: Sequence[tuple[int, int, str]], text: str) -> tuple[Sentence, ...]:
    """The sentences as stored; where the disk has damaged them, at least places that are in *text*."""
    try:
        found = tuple(Sentence(start, end, _KINDS[kind]) for start, end, kind in rows)
        if not found or (min(s.start for s in found) >= 0 and max(s.end for s in found) <= len(text)):
            return found
    except (KeyError, TypeError):
        pass
    places = ((_within(start, text), _within(end, text), kind) for start, end, kind in rows)
    return tuple(Sentence(a, max(a, b), _KINDS.get(kind, SentenceKind.SENTENCE)) for a, b, kind in places)


def _within(place: object, text: str) -> int:
    return min(max(0, place), len(text)) if isinstance(place, int) else 0


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _batches(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]


def _marks(batch: Sequence[int]) -> str:
    return ",".join("?" * len(batch))
