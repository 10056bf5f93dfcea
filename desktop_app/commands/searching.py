"""The command `search`."""

from __future__ import annotations

import argparse
import contextlib
import unicodedata
from dataclasses import replace

from desktop_app import contract
from desktop_app.commands.opening import WrongUsage, library_folder, searchable, understood
from desktop_app.commands.output import emit, note_all, print_line, say
from desktop_app.domain import (
    Facets,
    HitKind,
    HitOrder,
    QueryProblem,
    SearchAnswer,
    SearchOptions,
)
from desktop_app.library import Library
from desktop_app.search.errors import INDEX_HEALED, IndexDamaged
from desktop_app.storage.errors import LibraryBusy, LibraryReadOnly

_FEW_TO_SEARCH = 40
"""So many articles are understood within some ten seconds: before a search rather than never."""


_CARET_CONTEXT = 60
"""Characters of a long query shown on each side of a mistake in it."""


def run_search(options: argparse.Namespace) -> int:
    query = " ".join(options.query)
    if not query.strip():
        raise WrongUsage("search needs words to look for, or a filter such as date:2024-09.")
    _understand_for(query, options)
    with searchable(options) as library:
        asked = replace(search_options(options), with_facets=not options.json)
        answer = _search(library, query, options.limit, asked)
        for hit in answer.hits:
            if options.json:
                emit(contract.search_hit(hit))
            else:
                print_line(f"{hit.id:6}  {hit.language.value}  {hit.title}\n        {hit.snippet}")
        for problem in answer.problems:
            _point_at(answer.query, problem)
        if answer.facets is not None and answer.total:
            say(_count_words(answer, answer.facets))
        if answer.message:
            say(answer.message)
    return 0 if answer.hits else 1


def _search(library: Library, query: str, limit: int, asked: SearchOptions) -> SearchAnswer:
    """Some damage to the index shows only when its lists are read: then it is built anew, and asked again."""
    try:
        return library.search(query, limit=limit, options=asked)
    except IndexDamaged:
        with Library(library.folder, writing=True) as writer:
            writer.worker.reindex()
            note_all(writer.worker)
        say(INDEX_HEALED)
        return library.search(query, limit=limit, options=asked)


def search_options(options: argparse.Namespace) -> SearchOptions:
    return SearchOptions(exact=options.exact, order=HitOrder(options.sort), by_story=options.by_story)


def _point_at(query: str, problem: QueryProblem) -> None:
    """The query, a caret under what is wrong with it, and the sentence."""
    first = max(0, problem.start - _CARET_CONTEXT)
    shown = "".join(" " if c.isspace() else c for c in query[first : problem.end + _CARET_CONTEXT])
    start, end = problem.start - first, problem.end - first
    say(f"{shown}\n{' ' * _cells(shown[:start])}{'^' * max(1, _cells(shown[start:end]))}\n{problem.sentence}")


def _cells(text: str) -> int:
    """How many columns of a terminal *text* takes."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return wide + sum(unicodedata.category(c) not in ("Mn", "Me", "Cf") for c in text)


def _count_words(answer: SearchAnswer, facets: Facets) -> str:
    found = f"{answer.total:,} article{'s' * (answer.total != 1)}: {facets.english:,} English, {facets.hindi:,} Hindi"
    shown = sum(hit.kind is HitKind.ALL for hit in answer.hits)
    return f"{found}." if answer.total <= shown else f"{found}; {shown:,} of them shown."


def _understand_for(query: str, options: argparse.Namespace) -> None:
    """Wait until all articles are understood if *query* asks for entities, or if only few wait and nobody is at it.

    What is understood is also found by the other names of what it mentions, and by its meaning.
    """
    from desktop_app.search.query_language import parse

    if parse(query).asks_for_entities():
        with understood(options):
            return
    folder = library_folder(options)
    with Library(folder) as library:
        waiting = len(library.waiting())
    if 0 < waiting <= _FEW_TO_SEARCH:
        with contextlib.suppress(LibraryBusy, LibraryReadOnly), Library(folder, writing=True) as writer:
            writer.worker.understand()
            note_all(writer.worker)
