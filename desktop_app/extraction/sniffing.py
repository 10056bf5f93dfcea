"""What a file is, by its first bytes and then by its name, and a sentence for what Setu does not read."""

from __future__ import annotations

import re
from enum import Enum, auto
from pathlib import PurePath

from desktop_app.errors import UnreadableFile
from desktop_app.extraction.limits import LARGEST_ARCHIVE_BYTES, LARGEST_FILE_BYTES
from desktop_app.language.scripts import count_words_by_script

LONGEST_TEXT = 2_000_000
"""In code points; ten novels, more than any report."""
MOST_TAGS = 110_000
"""Beyond this a page takes too long to read; the largest news pages have some 20,000."""
_MOST_LINES = 100_000


class Kind(Enum):
    """What the bytes of a file are read as."""

    TEXT = auto()
    """Plain text or a web page: which of the two shows only when it is decoded."""
    MARKDOWN = auto()
    MAIL = auto()
    MAILBOX = auto()
    SAVED_PAGE = auto()
    FEED = auto()
    SUBSCRIPTIONS = auto()
    JSON = auto()
    BOOK = auto()
    WORD = auto()
    PDF = auto()
    ZIP = auto()
    TAR = auto()
    PACKED = auto()


_KINDS_BY_NAME = {
    ".txt": Kind.TEXT, ".text": Kind.TEXT,
    ".html": Kind.TEXT, ".htm": Kind.TEXT, ".xhtml": Kind.TEXT,
    ".md": Kind.MARKDOWN, ".markdown": Kind.MARKDOWN,
    ".eml": Kind.MAIL, ".mbox": Kind.MAILBOX, ".mht": Kind.SAVED_PAGE, ".mhtml": Kind.SAVED_PAGE,
    ".rss": Kind.FEED, ".atom": Kind.FEED, ".xml": Kind.FEED, ".opml": Kind.SUBSCRIPTIONS,
    ".json": Kind.JSON, ".jsonl": Kind.JSON, ".ndjson": Kind.JSON,
    ".epub": Kind.BOOK, ".docx": Kind.WORD, ".pdf": Kind.PDF,
    ".zip": Kind.ZIP, ".tar": Kind.TAR, ".tgz": Kind.PACKED, ".tbz2": Kind.PACKED, ".txz": Kind.PACKED,
    ".gz": Kind.PACKED, ".bz2": Kind.PACKED, ".xz": Kind.PACKED,
}  # fmt: skip
_PAGE_NAMES = frozenset((".html", ".htm", ".xhtml"))
_CONTAINERS = frozenset((Kind.MAILBOX, Kind.BOOK, Kind.PDF, Kind.ZIP, Kind.TAR, Kind.PACKED))
_PAGE_START = re.compile(
    r"\s*+(?:(?><\?xml[^>]{0,200}\?>|<!--.{0,2000}?-->)\s*+)*+<(?:!doctype\s+html|html|head|body|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_ANY_TAG = re.compile(
    r"<(?:p|div|br|h[1-6]|title|meta|a|span|article|section|table|ul|blockquote)\b[^<>]{0,500}>", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.01
_BINARY = (
    (b"\xd0\xcf\x11\xe0", "an office document of the old kind"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"(\xb5/\xfd", "a compressed file"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x00\x00\x00\x18ftyp", "a film"),
    (b"\x00\x00\x00\x20ftyp", "a film"),
)
_ADVICE = "Save the report as text or as a web page and import that."
_PACKED_STARTS = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_PDF_WITHIN = 1024
_BEGINNING = 4096
_XML_ROOT = re.compile(
    rb"\s*+(?:(?:<\?[^>]{0,500}\?>|<!--.{0,2000}?-->|<!DOCTYPE[^>\[]{0,500}(?:\[.{0,3000}?\]\s*+)?>)\s*+)*+<(?:[\w.-]+:)?([A-Za-z]+)[\s>/]",
    re.DOTALL | re.IGNORECASE,
)
_FEED_ROOTS = {b"rss": Kind.FEED, b"feed": Kind.FEED, b"rdf": Kind.FEED, b"opml": Kind.SUBSCRIPTIONS}
_HEADER = re.compile(rb"(?:[!-9;-~]{1,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*+){1,200}+\r?\n")
_MAIL_FIELD = re.compile(rb"^(?:mime-version|message-id|received|return-path|x-mozilla-status)\s*:", re.I | re.M)
_SAVED_PAGE_FIELD = re.compile(rb"^(?:snapshot-content-location|content-type\s*:\s*multipart/related)", re.I | re.M)


def is_readable_name(path: str) -> bool:
    """Whether a file of this name is worth opening."""
    return PurePath(path).suffix.lower() in _KINDS_BY_NAME


def is_page_name(path: str) -> bool:
    """Whether the name promises a web page."""
    return PurePath(path).suffix.lower() in _PAGE_NAMES


def is_container_name(path: str) -> bool:
    """Whether the name promises something that may be larger than a single report."""
    return _KINDS_BY_NAME.get(PurePath(path).suffix.lower()) in _CONTAINERS


def kind_of(data: bytes, path: str) -> Kind:
    """What to read the file as: what its bytes say before what its name says.

    Raises `UnreadableFile` for a file that is empty, too large, or of a known kind that Setu does not read.
    """
    if not data:
        raise UnreadableFile(path, "it is empty")
    kind = _kind_by_bytes(data, path) or _kind_by_name(data, path)
    limit = LARGEST_ARCHIVE_BYTES if kind in _CONTAINERS else LARGEST_FILE_BYTES
    if len(data) > limit:
        size = round(len(data) / 1024 / 1024)
        of = "an archive or book" if kind in _CONTAINERS else "a report"
        raise UnreadableFile(path, f"with {size} MB it is larger than the {limit >> 20} MB {of} may have")
    return kind


def _kind_by_name(data: bytes, path: str) -> Kind:
    kind = _KINDS_BY_NAME.get(PurePath(path).suffix.lower(), Kind.TEXT)
    if kind in (Kind.ZIP, Kind.TAR, Kind.PACKED, Kind.BOOK, Kind.WORD, Kind.PDF):
        what = {Kind.BOOK: "EPUB book", Kind.WORD: "Word document", Kind.PDF: "PDF document"}.get(kind, "archive")
        raise UnreadableFile(path, f"it is not the {what} that its name promises", "It may be damaged: get it anew.")
    if kind in (Kind.FEED, Kind.SUBSCRIPTIONS) and b"<html" in data[:_BEGINNING].lower():
        return Kind.TEXT
    return kind


def _kind_by_bytes(data: bytes, path: str) -> Kind | None:
    if data.startswith(_ZIP_STARTS):
        return _kind_of_zip(data, path)
    if data.startswith(_PACKED_STARTS):
        return Kind.TAR if _is_packed_tar(path) else Kind.PACKED
    if data[257:262] == b"ustar":
        return Kind.TAR
    for magic, kind in _BINARY:
        if data.startswith(magic):
            raise UnreadableFile(path, f"it is {kind}, not text", _ADVICE)
    start = data[:_BEGINNING]
    if start.startswith(b"%PDF-") or (PurePath(path).suffix.lower() == ".pdf" and b"%PDF-" in start[:_PDF_WITHIN]):
        return Kind.PDF
    return _kind_of_text(start)


def _kind_of_text(start: bytes) -> Kind | None:
    """Feeds, mails and mailboxes, by what they begin with."""
    plain = start.replace(b"\x00", b"").lstrip(b"\xff\xfe\xef\xbb\xbf")
    if (root := _XML_ROOT.match(plain)) is not None:
        return _FEED_ROOTS.get(root[1].lower())
    plain = plain.lstrip()
    if plain.startswith(b"From ") and (line := plain.find(b"\n")) > 0:
        return Kind.MAILBOX if _HEADER.match(plain, line + 1) else None
    if (header := _HEADER.match(plain)) is not None:
        if _SAVED_PAGE_FIELD.search(header[0]):
            return Kind.SAVED_PAGE
        if _MAIL_FIELD.search(header[0]):
            return Kind.MAIL
    return None


def _kind_of_zip(data: bytes, path: str) -> Kind:
    """Books and office documents are ZIP files too; their members' names stand plainly in the bytes."""
    if b"META-INF/container.xml" in data and b"mimetype" in data[:_BEGINNING]:
        return Kind.BOOK
    if b"[Content_Types].xml" in data:
        for folder, kind in ((b"word/document", None), (b"xl/workbook", "a table"), (b"ppt/presentation", "slides")):
            if folder in data:
                if kind is None:
                    return Kind.WORD
                raise UnreadableFile(path, f"it is an office document with {kind}", _ADVICE)
    if data[30:80].startswith(b"mimetypeapplication/vnd.oasis.opendocument"):
        raise UnreadableFile(path, "it is an OpenDocument file", "Save the report as .docx or text and import that.")
    return Kind.ZIP


def _is_packed_tar(path: str) -> bool:
    suffixes = [suffix.lower() for suffix in PurePath(path).suffixes[-2:]]
    return suffixes[-1:] in ([".tgz"], [".tbz2"], [".txz"]) or suffixes[:1] == [".tar"]


def refuse_unreadable_text(text: str, path: str) -> None:
    """Raise `UnreadableFile` for a text of control characters, of blanks alone, or longer than any report."""
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > _MOST_CONTROLS * len(text):
        raise UnreadableFile(path, "it holds data that is not text", _ADVICE)
    if not text.strip():
        raise UnreadableFile(path, "it holds nothing but blanks")


def refuse_unreadable_article(text: str, path: str) -> None:
    """Raise `UnreadableFile` for what is longer than any report or has no word in either language."""
    if len(text) > LONGEST_TEXT or text.count("\n") > _MOST_LINES:
        raise UnreadableFile(path, "it is far longer than a report", "Cut it into single reports.")
    if not any(count_words_by_script(text).values()):
        raise UnreadableFile(path, "it holds no words in English or Hindi")


def refuse_overgrown_page(text: str, path: str) -> None:
    """Raise `UnreadableFile` for a page of more tags than any report needs."""
    if text.count("<") > MOST_TAGS:
        raise UnreadableFile(path, "the page has far more parts than a report", _ADVICE)


def is_page(text: str, path: str) -> bool:
    """Whether *text* is HTML: it starts as a page does, or its name says so and it holds tags."""
    if _PAGE_START.match(text):
        return True
    return is_page_name(path) and _ANY_TAG.search(text) is not None
