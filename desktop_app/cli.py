"""The commands of `setu`; none named opens the window."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_app import __version__
from desktop_app.commands import care, comparing, importing, keeping, reading, searching, subscribing, window
from desktop_app.commands.opening import WrongUsage
from desktop_app.commands.output import say
from desktop_app.errors import ReaderError

_COMMANDS = (
    "open", "import", "list", "show", "annotate", "entities", "search", "compare", "align", "stories",
    "screenshot", "check", "reindex", "correct", "export", "remove", "bin", "imports", "undo", "versions", "date",
    "feeds", "watch",
)  # fmt: skip
_SHEETS = (
    "import", "convert", "page", "feeds", "folders", "bin", "imports", "versions", "date", "check", "backups", "keys",
)  # fmt: skip
_LARGEST = 2**31 - 1
"""The largest number that anything in Setu has: more than that is a slip, and would not fit a database or a clock."""
_EXCLUDED = re.compile(r"^-(?=[^\s-]{2})(?!h$)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 something was refused or not found, 2 wrong usage."""
    multiprocessing.freeze_support()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    words = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser().parse_args(_with_command(words))
    if options.offline:
        os.environ["SETU_OFFLINE"] = "1"
    try:
        code = int(options.run(options))
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except ReaderError as error:
        say(str(error))
        return 1
    except BrokenPipeError:
        # The reader of our output has gone (`setu list | head`): nothing to say and nobody to hear it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except WrongUsage as error:
        say(f"setu: {error}")
        return 2
    except KeyboardInterrupt:
        return 130


def _with_command(words: list[str]) -> list[str]:
    """Insert `open` where no command is named: `setu`, `setu FILE`, `setu --library DIR FILE`, `setu --offline`."""
    index = 0
    while index < len(words):
        if words[index] == "--library":
            index += 2
        elif words[index] == "--offline" or words[index].startswith("--library="):
            index += 1
        else:
            break
    if index < len(words) and words[index] == "search":
        # An excluded word is no option; the query language knows the longer minus, too.
        return [_EXCLUDED.sub("\u2212", word) for word in words]
    if index < len(words) and (words[index] in _COMMANDS or words[index] in ("-h", "--help", "--version")):
        return words
    return [*words[:index], "open", *words[index:]]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="setu", description="Setu: news in English and Hindi, side by side.")
    parser.add_argument("--version", action="version", version=f"Setu {__version__}")
    parser.add_argument(
        "--library", type=_path, metavar="DIR", help="library folder (or SETU_LIBRARY; default: your user data folder)"
    )
    parser.add_argument("--offline", action="store_true", help="fetch nothing (or SETU_OFFLINE=1)")
    choices = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace], int], summary: str, *, as_json: bool = True
    ) -> argparse.ArgumentParser:
        sub = choices.add_parser(name, help=summary, description=summary)
        sub.set_defaults(run=run)
        # Also accepted behind the command; SUPPRESS keeps what was said before it.
        sub.add_argument("--library", type=_path, metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        sub.add_argument("--offline", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        if as_json:
            sub.add_argument("--json", action="store_true", help="write JSON to standard output")
        return sub

    sub = command("open", window.run_open, "open the window, import FILEs and show the first", as_json=False)
    sub.add_argument("files", nargs="*", type=_named, metavar="FILE")
    sub = command("import", importing.run_import, "read files, folders of them and web pages into the library")
    sub.add_argument(
        "paths",
        nargs="+",
        type=_named,
        metavar="PATH",
        help="a file, folder or web address; - alone for a text on standard input",
    )
    sub.add_argument("--convert-legacy", action="store_true", help="convert texts typed for Kruti Dev or Chanakya")
    command("list", reading.run_list, "list the articles")
    sub = command("show", reading.run_show, "show one article with its sentences and mentions")
    sub.add_argument("id", type=_number, metavar="ID")
    sub = command("annotate", reading.run_annotate, "show the sentences and mentions of files, without a library")
    sub.add_argument("files", nargs="+", type=_named, metavar="FILE")
    sub = command("entities", reading.run_entities, "list who and what the articles name")
    sub.add_argument("--article", type=_number, metavar="ID")
    sub = command("search", searching.run_search, "find articles")
    sub.add_argument("query", metavar="QUERY", nargs="+")
    sub.add_argument("--limit", type=_positive, default=50, metavar="N")
    _add_search_options(sub)
    sub = command("compare", comparing.run_compare, "say how an English and a Hindi file correspond, without a library")
    sub.add_argument("files", nargs="*", type=_named, metavar="FILE")
    sub.add_argument("--batch", type=_path, metavar="TSV", help="lines of English path, tab, Hindi path")
    sub = command("align", comparing.run_align, "say how two articles of the library correspond")
    sub.add_argument("en", type=_number, metavar="EN_ID")
    sub.add_argument("hi", type=_number, metavar="HI_ID")
    sub = command("remove", keeping.run_remove, "put articles into the bin, for 30 days", as_json=False)
    sub.add_argument("ids", type=_number, nargs="+", metavar="ID")
    sub = command("bin", keeping.run_bin, "list the bin, restore articles, or empty it (of IDs alone, if given)")
    sub.add_argument("what", choices=("list", "restore", "empty"))
    sub.add_argument("ids", type=_number, nargs="*", metavar="ID")
    command("imports", keeping.run_imports, "list the imports that can be undone")
    sub = command("undo", keeping.run_undo, "undo an import, or the newest one", as_json=False)
    sub.add_argument("id", type=_number, nargs="?", metavar="IMPORT")
    sub = command("versions", keeping.run_versions, "list the earlier texts and the near copies of an article")
    sub.add_argument("id", type=_number, metavar="ID")
    sub = command("date", keeping.run_date, "state when an article appeared", as_json=False)
    sub.add_argument("id", type=_number, metavar="ID")
    sub.add_argument("date", type=keeping.day, metavar="YYYY-MM-DD", help="or none: the date that the article gives")
    command("stories", reading.run_stories, "list the stories told by two or more articles")
    sub = command("screenshot", window.run_screenshot, "render the window to a PNG, without a display", as_json=False)
    sub.add_argument("out", type=_path, metavar="OUT.png")
    sub.add_argument("--article", type=_number, metavar="ID")
    sub.add_argument("--query", metavar="Q")
    _add_search_options(sub)
    sub.add_argument("--find", metavar="WORDS", help="find WORDS in the texts that are open")
    sub.add_argument("--entity", type=_number, metavar="ID")
    sub.add_argument("--page", type=_number, metavar="ID", help="the page of this entity in place of the texts")
    sub.add_argument("--sheet", choices=_SHEETS, help="one of the window's sheets laid over it")
    sub.add_argument("--theme", choices=("light", "dark"), default="light")
    sub.add_argument("--size", type=_size, default=(1280, 800), metavar="WxH")
    sub.add_argument("--text-size", type=_percent, default=100, metavar="PERCENT")
    sub = command("check", care.run_check, "say what is wrong with the library, if anything")
    sub.add_argument("--repair", action="store_true", help="mend what can be mended")
    sub = command("reindex", care.run_reindex, "build the search index anew", as_json=False)
    sub.add_argument("--understand", action="store_true", help="recognise and pair everything again, too")
    sub = command("correct", care.run_correct, "take over corrections of entities from a file", as_json=False)
    sub.add_argument("file", type=_path, metavar="FILE")
    sub = command(
        "export", care.run_export, "write the articles to a folder, or the corrections to a file", as_json=False
    )
    sub.add_argument("what", choices=("articles", "corrections"))
    sub.add_argument("target", type=_path, metavar="TARGET")
    _add_feed_commands(command("feeds", subscribing.run_feeds, "subscribe to feeds and fetch them"))
    _add_watch_commands(command("watch", subscribing.run_watch, "import what is new in folders"))
    return parser


def _add_feed_commands(sub: argparse.ArgumentParser) -> None:
    steps = sub.add_subparsers(dest="step", required=True, metavar="STEP")
    _step(steps, "list", "list the feeds")
    step = _step(steps, "add", "subscribe to a feed; nothing is fetched yet")
    step.add_argument("address", metavar="URL")
    step.add_argument("--title", default="", metavar="TITLE")
    step = _step(steps, "remove", "forget a feed; its articles stay")
    step.add_argument("id", type=_number, metavar="ID")
    step = _step(steps, "fetch", "bring in what is new in feeds, in all of them if none is named")
    step.add_argument("ids", type=_number, nargs="*", metavar="ID")
    step.add_argument("--due", action="store_true", help="only those whose time has come")
    step = _step(steps, "every", "fetch a feed every so many minutes while Setu is open; 0: only when asked")
    step.add_argument("id", type=_number, metavar="ID")
    step.add_argument("minutes", type=_number, metavar="MINUTES")
    step = _step(steps, "export", "write the list of feeds as OPML")
    step.add_argument("file", type=_path, metavar="FILE")


def _add_watch_commands(sub: argparse.ArgumentParser) -> None:
    steps = sub.add_subparsers(dest="step", required=True, metavar="STEP")
    _step(steps, "list", "list the watched folders")
    _step(steps, "add", "watch a folder").add_argument("folder", type=_path, metavar="FOLDER")
    _step(steps, "remove", "watch it no longer; its articles stay").add_argument("folder", type=_path, metavar="FOLDER")
    _step(steps, "scan", "import what is new in the watched folders")


def _step(
    steps: argparse._SubParsersAction[argparse.ArgumentParser], name: str, summary: str
) -> argparse.ArgumentParser:
    """One step of a command; what holds for all commands is also accepted behind it."""
    sub = steps.add_parser(name, help=summary, description=summary)
    sub.add_argument("--library", type=_path, metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    for switch in ("--offline", "--json"):
        sub.add_argument(switch, action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return sub


def _add_search_options(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--exact", action="store_true", help="every word in exactly this form and script")
    sub.add_argument("--sort", choices=("relevance", "date"), default="relevance", help="which hits come first")
    sub.add_argument("--by-story", action="store_true", help="the other reports of a story behind its best hit")


def _named(text: str) -> str:
    """An empty name is an unset variable of a script, and does not mean the folder that one happens to be in."""
    if not text:
        raise argparse.ArgumentTypeError("must not be empty; write . for this folder")
    return text


def _path(text: str) -> Path:
    return Path(_named(text))


def _number(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a number, not {text}") from None
    if not -_LARGEST <= value <= _LARGEST:
        raise argparse.ArgumentTypeError(f"must be a number up to {_LARGEST}")
    return value


def _positive(text: str) -> int:
    value = _number(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def _percent(text: str) -> int:
    value = _number(text)
    if not 50 <= value <= 400:
        raise argparse.ArgumentTypeError("must lie between 50 and 400")
    return value


def _size(text: str) -> tuple[int, int]:
    try:
        width, height = (int(part) for part in text.lower().split("x"))
    except ValueError:
        raise argparse.ArgumentTypeError("must look like 1280x800") from None
    if not (200 <= width <= 8000 and 200 <= height <= 8000):
        raise argparse.ArgumentTypeError("must lie between 200x200 and 8000x8000")
    return width, height
