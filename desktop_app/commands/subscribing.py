"""The commands that bring news in by themselves: `feeds` and `watch`, each with its steps."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app import contract
from desktop_app.commands.importing import write_reports
from desktop_app.commands.opening import library_folder
from desktop_app.commands.output import emit, print_line, say
from desktop_app.errors import NothingFound
from desktop_app.library import Library
from desktop_app.records import Feed, WatchedFolder
from desktop_app.settings import SettingsFile, default_settings_path, is_offline


def run_feeds(options: argparse.Namespace) -> int:
    reading = options.step in ("list", "export")
    with Library(library_folder(options), writing=not reading) as library:
        match options.step:
            case "list":
                for feed in library.feeds.all():
                    _write_feed(feed, as_json=options.json)
            case "export":
                _write_file(options.file, library.feeds.opml())
            case "add":
                id_ = library.feeds.subscribe(options.address, options.title)
                _write_feed(library.feeds.feed(id_), as_json=options.json)
            case "remove":
                library.feeds.unsubscribe(options.id)
            case "every":
                library.feeds.set_interval(options.id, options.minutes)
                _write_feed(library.feeds.feed(options.id), as_json=options.json)
            case "fetch":
                for id_ in options.ids:
                    library.feeds.feed(id_)
                due = library.feeds.due() if options.due else []
                wanted = [id_ for id_ in due if not options.ids or id_ in options.ids] if options.due else options.ids
                if options.due and not wanted:
                    return 0
                library.worker.offline = is_offline(SettingsFile(default_settings_path()).load())
                library.worker.fetch_feeds(wanted)
                return write_reports(library, as_json=options.json)
    return 0


def run_watch(options: argparse.Namespace) -> int:
    with Library(library_folder(options), writing=options.step != "list") as library:
        match options.step:
            case "list":
                for folder in library.watching.folders():
                    _write_watched(folder, as_json=options.json)
            case "add":
                library.watching.add(options.folder)
            case "remove":
                library.watching.remove(options.folder)
            case "scan":
                library.worker.scan_watched()
                code = write_reports(library, as_json=options.json)
                problems = [folder.problem for folder in library.watching.folders() if folder.problem]
                for problem in problems:
                    say(problem)
                return int(bool(code or problems))
    return 0


def _write_feed(feed: Feed, *, as_json: bool) -> None:
    if as_json:
        emit(contract.feed(feed))
        return
    every = f"every {feed.every_minutes} minutes" if feed.every_minutes else "when asked"
    print_line(f"{feed.id:6}  {feed.articles:5}  {every:18}  {feed.title or feed.address}  {feed.address}")
    if feed.problem:
        print_line(f"        {feed.problem}")


def _write_watched(folder: WatchedFolder, *, as_json: bool) -> None:
    if as_json:
        emit(contract.watched_folder(folder))
    else:
        print_line(folder.path + (f"  ({folder.problem})" if folder.problem else ""))


def _write_file(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise NothingFound(f"{path} could not be written: {error.strerror or error}.") from error
