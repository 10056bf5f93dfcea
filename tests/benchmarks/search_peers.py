"""The peers of the search benchmark: SQLite's FTS5 and tantivy, on the same folded stems, with the same filters.

Each is asked in its own language for what Setu is asked. Both know only what was typed: no spellings across
scripts, no inflections beyond the stem, no translations.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from desktop_app.domain import Language
from desktop_app.language.folding import WORD, stem
from tests.benchmarks.corpus import GeneratedArticle

LIMIT = 20
FIRST_YEAR, LAST_YEAR = 2021, 2022


@dataclass(frozen=True, slots=True)
class Question:
    """Words or quoted phrases, all or any of which are wanted; the same question for every engine."""

    terms: tuple[str, ...]
    any_of: bool = False
    unfinished: bool = False
    filtered: bool = False
    by_date: bool = False

    def for_setu(self) -> str:
        terms = [f'"{term}"' if " " in term else term for term in self.terms]
        query = (" OR " if self.any_of else " ").join(terms)
        return f"{query} lang:en date:{FIRST_YEAR}..{LAST_YEAR}" if self.filtered else query


class Peer(Protocol):
    name: str

    def add(self, articles: Sequence[GeneratedArticle]) -> None: ...

    def search(self, question: Question) -> int:
        """Ask, and say how many hits came back."""


def stems(text: str) -> str:
    return " ".join(stem(word) for word in WORD.findall(text))


class Fts5:
    """Contentless, with a table for the filters and indexes of the first letters."""

    name = "FTS5"

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "fts5.db")
        self._db.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
            "CREATE TABLE article (id INTEGER PRIMARY KEY, hindi INT, date TEXT);"
            "CREATE VIRTUAL TABLE ft USING fts5 (title, body, content='', prefix='1 2 3',"
            " tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\");"
        )

    def add(self, articles: Sequence[GeneratedArticle]) -> None:
        with self._db:
            self._db.executemany(
                "INSERT INTO article VALUES (?, ?, ?)",
                ((a.number, a.language is Language.HINDI, a.date.isoformat()) for a in articles),
            )
            self._db.executemany(
                "INSERT INTO ft (rowid, title, body) VALUES (?, ?, ?)",
                ((a.number, stems(a.title), stems(a.text)) for a in articles),
            )

    def search(self, question: Question) -> int:
        *whole, last = question.terms
        quoted = [f'"{stems(term)}"' for term in whole] + [f'"{last}" *' if question.unfinished else f'"{stems(last)}"']
        where = (
            f"AND hindi = 0 AND date BETWEEN '{FIRST_YEAR}-01-01' AND '{LAST_YEAR}-12-31'" if question.filtered else ""
        )
        found = self._db.execute(
            f"SELECT ft.rowid FROM ft JOIN article ON id = ft.rowid WHERE ft MATCH ? {where} "
            f"ORDER BY {'date DESC' if question.by_date else 'rank'} LIMIT {LIMIT}",
            ((" OR " if question.any_of else " AND ").join(quoted),),
        )
        return len(found.fetchall())


class Tantivy:
    """Whitespace tokens; the columns of the filters are fast fields. Counts all hits, as Setu does."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy: Any = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("number", stored=True)
        builder.add_integer_field("hindi", indexed=True, fast=True)
        builder.add_integer_field("date", indexed=True, fast=True)
        for field in ("title", "body"):
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
        self._schema = builder.build()
        (folder / "tantivy").mkdir()
        self._index = tantivy.Index(self._schema, str(folder / "tantivy"))
        self._searcher: Any = None

    def add(self, articles: Sequence[GeneratedArticle]) -> None:
        writer = self._index.writer(num_threads=1)
        for a in articles:
            document = self._tantivy.Document()
            document.add_integer("number", a.number)
            document.add_integer("hindi", int(a.language is Language.HINDI))
            document.add_integer("date", a.date.toordinal())
            document.add_text("title", stems(a.title))
            document.add_text("body", stems(a.text))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, question: Question) -> int:
        build, occur = self._tantivy.Query, self._tantivy.Occur
        *whole, last = question.terms
        parts = [self._term(term) for term in whole]
        parts.append(self._beginning(last) if question.unfinished else self._term(last))
        must = occur.Should if question.any_of else occur.Must
        query = parts[0] if len(parts) == 1 else build.boolean_query([(must, part) for part in parts])
        if question.filtered:
            first, last_day = (f"{FIRST_YEAR}-01-01", f"{LAST_YEAR}-12-31")
            days = [_ordinal(first), _ordinal(last_day)]
            integer = self._tantivy.FieldType.Integer
            dates = build.const_score_query(build.range_query(self._schema, "date", integer, *days), 0.0)
            english = build.const_score_query(build.term_query(self._schema, "hindi", 0), 0.0)
            query = build.boolean_query([(occur.Must, query), (occur.Must, dates), (occur.Must, english)])
        order = {"order_by_field": "date"} if question.by_date else {}
        return len(self._searcher.search(query, LIMIT, **order).hits)

    def _term(self, term: str) -> Any:
        build, should = self._tantivy.Query, self._tantivy.Occur.Should
        words = stems(term).split()
        make = build.term_query if len(words) == 1 else build.phrase_query
        wanted = words[0] if len(words) == 1 else words
        return build.boolean_query([(should, make(self._schema, field, wanted)) for field in ("title", "body")])

    def _beginning(self, letters: str) -> Any:
        build, should = self._tantivy.Query, self._tantivy.Occur.Should
        return build.boolean_query(
            [(should, build.regex_query(self._schema, field, f"{letters}.*")) for field in ("title", "body")]
        )


def _ordinal(day: str) -> int:
    return dt.date.fromisoformat(day).toordinal()


def peers(folder: Path) -> list[Peer]:
    """FTS5, and tantivy if it is installed."""
    found: list[Peer] = [Fts5(folder)]
    try:
        found.append(Tantivy(folder))
    except ImportError:
        print("tantivy is not installed (`bench` in pyproject.toml): its columns are missing")
    return found
