"""What a reader states lasts: through re-reading, re-import, a new index, and into the next article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktop_app.domain import Correction, CorrectionKind, Entity, EntityName, EntityType
from desktop_app.library import Library
from desktop_app.sharing import CorrectionsUnreadable, export_corrections, read_corrections
from desktop_app.worker import WorkerEvent

Run = Callable[[], Sequence[WorkerEvent]]


@pytest.fixture
def filled(library: Library, reports: Path, run: Run) -> Library:
    library.worker.import_paths([reports])
    library.worker.understand()
    run()
    return library


def named(library: Library, form: str) -> Entity | None:
    """The entity that some article names by *form*."""
    return next((entity for entity in library.entities() if form in entity.aliases), None)


def name(entity: Entity) -> EntityName:
    return EntityName(entity.type, entity.key, entity.en, entity.hi)


def known(library: Library, form: str) -> EntityName:
    entity = named(library, form)
    assert entity is not None
    return name(entity)


def everything_anew(library: Library, reports: Path, run: Run) -> None:
    """Recognise all texts again, build the index again, import the files again."""
    library.worker.reindex(understand=True)
    library.worker.import_paths([reports])
    library.worker.understand()
    run()


def test_a_renamed_entity_stays_renamed(filled: Library, reports: Path, run: Run) -> None:
    finland = known(filled, "Finland")
    wanted = EntityName(finland.type, finland.key, "Republic of Finland", "फिनलैंड गणराज्य")
    filled.worker.correct([Correction(CorrectionKind.RENAME, finland, other=wanted)])
    run()
    assert known(filled, "Finland") == wanted
    everything_anew(filled, reports, run)
    assert known(filled, "Finland") == wanted


def test_not_an_entity_holds_for_the_next_article_too(filled: Library, reports: Path, run: Run) -> None:
    filled.worker.correct([Correction(CorrectionKind.NOT_ENTITY, known(filled, "NATO"), form="NATO")])
    run()
    assert named(filled, "NATO") is None
    assert named(filled, "नाटो") is not None
    (reports / "next.txt").write_text("Sweden waits\n\nSweden still waits for NATO in Brussels.\n", encoding="utf-8")
    everything_anew(filled, reports, run)
    assert named(filled, "NATO") is None
    assert named(filled, "Sweden") is not None


def test_an_added_name_is_marked_everywhere(filled: Library, reports: Path, run: Run) -> None:
    allies = EntityName(EntityType.ORG, None, "the allies", None)
    filled.worker.correct([Correction(CorrectionKind.ADD, allies, form="allies")])
    run()
    assert known(filled, "allies") == allies
    (reports / "next.txt").write_text("Talks\n\nThe 30 allies met again in Brussels.\n", encoding="utf-8")
    everything_anew(filled, reports, run)
    entity = named(filled, "allies")
    assert entity is not None
    assert entity.articles == 2


def test_merged_entities_are_one_until_that_is_undone(filled: Library, reports: Path, run: Run) -> None:
    stoltenberg, niinisto = known(filled, "Jens Stoltenberg"), known(filled, "Sauli Niinisto")
    filled.worker.correct([Correction(CorrectionKind.MERGE, stoltenberg, other=niinisto)])
    run()
    assert known(filled, "Sauli Niinisto") == known(filled, "Jens Stoltenberg") == stoltenberg
    everything_anew(filled, reports, run)
    assert known(filled, "Sauli Niinisto") == stoltenberg
    (stated,) = filled.corrections()
    filled.worker.undo_correction(stated.id)
    run()
    assert known(filled, "Sauli Niinisto") == niinisto
    assert known(filled, "Jens Stoltenberg") == stoltenberg
    assert filled.corrections() == []


def test_a_split_form_is_a_thing_of_its_own(filled: Library, reports: Path, run: Run) -> None:
    kremlin = EntityName(EntityType.LOC, None, "Russia (the team)", None)
    filled.worker.correct([Correction(CorrectionKind.SPLIT, known(filled, "Russia"), other=kremlin, form="Russia")])
    run()
    assert known(filled, "Russia") == kremlin
    everything_anew(filled, reports, run)
    assert known(filled, "Russia") == kremlin


def test_corrections_travel_in_a_file(filled: Library, tmp_path: Path, run: Run) -> None:
    finland = known(filled, "Finland")
    stated = Correction(CorrectionKind.RENAME, finland, other=EntityName(finland.type, finland.key, "Suomi", None))
    filled.worker.correct([stated])
    run()
    export_corrections(filled.corrections(), tmp_path / "team.json")
    (read,) = read_corrections(tmp_path / "team.json")
    assert (read.kind, read.entity, read.other) == (stated.kind, stated.entity, stated.other)
    (tmp_path / "broken.json").write_text('{"format": "setu corrections 1", "corrections": [{}]}', encoding="utf-8")
    with pytest.raises(CorrectionsUnreadable, match="Nothing was changed"):
        read_corrections(tmp_path / "broken.json")
