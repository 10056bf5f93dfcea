"""The bin: removed articles with all that belongs to them, until their time is over."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any

from desktop_app.domain import Language
from desktop_app.records import BIN_DAYS, BinnedArticle
from desktop_app.storage.database import Database

_Row = dict[str, Any]
_TABLES = ("sentences", "mentions", "forms", "versions", "signatures", "pairing_entries")
_PAIRS = {"story_facts": ("one", "other"), "article_links": ("en", "hi")}
_GRACE = dt.timedelta(days=1)


class BinStore:
    """Reads and writes the bin; every write belongs inside `Database.transaction`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(self) -> list[BinnedArticle]:
        """What lies in the bin, last removed first."""
        now = dt.datetime.now(dt.UTC)
        found = []
        for row in self._database.connection().execute(
            "SELECT article, title, language, date, source, binned_at FROM bin ORDER BY binned_at DESC, article DESC"
        ):
            binned_at = dt.datetime.fromisoformat(row["binned_at"])
            left = BIN_DAYS - (now - binned_at).days
            date = None if row["date"] is None else dt.date.fromisoformat(row["date"])
            found.append(
                BinnedArticle(
                    row["article"], row["title"], Language(row["language"]), date, row["source"],
                    binned_at, min(BIN_DAYS, max(0, left)),
                )
            )  # fmt: skip
        return found

    def find(self, sha256: str, text_sha256: str) -> int | None:
        """The binned article of these bytes or this text."""
        row = (
            self._database.connection()
            .execute(
                "SELECT article FROM bin WHERE sha256 = ? OR text_sha256 = ? ORDER BY article LIMIT 1",
                (sha256, text_sha256),
            )
            .fetchone()
        )
        return None if row is None else int(row[0])

    def put(self, articles: Sequence[int]) -> None:
        """Copy what belongs to *articles* into the bin; they still have to be removed."""
        connection = self._database.connection()
        now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        stated = self._state_of_corrections()
        for id_ in articles:
            row = connection.execute("SELECT * FROM articles WHERE id = ?", (id_,)).fetchone()
            if row is None:
                continue
            data: dict[str, list[_Row]] = {"articles": [_plain(row)]}
            for table in _TABLES:
                sql = f"SELECT * FROM {table} WHERE article = ?"  # noqa: S608 - fixed names only
                data[table] = [_plain(other) for other in connection.execute(sql, (id_,))]
            for table, (left, right) in _PAIRS.items():
                sql = f"SELECT * FROM {table} WHERE {left} = ? OR {right} = ?"  # noqa: S608
                data[table] = [_plain(other) for other in connection.execute(sql, (id_, id_))]
            sql = "SELECT * FROM entities WHERE id IN (SELECT entity FROM mentions WHERE article = ?)"
            data["entities"] = [_plain(other) for other in connection.execute(sql, (id_,))]
            connection.execute(
                "INSERT OR REPLACE INTO bin (article, binned_at, title, language, date, source, sha256, text_sha256,"
                " data) VALUES (?,?,?,?,?,?,?,?,?)",
                (
                    id_, now, row["title"], row["language"], row["date"], row["source"], row["sha256"],
                    row["text_sha256"], json.dumps({"corrections": stated, "tables": data}, ensure_ascii=False),
                ),
            )  # fmt: skip

    def take_out(self, articles: Sequence[int]) -> list[int]:
        """Put binned *articles* back with their numbers; those that were there.

        What was found in a text comes back too, unless the reader stated facts about entities meanwhile: then the
        article waits to be understood again.
        """
        connection = self._database.connection()
        stated = self._state_of_corrections()
        restored = []
        for id_ in articles:
            row = connection.execute("SELECT data FROM bin WHERE article = ?", (id_,)).fetchone()
            if row is None:
                continue
            content = json.loads(row["data"])
            tables: dict[str, list[_Row]] = content["tables"]
            (article,) = tables["articles"]
            found = self._entities_again(tables) if content["corrections"] == stated else None
            if found is None:
                article["understood"] = 0
            else:
                for table in ("mentions", "forms"):
                    tables[table] = [other | {"entity": found[other["entity"]]} for other in tables[table]]
            self._insert("articles", [article | {"indexed": 0, "story": None, "sort_date": article["date"]}])
            for table in _TABLES:
                if found is not None or table not in ("mentions", "forms"):
                    self._insert(table, tables[table])
            for table in _PAIRS:
                self._insert_pairs(table, id_, tables[table])
            connection.execute("DELETE FROM bin WHERE article = ?", (id_,))
            restored.append(id_)
        return restored

    def empty(self, articles: Sequence[int] | None = None) -> int:
        """Delete for good what lies in the bin (None: all of it); how many that were."""
        connection = self._database.connection()
        ids = [row[0] for row in connection.execute("SELECT article FROM bin")]
        chosen = ids if articles is None else sorted(set(ids).intersection(articles))
        for id_ in chosen:
            connection.execute(
                "DELETE FROM vectors WHERE text_sha256 = (SELECT text_sha256 FROM bin WHERE article = :id)"
                " AND text_sha256 NOT IN (SELECT text_sha256 FROM articles)",
                {"id": id_},
            )
            connection.execute("DELETE FROM bin WHERE article = ?", (id_,))
        return len(chosen)

    def expire(self) -> int:
        """Delete what has lain in the bin for its time; how many that were.

        A clock may be wrong for an hour: what it says is over is only marked, and deleted if the clock says so still
        a day later. An entry from the future begins anew.
        """
        connection = self._database.connection()
        now = dt.datetime.now(dt.UTC)
        over: list[int] = []
        for row in connection.execute("SELECT article, binned_at, due_at FROM bin").fetchall():
            binned_at = dt.datetime.fromisoformat(row["binned_at"])
            due_at = None if row["due_at"] is None else dt.datetime.fromisoformat(row["due_at"])
            change: tuple[str, str | None] | None = None
            if binned_at > now + _GRACE:
                change = ("binned_at", now.isoformat(timespec="milliseconds"))
            elif now - binned_at < dt.timedelta(days=BIN_DAYS):
                change = None if due_at is None else ("due_at", None)
            elif due_at is None or due_at > now:
                change = ("due_at", now.isoformat(timespec="milliseconds"))
            elif now - due_at >= _GRACE:
                over.append(row["article"])
            if change is not None:
                column, value = change
                sql = f"UPDATE bin SET {column} = ? WHERE article = ?"  # noqa: S608 - fixed names only
                connection.execute(sql, (value, row["article"]))
        return self.empty(over)

    def _entities_again(self, tables: dict[str, list[_Row]]) -> dict[int, int] | None:
        """The number each binned entity has now; None if one can no longer be told."""
        connection = self._database.connection()
        numbers: dict[int, int] = {}
        for entity in tables["entities"]:
            same = connection.execute(
                "SELECT id, type FROM entities WHERE id = :id OR (:key IS NOT NULL AND key = :key)"
                " ORDER BY id = :id DESC LIMIT 1",
                entity,
            ).fetchone()
            if same is None:
                alike = connection.execute(
                    "SELECT id FROM entities WHERE type = :type AND (en = :en OR hi = :hi) LIMIT 1", entity
                ).fetchone()
                if alike is not None:
                    return None
                self._insert("entities", [entity])
                numbers[entity["id"]] = entity["id"]
            elif same["type"] != entity["type"]:
                return None
            else:
                numbers[entity["id"]] = same["id"]
        return numbers

    def _insert_pairs(self, table: str, id_: int, rows: Sequence[_Row]) -> None:
        """Put back what joins two articles; what waits for the other one, which is in the bin, goes to that."""
        connection = self._database.connection()
        for row in rows:
            other = next(row[column] for column in _PAIRS[table] if row[column] != id_)
            if connection.execute("SELECT 1 FROM articles WHERE id = ?", (other,)).fetchone() is not None:
                self._insert(table, [row])
                continue
            waiting = connection.execute("SELECT data FROM bin WHERE article = ?", (other,)).fetchone()
            if waiting is not None:
                content = json.loads(waiting["data"])
                if row not in content["tables"][table]:
                    content["tables"][table].append(row)
                    sql = "UPDATE bin SET data = ? WHERE article = ?"
                    connection.execute(sql, (json.dumps(content, ensure_ascii=False), other))

    def _insert(self, table: str, rows: Iterable[_Row]) -> None:
        """Insert *rows*, without columns that the table no longer has."""
        connection = self._database.connection()
        known = {row["name"] for row in connection.execute(f"PRAGMA table_info({table})")}
        for row in rows:
            values = {column: _stored(value) for column, value in row.items() if column in known}
            marks = ",".join("?" * len(values))
            sql = f"INSERT OR IGNORE INTO {table} ({','.join(values)}) VALUES ({marks})"  # noqa: S608
            connection.execute(sql, tuple(values.values()))

    def _state_of_corrections(self) -> list[int]:
        """Differs from another state if the reader stated or took back a fact about entities between the two."""
        row = (
            self._database.connection()
            .execute("SELECT coalesce(max(id), 0), coalesce(sum(undone), 0) FROM corrections")
            .fetchone()
        )
        return [row[0], row[1]]


def _plain(row: Any) -> _Row:
    """A row as JSON can hold it."""
    return {
        column: {"base64": base64.b64encode(row[column]).decode()} if isinstance(row[column], bytes) else row[column]
        for column in row.keys()  # noqa: SIM118 - iterating a Row gives its values
    }


def _stored(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value
