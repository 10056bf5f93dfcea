"""What commands say: lines and JSON to standard output, sentences and progress beside it."""

from __future__ import annotations

import json
import re
import sys

from desktop_app.domain import Progress
from desktop_app.records import Notice
from desktop_app.worker import TaskFailed, WorkerClient, WorkerEvent

# C0 and C1 controls, and the marks that reverse or isolate what follows them (Unicode UAX 9).
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """*text* with what could steer a terminal, or hide other characters of a file's name, written out."""
    return _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def on_one_line(name: str) -> str:
    """A file's *name*, whose line breaks could pass for further lines of a report, written out."""
    return name.replace("\n", "\\n")


def say(message: str) -> None:
    """A sentence for the user, beside the output."""
    if sys.stderr is not None:
        print(visible(message), file=sys.stderr, flush=True)


def print_line(line: str) -> None:
    print(visible(line), flush=False)


def emit(value: object) -> None:
    """One line of JSON. A file's name that is not UTF-8 keeps its bytes as escaped surrogates."""
    line = json.dumps(value, ensure_ascii=False)
    print(re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", line), flush=True)


def note(event: WorkerEvent) -> bool:
    """Show notices, and progress on a terminal; True if the event says that a task failed."""
    if isinstance(event, TaskFailed | Notice):
        say(event.message)
    elif isinstance(event, Progress) and sys.stderr is not None and sys.stderr.isatty():
        print(f"\r{event.task}: {event.done} of {event.total}   ", end="", file=sys.stderr, flush=True)
        if event.done == event.total:
            print(file=sys.stderr)
    return isinstance(event, TaskFailed)


def note_all(worker: WorkerClient) -> bool:
    """Show what *worker* tells until all its tasks have ended; True if one of them failed."""
    failures = [event for event in worker.events() if note(event)]
    return bool(failures)
