"""Archives, books and office documents made to harm, each with what has to become of it."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.robustness import good_files as good
from tests.robustness import hostile_making as making
from tests.robustness.hostile_making import IMPORTED, KEPT, REFUSED, REPORT, SKIPPED, Hostile, refused, taken


def archives() -> Iterator[Hostile]:
    one = {"a.txt": REPORT.encode()}
    zeros = bytes(300_000_000)
    yield refused("bomb.zip", lambda: good.zip_of({"a.txt": bytes(50_000_000)}), "hundreds of times|larger than 20 MB")
    yield refused("tar-bomb.tgz", lambda: good.tar_of({"a.txt": bytes(100_000_000)}, "w:gz"), "hundreds|larger")
    yield refused("bomb.txt.gz", lambda: gzip.compress(zeros, 1), "hundreds of times")
    yield refused("bomb.txt.bz2", lambda: bz2.compress(zeros, 1), "hundreds of times")
    yield refused("bomb.txt.xz", lambda: lzma.compress(zeros, preset=0), "hundreds of times")
    yield refused("matryoshka.zip", lambda: making.matryoshka(6, 10), "")
    yield refused("deep.zip", lambda: making.deep(40), "times over")
    yield refused("deep.txt.gz", lambda: making.packed_often(20), "times over")
    yield taken("three-deep.zip", lambda: good.zip_of({"b.zip": good.zip_of({"c.tar.gz": good.tar_of(one, "w:gz")})}))
    yield refused("overlapping.zip", making.overlapping, "over one another")
    yield refused("lying.zip", making.lying, "damaged|hundreds")
    yield refused("locked.zip", making.locked, "password")
    yield refused(
        "entries.zip", lambda: good.zip_of({f"{n}.txt": b"" for n in range(30_000)}), "more than 10,000 files"
    )
    yield refused("cut.zip", lambda: good.zip_of(one)[:-40], "damaged")
    yield refused("no-zip.zip", lambda: b"PK\x03\x04" + random.Random(2).randbytes(5000), "damaged")
    yield taken("trailed.zip", lambda: good.zip_of(one) + b"\n" * 1000)
    slips = {"../../../../tmp/slip.txt": REPORT.encode(), "/etc/slip.txt": b"Other words of a report stand here."}
    yield taken("slip.zip", lambda: good.zip_of(slips))
    yield taken(
        "slip.tar", lambda: good.tar_of({"../../slip.txt": REPORT.encode(), "/abs/b.txt": b"Other words stand here."})
    )
    names = {"a\u202etxt.exe.txt": REPORT.encode(), "b\n\x1b[2J.txt": b"Other words of a report stand here."}
    yield taken("names.zip", lambda: good.zip_of(names))
    yield taken("bytes.tar", making.odd_names)
    yield Hostile("links.zip", frozenset((SKIPPED,)), making.linked_zip, says="link or a device")
    yield Hostile("links.tar", frozenset((SKIPPED,)), making.linked_tar, says="link or a device")
    yield Hostile(
        "pictures.zip", frozenset((SKIPPED,)), lambda: good.zip_of({f"{n}.png": b"\x89PNG" for n in range(500)})
    )
    yield Hostile("sparse.tar", frozenset((REFUSED, SKIPPED)), making.sparse)
    yield refused("huge-member.tar", making.huge_member, "")
    yield refused("long-names.tar", lambda: making.long_names(3000), "")
    yield Hostile(
        "members.tar", frozenset((SKIPPED, REFUSED)), lambda: making.empty_members(100_000), says="more than 10,000"
    )
    yield refused("header.tar.gz", making.header_bomb, "")
    yield refused("dictionary.txt.xz", making.large_dictionary, "")
    yield refused("noise.tar.gz", lambda: gzip.compress(random.Random(3).randbytes(100_000)), "damaged")
    yield refused("zeros.tar.gz", lambda: gzip.compress(bytes(900_000)), "")
    yield refused("empty.zip", lambda: b"PK\x05\x06" + bytes(18), "empty")
    yield refused("empty.tar", lambda: good.tar_of({}), "")


def documents(canary: Path, port: int) -> Iterator[Hostile]:
    spy, secret = f"http://127.0.0.1:{port}/", canary.as_uri()
    laughs = '<!DOCTYPE x [<!ENTITY a "lol">' + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9)) + "]>"
    outside = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret}">]>'
    for name, before in (("laughs", laughs), ("outside", outside)):
        yield refused(f"{name}.docx", good.word("&a;", good.PARAGRAPHS, before=before), "defines entities")
        yield refused(
            f"{name}.epub",
            making.book("META-INF/container.xml", b"<container", before.encode() + b"<container"),
            "entities",
        )
    bulk = "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 100_000
    yield taken("paragraphs.docx", lambda: good.word(good.TITLE, good.PARAGRAPHS, body=bulk), also=(REFUSED,), kept="")
    nested = "<w:tbl><w:tr><w:tc>" * 30_000 + "</w:tc></w:tr></w:tbl>" * 30_000
    yield taken("nested.docx", lambda: good.word(good.TITLE, good.PARAGRAPHS, body=nested), also=(REFUSED,), kept="")
    yield refused("bomb.docx", lambda: good.word("a" * 60_000_000, []), "hundreds of times|larger than")
    yield refused(
        "no-text.docx", lambda: good.zip_of({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), "no text"
    )
    yield refused(
        "table.docx", lambda: good.zip_of({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"}), "with a table"
    )
    for name, href in (("file", secret), ("web", f"{spy}a.xhtml"), ("up", "../../../../../../../etc/passwd")):
        yield Hostile(
            f"{name}.epub",
            frozenset((IMPORTED, SKIPPED)),
            making.book("OEBPS/content.opf", b"text/cover.xhtml", href.encode()),
            kept=KEPT,
            absent=("canary", "root:"),
        )
    spine = b'<itemref idref="p1"/>' * 100_000
    yield taken(
        "spine.epub",
        lambda: making.book("OEBPS/content.opf", b"</spine>", spine + b"</spine>"),
        also=(SKIPPED, REFUSED),
        kept="",
    )
    yield refused("locked.epub", making.locked_book, "protected against copying")
    yield refused(
        "missing.epub", lambda: making.book("META-INF/container.xml", b"content.opf", b"other.opf"), "missing"
    )
    report = [good.TITLE, *good.PARAGRAPHS]
    catalogue = b"<</Type/Catalog/Pages 2 0 R>>"
    yield refused("loop.pdf", lambda: good.pdf_of([catalogue, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"]), "")
    many = b"<</Type/Pages/Kids[" + b"3 0 R " * 100_000 + b"]/Count 100000>>"
    yield refused("pages.pdf", lambda: good.pdf_of([catalogue, many, b"<</Type/Page/Parent 2 0 R>>"]), "")
    yield refused("stream.pdf", lambda: making.pdf_stream(zlib.compress(bytes(200_000_000))), "")
    yield refused(
        "streams.pdf", lambda: making.pdf_stream(making.packed_over(zlib.compress, bytes(50_000_000), 3), filters=3), ""
    )
    yield refused("operators.pdf", lambda: making.pdf_stream(zlib.compress(b"q Q " * 15_000_000)), "")
    yield refused("brackets.pdf", lambda: good.pdf_of([b"[" * 200_000, b"<<>>"]), "")
    yield refused("cut.pdf", lambda: good.pdf(report)[:300], "")
    yield refused("noise.pdf", lambda: b"%PDF-1.7\n" + random.Random(4).randbytes(100_000), "")
    yield taken("previous.pdf", making.pdf_of_circling_tables, also=(REFUSED,), kept="")
    opening = b"/OpenAction<</S/URI/URI(%s)>>/AA<</O<</S/Launch/F(%s)>>>>" % (spy.encode(), secret.encode())
    action = b"<</Type/Catalog/Pages 2 0 R%s>>" % opening
    acting = good.pdf(report).replace(catalogue, action)
    yield Hostile("action.pdf", frozenset((IMPORTED,)), acting, kept="cut the", absent=("canary",))
    yield taken(
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
        yield taken(f"{name}.md", text.encode(), also=(REFUSED,), kept="")
