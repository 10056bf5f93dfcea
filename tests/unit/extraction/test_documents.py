"""Markdown, Word, PDF and EPUB documents: what they say, and what is not read out of them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest

from desktop_app.domain import SentenceKind
from desktop_app.errors import UnreadableFile
from desktop_app.extraction import extract, extract_all
from tests.robustness import good_files as good


@pytest.mark.parametrize("file", good.good_files(), ids=lambda file: str(file.name))
def test_a_file_of_every_kind_gives_its_reports(file: good.GoodFile) -> None:
    nameless = not file.name.endswith((".md", ".jsonl", ".bz2", ".gz", ".xz"))
    for path in (file.name, "folder/unnamed" if nameless else file.name):
        articles = [document.article for document in extract_all(file.data, path) if document.article is not None]
        assert len(articles) == file.articles
        assert any(all(word in article.text for word in file.words.split()) for article in articles)
        assert all(not article.title_inferred for article in articles)


def _lines(text: str, kind: SentenceKind, data: bytes, name: str) -> bool:
    article = extract(data, name)
    return any(article.text[s.start : s.end] == text and s.kind is kind for s in article.sentences)


def test_markdown_loses_its_marks_and_keeps_its_headings() -> None:
    text = (
        "# Bridge *opens*\n\nThe **bridge** over the [harbour](https://example.org/x) was `opened`.\n\n"
        "## Traders cheer\n\n- It rained.\n- It went on.\n\n![a picture](x.png)\n\n<script>alert(1)</script>\n"
    )
    article = extract(text.encode(), "a.md")
    assert (
        article.text == "Bridge opens\nThe bridge over the harbour was opened.\nTraders cheer\nIt rained.\nIt went on."
    )
    assert _lines("Traders cheer", SentenceKind.HEADING, text.encode(), "a.md")


def test_front_matter_says_what_the_text_does_not() -> None:
    article = extract(good.markdown("Bridge", good.PARAGRAPHS).encode(), "a.md")
    assert (article.date, article.source) == (dt.date(2021, 3, 4), "Example News")
    assert article.address == "https://example.org/news/bridge"
    assert "title:" not in article.text


def test_a_line_of_dashes_is_no_front_matter() -> None:
    assert "was opened" in extract(b"---\nThe bridge was opened.\n\nIt rained.\n", "a.md").text


def test_a_word_document_keeps_headings_tables_and_order() -> None:
    table = (
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Length</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>2 km</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:t>Split </w:t></w:r><w:del><w:r><w:delText>never</w:delText></w:r></w:del>"
        "<w:r><w:t>words</w:t><w:br/><w:t>and lines</w:t><w:instrText>FIELD</w:instrText></w:r></w:p>"
    )
    article = extract(good.word("Bridge opens", good.PARAGRAPHS, body=table), "a.docx")
    assert article.text.split("\n")[:4] == ["Length · 2 km", "Split words", "and lines", "Bridge opens"]
    assert article.date is None


def test_entities_in_a_word_document_are_refused() -> None:
    for entity in ('<!ENTITY a "lol">', '<!ENTITY a SYSTEM "file:///etc/passwd">'):
        data = good.word("&a;", good.PARAGRAPHS, before=f"<!DOCTYPE x [{entity}]>")
        with pytest.raises(UnreadableFile, match="defines entities"):
            extract(data, "a.docx")


def test_printed_lines_become_paragraphs_again() -> None:
    text = extract(good.pdf([good.TITLE, *good.PARAGRAPHS]), "a.pdf").text
    assert text.split("\n") == [good.TITLE, *good.PARAGRAPHS[:3], "".join(good.PARAGRAPHS[3:])]


def test_words_broken_at_the_end_of_a_line_are_whole_again() -> None:
    lines = ["The bridge over the old harbour was opened on Thursday after develop-", "ment of nine years, said all."]
    assert "after development of nine years" in extract(good.pdf(lines, width=200), "a.pdf").text


def test_what_stands_on_every_page_goes() -> None:
    data = good.pdf(["Example News page", *good.PARAGRAPHS, "12"], pages=4)
    assert "Example News page" not in extract(data, "a.pdf").text


def test_hindi_that_a_font_misnames_is_refused_not_imported() -> None:
    broken = ["जले म भूखलन से मची तबाही के तीसरे !दन भी मलबे म #ज$दगी क% तलाश जारी रही। शव )मल चुके ह+ और लोग लापता ह+।"] * 3
    with pytest.raises(UnreadableFile, match="wrong letters for their signs"):
        extract(good.pdf(broken), "a.pdf")


def test_a_pdf_without_text_says_so() -> None:
    with pytest.raises(UnreadableFile, match="pictures but no text"):
        extract(good.pdf([""]), "a.pdf")


def test_a_pdf_that_is_damaged_says_so() -> None:
    data = good.pdf([good.TITLE, *good.PARAGRAPHS])
    for broken in (b"%PDF-1.7 ...", data[:200], data.replace(b"/Pages 2", b"/Pages 1")):
        with pytest.raises(UnreadableFile, match=r"damaged|no text"):
            extract(broken, "a.pdf")


def test_a_book_gives_a_report_for_each_of_its_pages() -> None:
    found = list(
        extract_all(good.epub([(good.TITLE, good.PARAGRAPHS), (good.HINDI_TITLE, good.HINDI_PARAGRAPHS)]), "a.epub")
    )
    assert [document.path.rpartition("/")[2] for document in found] == ["cover.xhtml", "1.xhtml", "2.xhtml"]
    assert found[0].skipped
    article = found[1].article
    assert article is not None
    assert article.text == "\n".join([good.TITLE, *good.PARAGRAPHS])
    assert (article.date, article.source) == (dt.date(2021, 3, 4), "Example News")


def test_a_book_that_points_outside_is_read_without_it() -> None:
    data = good.epub([(good.TITLE, good.PARAGRAPHS)])
    for href in ("../../../etc/passwd", "/etc/passwd", "https://example.org/x.xhtml", "file:///etc/passwd"):
        book = _replaced(data, "OEBPS/content.opf", b"text/cover.xhtml", href.encode())
        found = list(extract_all(book, "a.epub"))
        assert [document.article is not None for document in found] == [True]


def test_a_locked_book_says_so() -> None:
    lock = b'<x Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>'
    book = good.epub([(good.TITLE, good.PARAGRAPHS)])
    locked = good.zip_of({**_members(book), "META-INF/encryption.xml": lock})
    with pytest.raises(UnreadableFile, match="protected against copying"):
        extract(locked, "a.epub")


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.epub", "a.zip", "a.tar", "a.gz"])
def test_a_name_that_promises_another_kind_is_not_believed(name: str) -> None:
    with pytest.raises(UnreadableFile, match="that its name promises"):
        extract(b"The bridge was opened on Thursday.", name)


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _replaced(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    members = _members(data)
    members[name] = members[name].replace(old, new)
    return good.zip_of(members)
