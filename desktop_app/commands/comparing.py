"""The commands that lay two articles side by side: `align` and `compare`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from desktop_app import contract
from desktop_app.commands.opening import WrongUsage, article_of, files_as_library, understood
from desktop_app.commands.output import emit, print_line, say
from desktop_app.domain import (
    Article,
    Comparison,
    Language,
    Sentence,
)
from desktop_app.errors import NothingFound, ReaderError
from desktop_app.library import Library


def run_align(options: argparse.Namespace) -> int:
    with understood(options, [options.en, options.hi]) as library:
        en, hi = library.article(options.en), library.article(options.hi)
        if (en.language, hi.language) != (Language.ENGLISH, Language.HINDI):
            raise NothingFound("Give the number of an English article first, then of a Hindi one.")
        _write_comparison(library, en, hi, library.comparison(en.id, hi.id), as_json=options.json)
    return 0


def run_compare(options: argparse.Namespace) -> int:
    pairs = _pairs_to_compare(options)
    files = list(dict.fromkeys(file for pair in pairs for file in pair))
    code = 0
    with files_as_library(files) as (library, reports):
        for pair in pairs:
            try:
                en, hi = (
                    article_of(library, reports, file, language) for file, language in zip(pair, Language, strict=True)
                )
            except ReaderError as error:
                code = 1
                say(str(error))
                if options.json:
                    emit({"error": str(error)})
                continue
            _write_comparison(library, en, hi, library.comparison(en.id, hi.id), as_json=options.json)
    return code


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
        emit(contract.comparison(found, en.sentences, hi.sentences, entities))
        return
    print_line(f"{found.relation.value}, {found.probability:.0%}")
    for reason in found.reasons:
        print_line(f"  {reason.en} = {reason.hi}")
    for link in found.links:
        print_line(f"\n{link.probability:.0%}")
        _print_sentences(en, link.en)
        _print_sentences(hi, link.hi)
    for name, article, only in (("English", en, found.only_en), ("Hindi", hi, found.only_hi)):
        print_line(f"\nOnly in {name}:")
        _print_sentences(article, only)


def _print_sentences(article: Article, numbers: Iterable[int]) -> None:
    for number in numbers:
        sentence: Sentence = article.sentences[number]
        print_line(f"  {article.text[sentence.start : sentence.end]}")
