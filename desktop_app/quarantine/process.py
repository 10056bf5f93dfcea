"""The process that alone reads untrusted bytes, and this side of it.

It has no rights worth taking (see `confinement`), it is ended when one document takes it longer than
`TIME_LIMIT_S`, and what it answers is JSON that is checked here, never pickled objects. Requests are read ahead:
while one answer is stored, the next file is already being read.
"""

from __future__ import annotations

import contextlib
import json
import logging
import multiprocessing
import os
import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Protocol

from desktop_app.errors import ReaderError, UnreadableFile
from desktop_app.quarantine import confinement
from desktop_app.quarantine.transport import document_from_json, document_to_json
from desktop_app.records import ExtractedDocument

TIME_LIMIT_S = 8.0
"""For each document. With starting and storing, a file is through or refused within ten seconds."""
_LARGEST_ANSWER_BYTES = 64 << 20
_WORN_OUT_BYTES = 320 << 20
_LONGEST_LOG = 4_000
_START_LIMIT_S = 60.0
_AT_ONCE = 8
_AT_ONCE_BYTES = 8 << 20
_TOO_LONG = "reading it took longer than 10 seconds"
_TOO_MUCH = f"reading it needed more than {confinement.MEMORY_LIMIT_BYTES >> 20} MB of memory"
_DIED = "reading it made the process stop that reads files"


class QuarantineFailed(ReaderError):
    """The reading process dies before it reads anything: no file is to blame."""

    def __init__(self) -> None:
        super().__init__(
            "The process that reads files could not be started, so nothing more was imported. "
            "There may be too little memory: close other programs and try again."
        )


class Reader(Protocol):
    """What turns bytes into documents; a module's own function, which the other process can import."""

    def __call__(self, data: bytes, path: str, *, convert_legacy: bool = False) -> Iterator[ExtractedDocument]: ...


@dataclass(frozen=True, slots=True)
class Request:
    """Bytes to read; *path* is a hint and stands in messages."""

    number: int
    path: str
    data: bytes
    convert_legacy: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """One document of a request."""

    number: int
    document: ExtractedDocument


@dataclass(frozen=True, slots=True)
class Done:
    """A request is through. `message` says why there is no more of it; `deadly` that it ended the process."""

    number: int
    message: str = ""
    deadly: bool = False


class Quarantine:
    """The reading process, started with the first request; *read* is what it does, if not `extract_all`.

    Not thread-safe.
    """

    def __init__(self, *, time_limit_s: float = TIME_LIMIT_S, read: Reader | None = None) -> None:
        self._time_limit_s = time_limit_s
        self._read = read
        self._context = multiprocessing.get_context("spawn")
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._post: _Post | None = None
        self._open: dict[int, Request] = {}
        self._heard_at = 0.0
        self._ready = False
        self._tried_again: set[int] = set()

    @property
    def idle(self) -> bool:
        return not self._open

    @property
    def has_room(self) -> bool:
        """Whether another request would be read ahead, not just held in memory."""
        size = sum(len(request.data) for request in self._open.values())
        return len(self._open) < _AT_ONCE and size < _AT_ONCE_BYTES

    def submit(self, request: Request) -> None:
        """Have *request* read after those submitted before it; never waits."""
        if not self._open:
            self._heard_at = time.monotonic()
        self._open[request.number] = request
        if self._post is None:
            self._start()
        else:
            self._post.send(request)

    def poll(self, timeout_s: float) -> Read | Done | None:
        """What was read next, in the order of requests; None if nothing was within *timeout_s*.

        Raises `QuarantineFailed` if the process does not even begin to work.
        """
        if self._pipe is None:
            return None
        try:
            if self._pipe.poll(timeout_s):
                return self._hear(self._pipe.recv_bytes(_LARGEST_ANSWER_BYTES))
        except (EOFError, OSError, ValueError, KeyError, TypeError, RecursionError):
            return self._after_death()
        limit_s = self._time_limit_s if self._ready else _START_LIMIT_S
        if self._open and time.monotonic() - self._heard_at > limit_s:
            if not self._ready:
                self.close()
                raise QuarantineFailed
            return self._give_up(_TOO_LONG)
        return None

    def close(self) -> None:
        """End the process and forget what was not read yet."""
        self._open.clear()
        self._stop()

    def _hear(self, answer: bytes) -> Read | Done | None:
        self._heard_at = time.monotonic()
        if not self._open:
            self._ready = True
            return None
        number, request = next(iter(self._open.items()))
        found = json.loads(answer)
        if found["what"] == "ready":
            self._ready = True
            return None
        if found["what"] == "log":
            logging.getLogger(__name__).warning("while reading %s: %s", request.path, str(found["text"])[:_LONGEST_LOG])
            return None
        if found["what"] == "document":
            return Read(number, document_from_json(found, request.path))
        if found["what"] != "done":
            raise ValueError(found["what"])
        del self._open[number]
        if found["worn"]:
            self._stop()
            if self._open:
                self._start()
        return Done(number, str(found["message"]))

    def _after_death(self) -> Done | None:
        """The process ended by itself: blame the request it was reading, unless somebody else killed it."""
        assert self._process is not None
        self._process.join(1.0)
        code = self._process.exitcode
        if not self._open:
            self._stop()
            return None
        number = next(iter(self._open))
        # SIGKILL and SIGTERM come from outside (the system is out of memory, say): such a file is tried once more.
        if code in (-9, -15) and number not in self._tried_again:
            self._tried_again.add(number)
            self._stop()
            self._start()
            return None
        if not self._ready:
            self.close()
            raise QuarantineFailed
        reasons = {-24: _TOO_LONG, confinement.OUT_OF_MEMORY: _TOO_MUCH}  # SIGXCPU
        return self._give_up(reasons.get(code or 0, _DIED))

    def _give_up(self, reason: str) -> Done:
        number = next(iter(self._open))
        del self._open[number]
        self._stop()
        if self._open:
            self._start()
        return Done(number, reason, deadly=True)

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        self._process = self._context.Process(
            target=_serve, args=(theirs, self._time_limit_s, self._read), name="setu-quarantine", daemon=True
        )
        self._process.start()
        theirs.close()
        self._pipe, self._ready, self._heard_at = ours, False, time.monotonic()
        self._post = _Post(ours)
        for request in self._open.values():
            self._post.send(request)

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._post is not None:
            self._post.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = self._post = None


class _Post:
    """Writes requests to the process from a thread of its own: a full pipe must not hold up who reads the answers."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._waiting: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="quarantine-post", daemon=True)
        self._thread.start()

    def send(self, request: Request) -> None:
        self._waiting.put(request)

    def close(self) -> None:
        self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        with contextlib.suppress(OSError):
            while (request := self._waiting.get()) is not None:
                self._pipe.send_bytes(json.dumps([request.path, request.convert_legacy]).encode())
                self._pipe.send_bytes(request.data)


def _serve(pipe: Connection, time_limit_s: float, read: Reader | None) -> None:
    """The reading process: answers requests until the pipe ends."""
    _be_silent(pipe)
    if read is None:
        from desktop_app.extraction import extract_all

        read = extract_all
    confinement.confine()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        _send(pipe, {"what": "ready"})
        while True:
            path, convert_legacy = json.loads(pipe.recv_bytes())
            data = pipe.recv_bytes()
            confinement.limit_cpu(time_limit_s)
            message, worn = "", False
            try:
                for document in read(data, path, convert_legacy=convert_legacy):
                    _send(pipe, {"what": "document", **document_to_json(document, path)})
                    confinement.limit_cpu(time_limit_s)
            except ReaderError as error:
                message = str(error)
            except (MemoryError, RecursionError):
                message, worn = str(UnreadableFile(path, _TOO_MUCH)), True
            except Exception:
                # A file we fail on costs itself, never the import.
                logging.getLogger(__name__).exception("extraction of %s failed", path)
                message = str(UnreadableFile(path, "it could not be understood as an article"))
            worn = worn or confinement.peak_memory_bytes() > _WORN_OUT_BYTES
            _send(pipe, {"what": "done", "message": message, "worn": worn})


def _be_silent(pipe: Connection) -> None:
    """What a parser prints must not get into the output of a command; what Setu itself logs goes to the other side."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.close(nowhere)
    logging.lastResort = None
    logging.getLogger("desktop_app").addHandler(_ToPipe(pipe))


class _ToPipe(logging.Handler):
    def __init__(self, pipe: Connection) -> None:
        super().__init__(logging.WARNING)
        self._pipe = pipe

    def emit(self, record: logging.LogRecord) -> None:
        with contextlib.suppress(OSError):
            _send(self._pipe, {"what": "log", "text": self.format(record)})


def _send(pipe: Connection, answer: dict[str, object]) -> None:
    pipe.send_bytes(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))


def read_documents(data: bytes, path: str) -> Iterator[ExtractedDocument]:
    """Read one file in a process of its own; raises `ReaderError` where nothing can be read."""
    quarantine = Quarantine()
    with contextlib.closing(quarantine):
        quarantine.submit(Request(0, path, data))
        while True:
            answer = quarantine.poll(0.5)
            if isinstance(answer, Read):
                yield answer.document
            elif isinstance(answer, Done):
                if answer.deadly:
                    raise UnreadableFile(path, answer.message)
                if answer.message:
                    raise ReaderError(answer.message)
                return
