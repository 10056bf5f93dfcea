"""The command line's contract, with the real program and the sample stories."""

from __future__ import annotations

import json
import os
import sqlite3
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.program import SAMPLES, Program

ARTICLES = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".txt", ".html"})


def article_of(program: Program, name: str) -> dict[str, Any]:
    """The list's row of the sample *name*."""
    (row,) = (row for row in program.run("list", "--json").lines if Path(row["path"]).name == name)
    return row


def found(program: Program, query: str) -> set[str]:
    """Names of the sample files that *query* finds."""
    names = {row["id"]: Path(row["path"]).name for row in program.run("list", "--json").lines}
    return {names[hit["id"]] for hit in program.run("search", "--json", query).lines}


def test_a_folder_is_imported_with_a_report_for_each_article(program: Program) -> None:
    outcome = program.run("import", "--json", SAMPLES)

    reports = {Path(line["path"]).name: line for line in outcome.lines}
    assert outcome.code == 0
    assert {path.name for path in ARTICLES} <= reports.keys()
    assert {reports[path.name]["status"] for path in ARTICLES} == {"imported"}
    assert all(isinstance(reports[path.name]["article"], int) for path in ARTICLES)


def test_the_same_file_twice_is_one_article(program: Program) -> None:
    first = program.run("import", "--json", ARTICLES[0]).object
    again = program.run("import", "--json", ARTICLES[0]).object

    assert (again["status"], again["article"]) == ("duplicate", first["article"])
    assert len(program.run("list", "--json").lines) == 1


def test_a_missing_file_is_refused_with_a_sentence_and_code_1(program: Program) -> None:
    outcome = program.run("import", "--json", program.home / "nowhere.txt", ARTICLES[0])

    statuses = {Path(line["path"]).name: line["status"] for line in outcome.lines}
    assert outcome.code == 1
    assert statuses == {"nowhere.txt": "refused", ARTICLES[0].name: "imported"}


@pytest.mark.parametrize("words", [("import", ""), ("--library", "", "list"), ("watch", "add", ""), ("search", " ")])
def test_an_empty_argument_is_wrong_usage_and_no_folder(program: Program, words: tuple[str, ...]) -> None:
    outcome = program.run(*words)

    assert (outcome.code, outcome.stdout) == (2, "")
    assert outcome.stderr


@pytest.mark.parametrize(
    "words",
    [("show",), ("remove", "1"), ("feeds", "every", "1"), ("search", "x", "--limit"), ("screenshot", "x", "--entity")],
)
@pytest.mark.parametrize("number", ["9" * 20, "one"])
def test_what_can_be_no_number_is_wrong_usage(program: Program, words: tuple[str, ...], number: str) -> None:
    outcome = program.run(*words, number)

    assert (outcome.code, outcome.stdout) == (2, "")
    assert "must be a number" in outcome.stderr


def test_a_text_size_that_no_window_has_is_wrong_usage(program: Program) -> None:
    assert program.run("screenshot", program.home / "x.png", "--text-size", "1000000").code == 2


def test_a_pasted_text_and_files_do_not_mix(program: Program) -> None:
    outcome = program.run("import", "-", ARTICLES[0])

    assert outcome.code == 2
    assert "standard input" in outcome.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_a_line_break_in_a_name_makes_no_line_of_the_report(program: Program) -> None:
    file = program.home / "a\nimported   b.txt"
    file.write_bytes(ARTICLES[0].read_bytes())

    assert len(program.run("import", file).stdout.splitlines()) == 1


def test_a_text_that_was_changed_in_the_library_is_shown_with_a_warning(program: Program) -> None:
    program.run("import", ARTICLES[0])
    database = sqlite3.connect(program.library / "library.sqlite3")
    with database:
        database.execute("UPDATE articles SET text = replace(text, 'e', 'a')")
    database.close()

    outcome = program.run("show", "1", "--json")

    assert outcome.code == 0
    assert outcome.object["id"] == 1
    assert "not what was imported" in outcome.stderr


def test_list_tells_title_date_and_language(reader: Program) -> None:
    rows = {Path(row["path"]).name: row for row in reader.run("list", "--json").lines}

    assert rows.keys() == {path.name for path in ARTICLES}
    for name, row in rows.items():
        assert row["language"] == name.split(".")[1], name
    mars = rows["mars-orbiter.hi.txt"]
    assert mars["title"] == "मंगल पर पहुंचा भारत, पहली ही कोशिश में रचा इतिहास"
    assert (mars["date"], mars["title_inferred"]) == ("2014-09-24", False)
    assert rows["nobel-peace-2014.en.txt"]["date"] == "2014-10-10"


@pytest.mark.parametrize("name", ["nobel-peace-2014.hi.txt", "finland-joins-nato.hi.txt"])
def test_a_text_without_title_and_date_gets_an_inferred_title_and_no_date(reader: Program, name: str) -> None:
    row = article_of(reader, name)

    assert row["title_inferred"]
    assert row["title"]
    assert row["date"] is None


@pytest.mark.parametrize("path", [path for path in ARTICLES if path.suffix == ".txt"], ids=lambda path: path.name)
def test_the_text_of_a_file_is_unchanged_to_the_character(reader: Program, path: Path) -> None:
    shown = reader.run("show", "--json", article_of(reader, path.name)["id"]).object

    assert shown["text"].rstrip("\n") == unicodedata.normalize("NFC", path.read_text("utf-8")).rstrip("\n")


def test_a_saved_page_gives_its_article_without_its_furniture(reader: Program) -> None:
    row = article_of(reader, "paris-agreement.hi.html")
    text = reader.run("show", "--json", row["id"]).object["text"]

    assert row["title"] == "पेरिस समझौते में न कोई जीता, न हारा: मोदी"
    assert (row["date"], row["source"]) == ("2015-12-13", "उत्तरायण समाचार")
    assert "साझा लेकिन अलग-अलग ज़िम्मेदारी" in text
    assert "Outcome of #ParisAgreement has no winners or losers." in text
    for furniture in ("विज्ञापन", "सर्वाधिकार", "ये भी पढ़ें", "चेन्नई", "मनोरंजन", "अमल", "dataLayer"):
        assert furniture not in text


def test_headings_dates_and_addresses_are_told_apart(reader: Program) -> None:
    shown = reader.run("show", "--json", article_of(reader, "mars-orbiter.hi.txt")["id"]).object

    kinds = {shown["text"][s["start"] : s["end"]]: s["kind"] for s in shown["sentences"]}
    assert kinds["२४ सितंबर २०१४"] == "date"
    assert kinds["चौथी एजेंसी, सबसे सस्ता अभियान"] == "heading"
    assert kinds["https://x.com/example/status/514600000000000304"] == "url"


def test_mentions_are_the_words_at_their_places(reader: Program) -> None:
    for row in reader.run("list", "--json").lines:
        shown = reader.run("show", "--json", row["id"]).object
        assert shown["mentions"], row["path"]
        for mention in shown["mentions"]:
            assert shown["text"][mention["start"] : mention["end"]] == mention["text"]


def test_annotate_links_one_person_across_scripts(program: Program) -> None:
    files = [SAMPLES / "nobel-peace-2014.en.txt", SAMPLES / "nobel-peace-2014.hi.txt"]
    english, hindi = program.run("annotate", "--json", *files).lines

    def entities(document: dict[str, Any], *words: str) -> set[int]:
        return {m["entity"] for m in document["mentions"] if m["text"] in words}

    for latin, devanagari in (("Satyarthi", "सत्यार्थी"), ("Malala", "मलाला"), ("Pakistan", "पाकिस्तान")):
        assert entities(english, latin) == entities(hindi, devanagari), latin
        assert len(entities(english, latin)) == 1, latin


def test_entities_carry_their_names_in_both_languages(reader: Program) -> None:
    named = {(entity["en"], entity["hi"]): entity for entity in reader.run("entities", "--json").lines}

    russia = named["Russia", "रूस"]
    assert russia["type"] == "LOC"
    assert russia["articles"] >= 2


@pytest.mark.parametrize("query", ["malala", "मलाला", "satyarthi", '"नोबेल शांति"', "lang:hi मलाला"])
def test_search_finds_in_either_script(reader: Program, query: str) -> None:
    assert "nobel-peace-2014.hi.txt" in found(reader, query)


def test_a_name_in_latin_letters_finds_both_reports(reader: Program) -> None:
    assert found(reader, "satyarthi") == {"nobel-peace-2014.en.txt", "nobel-peace-2014.hi.txt"}
    assert found(reader, "सत्यार्थी") == {"nobel-peace-2014.en.txt", "nobel-peace-2014.hi.txt"}


def test_a_search_for_an_entity_waits_until_articles_are_understood(program: Program) -> None:
    program.run("import", SAMPLES / "nobel-peace-2014.en.txt", SAMPLES / "nobel-peace-2014.hi.txt")

    hits = program.run("search", "--json", 'entity:"Kailash Satyarthi" lang:hi').lines

    assert [(hit["language"], hit["kind"]) for hit in hits] == [("hi", "all")]


def test_a_misspelt_word_is_answered_and_said(reader: Program) -> None:
    outcome = reader.run("search", "--json", "eathrquake")

    assert {hit["language"] for hit in outcome.lines} == {"en", "hi"}
    assert "earthquake" in outcome.stderr


def test_a_phrase_in_the_wrong_order_finds_nothing_and_says_so(reader: Program) -> None:
    outcome = reader.run("search", "--json", '"शांति नोबेल"')

    assert (outcome.code, outcome.stdout) == (1, "")
    assert outcome.stderr.strip()


def test_a_mistake_in_a_query_gets_a_caret_under_its_place_and_the_rest_is_found(reader: Program) -> None:
    outcome = reader.run("search", "--json", "मलाला date:2014-13")

    query, caret, sentence = outcome.stderr.splitlines()
    assert outcome.code == 0
    assert (query, caret.strip()) == ("मलाला date:2014-13", "^" * len("date:2014-13"))
    assert len(caret) - len(caret.lstrip()) == len("मलाला ")  # each of its matras has a column of its own
    assert "is not a date" in sentence


def test_exact_words_are_found_in_their_own_script_only(reader: Program) -> None:
    hits = reader.run("search", "--json", "--exact", "malala").lines
    assert {hit["language"] for hit in hits} == {"en"}


def test_hits_can_stand_newest_first_or_by_story(reader: Program) -> None:
    dates = [hit["date"] for hit in reader.run("search", "--json", "--sort", "date", "india").lines]
    dated = [date for date in dates if date]
    assert dated == sorted(dated, reverse=True)
    stories = {id_: story["id"] for story in reader.run("stories", "--json").lines for id_ in story["articles"]}
    order = [stories[hit["id"]] for hit in reader.run("search", "--json", "--by-story", "india OR russia").lines]
    assert len(set(order)) < len(order)
    assert all(order.index(story) + order.count(story) > place for place, story in enumerate(order))


def test_a_query_of_only_exclusions_is_no_option_of_the_program(reader: Program) -> None:
    everything = len(reader.run("list", "--json").lines)
    assert 0 < len(reader.run("search", "--json", "-malala").lines) < everything


def test_a_hit_shows_where_it_is(reader: Program) -> None:
    hits = reader.run("search", "--json", "javelin", "--limit", "1").lines

    (hit,) = hits
    assert hit["spans"]
    assert {hit["snippet"][start:end].casefold() for start, end in hit["spans"]} <= {"javelin", "javelins"}


def test_reports_of_one_event_find_each_other(reader: Program) -> None:
    names = {row["id"]: Path(row["path"]).name.split(".")[0] for row in reader.run("list", "--json").lines}
    pairs = [pair for story in reader.run("stories", "--json").lines for pair in story["pairs"]]

    events = {names[pair["en"]] for pair in pairs if names[pair["en"]] == names[pair["hi"]]}
    assert events == set(names.values())
    assert all(names[pair["en"]] == names[pair["hi"]] for pair in pairs)


def test_compare_says_what_only_one_report_tells(program: Program) -> None:
    files = [SAMPLES / "neeraj-chopra-gold.en.txt", SAMPLES / "neeraj-chopra-gold.hi.txt"]
    told = program.run("compare", "--json", *files).object

    assert told["relation"] == "same-event"
    assert told["links"]
    assert told["only_en"]
    assert told["only_hi"]


def test_reports_of_different_events_are_unrelated(program: Program) -> None:
    files = [SAMPLES / "neeraj-chopra-gold.en.txt", SAMPLES / "mars-orbiter.hi.txt"]
    assert program.run("compare", "--json", *files).object["relation"] == "unrelated"


def test_the_window_is_rendered_without_a_display(reader: Program) -> None:
    picture = reader.home / "window.png"
    chosen = article_of(reader, "nobel-peace-2014.en.txt")["id"]

    assert reader.run("screenshot", picture, "--article", chosen, "--theme", "dark", "--size", "1000x700").code == 0
    header = picture.read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(header[16:20]), int.from_bytes(header[20:24])) == (1000, 700)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["search"], 2),
        (["list", "--no-such-option"], 2),
        (["screenshot"], 2),
        (["show", "999999"], 1),
        (["annotate", "nowhere.txt"], 1),
        (["entities", "--article", "999999"], 1),
        (["list"], 0),
        (["check"], 0),
        (["--version"], 0),
        (["--help"], 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_exit_codes(reader: Program, arguments: list[str], code: int) -> None:
    outcome = reader.run(*arguments)

    assert outcome.code == code
    assert code == 0 or outcome.stderr.strip()


def test_json_is_not_escaped(reader: Program) -> None:
    line = reader.run("search", "--json", "मंगलयान", "--limit", "1").stdout
    assert "मंगल" in line
    assert json.loads(line)


def test_a_second_language_of_arguments_works_from_any_folder(program: Program) -> None:
    """Relative paths are the caller's, also for a name in Devanagari with a space."""
    folder = program.home / "मेरी ख़बरें"
    folder.mkdir()
    (folder / "ख़बर 1.txt").write_bytes(ARTICLES[0].read_bytes())

    assert program.run("import", "--json", "मेरी ख़बरें/ख़बर 1.txt").object["status"] == "imported"


def test_each_member_of_an_archive_and_each_copy_is_annotated_as_it_stands(program: Program) -> None:
    english = (SAMPLES / "mars-orbiter.en.txt").read_text(encoding="utf-8")
    copy = program.home / "copy.txt"
    copy.write_text(english + "\nThis note was added by the desk in Delhi.\n", encoding="utf-8")
    packed = program.home / "both.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(SAMPLES / "mars-orbiter.hi.txt", "a.txt")
        archive.writestr("b.txt", english)

    lines = program.run("annotate", "--json", packed, copy).lines
    assert [line["language"] for line in lines] == ["hi", "en", "en"]
    assert ["added by the desk" in line["text"] for line in lines] == [False, False, True]
