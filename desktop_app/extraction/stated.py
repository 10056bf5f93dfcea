"""What a file or page says of its report, beside the text: headline, day, newsroom, language, address."""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from desktop_app.domain import Language

_LONGEST_VALUE = 500
_LONGEST_ADDRESS = 2000
_EARLIEST = dt.date(1800, 1, 1)
_KNOWN_PAST = dt.date(2026, 11, 1)
"""A clock that is years behind must not make every report one from the future."""
_AHEAD = dt.timedelta(days=2)
_NOT_A_LETTER = re.compile(r"[\W_]+")
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Stated:
    """None where it does not say."""

    title: str | None = None
    date: dt.date | None = None
    source: str | None = None
    language: Language | None = None
    address: str | None = None


def comparable(text: str) -> str:
    """*text* without blanks, marks and case, to see whether two lines say the same."""
    return _NOT_A_LETTER.sub("", text).casefold()


def stated_line(value: object) -> str | None:
    """A stated title or name as one line without markup's escapes; None for anything but text."""
    if not isinstance(value, str):
        return None
    line = html.unescape(html.unescape(value[:_LONGEST_VALUE]))
    return " ".join(_UNSHOWN.sub(" ", line).split()) or None


def stated_language(value: object) -> Language | None:
    """The language that a code or name ("hi-IN", "en_US", "Hindi") means, of the two."""
    code = (stated_line(value) or "").replace("_", "-").split("-")[0].lower()
    if code in ("hi", "hin", "hindi"):
        return Language.HINDI
    return Language.ENGLISH if code in ("en", "eng", "english") else None


def stated_address(value: object) -> str | None:
    """An absolute http(s) address without user names or fragment; None for anything else."""
    if not isinstance(value, str) or len(value) > _LONGEST_ADDRESS:
        return None
    address = value.strip()
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc or re.search(r"[\s\x00-\x1f]", address):
        return None
    return _UNSHOWN.sub("", address.partition("#")[0])


def without_halves(text: str) -> str:
    """*text* with surrogates joined where two make a character, replaced where one stands alone."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def plausible(date: dt.date | None) -> dt.date | None:
    """*date* unless no report can be of that day: none is from before newspapers, none from the future."""
    if date is None or date < _EARLIEST:
        return None
    today = max(dt.datetime.now(tz=dt.UTC).date(), _KNOWN_PAST)
    return date if date <= today + _AHEAD else None
