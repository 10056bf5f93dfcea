"""The one normalisation a text goes through before it is stored, indexed or shown."""

from __future__ import annotations

import re
import unicodedata

_BYTE_ORDER_MARK = "\ufeff"
# To put n marks on one letter in order takes time with the square of n: Unicode's own limit (UAX 15, stream-safe text).
_MOST_MARKS = 30
_MARK = (
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06ed\u093c\u094d\u0951-\u0954"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u302a-\u302f\ufe20-\ufe2f]"
)
_SEPARATOR = re.compile("[\u2028\u2029]")
_NO_CHARACTER = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_MARKS = re.compile(f"({_MARK}{{{_MOST_MARKS}}}){_MARK}+")


def normalise(text: str) -> str:
    """Return *text* in NFC with "\\n" line ends and no leading byte order mark; nothing else changes.

    Unicode's own separators of lines and paragraphs are line ends, too; what will never be a character is U+FFFD.
    Of more than thirty marks on one letter only the first stay. Idempotent.

    All spans in Setu count code points of a text that has been through here.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    text = _NO_CHARACTER.sub("\ufffd", _SEPARATOR.sub("\n", text.lstrip(_BYTE_ORDER_MARK)))
    return unicodedata.normalize("NFC", _MARKS.sub(r"\1", text))
