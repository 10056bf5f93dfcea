"""Feed files give an article for every entry that holds one; lists of feeds give their addresses."""

from __future__ import annotations

import datetime as dt
import socket

import pytest

from desktop_app.errors import UnreadableFile
from desktop_app.extraction import extract_all, read_feed, read_opml
from desktop_app.records import ExtractedDocument

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Example News</title><link>https://example.org/</link><language>en-in</language>
<item><title>Bridge opens &amp; traders cheer</title><link>https://example.org/a?id=1#top</link><guid>tag:1</guid>
<pubDate>Fri, 27 Sep 2024 23:30:00 +0530</pubDate><dc:creator>J. Rao</dc:creator>
<description>Short.</description>
<content:encoded><![CDATA[<p>The bridge over the <b>harbour</b> was opened on Thursday.</p><p>It rained.</p>
<script>alert(1)</script><img src="http://example.org/spy.gif">]]></content:encoded></item>
<item><title>Only a headline</title><link>https://example.org/b</link></item>
<item><title>पुल खुला</title><link>https://example.org/c</link><pubDate>Wed, 01 Jan 2200 00:00:00 GMT</pubDate>
<description>बंदरगाह पर बना पुल गुरुवार को खोला गया। बारिश हुई। लोगों ने नाव छोड़ दी।</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title>
<entry><title type="html">A &lt;i&gt;bridge&lt;/i&gt; opens</title><id>urn:1</id>
<link rel="alternate" href="https://example.org/atom"/><published>2024-09-27T10:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The bridge over the harbour was opened.</p>
<p>It rained.</p></div></content></entry></feed>"""


def _all(data: str, path: str = "news.xml") -> list[ExtractedDocument]:
    return list(extract_all(data.encode(), path))


def test_the_full_text_of_an_entry_is_its_article() -> None:
    first = _all(RSS)[0]
    assert first.path == "news.xml/1 Bridge opens & traders cheer"
    assert first.article is not None
    assert first.article.text == (
        "Bridge opens & traders cheer\nThe bridge over the harbour was opened on Thursday.\nIt rained."
    )
    assert first.article.title == "Bridge opens & traders cheer"
    assert first.article.date == dt.date(2024, 9, 27)
    assert first.article.source == "Example News"
    assert first.article.address == "https://example.org/a?id=1"


def test_a_mere_headline_is_no_article_and_says_so() -> None:
    second = _all(RSS)[1]
    assert second.article is None
    assert "holds only its headline" in second.message


def test_a_date_in_the_future_is_no_date() -> None:
    third = _all(RSS)[2]
    assert third.article is not None
    assert third.article.date is None
    assert third.article.language == "hi"


def test_atom_is_read_with_its_markup() -> None:
    (only,) = _all(ATOM, "feed")
    assert only.article is not None
    assert only.article.text == "A bridge opens\nThe bridge over the harbour was opened.\nIt rained."
    assert only.article.date == dt.date(2024, 9, 27)


def test_entries_keep_the_key_they_are_known_by() -> None:
    feed = read_feed(RSS.encode(), "https://example.org/feed")
    assert [item.key for item in feed.items] == ["tag:1", "https://example.org/b", "https://example.org/c"]


@pytest.mark.parametrize(
    "feed",
    [
        RSS.replace("&amp;", "&"),
        RSS.replace("</channel></rss>", ""),
        RSS.replace("UTF-8", "windows-1252").replace("पुल", "xx"),
        "\ufeff" + RSS,
        RSS.replace("<description>Short.", "<description>&nbsp;Short."),
    ],
    ids=["ampersand", "cut", "encoding", "mark", "entity"],
)
def test_a_feed_that_is_a_little_wrong_is_read_all_the_same(feed: str) -> None:
    found = _all(feed)
    assert found[0].article is not None
    assert "It rained." in found[0].article.text


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://example.org/x.dtd"> %p;]>',
    ],
)
def test_entities_are_refused(doctype: str) -> None:
    with pytest.raises(UnreadableFile, match="defines entities"):
        _all(RSS.replace("<rss", f"{doctype}<rss", 1).replace("Short.", "&a;"))
    with pytest.raises(UnreadableFile, match="defines entities"):
        _all(RSS.replace("<rss", f"{doctype}<rss", 1).replace("</channel>", "").replace("Short.", "&a;"))


def test_a_feed_without_end_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="more than 10,000 reports"):
        _all("<rss><channel>" + "<item><title>a</title></item>" * 20_000 + "</channel></rss>")


def test_no_file_or_address_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(UnreadableFile, match="no RSS or Atom feed"):
        read_feed(b"/etc/passwd", "https://example.org/feed")
    with pytest.raises(UnreadableFile, match="no RSS or Atom feed"):
        read_feed(b"http://example.org/feed", "https://example.org/feed")


OPML = b"""<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="India"><outline text="Example News" type="rss" xmlUrl="https://example.org/feed"/>
<outline text="Twice" xmlUrl="https://example.org/feed"/><outline text="Bad" xmlUrl="file:///etc/passwd"/>
<outline title="" xmlurl="http://example.org/hi"/></outline></body></opml>"""


def test_a_list_of_feeds_gives_each_address_once() -> None:
    assert read_opml(OPML) == [
        ("Example News", "https://example.org/feed"),
        ("http://example.org/hi", "http://example.org/hi"),
    ]


def test_a_list_of_feeds_is_no_report_but_names_feeds_to_subscribe_to() -> None:
    documents = list(extract_all(OPML, "mine.opml"))
    assert all(document.article is None for document in documents)
    assert [(document.feed.title, document.feed.address) for document in documents if document.feed] == read_opml(OPML)


def test_an_empty_list_of_feeds_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="names none"):
        list(extract_all(b"<opml><body></body></opml>", "mine.opml"))


def test_a_list_that_is_no_list_is_refused() -> None:
    for data, reason in ((b"<html></html>", "no list of feeds"), (b"<opml", "not well-formed")):
        with pytest.raises(UnreadableFile, match=reason):
            read_opml(data)
