"""Stories, judged article pairs, stored vectors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from desktop_app.domain import ArticleLink, Reason, Relation, Story
from desktop_app.storage.database import Database


class StoryStore:
    """Reads and writes stories; every write belongs inside `Database.transaction`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def links_of(self, article: int) -> list[ArticleLink]:
        """Judged pairs with *article* on either side, surest first; unrelated ones left out."""
        return self._links("WHERE (en = ? OR hi = ?) AND relation != 'unrelated'", (article, article))

    def links(self) -> list[ArticleLink]:
        return self._links("WHERE relation != 'unrelated'", ())

    def put_links(self, links: Iterable[ArticleLink]) -> None:
        self._database.connection().executemany(
            "INSERT OR REPLACE INTO article_links (en, hi, relation, probability, reasons) VALUES (?,?,?,?,?)",
            [
                (
                    link.en, link.hi, link.relation.value, link.probability,
                    json.dumps([[r.en, r.hi, r.kind] for r in link.reasons], ensure_ascii=False),
                )
                for link in links
            ],
        )  # fmt: skip

    def forget_links(self, article: int) -> None:
        self._database.connection().execute("DELETE FROM article_links WHERE en = ? OR hi = ?", (article, article))

    def stories(self) -> list[Story]:
        """Stories of two or more articles, with the links inside each."""
        members: dict[int, list[int]] = {}
        for story, article in self._database.connection().execute(
            "SELECT story, id FROM articles WHERE story IS NOT NULL ORDER BY story, language, id"
        ):
            members.setdefault(story, []).append(article)
        home = {article: story for story, articles in members.items() for article in articles}
        links: dict[int, list[ArticleLink]] = {}
        for link in self.links():
            story = home.get(link.en)
            if story is not None and story == home.get(link.hi):
                links.setdefault(story, []).append(link)
        return [Story(story, tuple(articles), tuple(links.get(story, ()))) for story, articles in members.items()]

    def members(self, story: int) -> list[int]:
        rows = self._database.connection().execute(
            "SELECT id FROM articles WHERE story = ? ORDER BY language, id", (story,)
        )
        return [row[0] for row in rows]

    def homes(self) -> Mapping[int, int]:
        """Story of every article that has one."""
        rows = self._database.connection().execute("SELECT id, story FROM articles WHERE story IS NOT NULL")
        return {row[0]: row[1] for row in rows}

    def new_story(self) -> int:
        cursor = self._database.connection().execute("INSERT INTO stories DEFAULT VALUES")
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def set_homes(self, homes: Mapping[int, int | None]) -> None:
        """Move articles into stories (None: out of any) and keep the list's order true."""
        connection = self._database.connection()
        touched: set[int] = {story for story in homes.values() if story is not None}
        for article, story in homes.items():
            row = connection.execute("SELECT story FROM articles WHERE id = ?", (article,)).fetchone()
            if row is not None and row[0] is not None:
                touched.add(row[0])
            connection.execute("UPDATE articles SET story = ?, sort_date = date WHERE id = ?", (story, article))
        for story in touched:
            connection.execute(
                "UPDATE articles SET sort_date = (SELECT max(date) FROM articles WHERE story = :s) WHERE story = :s",
                {"s": story},
            )
            connection.execute(
                "DELETE FROM stories WHERE id = :s AND NOT EXISTS (SELECT 1 FROM articles WHERE story = :s)",
                {"s": story},
            )

    def comparison(self, en: int, hi: int) -> str | None:
        """The stored comparison (JSON) of a pair, if it was made."""
        row = (
            self._database.connection()
            .execute("SELECT comparison FROM article_links WHERE en = ? AND hi = ?", (en, hi))
            .fetchone()
        )
        return None if row is None else row[0]

    def put_comparison(self, en: int, hi: int, comparison: str) -> None:
        self._database.connection().execute(
            "UPDATE article_links SET comparison = ? WHERE en = ? AND hi = ?", (comparison, en, hi)
        )

    def vectors(self, digests: Sequence[str], encoder: str) -> dict[str, bytes]:
        """Stored vectors (rows of float16) by the digest of their text."""
        found: dict[str, bytes] = {}
        connection = self._database.connection()
        for digest in digests:
            row = connection.execute(
                "SELECT data FROM vectors WHERE text_sha256 = ? AND encoder = ?", (digest, encoder)
            ).fetchone()
            if row is not None:
                found[digest] = row[0]
        return found

    def put_vectors(self, digest: str, encoder: str, rows: int, data: bytes) -> None:
        self._database.connection().execute(
            "INSERT OR REPLACE INTO vectors VALUES (?,?,?,?)", (digest, encoder, rows, data)
        )

    def _links(self, where: str, values: tuple[int, ...]) -> list[ArticleLink]:
        rows = self._database.connection().execute(
            "SELECT en, hi, relation, probability, reasons FROM article_links"  # noqa: S608
            f" {where} ORDER BY probability DESC, en, hi",
            values,
        )
        return [
            ArticleLink(
                row["en"], row["hi"], Relation(row["relation"]), row["probability"],
                tuple(Reason(*reason) for reason in json.loads(row["reasons"])),
            )
            for row in rows
        ]  # fmt: skip
