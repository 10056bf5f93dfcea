"""Whatever the bytes and whatever the name: articles whose sentences cover their text, or sentences for the reader."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain import ExtractedArticle
from desktop_app.errors import UnreadableFile
from desktop_app.extraction import extract_all, is_readable_name
from desktop_app.extraction.naming import shown_name
from desktop_app.extraction.sniffing import kind_of
from desktop_app.extraction.stated import plausible, stated_address, stated_line
from desktop_app.language.normalise import normalise
from tests.robustness.good_files import good_files
from tests.robustness.mutations import mutated

_SUFFIXES = "txt html md eml mbox mhtml xml rss opml json jsonl epub docx pdf zip tar gz"
_NAMES = [f"a.{suffix}" for suffix in _SUFFIXES.split(" ")]
_STARTS = st.sampled_from(
    [
        b"", b"PK\x03\x04", b"PK\x05\x06", b"%PDF-1.4\n", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00",
        b"<?xml version='1.0'?>",        b"<rss>", b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<opml>",
        b"<html>", b"From a\nFrom: b@c.d\n",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n", b"---\ntitle: a\n---\n",
        b'{"text": "',         b"[", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00" * 257 + b"ustar",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(_STARTS, st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)), st.sampled_from(_NAMES))
def test_any_file_gives_articles_or_sentences(start: bytes, rest: bytes, name: str) -> None:
    _read_and_check(start + rest, name)


@pytest.mark.parametrize("file", good_files(), ids=lambda file: str(file.name))
@settings(max_examples=15, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_a_damaged_file_gives_articles_or_sentences(file: object, chance: object) -> None:
    data = mutated(file.data, [file.data], chance)  # type: ignore[attr-defined, arg-type]
    _read_and_check(data, file.name)  # type: ignore[attr-defined]


@given(st.binary(max_size=600), st.sampled_from(_NAMES))
def test_a_file_is_of_one_kind_or_refused_with_a_sentence(data: bytes, name: str) -> None:
    refusal = ""
    try:
        kind_of(data, name)
    except UnreadableFile as error:
        refusal = str(error)
    assert refusal == "" or (refusal.startswith(f"{name} was not imported: ") and refusal.endswith("."))


@given(st.text())
def test_a_shown_name_is_a_path_below_that_changes_no_more(name: str) -> None:
    shown = shown_name(name)
    assert shown_name(shown) == shown
    assert shown
    assert not shown.startswith("/")
    assert ".." not in shown.split("/")
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    shown.encode()
    is_readable_name(shown)


@given(st.text(max_size=100))
def test_what_is_stated_is_one_line_that_can_be_stored(value: str) -> None:
    line = stated_line(value)
    assert line is None or (line.strip() == line and "\n" not in line)
    if line is not None:
        line.encode()
    address = stated_address(value)
    assert address is None or address.startswith(("http://", "https://"))


@given(st.text(alphabet=st.characters(codec=None), max_size=200))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.dates())
def test_a_plausible_date_is_neither_ancient_nor_to_come(date: object) -> None:
    assert plausible(date) in (None, date)  # type: ignore[arg-type]
    assert plausible(None) is None


def _read_and_check(data: bytes, name: str) -> None:
    message = "."
    try:
        for document in extract_all(data, name):
            assert "could not be understood" not in document.message
            if document.article is not None:
                _check(document.article)
            else:
                assert document.message.endswith(".") or document.feed is not None
    except UnreadableFile as error:
        message = str(error)
    assert message.endswith(".")


def _check(article: ExtractedArticle) -> None:
    assert article.title.strip()
    article.text.encode()
    assert normalise(article.text) == article.text
    position = 0
    for sentence in article.sentences:
        assert article.text[position : sentence.start].strip() == ""
        assert sentence.start < sentence.end
        position = sentence.end
    assert article.text[position:].strip() == ""
