"""The customer's first two documents, through the real program."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.program import Program

ENGLISH, HINDI = "000_311a03bf128bf025.txt", "004_3cc308fbcc46ae56.txt"
SAME = [
    (("Lavrov", "Sergey Lavrov"), ("लवरोव",)),
    (("Guterres", "Antonio Guterres", "@antonioguterres"), ("गुटेरेस", "एंतोनियो गुटेरेस")),
    (("UN", "United Nations"), ("संयुक्त राष्ट्र",)),
    (("Russia",), ("रूस",)),
    (("Ukraine",), ("यूक्रेन",)),
    (("US",), ("अमेरिका",)),
    (("Pact for the Future",), ("भविष्य के लिए समझौते",)),
    (("UN General Assembly",), ("संयुक्त राष्ट्र महासभा",)),
]


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory, cache: Path, seeds: Path) -> Program:
    program = Program(tmp_path_factory.mktemp("seeds"), cache)
    assert program.run("import", seeds / ENGLISH, seeds / HINDI).code == 0
    return program


@pytest.fixture(scope="module")
def shown(seeded: Program) -> dict[str, dict[str, Any]]:
    rows = seeded.run("list", "--json").lines
    return {row["language"]: seeded.run("show", "--json", row["id"]).object for row in rows}


def test_titles_and_dates(seeded: Program) -> None:
    rows = {row["language"]: row for row in seeded.run("list", "--json").lines}

    english, hindi = rows["en"], rows["hi"]
    assert english["title"].startswith("Sergey Lavrov meets Antonio Guterres")
    assert (english["date"], english["title_inferred"]) == ("2024-09-27", False)
    assert (hindi["date"], hindi["title_inferred"]) == (None, True)


def test_texts_are_unchanged_to_the_character(shown: dict[str, dict[str, Any]], seeds: Path) -> None:
    for language, name in (("en", ENGLISH), ("hi", HINDI)):
        original = unicodedata.normalize("NFC", (seeds / name).read_text("utf-8"))
        assert shown[language]["text"].rstrip("\n") == original.rstrip("\n")


def test_the_heading_and_the_addresses_are_what_they_are(shown: dict[str, dict[str, Any]]) -> None:
    def lines(language: str, kind: str) -> list[str]:
        document = shown[language]
        return [document["text"][s["start"] : s["end"]] for s in document["sentences"] if s["kind"] == kind]

    assert lines("hi", "heading") == ["लवरोव ने गुटेरेस से अमेरिका के विरुद्ध मध्यस्थता प्रक्रिया शुरू करने का आग्रह किया"]
    assert len(lines("en", "url")) == 3
    assert all(line.startswith("https://x.com/mfa_russia/status/") for line in lines("en", "url"))


@pytest.mark.parametrize(("english", "hindi"), SAME, ids=[names[0][-1] for names in SAME])
def test_one_entity_across_the_panes(
    shown: dict[str, dict[str, Any]], english: tuple[str, ...], hindi: tuple[str, ...]
) -> None:
    entities = {
        language: {m["entity"] for m in shown[language]["mentions"] if m["text"] in words}
        for language, words in (("en", english), ("hi", hindi))
    }
    assert len(entities["en"]) == 1
    assert entities["en"] == entities["hi"]


@pytest.mark.parametrize(("query", "hits"), [("lavrov", 2), ("लवरोव", 2), ('"संयुक्त राष्ट्र"', 2), ('"राष्ट्र संयुक्त"', 0)])
def test_search(seeded: Program, query: str, hits: int) -> None:
    assert len(seeded.run("search", "--json", query).lines) == hits
