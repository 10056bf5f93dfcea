"""Mutations of good files through the import that users run: no crash, and what is stored is what is shown and found.

Run: `python -m tests.robustness.mutations [--count 2000] [--seed 20210304]`. Exit code 1 if anything is amiss. Each
file of `good_files` is changed at random in a repeatable way, over and over; all are imported by the worker process.
Then every article is looked at: its text is what the file holds when read again here, its seal is whole, its
sentences cover it, a text page shows it to the letter, and it is found by words of it.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from desktop_app.domain import Article, FileReport, ImportStatus
from desktop_app.errors import ReaderError
from desktop_app.extraction import extract_all
from desktop_app.language.folding import WORD
from desktop_app.library import Library
from desktop_app.worker import TaskFailed
from tests.robustness.good_files import GoodFile, good_files

SEED = 20210304
_CRASHES = re.compile(r"could not be understood as an article|made the process stop|needed more than|took longer than")
_SOUGHT = re.compile(r"[A-Za-z]{5,20}|[\u0905-\u0939\u093e-\u094d]{5,20}")
_INSERTED = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf0\x9f", b"\r", b"\x85", b"\xe2\x80\xa8",
    b"\xe2\x80\xa9", b"\xe2\x80\xae", b"\xef\xbf\xbe", b"&#0;", b"&#xd800;", b"&amp;", b"<![CDATA[", b"]]>",
    b"<!--", b"<p>", b"</p>", b"<table>", b"<script>", b"\\ud800", b'"', b"{", b"[", b"(", b"\n\n", b"--b",
    b"From ", b"=?utf-8?b?", b"%00", b"../", b"99999999999999999999", b"-1", b"\xe0\xa4\xbc\xe0\xa5\x8d" * 50,
    b"PK\x03\x04", b"\x1f\x8b", b"stream", b"endobj",
)  # fmt: skip


@dataclass(slots=True)
class Outcome:
    """What became of the mutations; `faults` are sentences, none if all is well."""

    files: int = 0
    reports: Counter[ImportStatus] = field(default_factory=Counter)
    articles: int = 0
    faults: list[str] = field(default_factory=list)


def mutated(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """*data* with one to four changes."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = chance.choice(_CHANGES)(data, others, chance) or b"a"
    return data


def run(count: int, seed: int = SEED) -> Outcome:
    """Import *count* mutations and look at every article that came of them."""
    chance = random.Random(seed)
    files = good_files()
    outcome = Outcome()
    with tempfile.TemporaryDirectory(prefix="setu-mutations-") as scratch:
        folder = Path(scratch) / "files"
        folder.mkdir()
        paths = [_write(folder, number, files, chance) for number in range(count)]
        with Library(Path(scratch) / "library", writing=True) as library:
            library.worker.import_paths(paths)
            reports = []
            for event in library.worker.events():
                if isinstance(event, FileReport):
                    reports.append(event)
                elif isinstance(event, TaskFailed):
                    outcome.faults.append(f"the import ended: {event.message}")
            _look_at_reports(outcome, paths, reports)
            _look_at_articles(outcome, library)
    return outcome


def _write(folder: Path, number: int, files: Sequence[GoodFile], chance: random.Random) -> Path:
    good = files[number % len(files)]
    path = folder / f"{number:05}-{good.name}"
    path.write_bytes(mutated(good.data, [file.data for file in files], chance))
    return path


def _look_at_reports(outcome: Outcome, paths: Sequence[Path], reports: Sequence[FileReport]) -> None:
    outcome.files = len(paths)
    outcome.reports = Counter(report.status for report in reports)
    # Members of archives are reported by the archive's path and theirs.
    told = {parent for report in reports for parent in (report.path, *map(str, Path(report.path).parents))}
    missing = {str(path) for path in paths} - told
    outcome.faults.extend(f"nothing was said of {path}" for path in sorted(missing))
    for report in reports:
        if _CRASHES.search(report.message):
            outcome.faults.append(report.message)
        if report.status is ImportStatus.REFUSED and not report.message.endswith("."):
            outcome.faults.append(f"no sentence: {report.message!r}")


def _look_at_articles(outcome: Outcome, library: Library) -> None:
    application = QApplication.instance() or QApplication([])
    read: dict[str, set[str]] = {}
    for id_ in library.article_ids():
        article = library.article(id_)
        outcome.articles += 1
        outcome.faults.extend(f"{article.path}: {fault}" for fault in _faults(article, library, read))
    del application


def _faults(article: Article, library: Library, read: dict[str, set[str]]) -> Iterator[str]:
    if not library.is_intact(article):
        yield "its seal is broken"
    if article.text not in _texts_in(article.path, read):
        yield "its text is not that of its file"
    document = QTextDocument()
    document.setPlainText(article.text)
    if document.toRawText().replace("\u2029", "\n") != article.text:
        yield "a page does not show its text"
    position = 0
    for sentence in article.sentences:
        if article.text[position : sentence.start].strip() or not position <= sentence.start < sentence.end:
            yield f"its sentences do not cover it at {position}"
        position = sentence.end
    if article.text[position:].strip():
        yield f"its sentences end at {position}"
    if (word := _rarest(article.text)) is not None:
        found = library.search(f"={word}", limit=5000)
        if article.id not in {hit.id for hit in found.hits}:
            yield f"it is not found by {word!r}"


def _texts_in(path: str, read: dict[str, set[str]]) -> set[str]:
    """The texts of all articles in the file that *path* (a file's or a member's) leads to."""
    file = next(str(parent) for parent in (Path(path), *Path(path).parents) if parent.is_file())
    if file not in read:
        read[file] = set()
        try:
            for document in extract_all(Path(file).read_bytes(), file):
                if document.article is not None:
                    read[file].add(document.article.text)
        except ReaderError:
            pass
    return read[file]


def _rarest(text: str) -> str | None:
    """A longish word of the text that a reader may look for."""
    words = [word for word in WORD.findall(text) if _SOUGHT.fullmatch(word)]
    return min(words, key=lambda word: (words.count(word), -len(word)), default=None)


def _flip(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _number in range(chance.choice((1, 3, 20))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.choice((1, 5, 50, 500)) :]


def _end(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _double(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    start = chance.randrange(len(data))
    end = start + chance.choice((1, 20, 300))
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _insert(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + chance.choice(_INSERTED) * chance.choice((1, 1, 3, 200)) + data[place:]


def _noise(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    size = chance.choice((1, 8, 100))
    return data[:place] + chance.randbytes(size) + data[place + size :]


def _splice(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    other = chance.choice(others)
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def _swap(data: bytes, _: Sequence[bytes], chance: random.Random) -> bytes:
    one, two, three = sorted(chance.randrange(len(data) + 1) for _number in range(3))
    return data[:one] + data[two:three] + data[one:two] + data[three:]


_CHANGES: tuple[Callable[[bytes, Sequence[bytes], random.Random], bytes], ...] = (
    _flip, _cut, _end, _double, _insert, _insert, _noise, _splice, _swap,
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    outcome = run(options.count, options.seed)
    for fault in outcome.faults[:50]:
        print(fault.encode("utf-8", "backslashreplace").decode())
    told = ", ".join(f"{count} {status}" for status, count in sorted(outcome.reports.items()))
    print(f"{outcome.files} mutations: {told}; {outcome.articles} articles looked at, {len(outcome.faults)} faults")
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
