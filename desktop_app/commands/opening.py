"""How a command gets at its library: where it lies, understood, searchable, or made in passing of files."""

from __future__ import annotations

import argparse
import contextlib
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_app.commands.output import note_all, say
from desktop_app.domain import (
    Article,
    FileReport,
    Language,
)
from desktop_app.errors import NothingFound, shown_path
from desktop_app.library import Library
from desktop_app.settings import default_library_folder
from desktop_app.storage.errors import LibraryBusy, LibraryReadOnly
from desktop_app.worker import TaskFailed, WorkerClient

_FEW = 200


class WrongUsage(Exception):
    """The words of the command line do not fit together; exit code 2."""


def library_folder(options: argparse.Namespace) -> Path:
    chosen: Path | None = options.library
    return Path(os.path.abspath(chosen if chosen is not None else default_library_folder()))


@contextlib.contextmanager
def understood(options: argparse.Namespace, ids: Sequence[int] | None = None) -> Iterator[Library]:
    """The library once *ids* (None: all articles) are understood: by us, or by the Setu that has it open.

    An article is understood best together with the other reports of its event, which may be any of those that wait:
    where these are few, all of them are understood first.
    """
    folder = library_folder(options)
    with Library(folder) as library:
        if ids is not None and library.waiting(ids) and len(library.waiting()) <= _FEW:
            ids = None
        while library.waiting(ids):
            try:
                with Library(folder, writing=True) as writer:
                    writer.worker.understand(ids or ())
                    failed = note_all(writer.worker)
                if failed:
                    break
            except LibraryBusy:
                time.sleep(0.3)
            except LibraryReadOnly as error:
                say(str(error))
                break
        yield library


@contextlib.contextmanager
def searchable(options: argparse.Namespace) -> Iterator[Library]:
    """The library once its index knows every article: it is built here if it is missing or damaged."""
    folder = library_folder(options)
    with Library(folder) as library:
        if not library.index_is_complete():
            try:
                with Library(folder, writing=True) as writer:
                    writer.worker.index()
                    note_all(writer.worker)
            except LibraryBusy:
                say("Another running Setu is building the index; some articles may be missing from the answer.")
            except LibraryReadOnly as error:
                say(str(error))
        yield library


@contextlib.contextmanager
def files_as_library(files: Sequence[str]) -> Iterator[tuple[Library, dict[str, FileReport]]]:
    """A passing library of just *files*, understood; and what became of each, by absolute path."""
    with tempfile.TemporaryDirectory(prefix="setu-", ignore_cleanup_errors=True) as folder:
        reports: dict[str, FileReport] = {}
        client = WorkerClient(Path(folder), searchable=False)
        with contextlib.closing(client):
            client.import_paths(files, as_they_are=True)
            client.understand()
            for event in client.events():
                if isinstance(event, FileReport):
                    reports[event.path] = event
                elif isinstance(event, TaskFailed):
                    raise NothingFound(event.message)
        with Library(Path(folder)) as library:
            yield library, reports


def article_of(
    library: Library, reports: dict[str, FileReport], file: str, language: Language | None = None
) -> Article:
    """The article that *file* became; a sentence if it became none, or one in another *language*."""
    report = reports.get(shown_path(os.path.abspath(file)))
    if report is None:
        raise NothingFound(f"{file} holds more than one article, or none. Name a file with one.")
    if report.article is None:
        raise NothingFound(report.message)
    article = library.article(report.article)
    if language is not None and article.language is not language:
        names = {Language.ENGLISH: "English", Language.HINDI: "Hindi"}
        raise NothingFound(
            f"{file} is in {names[article.language]}, not in {names[language]}. "
            "Name the English file first, then the Hindi one."
        )
    return article
