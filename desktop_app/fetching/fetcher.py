"""Asking one server for one thing, within limits of time, size and trust."""

from __future__ import annotations

import codecs
import email.message
import http.client
import ssl
import threading
import time
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

import certifi
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from desktop_app import __version__
from desktop_app.fetching.addresses import normal_address
from desktop_app.fetching.connection import Line, PlainConnection, Reach, SecureConnection
from desktop_app.fetching.errors import FetchFailed, NotAnAddress
from desktop_app.fetching.failures import failure, refusal

USER_AGENT = f"Setu/{__version__} (+ news reader on a person's desk)"
_CHUNK_BYTES = 1 << 16
_MOVED = (301, 302, 303, 307, 308)
_MOVED_FOR_GOOD = (301, 308)
_MEDIA = ("image/", "audio/", "video/", "font/")
_MOST_ENCODINGS = 2


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost. `total_s` spans redirects; `body_bytes` holds for what is sent and unpacked."""

    connect_s: float = 10.0
    silence_s: float = 15.0
    total_s: float = 30.0
    body_bytes: int = 10 << 20
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to ask for. `allowed` bounds how near its server may be: a reader's own address may be anywhere,
    one that a page or feed named may not be nearer than the server that named it."""

    address: str
    accept: str = "text/html, application/xhtml+xml, */*;q=0.5"
    etag: str | None = None
    modified: str | None = None
    allowed: Reach = Reach.THIS_MACHINE


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave; `unchanged` without data if it is what we have.

    `address` is where it was found after all redirects, `moved_to` the address to ask from now on, if the server
    said that the old one has moved for good. `charset` is the one in the header, None if it says none we know.
    """

    address: str
    data: bytes = b""
    unchanged: bool = False
    moved_to: str | None = None
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    reach: Reach = Reach.PUBLIC


@dataclass(frozen=True, slots=True)
class _Redirect:
    target: str
    for_good: bool


class Fetcher:
    """Fetches over http and https; may be used from several threads at once.

    Certificates are checked against the system's authorities and certifi's; *extra_authorities* names a PEM file.
    """

    def __init__(self, limits: Limits | None = None, *, extra_authorities: str | None = None) -> None:
        self._limits = limits or Limits()
        self._context = ssl.create_default_context(cafile=certifi.where())
        self._context.load_default_certs()
        if extra_authorities is not None:
            self._context.load_verify_locations(extra_authorities)
        self._guard = threading.Lock()
        self._lines: set[Line] = set()
        self._stopped = False

    def stop(self) -> None:
        """End every exchange under way, and start none."""
        with self._guard:
            self._stopped = True
            lines = set(self._lines)
        for line in lines:
            line.cut()

    def fetch(self, request: Request) -> Fetched:
        """Ask, following redirects; `FetchFailed` or `NotAnAddress` say what went wrong."""
        asked = normal_address(request.address)
        deadline = time.monotonic() + self._limits.total_s
        address, allowed = asked, request.allowed
        moved_to: str | None = None
        still_for_good = True
        visited = {address}
        for _ in range(self._limits.redirects + 1):
            found = self._exchange(asked, replace(request, address=address, allowed=allowed), deadline)
            if not isinstance(found.answer, _Redirect):
                return replace(found.answer, moved_to=moved_to)
            address = _followed(asked, address, found.answer.target)
            if address in visited:
                raise FetchFailed(asked, "its server sends readers round in a circle", "Check the address.")
            visited.add(address)
            allowed = found.reach
            still_for_good = still_for_good and found.answer.for_good
            if still_for_good:
                moved_to = address
        raise FetchFailed(asked, f"it was passed on more than {self._limits.redirects} times", "Check the address.")

    def _exchange(self, asked: str, request: Request, deadline: float) -> _Answered:
        """One request and its answer, within what is left of the time."""
        line = Line(request.allowed)
        with self._guard:
            if self._stopped:
                raise FetchFailed(asked, "fetching was stopped")
            self._lines.add(line)
        alarm = threading.Timer(max(deadline - time.monotonic(), 0.0), line.cut)
        alarm.daemon = True
        alarm.start()
        connection = self._connection(request.address, line, min(self._limits.connect_s, deadline - time.monotonic()))
        try:
            answer = self._ask(asked, request, connection, line)
        except FetchFailed:
            if not line.is_cut:
                raise
            raise self._too_slow(asked) from None
        except (OSError, HTTPError, http.client.HTTPException, ValueError) as error:
            if line.is_cut:
                raise self._too_slow(asked) from error
            raise failure(asked, request.address, error) from error
        finally:
            alarm.cancel()
            connection.close()
            line.close()
            with self._guard:
                self._lines.discard(line)
        if line.is_cut:
            # A body without a stated length looks complete when the connection is cut.
            raise self._too_slow(asked)
        return _Answered(answer, line.reach)

    def _connection(self, address: str, line: Line, timeout_s: float) -> HTTPConnection:
        parts = urlsplit(address)
        host, timeout_s = parts.hostname or "", max(timeout_s, 0.01)
        if parts.scheme == "https":
            return SecureConnection(host, parts.port or 443, line, timeout_s=timeout_s, context=self._context)
        return PlainConnection(host, parts.port or 80, line, timeout_s=timeout_s)

    def _ask(self, asked: str, request: Request, connection: HTTPConnection, line: Line) -> Fetched | _Redirect:
        connection.connect()
        assert connection.sock is not None
        connection.timeout = self._limits.silence_s
        connection.sock.settimeout(self._limits.silence_s)
        parts = urlsplit(request.address)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers=_headers(request), preload_content=False)
        response = connection.getresponse()
        if response.status in _MOVED:
            return _Redirect(_location(asked, response), response.status in _MOVED_FOR_GOOD)
        if response.status == 304 and (request.etag or request.modified):
            return Fetched(request.address, unchanged=True, reach=line.reach)
        if not 200 <= response.status < 300 or response.status == 206:
            raise refusal(asked, response)
        kind, charset = _content_type(response)
        if kind.startswith(_MEDIA):
            raise FetchFailed(asked, f"it is not text ({kind})", "", lasting=True)
        data = self._body(asked, response)
        return Fetched(
            request.address,
            data,
            charset=charset,
            etag=_header(response, "etag"),
            modified=_header(response, "last-modified"),
            reach=line.reach,
        )

    def _body(self, asked: str, response: BaseHTTPResponse) -> bytes:
        most = self._limits.body_bytes
        encodings = [name.strip() for name in response.headers.get("content-encoding", "").split(",") if name.strip()]
        unknown = set(map(str.casefold, encodings)) - {"gzip", "x-gzip", "deflate", "identity"}
        if unknown or len(encodings) > _MOST_ENCODINGS:
            raise FetchFailed(asked, "its server packed it in a way that was not asked for", "", lasting=True)
        announced = response.headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > most:
            raise self._too_large(asked)
        data = bytearray()
        # Not `stream`, which reads the length of a chunk however long that line is.
        while chunk := response.read(_CHUNK_BYTES, decode_content=True):
            data += chunk
            if len(data) > most or response.tell() > most:
                raise self._too_large(asked)
        return bytes(data)

    def _too_large(self, asked: str) -> FetchFailed:
        return FetchFailed(asked, f"it is larger than {self._limits.body_bytes >> 20} MB", "", lasting=True)

    def _too_slow(self, asked: str) -> FetchFailed:
        if self._stopped:
            return FetchFailed(asked, "fetching was stopped")
        return FetchFailed(asked, f"it took longer than {self._limits.total_s:.0f} seconds")


@dataclass(frozen=True, slots=True)
class _Answered:
    answer: Fetched | _Redirect
    reach: Reach


def _headers(request: Request) -> dict[str, str]:
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": request.accept,
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }
    if request.etag:
        headers["If-None-Match"] = request.etag
    if request.modified:
        headers["If-Modified-Since"] = request.modified
    return headers


def _header(response: BaseHTTPResponse, name: str) -> str | None:
    """A header worth sending back: short, and nothing in it that could end a line."""
    value = response.headers.get(name, "")
    return value if value and len(value) < 1000 and value.isprintable() and value.isascii() else None


def _content_type(response: BaseHTTPResponse) -> tuple[str, str | None]:
    message = email.message.Message()
    message["content-type"] = response.headers.get("content-type", "")
    kind = message.get_content_type() if message["content-type"] else ""
    charset = message.get_content_charset()
    try:
        return kind, codecs.lookup(charset).name if charset else None
    except (LookupError, ValueError):
        return kind, None


def _location(asked: str, response: BaseHTTPResponse) -> str:
    target = response.headers.get("location", "").strip()
    if not target:
        raise FetchFailed(asked, "its server passed it on without saying where to")
    # http.client reads headers as Latin-1, while servers write UTF-8 there.
    try:
        return target.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return target


def _followed(asked: str, address: str, target: str) -> str:
    try:
        found = normal_address(urljoin(address, target))
    except (NotAnAddress, ValueError) as error:
        reason = f"its server passed it on to “{target[:200]}”, which is no web address"
        raise FetchFailed(asked, reason, "Check the address.", lasting=True) from error
    if address.startswith("https:") and found.startswith("http:"):
        reason = f"its server passed it on from a protected to an unprotected connection ({found[:200]})"
        raise FetchFailed(asked, reason, "If you trust it, use that address instead.", lasting=True)
    return found
