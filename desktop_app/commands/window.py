"""The commands that open the window, or render it into a picture: `open` and `screenshot`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from desktop_app.commands.opening import library_folder, searchable, understood
from desktop_app.commands.searching import search_options


def run_open(options: argparse.Namespace) -> int:
    from desktop_app.app import run_window

    return run_window(library_folder(options), [Path(os.path.abspath(file)) for file in options.files])


def run_screenshot(options: argparse.Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from desktop_app.app import render_window

    wanted = [] if options.article is None else [options.article]
    if options.query:
        with searchable(options):
            pass
    with understood(options, wanted or None) as library:
        render_window(
            library, options.out, article=options.article, query=options.query, options=search_options(options),
            find=options.find, entity=options.entity, page=options.page, sheet=options.sheet,
            theme=options.theme, size=options.size,
            text_size_percent=options.text_size,
        )  # fmt: skip
    return 0
