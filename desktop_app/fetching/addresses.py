"""Which addresses may be asked for: http and https, without credentials."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

from desktop_app.fetching.errors import NotAnAddress

_LONGEST = 4000
_FEED_SCHEMES = ("feed:", "pcast:")
_SAFE = "!#$%&'()*+,/:;=?@[]~"
"""What stands in a path or query as it is (RFC 3986), `%` among it because it begins what is already quoted."""


def is_web_address(text: str) -> bool:
    """Whether *text* names something on the web rather than a file."""
    return text.strip()[:8].casefold().startswith(("http://", "https://"))


def normal_address(text: str) -> str:
    """*text*, as a reader or a feed may write it, as an absolute http or https address without its fragment.

    A host in another script becomes its ASCII form, and what may not stand in an address is quoted in UTF-8.
    `NotAnAddress` if that cannot be done.
    """
    address = text.strip()
    if len(address) > _LONGEST:
        raise NotAnAddress(text, f"it is longer than {_LONGEST} characters")
    for scheme in _FEED_SCHEMES:
        if address.casefold().startswith(scheme):
            address = address[len(scheme) :]
            address = f"http:{address}" if address.startswith("//") else address
    try:
        parts = urlsplit(address)
        if not address[len(parts.scheme) :].startswith("://"):
            # `example.org/feed`, and `localhost:8000`, which looks as if it began with a scheme.
            parts = urlsplit(f"https://{address.removeprefix('//')}")
        scheme, port = parts.scheme.casefold(), parts.port
        host = _ascii_host(parts.hostname or "")
    except ValueError as error:
        raise NotAnAddress(text, "it is not an address") from error
    if scheme not in ("http", "https"):
        raise NotAnAddress(text, "only http and https addresses can be fetched")
    if parts.username is not None or parts.password is not None:
        raise NotAnAddress(text, "it holds a name and password, which would be kept and sent unprotected")
    if not host:
        raise NotAnAddress(text, "it names no host")
    place = f"[{host}]" if ":" in host else host
    if port is not None and port != {"http": 80, "https": 443}[scheme]:
        place = f"{place}:{port}"
    return urlunsplit((scheme, place, quote(parts.path, safe=_SAFE) or "/", quote(parts.query, safe=_SAFE), ""))


def host_of(address: str) -> str:
    """The host of a normal address."""
    return urlsplit(address).hostname or ""


def confined_address(stated: str | None, found_at: str) -> str | None:
    """The address *stated* by what was found at another one, None if that is on another site.

    Otherwise any page could take the place of another site's article by naming that as its own address.
    """
    try:
        return stated if stated is not None and _site(stated) == _site(found_at) else None
    except ValueError:
        return None


def _site(address: str) -> str:
    return re.sub(r"^(www|m|mobile|amp)\.", "", urlsplit(address).hostname or "")


def _ascii_host(host: str) -> str:
    """ValueError if no host can be called that."""
    if ":" in host:
        return host
    found = host.encode("idna").decode("ascii").casefold() if host else ""
    if any(character <= " " or character in '%"<>\\^`{|}' for character in found):
        raise ValueError(host)
    return found
