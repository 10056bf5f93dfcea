"""What each command of `setu` does: one function a command, its options in, its exit code out."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app import contract
from desktop_app.domain import (
    Article,
    Comparison,
    Facets,
    FileReport,
    HitKind,
    HitOrder,
    ImportStatus,
    Language,
    Mention,
    QueryProblem,
    SearchAnswer,
    SearchOptions,
    Sentence,
)
from desktop_app.errors import NothingFound, ReaderError, shown_path
from desktop_app.fetching.addresses import is_web_address
from desktop_app.library import Library
from desktop_app.output import emit as _emit
from desktop_app.output import note as _note
from desktop_app.output import print_line as _print
from desktop_app.output import say
from desktop_app.search.errors import INDEX_HEALED, IndexDamaged
from desktop_app.settings import SettingsFile, default_library_folder, default_settings_path, is_offline
from desktop_app.storage.errors import LibraryBusy, LibraryReadOnly
from desktop_app.worker import TaskFailed, WorkerClient

_FEW = 200
_FEW_TO_SEARCH = 40
"""So many articles are understood within some ten seconds: before a search rather than never."""
_CARET_CONTEXT = 60
"""Characters of a long query shown on each side of a mistake in it."""


class WrongUsage(Exception):
    """The words of the command line do not fit together; exit code 2."""


def _folder(options: argparse.Namespace) -> Path:
    chosen: Path | None = options.library
    return Path(os.path.abspath(chosen if chosen is not None else default_library_folder()))


def run_open(options: argparse.Namespace) -> int:
    from desktop_app.app import run_window

    return run_window(_folder(options), [Path(os.path.abspath(file)) for file in options.files])


def run_import(options: argparse.Namespace) -> int:
    pages = [path for path in options.paths if is_web_address(path)]
    files = [path for path in options.paths if not is_web_address(path)]
    with Library(_folder(options), writing=True) as library:
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
                _emit(contract.file_report(event))
            else:
                _print(f"{event.status.value:9}  {event.path}" + (f"  ({event.message})" if event.message else ""))
        failed |= _note(event)
    if not failed:
        # A full disk has been told of once.
        library.look_after()
        for event in library.worker.events():
            failed |= _note(event)
    return int(refused or failed)


def _standard_input() -> str:
    from desktop_app.extraction import LARGEST_FILE_BYTES

    data = sys.stdin.buffer.read(LARGEST_FILE_BYTES + 1)
    if len(data) > LARGEST_FILE_BYTES:
        raise NothingFound(f"What was pasted is larger than {LARGEST_FILE_BYTES >> 20} MB.")
    return data.decode("utf-8", "replace")


def run_list(options: argparse.Namespace) -> int:
    with Library(_folder(options)) as library:
        for row in library.rows(library.article_ids()):
            if options.json:
                _emit(contract.article_row(row))
            else:
                date = row.date.isoformat() if row.date else "----------"
                _print(f"{row.id:6}  {date}  {row.language.value}  {row.title}")
    return 0


def run_show(options: argparse.Namespace) -> int:
    with _understood(options, [options.id]) as library:
        article = library.article(options.id)
        _write_article(article, library.mentions(article), as_json=options.json)
    return 0


def run_annotate(options: argparse.Namespace) -> int:
    code = 0
    with _files_as_library(options.files) as (library, reports):
        for file in options.files:
            whole = shown_path(os.path.abspath(file))
            members = [path for path in reports if path.startswith(f"{whole}/")]
            for path in [*members, whole] if whole in reports or not members else members:
                try:
                    article = _article_of(library, reports, path)
                except ReaderError as error:
                    code = 1
                    say(str(error))
                    if options.json:
                        _emit({"path": path, "error": str(error)})
                    continue
                _write_article(article, library.mentions(article), as_json=options.json)
    return code


def run_entities(options: argparse.Namespace) -> int:
    chosen = None if options.article is None else [options.article]
    with _understood(options, chosen) as library:
        if options.article is not None:
            library.article(options.article)
        for entity in library.entities(chosen):
            if options.json:
                _emit(contract.entity(entity))
            else:
                names = " · ".join(name for name in (entity.en, entity.hi) if name)
                _print(f"{entity.id:6}  {entity.type.value:5}  {entity.mentions:5}  {names}")
    return 0


def run_search(options: argparse.Namespace) -> int:
    query = " ".join(options.query)
    _understand_for(query, options)
    with _searchable(options) as library:
        asked = replace(_search_options(options), with_facets=not options.json)
        answer = _search(library, query, options.limit, asked)
        for hit in answer.hits:
            if options.json:
                _emit(contract.search_hit(hit))
            else:
                _print(f"{hit.id:6}  {hit.language.value}  {hit.title}\n        {hit.snippet}")
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
            for event in writer.worker.events():
                _note(event)
        say(INDEX_HEALED)
        return library.search(query, limit=limit, options=asked)


def _search_options(options: argparse.Namespace) -> SearchOptions:
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


def run_stories(options: argparse.Namespace) -> int:
    with _understood(options) as library:
        for story in library.stories():
            if options.json:
                _emit(contract.story(story))
                continue
            _print(f"Story {story.id}")
            for row in library.rows(story.articles):
                _print(f"  {row.id:6}  {row.language.value}  {row.title}")
    return 0


def run_align(options: argparse.Namespace) -> int:
    with _understood(options, [options.en, options.hi]) as library:
        en, hi = library.article(options.en), library.article(options.hi)
        if (en.language, hi.language) != (Language.ENGLISH, Language.HINDI):
            raise NothingFound("Give the number of an English article first, then of a Hindi one.")
        _write_comparison(library, en, hi, library.comparison(en.id, hi.id), as_json=options.json)
    return 0


def run_compare(options: argparse.Namespace) -> int:
    pairs = _pairs_to_compare(options)
    files = list(dict.fromkeys(file for pair in pairs for file in pair))
    code = 0
    with _files_as_library(files) as (library, reports):
        for pair in pairs:
            try:
                en, hi = (
                    _article_of(library, reports, file, language) for file, language in zip(pair, Language, strict=True)
                )
            except ReaderError as error:
                code = 1
                say(str(error))
                if options.json:
                    _emit({"error": str(error)})
                continue
            _write_comparison(library, en, hi, library.comparison(en.id, hi.id), as_json=options.json)
    return code


def _article_of(
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


def _pairs_to_compare(options: argparse.Namespace) -> list[tuple[str, str]]:
    if options.batch is None:
        if len(options.files) != 2:
            raise WrongUsage("compare needs an English and a Hindi file, or --batch TSV.")
        return [(options.files[0], options.files[1])]
    try:
        lines = options.batch.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise NothingFound(f"{options.batch} could not be read: {error}.") from error
    pairs = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        parts = line.split("\t")
        if len(parts) != 2:
            raise NothingFound(f"{options.batch}, line {number}: expected an English path, a tab, a Hindi path.")
        pairs.append((parts[0], parts[1]))
    return pairs


def run_screenshot(options: argparse.Namespace) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from desktop_app.app import render_window

    wanted = [] if options.article is None else [options.article]
    if options.query:
        with _searchable(options):
            pass
    with _understood(options, wanted or None) as library:
        render_window(
            library, options.out, article=options.article, query=options.query, options=_search_options(options),
            find=options.find, entity=options.entity, page=options.page, sheet=options.sheet,
            theme=options.theme, size=options.size,
            text_size_percent=options.text_size,
        )  # fmt: skip
    return 0


def run_check(options: argparse.Namespace) -> int:
    from desktop_app.inspection import inspect

    folder = _folder(options)
    problems = inspect(folder)
    if options.repair and problems:
        _repair(folder)
        problems = inspect(folder)
    for problem in problems:
        if options.json:
            _emit({"problem": problem})
        else:
            _print(problem)
    if not problems and not options.json:
        _print(f"The library {folder} is in order.")
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
    with Library(_folder(options), writing=True) as library:
        library.worker.reindex(understand=options.understand)
        failed = [_note(event) for event in library.worker.events()]
        say(f"{library.status().articles} articles are indexed.")
    return int(any(failed))


def run_correct(options: argparse.Namespace) -> int:
    from desktop_app.sharing import read_corrections

    corrections = read_corrections(options.file)
    with Library(_folder(options), writing=True) as library:
        known = {(c.kind, c.entity, c.other, c.form) for c in library.corrections()}
        new = [c for c in corrections if (c.kind, c.entity, c.other, c.form) not in known]
        library.worker.correct(new)
        failed = [event for event in library.worker.events() if _note(event)]
    say(f"{len(new)} corrections were taken over; {len(corrections) - len(new)} were known.")
    return int(bool(failed))


def run_export(options: argparse.Namespace) -> int:
    from desktop_app.sharing import export_articles, export_corrections

    with Library(_folder(options)) as library:
        if options.what == "articles":
            say(f"{export_articles(library, options.target)} articles were written to {options.target}.")
        else:
            corrections = library.corrections()
            export_corrections(corrections, options.target)
            say(f"{len(corrections)} corrections were written to {options.target}.")
    return 0


@contextlib.contextmanager
def _understood(options: argparse.Namespace, ids: Sequence[int] | None = None) -> Iterator[Library]:
    """The library once *ids* (None: all articles) are understood: by us, or by the Setu that has it open.

    An article is understood best together with the other reports of its event, which may be any of those that wait:
    where these are few, all of them are understood first.
    """
    folder = _folder(options)
    with Library(folder) as library:
        if ids is not None and library.waiting(ids) and len(library.waiting()) <= _FEW:
            ids = None
        while library.waiting(ids):
            try:
                with Library(folder, writing=True) as writer:
                    writer.worker.understand(ids or ())
                    failed = [event for event in writer.worker.events() if _note(event)]
                if failed:
                    break
            except LibraryBusy:
                time.sleep(0.3)
            except LibraryReadOnly as error:
                say(str(error))
                break
        yield library


def _understand_for(query: str, options: argparse.Namespace) -> None:
    """Wait until all articles are understood if *query* asks for entities, or if only few wait and nobody is at it.

    What is understood is also found by the other names of what it mentions, and by its meaning.
    """
    from desktop_app.search.query_language import parse

    if parse(query).asks_for_entities():
        with _understood(options):
            return
    folder = _folder(options)
    with Library(folder) as library:
        waiting = len(library.waiting())
    if 0 < waiting <= _FEW_TO_SEARCH:
        with contextlib.suppress(LibraryBusy, LibraryReadOnly), Library(folder, writing=True) as writer:
            writer.worker.understand()
            for event in writer.worker.events():
                _note(event)


@contextlib.contextmanager
def _searchable(options: argparse.Namespace) -> Iterator[Library]:
    """The library once its index knows every article: it is built here if it is missing or damaged."""
    folder = _folder(options)
    with Library(folder) as library:
        if not library.index_is_complete():
            try:
                with Library(folder, writing=True) as writer:
                    writer.worker.index()
                    for event in writer.worker.events():
                        _note(event)
            except LibraryBusy:
                say("Another running Setu is building the index; some articles may be missing from the answer.")
            except LibraryReadOnly as error:
                say(str(error))
        yield library


@contextlib.contextmanager
def _files_as_library(files: Sequence[str]) -> Iterator[tuple[Library, dict[str, FileReport]]]:
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


def _write_article(article: Article, mentions: Sequence[Mention], *, as_json: bool) -> None:
    if as_json:
        _emit(contract.article(article, mentions))
        return
    _print(article.text)
    _print("")
    for mention in mentions:
        _print(f"{mention.start:6}-{mention.end:<6} {mention.type.value:5} {mention.form.value:8} {mention.text}")


def _write_comparison(library: Library, en: Article, hi: Article, found: Comparison, *, as_json: bool) -> None:
    if as_json:
        entities: list[contract.EntityPairCount] = [
            {
                "id": entity.id,
                "en": entity.en,
                "hi": entity.hi,
                "type": entity.type.value,
                "mentions_en": counts.get(Language.ENGLISH, 0),
                "mentions_hi": counts.get(Language.HINDI, 0),
            }
            for entity, counts in library.entities_with_counts([en.id, hi.id])
        ]
        _emit(contract.comparison(found, en.sentences, hi.sentences, entities))
        return
    _print(f"{found.relation.value}, {found.probability:.0%}")
    for reason in found.reasons:
        _print(f"  {reason.en} = {reason.hi}")
    for link in found.links:
        _print(f"\n{link.probability:.0%}")
        _print_sentences(en, link.en)
        _print_sentences(hi, link.hi)
    for name, article, only in (("English", en, found.only_en), ("Hindi", hi, found.only_hi)):
        _print(f"\nOnly in {name}:")
        _print_sentences(article, only)


def _print_sentences(article: Article, numbers: Iterable[int]) -> None:
    for number in numbers:
        sentence: Sentence = article.sentences[number]
        _print(f"  {article.text[sentence.start : sentence.end]}")
