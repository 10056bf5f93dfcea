"""The one door: reading side by side, searching, and what survives damage."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktop_app.errors import NothingFound
from desktop_app.inspection import inspect, repair
from desktop_app.library import Library
from desktop_app.sharing import export_articles
from desktop_app.storage.errors import LibraryBusy
from desktop_app.worker import WorkerEvent

Run = Callable[[], Sequence[WorkerEvent]]


@pytest.fixture
def filled(library: Library, reports: Path, run: Run) -> Library:
    library.worker.import_paths([reports])
    library.worker.understand()
    run()
    return library


def test_two_reports_of_one_event_open_side_by_side(filled: Library) -> None:
    for id_ in filled.article_ids():
        pair = filled.pair_for(id_)
        assert pair.en is not None
        assert pair.hi is not None
    (story,) = filled.stories()
    assert set(story.articles) == set(filled.article_ids())


def test_names_in_both_scripts_are_one_entity(filled: Library) -> None:
    pair = filled.pair_for(filled.article_ids()[0])
    assert pair.en is not None
    assert pair.hi is not None
    named = {mention.text: mention.entity for article in (pair.en, pair.hi) for mention in filled.mentions(article)}
    assert named["NATO"] == named["नाटो"]
    assert named["Finland"] == named["फिनलैंड"]
    assert named["Jens Stoltenberg"] == named["जेन्स स्टोल्टेनबर्ग"]
    counts = filled.entity_counts([pair.en.id, pair.hi.id])[named["NATO"]]
    assert set(counts) == {"en", "hi"}


def test_a_search_in_either_script_finds_both(filled: Library) -> None:
    for query in ("stoltenberg", "स्टोल्टेनबर्ग"):
        answer = filled.search(query)
        assert {hit.language for hit in answer.hits} == {"en", "hi"}
    hit = filled.search('"नाटो का 31वां"').hits[0]
    assert [hit.snippet[span.start : span.end] for span in hit.spans] == ["नाटो का 31वां"]
    assert filled.search("अनुपस्थित").message


def test_the_index_can_be_deleted_at_any_time(filled: Library, tmp_path: Path, run: Run) -> None:
    shutil.rmtree(tmp_path / "cache" / "setu" / "index")
    assert inspect(filled.folder)
    filled.worker.index()
    run()
    assert inspect(filled.folder) == []
    assert filled.search("stoltenberg").total == 2


def test_repair_builds_everything_anew_and_keeps_entity_numbers(filled: Library) -> None:
    before = {entity.en: entity.id for entity in filled.entities()}
    assert list(repair(filled))
    assert {entity.en: entity.id for entity in filled.entities()} == before
    assert inspect(filled.folder) == []


def test_a_second_writer_is_told_to_wait(filled: Library) -> None:
    with pytest.raises(LibraryBusy):
        Library(filled.folder, writing=True)
    with Library(filled.folder) as reader:
        assert reader.article_ids() == filled.article_ids()


def test_what_is_not_there_is_said_in_a_sentence(filled: Library) -> None:
    with pytest.raises(NothingFound, match="no article 99"):
        filled.article(99)
    with pytest.raises(NothingFound, match="no entity 99"):
        filled.entity(99)


def test_export_writes_each_text_unchanged(filled: Library, tmp_path: Path) -> None:
    assert export_articles(filled, tmp_path / "out") == 2
    texts = {path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("*.txt")}
    assert texts == {filled.article(id_).text for id_ in filled.article_ids()}


def test_a_removed_article_is_gone_everywhere_but_on_the_disk(filled: Library, reports: Path, run: Run) -> None:
    english, hindi = filled.article_ids()
    filled.worker.remove([english])
    run()
    assert filled.article_ids() == [hindi]
    assert filled.stories() == []
    assert [hit.id for hit in filled.search("stoltenberg").hits] == [hindi]
    assert {entity.articles for entity in filled.entities()} == {1}
    assert inspect(filled.folder) == []
    assert (reports / "finland.en.txt").exists()
