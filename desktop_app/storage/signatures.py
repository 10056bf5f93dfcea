"""Bands of the texts' signatures, by which near copies are found."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.storage.database import Database


class SignatureStore:
    """Reads and writes signatures; every write belongs inside `Database.transaction`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, article: int, bands: Sequence[int]) -> None:
        """Replace the bands of *article*."""
        connection = self._database.connection()
        connection.execute("DELETE FROM signatures WHERE article = ?", (article,))
        rows = [(band, article) for band in bands]
        connection.executemany("INSERT OR IGNORE INTO signatures (band, article) VALUES (?,?)", rows)

    def sharing(self, bands: Sequence[int], limit: int) -> list[int]:
        """The articles that share a band, those that share most first."""
        if not bands:
            return []
        marks = ",".join("?" * len(bands))
        rows = self._database.connection().execute(
            f"SELECT article FROM signatures WHERE band IN ({marks})"  # noqa: S608
            " GROUP BY article ORDER BY count(*) DESC, article LIMIT ?",
            (*bands, limit),
        )
        return [row[0] for row in rows]
