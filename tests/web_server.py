"""A real HTTP or HTTPS server on loopback that tests tell what to answer, well-behaved or not."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pytest

Handler = Callable[["Exchange"], None]


@dataclass
class Exchange:
    """One request as it came, and the raw connection to answer on."""

    path: str
    headers: Mapping[str, str]
    connection: socket.socket
    stopping: threading.Event

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def answer(self, body: bytes = b"", status: str = "200 OK", **headers: str) -> None:
        """A proper answer; header names are written with `_` for `-`."""
        lines = {"Content-Length": str(len(body)), "Content-Type": "text/html; charset=utf-8"}
        lines |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self.send(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)

    def drip(self, data: bytes, *, first: bytes = b"", pause_s: float = 0.02) -> None:
        """Send *first*, then byte after byte, until the other side or the test has had enough."""
        self.send(first)
        for byte in data:
            if self.stopping.wait(pause_s):
                return
            self.send(bytes([byte]))

    def hang(self, first: bytes = b"") -> None:
        """Send *first*, then nothing until the test is over."""
        self.send(first)
        self.stopping.wait(60)

    def reset(self) -> None:
        """Break off as a crashing server does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


@dataclass
class WebServer:
    """Answers `pages`, by path without the query; everything else is 404. `asked` holds what came."""

    address: str
    port: int
    pages: dict[str, Handler] = field(default_factory=dict)
    asked: list[Exchange] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"{self.address}{path}"

    def page(self, path: str, body: bytes | str, **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = lambda exchange: exchange.answer(data, **headers)

    def redirect(self, path: str, target: str, status: str = "302 Found") -> None:
        self.pages[path] = lambda exchange: exchange.answer(b"", status, Location=target)

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [exchange.path for exchange in self.asked]


@contextlib.contextmanager
def serving(context: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[WebServer]:
    """A server for the time of a test; with *context* it speaks TLS."""
    stopping = threading.Event()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        try:
            listener.bind((host, 0))
        except OSError as error:
            # Only Linux gives every machine all of 127.0.0.0/8.
            pytest.skip(f"no server can be started on {host}: {error}")
        listener.listen(32)
        port = listener.getsockname()[1]
        place = f"[{host}]" if ":" in host else host
        server = WebServer(f"{'https' if context else 'http'}://{place}:{port}", port)

        def serve(connection: socket.socket) -> None:
            # The client may leave at any moment; that is its right and no failure of the test.
            with contextlib.suppress(OSError, ValueError), connection:
                if context is not None:
                    connection = context.wrap_socket(connection, server_side=True)
                with connection:
                    _answer(server, connection, stopping)

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    threading.Thread(target=serve, args=(connection,), daemon=True).start()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            stopping.set()
            # Closing alone would leave `accept` waiting.
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def _answer(server: WebServer, connection: socket.socket, stopping: threading.Event) -> None:
    if not isinstance(connection, ssl.SSLSocket) and connection.recv(1, socket.MSG_PEEK) == b"\x16":
        # Somebody speaks TLS to a server that does not.
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        return
    reader = connection.makefile("rb")
    line = reader.readline().decode("latin-1").split()
    if len(line) < 2:
        return
    headers: dict[str, str] = {}
    while header := reader.readline().decode("latin-1").strip():
        name, _, value = header.partition(":")
        headers[name.casefold()] = value.strip()
    exchange = Exchange(line[1], headers, connection, stopping)
    server.asked.append(exchange)
    handler = server.pages.get(line[1].partition("?")[0])
    if handler is None:
        exchange.answer(b"not here", "404 Not Found")
    else:
        handler(exchange)
