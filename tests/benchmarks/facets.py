"""What counting all hits by language, source, month and entity adds to a search.

Run: `python tests/benchmarks/facets.py --articles 50000`. Articles name some 20 of 8,000 entities each, a few of
them very often. Times are CPU milliseconds of this process; searches with and without counting take turns.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_app.search.documents import IndexDocument
from desktop_app.search.index import SearchIndex
from tests.benchmarks.corpus import generate

ENTITIES, NAMED, ROUNDS = 8_000, 20, 25
QUERIES = ("lang:en OR lang:hi", "government", "title:water", "gov*")


def documents(count: int) -> Iterator[IndexDocument]:
    choice = random.Random(1)
    for number, article in enumerate(generate(count), 1):
        named = {int(choice.paretovariate(0.6)) % ENTITIES for _ in range(NAMED)}
        names = tuple(f"Name {entity}" for entity in named)
        yield IndexDocument(
            number, article.title, article.text, article.language, article.source, article.date, tuple(named), names
        )


def cpu_ms(call: Callable[[], object]) -> float:
    begin = time.process_time()
    call()
    return (time.process_time() - begin) * 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = SearchIndex(Path(folder) / "index", "a benchmark")
        index.open_or_create()
        index.add(documents(options.articles))
        index.search("government")
        print(f"{options.articles:,} articles; first counting {cpu_ms(lambda: count(index, 'government')):.1f} ms")
        index.add(documents(1))
        index.search("government")
        print(f"first counting after a commit of one article {cpu_ms(lambda: count(index, 'government')):.1f} ms")
        print(f"{'query':22}{'hits':>8}{'search':>9}{'with facets':>13}{'facets':>8}")
        for query in QUERIES:
            plain, counted = [], []
            for _ in range(ROUNDS):
                plain.append(cpu_ms(partial(index.search, query, limit=100)))
                counted.append(cpu_ms(partial(count, index, query)))
            without, with_them = statistics.median(plain), statistics.median(counted)
            hits = index.search(query).total
            print(f"{query:22}{hits:8,}{without:9.2f}{with_them:13.2f}{with_them - without:8.2f}")


def count(index: SearchIndex, query: str) -> object:
    return index.search(query, limit=100, with_facets=True)


if __name__ == "__main__":
    main()
