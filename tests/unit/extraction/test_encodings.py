from __future__ import annotations

import pytest

from desktop_app.extraction.encodings import decode

ENGLISH = "The minister said “yes” — it’s done. Prices at the café rose.\n"
HINDI = "प्रधानमंत्री ने कहा, “क्षेत्र में शांति है।”\r\nरूस 2024 क्\u200dष\n"
MARKS = ("utf-8-sig", "utf-16", "utf-32")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", *MARKS])
@pytest.mark.parametrize("text", [ENGLISH, HINDI, HINDI + ENGLISH, "A rocket 🚀 rose.", "नमस्ते", "No"])
def test_unicode_is_read_with_and_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_windows_quotes_are_read_without_a_declaration() -> None:
    assert decode(ENGLISH.encode("cp1252")) == ENGLISH


def test_a_few_damaged_bytes_do_not_turn_hindi_into_gibberish() -> None:
    data = HINDI.encode()
    damaged = decode(data[:40] + b"\xff" + data[40:-2])
    assert damaged is not None
    assert "शांति है" in damaged


def test_a_page_may_name_its_encoding() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body>It’s “done”</body></html>'
    assert decode(page.encode("cp1252"), markup=True) == page
    turkish = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1254"><p>Erdoğan, İstanbul</p>'
    assert decode(turkish.encode("cp1254"), markup=True) == turkish


@pytest.mark.parametrize("named", ["utf-16", "hex", "rot13", "unicode_escape", "no-such-thing"])
def test_a_false_declaration_is_not_followed(named: str) -> None:
    page = f'<meta charset="{named}"><p>It’s done</p>'
    assert decode(page.encode("cp1252"), markup=True) == page


def test_other_scripts_are_guessed_last() -> None:
    text = "Совет собрался в пятницу, чтобы обсудить положение в регионе. " * 3
    assert decode(text.encode("cp1251")) == text


def test_bytes_that_are_no_text_give_none() -> None:
    assert decode(bytes(range(128, 256)) * 3 + bytes(range(32))) is None
