"""Long work in one long-lived spawned process, with progress, cancel, and limits on time and memory.

The window and the command line hold a `WorkerClient`; the other end (`_serve`) owns an `Intake`. A file that
makes the process hang or die costs only itself: the client starts a new process that goes on behind it.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain import ArticlesChanged, Correction, FileReport, FileStarted, ImportStatus, Progress
from desktop_app.errors import ReaderError

if TYPE_CHECKING:
    from desktop_app.intake import Intake

_MEMORY_LIMIT_BYTES = 4 << 30
_NICENESS = 10
_CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class ImportTask:
    """Read these files and folders into the library."""

    number: int
    paths: tuple[str, ...]
    name: str = "import"
    urgency: int = 0


@dataclass(frozen=True, slots=True)
class UnderstandTask:
    """Recognise, link and pair what waits for it; *only* narrows it to those articles."""

    number: int
    only: tuple[int, ...] = ()
    name: str = "understand"
    urgency: int = 3


@dataclass(frozen=True, slots=True)
class ReindexTask:
    """Bring the search index up to date, or build it *anew*; with *understand*, all that is found in texts too."""

    number: int
    anew: bool = True
    understand: bool = False
    name: str = "reindex"
    urgency: int = 2


@dataclass(frozen=True, slots=True)
class CorrectTask:
    """Store a reader's facts, or take one back."""

    number: int
    corrections: tuple[Correction, ...] = ()
    undo: int = 0
    name: str = "correct"
    urgency: int = -1


@dataclass(frozen=True, slots=True)
class RelateTask:
    """Join two articles in one story, keep them apart, or (None) take that back."""

    number: int
    one: int
    other: int
    together: bool | None
    name: str = "relate"
    urgency: int = -1


@dataclass(frozen=True, slots=True)
class RemoveTask:
    """Take articles out of the library."""

    number: int
    articles: tuple[int, ...]
    name: str = "remove"
    urgency: int = -1


Task = ImportTask | UnderstandTask | ReindexTask | CorrectTask | RelateTask | RemoveTask


@dataclass(frozen=True, slots=True)
class TaskFinished:
    task: str
    number: int
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class TaskFailed:
    """A task ended early; *message* is a sentence for the reader."""

    task: str
    number: int
    message: str


Step = Progress | FileReport | FileStarted | ArticlesChanged
WorkerEvent = Step | TaskFinished | TaskFailed


class WorkerClient:
    """This side of the worker process for the library in *folder*.

    The process starts with the first task; the most urgent task runs first, and a more urgent one that arrives
    interrupts a less urgent one at its next safe point. Without *searchable* no index is kept. Not thread-safe:
    one thread sends and polls.
    """

    def __init__(self, folder: Path, *, searchable: bool = True, file_time_limit_s: float = 60.0) -> None:
        self._folder = folder
        self._searchable = searchable
        self._file_time_limit_s = file_time_limit_s
        self._context = multiprocessing.get_context("spawn")
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._tasks: dict[int, Task] = {}
        self._last_number = 0
        self._reading: FileStarted | None = None
        self._reading_since = 0.0

    @property
    def busy(self) -> bool:
        return bool(self._tasks)

    @property
    def folder(self) -> Path:
        return self._folder

    def import_paths(self, paths: Sequence[str | Path]) -> int:
        """Import files and folders; returns the task's number, as its last event carries it."""
        return self._send(ImportTask(self._next_number(), tuple(os.path.abspath(path) for path in paths)))

    def understand(self, only: Sequence[int] = ()) -> int:
        """Understand what waits; with *only*, just those articles and before everything else."""
        return self._send(UnderstandTask(self._next_number(), tuple(only), urgency=1 if only else 3))

    def index(self) -> int:
        """Index what waits for it."""
        return self._send(ReindexTask(self._next_number(), anew=False))

    def reindex(self, *, understand: bool = False) -> int:
        """Build the search index anew; with *understand*, recognise and pair everything again too."""
        return self._send(ReindexTask(self._next_number(), understand=understand))

    def correct(self, corrections: Sequence[Correction]) -> int:
        """Store facts a reader stated; they take effect at once and outrank what is recognised later."""
        return self._send(CorrectTask(self._next_number(), tuple(corrections)))

    def undo_correction(self, id_: int) -> int:
        return self._send(CorrectTask(self._next_number(), undo=id_))

    def relate(self, one: int, other: int, together: bool | None) -> int:
        """A reader states that two articles tell one event, or that they do not; None takes it back."""
        return self._send(RelateTask(self._next_number(), one, other, together))

    def remove(self, articles: Sequence[int]) -> int:
        """Take articles out of the library, with all that was found in them; their files stay where they are."""
        return self._send(RemoveTask(self._next_number(), tuple(articles)))

    def cancel(self) -> None:
        """Ask the running task to stop at its next safe point; `TaskFinished(cancelled=True)` follows."""
        if self._pipe is not None and self._tasks:
            with contextlib.suppress(OSError):
                self._pipe.send(_CANCEL)

    def fileno(self) -> int | None:
        """The pipe's file descriptor, readable when events wait; None on Windows or while no process runs."""
        return None if self._pipe is None or sys.platform == "win32" else self._pipe.fileno()

    def poll(self, timeout_s: float = 0.0) -> list[WorkerEvent]:
        """The events that have arrived, waiting at most *timeout_s* for the first."""
        if self._pipe is None:
            return []
        events: list[WorkerEvent] = []
        try:
            wait = timeout_s
            while self._pipe.poll(wait):
                events.append(self._note(self._pipe.recv()))
                wait = 0.0
        except (EOFError, OSError):
            events.extend(self._after_death("reading it made the process stop"))
            return events
        if self._reading is not None and time.monotonic() - self._reading_since > self._file_time_limit_s:
            events.extend(self._after_death(f"reading it took longer than {self._file_time_limit_s:.0f} seconds"))
        return events

    def events(self) -> Iterator[WorkerEvent]:
        """All events until no task is left; for callers that can wait."""
        while self.busy:
            yield from self.poll(0.2)

    def close(self) -> None:
        """End the process; a running task is left at a safe point (what is stored stays stored)."""
        if self._process is not None:
            with contextlib.suppress(OSError):
                if self._pipe is not None:
                    self._pipe.send(None)
            self._process.join(2.0)
        self._kill()
        self._tasks.clear()

    def _next_number(self) -> int:
        self._last_number += 1
        return self._last_number

    def _send(self, task: Task) -> int:
        self._tasks[task.number] = task
        if self._pipe is None:
            self._start()
        else:
            # A dead process shows at the next poll, which starts a new one with all open tasks.
            with contextlib.suppress(OSError):
                self._pipe.send(task)
        return task.number

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        self._process = self._context.Process(
            target=_serve,
            args=(str(self._folder), self._searchable, theirs),
            name="setu-worker",
            daemon=True,
        )
        self._process.start()
        theirs.close()
        self._pipe = ours
        for task in self._tasks.values():
            ours.send(task)

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = self._reading = None

    def _note(self, event: WorkerEvent) -> WorkerEvent:
        if isinstance(event, FileStarted):
            self._reading, self._reading_since = event, time.monotonic()
        else:
            self._reading = None
        if isinstance(event, TaskFinished | TaskFailed):
            self._tasks.pop(event.number, None)
        return event

    def _after_death(self, reason: str) -> list[WorkerEvent]:
        """Blame the file being read, if any, and go on behind it; otherwise the open tasks failed."""
        reading = self._reading
        self._kill()
        events: list[WorkerEvent] = []
        importing = next((task for task in self._tasks.values() if isinstance(task, ImportTask)), None)
        if reading is not None and importing is not None:
            message = f"{reading.path} was not imported: {reason}. The file may be damaged."
            events.append(FileReport(reading.path, ImportStatus.REFUSED, None, message))
            self._tasks[importing.number] = replace(importing, paths=reading.remaining)
            self._start()
        else:
            message = "Work in the background stopped unexpectedly. What was stored before is kept; please try again."
            events.extend(TaskFailed(task.name, task.number, message) for task in self._tasks.values())
            self._tasks.clear()
        return events


def _serve(folder: str, searchable: bool, pipe: Connection) -> None:
    """The worker process: serves tasks until None or the end of the pipe."""
    _limit_resources()
    from desktop_app.intake import Intake

    running: dict[int, tuple[Task, Iterator[Step]]] = {}
    try:
        with contextlib.closing(Intake(Path(folder), searchable=searchable)) as intake:
            while True:
                cancelled = False
                while not running or pipe.poll(0):
                    message = pipe.recv()
                    if message is None:
                        return
                    if message == _CANCEL:
                        cancelled = bool(running)
                    else:
                        running[message.number] = (message, _steps(intake, message))
                task, steps = min(running.values(), key=lambda entry: (entry[0].urgency, entry[0].number))
                event = TaskFinished(task.name, task.number, cancelled=True) if cancelled else _step(task, steps)
                if isinstance(event, TaskFinished | TaskFailed):
                    del running[task.number]
                pipe.send(event)
    except ReaderError as error:
        _fail_everything(pipe, running, str(error))
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return


def _steps(intake: Intake, task: Task) -> Iterator[Step]:
    match task:
        case ImportTask():
            return intake.import_paths(task.paths)
        case UnderstandTask():
            return intake.understand(task.only)
        case ReindexTask():
            return intake.reindex(understand=task.understand) if task.anew else intake.index()
        case CorrectTask():
            return intake.undo_correction(task.undo) if task.undo else intake.correct(task.corrections)
        case RelateTask():
            return intake.relate(task.one, task.other, task.together)
        case RemoveTask():
            return intake.remove(task.articles)


def _step(task: Task, steps: Iterator[Step]) -> WorkerEvent:
    """Run *task* to its next safe point."""
    try:
        return next(steps)
    except StopIteration:
        return TaskFinished(task.name, task.number)
    except ReaderError as error:
        return TaskFailed(task.name, task.number, str(error))
    except MemoryError:
        return TaskFailed(task.name, task.number, "There was not enough memory to go on. Close other programs.")
    except Exception:
        logging.getLogger(__name__).exception("task %s failed", task.name)
        message = "Something went wrong inside Setu; the log has the details. What was stored before is kept."
        return TaskFailed(task.name, task.number, message)


def _fail_everything(pipe: Connection, running: dict[int, tuple[Task, Iterator[Step]]], message: str) -> None:
    """The library itself cannot be opened: say so for every task that is sent."""
    with contextlib.suppress(EOFError, OSError):
        for task, _ in running.values():
            pipe.send(TaskFailed(task.name, task.number, message))
        while (task := pipe.recv()) is not None:
            if task != _CANCEL:
                pipe.send(TaskFailed(task.name, task.number, message))


def _limit_resources() -> None:
    """Be nice, and let a memory bomb fail here instead of taking the machine down."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(_NICENESS)
    for limit, size in ((resource.RLIMIT_AS, _MEMORY_LIMIT_BYTES), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (size, size))
