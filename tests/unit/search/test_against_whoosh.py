"""Asked through Whoosh's own matchers, the same index gives the same articles and the same scores."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from whoosh import query as whoosh_query
from whoosh.index import FileIndex

from desktop_app.domain import Language
from desktop_app.language.lexicon import shipped_lexicon
from desktop_app.search.documents import IndexDocument
from desktop_app.search.index import SearchIndex
from desktop_app.search.planning import Planner
from desktop_app.search.query_language import parse
from desktop_app.search.schema import build_schema
from desktop_app.search.sealed_storage import INDEX_NAME, SealedStorage
from desktop_app.search.snapshot import Snapshot
from desktop_app.search.vocabulary import Vocabulary
from tests.unit.search.naive_search import NaiveSearch

QUERIES = 2_500
ENGLISH = ["water", "minister", "ministers", "govern", "government", "governs", "lavrov", "US", "us", "G20", "rain"]
HINDI = ["पानी", "मंत्री", "मंत्रियों", "सरकार", "लवरोव", "लावरोव", "बारिश", "क्षेत्र", "जी20"]
SOURCES = ["The Daily Lamp", "Harbour Post", None]


def article(rng: random.Random, number: int) -> IndexDocument:
    hindi = rng.random() < 0.5
    words = HINDI if hindi else ENGLISH
    title = " ".join(rng.choices(words, k=rng.randint(1, 5)))
    text = f"{title}\n{' '.join(rng.choices(words, k=rng.randint(2, 40)))}"
    day = dt.date(2024, 1, 1) + dt.timedelta(rng.randrange(300)) if rng.random() < 0.9 else None
    language = Language.HINDI if hindi else Language.ENGLISH
    names = ("Sergey Lavrov",) if rng.random() < 0.2 else ()
    return IndexDocument(number, title, text, language, rng.choice(SOURCES), day, (7,) if names else (), names)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[SearchIndex, FileIndex]:
    """150 short articles in several segments, some replaced, some removed."""
    rng = random.Random(5)
    folder = tmp_path_factory.mktemp("compared") / "index"
    index = SearchIndex(folder, "a token")
    index.open_or_create()
    for start in range(0, 180, 20):
        index.add(article(rng, number % 150) for number in range(start, start + 20))
    index.remove(range(0, 150, 9))
    return index, FileIndex(SealedStorage(folder, "a token"), build_schema(), INDEX_NAME)


def random_query(rng: random.Random, depth: int = 0) -> str:
    """A query in Setu's language: words, their beginnings, phrases, fields, filters, and all ways to join them."""
    words = ENGLISH + HINDI
    make: list[Callable[[], str]] = [
        lambda: rng.choice(words),
        lambda: f"={rng.choice(words)}",
        lambda: f'"{" ".join(rng.choices(rng.choice((ENGLISH, HINDI)), k=rng.randint(2, 3)))}"',
        lambda: f'="{" ".join(rng.choices(rng.choice((ENGLISH, HINDI)), k=2))}"',
        lambda: f"{rng.choice(words)[: rng.randint(1, 3)]}*",
        lambda: f"title:{rng.choice(words)}",
        lambda: rng.choice(("lang:hi", "lang:en")),
        lambda: f"date:2024-0{rng.randint(1, 8)}..2024-09",
        lambda: rng.choice(("source:lamp", 'source:"harbour post"', 'entity:"sergey lavrov"', "entity:lavrov")),
    ]
    if depth > 2 or rng.random() < 0.4:
        return rng.choice(make)()
    left, right = random_query(rng, depth + 1), random_query(rng, depth + 1)
    return rng.choice((f"({left} {right})", f"({left} OR {right})", f"({left} -{right})", f"{left} {right}"))


def test_thousands_of_queries_find_and_score_what_whoosh_s_matchers_do(both: tuple[SearchIndex, FileIndex]) -> None:
    index, whoosh_index = both
    snapshot = Snapshot(whoosh_index)
    planner = Planner(Vocabulary(snapshot.vocabularies(), shipped_lexicon()))
    naive = NaiveSearch(whoosh_index)
    rng = random.Random(6)
    found_something = scored = 0
    for _ in range(QUERIES):
        query = random_query(rng)
        root = parse(query).root
        assert root is not None, query
        expected = naive.search(planner.plan(root))
        found = index.search(query, limit=1_000)
        assert {hit.id: hit.score for hit in found.hits} == pytest.approx(expected, rel=1e-3, abs=2e-4), query
        assert found.total == len(expected)
        assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True), query
        found_something += bool(expected)
        scored += any(expected.values())
    assert found_something > QUERIES / 2
    assert scored > QUERIES / 3


def random_exact_query(rng: random.Random, depth: int = 0) -> tuple[str, whoosh_query.Query]:
    words = [word for word in ENGLISH + HINDI if word.islower() or not word.isascii()]
    kind = rng.choice(["word", "word", "phrase", "and", "or", "not"] if depth < 2 else ["word", "phrase"])
    if kind == "word":
        word = rng.choice(words)
        return f"={word}", whoosh_query.Term("text", word)
    if kind == "phrase":
        phrase = rng.choices(words, k=rng.randint(2, 3))
        return f'="{" ".join(phrase)}"', whoosh_query.Phrase("text", phrase)
    left, left_query = random_exact_query(rng, depth + 1)
    right, right_query = random_exact_query(rng, depth + 1)
    if kind == "and":
        return f"({left} {right})", whoosh_query.And([left_query, right_query])
    if kind == "or":
        return f"({left} OR {right})", whoosh_query.Or([left_query, right_query])
    return f"({left} -{right})", whoosh_query.And([left_query, whoosh_query.Not(right_query)])


def test_whoosh_s_own_queries_find_the_same(both: tuple[SearchIndex, FileIndex]) -> None:
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
            text, query = random_exact_query(rng)
            theirs = {ids[number] for number in searcher.docs_for_query(query)}
            ours = {hit.id for hit in index.search(text, limit=1_000).hits}
            assert ours == theirs, text
            found_something += bool(theirs)
    assert found_something > 200


def test_short_and_long_lists_are_added_up_alike(tmp_path: Path) -> None:
    """What few articles hold is evaluated as lists, what many hold over all articles: with equal results."""
    rng = random.Random(8)
    index = SearchIndex(tmp_path / "index", "a token")
    index.open_or_create()
    few = [replace(article(rng, number), id=number) for number in range(40)]
    rest = (IndexDocument(number, "other", "nothing of this", Language.ENGLISH) for number in range(1_000, 3_000))
    index.add(few)
    alone = {query: index.search(query, limit=100) for query in (random_query(rng, depth=3) for _ in range(300))}
    index.add(rest)
    for query, before in alone.items():
        after = [hit for hit in index.search(query, limit=5_000).hits if hit.id < 1_000]
        assert {hit.id for hit in after} == {hit.id for hit in before.hits}, query
