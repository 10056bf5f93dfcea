"""What was imported when, and the files that are not to be read again."""

from __future__ import annotations

import datetime as dt

from desktop_app.records import ImportRecord
from desktop_app.storage.articles import utc_now
from desktop_app.storage.database import Database


class ImportStore:
    """Reads and writes imports; every write belongs inside `Database.transaction`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[ImportRecord]:
        """The imports that can be undone, newest first: those of which the library still holds something."""
        rows = self._database.connection().execute(
            "SELECT id, started_at, description,"
            " (SELECT count(*) FROM articles WHERE articles.import = imports.id) AS articles FROM imports"
            " WHERE articles OR EXISTS (SELECT 1 FROM versions WHERE versions.import = imports.id) ORDER BY id DESC"
        )
        return [ImportRecord(r["id"], dt.datetime.fromisoformat(r["started_at"]), r["description"], r["articles"])
                for r in rows]  # fmt: skip

    def begun(self, started_at: str, description: str) -> int | None:
        """The number of the import that began then."""
        sql = "SELECT id FROM imports WHERE started_at = ? AND description = ?"
        row = self._database.connection().execute(sql, (started_at, description)).fetchone()
        return None if row is None else int(row[0])

    def begin(self, started_at: str, description: str) -> int:
        sql = "INSERT INTO imports (started_at, description) VALUES (?,?)"
        cursor = self._database.connection().execute(sql, (started_at, description))
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def refusal(self, sha256: str, program: str) -> str | None:
        """Why this version of the *program* does not read the file with these bytes again, if it does not."""
        sql = "SELECT message FROM refused_files WHERE sha256 = ? AND program = ?"
        row = self._database.connection().execute(sql, (sha256, program)).fetchone()
        return None if row is None else str(row[0])

    def refuse(self, sha256: str, path: str, program: str, message: str) -> None:
        """Remember a file that ended the process which read it."""
        self._database.connection().execute(
            "INSERT OR REPLACE INTO refused_files (sha256, path, refused_at, program, message) VALUES (?,?,?,?,?)",
            (sha256, path, utc_now(), program, message),
        )
