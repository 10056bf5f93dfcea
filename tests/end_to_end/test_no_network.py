"""Nothing leaves the machine but what a reader asked for: every connection of every process is watched."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.end_to_end.program import ROOT, SAMPLES, Program
from tests.web_server import serving

# Python runs this in every process it starts, the worker's among them, before anything of Setu.
_WATCH = """
import os, sys

NAMES = ("socket.getaddrinfo", "socket.gethostby", "http.client.", "urllib.", "smtplib.", "ftplib.")

def _watch(event, arguments):
    sends = event in ("socket.connect", "socket.sendto", "socket.sendmsg") and isinstance(arguments[1], tuple)
    if not sends and not event.startswith(NAMES):
        return
    with open(os.environ["SETU_TEST_LOG"], "a") as log:
        print(event, *arguments[1:], file=log)
    if os.environ.get("SETU_TEST_FORBID"):
        raise RuntimeError(f"{event}: nobody asked for this")

sys.addaudithook(_watch)
"""

Watched = Callable[..., tuple[subprocess.CompletedProcess[str], list[str]]]


@pytest.fixture
def watched(program: Program, tmp_path: Path) -> Watched:
    """Run Setu with every network call of every process written down, and, unless allowed, ended by an error."""
    folder = tmp_path / "watch"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_WATCH, encoding="utf-8")
    log = tmp_path / "calls.txt"

    def run(
        arguments: Sequence[object], *, allowed: bool = False
    ) -> tuple[subprocess.CompletedProcess[str], list[str]]:
        log.unlink(missing_ok=True)
        variables = {**program.variables, "SETU_TEST_LOG": str(log)}
        variables["PYTHONPATH"] = os.pathsep.join([str(folder), str(ROOT)])
        if not allowed:
            variables["SETU_TEST_FORBID"] = "1"
        done = subprocess.run(
            program.command(*arguments), env=variables, cwd=program.home, stdin=subprocess.DEVNULL,
            capture_output=True, encoding="utf-8", timeout=300, check=False,
        )  # fmt: skip
        return done, log.read_text(encoding="utf-8").splitlines() if log.exists() else []

    return run


def test_reading_understanding_and_searching_open_no_connection(
    program: Program, watched: Watched, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<html><head><link rel="stylesheet" href="http://127.0.0.1:1/a.css"><link rel="icon" href="http://127.0.0.1:1/i">'
        '<link rel="canonical" href="http://127.0.0.1:1/page"></head><body><article><h1>A page from the web</h1>'
        '<p>Delhi, May 4, 2023: a page may refer to much that lies elsewhere. <img src="http://127.0.0.1:1/a.png">'
        '<iframe src="http://127.0.0.1:1/frame"></iframe> None of it is fetched.</p></article></body></html>',
        encoding="utf-8",
    )
    for arguments in (
        ("import", *sorted(SAMPLES.glob("finland*.txt")), page),
        ("stories",),
        ("search", "Stoltenberg"),
        ("feeds", "add", "https://example.org/feed"),
        ("screenshot", tmp_path / "out.png"),
    ):
        done, calls = watched(arguments)
        assert calls == [], arguments
        assert "Traceback" not in done.stderr
    assert program.run("list", "--json").lines


def test_offline_means_offline(watched: Watched) -> None:
    with serving() as server:
        server.page("/a", "<p>news</p>")
        watched(["feeds", "add", server.url("/a")])
        for arguments in (["--offline", "feeds", "fetch"], ["import", "--offline", server.url("/a")]):
            done, calls = watched(arguments)
            assert done.returncode == 1
            assert "set to stay offline" in done.stderr
            assert calls == []
        assert server.asked == []


def test_a_page_costs_one_request_and_nothing_it_refers_to_is_fetched(watched: Watched) -> None:
    with serving() as server:
        server.page(
            "/news",
            f'<html><head><link rel="icon" href="{server.url("/favicon.ico")}">'
            f'<script src="{server.url("/a.js")}"></script></head><body><article><h1>A page from the web</h1>'
            f'<p>Delhi, May 4, 2023: a page may refer to much else. <img src="{server.url("/a.png")}"> None of it is '
            "fetched, and nobody learns who reads it.</p></article></body></html>",
        )
        done, calls = watched(["import", server.url("/news")], allowed=True)
        assert done.returncode == 0, done.stderr
        assert server.paths() == ["/news"]
        assert [call for call in calls if call.startswith("socket.connect")] == [
            f"socket.connect ('127.0.0.1', {server.port})"
        ]


def test_the_watch_itself_sees_connections(watched: Watched, tmp_path: Path) -> None:
    log = tmp_path / "calls.txt"
    with serving() as server:
        code = f"import socket; socket.create_connection(('127.0.0.1', {server.port}))"
        subprocess.run(
            [sys.executable, "-c", code], check=True, timeout=60,
            env={**os.environ, "PYTHONPATH": str(tmp_path / "watch"), "SETU_TEST_LOG": str(log)},
        )  # fmt: skip
    assert any(call.startswith("socket.connect") for call in log.read_text().splitlines())
