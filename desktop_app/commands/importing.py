"""The command that brings files, pages and texts in: `import`."""

from __future__ import annotations

import argparse
import sys

from desktop_app import contract
from desktop_app.commands.opening import WrongUsage, library_folder
from desktop_app.commands.output import emit, note, note_all, on_one_line, print_line, say
from desktop_app.domain import (
    FileReport,
    ImportStatus,
)
from desktop_app.errors import NothingFound
from desktop_app.fetching.addresses import is_web_address
from desktop_app.library import Library
from desktop_app.settings import SettingsFile, default_settings_path, is_offline


def run_import(options: argparse.Namespace) -> int:
    if "-" in options.paths and len(options.paths) > 1:
        raise WrongUsage("- stands for a text on standard input, and stands alone. A file of this name is ./- instead.")
    pages = [path for path in options.paths if is_web_address(path)]
    files = [path for path in options.paths if not is_web_address(path)]
    with Library(library_folder(options), writing=True) as library:
        for notice in library.notices():
            say(notice)
        library.worker.offline = is_offline(SettingsFile(default_settings_path()).load())
        if options.paths == ["-"]:
            library.worker.import_text(_standard_input(), convert_legacy=options.convert_legacy)
        elif files:
            library.worker.import_paths(files, convert_legacy=options.convert_legacy)
        if pages:
            library.worker.fetch_pages(pages)
        return write_reports(library, as_json=options.json)


def write_reports(library: Library, *, as_json: bool) -> int:
    """A line for each file or page that the worker reports, until it is done; the exit code."""
    refused = failed = False
    for event in library.worker.events():
        if isinstance(event, FileReport):
            refused |= event.status is ImportStatus.REFUSED
            if as_json:
                emit(contract.file_report(event))
            else:
                line = f"{event.status.value:9}  {event.path}" + (f"  ({event.message})" if event.message else "")
                print_line(on_one_line(line))
        failed |= note(event)
    if not failed:
        # A full disk has been told of once.
        library.look_after()
        failed |= note_all(library.worker)
    return int(refused or failed)


def _standard_input() -> str:
    from desktop_app.extraction import LARGEST_FILE_BYTES

    data = sys.stdin.buffer.read(LARGEST_FILE_BYTES + 1)
    if len(data) > LARGEST_FILE_BYTES:
        raise NothingFound(f"What was pasted is larger than {LARGEST_FILE_BYTES >> 20} MB.")
    return data.decode("utf-8", "replace")
