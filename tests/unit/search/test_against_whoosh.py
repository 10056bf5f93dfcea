"""The same index asked through Whoosh's own matchers gives the same articles."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from whoosh import query as whoosh_query
from whoosh.index import FileIndex

from desktop_app.domain import Language
from desktop_app.search.documents import IndexDocument
from desktop_app.search.index import SearchIndex
from desktop_app.search.schema import build_schema
from desktop_app.search.sealed_storage import INDEX_NAME, SealedStorage

WORDS = ["alpha", "beta", "gamma", "delta", "पानी", "देश", "omega", "क्षेत्र"]


@pytest.fixture
def both(tmp_path: Path) -> tuple[SearchIndex, FileIndex]:
    """120 short articles of eight words in several segments, some replaced, some removed."""
    rng = random.Random(5)
    index = SearchIndex(tmp_path / "index", "a token")
    index.open_or_create()
    article = IndexDocument(0, "", "", Language.ENGLISH)
    for start in range(0, 120, 20):
        index.add(
            replace(article, id=number % 100, text=" ".join(rng.choices(WORDS, k=rng.randint(3, 30))))
            for number in range(start, start + 20)
        )
    index.remove(range(0, 100, 9))
    return index, FileIndex(SealedStorage(tmp_path / "index", "a token"), build_schema(), INDEX_NAME)


def random_query(rng: random.Random, depth: int = 0) -> tuple[str, whoosh_query.Query]:
    kind = rng.choice(["word", "word", "phrase", "and", "or", "not"] if depth < 2 else ["word", "phrase"])
    if kind == "word":
        word = rng.choice(WORDS)
        return f"={word}", whoosh_query.Term("text", word)
    if kind == "phrase":
        words = rng.choices(WORDS, k=rng.randint(2, 3))
        return f'="{" ".join(words)}"', whoosh_query.Phrase("text", words)
    left, left_query = random_query(rng, depth + 1)
    right, right_query = random_query(rng, depth + 1)
    if kind == "and":
        return f"({left} {right})", whoosh_query.And([left_query, right_query])
    if kind == "or":
        return f"({left} OR {right})", whoosh_query.Or([left_query, right_query])
    return f"({left} -{right})", whoosh_query.And([left_query, whoosh_query.Not(right_query)])


def test_whoosh_s_own_matchers_agree(both: tuple[SearchIndex, FileIndex]) -> None:
    index, whoosh_index = both
    rng = random.Random(6)
    found_something = 0
    with whoosh_index.searcher() as searcher:
        ids = [
            leaf.column_reader("id")[number]
            for leaf, _ in searcher.reader().leaf_readers()
            for number in range(leaf.doc_count_all())
        ]
        for _ in range(400):
            text, query = random_query(rng)
            theirs = {ids[number] for number in searcher.docs_for_query(query)}
            ours = {hit.id for hit in index.search(text, limit=1_000).hits}
            assert ours == theirs, text
            found_something += bool(theirs)
    assert found_something > 200
