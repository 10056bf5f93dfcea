"""A good file of every kind that Setu reads, in English and in Hindi, each made of the same two reports.

They are what mutations start from, and what the tests of single formats take apart.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape

TITLE, HINDI_TITLE = "Harbour bridge opens after nine years", "नौ साल बाद बंदरगाह का पुल खुला"
PARAGRAPHS = (
    "Lima [Peru], March 4 : The bridge over the old harbour was opened on Thursday after nine years of work, and "
    "thousands of people walked across the water before noon.",
    "Traders, who had paid for ferries for decades, cheered Mayor Rosa Delgado as she cut the ribbon.",
    '"We waited for this day," she said. A second bridge is planned, though its cost is not known.',
    "The port authority expects forty thousand vehicles a day, officials told reporters 🌉.",
)
HINDI_PARAGRAPHS = (
    "लीमा, 4 मार्च (एजेंसी)। पुराने बंदरगाह पर बना पुल नौ साल के काम के बाद गुरुवार को खोल दिया गया और दोपहर से "
    "पहले ही हजारों लोग पैदल उस पार गए।",
    "दशकों से नाव का किराया देते आए व्यापारियों ने फीता काटने वाली मेयर रोजा डेलगाडो का स्वागत किया।",
    '"हमने इस दिन का इंतजार किया था," उन्होंने कहा। दूसरे पुल की योजना बन रही है, हालांकि उसका खर्च मालूम नहीं है।',
    "बंदरगाह प्राधिकरण को हर दिन चालीस हजार गाड़ियों की उम्मीद है, अधिकारियों ने पत्रकारों को बताया।",
)


@dataclass(frozen=True, slots=True)
class GoodFile:
    """A file with the number of articles in it; `words` are some that a reader finds it by."""

    name: str
    data: bytes
    articles: int
    words: str


def good_files() -> list[GoodFile]:
    """Twenty files."""
    plain = f"{TITLE}\n\n" + "\n\n".join(PARAGRAPHS)
    hindi = f"{HINDI_TITLE}\n\n" + "\n\n".join(HINDI_PARAGRAPHS)
    page, hindi_page = web_page(TITLE, PARAGRAPHS), web_page(HINDI_TITLE, HINDI_PARAGRAPHS, language="hi")
    western = web_page("Café opens on the harbour", PARAGRAPHS, charset="windows-1252")
    both = {"en/report.txt": plain.encode(), "hi/रिपोर्ट.html": hindi_page.encode()}
    return [
        GoodFile("report.txt", plain.encode(), 1, "Delgado ferries"),
        GoodFile("hindi.txt", hindi.encode(), 1, "डेलगाडो"),
        GoodFile("marked.txt", b"\xff\xfe" + hindi.encode("utf-16-le"), 1, "डेलगाडो"),
        GoodFile("note.md", markdown(TITLE, PARAGRAPHS).encode(), 1, "Delgado ferries"),
        GoodFile("page.html", page.encode(), 1, "Delgado ferries"),
        GoodFile("hindi.html", hindi_page.encode(), 1, "डेलगाडो"),
        GoodFile("western.htm", western.encode("cp1252", "ignore"), 1, "Café"),
        GoodFile("saved.mhtml", saved_page(page), 1, "Delgado ferries"),
        GoodFile("letter.eml", mail(TITLE, "\n\n".join(PARAGRAPHS), page), 1, "Delgado ferries"),
        GoodFile("old.mbox", mailbox([mail(TITLE, plain), mail(HINDI_TITLE, hindi)]), 2, "डेलगाडो"),
        GoodFile("news.rss", rss([(TITLE, PARAGRAPHS), (HINDI_TITLE, HINDI_PARAGRAPHS)]).encode(), 2, "डेलगाडो"),
        GoodFile("news.atom", atom(TITLE, PARAGRAPHS).encode(), 1, "Delgado ferries"),
        GoodFile("news.jsonl", json_lines([(TITLE, PARAGRAPHS), (HINDI_TITLE, HINDI_PARAGRAPHS)]), 2, "डेलगाडो"),
        GoodFile("news.epub", epub([(TITLE, PARAGRAPHS), (HINDI_TITLE, HINDI_PARAGRAPHS)]), 2, "डेलगाडो"),
        GoodFile("report.docx", word(HINDI_TITLE, HINDI_PARAGRAPHS), 1, "डेलगाडो"),
        GoodFile("report.pdf", pdf([TITLE, *PARAGRAPHS]), 1, "Delgado ferries"),
        GoodFile("news.zip", zip_of(both), 2, "डेलगाडो"),
        GoodFile("news.tar.gz", tar_of(both, "w:gz"), 2, "डेलगाडो"),
        GoodFile("hindi.txt.xz", lzma.compress(hindi.encode()), 1, "डेलगाडो"),
        GoodFile("page.html.bz2", bz2.compress(page.encode()), 1, "Delgado ferries"),
    ]


def web_page(title: str, paragraphs: Sequence[str], *, language: str = "en", charset: str = "utf-8") -> str:
    """A page as newsrooms make them, with menus, teasers and JSON-LD around the report."""
    description = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": "2021-03-04T09:15:00+05:30",
        "publisher": {"@type": "Organization", "name": "Example News"},
    }
    menu = "".join(f'<li><a href="/{number}">Section {number}</a></li>' for number in range(12))
    body = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="{charset}">'
        f"<title>{escape(title)} | Example News</title>"
        '<link rel="canonical" href="https://example.org/news/bridge">'
        f'<script type="application/ld+json">{json.dumps(description)}</script></head>\n'
        f"<body><nav><ul>{menu}</ul></nav><main><article><h1>{escape(title)}</h1>\n{body}</article></main>"
        '<aside class="related"><h3>Most read</h3><p><a href="/x">Another story about something else</a></p></aside>'
        "<footer><p>Copyright 2021 Example News. All rights reserved.</p></footer></body></html>"
    )


def markdown(title: str, paragraphs: Sequence[str]) -> str:
    """Front matter and marks of every kind."""
    head = (
        f'---\ntitle: "{title}"\ndate: 2021-03-04\nsource: Example News\nurl: https://example.org/news/bridge\n---\n\n'
    )
    return head + f"# {title}\n\n## Traders *cheer*\n\n" + "\n\n".join(paragraphs).replace("ferries", "**ferries**")


def mail(title: str, text: str, page: str = "") -> bytes:
    """A mail with a text and perhaps the same as a page."""
    message = EmailMessage()
    message["Subject"] = title
    message["From"] = "Example News <desk@example.org>"
    message["Date"] = "Thu, 04 Mar 2021 09:15:00 +0530"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(text)
    if page:
        message.add_alternative(page, subtype="html")
    return message.as_bytes()


def mailbox(mails: Sequence[bytes]) -> bytes:
    return b"".join(b"From desk@example.org Thu Mar  4 09:15:00 2021\n" + mail + b"\n\n" for mail in mails)


def saved_page(page: str) -> bytes:
    """A page as browsers save it in one file."""
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/news/bridge\r\nSubject: Bridge\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n'
        "----b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
        f"Content-Location: https://example.org/news/bridge\r\n\r\n{page}\r\n"
        "----b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n----b--\r\n"
    ).encode()


def rss(reports: Sequence[tuple[str, Sequence[str]]]) -> str:
    items = "".join(
        f"<item><title>{escape(title)}</title><link>https://example.org/{number}</link><guid>tag:{number}</guid>"
        "<pubDate>Thu, 04 Mar 2021 09:15:00 +0530</pubDate><content:encoded><![CDATA["
        + "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
        + "]]></content:encoded></item>\n"
        for number, (title, paragraphs) in enumerate(reports)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Example News</title>'
        f"<link>https://example.org/</link>\n{items}</channel></rss>"
    )


def atom(title: str, paragraphs: Sequence[str]) -> str:
    content = escape("".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs))
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Example News</title>\n'
        f'<entry><title>{escape(title)}</title><id>urn:1</id><link href="https://example.org/1"/>'
        f'<published>2021-03-04T09:15:00+05:30</published><content type="html">{content}</content></entry></feed>'
    )


def json_lines(reports: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    lines = (
        json.dumps({"title": title, "text": "\n".join(text), "date": "2021-03-04", "source": "Example News"})
        for title, text in reports
    )
    return "\n".join(lines).encode()


def epub(reports: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    """A newspaper as a book, with a cover."""
    pages = {
        f"OEBPS/text/{number}.xhtml": (
            f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{number}</title></head>'
            f"<body><h1>{escape(title)}</h1>"
            + "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
            + "</body></html>"
        )
        for number, (title, paragraphs) in enumerate(reports, 1)
    }
    items = "".join(
        f'<item id="p{number}" href="text/{number}.xhtml" media-type="application/xhtml+xml"/>'
        for number in range(1, len(reports) + 1)
    )
    spine = "".join(f'<itemref idref="p{number}"/>' for number in range(1, len(reports) + 1))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Example News</dc:title><dc:language>en</dc:language>'
        f'<dc:date>2021-03-04</dc:date></metadata><manifest><item id="cover" href="text/cover.xhtml" '
        f'media-type="application/xhtml+xml"/>{items}</manifest><spine><itemref idref="cover"/>{spine}</spine>'
        "</package>"
    )
    container = (
        '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
    )
    return zip_of(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": container.encode(),
            "OEBPS/content.opf": package.encode(),
            "OEBPS/text/cover.xhtml": b"<html><body><img src='cover.png'/></body></html>",
            **{name: page.encode() for name, page in pages.items()},
        }
    )


def word(title: str, paragraphs: Sequence[str], *, before: str = "", body: str = "") -> bytes:
    """A Word document; *before* stands before the root element, *body* before the text."""
    texts = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document '
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f'{body}<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{escape(title)}</w:t></w:r></w:p>{texts}'
        "</w:body></w:document>"
    )
    return zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()})


def pdf(paragraphs: Sequence[str], *, width: int = 80, pages: int = 1) -> bytes:
    """A PDF document whose font maps each code to the same UTF-16 unit, printed in lines of *width*."""
    lines: list[str] = []
    for paragraph in paragraphs:
        line = ""
        for piece in paragraph.split(" "):
            if len(line) + len(piece) > width:
                lines.append(line)
                line = ""
            line = f"{line} {piece}".strip()
        lines.append(line)
    shown = b" ".join(f"<{line.encode('utf-16-be', 'ignore').hex()}> Tj T*".encode() for line in lines)
    content = b"BT /F1 10 Tf 14 TL 50 780 Td " + shown + b" ET"
    mapping = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
        b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end"
    )
    kids = b" ".join(b"%d 0 R" % (7 + number) for number in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % pages,
        b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/F/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>/DW 500>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(mapping), mapping),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    ]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents 6 0 R>>"
    return pdf_of([*objects, *[page] * pages])


def pdf_of(objects: Sequence[bytes]) -> bytes:
    """The objects, numbered from 1, with the table that says where they are; the first is the catalogue."""
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    count = len(objects) + 1
    return data + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        count,
        table,
        count,
        start,
    )


def zip_of(members: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", packing) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tar_of(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def packed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)
