"""Files made to hang, fill, mislead or break whoever reads them, each with what has to become of it."""

from __future__ import annotations

import base64
import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.robustness import good_files as good
from tests.robustness import hostile_making as making
from tests.robustness.hostile_containers import archives, documents
from tests.robustness.hostile_making import ARTICLE, IMPORTED, KEPT, REFUSED, REPORT, SKIPPED, Hostile, refused, taken


def cases(canary: Path, port: int) -> list[Hostile]:
    """All of them; *canary* is a file none may read, *port* that of a server on this machine none may ask."""
    return [
        *_texts(),
        *_pages(canary, port),
        *_feeds(canary, port),
        *_mails(),
        *archives(),
        *documents(canary, port),
        *_data(),
        *_no_files(canary),
    ]


def _texts() -> Iterator[Hostile]:
    hindi = "\n\n".join([good.HINDI_TITLE, *good.HINDI_PARAGRAPHS])
    both = f"{REPORT}\n\n{hindi}"
    yield refused("empty.txt", lambda: b"", "it is empty")
    yield refused("blank.txt", lambda: b" \n\t\r\n" * 1000, "nothing but blanks")
    yield refused("nul.txt", lambda: REPORT.encode() + b"\0" * 10, "not text")
    yield refused("controls.txt", lambda: bytes(range(1, 9)) * 500 + b"words", "not text")
    yield refused("noise.txt", lambda: random.Random(1).randbytes(200_000), "")
    yield refused("program.txt", lambda: b"\x7fELF" + b"\0" * 1000, "a program")
    yield refused("picture.html", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 1000, "a picture")
    yield refused("emoji.txt", lambda: "🌉".encode() * 5000, "no words in English or Hindi")
    yield refused("cyrillic.txt", lambda: "Мост открыт в четверг. ".encode() * 50, "no words in English or Hindi")
    yield refused("huge.txt", lambda: b"word " * 5_000_000, "larger than the 20 MB")
    yield refused("one-line.txt", lambda: b"a" * 15_000_000, "far longer than a report")
    yield taken("utf16le.txt", lambda: both.encode("utf-16-le"), kept="डेलगाडो")
    yield taken("utf16be.txt", lambda: hindi.encode("utf-16-be"), kept="डेलगाडो")
    yield taken("utf32.txt", lambda: both.encode("utf-32"), kept="डेलगाडो")
    yield taken("half-characters-16.txt", lambda: both.encode("utf-16") + b"\x3d\xd8\x41\x00\x00\xdc")
    yield taken("half-characters-8.txt", lambda: REPORT.encode() + b" \xed\xa0\xbd\xed\xb8\x80 \xed\xbf\xbf")
    yield taken("overlong.txt", lambda: REPORT.encode() + b" \xc0\xaf\xc1\x9c\xf8\x88\x80\x80\x80 \xfe\xff")
    yield taken("marks.txt", lambda: ("\ufeff" * 1000 + REPORT + "\ufeff").encode())
    yield taken("bidi.txt", lambda: REPORT.replace(" ", " \u202e\u2066\u202d", 5).encode())
    yield taken("joiners.txt", lambda: (REPORT + "\u200d\u200c" * 100_000).encode())
    yield taken("returns.txt", lambda: REPORT.replace("\n", "\r").encode() + b"\r" * 90_000)
    yield refused("lines.txt", lambda: REPORT.encode() + b"\n" * 1_500_000, "far longer than a report")
    yield taken("long-word.txt", lambda: REPORT.encode() + b"\n" + b"x" * 1_500_000)
    yield taken("long-hindi-word.txt", lambda: f"{REPORT}\n{'कि' * 300_000}".encode())
    yield taken(
        "marked-letter.txt",
        lambda: f"{REPORT}\na{chr(0x301) + chr(0x323)}".encode() + "\u0301\u0323".encode() * 100_000,
    )
    yield taken("clusters.txt", lambda: (REPORT + "\n" + "👩\u200d" * 100_000).encode())
    yield taken("short-lines.txt", lambda: REPORT.encode() + b"\n\n" + b"a b\n" * 90_000)
    yield taken("full-stops.txt", lambda: REPORT.encode() + b"\n" + b"a. " * 200_000)
    yield taken("quotes.txt", lambda: REPORT.encode() + b"\n" + b'"' * 300_000)
    yield taken("dates.txt", lambda: REPORT.encode() + b"\n" + b"1 Jan 2020 " * 50_000)
    yield taken("addresses.txt", lambda: REPORT.encode() + b"\n" + b"http://a.b/c " * 100_000)
    yield taken("hashtags.txt", lambda: REPORT.encode() + b"\n" + b"#a @b " * 150_000)


def _page(inside: str, head: str = "", before: str = "<!DOCTYPE html>") -> Callable[[], bytes]:
    return lambda: f"{before}<html><head>{head}</head><body>{inside}</body></html>".encode("utf-8", "surrogatepass")


def _pages(canary: Path, port: int) -> Iterator[Hostile]:
    spy, secret = f"http://127.0.0.1:{port}/", canary.as_uri()
    yield taken("divs.html", _page("<div>" * 100_000 + ARTICLE))
    yield taken("bold.html", _page("<b>" * 100_000 + ARTICLE))
    yield taken("tables.html", _page("<table><tr><td>" * 30_000 + ARTICLE))
    yield taken("lists.html", _page("<ul><li>" * 50_000 + ARTICLE))
    yield taken("quotes.html", _page("<blockquote class=twitter-tweet>" * 20_000 + ARTICLE))
    yield taken("fonts.html", _page("<font>" * 100_000 + ARTICLE))
    yield taken("forms.html", _page("<form><fieldset>" * 50_000 + ARTICLE))
    yield taken("options.html", _page(f"<select>{'<option>a' * 100_000}</select>{ARTICLE}"))
    yield taken("misnested.html", _page("<b><i><u>" * 15_000 + "</b></i></u>" * 15_000 + ARTICLE))
    yield taken("drawing.html", _page("<svg><g>" * 25_000 + "</g></svg>" * 25_000 + ARTICLE))
    yield taken("formula.html", _page("<math><mi>" * 25_000 + "</mi></math>" * 25_000 + ARTICLE))
    yield taken("closed.html", _page("</div></p></b>" * 30_000 + ARTICLE))
    yield taken("attributes.html", _page("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + f"></p>{ARTICLE}"))
    yield taken("million-attributes.html", _page("<p " + "a=1 " * 1_000_000 + f"></p>{ARTICLE}"))
    yield taken("attribute.html", _page(f'<p a="{"x" * 5_000_000}"></p>{ARTICLE}'))
    yield taken("classes.html", _page(f'<div class="{"a " * 1_000_000}">{ARTICLE}</div>'))
    yield taken("comments.html", _page("<!---->" * 100_000 + ARTICLE))
    yield taken("comment.html", _page(f"{ARTICLE}<!-- {'x' * 5_000_000}"))
    yield taken("script.html", _page(f"{ARTICLE}<script>{'if(a<b){' * 300_000}"), also=(REFUSED,))
    yield taken("style.html", _page(ARTICLE, head=f"<style>{'a{b:c}' * 800_000}</style>"))
    yield taken("title.html", _page(ARTICLE, head=f"<title>{'a | ' * 300_000}</title>"))
    yield taken("data-address.html", _page(f'<img src="data:image/png;base64,{"A" * 10_000_000}">{ARTICLE}'))
    yield taken("json-depth.html", _page(ARTICLE, head=f'<script type="application/ld+json">{"[" * 500_000}</script>'))
    yield taken(
        "json-number.html", _page(ARTICLE, head=f'<script type="application/ld+json">[{"9" * 500_000}]</script>')
    )
    yield taken(
        "json-wide.html", _page(ARTICLE, head=f'<script type="application/ld+json">[{"{}," * 300_000}{{}}]</script>')
    )
    yield taken("character-references.html", _page(f"{ARTICLE}<p>&#xD800;&#xDFFF;&#x110000;&#0;&#1;&#99999999999;</p>"))
    yield taken("entities.html", _page(f"{ARTICLE}<p>{'&amp;' * 500_000}</p>"))
    yield taken("plaintext.html", _page(f"{ARTICLE}<plaintext></body>"))
    yield refused(
        "links.html", _page("".join(f"<a href=/{n}>link {n}</a> " for n in range(80_000)) + ARTICLE), "far more parts"
    )
    yield refused("paragraphs.html", _page(ARTICLE + "<p>It rained.</p>" * 60_000), "far more parts")
    yield refused("cells.html", _page(f"{ARTICLE}<table>{'<tr><td>1<td>2' * 40_000}</table>"), "far more parts")
    yield refused("tags.html", _page("<hr>" * 1_000_000 + ARTICLE), "far more parts")
    yield refused("hidden.html", _page(f'<div style="display:none">{ARTICLE}</div>'), "no article text")
    yield refused("menu.html", _page("<nav><a href=x>Home</a></nav>"), "no article text")
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
    yield taken("says-utf16.html", _page(lying), kept="डेलगाडो")
    yield taken("says-latin1.html", _page(lying.replace("utf-16", "iso-8859-1")), kept="डेलगाडो")
    yield taken("says-nonsense.html", _page(lying.replace("utf-16", "rot13")), kept="डेलगाडो")


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
        yield refused(name, data.encode(), "defines entities")
        broken = data.replace("</channel>", "<channel>")
        yield refused(f"broken-{name}", broken.encode(), "defines entities")
    many = "<rss><channel><title>a</title>" + "<item><title>b</title></item>" * 100_000
    yield refused("items.rss", lambda: many.encode(), "more than 10,000 reports")
    yield refused("nothing.rss", lambda: b"<rss><channel></channel></rss>", "lists no reports")
    yield refused("depth.rss", lambda: b"<rss><channel><item>" + b"<a>" * 1_000_000, "")
    yield refused("no-feed.xml", lambda: b"<?xml version='1.0'?><bank><account>1</account></bank>", "")
    wide = feed.replace("<item>", "<item " + " ".join(f'a{n}="1"' for n in range(50_000)) + ">")
    yield taken("attributes.rss", lambda: wide.encode(), also=(REFUSED,), kept="")
    large = feed.replace("<![CDATA[", "<![CDATA[" + "<b>" * 50_000)
    yield taken("markup.rss", lambda: large.encode())
    yield taken("utf7.rss", lambda: feed.replace("UTF-8", "utf-7").encode())
    yield taken("cut.rss", lambda: feed.encode()[: feed.encode().rindex(b"</item>")])
    base = good.atom(good.TITLE, good.PARAGRAPHS).replace("<feed ", f'<feed xml:base="{secret}" ')
    yield Hostile("base.atom", frozenset((IMPORTED,)), lambda: base.encode(), kept=KEPT, absent=("canary",))
    lines = "".join(f'<outline xmlUrl="http://example.org/{n}"/>' for n in range(100_000))
    yield refused("many.opml", lambda: f"<opml><body>{lines}</body></opml>".encode(), "more than 1,000 feeds")
    yield refused("depth.opml", lambda: b"<opml>" + b"<outline>" * 500_000, "not well-formed")
    whole = b"<opml>" + b"<outline>" * 300_000 + b"</outline>" * 300_000 + b"</opml>"
    yield Hostile("nested.opml", frozenset((SKIPPED, REFUSED)), lambda: whole)


def _mails() -> Iterator[Hostile]:
    head = b"From: a@example.org\r\nMIME-Version: 1.0\r\n"
    level = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
    nested = b"".join(level % (number, number) for number in range(1000))
    text = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + REPORT.encode()
    yield refused("nested.eml", lambda: head + nested + text, "")
    yield refused("nested.mhtml", lambda: b"MIME-Version: 1.0\r\n" + nested.replace(b"mixed", b"related") + text, "")
    parts = head + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    yield refused("parts.eml", lambda: parts + b"--b\r\nContent-Type: text/plain\r\n\r\na\r\n" * 100_000, "parts")
    inner = b"Content-Type: message/rfc822\r\n\r\n"
    yield refused("mail-in-mail.eml", lambda: head + inner * 900 + text, "")
    yield taken("header.eml", lambda: b"Subject: " + b"a " * 2_000_000 + b"\r\n" + head + text)
    yield taken("headers.eml", lambda: b"X-A: b\r\n" * 100 + head + b"X-A: b\r\n" * 100_000 + text, also=(REFUSED,))
    yield taken("charset.eml", lambda: head + text.replace(b"utf-8", b"x-nonsense"))
    yield taken("words.eml", lambda: b"Subject: " + b"=?utf-8?b?4KS?= " * 50_000 + b"\r\n" + head + text)
    body = head + b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    yield taken("base64.eml", lambda: body + base64.encodebytes(REPORT.encode()) + b"=!!" * 100_000)
    slips = good.mail(good.TITLE, REPORT).replace(b"\n\n", b"\nContent-Disposition: inline; filename=../../../a\n\n", 1)
    yield taken("slip.eml", lambda: slips)
    yield refused(
        "no-boundary.mhtml", lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n--\r\n", ""
    )
    yield refused("empty.mbox", lambda: b"From a\n" * 100_000, "")
    senders = b"".join(b"From a\nFrom: a@b.c\nMIME-Version: 1.0\n\n" for _ in range(500))
    yield refused("textless.mbox", lambda: senders, "holds no text")


def _data() -> Iterator[Hostile]:
    line = json.dumps({"title": good.TITLE, "text": REPORT})
    yield refused("depth.json", lambda: b"[" * 1_000_000, "no JSON")
    yield refused("depth.jsonl", lambda: b'{"text":' * 200_000, "no JSON")
    yield refused("number.jsonl", lambda: b'{"text": ' + b"9" * 1_000_000 + b"}", "")
    yield refused("wrong.jsonl", lambda: b'{"text": ["a"]}\n' * 500, "is not a string")
    yield refused("lines.jsonl", lambda: b"x\n" * 100_000, "no JSON")
    yield taken("mixed.jsonl", lambda: f"{line}\nnull\n\x00\n{{}}\n".encode(), also=(REFUSED,))
    yield taken("halves.jsonl", lambda: line.replace("work,", "work \\ud800,").encode())
    yield taken("keys.json", lambda: ('{"a":1,' * 1 + '"b":2,' * 200_000 + line[1:]).encode())


def _no_files(canary: Path) -> Iterator[Hostile]:
    """What bears a file's name and is none."""
    neither = frozenset((REFUSED, SKIPPED))
    yield Hostile("pipe.txt", neither, build=lambda path: os.mkfifo(path))
    yield Hostile("socket.txt", neither, build=making.listen)
    yield Hostile("zero.txt", neither, build=lambda path: path.symlink_to("/dev/zero"))
    yield Hostile("loop.txt", neither, build=lambda path: path.symlink_to(path.name))
    yield Hostile("nowhere.txt", neither, build=lambda path: path.symlink_to("/no/such/file.txt"))
    yield Hostile("pipe-link.txt", neither, build=lambda path: path.symlink_to(canary))
    yield Hostile("odd\udcff\nname\u202e.txt", frozenset((IMPORTED,)), lambda: REPORT.encode(), kept=KEPT)
