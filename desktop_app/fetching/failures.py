"""What a server's refusal, or the network's complaint, means to a reader."""

from __future__ import annotations

import datetime as dt
import email.utils
import errno
import http.client
import socket
import ssl
from urllib.parse import urlsplit

from urllib3.exceptions import DecodeError
from urllib3.response import BaseHTTPResponse

from desktop_app.fetching.connection import TooNear
from desktop_app.fetching.errors import FetchFailed

_LONGEST_WAIT_S = 24 * 3600
_NO_NETWORK = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)


def refusal(asked: str, response: BaseHTTPResponse) -> FetchFailed:
    status = response.status
    wait_s = _retry_after_s(response.headers.get("retry-after", ""))
    if status == 410:
        return FetchFailed(asked, "its server says that it is gone for good (410)", "", gone=True)
    if status in (401, 402, 403, 407, 451):
        return FetchFailed(asked, f"its server does not give it to us ({status})", "", lasting=True)
    if status == 404:
        return FetchFailed(asked, "its server does not know it (404)", "Check the address.", lasting=True)
    if status == 429:
        return FetchFailed(asked, "its server asks for fewer requests (429)", wait_s=wait_s)
    if status >= 500:
        return FetchFailed(asked, f"its server is in trouble ({status})", wait_s=wait_s)
    return FetchFailed(asked, f"its server gave an answer that does not fit ({status})", wait_s=wait_s)


def _retry_after_s(value: str) -> int:
    """Seconds or a date (RFC 9110, 10.2.3); 0 if it says nothing that can be understood, a day at most."""
    value = value.strip()
    if value.isdecimal() and len(value) < 10:
        return min(int(value), _LONGEST_WAIT_S)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return 0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return min(max(int((moment - dt.datetime.now(dt.UTC)).total_seconds()), 0), _LONGEST_WAIT_S)


def failure(asked: str, address: str, error: Exception) -> FetchFailed:
    """The sentence for what the network threw."""
    host = urlsplit(address).hostname or address
    cause: BaseException = error
    while cause.__cause__ is not None or isinstance(cause.args[0] if cause.args else None, Exception):
        cause = cause.__cause__ if cause.__cause__ is not None else cause.args[0]
    if isinstance(cause, TooNear):
        reason = f"a server on the internet pointed to {host}, which is on your own machine or network"
        return FetchFailed(asked, reason, "", lasting=True)
    if isinstance(cause, ssl.SSLCertVerificationError):
        reason = f"the certificate of {host} cannot be trusted ({cause.verify_message})"
        return FetchFailed(asked, reason, "Somebody may be posing as it; check the address and this computer's clock.")
    if isinstance(cause, ssl.SSLError):
        return FetchFailed(asked, f"no protected connection to {host} could be made")
    if isinstance(cause, socket.gaierror):
        reason = f"there is no server called {host}, or no network"
        return FetchFailed(asked, reason, "Check the address.", no_network=True)
    if isinstance(cause, OSError) and cause.errno in _NO_NETWORK:
        return FetchFailed(asked, f"there is no way to {host}; this computer may have no network", no_network=True)
    if isinstance(cause, ConnectionRefusedError):
        return FetchFailed(asked, f"{host} does not answer there", "Check the address.")
    if isinstance(cause, TimeoutError):
        return FetchFailed(asked, f"{host} did not answer in time")
    if isinstance(error, DecodeError):
        return FetchFailed(asked, "what came is damaged (it could not be unpacked)")
    if isinstance(cause, http.client.IncompleteRead):
        return FetchFailed(asked, "the connection broke off before all of it had come")
    if isinstance(cause, OSError):
        return FetchFailed(asked, f"the connection to {host} broke off ({cause.strerror or cause})")
    return FetchFailed(asked, f"{host} gave no answer that can be understood")
