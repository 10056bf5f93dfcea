"""One connection to one server: whom it may reach, and an end to it from outside."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
from enum import IntEnum

from urllib3.connection import HTTPConnection, HTTPSConnection


class Reach(IntEnum):
    """How near a server is. Nearer servers trust whoever reaches them, so a farther one may not send us there."""

    PUBLIC = 0
    LOCAL_NETWORK = 1
    THIS_MACHINE = 2


class TooNear(OSError):
    """A server farther away wanted us to ask one on the local network or on this machine."""


class Line:
    """What bounds one exchange: how near the server may be, and who may cut it off.

    `cut` ends the exchange from any thread: a wait for the server, while shaking hands or reading, returns at once,
    and no connection is made any more. `reach` is where the server turned out to be.
    """

    def __init__(self, allowed: Reach) -> None:
        self.reach = Reach.PUBLIC
        self._allowed = allowed
        self._cut = threading.Event()
        self._guard = threading.Lock()
        self._handle: socket.socket | None = None

    @property
    def is_cut(self) -> bool:
        return self._cut.is_set()

    def cut(self) -> None:
        with self._guard:
            self._cut.set()
            if self._handle is not None:
                with contextlib.suppress(OSError):
                    self._handle.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with self._guard:
            if self._handle is not None:
                self._handle.close()
            self._handle = None

    def connect(self, host: str, port: int, timeout_s: float) -> socket.socket:
        """Connect to the first address of *host* that answers; `TooNear` if it has one that is not allowed.

        *timeout_s* is for all of them together, shared so that a dead first one does not use it up.
        The check is made on the very addresses that are connected to, so a name cannot change its mind in between.
        """
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        reach = max(reach_of(str(place[0])) for *_, place in found)
        if reach > self._allowed:
            raise TooNear(host)
        self.reach = reach
        problem: OSError = OSError(f"{host} has no address")
        deadline = time.monotonic() + timeout_s
        for number, (family, kind, protocol, _, place) in enumerate(found):
            if self.is_cut:
                break
            line = socket.socket(family, kind, protocol)
            try:
                line.settimeout(max((deadline - time.monotonic()) / (len(found) - number), 0.01))
                line.connect(place)
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError as error:
                problem = error
                line.close()
                continue
            self._hold(line)
            return line
        raise problem

    def _hold(self, line: socket.socket) -> None:
        # A second handle on the connection: the first goes over to TLS, which replaces and guards it.
        with self._guard:
            self._handle = line.dup()
            if self._cut.is_set():
                self._handle.shutdown(socket.SHUT_RDWR)


class PlainConnection(HTTPConnection):
    """http over a `Line`."""

    def __init__(self, host: str, port: int, line: Line, *, timeout_s: float) -> None:
        super().__init__(host, port, timeout=timeout_s)
        self._line, self._timeout_s = line, timeout_s

    def _new_conn(self) -> socket.socket:
        return self._line.connect(self._dns_host, self.port, self._timeout_s)


class SecureConnection(HTTPSConnection):
    """https over a `Line`."""

    def __init__(self, host: str, port: int, line: Line, *, timeout_s: float, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=timeout_s, ssl_context=context)
        self._line, self._timeout_s = line, timeout_s

    def _new_conn(self) -> socket.socket:
        return self._line.connect(self._dns_host, self.port, self._timeout_s)


def reach_of(address: str) -> Reach:
    """How near the machine with this IP address is; what is no ordinary public address counts as near."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or _translated(found)
        if inner is not None:
            return reach_of(str(inner))
    if found.is_loopback or found.is_unspecified:
        return Reach.THIS_MACHINE
    return Reach.PUBLIC if found.is_global and not found.is_multicast else Reach.LOCAL_NETWORK


def _translated(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that a NAT64 gateway would connect to (RFC 6052)."""
    if address in ipaddress.IPv6Network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return None
