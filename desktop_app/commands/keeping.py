"""The commands that remove, restore and undo: `remove`, `bin`, `imports`, `undo`, `versions`, `date`."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Sequence

from desktop_app import contract
from desktop_app.commands.opening import library_folder
from desktop_app.commands.output import emit, note_all, print_line, say
from desktop_app.errors import NothingFound
from desktop_app.library import Library
from desktop_app.worker import WorkerClient

_MOST_NAMED = 10
"""Of the numbers that are not there, so many are named."""


def run_remove(options: argparse.Namespace) -> int:
    with Library(library_folder(options), writing=True) as library:
        known = {row.id for row in library.rows(options.ids)}
        code = _work(library, known, lambda worker: worker.remove(sorted(known)))
        say(f"{_articles(len(known))} put into the bin, where they stay for 30 days.")
    return code or _missing(options.ids, known, "in the library")


def run_bin(options: argparse.Namespace) -> int:
    if options.what == "list":
        with Library(library_folder(options)) as library:
            for row in library.bin.rows():
                if options.json:
                    emit(contract.binned_article(row))
                else:
                    print_line(f"{row.article:6}  {row.days_left:2} days left  {row.language.value}  {row.title}")
        return 0
    with Library(library_folder(options), writing=True) as library:
        binned = {row.article for row in library.bin.rows()}
        chosen = binned if not options.ids and options.what == "empty" else binned.intersection(options.ids)
        if options.what == "restore":
            code = _work(library, chosen, lambda worker: worker.restore(sorted(chosen)))
            say(f"{_articles(len(chosen))} taken out of the bin.")
        else:
            code = _work(library, chosen, lambda worker: worker.empty_bin(sorted(chosen)))
            say(f"{_articles(len(chosen))} deleted for good.")
    return code or _missing(options.ids, binned, "in the bin")


def run_imports(options: argparse.Namespace) -> int:
    with Library(library_folder(options)) as library:
        for record in library.imports():
            if options.json:
                emit(contract.import_record(record))
            else:
                when = _minute(record.started_at)
                print_line(f"{record.id:6}  {when}  {record.articles:6} articles  {record.description}")
    return 0


def run_undo(options: argparse.Namespace) -> int:
    with Library(library_folder(options), writing=True) as library:
        imports = library.imports()
        chosen = next((record for record in imports if options.id in (None, record.id)), None)
        if chosen is None:
            raise NothingFound("There is no such import to undo. 'setu imports' lists them.")
        code = _work(library, {chosen.id}, lambda worker: worker.undo_import(chosen.id))
        say(f"The import of {chosen.description} was undone; {_articles(chosen.articles)} put into the bin.")
    return code


def run_versions(options: argparse.Namespace) -> int:
    with Library(library_folder(options)) as library:
        library.article(options.id)
        for version in library.versions(options.id):
            if options.json:
                emit(contract.version(version))
            else:
                when = _minute(version.kept_at)
                print_line(f"{version.number:4}  {when}  {version.reason.value:7}  {version.title}  ({version.path})")
    return 0


def run_date(options: argparse.Namespace) -> int:
    with Library(library_folder(options), writing=True) as library:
        library.state_date(options.id, options.date)
        return int(note_all(library.worker))


def day(text: str) -> dt.date | None:
    """The value of `setu date`: a day, or None for "none", the date that the article itself gives."""
    if text == "none":
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must look like 2024-09-27, or be none") from None


def _minute(moment: dt.datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def _work(library: Library, chosen: set[int], start: Callable[[WorkerClient], int]) -> int:
    if not chosen:
        return 0
    start(library.worker)
    return int(note_all(library.worker))


def _missing(ids: Sequence[int], known: set[int], where: str) -> int:
    missing = sorted(set(ids) - known)
    if len(missing) == 1:
        say(f"There is no article {missing[0]} {where}.")
    elif missing:
        named = ", ".join(map(str, missing[:_MOST_NAMED])) + (" …" if len(missing) > _MOST_NAMED else "")
        say(f"There are no articles {named} {where}.")
    return int(bool(missing))


def _articles(count: int) -> str:
    return "1 article was" if count == 1 else f"{count} articles were"
