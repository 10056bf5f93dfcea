from __future__ import annotations

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.errors import UnreadableFile
from desktop_app.extraction import LARGEST_FILE_BYTES, extract, is_readable_name


@pytest.mark.parametrize(
    "name", ["a.txt", "A.TXT", "b.text", "c.html", "d.HTM", "/x y/e.xhtml", "f.pdf", "g.txt.gz", "h.zip"]
)
def test_texts_and_pages_have_readable_names(name: str) -> None:
    assert is_readable_name(name)


@pytest.mark.parametrize("name", ["a.png", "txt", "a.exe", ".html.swp", "a", ""])
def test_other_names_are_not_readable(name: str) -> None:
    assert not is_readable_name(name)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b" \n\t\r\n", "nothing but blanks"),
        (b"\xef\xbb\xbf", "nothing but blanks"),
        (b"PK\x03\x04....", "the archive is damaged"),
        (b"\x1f\x8b....", "the compressed file is damaged"),
        (b"\x89PNG\r\n\x1a\n....", "a picture"),
        (b"Some words\x00\x00\x00\x01\x02\x03", "not text"),
        (b"12 345 678 !!", "no words in English or Hindi"),
        ("Совет собрался в пятницу.".encode(), "no words in English or Hindi"),
        (bytes(range(128, 256)) * 20 + bytes(range(32)), "encoding"),
        (b"a" * (LARGEST_FILE_BYTES + 1), "larger than the 20 MB"),
        (b"word " * 500_000, "far longer than a report"),
        (b"<html><body><nav><a href=x>Home</a></nav></body></html>", "no article text"),
    ],
)
def test_what_is_no_report_is_refused_with_a_sentence(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason) as caught:
        extract(data, "folder/file.txt")
    assert str(caught.value).startswith("folder/file.txt was not imported: ")
    assert str(caught.value).endswith(".")


def test_a_page_is_known_by_its_start_whatever_its_name() -> None:
    page = (
        b"<!DOCTYPE html><html><body><h1>Bridge opens</h1>"
        b"<p>The bridge was opened on Thursday at last.</p></body></html>"
    )
    assert extract(page, "saved.txt").title == "Bridge opens"


def test_a_text_called_html_is_read_as_text() -> None:
    article = extract(b"Bridge opens\n\nIf a < b then the bridge > road. It was opened.", "note.html")
    assert article.text.startswith("Bridge opens\n\nIf a < b")


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    page = (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://example.org/x.dtd"><html><head>'
        '<link rel="canonical" href="https://example.org/a">'
        '<link rel="stylesheet" href="http://example.org/s.css"></head><body><article>'
        '<img src="http://example.org/i.png"><p>The bridge was opened on Thursday at last.</p></article>'
    )
    assert "bridge" in extract(page.encode(), "a.html").text


_PIECES = st.sampled_from(
    [
        b"<html>", b"<p>", b"</p>", b"<div class=share>", b"<td>", b"<!--", b"<script>", b"\n", b"&amp;", b"&#0;",
        b"<blockquote class=twitter-tweet>", b"<meta charset=utf-16>", b"<time datetime=2024-99-99>", b"[",
        b"The bridge was opened on Thursday. ", "पुल खुल गया। ".encode(), "क\u200d👩\u200d👩 ".encode(), b"\x00",
        b"\xff\xfe", b"2024-09-27", b"https://x.com/a",
        b'<script type="application/ld+json">[{"@type":"Article","headline":[1]}]</script>',
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.lists(_PIECES, max_size=30).map(b"".join)),
    st.sampled_from(["a.txt", "a.html"]),
)
def test_any_bytes_give_an_article_or_a_sentence(data: bytes, name: str) -> None:
    try:
        article = extract(data, name)
    except UnreadableFile:
        return
    assert article.title.strip()
    position = 0
    for sentence in article.sentences:
        assert article.text[position : sentence.start].strip() == ""
        assert sentence.start < sentence.end
        position = sentence.end
    assert article.text[position:].strip() == ""
