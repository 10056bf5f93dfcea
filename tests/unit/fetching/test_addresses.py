"""Which addresses may be fetched, how they are written, and how near their servers are."""

from __future__ import annotations

import pytest

from desktop_app.fetching.addresses import confined_address, is_web_address, normal_address
from desktop_app.fetching.connection import Reach, reach_of
from desktop_app.fetching.errors import NotAnAddress


@pytest.mark.parametrize(
    ("written", "normal"),
    [("example.org/feed", "https://example.org/feed"),
     (" HTTP://Example.ORG:80 ", "http://example.org/"),
     ("https://example.org:8443/a b?q=न#x", "https://example.org:8443/a%20b?q=%E0%A4%A8"),
     ("https://example.org/%E0%A4%A8?a=%20", "https://example.org/%E0%A4%A8?a=%20"),
     ("feed://example.org/a", "http://example.org/a"),
     ("feed:https://example.org/a", "https://example.org/a"),
     ("//example.org", "https://example.org/"),
     ("localhost:8000/feed", "https://localhost:8000/feed"),
     ("समाचार.भारत/x", "https://xn--61b3bh3a5ab.xn--h2brj9c/x"),
     ("http://[::1]:80/", "http://[::1]/")],
)  # fmt: skip
def test_an_address_is_brought_into_one_form(written: str, normal: str) -> None:
    assert normal_address(written) == normal
    assert normal_address(normal) == normal


@pytest.mark.parametrize(
    "written",
    ["", "   ", "http://", "https:///x", "/tmp/x.txt", "file:///etc/passwd", "ftp://example.org/x",
     "javascript:alert(1)", "data:text/html,1", "mailto:a@b.org", "http://user:secret@example.org/", "http://a b/",
     "http://example.org:99999/", "http://[::1", "C:\\news\\a.txt", "http://exa\u0000mple.org/",
     "http://x\r\nHost: y/", "https://" + "a" * 5000],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(NotAnAddress, match=r"An address looks like https://example\.org/news\."):
        normal_address(written)


def test_web_addresses_are_told_from_files() -> None:
    assert is_web_address("https://example.org/a.txt")
    assert is_web_address(" HTTP://example.org")
    assert not any(map(is_web_address, ("a.txt", "/a/b", "http", "https:/x", "C:\\http://", "./http://x")))


@pytest.mark.parametrize(
    ("ip", "reach"),
    [("93.184.216.34", Reach.PUBLIC), ("2606:2800:220:1::1", Reach.PUBLIC), ("64:ff9b::5db8:d822", Reach.PUBLIC),
     ("192.168.1.1", Reach.LOCAL_NETWORK), ("10.0.0.1", Reach.LOCAL_NETWORK), ("169.254.169.254", Reach.LOCAL_NETWORK),
     ("fe80::1%eth0", Reach.LOCAL_NETWORK), ("fd00::1", Reach.LOCAL_NETWORK), ("100.64.0.1", Reach.LOCAL_NETWORK),
     ("224.0.0.1", Reach.LOCAL_NETWORK), ("255.255.255.255", Reach.LOCAL_NETWORK),
     ("::ffff:192.168.1.1", Reach.LOCAL_NETWORK), ("64:ff9b::c0a8:101", Reach.LOCAL_NETWORK),
     ("2002:c0a8:101::1", Reach.LOCAL_NETWORK),
     ("127.0.0.1", Reach.THIS_MACHINE), ("127.8.8.8", Reach.THIS_MACHINE), ("::1", Reach.THIS_MACHINE),
     ("0.0.0.0", Reach.THIS_MACHINE), ("::", Reach.THIS_MACHINE), ("::ffff:127.0.0.1", Reach.THIS_MACHINE)],
)  # fmt: skip
def test_how_near_a_server_is(ip: str, reach: Reach) -> None:
    assert reach_of(ip) is reach


def test_a_page_speaks_only_for_its_own_site() -> None:
    found_at = "https://www.example.org/news/1?from=feed"
    assert confined_address("https://example.org/news/1", found_at) == "https://example.org/news/1"
    assert confined_address("https://m.example.org/1", found_at) == "https://m.example.org/1"
    for stated in ("https://other.org/news/1", "https://example.org.evil.net/", "https://[bad", None):
        assert confined_address(stated, found_at) is None
