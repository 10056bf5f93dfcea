"""Web addresses as they must be shown before anything opens them: with the host that will really be asked."""

from __future__ import annotations

import re

from PySide6.QtCore import QUrl

_ADDRESS = re.compile(r"https?://[^\s<>\"“”‘’«»।]+", re.IGNORECASE)
_TRAILING = ".,;:!?'\")]}…"
_UNUSABLE = re.compile(r"[\x00-\x20\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\\]")
_USER = re.compile(r"^(https?://)[^/?#]*@", re.IGNORECASE)
_REACH = 2000
_LONGEST_HOST = 70


def web_address(text: str) -> QUrl | None:
    """The one http(s) address that *text* is, None if it is anything else.

    Invisible characters and backslashes have no place in an address; browsers disagree on what they mean.
    """
    text = text.strip()
    if not text or len(text) > _REACH or _UNUSABLE.search(text):
        return None
    url = QUrl(text, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme().lower() not in ("http", "https") or not host_of(url):
        return None
    return url


def addresses_in(text: str) -> list[str]:
    """The addresses of *text* if it consists of nothing else, one or several on lines of their own."""
    words = text.split()
    if not words or len(words) > 50 or any(web_address(word) is None for word in words):
        return []
    return words


def address_at(text: str, position: int) -> str | None:
    """The address that code point *position* of *text* lies in."""
    first = max(0, position - _REACH)
    for found in _ADDRESS.finditer(text, first, min(len(text), position + _REACH)):
        address = found.group().rstrip(_TRAILING)
        if found.start() <= position < found.start() + len(address):
            return address
        if found.start() > position:
            break
    return None


def host_of(url: QUrl) -> str:
    """The host in the letters that are sent (punycode), with a port that is not the usual one."""
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    return f"{host}:{url.port()}" if url.port() > 0 else host


def shown_host(url: QUrl) -> str:
    """The host for a reader's eyes: of a very long one its end, which says whose it is, and how it was written."""
    host = host_of(url)
    if len(host) > _LONGEST_HOST:
        host = "…" + host[-_LONGEST_HOST:]
    written = url.host(QUrl.ComponentFormattingOption.FullyDecoded)
    if written and not written.isascii():
        return f"{host} (written {written[-_LONGEST_HOST:]})"
    return host


def without_user(url: QUrl) -> QUrl:
    """The address without the name before the @, which is there to be taken for the host."""
    return QUrl(_USER.sub(r"\1", url.toString(QUrl.ComponentFormattingOption.FullyEncoded)))
