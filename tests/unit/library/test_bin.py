"""Nothing is lost by removing, updating or importing: the bin, versions, and undoing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktop_app.domain import Correction, CorrectionKind, EntityName, FileReport, ImportStatus
from desktop_app.library import Library
from desktop_app.records import ImportOrder, Source, VersionReason
from desktop_app.shelf import Shelf
from desktop_app.worker import WorkerEvent
from desktop_app.working.importing import Importer

Run = Callable[[], Sequence[WorkerEvent]]
SWEDEN = "Sweden joins NATO\n\nMarch 7, 2024\n\nSweden became the 32nd member.\n"


@pytest.fixture
def filled(library: Library, reports: Path, run: Run) -> Library:
    library.worker.import_paths([reports])
    library.worker.understand()
    run()
    return library


def status_of(events: Sequence[WorkerEvent]) -> list[ImportStatus]:
    return [event.status for event in events if isinstance(event, FileReport)]


def everything(library: Library) -> dict[int, tuple[str, tuple[object, ...], list[int]]]:
    """Each article's text, mentions and partners."""
    return {
        id_: (library.article(id_).text, library.mentions(library.article(id_)), library.partners(id_))
        for id_ in library.article_ids()
    }


def test_a_removed_article_comes_back_as_it_was(filled: Library, run: Run) -> None:
    before = everything(filled)
    entities = {entity.id: entity.en for entity in filled.entities()}
    english, _ = filled.article_ids()
    filled.worker.remove([english])
    run()
    assert english not in filled.article_ids()
    assert english not in {hit.id for hit in filled.search("stoltenberg").hits}
    (row,) = filled.bin.rows()
    assert (row.article, row.title, row.days_left) == (english, "Finland joins NATO as its 31st member", 30)
    filled.worker.restore([english])
    run()
    assert everything(filled) == before
    assert {entity.id: entity.en for entity in filled.entities()} == entities
    assert english in {hit.id for hit in filled.search("stoltenberg").hits}
    assert filled.bin.rows() == []


def test_what_a_reader_stated_of_two_articles_outlives_both_lying_in_the_bin(filled: Library, run: Run) -> None:
    one, other = filled.article_ids()
    filled.worker.relate(one, other, False)
    run()
    assert filled.partners(one) == []
    for ids in ([one], [other]):
        filled.worker.remove(ids)
    for ids in ([one], [other]):
        filled.worker.restore(ids)
    run()
    assert sorted(filled.article_ids()) == sorted([one, other])
    assert filled.partners(one) == []
    filled.worker.relate(one, other, None)
    run()
    assert filled.partners(one) == [other]


def test_a_correction_made_meanwhile_holds_for_what_comes_back(filled: Library, run: Run) -> None:
    english, _ = filled.article_ids()
    nato = next(entity for entity in filled.entities() if "NATO" in entity.aliases)
    filled.worker.remove([english])
    name = EntityName(nato.type, nato.key, nato.en, nato.hi)
    filled.worker.correct([Correction(CorrectionKind.NOT_ENTITY, name, form="NATO")])
    filled.worker.restore([english])
    filled.worker.understand()
    run()
    assert "NATO" not in {mention.text for mention in filled.mentions(filled.article(english))}
    assert "Brussels" in {mention.text for mention in filled.mentions(filled.article(english))}


def test_an_emptied_bin_is_empty(filled: Library, run: Run) -> None:
    ids = filled.article_ids()
    filled.worker.remove(ids)
    filled.worker.empty_bin([ids[0]])
    run()
    assert [row.article for row in filled.bin.rows()] == [ids[1]]
    filled.worker.empty_bin()
    filled.worker.restore(ids)
    run()
    assert filled.bin.rows() == []
    assert filled.article_ids() == []


def test_importing_a_binned_article_takes_it_out_of_the_bin(filled: Library, reports: Path, run: Run) -> None:
    ids = filled.article_ids()
    filled.worker.remove(ids)
    filled.worker.import_paths([reports])
    assert status_of(run()) == [ImportStatus.IMPORTED, ImportStatus.IMPORTED]
    assert sorted(filled.article_ids()) == sorted(ids)
    assert filled.bin.rows() == []


def test_an_undone_import_takes_back_all_it_did(filled: Library, reports: Path, run: Run) -> None:
    before = {id_: filled.article(id_).text for id_ in filled.article_ids()}
    (reports / "finland.en.txt").write_text(SWEDEN, encoding="utf-8")
    (reports / "more.txt").write_text("More news\n\nOne more report came in today.\n", encoding="utf-8")
    filled.worker.import_paths([reports])
    run()
    assert len(filled.article_ids()) == 3
    second, first = filled.imports()
    assert (second.description, second.articles, first.articles) == ("reports", 1, 2)
    filled.worker.undo_import(second.id)
    run()
    assert {id_: filled.article(id_).text for id_ in filled.article_ids()} == before
    assert [row.title for row in filled.bin.rows()] == ["More news"]
    assert [record.id for record in filled.imports()] == [first.id]
    assert filled.search("sweden").hits == ()
    assert len(filled.search("stoltenberg").hits) == 2


def test_undoing_an_import_leaves_what_a_later_one_brought(library: Library, reports: Path, run: Run) -> None:
    path = reports / "finland.en.txt"
    texts = [f"Finland, part {n}\n\nThe report number {n} on Finland.\n" for n in range(3)]
    for text in texts:
        path.write_text(text, encoding="utf-8")
        library.worker.import_paths([path])
        run()
    (article,) = library.article_ids()
    _, middle, _ = library.imports()
    library.worker.undo_import(middle.id)
    run()
    assert "part 2" in library.article(article).text
    assert [version.title for version in library.versions(article)] == ["Finland, part 0"]
    library.worker.undo_import(library.imports()[0].id)
    run()
    assert "part 0" in library.article(article).text
    assert library.versions(article) == []


def test_an_updated_page_keeps_its_history(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf", writing=True)
    importer = Importer(shelf, lambda: ())
    address = "https://example.org/news/7"
    first = b"Finland joins\n\nFinland became a member of NATO on Tuesday, the Secretary-General said in Brussels.\n"
    second = first.replace(b"Finland joins", b"Finland has joined") + b"\nRussia answered.\n"
    found = []
    for number, data in enumerate((first, second, first)):
        order = ImportOrder(str(number), sources=(Source(f"page {number}.txt", data, address),))
        found.extend(status_of([step for steps in importer.run(order) if isinstance(steps, tuple) for step in steps]))
    assert found == [ImportStatus.IMPORTED, ImportStatus.UPDATED, ImportStatus.UPDATED]
    assert [version.title for version in shelf.versions.of(1)] == ["Finland has joined", "Finland joins"]
    assert {version.reason for version in shelf.versions.of(1)} == {VersionReason.UPDATED}
    shelf.close()


def test_a_stated_date_orders_the_list_and_survives_an_update(library: Library, reports: Path, run: Run) -> None:
    undated = reports / "undated.txt"
    undated.write_text("No date\n\nThis report says nothing of when it was written.\n", encoding="utf-8")
    library.worker.import_paths([reports / "finland.en.txt", undated])
    run()
    dated, article = library.article_ids()
    library.state_date(article, dt.date(2024, 2, 29))
    run()
    assert library.article_ids() == [article, dated]
    assert [hit.id for hit in library.search("date:2024-02 report").hits] == [article]
    undated.write_text("A date\n\nMay 1, 2021\n\nThis report says when it was written.\n", encoding="utf-8")
    library.worker.import_paths([undated])
    run()
    assert library.article(article).date == dt.date(2024, 2, 29)
    library.state_date(article, None)
    run()
    assert library.article(article).date == dt.date(2021, 5, 1)
    assert library.article_ids() == [dated, article]


def test_pasted_text_is_an_article(library: Library, run: Run) -> None:
    library.worker.import_text("नई दिल्ली में बैठक\n\nदिल्ली में आज मंत्रियों की बैठक हुई।\n")
    library.worker.import_text("   ")
    assert status_of(run()) == [ImportStatus.IMPORTED, ImportStatus.REFUSED]
    (article,) = library.article_ids()
    assert library.article(article).title == "नई दिल्ली में बैठक"
    assert library.imports()[0].description.startswith("Pasted text")


@pytest.fixture
def binned(tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path / "shelf", writing=True)
    with shelf.database.transaction() as connection:
        connection.execute(
            "INSERT INTO bin (article, binned_at, title, language, sha256, text_sha256, data)"
            " VALUES (1, ?, 'Old', 'en', '', '', '{}')",
            (dt.datetime.now(dt.UTC).isoformat(),),
        )
    return shelf


def shift(shelf: Shelf, days: float) -> int:
    """Let *days* pass; how many entries then expire."""
    with shelf.database.transaction() as connection:
        for column in ("binned_at", "due_at"):
            (value,) = connection.execute(f"SELECT {column} FROM bin").fetchone()
            if value is not None:
                moved = dt.datetime.fromisoformat(value) - dt.timedelta(days=days)
                connection.execute(f"UPDATE bin SET {column} = ?", (moved.isoformat(),))
        return shelf.bin.expire()


def test_the_bin_keeps_an_article_for_its_time(binned: Shelf) -> None:
    assert shift(binned, 29.9) == 0
    assert shift(binned, 0.2) == 0
    assert shift(binned, 1.1) == 1
    binned.close()


def test_a_clock_that_jumps_for_an_hour_empties_no_bin(binned: Shelf) -> None:
    assert shift(binned, 3650) == 0
    assert shift(binned, 0.04) == 0
    assert shift(binned, -3650.04) == 0
    assert binned.bin.rows()[0].days_left == 30
    assert shift(binned, 20) == 0
    assert shift(binned, -4000) == 0
    assert shift(binned, 31) == 0
    assert len(binned.bin.rows()) == 1
    binned.close()
