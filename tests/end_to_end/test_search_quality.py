from __future__ import annotations

from pathlib import Path

from desktop_app.library import Library
from tests.benchmarks.search_quality import import_texts, mean, measure, read_queries, text_names

DATA = Path(__file__).resolve().parents[1] / "data"


def test_a_bilingual_readers_queries_find_what_was_meant_as_soon_as_articles_are_indexed(tmp_path: Path) -> None:
    queries = read_queries(DATA / "queries" / "newsroom.jsonl")
    with Library(tmp_path, writing=True) as library:
        known = import_texts(library, text_names([DATA / "newsroom"]))
        found = mean(measure(queries, lambda query: [known[hit.id] for hit in library.search(query).hits]))
    assert len(known) == 20
    assert found.recall >= 0.95
    assert found.precision >= 0.90
