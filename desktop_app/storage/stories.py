"""Stories, judged article pairs, stored vectors."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from desktop_app.domain import ArticleLink, Comparison, PassageLink, Reason, Relation, Story
from desktop_app.storage.database import Database


class StoryStore:
    """Reads and writes stories; every write belongs inside `Database.transaction`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def links_of(self, article: int, *, with_unrelated: bool = False) -> list[ArticleLink]:
        """Judged pairs with *article* on either side, surest first."""
        where = "WHERE (en = ? OR hi = ?)" + ("" if with_unrelated else " AND relation != 'unrelated'")
        return self._links(where, (article, article))

    def links(self, *, with_unrelated: bool = False) -> list[ArticleLink]:
        """All judged pairs, surest first."""
        return self._links("" if with_unrelated else "WHERE relation != 'unrelated'", ())

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

    def comparison(self, en: int, hi: int) -> Comparison | None:
        """The stored comparison of a pair, if it was made."""
        row = (
            self._database.connection()
            .execute("SELECT * FROM article_links WHERE en = ? AND hi = ? AND comparison IS NOT NULL", (en, hi))
            .fetchone()
        )
        if row is None:
            return None
        link = _link(row)
        found = json.loads(row["comparison"])
        links = tuple(PassageLink(tuple(e), tuple(h), p) for e, h, p in found["links"])
        return Comparison(
            link.relation, link.probability, link.reasons, links, tuple(found["only_en"]), tuple(found["only_hi"])
        )

    def put_comparison(self, en: int, hi: int, found: Comparison) -> None:
        """Keep what was found of a pair, its judgement included."""
        stored = {
            "links": [[link.en, link.hi, round(link.probability, 4)] for link in found.links],
            "only_en": found.only_en,
            "only_hi": found.only_hi,
        }
        self.put_links([ArticleLink(en, hi, found.relation, found.probability, found.reasons)])
        self._database.connection().execute(
            "UPDATE article_links SET comparison = ? WHERE en = ? AND hi = ?", (json.dumps(stored), en, hi)
        )

    def entries(self) -> Iterator[tuple[int, bytes]]:
        """What finding partners needs to know of every article paired so far."""
        rows = self._database.connection().execute("SELECT article, data FROM pairing_entries ORDER BY article")
        return ((row[0], row[1]) for row in rows)

    def entries_mark(self) -> str:
        """What changes whenever an entry does, without reading them."""
        row = (
            self._database.connection().execute("SELECT count(*), total(length(data)) FROM pairing_entries").fetchone()
        )
        return f"{row[0]} {row[1]:.0f}"

    def put_entry(self, article: int, data: bytes) -> None:
        self._database.connection().execute("INSERT OR REPLACE INTO pairing_entries VALUES (?,?)", (article, data))

    def facts(self) -> list[tuple[int, int, bool]]:
        """Pairs of articles a reader joined (True) or separated (False)."""
        rows = self._database.connection().execute("SELECT one, other, together FROM story_facts")
        return [(row[0], row[1], bool(row[2])) for row in rows]

    def put_fact(self, one: int, other: int, together: bool | None) -> None:
        """State that two articles belong together or not; None takes it back."""
        low, high = sorted((one, other))
        connection = self._database.connection()
        connection.execute("DELETE FROM story_facts WHERE one = ? AND other = ?", (low, high))
        if together is not None:
            connection.execute("INSERT INTO story_facts VALUES (?,?,?)", (low, high, int(together)))

    def passage_facts(self, en_text: str, hi_text: str) -> dict[tuple[int, int], bool]:
        """Sentence pairs (English, Hindi index) a reader linked or unlinked; the texts are named by digest."""
        rows = self._database.connection().execute(
            "SELECT en_sentence, hi_sentence, linked FROM passage_facts WHERE en_text = ? AND hi_text = ?",
            (en_text, hi_text),
        )
        return {(row[0], row[1]): bool(row[2]) for row in rows}

    def put_passage_facts(
        self, en_text: str, hi_text: str, pairs: Iterable[tuple[int, int]], linked: bool | None
    ) -> None:
        """State that sentence pairs correspond or not; None takes it back."""
        connection = self._database.connection()
        for pair in pairs:
            key = (en_text, hi_text, *pair)
            connection.execute(
                "DELETE FROM passage_facts WHERE en_text=? AND hi_text=? AND en_sentence=? AND hi_sentence=?", key
            )
            if linked is not None:
                connection.execute("INSERT INTO passage_facts VALUES (?,?,?,?,?)", (*key, int(linked)))

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
        return [_link(row) for row in rows]


def _link(row: sqlite3.Row) -> ArticleLink:
    reasons = tuple(Reason(*reason) for reason in json.loads(row["reasons"]))
    return ArticleLink(row["en"], row["hi"], Relation(row["relation"]), row["probability"], reasons)
