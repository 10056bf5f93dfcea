"""How fast Setu indexes and answers beside SQLite's FTS5 with the same tokens, on the same articles, in one run.

Run: `python tests/benchmarks/search.py --articles 10000`. Times are CPU milliseconds of this process; the two
engines take turns on every query, and the ratio is Setu's median by FTS5's (above 1: Setu is slower). FTS5 has
no spellings across scripts, no completions of a word in the other script and no translations: Setu's figures
include them, and `=word` shows the cost without.
"""

from __future__ import annotations

import argparse
import platform
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_app.domain import Language
from desktop_app.language.folding import WORD, fold, stem
from desktop_app.search.analysis import forms_of
from desktop_app.search.documents import IndexDocument
from desktop_app.search.index import SearchIndex, Sort
from desktop_app.search.snippets import Matcher, find_spans, make_snippet
from tests.benchmarks.corpus import GeneratedArticle, generate, names

LIMIT = 20
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class QueryClass:
    """Queries of one kind: as Setu reads them, and as an FTS5 match with a WHERE clause on the side."""

    name: str
    setu: tuple[str, ...]
    fts5: tuple[str, ...]
    where: str = ""
    order: str = "rank"
    as_you_type: bool = False


def stems(text: str) -> str:
    return " ".join(stem(word) for word in WORD.findall(text))


def quoted(text: str) -> str:
    return f'"{stems(text)}"'


def query_classes(articles: list[GeneratedArticle]) -> list[QueryClass]:
    common = ("government", "minister", "water", "school", "पानी", "सरकार", "किसान", "rain")
    rare = tuple(name.english for name in names(3_000)[800:804]) + tuple(name.hindi for name in names(3_000)[804:808])
    pairs = (("government", "water"), ("school", "rain"), ("पानी", "सरकार"), ("किसान", "गांव"))
    phrases = tuple(" ".join(WORD.findall(article.text)[40:42]) for article in articles[10:50:5])
    beginnings = ("g", "go", "gov", "wat", "का", "पा", "सर", "mini")
    both = tuple(f"{one} {other}" for one, other in pairs)
    return [
        QueryClass("common word", common, tuple(map(quoted, common))),
        QueryClass("common word, exact", tuple(f"={word}" for word in common), tuple(map(quoted, common))),
        QueryClass("rare name", rare, tuple(map(quoted, rare))),
        QueryClass("AND", both, tuple(f"{quoted(one)} AND {quoted(other)}" for one, other in pairs)),
        QueryClass(
            "OR",
            tuple(f"{one} OR {other}" for one, other in pairs),
            tuple(f"{quoted(one)} OR {quoted(other)}" for one, other in pairs),
        ),
        QueryClass("phrase", tuple(f'"{phrase}"' for phrase in phrases), tuple(map(quoted, phrases))),
        QueryClass("as you type", beginnings, tuple(f'"{word}" *' for word in beginnings), as_you_type=True),
        QueryClass(
            "language and dates",
            tuple(f"{word} lang:en date:2021..2022" for word in common),
            tuple(map(quoted, common)),
            "AND hindi = 0 AND date BETWEEN '2021-01-01' AND '2022-12-31'",
        ),
        QueryClass("newest first", common, tuple(map(quoted, common)), order="date DESC"),
    ]


class Fts5:
    """The peer: titles and texts as the same folded stems, contentless, with a table for the filters."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._db.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
            "CREATE TABLE article (id INTEGER PRIMARY KEY, hindi INT, date TEXT);"
            "CREATE VIRTUAL TABLE ft USING fts5 (title, body, content='', prefix='1 2 3',"
            " tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\");"
        )

    def add(self, articles: list[GeneratedArticle]) -> None:
        with self._db:
            self._db.executemany(
                "INSERT INTO article VALUES (?, ?, ?)",
                ((a.number, a.language is Language.HINDI, a.date.isoformat()) for a in articles),
            )
            self._db.executemany(
                "INSERT INTO ft (rowid, title, body) VALUES (?, ?, ?)",
                ((a.number, stems(a.title), stems(a.text)) for a in articles),
            )

    def search(self, match: str, where: str, order: str) -> list[tuple[int]]:
        return self._db.execute(
            f"SELECT ft.rowid FROM ft JOIN article ON id = ft.rowid WHERE ft MATCH ? {where} ORDER BY {order} LIMIT ?",
            (match, LIMIT),
        ).fetchall()


def cpu_ms(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1e3


def percentile(times: list[float], part: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def row(name: str, ours: list[float], theirs: list[float]) -> str:
    mine, other = statistics.median(ours), statistics.median(theirs)
    high, other_high = percentile(ours, 0.95), percentile(theirs, 0.95)
    return f"{name:20} {mine:8.2f} {high:8.2f}  {other:8.2f} {other_high:8.2f}  {mine / max(other, 0.01):6.2f}"


def forget_words() -> None:
    """Let each engine fold and stem every word anew."""
    for cached in (fold, stem, forms_of):
        cached.cache_clear()


def measure_queries(index: SearchIndex, peer: Fts5, articles: list[GeneratedArticle]) -> None:
    print(f"{'query, ms of CPU':20} {'Setu p50':>8} {'p95':>8}  {'FTS5 p50':>8} {'p95':>8}  {'ratio':>6}")
    for kind in query_classes(articles):
        ours: list[float] = []
        theirs: list[float] = []
        sort: Sort = "date" if kind.order.startswith("date") else "relevance"
        for query, match in zip(kind.setu, kind.fts5, strict=True):
            ask = partial(index.search, query, limit=LIMIT, as_you_type=kind.as_you_type, sort=sort)
            ask_peer = partial(peer.search, match, kind.where, kind.order)
            for _ in range(ROUNDS):
                ours.append(cpu_ms(ask))
                theirs.append(cpu_ms(ask_peer))
        print(row(kind.name, ours, theirs))


def show(texts: list[str], matcher: Matcher) -> None:
    for text in texts:
        find_spans(text, matcher)
        make_snippet(text, matcher)


def measure_snippets(index: SearchIndex, articles: list[GeneratedArticle]) -> None:
    texts = {article.number: article.text for article in articles}
    times: list[float] = []
    for query in ("government minister", "पानी", '"state people"', "water OR school"):
        found = index.search(query, limit=LIMIT)
        shown = [texts[hit.id] for hit in found.hits]
        work = partial(show, shown, found.matcher)
        times.extend(cpu_ms(work) for _ in range(ROUNDS))
    print(f"{LIMIT} snippets with all hits of their texts: p50 {statistics.median(times):.2f} ms, p95 "
          f"{percentile(times, 0.95):.2f} ms")  # fmt: skip


def measure_changes(folder: Path, index: SearchIndex, documents: list[IndexDocument]) -> None:
    reader = SearchIndex(folder, "benchmark")
    opening = cpu_ms(lambda: reader.search("=water"))
    changes, looks = [], []
    for document in documents[:10]:
        changes.append(cpu_ms(partial(index.add, [document])))
        looks.append(cpu_ms(lambda: reader.search("=water")))
    print(f"opening the index and the first answer: {opening:.0f} ms")
    print(f"one changed article: {statistics.median(changes):.0f} ms to write, "
          f"{statistics.median(looks):.0f} ms until a reader has searched it")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    options = parser.parse_args()
    articles = list(generate(options.articles))
    documents = [IndexDocument(a.number, a.title, a.text, a.language, a.source, a.date) for a in articles]
    megabytes = sum(len(article.text.encode()) for article in articles) / 1e6
    print(f"{platform.machine()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}: "
          f"{len(articles)} articles, {megabytes:.1f} MB of text")  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "index"
        index, peer = SearchIndex(folder, "benchmark"), Fts5(Path(scratch) / "fts5.db")
        index.open_or_create()
        forget_words()
        theirs = cpu_ms(lambda: peer.add(articles))
        forget_words()
        ours = cpu_ms(lambda: index.add(documents))
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        print(f"indexing, articles a CPU second: Setu {len(articles) / ours * 1e3:.0f}, "
              f"FTS5 {len(articles) / theirs * 1e3:.0f}; index {size / megabytes:.2f} of the text")  # fmt: skip
        measure_queries(index, peer, articles)
        measure_snippets(index, articles)
        measure_changes(folder, index, documents)


if __name__ == "__main__":
    main()
