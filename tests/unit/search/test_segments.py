"""Segments: what is written is what is read, damage is noticed, merging changes no answer and blocks nobody."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.search.errors import IndexDamaged
from desktop_app.search.index import SearchIndex
from desktop_app.search.keeping import Keeper
from desktop_app.search.merging import MOST_AT_ONCE
from desktop_app.search.segment_file import PAGE, SegmentFile, SegmentFileWriter, narrow
from desktop_app.search.snapshot import Snapshot
from desktop_app.search.terms_file import FieldTerms, orders_of, put_terms
from tests.unit.search.conftest import CRICKET, DOCUMENTS
from tests.unit.search.test_against_whoosh import article, random_query

WORDS = st.text(st.sampled_from("abcकखग"), min_size=1, max_size=5)


def written(folder: Path, blocks: list[np.ndarray]) -> SegmentFile:
    head, stream = folder / "head", folder / "stream"
    writer = SegmentFileWriter(head.open("wb"), stream.open("wb"))
    for number, block in enumerate(blocks):
        writer.put(str(number), block)
    writer.close()
    return SegmentFile(str(head), str(stream))


@given(blocks=st.lists(st.lists(st.integers(0, 1 << 40), max_size=2_000), min_size=1, max_size=6))
def test_numbers_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[list[int]]
) -> None:
    file = written(tmp_path_factory.mktemp("file"), [narrow(np.array(block, np.int64)) for block in blocks])
    for number, block in enumerate(blocks):
        assert file.block(str(number)).tolist() == block


def test_a_changed_byte_is_noticed_wherever_it_is(tmp_path: Path) -> None:
    block = np.arange(3 * PAGE, dtype="<u2")
    written(tmp_path, [block])
    stream = tmp_path / "stream"
    content = stream.read_bytes()
    for at in (0, 1, PAGE - 1, PAGE, len(content) // 2, len(content) - 1):
        stream.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with pytest.raises(IndexDamaged):
            SegmentFile(str(tmp_path / "head"), str(stream)).block("0")
    stream.write_bytes(content[:-1])
    with pytest.raises(IndexDamaged):
        SegmentFile(str(tmp_path / "head"), str(stream)).block("0")


@given(words=st.sets(WORDS, min_size=1, max_size=300), asked=st.lists(WORDS, max_size=20))
def test_a_dictionary_finds_its_words_and_no_others(
    tmp_path_factory: pytest.TempPathFactory, words: set[str], asked: list[str]
) -> None:
    terms = sorted(words)
    counts = np.arange(1, len(terms) + 1)
    folder = tmp_path_factory.mktemp("dictionary")
    writer = SegmentFileWriter((folder / "head").open("wb"), (folder / "stream").open("wb"))
    put_terms(writer, "text", terms, counts, counts, orders_of(terms))
    writer.close()
    read = FieldTerms(SegmentFile(str(folder / "head"), str(folder / "stream")), "text")
    assert list(read.terms) == terms
    for word in (*asked, *terms):
        entry = read.find(word)
        assert (entry is not None) == (word in words)
        if entry is not None:
            assert (read.terms[entry.place], entry.documents) == (word, entry.place + 1)
        places = read.beginning_with(word)
        assert list(read.terms[places.start : places.stop]) == [term for term in terms if term.startswith(word)]


def _made(key: int, size: int) -> tuple[str, int]:
    return f"{key}", size


def segments(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("*.pst")}


def contents(index: SearchIndex) -> dict[tuple[str, str], list[tuple[int, int, tuple[int, ...]]]]:
    """Every posting of articles that are not deleted: field and term → article, marked count, positions."""
    snapshot: Snapshot = index._view().snapshot
    found: dict[tuple[str, str], list[tuple[int, int, tuple[int, ...]]]] = {}
    for field in ("text", "source", "entity"):
        for term, _ in snapshot.documents_with(field, ""):
            postings = snapshot.postings(field, term)
            assert postings is not None
            starts, positions = snapshot.positions(field, term, postings)
            places = np.split(positions, starts[1:])
            rows = zip(postings.documents.tolist(), postings.marked_counts.tolist(), places, strict=True)
            held = [
                (int(snapshot.ids[number]), count, tuple(where.tolist()))
                for number, count, where in rows
                if snapshot.live[number]
            ]
            if held:
                found[field, term] = sorted(held)
    return found


def test_merging_keeps_every_posting_and_drops_what_was_deleted(tmp_path: Path) -> None:
    rng = random.Random(3)
    index, at_once = SearchIndex(tmp_path / "many", "a token"), SearchIndex(tmp_path / "one", "a token")
    articles = {}
    index.open_or_create()
    for _ in range(6):
        batch = [article(rng, rng.randrange(200)) for _ in range(40)]
        index.add(batch)
        articles.update({one.id: one for one in batch})
    index.remove(range(0, 200, 7))
    kept = [one for number, one in articles.items() if number % 7]
    at_once.open_or_create()
    at_once.add(kept)
    expected = contents(at_once)
    assert contents(index) == expected
    while index.merge_when_idle():
        pass
    assert contents(index) == expected
    assert len(segments(tmp_path / "many")) == 1
    assert index._view().snapshot.size == len(kept)
    vocabulary, other = (one._view().vocabulary for one in (index, at_once))
    for word in ("lavrov", "लवरोव", "minister", "मंत्री"):
        assert vocabulary.inflections(word) == other.inflections(word)
        assert vocabulary.other_script(word) == other.other_script(word)


def test_merging_changes_no_answer(tmp_path: Path) -> None:
    rng = random.Random(4)
    index = SearchIndex(tmp_path / "index", "a token")
    index.open_or_create()
    for start in range(0, 60, 12):
        index.add(article(rng, number) for number in range(start, start + 12))
    queries = [random_query(rng) for _ in range(100)]
    before = [index.search(query, limit=100).hits for query in queries]
    assert index.merge_when_idle()
    assert [index.search(query, limit=100).hits for query in queries] == before


def test_one_changed_article_leaves_large_segments_as_they_are(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path / "index", "a token")
    index.open_or_create()
    for start in range(0, 5 * (MOST_AT_ONCE + 1), MOST_AT_ONCE + 1):
        index._write(
            (), [replace(CRICKET, id=number, text="rain") for number in range(start, start + MOST_AT_ONCE + 1)]
        )
    while index.merge_when_idle():
        pass
    (large,) = segments(tmp_path / "index")
    for number in range(30):
        index.add([replace(CRICKET, id=number, text="sunshine")])
        assert large in segments(tmp_path / "index")
    assert len(segments(tmp_path / "index")) < 12
    assert index.search("=rain").total == 5 * (MOST_AT_ONCE + 1) - 30
    assert index.search("=sunshine").total == 30


def test_a_search_goes_on_while_another_index_merges(tmp_path: Path) -> None:
    writer, reader = SearchIndex(tmp_path / "index", "a token"), SearchIndex(tmp_path / "index", "a token")
    writer.open_or_create()
    writer.add(DOCUMENTS)
    writer.add([CRICKET])
    assert reader.search("lavrov").total == 2
    view = reader._view()
    assert writer.merge_when_idle()
    assert view.snapshot.postings("text", "minister") is not None
    assert reader.search("lavrov").total == 2


def test_nothing_to_merge_is_no_commit(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path / "index", "a token")
    index.open_or_create()
    index.add(DOCUMENTS)
    stamp = index._view().stamp
    assert not index.merge_when_idle()
    assert index._view().stamp == stamp


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 400)), max_size=60), st.integers(100, 2_000))
def test_what_is_kept_is_bounded_and_right(asked: list[tuple[int, int]], most: int) -> None:
    keeper = Keeper(most)
    for key, size in asked:
        assert keeper.get(key, partial(_made, key, size)) == f"{key}"
        assert keeper._held == sum(held for _, held in keeper._kept.values())
        assert keeper._held <= most or len(keeper._kept) == 1
