"""Web addresses are shown with the host that is really asked, whatever they pretend."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QUrl

from desktop_app.ui.addresses import address_at, addresses_in, shown_host, web_address, without_user
from desktop_app.ui.given import read_mime, words_for


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://example.org/a?b#c", "example.org"),
        ("http://bank.com@evil.example/login", "evil.example"),
        ("https://bank.com:secret@evil.example/", "evil.example"),
        ("https://аpple.com/", "xn--pple-43d.com (written аpple.com)"),
        ("https://EXAMPLE.org:8443/x", "example.org:8443"),
        ("http://127.0.0.1/", "127.0.0.1"),
    ],
)
def test_the_real_host_is_shown(address: str, host: str) -> None:
    url = web_address(address)
    assert url is not None
    assert shown_host(url) == host


def test_of_a_long_host_the_end_is_shown_for_that_is_whose_it_is() -> None:
    url = web_address("https://www.bank.com." + "a" * 60 + "." + "b" * 50 + ".evil.example/")
    assert url is not None
    assert shown_host(url).startswith("…")
    assert shown_host(url).endswith(".evil.example")
    assert "bank.com" not in shown_host(url)


def test_the_name_before_the_at_sign_is_left_out_of_what_is_opened() -> None:
    url = web_address("https://bank.com@evil.example/x")
    assert url is not None
    assert without_user(url).toString() == "https://evil.example/x"


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)", "file:///etc/passwd", "ftp://example.org/", "https://", "https:///x", "example.org",
        "data:text/html,x", "https://good.example\\@evil.example/", "https://exa\u202emple.org/",
        "https://example.org/\u200bx", "https://example.org/\nx", "", " ", "mailto:a@example.org",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_none(text: str) -> None:
    assert web_address(text) is None


def test_addresses_are_taken_only_from_a_text_of_addresses() -> None:
    assert addresses_in(" https://a.example/x\nhttps://b.example ") == ["https://a.example/x", "https://b.example"]
    assert addresses_in("See https://a.example/x") == []


def test_an_address_in_a_text_ends_before_its_punctuation() -> None:
    text = "देखें (https://a.example/x?y=1). और भी।"
    start = text.index("https")
    assert address_at(text, start) == "https://a.example/x?y=1"
    assert address_at(text, start + 10) == "https://a.example/x?y=1"
    assert address_at(text, start - 2) is None
    assert address_at(text, text.index(")")) is None


def mime(text: str = "", *urls: str) -> QMimeData:
    data = QMimeData()
    if text:
        data.setText(text)
    if urls:
        data.setUrls([QUrl(url) for url in urls])
    return data


def test_what_is_given_is_a_file_an_address_or_a_text() -> None:
    assert read_mime(mime("x", "file:///tmp/a.txt")).paths[0].name == "a.txt"
    assert read_mime(mime("A title", "https://a.example/x")).addresses == ("https://a.example/x",)
    assert read_mime(mime("https://a.example/x")).addresses == ("https://a.example/x",)
    assert read_mime(mime("पाँच शब्दों का छोटा पाठ")).text == "पाँच शब्दों का छोटा पाठ"
    assert words_for(read_mime(mime("only three words"))) == ""
    assert words_for(read_mime(mime("", "ftp://a.example/x"))) == ""
    assert words_for(read_mime(mime("https://bank.com@evil.example/"))) == "Let go to fetch the page at evil.example"
