"""Other texts of an article: those it had before it was updated, and nearly identical copies of it."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from dataclasses import dataclass

from desktop_app.domain import Article, ExtractedArticle, Language, Sentence, SentenceKind
from desktop_app.records import Version, VersionReason
from desktop_app.storage.articles import text_digest, utc_now
from desktop_app.storage.database import Database


@dataclass(frozen=True, slots=True)
class EarlierText:
    """What an article was before an update; `sha256` is of the bytes."""

    article: ExtractedArticle
    path: str
    sha256: str


class VersionStore:
    """Reads and writes versions; every write belongs inside `Database.transaction`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, article: int) -> list[Version]:
        """The other texts of *article*, newest first."""
        rows = self._database.connection().execute(
            "SELECT * FROM versions WHERE article = ? ORDER BY number DESC", (article,)
        )
        return [_version(row) for row in rows]

    def find(self, sha256: str, text: str) -> tuple[int, VersionReason] | None:
        """The article that keeps these bytes, or this text, as a version, and why it does."""
        row = (
            self._database.connection()
            .execute(
                "SELECT article, reason FROM versions WHERE sha256 = ? OR text_sha256 = ? ORDER BY article LIMIT 1",
                (sha256, text_digest(text)),
            )
            .fetchone()
        )
        return None if row is None else (row[0], VersionReason(row[1]))

    def keep(
        self,
        article: int,
        text: Article | ExtractedArticle,
        reason: VersionReason,
        *,
        path: str,
        sha256: str,
        import_: int | None,
    ) -> None:
        """Keep *text* beside *article*; *import_* is the one that replaced it, or brought this copy."""
        sentences = json.dumps([[s.start, s.end, s.kind.value] for s in text.sentences])
        self._database.connection().execute(
            "INSERT INTO versions (article, number, kept_at, reason, import, path, address, sha256, text_sha256, title,"
            " title_inferred, date, source, language, text, sentences)"
            " VALUES (?, (SELECT coalesce(max(number), 0) + 1 FROM versions WHERE article = ?),"
            " ?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                article, article, utc_now(), reason.value, import_, path, text.address, sha256, text_digest(text.text),
                text.title, int(text.title_inferred), None if text.date is None else text.date.isoformat(),
                text.source, text.language.value, text.text, sentences,
            ),
        )  # fmt: skip

    def replaced_by(self, import_: int) -> list[int]:
        """The articles whose text one import replaced."""
        rows = self._database.connection().execute(
            "SELECT DISTINCT article FROM versions WHERE import = ? AND reason = 'updated' ORDER BY article", (import_,)
        )
        return [row[0] for row in rows]

    def take_back(self, article: int, import_: int) -> EarlierText | None:
        """Forget the texts one import gave to *article*; the text that is to take the place of the one it has now.

        None if the text it has now came later and stays.
        """
        connection = self._database.connection()
        rows: list[sqlite3.Row | None] = connection.execute(
            "SELECT * FROM versions WHERE article = ? AND reason = 'updated' ORDER BY number", (article,)
        ).fetchall()
        # Each row holds the text that its import replaced; the text behind it came with that import.
        brought_by = [None, *(row["import"] for row in rows if row is not None)]
        texts = list(zip([*rows, None], brought_by, strict=True))
        kept = [(row, by) for row, by in texts if by != import_]
        for row in rows:
            assert row is not None
            place = next((n for n, (other, _) in enumerate(kept[:-1]) if other is row), None)
            key = (article, row["number"])
            if place is None:
                connection.execute("DELETE FROM versions WHERE article = ? AND number = ?", key)
            else:
                change = "UPDATE versions SET import = ? WHERE article = ? AND number = ?"
                connection.execute(change, (kept[place + 1][1], *key))
        now = kept[-1][0]
        return None if now is None else EarlierText(_article(now), now["path"], now["sha256"])

    def forget_copies(self, import_: int) -> None:
        """Forget the near copies that came with one import."""
        self._database.connection().execute("DELETE FROM versions WHERE import = ? AND reason = 'copy'", (import_,))


def _version(row: sqlite3.Row) -> Version:
    return Version(
        article=row["article"],
        number=row["number"],
        kept_at=dt.datetime.fromisoformat(row["kept_at"]),
        reason=VersionReason(row["reason"]),
        path=row["path"],
        address=row["address"],
        title=row["title"],
        date=None if row["date"] is None else dt.date.fromisoformat(row["date"]),
        source=row["source"],
        text=row["text"],
    )


def _article(row: sqlite3.Row) -> ExtractedArticle:
    return ExtractedArticle(
        text=row["text"],
        title=row["title"],
        title_inferred=bool(row["title_inferred"]),
        date=None if row["date"] is None else dt.date.fromisoformat(row["date"]),
        source=row["source"],
        language=Language(row["language"]),
        sentences=tuple(Sentence(start, end, SentenceKind(kind)) for start, end, kind in json.loads(row["sentences"])),
        address=row["address"],
    )
