"""Reports as data: each line an article or a sentence with the line's number."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from desktop_app.errors import UnreadableFile
from desktop_app.extraction import extract, extract_all

REPORT = {
    "title": "Bridge opens",
    "text": "The bridge over the harbour was opened on Thursday. It rained.",
    "date": "2024-09-27T23:30:00+05:30",
    "source": "Example News",
    "language": "en",
    "url": "https://example.org/a",
    "tags": ["ignored"],
}


def test_the_documented_keys_are_read() -> None:
    article = extract(json.dumps(REPORT).encode(), "a.jsonl")
    assert article.text == "Bridge opens\nThe bridge over the harbour was opened on Thursday. It rained."
    assert (article.title, article.title_inferred) == ("Bridge opens", False)
    assert (article.date, article.source) == (dt.date(2024, 9, 27), "Example News")
    assert article.address == "https://example.org/a"


def test_a_line_that_is_wrong_is_named_and_the_others_read() -> None:
    lines = [
        json.dumps(REPORT),
        "{broken",
        json.dumps({"text": 5}),
        "",
        json.dumps({"title": "No text"}),
        "[1, 2]",
        json.dumps({"body": "नदी पर बना पुल खुल गया।"}, ensure_ascii=False),
        "9" * 10_000,
        json.dumps({"text": "words", "date": 20240927}),
    ]
    found = list(extract_all("\n".join(lines).encode(), "a.jsonl"))
    assert [document.path.partition("/")[2] for document in found] == [f"line {n}" for n in (1, 2, 3, 5, 6, 7, 8, 9)]
    assert [document.article is not None for document in found] == [n in (1, 7) for n in (1, 2, 3, 5, 6, 7, 8, 9)]
    reasons = [document.message.partition("imported: ")[2] for document in found]
    assert reasons[1].startswith("line 2 is no JSON (at character 2:")
    assert reasons[2].startswith('its "text" is not a string')
    assert reasons[3].startswith('it has no "text"')
    assert reasons[4].startswith("it is no JSON object")
    assert "thousands of digits" in reasons[6]
    assert reasons[7].startswith('its "date" is not a string')


@pytest.mark.parametrize("value", [[REPORT, REPORT], [REPORT], REPORT])
def test_a_json_file_over_several_lines_is_one_value(value: object) -> None:
    found = list(extract_all(json.dumps(value, indent=2).encode(), "a.json"))
    assert len(found) == (2 if value == [REPORT, REPORT] else 1)
    assert all(document.article is not None for document in found)


def test_half_a_character_does_no_harm() -> None:
    article = extract(b'{"text": "The bridge \\ud83d\\ude00 was \\ud83d opened.", "title": "A \\udfff"}', "a.jsonl")
    assert "bridge 😀 was \ufffd opened" in article.text
    article.text.encode()
    article.title.encode()


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"a":' * 100_000, b"{", b"nonsense", b"1" * 5000])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="no JSON"):
        extract(data, "a.json")
