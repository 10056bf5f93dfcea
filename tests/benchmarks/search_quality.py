"""What of a bilingual reader's wishes the search finds: recall@10 and R-precision over judged queries.

    python -m tests.benchmarks.search_quality [--queries FILE --texts FOLDER ...] [--costs] [--misses]

Every line of a query file is `{"query", "class", "relevant": ["folder/en", …]}`. Precision at R is measured among the
first R hits, R being the number of relevant articles; recall among the first ten, of at most ten. Both states of a
library are measured: stored and indexed only, and understood. SQLite's FTS5 (unicode61) answers beside it: the same
words, AND, OR, NOT, phrases, titles and filters, on the same texts. `--costs` switches each kind of expansion off, and
each on alone. `--misses` lists the queries that fall short.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain import Article, FileReport, SearchOptions
from desktop_app.library import Library
from desktop_app.search.expansion import ALL_KINDS, AlternativeKind
from desktop_app.search.query_language import parse
from desktop_app.search.query_tree import AllOf, AnyOf, DateWithin, LanguageIs, Node, Not, SourceIs, Term
from desktop_app.searching import Searching
from desktop_app.shelf import Shelf

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
DEFAULT_SETS = (
    (ROOT / "tests/data/queries/comparable.jsonl", (SHARED / "comparable",)),
    (ROOT / "tests/data/queries/held_out.jsonl", (ROOT / "tests/data/comparable", ROOT / "resources/samples")),
    (ROOT / "tests/data/queries/newsroom.jsonl", (ROOT / "tests/data/newsroom",)),
)
FIRST = 10
_TEXT_NAME = re.compile(r"(?:(.+)\.)?(en|hi)\.(?:txt|html)")

Answers = Callable[[str], Sequence[str]]
"""From a query to the names of the articles found, best first."""


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    query: str
    kind: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one query: recall among the first ten, precision among the first R."""

    recall: float
    precision: float


def read_queries(path: Path) -> list[JudgedQuery]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [JudgedQuery(row["query"], row["class"], frozenset(row["relevant"])) for row in rows]


def text_names(folders: Iterable[Path]) -> dict[str, str]:
    """Path of each text → its name in the query files: `story/en`, from `story/en.txt` or `story.en.txt`."""
    names: dict[str, str] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            found = _TEXT_NAME.fullmatch(path.name)
            if found is not None:
                names[str(path.resolve())] = f"{found[1] or path.parent.name}/{found[2]}"
    return names


def figures(query: JudgedQuery, found: Sequence[str]) -> Figures:
    wanted = len(query.relevant)
    hits = len(query.relevant.intersection(found[:FIRST]))
    return Figures(hits / min(wanted, FIRST), len(query.relevant.intersection(found[:wanted])) / wanted)


def measure(queries: Sequence[JudgedQuery], answer: Answers) -> list[Figures]:
    return [figures(query, answer(query.query)) for query in queries]


def mean(values: Sequence[Figures]) -> Figures:
    return Figures(sum(v.recall for v in values) / len(values), sum(v.precision for v in values) / len(values))


class Fts5:
    """The peer, with titles as a second column and filters in SQL."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._names = list(articles)
        self._db = sqlite3.connect(":memory:")
        self._db.executescript(
            "CREATE TABLE article (id INTEGER PRIMARY KEY, language TEXT, date TEXT, source TEXT);"
            "CREATE VIRTUAL TABLE ft USING fts5 (title, body, tokenize='unicode61');"
        )
        for number, article in enumerate(articles.values()):
            row = (number, article.language.value, article.date and article.date.isoformat(), article.source)
            self._db.execute("INSERT INTO article VALUES (?,?,?,?)", row)
            self._db.execute(
                "INSERT INTO ft (rowid, title, body) VALUES (?,?,?)", (number, article.title, article.text)
            )

    def answer(self, text: str) -> list[str]:
        where: list[str] = []
        match = self._match(parse(text).root, where)
        if not match and not where:
            return []
        if match:
            where.insert(0, f"ft MATCH {_quoted(match)}")
        order = "rank" if match else "date DESC"
        rows = self._db.execute(
            f"SELECT id FROM ft JOIN article ON id = ft.rowid WHERE {' AND '.join(where)} ORDER BY {order}"
        )
        return [self._names[row[0]] for row in rows]

    def _match(self, node: Node | None, where: list[str]) -> str:
        """*node* in FTS5's language; what is a filter goes to *where*. It knows nothing of entities."""
        match node:
            case Term():
                phrase = '"' + " ".join(node.words) + '"' + ("*" if node.prefix else "")
                return f"title : {phrase}" if node.title else phrase
            case AllOf(nodes):
                wanted = [self._match(part, where) for part in nodes if not isinstance(part, Not)]
                refused = [self._match(part.node, where) for part in nodes if isinstance(part, Not)]
                joined = " AND ".join(f"({part})" for part in wanted if part)
                return joined + "".join(f" NOT ({part})" for part in refused if part) if joined else ""
            case AnyOf(nodes):
                return " OR ".join(f"({part})" for part in (self._match(part, where) for part in nodes) if part)
            case LanguageIs(language):
                where.append(f"language = '{language.value}'")
            case SourceIs(words):
                where.append(f"source LIKE {_quoted('%' + ' '.join(words) + '%')}")
            case DateWithin(first, last):
                where.extend([f"date >= '{first}'"] if first else [])
                where.extend([f"date <= '{last}'"] if last else [])
        return ""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def import_texts(library: Library, names: Mapping[str, str]) -> dict[int, str]:
    """Store and index the texts; article id → name."""
    library.worker.import_paths(list(names))
    reports = [event for event in library.worker.events() if isinstance(event, FileReport)]
    return {report.article: names[report.path] for report in reports if report.article is not None}


def understand(library: Library) -> None:
    library.worker.understand()
    for _ in library.worker.events():
        pass


def print_figures(title: str, queries: Sequence[JudgedQuery], columns: Mapping[str, Sequence[Figures]]) -> None:
    print(f"\n{title:14}" + "".join(f"{name:>24}" for name in columns))
    print(f"{'':14}" + f"{'recall@10':>13}{'R-prec.':>11}" * len(columns))
    by_kind: defaultdict[str, list[int]] = defaultdict(list)
    for number, query in enumerate(queries):
        by_kind[query.kind].append(number)
    by_kind["all"] = list(range(len(queries)))
    for kind, numbers in by_kind.items():
        means = [mean([measured[number] for number in numbers]) for measured in columns.values()]
        row = "".join(f"{found.recall:13.3f}{found.precision:11.3f}" for found in means)
        print(f"{kind:11}{len(numbers):3}{row}")


def print_misses(queries: Sequence[JudgedQuery], answer: Answers) -> None:
    for query in queries:
        found = list(answer(query.query))
        short = figures(query, found)
        if short.recall < 1 or short.precision < 1:
            marked = [("+" if name in query.relevant else "-") + name for name in found[:FIRST]]
            missing = sorted(query.relevant.difference(found[:FIRST]))
            print(
                f"  {query.query!r} {short.precision:.2f}: {' '.join(marked)}"
                + (f"; not: {missing}" if missing else "")
            )


def print_costs(queries: Sequence[JudgedQuery], answer_by: Callable[[frozenset[AlternativeKind]], Answers]) -> None:
    """What each kind of expansion gains and costs: without it, and with nothing but it."""
    plain = frozenset((AlternativeKind.FORM,))
    whole, bare = mean(measure(queries, answer_by(ALL_KINDS))), mean(measure(queries, answer_by(plain)))
    print(f"\n{'expansion':14}{'all but this':>24}{'only this':>24}")
    print(f"{'':14}" + f"{'recall@10':>13}{'R-prec.':>11}" * 2)
    print(f"{'(all; none)':14}{whole.recall:13.3f}{whole.precision:11.3f}{bare.recall:13.3f}{bare.precision:11.3f}")
    for kind in AlternativeKind:
        if kind in (AlternativeKind.FORM, AlternativeKind.COMPLETION):
            continue  # What is typed is always looked for, and completed only while it is typed.
        without = mean(measure(queries, answer_by(ALL_KINDS - {kind})))
        alone = mean(measure(queries, answer_by(plain | {kind})))
        print(
            f"{kind.value:14}{without.recall - whole.recall:+13.3f}{without.precision - whole.precision:+11.3f}"
            f"{alone.recall - bare.recall:+13.3f}{alone.precision - bare.precision:+11.3f}"
        )


def measure_set(path: Path, folders: Sequence[Path], options: argparse.Namespace) -> None:
    queries, names = read_queries(path), text_names(folders)
    with tempfile.TemporaryDirectory(prefix="setu-") as folder, Library(Path(folder), writing=True) as library:
        known = import_texts(library, names)
        peer = Fts5({known[id_]: library.article(id_) for id_ in known})

        def answer(query: str) -> list[str]:
            return [known[hit.id] for hit in library.search(query).hits]

        columns = {"FTS5": measure(queries, peer.answer), "indexed": measure(queries, answer)}
        if options.misses:
            print("indexed only:")
            print_misses(queries, answer)
        understand(library)
        columns["understood"] = measure(queries, answer)
        if options.misses:
            print("understood:")
            print_misses(queries, answer)
        print_figures(path.stem, queries, columns)
        if options.costs:
            shelf = Shelf(Path(folder), writing=False)
            searching = Searching(shelf)

            def answer_by(kinds: frozenset[AlternativeKind]) -> Answers:
                def ask(query: str) -> list[str]:
                    found = searching.search(
                        query, limit=FIRST, request=0, as_you_type=False, options=SearchOptions(), kinds=kinds
                    )
                    return [known[hit.id] for hit in found.hits]

                return ask

            print_costs(queries, answer_by)
            shelf.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--texts", type=Path, nargs="+")
    parser.add_argument("--costs", action="store_true")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    sets = ((options.queries, tuple(options.texts)),) if options.queries and options.texts else DEFAULT_SETS
    for path, folders in sets:
        missing = [folder for folder in folders if not folder.is_dir()]
        if missing:
            print(f"{path.stem}: no folder {missing[0]}", file=sys.stderr)
            continue
        measure_set(path, folders, options)


if __name__ == "__main__":
    main()
