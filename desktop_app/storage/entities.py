"""Entities, their mentions and the forms they are named by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from desktop_app.domain import Entity, EntityType, Language, Mention, MentionForm
from desktop_app.storage.database import Database

# Forms that stand for a name; titles and pronoun-like roles are no aliases.
_NAMING = ("name", "hashtag", "handle", "demonym")
_ROWS_READ = 1_000


class EntityStore:
    """Reads and writes entities; every write belongs inside `Database.transaction`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entity(self, id_: int) -> Entity | None:
        return next(iter(self._entities("WHERE e.id = ?", (id_,))), None)

    def all(self) -> list[Entity]:
        """Every entity that is mentioned, with counts over the library, most mentioned first."""
        return self._entities("", ())

    def of_articles(self, articles: Sequence[int]) -> list[Entity]:
        """The entities named in *articles*, counts and aliases over these articles only."""
        if not articles:
            return []
        marks = ",".join("?" * len(articles))
        connection = self._database.connection()
        counts = {
            row[0]: (row[1], row[2])
            for row in connection.execute(
                "SELECT entity, count(*), count(DISTINCT article) FROM mentions"  # noqa: S608
                f" WHERE article IN ({marks}) GROUP BY entity",
                articles,
            )
        }
        forms: dict[int, list[str]] = {}
        for row in connection.execute(
            "SELECT entity, form, sum(count) AS n FROM forms"  # noqa: S608
            f" WHERE article IN ({marks}) GROUP BY entity, form ORDER BY n DESC, form",
            articles,
        ):
            forms.setdefault(row[0], []).append(row[1])
        found = []
        for row in connection.execute(
            "SELECT id, type, key, en, hi FROM entities WHERE id IN"  # noqa: S608
            f" (SELECT DISTINCT entity FROM mentions WHERE article IN ({marks}))",
            articles,
        ):
            mentions, in_articles = counts[row["id"]]
            found.append(
                Entity(
                    row["id"], EntityType(row["type"]), row["en"], row["hi"],
                    tuple(forms.get(row["id"], ())), row["key"], mentions, in_articles,
                )
            )  # fmt: skip
        found.sort(key=lambda entity: (-entity.mentions, entity.id))
        return found

    def other_names(self, text: str, limit: int) -> list[str]:
        """The names and aliases, in both scripts, of the entities that *text* names; the most used first.

        Asked at every key: of an entity that thousands of articles name it looks only at the newest.
        """
        connection = self._database.connection()
        counts: Counter[str] = Counter()
        for entity in self.named(text):
            for form, count in connection.execute(
                "SELECT form, sum(count) FROM"
                " (SELECT form, count FROM forms WHERE entity = ? ORDER BY article DESC LIMIT ?) GROUP BY form",
                (entity, _ROWS_READ),
            ):
                counts[form] += count
            for name in connection.execute("SELECT en, hi FROM entities WHERE id = ?", (entity,)).fetchone():
                if name:
                    counts[name] += 1
        others = (name for name in counts if name.casefold() != text.casefold())
        return sorted(others, key=lambda name: (-counts[name], name))[:limit]

    def named(self, text: str) -> list[int]:
        """The entities that *text* names, whichever article calls them so; steps through the index of forms."""
        named = self._database.connection().execute(
            "WITH RECURSIVE named (id) AS ("
            " SELECT min(entity) FROM forms WHERE form = :text COLLATE NOCASE"
            " UNION ALL SELECT (SELECT min(entity) FROM forms WHERE form = :text COLLATE NOCASE AND entity > named.id)"
            "  FROM named WHERE named.id IS NOT NULL"
            ") SELECT id FROM named WHERE id IS NOT NULL"
            " UNION SELECT id FROM entities WHERE en = :text COLLATE NOCASE OR hi = :text",
            {"text": text},
        )
        return [entity for (entity,) in named.fetchall()]

    def names(self, ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
        """The English and the Hindi name of entities, whichever there are; unknown ids are left out."""
        marks = ",".join("?" * len(ids))
        rows = self._database.connection().execute(f"SELECT id, en, hi FROM entities WHERE id IN ({marks})", ids)  # noqa: S608
        return {row["id"]: tuple(name for name in (row["en"], row["hi"]) if name) for row in rows}

    def counts(self, articles: Sequence[int]) -> Mapping[int, Mapping[Language, int]]:
        """Mentions of each entity in *articles*, by the articles' language."""
        marks = ",".join("?" * len(articles))
        result: dict[int, dict[Language, int]] = {}
        for row in self._database.connection().execute(
            "SELECT m.entity, a.language, count(*) FROM mentions m JOIN articles a ON a.id = m.article"  # noqa: S608
            f" WHERE m.article IN ({marks}) GROUP BY m.entity, a.language",
            articles,
        ):
            result.setdefault(row[0], {})[Language(row[1])] = row[2]
        return result

    def mentions(self, article: int, text: str) -> tuple[Mention, ...]:
        """The mentions of one article in reading order, an outer one before those inside it."""
        rows = self._database.connection().execute(
            "SELECT start, end, type, entity, form FROM mentions WHERE article = ? ORDER BY start, end DESC",
            (article,),
        )
        return tuple(
            Mention(r["start"], r["end"], text[r["start"] : r["end"]], EntityType(r["type"]), r["entity"],
                    MentionForm(r["form"]))
            for r in rows
        )  # fmt: skip

    def articles_naming(self, entity: int) -> list[int]:
        """Articles that name *entity*, in the order of the article list."""
        rows = self._database.connection().execute(
            "SELECT id FROM articles WHERE id IN (SELECT article FROM mentions WHERE entity = ?)"
            " ORDER BY sort_date IS NULL, sort_date DESC, story IS NULL, story, language, id",
            (entity,),
        )
        return [row[0] for row in rows]

    def of_article_set(self, articles: Iterable[int]) -> set[int]:
        """Ids of all entities named in *articles*."""
        connection = self._database.connection()
        found: set[int] = set()
        for article in articles:
            found.update(r[0] for r in connection.execute("SELECT entity FROM mentions WHERE article = ?", (article,)))
        return found

    def add(self, type_: EntityType, en: str | None, hi: str | None, key: str | None) -> int:
        cursor = self._database.connection().execute(
            "INSERT INTO entities (type, key, en, hi) VALUES (?,?,?,?)", (type_.value, key, en, hi)
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def rename(self, id_: int, en: str | None, hi: str | None) -> None:
        self._database.connection().execute("UPDATE entities SET en = ?, hi = ? WHERE id = ?", (en, hi, id_))

    def restate(self, id_: int, type_: EntityType, en: str | None, hi: str | None) -> None:
        """Type and names as a reader stated them."""
        self._database.connection().execute(
            "UPDATE entities SET type = ?, en = ?, hi = ? WHERE id = ?", (type_.value, en, hi, id_)
        )

    def put_mentions(self, article: int, text: str, language: Language, mentions: Sequence[Mention]) -> None:
        """Replace what is known of *article*: its mentions and the forms they use."""
        connection = self._database.connection()
        connection.execute("DELETE FROM mentions WHERE article = ?", (article,))
        connection.execute("DELETE FROM forms WHERE article = ?", (article,))
        connection.executemany(
            "INSERT OR IGNORE INTO mentions VALUES (?,?,?,?,?,?)",
            [(article, m.start, m.end, m.type.value, m.entity, m.form.value) for m in mentions],
        )
        forms = Counter((m.entity, text[m.start : m.end]) for m in mentions if m.form.value in _NAMING)
        connection.executemany(
            "INSERT INTO forms VALUES (?,?,?,?,?)",
            [(entity, article, form, language.value, n) for (entity, form), n in forms.items()],
        )

    def redirect(self, old: int, new: int) -> None:
        """Make every mention of *old* one of *new*, and forget *old*."""
        connection = self._database.connection()
        connection.execute("UPDATE mentions SET entity = ? WHERE entity = ?", (new, old))
        connection.execute(
            "INSERT INTO forms SELECT ?, article, form, language, count FROM forms WHERE entity = ?"
            " ON CONFLICT DO UPDATE SET count = count + excluded.count",
            (new, old),
        )
        connection.execute("DELETE FROM forms WHERE entity = ?", (old,))
        connection.execute("DELETE FROM entities WHERE id = ?", (old,))

    def forget_unmentioned(self, candidates: Iterable[int]) -> list[int]:
        """Delete those of *candidates* that no article names any more; returns the deleted."""
        connection = self._database.connection()
        gone = []
        for id_ in candidates:
            if connection.execute("SELECT 1 FROM mentions WHERE entity = ? LIMIT 1", (id_,)).fetchone() is None:
                connection.execute("DELETE FROM entities WHERE id = ?", (id_,))
                gone.append(id_)
        return gone

    def _entities(self, where: str, values: tuple[int, ...]) -> list[Entity]:
        connection = self._database.connection()
        narrowed = "WHERE entity = ?" if values else ""
        forms: dict[int, list[str]] = {}
        for row in connection.execute(
            f"SELECT entity, form, sum(count) AS n FROM forms {narrowed}"  # noqa: S608
            " GROUP BY entity, form ORDER BY n DESC, form",
            values,
        ):
            forms.setdefault(row[0], []).append(row[1])
        return [
            Entity(
                row["id"], EntityType(row["type"]), row["en"], row["hi"],
                tuple(forms.get(row["id"], ())), row["key"], row["mentions"], row["articles"],
            )
            for row in connection.execute(
                "SELECT e.id, e.type, e.key, e.en, e.hi, count(m.article) AS mentions,"  # noqa: S608
                " count(DISTINCT m.article) AS articles FROM entities e LEFT JOIN mentions m ON m.entity = e.id"
                f" {where} GROUP BY e.id ORDER BY mentions DESC, e.id",
                values,
            )
        ]  # fmt: skip
