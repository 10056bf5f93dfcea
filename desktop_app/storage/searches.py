"""What a reader searched for, and the searches kept under a name."""

from __future__ import annotations

import datetime as dt

from desktop_app.errors import ReaderError
from desktop_app.language.folding import fold
from desktop_app.records import SavedSearch
from desktop_app.storage.database import Database

HISTORY_KEPT = 200
"""Queries remembered; the oldest go first."""


class NameTaken(ReaderError):
    """Two saved searches cannot have one name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is already a saved search “{name}”. Choose another name.")


class SearchStore:
    """Reads and writes saved searches and the search history; each write is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def saved(self) -> list[SavedSearch]:
        """All saved searches, by name."""
        rows = self._database.connection().execute("SELECT id, name, query FROM saved_searches")
        found = [SavedSearch(row["id"], row["name"], row["query"]) for row in rows]
        return sorted(found, key=lambda search: (fold(search.name), search.id))

    def save(self, name: str, query: str) -> SavedSearch:
        """Keep *query* under *name*; what had that name before is replaced."""
        name, query = _one_line(name), _one_line(query)
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO saved_searches (name, query) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET query = excluded.query",
                (name, query),
            )
            row = connection.execute("SELECT id FROM saved_searches WHERE name = ?", (name,)).fetchone()
        return SavedSearch(row["id"], name, query)

    def rename(self, id_: int, name: str) -> None:
        """`NameTaken` if another saved search has that name."""
        name = _one_line(name)
        with self._database.transaction() as connection:
            taken = connection.execute("SELECT 1 FROM saved_searches WHERE name = ? AND id != ?", (name, id_))
            if taken.fetchone() is not None:
                raise NameTaken(name)
            connection.execute("UPDATE saved_searches SET name = ? WHERE id = ?", (name, id_))

    def forget(self, id_: int) -> None:
        """Remove one saved search; none of that number is no error."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM saved_searches WHERE id = ?", (id_,))

    def history(self, beginning: str = "", limit: int = 10) -> list[str]:
        """The queries asked last, newest first; of those with this *beginning*, in whatever case, if one is given."""
        rows = self._database.connection().execute("SELECT query FROM search_history ORDER BY asked_at DESC, query")
        wanted = beginning.strip().casefold()
        return [row["query"] for row in rows if row["query"].casefold().startswith(wanted)][:limit]

    def note(self, query: str) -> None:
        """Remember that *query* was asked just now."""
        query = _one_line(query)
        if not query:
            return
        now = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO search_history (query, asked_at) VALUES (?, ?)"
                " ON CONFLICT (query) DO UPDATE SET asked_at = excluded.asked_at, times = times + 1",
                (query, now),
            )
            connection.execute(
                "DELETE FROM search_history WHERE query NOT IN"
                " (SELECT query FROM search_history ORDER BY asked_at DESC LIMIT ?)",
                (HISTORY_KEPT,),
            )

    def clear_history(self) -> None:
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM search_history")


def _one_line(text: str) -> str:
    return " ".join(text.split())
