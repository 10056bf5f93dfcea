"""One process writes while others read."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.search.errors import IndexBusy
from desktop_app.search.index import SearchIndex
from tests.unit.search.conftest import CRICKET

ROUNDS = 25


def write(folder: Path) -> None:
    index = SearchIndex(folder, "a token")
    for number in range(ROUNDS):
        index.add(
            [replace(CRICKET, id=100 + number, text=f"rain number{number}"), replace(CRICKET, text=f"moving {number}")]
        )


def write_and_die(folder: Path) -> None:
    from desktop_app.search.codec import FieldWriter

    index = SearchIndex(folder, "a token")
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(FieldWriter, "close", lambda _: os._exit(9))
    index.add([replace(CRICKET, id=200)])


def test_a_reader_sees_each_commit_whole_while_another_process_writes(index: SearchIndex, tmp_path: Path) -> None:
    reader = SearchIndex(tmp_path / "index", "a token")
    assert reader.search("=rain").total == 0
    writer = multiprocessing.get_context("spawn").Process(target=write, args=(tmp_path / "index",))
    writer.start()
    seen = [0]
    while writer.is_alive():
        moving = reader.search("lang:en -lavrov -=rain").total
        assert moving == 1
        seen.append(reader.search("=rain").total)
    writer.join()
    assert writer.exitcode == 0
    assert reader.search("=rain").total == ROUNDS
    assert seen == sorted(seen)


def test_a_writer_that_dies_leaves_the_last_commit(index: SearchIndex, tmp_path: Path) -> None:
    writer = multiprocessing.get_context("spawn").Process(target=write_and_die, args=(tmp_path / "index",))
    writer.start()
    writer.join()
    assert writer.exitcode == 9
    again = SearchIndex(tmp_path / "index", "a token")
    assert again.open_or_create() is False
    assert again.document_ids() == {1, 2, 3, 4}
    again.add([replace(CRICKET, id=5)])
    assert again.document_ids() == {1, 2, 3, 4, 5}


def test_two_writers_at_once_are_refused(index: SearchIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.search.index.LOCK_TIMEOUT_S", 0.2)
    other = SearchIndex(tmp_path / "index", "a token")
    with index._writer(), pytest.raises(IndexBusy):
        other.add([CRICKET])


def test_many_threads_may_search_at_once_while_commits_happen(index: SearchIndex, tmp_path: Path) -> None:
    reader = SearchIndex(tmp_path / "index", "a token")

    def search(_: int) -> set[int]:
        return {reader.search("lavrov").total for _ in range(60)}

    with ThreadPoolExecutor(4) as pool:
        counts = pool.map(search, range(4))
        for number in range(8):
            index.add([replace(CRICKET, id=300 + number)])
        assert list(counts) == [{2}] * 4


def test_a_commit_is_seen_although_the_folder_had_long_been_at_rest(index: SearchIndex, tmp_path: Path) -> None:
    reader = SearchIndex(tmp_path / "index", "a token")
    for number in range(3):
        long_ago = 1_700_000_000 + number
        os.utime(tmp_path / "index", (long_ago, long_ago))
        assert reader.search("=rain").total == number
        index.add([replace(CRICKET, id=400 + number, text="rain")])
    assert reader.search("=rain").total == 3
