"""A phrase in other words finds what means the same, in both languages, once articles are understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktop_app.domain import HitKind, SearchOptions
from desktop_app.language.encoder import TextEncoder
from desktop_app.library import Library
from desktop_app.worker import WorkerEvent

SAMPLES = Path(__file__).resolve().parents[3] / "resources" / "samples"
STORIES = ("nobel-peace-2014", "nepal-earthquake")
PHRASE = "youngsters freed from slavery"

pytestmark = pytest.mark.skipif(not TextEncoder.available(), reason="the encoder is not installed")


@pytest.fixture
def understood(library: Library, run: Callable[[], Sequence[WorkerEvent]]) -> Library:
    library.worker.import_paths([str(SAMPLES / f"{story}.{code}.txt") for story in STORIES for code in ("en", "hi")])
    library.worker.understand()
    run()
    return library


def stories_of(library: Library, query: str) -> set[str]:
    rows = library.rows([hit.id for hit in library.search(query).hits])
    return {Path(row.path).name.split(".")[0] for row in rows}


def test_meaning_finds_what_the_words_do_not(understood: Library) -> None:
    """One library for all of it: to understand four articles takes a while."""
    answer = understood.search(PHRASE)
    assert answer.total == 0
    assert answer.hits[0].kind is HitKind.MEANING
    assert stories_of(understood, PHRASE) == {"nobel-peace-2014"}
    assert answer.message.endswith("these come near.")
    for hit in answer.hits:
        text = " ".join(understood.article(hit.id).text.split())
        assert hit.snippet.strip("…") in text
    assert understood.search(PHRASE, as_you_type=True).hits == ()
    assert understood.search(PHRASE, options=SearchOptions(exact=True)).hits == ()


def test_a_library_that_is_not_understood_knows_no_meaning(
    library: Library, run: Callable[[], Sequence[WorkerEvent]]
) -> None:
    library.worker.import_paths([str(SAMPLES / "nobel-peace-2014.hi.txt")])
    run()
    assert library.search(PHRASE).hits == ()
