"""What the robustness scripts share: a home of one's own, articles made on the spot, and what must hold afterwards."""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.inspection import inspect
from desktop_app.library import Library
from tests.end_to_end.program import ROOT, Outcome, Program

_PLACES = ("Delhi", "Moscow", "Geneva", "Nairobi", "Lima", "Oslo")
_HINDI_PLACES = ("दिल्ली", "मॉस्को", "जिनेवा", "नैरोबी", "लीमा", "ओस्लो")
_WORDS = ("ministers", "river", "budget", "harvest", "treaty", "school", "bridge", "strike", "railway", "monsoon")
_HINDI_WORDS = ("मंत्री", "नदी", "बजट", "फसल", "संधि", "विद्यालय", "पुल", "हड़ताल", "रेल", "मानसून")


class Unfit(Exception):
    """This machine cannot run the script; the text says why."""


@dataclass(slots=True)
class Tally:
    """What came out, for the last line; every failure is a sentence."""

    facts: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def count(self, what: str, number: int = 1) -> None:
        self.facts[what] = self.facts.get(what, 0) + number

    def most(self, what: str, number: int) -> None:
        self.facts[what] = max(self.facts.get(what, 0), number)

    def fail(self, sentence: str) -> None:
        self.failures.append(sentence)
        print(f"FAILED: {sentence}", flush=True)

    def expect(self, holds: bool, sentence: str) -> None:
        if not holds:
            self.fail(sentence)

    def end(self) -> int:
        print(", ".join(f"{what}: {number}" for what, number in self.facts.items()))
        print(f"{len(self.failures)} failures")
        return int(bool(self.failures))


def times_wanted(default: int, doc: str | None) -> int:
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--times", type=int, default=default)
    return int(parser.parse_args().times)


@contextlib.contextmanager
def home() -> Iterator[Program]:
    """A home that goes when it is done with, with the caches inside; this process uses it, too."""
    before = {name: os.environ.get(name) for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    with tempfile.TemporaryDirectory(prefix="setu-robust-", ignore_cleanup_errors=True) as folder:
        program = Program(Path(folder) / "home", Path(folder) / "home" / "cache")
        program.home.mkdir()
        os.environ.update({name: program.variables[name] for name in before})
        try:
            yield program
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def write_articles(folder: Path, count: int, seed: int = 1, sentences: int = 12) -> list[Path]:
    """*count* different articles, every other one in Hindi."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    paths = []
    for number in range(count):
        hindi = number % 2 == 1
        words, places = (_HINDI_WORDS, _HINDI_PLACES) if hindi else (_WORDS, _PLACES)
        end = "।" if hindi else "."
        lines = [f"{rng.choice(places)} {' '.join(rng.sample(words, 4))} {seed}-{number}"]
        lines += [
            f"{rng.choice(places)} {' '.join(rng.sample(words, 8))} {rng.randrange(10**6)}{end}"
            for _ in range(sentences)
        ]
        path = folder / f"{seed}-{number:04}.txt"
        path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
        paths.append(path)
    return paths


def start(
    program: Program, *arguments: object, said: Path, variables: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """A command in a process group of its own, its lines going into the file *said*."""
    with said.open("ab") as output, said.with_suffix(".err").open("ab") as complaints:
        return subprocess.Popen(
            program.command(*arguments),
            env={**program.variables, **(variables or {})},
            cwd=program.home,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=complaints,
            start_new_session=True,
        )


def acknowledged(said: Path) -> dict[str, int]:
    """The articles reported as stored, by path."""
    found = {}
    for line in said.read_bytes().split(b"\n")[:-1]:
        report = json.loads(line)
        if report["status"] in ("imported", "updated", "duplicate") and report["article"] is not None:
            found[report["path"]] = report["article"]
    return found


def paths_stored(folder: Path) -> list[str]:
    with Library(folder) as library:
        return [row.path for row in library.rows(library.article_ids())]


def check_kept(tally: Tally, folder: Path, said: Mapping[str, int], where: str) -> float:
    """Open the library as a writer does and look for everything that was reported; the seconds opening took."""
    began = time.monotonic()
    try:
        library = Library(folder, writing=True)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
        tally.fail(f"{where}: the library does not open: {error!r}")
        return 0.0
    took = time.monotonic() - began
    with library:
        stored = {row.path: row.id for row in library.rows(library.article_ids())}
        for path, id_ in said.items():
            if stored.get(path) != id_:
                tally.count("lost")
                tally.fail(f"{where}: {path} was reported as article {id_} and is not there")
            elif not library.is_intact(library.article(id_)):
                tally.fail(f"{where}: {path} is there, but not what was imported")
        if len(set(stored)) != len(library.article_ids()):
            tally.fail(f"{where}: an article is there twice")
    return took


def check_sound(tally: Tally, folder: Path, where: str, *, index_too: bool = True) -> None:
    found = [line for line in inspect(folder) if index_too or "index" not in line]
    tally.expect(not found, f"{where}: {found[:2]}")


def sentences_in(outcome: Outcome) -> list[str]:
    return [line for line in outcome.stderr.splitlines() if line.strip()]


@functools.cache
def faults_library() -> Path:
    """The compiled `faults.c`."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        raise Unfit("faults.c needs Linux and a C compiler (gcc)")
    made = Path(tempfile.mkdtemp(prefix="setu-faults-")) / "faults.so"
    source = ROOT / "tests" / "robustness" / "faults.c"
    done = subprocess.run(
        [compiler, "-shared", "-fPIC", "-O2", "-o", made, source, "-ldl"], capture_output=True, check=False
    )
    if done.returncode:
        raise Unfit(f"faults.c does not compile here: {done.stderr.decode(errors='replace')[:200]}")
    return made


def run_with(program: Program, variables: Mapping[str, str], *arguments: object, timeout_s: float = 120) -> Outcome:
    """A command with *variables* set; a program that hangs or shows a traceback is a failure of its own."""
    done = subprocess.run(
        program.command(*arguments),
        env={**program.variables, **variables},
        cwd=program.home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=timeout_s,
        check=False,
    )
    return Outcome(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def reported(outcome: Outcome) -> dict[str, int]:
    """What a finished import reported as stored."""
    found = {}
    for line in outcome.stdout.splitlines():
        report = json.loads(line)
        if report["status"] in ("imported", "updated", "duplicate"):
            found[report["path"]] = report["article"]
    return found


def run_script(main: object, arguments: Sequence[object] = ()) -> None:
    """End the process with the script's exit code; a machine it cannot run on is told and is no failure."""
    assert callable(main)
    try:
        sys.exit(main(*arguments))
    except Unfit as error:
        print(f"skipped: {error}")
        sys.exit(0)
