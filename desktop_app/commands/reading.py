"""The commands that show what is there: `list`, `show`, `annotate`, `entities`, `stories`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from desktop_app import contract
from desktop_app.commands.opening import article_of, files_as_library, library_folder, understood
from desktop_app.commands.output import emit, print_line, say
from desktop_app.domain import (
    Article,
    Mention,
)
from desktop_app.errors import ReaderError, shown_path
from desktop_app.library import Library


def run_list(options: argparse.Namespace) -> int:
    with Library(library_folder(options)) as library:
        for row in library.rows(library.article_ids()):
            if options.json:
                emit(contract.article_row(row))
            else:
                date = row.date.isoformat() if row.date else "----------"
                print_line(f"{row.id:6}  {date}  {row.language.value}  {row.title}")
    return 0


def run_show(options: argparse.Namespace) -> int:
    with understood(options, [options.id]) as library:
        article = library.article(options.id)
        _write_article(article, library.mentions(article), as_json=options.json)
        if not library.is_intact(article):
            say(
                f"Article {article.id} ({article.path}) is not what was imported: it was changed where it is stored. "
                "`setu check --repair` brings it back."
            )
    return 0


def run_annotate(options: argparse.Namespace) -> int:
    code = 0
    with files_as_library(options.files) as (library, reports):
        for file in options.files:
            whole = shown_path(os.path.abspath(file))
            members = [path for path in reports if path.startswith(f"{whole}/")]
            for path in [*members, whole] if whole in reports or not members else members:
                try:
                    article = article_of(library, reports, path)
                except ReaderError as error:
                    code = 1
                    say(str(error))
                    if options.json:
                        emit({"path": path, "error": str(error)})
                    continue
                _write_article(article, library.mentions(article), as_json=options.json)
    return code


def run_entities(options: argparse.Namespace) -> int:
    chosen = None if options.article is None else [options.article]
    with understood(options, chosen) as library:
        if options.article is not None:
            library.article(options.article)
        for entity in library.entities(chosen):
            if options.json:
                emit(contract.entity(entity))
            else:
                names = " · ".join(name for name in (entity.en, entity.hi) if name)
                print_line(f"{entity.id:6}  {entity.type.value:5}  {entity.mentions:5}  {names}")
    return 0


def run_stories(options: argparse.Namespace) -> int:
    with understood(options) as library:
        for story in library.stories():
            if options.json:
                emit(contract.story(story))
                continue
            print_line(f"Story {story.id}")
            for row in library.rows(story.articles):
                print_line(f"  {row.id:6}  {row.language.value}  {row.title}")
    return 0


def _write_article(article: Article, mentions: Sequence[Mention], *, as_json: bool) -> None:
    if as_json:
        emit(contract.article(article, mentions))
        return
    print_line(article.text)
    print_line("")
    for mention in mentions:
        print_line(f"{mention.start:6}-{mention.end:<6} {mention.type.value:5} {mention.form.value:8} {mention.text}")
