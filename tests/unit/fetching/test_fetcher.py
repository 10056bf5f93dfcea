"""Asking servers that behave, and servers that do not: what comes, or which sentence."""

from __future__ import annotations

import gzip
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.fetching import connection
from desktop_app.fetching.connection import Reach
from desktop_app.fetching.errors import FetchFailed, NotAnAddress
from desktop_app.fetching.fetcher import USER_AGENT, Fetched, Fetcher, Limits, Request
from tests.robustness import hostile_servers
from tests.web_server import Exchange, WebServer, serving

LIMITS = Limits(connect_s=2.0, silence_s=1.0, total_s=1.5, body_bytes=200_000, redirects=5)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with serving() as server:
        yield server


def fetch(address: str, **wishes: str) -> Fetched:
    return Fetcher(LIMITS).fetch(Request(address, **wishes))  # type: ignore[arg-type]


def refused(address: str) -> FetchFailed:
    """The failure, which must name the address and come within the time limit and a little."""
    began = time.monotonic()
    with pytest.raises(FetchFailed) as caught:
        fetch(address)
    assert time.monotonic() - began < LIMITS.total_s + 2
    assert str(caught.value).startswith(f"{address} could not be fetched: ")
    assert str(caught.value).endswith((".", ")"))
    return caught.value


def came_or_refused(address: str) -> bytes:
    """For answers that may be taken in either way, but must be told in a sentence if they are refused."""
    try:
        return fetch(address).data
    except FetchFailed as error:
        message = str(error)
    assert message.startswith(f"{address} could not be fetched: ")
    return b""


def test_a_page_comes_with_what_its_server_said_of_it(server: WebServer) -> None:
    body = "<p>नमस्ते 😀</p>".encode()
    server.page("/a", body, Content_Type="text/html; charset=UTF-8", ETag='"7"', Last_Modified="Mon, 01 Jan 2024")
    found = fetch(server.url("/a#part"))
    assert (found.data, found.charset) == (body, "utf-8")
    assert (found.etag, found.modified, found.unchanged) == ('"7"', "Mon, 01 Jan 2024", False)
    assert (found.address, found.moved_to, found.reach) == (server.url("/a"), None, Reach.THIS_MACHINE)


def test_a_request_says_who_asks_and_carries_nothing_else(server: WebServer) -> None:
    server.page("/a", b"x", Set_Cookie="id=7; Path=/")
    fetcher = Fetcher(LIMITS)
    for _ in range(2):
        fetcher.fetch(Request(server.url("/a?q=1")))
    first, second = server.asked
    assert first.path == "/a?q=1"
    assert first.headers["user-agent"] == USER_AGENT
    assert first.headers["host"] == f"127.0.0.1:{server.port}"
    assert set(first.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert second.headers == first.headers


def test_an_unchanged_page_is_not_sent_again(server: WebServer) -> None:
    def answer(exchange: Exchange) -> None:
        known = exchange.headers.get("if-none-match") == '"7"' and "if-modified-since" in exchange.headers
        exchange.answer(b"" if known else b"new", "304 Not Modified" if known else "200 OK")

    server.pages["/feed"] = answer
    assert fetch(server.url("/feed")).data == b"new"
    again = fetch(server.url("/feed"), etag='"7"', modified="Mon, 01 Jan 2024 00:00:00 GMT")
    assert again.unchanged
    assert again.data == b""


def test_unchanged_without_having_asked_is_no_answer(server: WebServer) -> None:
    server.pages["/a"] = lambda exchange: exchange.answer(b"", "304 Not Modified")
    assert "does not fit (304)" in str(refused(server.url("/a")))


@pytest.mark.parametrize(
    "pack", [gzip.compress, zlib.compress, lambda data: zlib.compress(data, wbits=-15)], ids=["gzip", "zlib", "deflate"]
)
def test_packed_pages_are_unpacked(server: WebServer, pack: object) -> None:
    body = b"<p>news</p>" * 1000
    name = "gzip" if pack is gzip.compress else "deflate"
    server.page("/a", pack(body), Content_Encoding=name)  # type: ignore[operator]
    assert fetch(server.url("/a")).data == body


def test_chunks_are_joined(server: WebServer) -> None:
    server.pages["/a"] = lambda e: e.send(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n"
    )
    assert fetch(server.url("/a")).data == b"hello world"


# Redirects


def test_redirects_are_followed_and_only_lasting_ones_move_the_address(server: WebServer) -> None:
    server.redirect("/old", "/new", "301 Moved Permanently")
    server.redirect("/new", server.url("/newer"), "308 Permanent Redirect")
    server.redirect("/newer", "/today?x=1", "307 Temporary Redirect")
    server.redirect("/today", "/tomorrow", "301 Moved Permanently")
    server.page("/tomorrow", b"here")
    found = fetch(server.url("/old"))
    assert (found.data, found.address) == (b"here", server.url("/tomorrow"))
    assert found.moved_to == server.url("/newer")


def test_a_redirect_to_a_page_in_hindi_is_found(server: WebServer) -> None:
    server.pages["/a"] = lambda e: e.send(
        "HTTP/1.1 302 Found\r\nLocation: /समाचार\r\nContent-Length: 0\r\n\r\n".encode()
    )
    server.page("/%E0%A4%B8%E0%A4%AE%E0%A4%BE%E0%A4%9A%E0%A4%BE%E0%A4%B0", b"news")
    assert fetch(server.url("/a")).data == b"news"


def test_a_circle_of_redirects_ends(server: WebServer) -> None:
    server.redirect("/a", "/b")
    server.redirect("/b", "/a#again")
    assert "in a circle" in str(refused(server.url("/a")))
    assert len(server.asked) == 2


def test_an_endless_chain_of_redirects_ends(server: WebServer) -> None:
    for number in range(20):
        server.redirect(f"/{number}", f"/{number + 1}")
    assert "more than 5 times" in str(refused(server.url("/0")))
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "data:text/html,x", "http://u:p@127.0.0.1/",
     "http://[::1/", "mailto:a@b.org", "https://"],
)  # fmt: skip
def test_a_redirect_away_from_the_web_is_refused(server: WebServer, target: str) -> None:
    server.redirect("/a", target)
    failed = refused(server.url("/a"))
    assert "no web address" in str(failed)
    assert failed.lasting


def test_a_redirect_to_nowhere_is_refused(server: WebServer) -> None:
    server.pages["/a"] = lambda exchange: exchange.answer(b"", "302 Found")
    assert "without saying where to" in str(refused(server.url("/a")))


def test_the_time_limit_spans_redirects(server: WebServer) -> None:
    def slowly(number: int) -> None:
        def answer(exchange: Exchange) -> None:
            time.sleep(0.6)
            exchange.answer(b"", "302 Found", Location=f"/{number + 1}")

        server.pages[f"/{number}"] = answer

    for number in range(6):
        slowly(number)
    assert "took longer than" in str(refused(server.url("/0")))


# Servers that are near


def test_who_is_not_on_the_internet_may_not_be_pointed_to_from_there(server: WebServer) -> None:
    server.page("/secret", b"secret")
    for allowed in (Reach.PUBLIC, Reach.LOCAL_NETWORK):
        with pytest.raises(FetchFailed, match="on your own machine or network") as caught:
            Fetcher(LIMITS).fetch(Request(server.url("/secret"), allowed=allowed))
        assert caught.value.lasting
    assert server.asked == []


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    """A server that counts as one on the internet."""
    found_near = connection.reach_of
    monkeypatch.setattr(connection, "reach_of", lambda ip: Reach.PUBLIC if ip == "127.0.0.2" else found_near(ip))
    with serving(host="127.0.0.2") as server:
        yield server


def test_a_redirect_leads_no_nearer(far: WebServer, server: WebServer) -> None:
    server.page("/secret", b"secret")
    far.redirect("/a", "/b")
    far.redirect("/b", server.url("/secret"))
    failed = refused(far.url("/a"))
    assert "on your own machine or network" in str(failed)
    assert far.paths() == ["/a", "/b"]
    assert server.asked == []
    far.page("/c", b"news")
    server.redirect("/there", far.url("/c"))
    assert fetch(server.url("/there")).data == b"news"


# Slow and broken


def test_a_dripping_body_is_cut_off(server: WebServer) -> None:
    server.pages["/a"] = lambda e: e.drip(b"x" * 9999, first=b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
    server.pages["/b"] = lambda e: e.drip(b"x" * 9999, first=b"HTTP/1.1 200 OK\r\n\r\n")
    for path in ("/a", "/b"):
        assert "took longer than" in str(refused(server.url(path)))


def test_dripping_headers_are_cut_off(server: WebServer) -> None:
    server.pages["/a"] = lambda e: e.drip(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 9999)
    assert "took longer than" in str(refused(server.url("/a")))


def test_endless_headers_are_cut_off(server: WebServer) -> None:
    def many(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 OK\r\n")
        while not exchange.stopping.is_set():
            exchange.send(b"X-More: " + b"x" * 1000 + b"\r\n")

    server.pages["/a"] = many
    server.pages["/b"] = lambda e: e.send(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 1_000_000)
    refused(server.url("/a"))
    refused(server.url("/b"))


def test_a_silent_server_is_given_up(server: WebServer) -> None:
    server.pages["/a"] = Exchange.hang
    assert "did not answer in time" in str(refused(server.url("/a")))


def test_a_server_that_resets_the_connection(server: WebServer) -> None:
    server.pages["/a"] = Exchange.reset

    def midway(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nhalf")
        exchange.reset()

    server.pages["/b"] = midway
    for path in ("/a", "/b"):
        assert "broke off" in str(refused(server.url(path)))


def test_a_body_shorter_than_announced_is_not_taken_for_whole(server: WebServer) -> None:
    server.pages["/a"] = lambda e: e.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it")
    server.pages["/b"] = lambda e: e.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nhalf of it")
    for path in ("/a", "/b"):
        assert "broke off before all of it had come" in str(refused(server.url(path)))


def test_a_body_longer_than_announced_ends_where_it_was_announced_to(server: WebServer) -> None:
    server.pages["/a"] = lambda e: e.send(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnewsHTTP/1.1 200 OK\r\n\r\n")
    assert fetch(server.url("/a")).data == b"news"


@pytest.mark.parametrize("length", ["-5", "many", "4, 9", "1" * 30])
def test_a_length_that_is_no_length(server: WebServer, length: str) -> None:
    server.pages["/a"] = lambda e: e.send(f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\nnews".encode())
    assert came_or_refused(server.url("/a")) in (b"news", b"")


@pytest.mark.parametrize(
    "answer",
    [b"", b"\r\n\r\n", b"SSH-2.0-OpenSSH\r\n", b"\x00\xff" * 500, b"HTTP/1.1 abc\r\n\r\n",
     b"HTTP/1.1 200\xff\r\n:\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"HTTP/1.1 999999 OK\r\n\r\n"],
)  # fmt: skip
def test_what_is_no_http_is_told_in_a_sentence(server: WebServer, answer: bytes) -> None:
    server.pages["/a"] = lambda exchange: exchange.send(answer)
    came_or_refused(server.url("/a"))


# Large


def test_a_huge_body_is_refused_by_its_announcement(server: WebServer) -> None:
    server.pages["/a"] = lambda e: e.hang(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
    assert "larger than" in str(refused(server.url("/a")))


@pytest.mark.parametrize("head", [b"", b"Transfer-Encoding: chunked\r\n"])
def test_an_endless_body_is_refused_as_soon_as_it_is_too_large(server: WebServer, head: bytes) -> None:
    def endless(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n")
        piece = b"x" * 8000
        if head:
            piece = b"%x\r\n%s\r\n" % (len(piece), piece)
        while not exchange.stopping.is_set():
            exchange.send(piece)

    server.pages["/a"] = endless
    assert "larger than" in str(refused(server.url("/a")))


def test_an_endless_line_in_a_chunked_body_costs_no_memory(server: WebServer) -> None:
    def endless(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;")
        while not exchange.stopping.is_set():
            exchange.send(b"x" * 100_000)

    server.pages["/a"] = endless
    assert "took longer" not in str(refused(server.url("/a")))


def test_bombs_are_refused_without_being_unpacked(server: WebServer) -> None:
    zeros = b"\0" * 50_000_000
    server.page("/gzip", gzip.compress(zeros), Content_Encoding="gzip")
    server.page("/deflate", zlib.compress(zeros), Content_Encoding="deflate")
    server.page("/twice", gzip.compress(gzip.compress(zeros)), Content_Encoding="gzip, gzip")
    for path in ("/gzip", "/deflate", "/twice"):
        assert "larger than" in str(refused(server.url(path)))
    server.page("/chain", b"x", Content_Encoding=", ".join(["gzip"] * 50))
    assert "packed" in str(refused(server.url("/chain")))


def test_what_cannot_be_unpacked_is_damaged(server: WebServer) -> None:
    server.page("/a", b"no gzip at all", Content_Encoding="gzip")
    server.page("/b", b"x", Content_Encoding="br")
    assert "damaged" in str(refused(server.url("/a")))
    assert "packed it in a way" in str(refused(server.url("/b")))


# Answers that are refusals


@pytest.mark.parametrize(
    ("status", "words", "lasting"),
    [("403 Forbidden", "(403)", True), ("404 Not Found", "(404)", True), ("500 Oh", "in trouble (500)", False),
     ("503 Busy", "in trouble (503)", False), ("429 Slow down", "fewer requests (429)", False),
     ("418 Teapot", "does not fit (418)", False), ("206 Partial", "does not fit (206)", False)],
)  # fmt: skip
def test_a_refusal_is_a_sentence(server: WebServer, status: str, words: str, lasting: bool) -> None:
    server.pages["/a"] = lambda exchange: exchange.answer(b"no", status)
    failed = refused(server.url("/a"))
    assert words in str(failed)
    assert (failed.lasting, failed.gone) == (lasting, False)


def test_gone_for_good_is_told_apart(server: WebServer) -> None:
    server.pages["/a"] = lambda exchange: exchange.answer(b"", "410 Gone")
    assert refused(server.url("/a")).gone


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [("120", 120, 120), ("99999999", 86400, 86400), ("Fri, 31 Dec 2100 23:59:59 GMT", 86400, 86400),
     ("Fri, 31 Dec 1999 23:59:59 GMT", 0, 0), ("soon", 0, 0), ("-5", 0, 0), ("", 0, 0)],
)  # fmt: skip
def test_a_server_may_say_when_to_come_back(server: WebServer, value: str, least: int, most: int) -> None:
    server.pages["/a"] = lambda exchange: exchange.answer(b"", "429 Too Many Requests", Retry_After=value)
    assert least <= refused(server.url("/a")).wait_s <= most


def test_pictures_and_films_are_not_fetched(server: WebServer) -> None:
    server.pages["/a"] = lambda e: e.hang(
        b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 100000\r\n\r\n"
    )
    assert "not text (image/png)" in str(refused(server.url("/a")))


@pytest.mark.parametrize(
    "kind", ["", ";;;", "text/html; charset=klingon", 'text/html; charset="', "a/b; charset*=x''y"]
)
def test_a_content_type_may_be_anything(server: WebServer, kind: str) -> None:
    server.page("/a", b"news", Content_Type=kind)
    assert fetch(server.url("/a")).charset is None


# Nobody there


def test_nobody_listens() -> None:
    with serving() as server:
        address = server.url("/")
    assert "does not answer there" in str(refused(address))


def test_a_name_that_nobody_has() -> None:
    with pytest.raises(FetchFailed, match=r"no server called nowhere\.invalid") as caught:
        fetch("https://nowhere.invalid/feed")
    assert caught.value.no_network


def test_what_is_no_address_is_not_asked_for() -> None:
    for address in ("file:///etc/passwd", "ftp://example.org", "javascript:alert(1)", "", "http://", "gopher://x"):
        with pytest.raises(NotAnAddress):
            fetch(address)


def test_stopping_ends_what_is_under_way(server: WebServer) -> None:
    began = threading.Event()

    def hang(exchange: Exchange) -> None:
        began.set()
        exchange.hang()

    server.pages["/a"] = hang
    fetcher = Fetcher(Limits(silence_s=30, total_s=30))
    problems: list[str] = []

    def ask() -> None:
        try:
            fetcher.fetch(Request(server.url("/a")))
        except FetchFailed as error:
            problems.append(str(error))

    thread = threading.Thread(target=ask)
    thread.start()
    assert began.wait(5)
    fetcher.stop()
    thread.join(5)
    assert "was stopped" in problems[0]
    with pytest.raises(FetchFailed, match="was stopped"):
        fetcher.fetch(Request(server.url("/a")))


# Certificates


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for `localhost` that nobody vouches for, in one PEM file."""
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    done = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", str(file), "-out", str(file.with_suffix(".crt"))],
        capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.skip("no openssl to make a certificate with")
    file.write_bytes(file.read_bytes() + file.with_suffix(".crt").read_bytes())
    return file


@pytest.fixture
def secure(certificate: Path) -> Iterator[WebServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(context) as server:
        yield server


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: WebServer) -> None:
    secure.page("/a", b"secret")
    failed = refused(f"https://localhost:{secure.port}/a")
    assert "certificate of localhost cannot be trusted" in str(failed)
    assert secure.asked == []


def test_a_certificate_for_another_host_is_refused(secure: WebServer, certificate: Path) -> None:
    secure.page("/a", b"secret")
    fetcher = Fetcher(LIMITS, extra_authorities=str(certificate))
    assert fetcher.fetch(Request(f"https://localhost:{secure.port}/a")).data == b"secret"
    with pytest.raises(FetchFailed, match=r"certificate of 127\.0\.0\.1 cannot be trusted"):
        fetcher.fetch(Request(secure.url("/a")))


def test_a_protected_page_may_not_lead_to_an_unprotected_one(
    secure: WebServer, server: WebServer, certificate: Path
) -> None:
    secure.redirect("/a", server.url("/b"))
    server.page("/b", b"news")
    with pytest.raises(FetchFailed, match="to an unprotected connection"):
        Fetcher(LIMITS, extra_authorities=str(certificate)).fetch(Request(f"https://localhost:{secure.port}/a"))
    assert server.asked == []


def test_dripping_protected_bodies_and_handshakes_are_cut_off(secure: WebServer, certificate: Path) -> None:
    secure.pages["/a"] = lambda e: e.drip(b"x" * 9999, first=b"HTTP/1.1 200 OK\r\n\r\n")
    with pytest.raises(FetchFailed, match="took longer"):
        Fetcher(LIMITS, extra_authorities=str(certificate)).fetch(Request(f"https://localhost:{secure.port}/a"))


def test_plain_http_on_a_protected_port(server: WebServer) -> None:
    server.page("/a", b"x")
    assert "no protected connection" in str(refused(f"https://127.0.0.1:{server.port}/a"))


def test_answers_made_at_random_end_in_a_sentence() -> None:
    assert hostile_servers.run(150, seed=3).total() == 150
