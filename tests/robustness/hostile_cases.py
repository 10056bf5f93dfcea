"""Files made to hang, fill, mislead or break whoever reads them, each with what has to become of it."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import os
import random
import socket
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.robustness import good_files as good

IMPORTED, REFUSED, SKIPPED = "imported", "refused", "skipped"
KEPT = "cut the ribbon"
"""Words of the report that stands in every file whose outcome is to be imported."""
REPORT = f"{good.TITLE}\n\n" + "\n\n".join(good.PARAGRAPHS)
ARTICLE = f"<article><h1>{good.TITLE}</h1>" + "".join(f"<p>{text}</p>" for text in good.PARAGRAPHS) + "</article>"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file by *name*; `make` gives its bytes, or `build` makes it at a path.

    `outcome` holds the statuses its reports may have, all of which occur in none but these; `says` is part of a
    message, `kept` of an article's text.
    """

    name: str
    outcome: frozenset[str]
    make: Callable[[], bytes] | None = None
    build: Callable[[Path], None] | None = None
    says: str = ""
    kept: str = ""
    absent: tuple[str, ...] = field(default=())


def _taken(name: str, make: Callable[[], bytes], *, kept: str = KEPT, also: tuple[str, ...] = ()) -> Hostile:
    return Hostile(name, frozenset((IMPORTED, *also)), make, kept=kept)


def _refused(name: str, make: Callable[[], bytes], says: str, *, also: tuple[str, ...] = ()) -> Hostile:
    return Hostile(name, frozenset((REFUSED, *also)), make, says=says)


def cases(canary: Path, port: int) -> list[Hostile]:
    """All of them; *canary* is a file none may read, *port* that of a server on this machine none may ask."""
    return [
        *_texts(),
        *_pages(canary, port),
        *_feeds(canary, port),
        *_mails(),
        *_archives(),
        *_documents(canary, port),
        *_data(),
        *_no_files(canary),
    ]


def _texts() -> Iterator[Hostile]:
    hindi = "\n\n".join([good.HINDI_TITLE, *good.HINDI_PARAGRAPHS])
    both = f"{REPORT}\n\n{hindi}"
    yield _refused("empty.txt", lambda: b"", "it is empty")
    yield _refused("blank.txt", lambda: b" \n\t\r\n" * 1000, "nothing but blanks")
    yield _refused("nul.txt", lambda: REPORT.encode() + b"\0" * 10, "not text")
    yield _refused("controls.txt", lambda: bytes(range(1, 9)) * 500 + b"words", "not text")
    yield _refused("noise.txt", lambda: random.Random(1).randbytes(200_000), "")
    yield _refused("program.txt", lambda: b"\x7fELF" + b"\0" * 1000, "a program")
    yield _refused("picture.html", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 1000, "a picture")
    yield _refused("emoji.txt", lambda: "🌉".encode() * 5000, "no words in English or Hindi")
    yield _refused("cyrillic.txt", lambda: "Мост открыт в четверг. ".encode() * 50, "no words in English or Hindi")
    yield _refused("huge.txt", lambda: b"word " * 5_000_000, "larger than the 20 MB")
    yield _refused("one-line.txt", lambda: b"a" * 15_000_000, "far longer than a report")
    yield _taken("utf16le.txt", lambda: both.encode("utf-16-le"), kept="डेलगाडो")
    yield _taken("utf16be.txt", lambda: hindi.encode("utf-16-be"), kept="डेलगाडो")
    yield _taken("utf32.txt", lambda: both.encode("utf-32"), kept="डेलगाडो")
    yield _taken("half-characters-16.txt", lambda: both.encode("utf-16") + b"\x3d\xd8\x41\x00\x00\xdc")
    yield _taken("half-characters-8.txt", lambda: REPORT.encode() + b" \xed\xa0\xbd\xed\xb8\x80 \xed\xbf\xbf")
    yield _taken("overlong.txt", lambda: REPORT.encode() + b" \xc0\xaf\xc1\x9c\xf8\x88\x80\x80\x80 \xfe\xff")
    yield _taken("marks.txt", lambda: ("\ufeff" * 1000 + REPORT + "\ufeff").encode())
    yield _taken("bidi.txt", lambda: REPORT.replace(" ", " \u202e\u2066\u202d", 5).encode())
    yield _taken("joiners.txt", lambda: (REPORT + "\u200d\u200c" * 100_000).encode())
    yield _taken("returns.txt", lambda: REPORT.replace("\n", "\r").encode() + b"\r" * 90_000)
    yield _refused("lines.txt", lambda: REPORT.encode() + b"\n" * 1_500_000, "far longer than a report")
    yield _taken("long-word.txt", lambda: REPORT.encode() + b"\n" + b"x" * 1_500_000)
    yield _taken("long-hindi-word.txt", lambda: f"{REPORT}\n{'कि' * 300_000}".encode())
    yield _taken(
        "marked-letter.txt",
        lambda: f"{REPORT}\na{chr(0x301) + chr(0x323)}".encode() + "\u0301\u0323".encode() * 100_000,
    )
    yield _taken("clusters.txt", lambda: (REPORT + "\n" + "👩\u200d" * 100_000).encode())
    yield _taken("short-lines.txt", lambda: REPORT.encode() + b"\n\n" + b"a b\n" * 90_000)
    yield _taken("full-stops.txt", lambda: REPORT.encode() + b"\n" + b"a. " * 200_000)
    yield _taken("quotes.txt", lambda: REPORT.encode() + b"\n" + b'"' * 300_000)
    yield _taken("dates.txt", lambda: REPORT.encode() + b"\n" + b"1 Jan 2020 " * 50_000)
    yield _taken("addresses.txt", lambda: REPORT.encode() + b"\n" + b"http://a.b/c " * 100_000)
    yield _taken("hashtags.txt", lambda: REPORT.encode() + b"\n" + b"#a @b " * 150_000)


def _page(inside: str, head: str = "", before: str = "<!DOCTYPE html>") -> Callable[[], bytes]:
    return lambda: f"{before}<html><head>{head}</head><body>{inside}</body></html>".encode("utf-8", "surrogatepass")


def _pages(canary: Path, port: int) -> Iterator[Hostile]:
    spy, secret = f"http://127.0.0.1:{port}/", canary.as_uri()
    yield _taken("divs.html", _page("<div>" * 100_000 + ARTICLE))
    yield _taken("bold.html", _page("<b>" * 100_000 + ARTICLE))
    yield _taken("tables.html", _page("<table><tr><td>" * 30_000 + ARTICLE))
    yield _taken("lists.html", _page("<ul><li>" * 50_000 + ARTICLE))
    yield _taken("quotes.html", _page("<blockquote class=twitter-tweet>" * 20_000 + ARTICLE))
    yield _taken("fonts.html", _page("<font>" * 100_000 + ARTICLE))
    yield _taken("forms.html", _page("<form><fieldset>" * 50_000 + ARTICLE))
    yield _taken("options.html", _page(f"<select>{'<option>a' * 100_000}</select>{ARTICLE}"))
    yield _taken("misnested.html", _page("<b><i><u>" * 20_000 + "</b></i></u>" * 20_000 + ARTICLE))
    yield _taken("drawing.html", _page("<svg><g>" * 50_000 + "</g></svg>" * 50_000 + ARTICLE))
    yield _taken("formula.html", _page("<math><mi>" * 50_000 + "</mi></math>" * 50_000 + ARTICLE))
    yield _taken("closed.html", _page("</div></p></b>" * 90_000 + ARTICLE))
    yield _taken("attributes.html", _page("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + f"></p>{ARTICLE}"))
    yield _taken("million-attributes.html", _page("<p " + "a=1 " * 1_000_000 + f"></p>{ARTICLE}"))
    yield _taken("attribute.html", _page(f'<p a="{"x" * 5_000_000}"></p>{ARTICLE}'))
    yield _taken("classes.html", _page(f'<div class="{"a " * 1_000_000}">{ARTICLE}</div>'))
    yield _taken("comments.html", _page("<!---->" * 100_000 + ARTICLE))
    yield _taken("comment.html", _page(f"{ARTICLE}<!-- {'x' * 5_000_000}"))
    yield _taken("script.html", _page(f"{ARTICLE}<script>{'if(a<b){' * 300_000}"), also=(REFUSED,))
    yield _taken("style.html", _page(ARTICLE, head=f"<style>{'a{b:c}' * 800_000}</style>"))
    yield _taken("title.html", _page(ARTICLE, head=f"<title>{'a | ' * 300_000}</title>"))
    yield _taken("data-address.html", _page(f'<img src="data:image/png;base64,{"A" * 10_000_000}">{ARTICLE}'))
    yield _taken("json-depth.html", _page(ARTICLE, head=f'<script type="application/ld+json">{"[" * 500_000}</script>'))
    yield _taken(
        "json-number.html", _page(ARTICLE, head=f'<script type="application/ld+json">[{"9" * 500_000}]</script>')
    )
    yield _taken(
        "json-wide.html", _page(ARTICLE, head=f'<script type="application/ld+json">[{"{}," * 300_000}{{}}]</script>')
    )
    yield _taken(
        "character-references.html", _page(f"{ARTICLE}<p>&#xD800;&#xDFFF;&#x110000;&#0;&#1;&#99999999999;</p>")
    )
    yield _taken("entities.html", _page(f"{ARTICLE}<p>{'&amp;' * 500_000}</p>"))
    yield _taken("plaintext.html", _page(f"{ARTICLE}<plaintext></body>"))
    yield _taken("links.html", _page("".join(f"<a href=/{n}>link {n}</a> " for n in range(60_000)) + ARTICLE))
    yield _taken("paragraphs.html", _page(ARTICLE + "<p>It rained.</p>" * 60_000))
    yield _taken("cells.html", _page(f"{ARTICLE}<table>{'<tr><td>1<td>2' * 40_000}</table>"))
    yield _refused("tags.html", _page("<hr>" * 1_000_000 + ARTICLE), "far more parts")
    yield _refused("hidden.html", _page(f'<div style="display:none">{ARTICLE}</div>'), "no article text")
    yield _refused("menu.html", _page("<nav><a href=x>Home</a></nav>"), "no article text")
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a0 "lol">{laughs}<!ENTITY x SYSTEM "{secret}">]>'
    reached = _page(
        f'<base href="{secret}"><meta http-equiv="refresh" content="0;url={secret}"><iframe src="{secret}"></iframe>'
        f'<object data="{secret}"></object><link rel=stylesheet href="{spy}s.css"><img src="{spy}i.png">'
        f'<script src="{spy}s.js"></script><video src="{spy}v"></video><embed src="{secret}">'
        f"<style>@import url({spy}c.css); p {{ background: url({spy}b.png) }}</style>{ARTICLE}"
    )
    for name, make in (("laughs.xhtml", _page(f"{ARTICLE}<p>&a11;&x;</p>", before=doctype)), ("outside.html", reached)):
        yield Hostile(name, frozenset((IMPORTED,)), make, kept=KEPT, absent=("lollol", "canary"))
    style = f'<?xml-stylesheet type="text/xsl" href="{secret}"?><!DOCTYPE html SYSTEM "{spy}x.dtd">'
    yield Hostile(
        "stylesheet.xhtml", frozenset((IMPORTED,)), _page(ARTICLE, before=style), kept=KEPT, absent=("canary",)
    )
    hindi = "".join(f"<p>{text}</p>" for text in good.HINDI_PARAGRAPHS)
    lying = f'<meta charset="utf-16"><article><h1>{good.HINDI_TITLE}</h1>{hindi}</article>'
    yield _taken("says-utf16.html", _page(lying), kept="डेलगाडो")
    yield _taken("says-latin1.html", _page(lying.replace("utf-16", "iso-8859-1")), kept="डेलगाडो")
    yield _taken("says-nonsense.html", _page(lying.replace("utf-16", "rot13")), kept="डेलगाडो")


def _feeds(canary: Path, port: int) -> Iterator[Hostile]:
    spy, secret = f"http://127.0.0.1:{port}/", canary.as_uri()
    feed = good.rss([(good.TITLE, good.PARAGRAPHS)])
    laughs = '<!ENTITY a "lol">' + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9))
    for name, declared in (
        ("laughs.rss", laughs),
        ("blow-up.rss", f'<!ENTITY a "{"x" * 100_000}">'),
        ("outside.rss", f'<!ENTITY a SYSTEM "{secret}">'),
        ("parameter.rss", f'<!ENTITY % p SYSTEM "{spy}x.dtd"> %p;'),
    ):
        data = feed.replace("<rss", f"<!DOCTYPE rss [{declared}]><rss", 1).replace("noon.", "noon. &a;" * 1000)
        yield _refused(name, lambda data=data: data.encode(), "defines entities")
        broken = data.replace("</channel>", "<channel>")
        yield _refused(f"broken-{name}", lambda data=broken: data.encode(), "defines entities")
    many = "<rss><channel><title>a</title>" + "<item><title>b</title></item>" * 100_000
    yield _refused("items.rss", lambda: many.encode(), "more than 10,000 reports")
    yield _refused("nothing.rss", lambda: b"<rss><channel></channel></rss>", "lists no reports")
    yield _refused("depth.rss", lambda: b"<rss><channel><item>" + b"<a>" * 1_000_000, "")
    yield _refused("no-feed.xml", lambda: b"<?xml version='1.0'?><bank><account>1</account></bank>", "")
    wide = feed.replace("<item>", "<item " + " ".join(f'a{n}="1"' for n in range(50_000)) + ">")
    yield _taken("attributes.rss", lambda: wide.encode(), also=(REFUSED,), kept="")
    large = feed.replace("<![CDATA[", "<![CDATA[" + "<b>" * 50_000)
    yield _taken("markup.rss", lambda: large.encode())
    yield _taken("utf7.rss", lambda: feed.replace("UTF-8", "utf-7").encode())
    yield _taken("cut.rss", lambda: feed.encode()[: feed.encode().rindex(b"</item>")])
    base = good.atom(good.TITLE, good.PARAGRAPHS).replace("<feed ", f'<feed xml:base="{secret}" ')
    yield Hostile("base.atom", frozenset((IMPORTED,)), lambda: base.encode(), kept=KEPT, absent=("canary",))
    lines = "".join(f'<outline xmlUrl="http://example.org/{n}"/>' for n in range(100_000))
    yield _refused("many.opml", lambda: f"<opml><body>{lines}</body></opml>".encode(), "more than 1,000 feeds")
    yield _refused("depth.opml", lambda: b"<opml>" + b"<outline>" * 500_000, "not well-formed")
    whole = b"<opml>" + b"<outline>" * 300_000 + b"</outline>" * 300_000 + b"</opml>"
    yield Hostile("nested.opml", frozenset((SKIPPED, REFUSED)), lambda: whole)


def _mails() -> Iterator[Hostile]:
    head = b"From: a@example.org\r\nMIME-Version: 1.0\r\n"
    level = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    nested = b"".join(level % (number, number) for number in range(1000))
    text = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + REPORT.encode()
    yield _refused("nested.eml", lambda: head + nested + text, "")
    yield _refused("nested.mhtml", lambda: b"MIME-Version: 1.0\r\n" + nested.replace(b"mixed", b"related") + text, "")
    parts = head + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    yield _refused("parts.eml", lambda: parts + b"--b\r\nContent-Type: text/plain\r\n\r\na\r\n" * 100_000, "parts")
    inner = b"Content-Type: message/rfc822\r\n\r\n"
    yield _refused("mail-in-mail.eml", lambda: head + inner * 900 + text, "")
    yield _taken("header.eml", lambda: b"Subject: " + b"a " * 2_000_000 + b"\r\n" + head + text)
    yield _taken("headers.eml", lambda: b"X-A: b\r\n" * 100 + head + b"X-A: b\r\n" * 100_000 + text, also=(REFUSED,))
    yield _taken("charset.eml", lambda: head + text.replace(b"utf-8", b"x-nonsense"))
    yield _taken("words.eml", lambda: b"Subject: " + b"=?utf-8?b?4KS?= " * 50_000 + b"\r\n" + head + text)
    body = head + b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    yield _taken("base64.eml", lambda: body + base64.encodebytes(REPORT.encode()) + b"=!!" * 100_000)
    slips = good.mail(good.TITLE, REPORT).replace(b"\n\n", b"\nContent-Disposition: inline; filename=../../../a\n\n", 1)
    yield _taken("slip.eml", lambda: slips)
    yield _refused(
        "no-boundary.mhtml", lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n--\r\n", ""
    )
    yield _refused("empty.mbox", lambda: b"From a\n" * 100_000, "")
    senders = b"".join(b"From a\nFrom: a@b.c\nMIME-Version: 1.0\n\n" for _ in range(500))
    yield _refused("textless.mbox", lambda: senders, "holds no text")


def _zip(members: Mapping[str, bytes]) -> bytes:
    return good.zip_of(members)


def _archives() -> Iterator[Hostile]:
    one = {"a.txt": REPORT.encode()}
    zeros = bytes(300_000_000)
    yield _refused("bomb.zip", lambda: _zip({"a.txt": bytes(50_000_000)}), "hundreds of times|larger than 20 MB")
    yield _refused("tar-bomb.tgz", lambda: good.tar_of({"a.txt": bytes(100_000_000)}, "w:gz"), "hundreds|larger")
    yield _refused("bomb.txt.gz", lambda: gzip.compress(zeros, 1), "hundreds of times")
    yield _refused("bomb.txt.bz2", lambda: bz2.compress(zeros, 1), "hundreds of times")
    yield _refused("bomb.txt.xz", lambda: lzma.compress(zeros, preset=0), "hundreds of times")
    yield _refused("matryoshka.zip", lambda: _matryoshka(6, 10), "")
    yield _refused("deep.zip", lambda: _deep(40), "times over")
    yield _refused("deep.txt.gz", lambda: _packed_often(20), "times over")
    yield _taken("three-deep.zip", lambda: _zip({"b.zip": _zip({"c.tar.gz": good.tar_of(one, "w:gz")})}))
    yield _refused("overlapping.zip", _overlapping, "over one another")
    yield _refused("lying.zip", _lying, "damaged|hundreds")
    yield _refused("locked.zip", _locked, "password")
    yield _refused("entries.zip", lambda: _zip({f"{n}.txt": b"" for n in range(30_000)}), "more than 10,000 files")
    yield _refused("cut.zip", lambda: _zip(one)[:-40], "damaged")
    yield _refused("no-zip.zip", lambda: b"PK\x03\x04" + random.Random(2).randbytes(5000), "damaged")
    yield _refused(
        "bad-checksum.zip", lambda: _zip(one).replace(b"\x50\x4b\x01\x02", b"PK\x01\x02", 1)[:60] + b"x" * 300, ""
    )
    yield _taken("prefixed.zip", lambda: b"PK\x03\x04junk" * 0 + _zip(one) + b"\n" * 1000)
    slips = {"../../../../tmp/slip.txt": REPORT.encode(), "/etc/slip.txt": b"Other words of a report stand here."}
    yield _taken("slip.zip", lambda: _zip(slips))
    yield _taken(
        "slip.tar", lambda: good.tar_of({"../../slip.txt": REPORT.encode(), "/abs/b.txt": b"Other words stand here."})
    )
    names = {"a\u202etxt.exe.txt": REPORT.encode(), "b\n\x1b[2J.txt": b"Other words of a report stand here."}
    yield _taken("names.zip", lambda: _zip(names))
    yield _taken("bytes.tar", _odd_names)
    yield Hostile("links.zip", frozenset((SKIPPED,)), _linked_zip, says="link or a device")
    yield Hostile("links.tar", frozenset((SKIPPED,)), _linked_tar, says="link or a device")
    yield Hostile("pictures.zip", frozenset((SKIPPED,)), lambda: _zip({f"{n}.png": b"\x89PNG" for n in range(500)}))
    yield Hostile("sparse.tar", frozenset((REFUSED, SKIPPED)), _sparse)
    yield _refused("huge-member.tar", _huge_member, "")
    yield _refused("long-names.tar", lambda: _long_names(3000), "")
    yield Hostile(
        "members.tar", frozenset((SKIPPED, REFUSED)), lambda: _empty_members(100_000), says="more than 10,000"
    )
    yield _refused("header.tar.gz", _header_bomb, "")
    yield _refused("dictionary.txt.xz", _large_dictionary, "")
    yield _refused("noise.tar.gz", lambda: gzip.compress(random.Random(3).randbytes(100_000)), "damaged")
    yield _refused("zeros.tar.gz", lambda: gzip.compress(bytes(900_000)), "")
    yield _refused("empty.zip", lambda: b"PK\x05\x06" + bytes(18), "empty")
    yield _refused("empty.tar", lambda: good.tar_of({}), "")


def _documents(canary: Path, port: int) -> Iterator[Hostile]:
    spy, secret = f"http://127.0.0.1:{port}/", canary.as_uri()
    laughs = '<!DOCTYPE x [<!ENTITY a "lol">' + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9)) + "]>"
    outside = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret}">]>'
    for name, before in (("laughs", laughs), ("outside", outside)):
        yield _refused(f"{name}.docx", lambda b=before: good.word("&a;", good.PARAGRAPHS, before=b), "defines entities")
        yield _refused(
            f"{name}.epub",
            lambda b=before: _book("META-INF/container.xml", b"<container", b.encode() + b"<container"),
            "entities",
        )
    bulk = "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 100_000
    yield _taken("paragraphs.docx", lambda: good.word(good.TITLE, good.PARAGRAPHS, body=bulk), also=(REFUSED,), kept="")
    nested = "<w:tbl><w:tr><w:tc>" * 30_000 + "</w:tc></w:tr></w:tbl>" * 30_000
    yield _taken("nested.docx", lambda: good.word(good.TITLE, good.PARAGRAPHS, body=nested), also=(REFUSED,), kept="")
    yield _refused("bomb.docx", lambda: good.word("a" * 60_000_000, []), "hundreds of times|larger than")
    yield _refused(
        "no-text.docx", lambda: _zip({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), "no text"
    )
    yield _refused(
        "table.docx", lambda: _zip({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), "with a table"
    )
    for name, href in (("file", secret), ("web", f"{spy}a.xhtml"), ("up", "../../../../../../../etc/passwd")):
        yield Hostile(
            f"{name}.epub",
            frozenset((IMPORTED, SKIPPED)),
            lambda h=href: _book("OEBPS/content.opf", b"text/cover.xhtml", h.encode()),
            kept=KEPT,
            absent=("canary", "root:"),
        )
    spine = b'<itemref idref="p1"/>' * 100_000
    yield _taken(
        "spine.epub",
        lambda: _book("OEBPS/content.opf", b"</spine>", spine + b"</spine>"),
        also=(SKIPPED, REFUSED),
        kept="",
    )
    yield _refused("locked.epub", _locked_book, "protected against copying")
    yield _refused("missing.epub", lambda: _book("META-INF/container.xml", b"content.opf", b"other.opf"), "missing")
    report = [good.TITLE, *good.PARAGRAPHS]
    catalogue = b"<</Type/Catalog/Pages 2 0 R>>"
    yield _refused("loop.pdf", lambda: good.pdf_of([catalogue, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"]), "")
    many = b"<</Type/Pages/Kids[" + b"3 0 R " * 100_000 + b"]/Count 100000>>"
    yield _refused("pages.pdf", lambda: good.pdf_of([catalogue, many, b"<</Type/Page/Parent 2 0 R>>"]), "")
    yield _refused("stream.pdf", lambda: _pdf_stream(zlib.compress(bytes(200_000_000))), "")
    yield _refused("streams.pdf", lambda: _pdf_stream(_often(zlib.compress, bytes(50_000_000), 3), filters=3), "")
    yield _refused("operators.pdf", lambda: _pdf_stream(zlib.compress(b"q Q " * 15_000_000)), "")
    yield _refused("brackets.pdf", lambda: good.pdf_of([b"[" * 200_000, b"<<>>"]), "")
    yield _refused("cut.pdf", lambda: good.pdf(report)[:300], "")
    yield _refused("noise.pdf", lambda: b"%PDF-1.7\n" + random.Random(4).randbytes(100_000), "")
    yield _taken("previous.pdf", _pdf_of_circling_tables, also=(REFUSED,), kept="")
    action = (
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/URI/URI("
        + spy.encode()
        + b")>>/AA<</O<</S/Launch/F("
        + secret.encode()
        + b")>>>>>>"
    )
    acting = lambda: good.pdf(report).replace(catalogue, action)  # noqa: E731
    yield Hostile("action.pdf", frozenset((IMPORTED,)), acting, kept="cut the", absent=("canary",))
    yield _taken(
        "quotes.md",
        lambda: b">" * 50_000 + b" a\n\n" + good.markdown(good.TITLE, good.PARAGRAPHS)[120:].encode(),
        also=(REFUSED,),
        kept="",
    )
    for name, run in (
        ("brackets", "["),
        ("links", "[a]("),
        ("emphasis", "*a "),
        ("ticks", "`" + "a"),
        ("pictures", "!["),
    ):
        text = f"# {good.TITLE}\n\n{REPORT}\n\n{run * 30_000}"
        yield _taken(f"{name}.md", lambda t=text: t.encode(), also=(REFUSED,), kept="")


def _data() -> Iterator[Hostile]:
    line = json.dumps({"title": good.TITLE, "text": REPORT})
    yield _refused("depth.json", lambda: b"[" * 1_000_000, "no JSON")
    yield _refused("depth.jsonl", lambda: b'{"text":' * 200_000, "no JSON")
    yield _refused("number.jsonl", lambda: b'{"text": ' + b"9" * 1_000_000 + b"}", "")
    yield _refused("wrong.jsonl", lambda: b'{"text": ["a"]}\n' * 500, "is not a string")
    yield _refused("lines.jsonl", lambda: b"x\n" * 100_000, "no JSON")
    yield _taken("mixed.jsonl", lambda: f"{line}\nnull\n\x00\n{{}}\n".encode(), also=(REFUSED,))
    yield _taken("halves.jsonl", lambda: line.replace("work,", "work \\ud800,").encode())
    yield _taken("keys.json", lambda: ('{"a":1,' * 1 + '"b":2,' * 200_000 + line[1:]).encode())


def _no_files(canary: Path) -> Iterator[Hostile]:
    """What bears a file's name and is none."""
    neither = frozenset((REFUSED, SKIPPED))
    yield Hostile("pipe.txt", neither, build=lambda path: os.mkfifo(path))
    yield Hostile("socket.txt", neither, build=_listen)
    yield Hostile("zero.txt", neither, build=lambda path: path.symlink_to("/dev/zero"))
    yield Hostile("loop.txt", neither, build=lambda path: path.symlink_to(path.name))
    yield Hostile("nowhere.txt", neither, build=lambda path: path.symlink_to("/no/such/file.txt"))
    yield Hostile("pipe-link.txt", neither, build=lambda path: path.symlink_to(canary))
    yield Hostile("odd\udcff\nname\u202e.txt", frozenset((IMPORTED,)), lambda: REPORT.encode(), kept=KEPT)


def _listen(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def _matryoshka(depth: int, width: int) -> bytes:
    data = _zip({"0.txt": bytes(4_000_000)})
    for _ in range(depth):
        data = _zip({f"lib {number}.zip": data for number in range(width)})
    return data


def _deep(depth: int) -> bytes:
    data = _zip({"a.txt": REPORT.encode()})
    for _ in range(depth):
        data = _zip({"in.zip": data})
    return data


def _packed_often(times: int) -> bytes:
    return _often(lambda data: gzip.compress(data, mtime=0), REPORT.encode(), times)


def _often(pack: Callable[[bytes], bytes], data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = pack(data)
    return data


def _overlapping() -> bytes:
    """A central directory that lists the one member 200 times."""
    data = _zip({"a.txt": os.urandom(100_000)})
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    listed = entry * 200
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 200, 200, len(listed), start, 0)
    return data[:start] + listed + tail


def _lying() -> bytes:
    data = bytearray(_zip({"a.txt": bytes(50_000_000)}))
    for magic, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(magic) + place, 100)
    return bytes(data)


def _locked() -> bytes:
    data = bytearray(_zip({"a.txt": REPORT.encode()}))
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + flags] |= 1
    return bytes(data)


def _linked_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, mode in enumerate((0o120777, 0o010644, 0o020644, 0o060644, 0o140644)):
            info = zipfile.ZipInfo(f"{number}.txt")
            info.create_system, info.external_attr = 3, mode << 16
            archive.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def _linked_tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE):
            info = tarfile.TarInfo(f"n{kind.decode()}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    return buffer.getvalue()


def _odd_names() -> bytes:
    return good.tar_of(
        {"a\udcff\udcfe.txt": REPORT.encode(), "b" * 90 + ".txt": b"Other words of a report stand here."}
    )


def _sparse() -> bytes:
    info = tarfile.TarInfo("a.txt")
    info.type = tarfile.GNUTYPE_SPARSE
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[386:398], header[398:410], header[483:495] = b"00000000000\0", b"00000000000\0", b"77777777777\0"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + bytes(10240)


def _huge_member() -> bytes:
    info = tarfile.TarInfo("a.txt")
    info.size = 8 << 30
    return info.tobuf(tarfile.GNU_FORMAT) + b"words " * 1000


def _long_names(count: int) -> bytes:
    """GNU headers for a long name, one after the other, none of which a file follows."""
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 5
    return (info.tobuf(tarfile.GNU_FORMAT) + b"a.tx\0".ljust(512, b"\0")) * count


def _empty_members(count: int) -> bytes:
    return tarfile.TarInfo("a.png").tobuf(tarfile.GNU_FORMAT) * count + bytes(1024)


def _header_bomb() -> bytes:
    info = tarfile.TarInfo("././@PaxHeader")
    info.type, info.size = tarfile.XHDTYPE, 400_000_000
    return gzip.compress(info.tobuf(tarfile.USTAR_FORMAT) + b"9" * 100_000_000, 1)


def _large_dictionary() -> bytes:
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}]
    data = bytearray(lzma.compress(REPORT.encode(), format=lzma.FORMAT_XZ, filters=filters))
    # The block header says how large a dictionary the reader has to hold: 40 stands for 4 GB.
    size = (data[12] + 1) * 4
    place = data.index(b"\x21\x01", 12, 12 + size) + 2
    data[place] = 40
    data[12 + size - 4 : 12 + size] = struct.pack("<I", zlib.crc32(bytes(data[12 : 12 + size - 4])))
    return bytes(data)


def _book(name: str, old: bytes, new: bytes) -> bytes:
    members = _members(good.epub([(good.TITLE, good.PARAGRAPHS)]))
    members[name] = members[name].replace(old, new, 1)
    return _zip(members)


def _locked_book() -> bytes:
    lock = b'<encryption Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/>'
    return _zip({**_members(good.epub([(good.TITLE, good.PARAGRAPHS)])), "META-INF/encryption.xml": lock})


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _pdf_stream(content: bytes, filters: int = 1) -> bytes:
    names = b"/FlateDecode" * filters
    return good.pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
            b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(content), names, content),
        ]
    )


def _pdf_of_circling_tables() -> bytes:
    data = good.pdf([good.TITLE])
    place = int(data.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    return data.replace(b"/Root 1 0 R", b"/Prev %d" % place)
