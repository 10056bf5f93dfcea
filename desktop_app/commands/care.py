"""The commands that look after a library: `check`, `reindex`, `correct`, `export`."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.commands.opening import library_folder
from desktop_app.commands.output import emit, note_all, print_line, say
from desktop_app.library import Library


def run_check(options: argparse.Namespace) -> int:
    from desktop_app.inspection import inspect

    folder = library_folder(options)
    problems = inspect(folder)
    if options.repair and problems:
        _repair(folder)
        problems = inspect(folder)
    for problem in problems:
        if options.json:
            emit({"problem": problem})
        else:
            print_line(problem)
    if not problems and not options.json:
        print_line(f"The library {folder} is in order.")
    return int(bool(problems))


def _repair(folder: Path) -> None:
    """First the texts, from backups and files, then everything that is computed from them."""
    from desktop_app.inspection import repair
    from desktop_app.recovery import mend

    for line in mend(folder):
        say(line)
    with Library(folder, writing=True) as library:
        for line in repair(library):
            say(line)


def run_reindex(options: argparse.Namespace) -> int:
    with Library(library_folder(options), writing=True) as library:
        library.worker.reindex(understand=options.understand)
        failed = note_all(library.worker)
        say(f"{library.status().articles} articles are indexed.")
    return int(failed)


def run_correct(options: argparse.Namespace) -> int:
    from desktop_app.sharing import read_corrections

    corrections = read_corrections(options.file)
    with Library(library_folder(options), writing=True) as library:
        known = {(c.kind, c.entity, c.other, c.form) for c in library.corrections()}
        new = [c for c in corrections if (c.kind, c.entity, c.other, c.form) not in known]
        library.worker.correct(new)
        failed = note_all(library.worker)
    say(f"{len(new)} corrections were taken over; {len(corrections) - len(new)} were known.")
    return int(failed)


def run_export(options: argparse.Namespace) -> int:
    from desktop_app.sharing import export_articles, export_corrections

    with Library(library_folder(options)) as library:
        if options.what == "articles":
            say(f"{export_articles(library, options.target)} articles were written to {options.target}.")
        else:
            corrections = library.corrections()
            export_corrections(corrections, options.target)
            say(f"{len(corrections)} corrections were written to {options.target}.")
    return 0
