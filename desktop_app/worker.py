"""Long work in one long-lived spawned process, with progress, cancel, and limits on time and memory.

The window and the command line hold a `WorkerClient`; the other end (`_serve`) owns an `Intake`. A file that
makes the process that reads it hang or die costs only itself (see `quarantine`). If this process itself is killed, the
client starts a new one, which goes on behind what was reported.
"""

from __future__ import annotations

import atexit
import contextlib
import datetime as dt
import logging
import multiprocessing
import os
import sys
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain import ArticlesChanged, Correction, FileReport, Progress
from desktop_app.errors import ReaderError
from desktop_app.records import ImportOrder, Notice, Source
from desktop_app.storage.articles import utc_now

if TYPE_CHECKING:
    from desktop_app.working.intake import Intake

_MEMORY_LIMIT_BYTES = 4 << 30
_NICENESS = 10
_IDLE_S = 2.0
_CANCEL = "cancel"
_GO_OFFLINE = "go offline"
_MOST_DEATHS = 3
"""A task that as many processes in a row did not survive is given up."""


@dataclass(frozen=True, slots=True)
class ImportTask:
    """Read these files and folders into the library."""

    number: int
    order: ImportOrder
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
    """Put articles into the bin."""

    number: int
    articles: tuple[int, ...]
    name: str = "remove"
    urgency: int = -1


@dataclass(frozen=True, slots=True)
class RestoreTask:
    """Take articles out of the bin."""

    number: int
    articles: tuple[int, ...]
    name: str = "restore"
    urgency: int = -1


@dataclass(frozen=True, slots=True)
class EmptyBinTask:
    """Delete articles in the bin for good; all of them if none is named."""

    number: int
    articles: tuple[int, ...] = ()
    name: str = "empty-bin"
    urgency: int = -1


@dataclass(frozen=True, slots=True)
class UndoImportTask:
    """Put what an import brought into the bin, and take back what it replaced."""

    number: int
    import_: int
    name: str = "undo-import"
    urgency: int = -1


@dataclass(frozen=True, slots=True)
class FetchFeedsTask:
    """Bring in what is new in these feeds, or in all of them."""

    number: int
    feeds: tuple[int, ...]
    offline: bool
    name: str = "feeds"
    urgency: int = 2


@dataclass(frozen=True, slots=True)
class FetchPagesTask:
    """Bring in these pages."""

    number: int
    addresses: tuple[str, ...]
    offline: bool
    name: str = "pages"
    urgency: int = 0


@dataclass(frozen=True, slots=True)
class ScanWatchedTask:
    """Bring in what is new in the watched folders."""

    number: int
    name: str = "watched"
    urgency: int = 2


@dataclass(frozen=True, slots=True)
class CareTask:
    """Look after the library: its index, its daily backup, and with *examine* the whole file."""

    number: int
    examine: bool = False
    name: str = "care"
    urgency: int = 2


Task = (
    ImportTask | UnderstandTask | ReindexTask | CorrectTask | RelateTask
    | RemoveTask | RestoreTask | EmptyBinTask | UndoImportTask | CareTask
    | FetchFeedsTask | FetchPagesTask | ScanWatchedTask
)  # fmt: skip


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


Step = Progress | FileReport | ArticlesChanged | Notice
Steps = Step | tuple[Step, ...]
WorkerEvent = Step | TaskFinished | TaskFailed


class WorkerClient:
    """This side of the worker process for the library in *folder*.

    The process starts with the first task; the most urgent task runs first, and a more urgent one that arrives
    interrupts a less urgent one at its next safe point. Without *searchable* no index is kept. Not thread-safe:
    one thread sends and polls. While `offline` is set, nothing is fetched: such tasks fail with a sentence, and those
    under way end.
    """

    def __init__(self, folder: Path, *, searchable: bool = True) -> None:
        self._offline = False
        self._folder = folder
        self._searchable = searchable
        self._context = multiprocessing.get_context("spawn")
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._tasks: dict[int, Task] = {}
        self._last_number = 0
        self._reported: dict[int, set[str]] = {}
        self._deaths: dict[int, int] = {}

    @property
    def busy(self) -> bool:
        return bool(self._tasks)

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def offline(self) -> bool:
        return self._offline

    @offline.setter
    def offline(self, offline: bool) -> None:
        if offline and not self._offline and self._pipe is not None:
            with contextlib.suppress(OSError):
                self._pipe.send(_GO_OFFLINE)
        self._offline = offline

    def import_paths(
        self, paths: Sequence[str | Path], *, convert_legacy: bool = False, as_they_are: bool = False
    ) -> int:
        """Import files and folders; returns the task's number, as its last event carries it.

        With *convert_legacy*, texts typed for fonts without Unicode are converted. *as_they_are* tells no text from a
        newer one of its page, or from a copy.
        """
        whole = tuple(os.path.abspath(path) for path in paths)
        return self._import(ImportOrder(utc_now(), whole, convert_legacy=convert_legacy, as_they_are=as_they_are))

    def import_text(self, text: str, *, convert_legacy: bool = False) -> int:
        """Import a text that was pasted."""
        now = dt.datetime.now().astimezone()
        source = Source(f"pasted {now:%Y-%m-%d %H.%M.%S.%f}"[:-3] + ".txt", text.encode("utf-8", "replace"))
        description = f"Pasted text, {now:%H:%M}"
        return self._import(ImportOrder(utc_now(), (), (source,), description, convert_legacy=convert_legacy))

    def understand(self, only: Sequence[int] = ()) -> int:
        """Understand what waits; with *only*, just those articles and before everything else."""
        return self._send(UnderstandTask(self._next_number(), tuple(only), urgency=1 if only else 3))

    def index(self) -> int:
        """Index what waits for it."""
        return self._send(ReindexTask(self._next_number(), anew=False))

    def reindex(self, *, understand: bool = False) -> int:
        """Build the search index anew; with *understand*, recognise and pair everything again too."""
        return self._send(ReindexTask(self._next_number(), understand=understand))

    def look_after(self, *, examine: bool = False) -> int:
        """Before the long work of understanding: mend the index, back up what changed since yesterday."""
        return self._send(CareTask(self._next_number(), examine))

    def correct(self, corrections: Sequence[Correction]) -> int:
        """Store facts a reader stated; they take effect at once and outrank what is recognised later."""
        return self._send(CorrectTask(self._next_number(), tuple(corrections)))

    def undo_correction(self, id_: int) -> int:
        return self._send(CorrectTask(self._next_number(), undo=id_))

    def relate(self, one: int, other: int, together: bool | None) -> int:
        """A reader states that two articles tell one event, or that they do not; None takes it back."""
        return self._send(RelateTask(self._next_number(), one, other, together))

    def remove(self, articles: Sequence[int]) -> int:
        """Put articles into the bin, with all that was found in them; their files stay where they are."""
        return self._send(RemoveTask(self._next_number(), tuple(articles)))

    def restore(self, articles: Sequence[int]) -> int:
        """Take articles out of the bin; they have the numbers they had."""
        return self._send(RestoreTask(self._next_number(), tuple(articles)))

    def empty_bin(self, articles: Sequence[int] = ()) -> int:
        """Delete articles in the bin for good; all of them if none is named."""
        return self._send(EmptyBinTask(self._next_number(), tuple(articles)))

    def undo_import(self, import_: int) -> int:
        """Put the articles an import brought into the bin, and give those it changed their former texts."""
        return self._send(UndoImportTask(self._next_number(), import_))

    def fetch_feeds(self, feeds: Sequence[int] = ()) -> int:
        """Bring in what is new in these feeds, in all of them if none is named."""
        return self._send(FetchFeedsTask(self._next_number(), tuple(feeds), self.offline))

    def fetch_pages(self, addresses: Sequence[str]) -> int:
        """Fetch these web pages and import them."""
        return self._send(FetchPagesTask(self._next_number(), tuple(addresses), self.offline))

    def scan_watched(self) -> int:
        """Import what is new or changed in the watched folders."""
        return self._send(ScanWatchedTask(self._next_number()))

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
                events.extend(self._note(event) for event in self._pipe.recv())
                wait = 0.0
        except (EOFError, OSError):
            events.extend(self._after_death())
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
        self._reported.clear()
        self._deaths.clear()

    def _import(self, order: ImportOrder) -> int:
        task = ImportTask(self._next_number(), order)
        self._reported[task.number] = set()
        return self._send(task)

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
        )
        # The process has a child of its own (see `quarantine`), which daemons may not have: it is ended by hand.
        atexit.register(self.close)
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
        atexit.unregister(self.close)
        self._process = self._pipe = None

    def _note(self, event: WorkerEvent) -> WorkerEvent:
        if isinstance(event, FileReport) and self._reported:
            # Imports run one after the other, the oldest first.
            first = min(self._reported)
            self._reported[first].add(event.path)
            self._deaths.pop(first, None)
        if isinstance(event, TaskFinished | TaskFailed):
            self._tasks.pop(event.number, None)
            self._reported.pop(event.number, None)
            self._deaths.pop(event.number, None)
        return event

    def _after_death(self) -> list[WorkerEvent]:
        """The process died: an import goes on behind what it had reported; what cannot be begun again failed."""
        self._kill()
        events: list[WorkerEvent] = []
        message = "Work in the background stopped unexpectedly. What was stored before is kept; please try again."
        for task in list(self._tasks.values()):
            deaths = self._deaths[task.number] = self._deaths.get(task.number, 0) + 1
            if not isinstance(task, ImportTask | UnderstandTask | ReindexTask) or deaths >= _MOST_DEATHS:
                events.append(self._note(TaskFailed(task.name, task.number, message)))
            elif isinstance(task, ImportTask):
                done = task.order.done | self._reported[task.number]
                self._tasks[task.number] = replace(task, order=replace(task.order, done=done))
        if self._tasks:
            self._start()
        return events


def _serve(folder: str, searchable: bool, pipe: Connection) -> None:
    """The worker process: serves tasks until None or the end of the pipe."""
    _limit_resources()
    from desktop_app.working.intake import Intake

    running: dict[int, tuple[Task, Iterator[Steps]]] = {}
    try:
        with contextlib.closing(Intake(Path(folder), searchable=searchable)) as intake:
            while True:
                cancelled = False
                while not running or pipe.poll(0):
                    if not running:
                        _tidy_until_asked(intake, pipe)
                    message = pipe.recv()
                    if message is None:
                        return
                    if message == _CANCEL:
                        cancelled = bool(running)
                    elif message == _GO_OFFLINE:
                        pipe.send(_end_fetching(running))
                    else:
                        running[message.number] = (message, _steps(intake, message))
                task, steps = min(running.values(), key=lambda entry: (entry[0].urgency, entry[0].number))
                event = _left(task, steps) if cancelled else _step(task, steps)
                if isinstance(event, TaskFinished | TaskFailed):
                    del running[task.number]
                pipe.send(event if isinstance(event, tuple) else (event,))
    except ReaderError as error:
        _fail_everything(pipe, running, str(error))
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return


def _left(task: Task, steps: Iterator[Steps]) -> TaskFinished:
    """End *task* where it is; the requests and processes it began end with it."""
    if isinstance(steps, Generator):
        steps.close()
    return TaskFinished(task.name, task.number, cancelled=True)


def _end_fetching(running: dict[int, tuple[Task, Iterator[Steps]]]) -> tuple[TaskFinished, ...]:
    """The reader went offline: no request is sent any more, those under way are cut off."""
    fetching = [entry for entry in running.values() if isinstance(entry[0], FetchFeedsTask | FetchPagesTask)]
    for task, _ in fetching:
        del running[task.number]
    return tuple(_left(task, steps) for task, steps in fetching)


def _steps(intake: Intake, task: Task) -> Iterator[Steps]:
    match task:
        case ImportTask():
            return intake.import_order(task.order)
        case UnderstandTask():
            return intake.understand(task.only)
        case CareTask():
            return intake.look_after(examine=task.examine)
        case ReindexTask():
            return intake.reindex(understand=task.understand) if task.anew else intake.index()
        case CorrectTask():
            return intake.undo_correction(task.undo) if task.undo else intake.correct(task.corrections)
        case RelateTask():
            return intake.relate(task.one, task.other, task.together)
        case RemoveTask():
            return intake.remove(task.articles)
        case RestoreTask():
            return intake.restore(task.articles)
        case EmptyBinTask():
            return intake.empty_bin(task.articles)
        case UndoImportTask():
            return intake.undo_import(task.import_)
        case FetchFeedsTask():
            return intake.fetch_feeds(task.feeds, offline=task.offline)
        case FetchPagesTask():
            return intake.fetch_pages(task.addresses, offline=task.offline)
        case ScanWatchedTask():
            return intake.scan_watched()


def _step(task: Task, steps: Iterator[Steps]) -> WorkerEvent | tuple[Step, ...]:
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


def _fail_everything(pipe: Connection, running: dict[int, tuple[Task, Iterator[Steps]]], message: str) -> None:
    """The library itself cannot be opened: say so for every task that is sent."""
    with contextlib.suppress(EOFError, OSError):
        for task, _ in running.values():
            pipe.send((TaskFailed(task.name, task.number, message),))
        while (task := pipe.recv()) is not None:
            if task not in (_CANCEL, _GO_OFFLINE):
                pipe.send((TaskFailed(task.name, task.number, message),))


def _tidy_until_asked(intake: Intake, pipe: Connection) -> None:
    """Use the time in which nobody wants anything, until a message waits or nothing is left to be done."""
    while not pipe.poll(_IDLE_S):
        events = intake.tidy()
        if events is None:
            return
        pipe.send(events)


def _limit_resources() -> None:
    """Be nice, and let a memory bomb fail here instead of taking the machine down."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(_NICENESS)
    for limit, size in ((resource.RLIMIT_AS, _MEMORY_LIMIT_BYTES), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (size, size))
