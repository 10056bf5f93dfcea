"""Bytes to text: byte order marks, UTF-8, UTF-16 without a mark, a page's own word, windows-1252, then a guess."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 8192
_GUESSED_BYTES = 65536
_DECLARED_WITHIN = 4096
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})"
    rb"|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,30})",
    re.IGNORECASE,
)
# What a page may say of itself: other names are other scripts, or codecs that are no encodings of text.
_ALLOWED = re.compile(r"utf-(?:8|16(?:-[lb]e)?)|(?:cp|windows-?)125\d|iso8859-\d+|ascii|mac-roman")
# The web means windows-1252 when it says Latin-1 (WHATWG Encoding Standard).
_WINDOWS_1252 = frozenset(("ascii", "iso8859-1", "cp1252"))
_NEITHER_SCRIPT = re.compile(
    r"[^\t\n\f\r\x20-\x7e\u00a0-\u024f\u0300-\u036f\u0900-\u097f\u2000-\u206f\u20a0-\u20bf\u2100-\u27bf\ufeff\ufe0f\U0001f000-\U0001faff]"
)
_LETTER = re.compile(r"[A-Za-z\u0904-\u0939\u0966-\u096f]")
_MOST_STRANGE = 0.05
_FEWEST_LETTERS = 0.35
_DAMAGED = "\ufffd"
_SOUND_PER_DAMAGED = 10
_MOST_FOREIGN_BYTES = 0.2


def decode(data: bytes, *, markup: bool = False) -> str | None:
    """The text of *data*, or None where no encoding makes sense of it.

    *markup* lets an HTML page's own declaration speak, after marks and UTF-8 have.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if (unmarked := _utf16_without_mark(data)) is not None:
        return data[: len(data) // 2 * 2].decode(unmarked, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    damaged = data.decode("utf-8", "replace")
    if sum(map(_beyond_ascii, damaged)) >= _SOUND_PER_DAMAGED * damaged.count(_DAMAGED):
        return damaged
    declared = _declared_encoding(data) if markup else None
    if declared is not None:
        return data.decode(declared, "replace")
    return _windows_1252(data) or _guessed(data)


def _beyond_ascii(character: str) -> bool:
    return character > "\x7f" and character != _DAMAGED


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 is known by giving English or Hindi letters; as such Hindi is all bytes below 0x80, like ASCII."""
    sample = data[: min(len(data), _SAMPLE_BYTES) // 2 * 2]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        if len(sample) < 2 or not data.strip():
            return None
        strange = len(_NEITHER_SCRIPT.findall(text))
        letters = len(_LETTER.findall(text))
        if strange <= _MOST_STRANGE * len(text) and letters >= _FEWEST_LETTERS * len(text):
            return encoding
    return None


def _declared_encoding(data: bytes) -> str | None:
    if (match := _DECLARED.search(data[:_DECLARED_WITHIN])) is None:
        return None
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii")).name
    except LookupError:
        return None
    if name in _WINDOWS_1252:
        return "cp1252"
    # A page that could be read for its declaration cannot be UTF-16, and UTF-8 has been tried.
    return name if _ALLOWED.fullmatch(name) and not name.startswith("utf") else None


def _windows_1252(data: bytes) -> str | None:
    foreign = sum(byte > 0x7F for byte in data[:_GUESSED_BYTES])
    if foreign > _MOST_FOREIGN_BYTES * min(len(data), _GUESSED_BYTES):
        return None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_GUESSED_BYTES]).best()
    return data.decode(best.encoding, "replace") if best is not None else None
