"""The shipped gazetteer: what it knows and what it leaves alone."""

from __future__ import annotations

import pytest

from desktop_app.entities.gazetteer import form_key, shipped_gazetteer
from desktop_app.language.tokens import tokenize


@pytest.mark.parametrize(
    ("english", "hindi"),
    [
        ("United States", "अमेरिका"),
        ("U.S.", "अमरीका"),
        ("Moscow", "मास्को"),
        ("Moscow", "मॉस्को"),
        ("United Kingdom", "ब्रिटेन"),
        ("NATO", "नाटो"),
        ("United Nations", "यूएन"),
        ("BJP", "भाजपा"),
        ("Bharatiya Janata Party", "बीजेपी"),
        ("ISRO", "इसरो"),
        ("Azerbaijan", "अज़रबैजान"),
        ("G20", "जी-20"),
        ("Paris Agreement", "पेरिस समझौते"),
    ],
)
def test_both_scripts_name_one_entry(english: str, hindi: str) -> None:
    gazetteer = shipped_gazetteer()
    assert gazetteer.lookup(english) == gazetteer.lookup(hindi) is not None


@pytest.mark.parametrize("word", ["Russian", "रूसी", "Indians", "भारतीयों", "अमेरिकी"])
def test_demonyms_are_known_as_such(word: str) -> None:
    assert shipped_gazetteer().is_demonym(word)


def test_longest_form_wins() -> None:
    tokens = tokenize("the UN General Assembly in New York")
    found = [(match.key, match.last - match.first + 1) for match in shipped_gazetteer().matches(tokens)]
    assert found == [("org:un-general-assembly", 3), ("loc:new-york", 2)]


def test_small_letters_are_no_names() -> None:
    assert shipped_gazetteer().matches(tokenize("tell us about turkey and china cups")) == []


def test_hyphens_and_dots_do_not_matter() -> None:
    assert form_key("जी-20") == form_key("जी 20")
    assert form_key("U.S.") == "US"


def test_ten_thousand_places() -> None:
    gazetteer = shipped_gazetteer()
    assert gazetteer.lookup("Diyarbakir") == "loc:diyarbakir"
    assert gazetteer.lookup("Chandigarh") is not None
