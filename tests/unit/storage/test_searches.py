"""Searches kept under a name, and those asked before."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.storage.database import Database
from desktop_app.storage.searches import HISTORY_KEPT, NameTaken, SearchStore


@pytest.fixture
def searches(tmp_path: Path) -> SearchStore:
    return SearchStore(Database(tmp_path, writing=True))


def test_saved_searches_stand_by_name(searches: SearchStore) -> None:
    for name, query in (("लवरोव", "lavrov lang:hi"), ("Pact", "title:pact"), ("ceasefire", "ceasefire")):
        searches.save(name, query)
    assert [search.name for search in searches.saved()] == ["ceasefire", "Pact", "लवरोव"]


def test_saving_under_a_known_name_replaces_the_query(searches: SearchStore) -> None:
    first = searches.save("Pact", "pact")
    second = searches.save(" Pact ", "title:pact\n")
    assert second.id == first.id
    assert [search.query for search in searches.saved()] == ["title:pact"]


def test_a_saved_search_is_renamed_but_not_onto_another(searches: SearchStore) -> None:
    one, other = searches.save("one", "a"), searches.save("other", "b")
    searches.rename(one.id, "first")
    searches.rename(one.id, "first")
    with pytest.raises(NameTaken, match="other"):
        searches.rename(one.id, "other")
    assert [search.name for search in searches.saved()] == ["first", "other"]
    searches.forget(other.id)
    searches.forget(other.id)
    assert [search.name for search in searches.saved()] == ["first"]


def test_the_history_offers_what_was_asked_last(searches: SearchStore) -> None:
    for query in ("lavrov", "गुटेरेस", "Lavrov pact", "lavrov", " "):
        searches.note(query)
    assert searches.history() == ["lavrov", "Lavrov pact", "गुटेरेस"]
    assert searches.history("LAV") == ["lavrov", "Lavrov pact"]
    assert searches.history(limit=1) == ["lavrov"]
    searches.clear_history()
    assert searches.history() == []


def test_the_history_is_bounded(searches: SearchStore) -> None:
    for number in range(HISTORY_KEPT + 5):
        searches.note(f"query {number}")
    kept = searches.history(limit=1_000)
    assert len(kept) == HISTORY_KEPT
    assert kept[0] == f"query {HISTORY_KEPT + 4}"
