"""The one normalisation a text goes through before it is stored, indexed or shown."""

from __future__ import annotations

import unicodedata

_BYTE_ORDER_MARK = "\ufeff"


def normalise(text: str) -> str:
    """Return *text* in NFC with "\\n" line ends and no leading byte order mark; nothing else changes.

    Idempotent. All spans in Setu count code points of a text that has been through here.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip(_BYTE_ORDER_MARK)
    return unicodedata.normalize("NFC", text)
