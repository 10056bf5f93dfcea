"""Hindi typed for fonts without Unicode is known, shown, and converted only when asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hinlegacy import encode

from desktop_app.extraction import extract_all
from desktop_app.extraction.chanakya import from_chanakya
from desktop_app.extraction.legacy_fonts import legacy_font_of
from desktop_app.records import ExtractedDocument
from tests.robustness import good_files as good

KRUTI = str(encode("\n".join([good.HINDI_TITLE, *good.HINDI_PARAGRAPHS]), "devlys_010"))
CHANAKYA = (
    "ÂýÏæÙ×¢˜æè Ùð ·¤ãæ ç·¤ âÚU·¤æÚU ·ð¤ çß·¤æâ ·¤æØü âð ÖæÚUÌ ·¤è ¥æçÍü·¤ Âý»çÌ ãô»è ¥æñÚU Øã ÂêÚðU Îðàæ ×ð´ ãô»æÐ\n"
    "©‹ãô´Ùð ·¤ãæ ç·¤ ãÚU »æ¢ß ×ð´ ÕãéÌ ·¤æ× ãñÐ"
)


def _only(data: str | bytes, path: str, *, convert: bool = False) -> ExtractedDocument:
    (document,) = extract_all(data.encode() if isinstance(data, str) else data, path, convert_legacy=convert)
    return document


def test_kruti_dev_is_offered_for_conversion_and_not_imported() -> None:
    document = _only(KRUTI, "a.txt")
    assert document.article is None
    assert "typed for the font Kruti Dev" in document.message
    assert document.legacy is not None
    assert document.legacy.before.startswith(KRUTI[:40])
    assert document.legacy.after.startswith(good.HINDI_TITLE)


def test_kruti_dev_is_converted_when_asked() -> None:
    document = _only(KRUTI, "a.txt", convert=True)
    assert document.article is not None
    assert document.article.title == good.HINDI_TITLE
    assert document.article.language == "hi"
    assert "मेयर रोजा डेलगाडो का स्वागत किया।" in document.article.text
    assert len(document.article.sentences) > 4
    assert document.legacy is not None
    assert "its text was converted" in document.message


def test_a_page_in_a_legacy_font_keeps_what_it_states() -> None:
    title, *paragraphs = KRUTI.split("\n")
    page = good.web_page(title, paragraphs).replace("<article>", '<article style="font-family: Kruti Dev 010">')
    document = _only(page, "a.html", convert=True)
    assert document.article is not None
    assert document.article.title.startswith("नौ साल बाद")
    assert document.article.source == "Example News"
    assert document.legacy is not None
    assert document.legacy.font == "Kruti Dev 010"


def test_a_word_document_names_its_font() -> None:
    title, *paragraphs = KRUTI.split("\n")
    data = good.word(
        title, paragraphs[:1], body='<w:p><w:r><w:rPr><w:rFonts w:ascii="DevLys 010"/></w:rPr></w:r></w:p>'
    )
    document = _only(data, "a.docx")
    assert document.legacy is not None
    assert document.legacy.font == "DevLys 010"


def test_english_lines_in_a_legacy_text_stay_as_they_are() -> None:
    mixed = f"{KRUTI}\nThe report was sent by the agency from Delhi.\nhttps://example.org/a"
    document = _only(mixed, "a.txt", convert=True)
    assert document.article is not None
    assert "The report was sent by the agency from Delhi.\nhttps://example.org/a" in document.article.text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ãñ", "है"),
        ("¥æñÚU", "और"),
        ("çß·¤æâ", "विकास"),
        ("ÖæÚUÌ", "भारत"),
        ("ÂýÏæÙ×¢˜æè", "प्रधानमंत्री"),
        ("¥æçÍü·¤", "आर्थिक"),
        ("·¤æØü", "कार्य"),
        ("çSÍçÌ", "स्थिति"),
        ("àæéM¤", "शुरू"),
        ("ÚUæcÅþU", "राष्ट्र"),
        ("ßáü", "वर्ष"),
    ],
)
def test_chanakya_gives_its_words(typed: str, meant: str) -> None:
    assert from_chanakya(typed) == meant


def test_chanakya_is_known_and_converted() -> None:
    document = _only(CHANAKYA, "a.txt", convert=True)
    assert document.legacy is not None
    assert document.legacy.font == "Chanakya"
    assert document.article is not None
    assert "प्रधानमंत्री ने कहा कि सरकार के विकास कार्य से भारत की आर्थिक प्रगति होगी और यह" in document.article.text


@pytest.mark.parametrize(
    "text",
    [
        " ".join(good.PARAGRAPHS),
        " ".join(good.PARAGRAPHS).upper(),
        "\n".join(good.HINDI_PARAGRAPHS),
        'def gh(ds, dh): return [ls for ls in ds if dh(ls)]\nimport os\nls -la | grep "us"; cd jk',
        "http://example.org/ds/dh/gS?ls=us&ij=fd " * 5,
        "Die Größe der Brücke übertrifft alles; für Österreich wäre das schön. Ça va être très élevé à Orléans.",
        "US says GS and LS to meet; DS, DH and DK win. The us dj played gh with ds and ls at the hall.",
        "x y z " * 50,
        "",
    ],
)
def test_no_other_text_is_taken_for_one(text: str) -> None:
    assert legacy_font_of(text) is None
    assert legacy_font_of(text, "Kruti Dev 010") is None or "ds" in text


def test_no_text_at_hand_is_taken_for_one() -> None:
    """The program's own sources and documents: English, code and Unicode Hindi by the megabyte."""
    root = Path(__file__).resolve().parents[3]
    files = [
        path for folder in ("desktop_app", "packaging", "resources/samples") for path in (root / folder).rglob("*")
    ]
    read = 0
    for path in (*files, root / "README.md", root / "NOTICE", root / "CHANGELOG.md"):
        if path.suffix in (".py", ".md", ".txt", ".json", "", ".html") and path.is_file():
            read += 1
            text = path.read_text(encoding="utf-8", errors="replace")
            assert legacy_font_of(text) is None or path.name in ("legacy_fonts.py", "chanakya.py")
    assert read > 100


def test_comparable_texts_are_not_taken_for_one(comparable: Path) -> None:
    for path in comparable.glob("*/*.txt"):
        assert legacy_font_of(path.read_text(encoding="utf-8")) is None
