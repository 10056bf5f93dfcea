"""A reader of files for the quarantine that does what a file asks of it, as a parser with holes might."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from desktop_app.domain import ExtractedArticle, Language, Sentence
from desktop_app.records import ExtractedDocument


def misbehave(data: bytes, path: str, *, convert_legacy: bool = False) -> Iterator[ExtractedDocument]:
    """Words of *data* are deeds, done one after the other; each that is survived gives a document."""
    for number, word in enumerate(data.decode().split()):
        deed, _, argument = word.partition("=")
        try:
            said = _DEEDS[deed](argument)
        except PermissionError as error:
            said = f"refused: {error}"
        text = f"{deed}: {said}"
        article = ExtractedArticle(text, deed, False, None, None, Language.ENGLISH, (Sentence(0, len(text)),))
        yield ExtractedDocument(f"{path}/{number}" if number else path, f"{hash(text) & (2**256 - 1):064x}", article)


def _spin(_: str) -> str:
    while True:
        pass


def _sleep(seconds: str) -> str:
    time.sleep(float(seconds))
    return "slept"


def _hoard(_: str) -> str:
    hoard = []
    while True:
        hoard.append(bytearray(16 << 20))


def _crash(_: str) -> str:
    return ctypes.string_at(0).decode()


def _read(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read(100)


def _write(path: str) -> str:
    with open(path, "w", encoding="utf-8") as file:
        return str(file.write("x"))


def _connect(port: str) -> str:
    socket.create_connection(("127.0.0.1", int(port)), 1).close()
    return "connected"


def _remove(path: str) -> str:
    os.remove(path)
    return "removed"


def _run(program: str) -> str:
    return str(subprocess.run([program], check=False).returncode)


def _end(code: str) -> str:
    os._exit(int(code))


def _print(what: str) -> str:
    sys.stdout.write(what)
    sys.stdout.flush()
    return "printed"


_DEEDS: dict[str, Callable[[str], str]] = {
    "good": lambda argument: argument, "spin": _spin, "sleep": _sleep, "hoard": _hoard, "crash": _crash,
    "read": _read, "write": _write, "connect": _connect, "run": _run, "end": _end, "print": _print,
    "list": lambda folder: " ".join(os.listdir(folder)), "remove": _remove,
    "surrogate": lambda _: "\ud800 half",
}  # fmt: skip
