"""What is damaged is told: pages of the closed file, articles, the file as a whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop_app.domain import ExtractedArticle, Language, Sentence
from desktop_app.shelf import Shelf
from desktop_app.storage.connections import FILE_NAME
from desktop_app.storage.database import Database
from desktop_app.storage.errors import LibraryDamaged, LibraryReadOnly, LibraryUnreadable
from desktop_app.storage.page_digests import PAGES_NAME, PageDigests
from desktop_app.storage.sealing import broken_seals

TEXT = "दिल्ली में बैठक 😀। Lavrov met Guterres."


def filled(folder: Path) -> Shelf:
    shelf = Shelf(folder, writing=True)
    article = ExtractedArticle(TEXT, "A title", False, None, "ANI", Language.HINDI, (Sentence(0, len(TEXT)),))
    with shelf.database.transaction():
        shelf.articles.add(article, path="/a.txt", sha256="a")
    return shelf


def test_every_flipped_bit_of_the_closed_file_is_told(tmp_path: Path) -> None:
    shelf = filled(tmp_path)
    shelf.database.settle()
    path = tmp_path / FILE_NAME
    pristine = path.read_bytes()
    assert PageDigests(tmp_path).damaged_pages() == []
    for at in range(3, len(pristine), len(pristine) // 50):
        content = bytearray(pristine)
        content[at] ^= 4
        path.write_bytes(content)
        assert PageDigests(tmp_path).damaged_pages() == [at // 4096 + 1]
    path.write_bytes(pristine[:-4096])
    assert PageDigests(tmp_path).damaged_pages() == [len(pristine) // 4096]


def test_who_did_not_end_properly_is_told(tmp_path: Path) -> None:
    shelf = filled(tmp_path)
    shelf.close()
    assert Database(tmp_path, writing=True).left_unclean
    Database(tmp_path, writing=True).settle()
    again = Database(tmp_path, writing=True)
    assert not again.left_unclean
    with again.transaction():
        assert not (tmp_path / PAGES_NAME).exists()
    again.close()
    assert Database(tmp_path, writing=True).left_unclean


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE articles SET title = 'Another title'",
        "UPDATE articles SET text = replace(text, 'Lavrov', 'Lavrow')",
        "UPDATE articles SET source = NULL",
        "UPDATE sentences SET end = end - 1",
    ],
)
def test_an_article_changed_behind_the_program_s_back_is_told(tmp_path: Path, change: str) -> None:
    shelf = filled(tmp_path)
    connection = shelf.database.connection()
    assert list(broken_seals(connection)) == []
    connection.execute("DROP TRIGGER articles_changed")
    connection.execute(change)
    assert list(broken_seals(connection)) == [1]
    article = shelf.articles.article(1)
    assert article is not None
    assert not shelf.is_intact(article)
    shelf.close()


def test_a_change_by_the_program_is_sealed_anew(tmp_path: Path) -> None:
    shelf = filled(tmp_path)
    with shelf.database.transaction() as connection:
        connection.execute("UPDATE articles SET title = 'Another title'")
    assert list(broken_seals(shelf.database.connection())) == []
    with shelf.database.transaction():
        shelf.articles.remove([1])
    assert shelf.database.connection().execute("SELECT count(*) FROM seals").fetchone()[0] == 0
    shelf.close()


def test_a_text_that_is_no_utf_8_any_more_is_shown_as_far_as_it_goes(tmp_path: Path) -> None:
    shelf = filled(tmp_path)
    shelf.database.connection().execute("UPDATE articles SET title = CAST(x'41ff42' AS TEXT)")
    (row,) = shelf.articles.rows([1])
    assert row.title == "A\ufffdB"
    shelf.close()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"Dear diary" * 100, "not a database"), (None, "is missing, though there are backups")],
)
def test_a_library_that_is_none_is_refused_and_not_touched(tmp_path: Path, content: bytes | None, words: str) -> None:
    shelf = filled(tmp_path)
    shelf.close()
    path = tmp_path / FILE_NAME
    if content is None:
        path.unlink()
        (tmp_path / "backups").mkdir()
        (tmp_path / "backups" / "daily-0001-2026-03-02.sqlite3").write_bytes(b"")
    else:
        path.write_bytes(content)
    with pytest.raises(LibraryDamaged, match=words):
        Database(tmp_path, writing=True)
    assert (path.read_bytes() if path.exists() else None) == content


def test_a_file_cut_off_is_told_at_opening(tmp_path: Path) -> None:
    filled(tmp_path).database.settle()
    os.truncate(tmp_path / FILE_NAME, 8192)
    with pytest.raises(LibraryDamaged, match="cut off"):
        Database(tmp_path, writing=False)


def test_a_folder_in_the_file_s_place_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(LibraryUnreadable, match="a folder lies in its place"):
        Database(tmp_path, writing=True)


def test_a_file_marked_read_only_is_read_with_its_log_and_left_alone(tmp_path: Path) -> None:
    shelf = filled(tmp_path)
    # Open, so that the article lies in the log alone.
    names = (FILE_NAME, f"{FILE_NAME}-wal")
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in names:
        (copy / name).write_bytes((tmp_path / name).read_bytes())
    shelf.close()
    (copy / FILE_NAME).chmod(0o444)
    reader = Shelf(copy, writing=False)
    assert reader.articles.count() == 1
    with pytest.raises(LibraryReadOnly), reader.database.transaction():
        pass
    reader.close()
    assert sorted(path.name for path in copy.iterdir()) == sorted(names)
    with pytest.raises(LibraryReadOnly, match="only be read"):
        Database(copy, writing=True)
