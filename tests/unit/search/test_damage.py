"""A damaged, foreign or half-written index is refused and built anew; it never crashes or answers wrongly."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from desktop_app.search.errors import IndexDamaged, IndexNotWritten
from desktop_app.search.index import SearchIndex
from tests.unit.search.conftest import CRICKET, DOCUMENTS

QUERIES = ("lavrov", '"संयुक्त राष्ट्र"', "government OR बारिश", "lang:hi date:2024", "source:lamp", "entity:#7", "lav*")


def answers(index: SearchIndex) -> list[tuple[tuple[int, float], ...]]:
    return [tuple((hit.id, hit.score) for hit in index.search(query).hits) for query in QUERIES]


@pytest.fixture
def pristine(tmp_path: Path) -> Path:
    """An index of two segments and a deletion."""
    folder = tmp_path / "pristine"
    index = SearchIndex(folder, "a token")
    index.open_or_create()
    index.add(DOCUMENTS)
    index.add([CRICKET])
    return folder


def flip_byte(path: Path, rng: random.Random) -> None:
    content = bytearray(path.read_bytes())
    if content:
        content[rng.randrange(len(content))] ^= rng.randrange(1, 256)
    path.write_bytes(content)


def cut(path: Path, rng: random.Random) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: rng.randrange(len(content) + 1)])


def zero_block(path: Path, rng: random.Random) -> None:
    content = bytearray(path.read_bytes())
    start = rng.randrange(len(content) + 1)
    content[start : start + 512] = bytes(len(content[start : start + 512]))
    path.write_bytes(content)


def lose(path: Path, _: random.Random) -> None:
    path.unlink()


@pytest.mark.parametrize("damage", [flip_byte, cut, zero_block, lose])
def test_random_damage_is_refused_or_harmless(
    pristine: Path, tmp_path: Path, damage: Callable[[Path, random.Random], None]
) -> None:
    expected = answers(SearchIndex(pristine, "a token"))
    rng = random.Random(11)
    refused = 0
    for round_ in range(40):
        folder = tmp_path / f"copy{round_}"
        shutil.copytree(pristine, folder)
        damage(rng.choice(sorted(path for path in folder.iterdir() if path.stat().st_size)), rng)
        index = SearchIndex(folder, "a token")
        try:
            assert answers(index) == expected
        except IndexDamaged:
            refused += 1
        if index.open_or_create():
            index.add(DOCUMENTS)
            index.add([CRICKET])
        else:
            continue
        assert answers(index) == expected
    assert refused > 30


def test_damage_to_a_posting_list_is_noticed_when_it_is_read(pristine: Path) -> None:
    for postings in pristine.glob("*.pst"):
        postings.write_bytes(bytes(byte ^ 0x55 for byte in postings.read_bytes()))
    index = SearchIndex(pristine, "a token")
    with pytest.raises(IndexDamaged):
        index.search("lavrov")


class Exploit:
    """A pickle that leaves a trace if it is ever read."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return Path.touch, (self.trace,)


def test_a_table_of_contents_from_elsewhere_is_never_unpickled(pristine: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    (toc,) = pristine.glob("*.toc")
    generation = int(toc.stem.rpartition("_")[2])
    toc.unlink()
    TOC(Schema(), [Exploit(trace)], generation).write(FileStorage(str(pristine)), "MAIN")
    index = SearchIndex(pristine, "a token")
    with pytest.raises(IndexDamaged):
        index.search("lavrov")
    assert not trace.exists()
    TOC.read(FileStorage(str(pristine)), "MAIN")
    assert trace.exists(), "the exploit must work where nothing guards"
    assert index.open_or_create() is True


def test_an_index_of_another_library_is_refused(pristine: Path) -> None:
    with pytest.raises(IndexDamaged):
        SearchIndex(pristine, "another token").search("lavrov")
    assert SearchIndex(pristine, "another token").open_or_create() is True


def test_a_missing_index_is_refused_until_it_is_created(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path / "absent", "a token")
    with pytest.raises(IndexDamaged):
        index.search("lavrov")
    assert index.open_or_create() is True
    assert index.search("lavrov").total == 0
    assert index.open_or_create() is False


def test_a_file_in_the_folder_s_place_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("in the way")
    assert SearchIndex(tmp_path / "index", "a token").open_or_create() is True


def test_files_of_an_unfinished_commit_do_no_harm(pristine: Path) -> None:
    (pristine / "MAIN_abcdefgh.trm").write_bytes(b"half a dictionary")
    (pristine / "_MAIN_9.toc.1700000000.1").write_bytes(b"half a table")
    index = SearchIndex(pristine, "a token")
    assert index.search("lavrov").total == 2
    index.add([CRICKET])
    assert not (pristine / "MAIN_abcdefgh.trm").exists()


def test_a_full_disk_leaves_the_index_as_it_was(pristine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.search.codec import FieldWriter

    index = SearchIndex(pristine, "a token")
    expected = answers(index)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(FieldWriter, "add_postings", full)
        with pytest.raises(IndexNotWritten, match="No space left"):
            index.add([CRICKET])
    assert answers(index) == expected
    index.add([CRICKET])
    assert answers(index) == expected
