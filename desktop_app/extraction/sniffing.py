"""What a file is, by its first bytes, and a sentence for what Setu does not read."""

from __future__ import annotations

import re
from pathlib import PurePath

from desktop_app.errors import UnreadableFile

LARGEST_FILE_BYTES = 20 * 1024 * 1024
LONGEST_TEXT = 2_000_000
"""In code points; ten novels, more than any report."""
MOST_TAGS = 300_000
"""Beyond this a page takes minutes and gigabytes to read; the largest news pages have some 20,000."""

_TEXT_NAMES = frozenset((".txt", ".text"))
_PAGE_NAMES = frozenset((".html", ".htm", ".xhtml"))
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
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document of the old kind"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture, sound or film"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x00\x00\x00\x18ftyp", "a film"),
    (b"\x00\x00\x00\x20ftyp", "a film"),
)
_ADVICE = "Save the report as text or as a web page and import that."


def is_readable_name(path: str) -> bool:
    """Whether a file of this name is worth opening: plain text or a web page."""
    return PurePath(path).suffix.lower() in _TEXT_NAMES | _PAGE_NAMES


def is_page_name(path: str) -> bool:
    """Whether the name promises a web page."""
    return PurePath(path).suffix.lower() in _PAGE_NAMES


def refuse_unreadable_bytes(data: bytes, path: str) -> None:
    """Raise `UnreadableFile` for files that are empty, too large, or of a known kind that is no text."""
    if not data:
        raise UnreadableFile(path, "it is empty")
    if len(data) > LARGEST_FILE_BYTES:
        size, limit = (round(number / 1024 / 1024) for number in (len(data), LARGEST_FILE_BYTES))
        raise UnreadableFile(path, f"with {size} MB it is larger than the {limit} MB a report may have")
    for magic, kind in _BINARY:
        if data.startswith(magic):
            raise UnreadableFile(path, f"it is {kind}, not text", _ADVICE)


def refuse_unreadable_text(text: str, path: str) -> None:
    """Raise `UnreadableFile` for a text of control characters, of blanks alone, or longer than any report."""
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > _MOST_CONTROLS * len(text):
        raise UnreadableFile(path, "it holds data that is not text", _ADVICE)
    if not text.strip():
        raise UnreadableFile(path, "it holds nothing but blanks")


def refuse_overgrown_page(text: str, path: str) -> None:
    """Raise `UnreadableFile` for a page of more tags than any report needs."""
    if text.count("<") > MOST_TAGS:
        raise UnreadableFile(path, "the page has far more parts than a report", _ADVICE)


def is_page(text: str, path: str) -> bool:
    """Whether *text* is HTML: it starts as a page does, or its name says so and it holds tags."""
    if _PAGE_START.match(text):
        return True
    return is_page_name(path) and _ANY_TAG.search(text) is not None
