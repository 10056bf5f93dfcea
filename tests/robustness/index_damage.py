"""Files of the search index damaged at random, missing, swapped, of an older day, of another library.

A search answers what it must or says that the index is damaged, in the same process, too, that has the files open; the
worker then heals the index and says so.
"""

from __future__ import annotations

import contextlib
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from desktop_app.library import Library
from desktop_app.records import Notice
from desktop_app.search.errors import INDEX_HEALED, IndexDamaged
from desktop_app.working.intake import Intake
from tests.robustness.ground import Tally, home, run_script, times_wanted, write_articles

ARTICLES = 120
QUERIES = ("moscow", "title:harvest -title:river", '"दिल्ली"', "lang:hi संधि", "mons*", "budget OR पुल")

Answers = list[list[tuple[int, float]]]
Damage = Callable[[Path, Path, random.Random], None]


def _some_file(folder: Path, rng: random.Random) -> Path:
    return rng.choice(sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size))


def flip_bits(folder: Path, _: Path, rng: random.Random) -> None:
    path = _some_file(folder, rng)
    content = bytearray(path.read_bytes())
    for _bit in range(rng.choice((1, 1, 5, 50))):
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    path.write_bytes(content)


def cut(folder: Path, _: Path, rng: random.Random) -> None:
    path = _some_file(folder, rng)
    # In place: whoever has it open sees it shrink.
    with path.open("rb+") as file:
        file.truncate(rng.randrange(path.stat().st_size))


def zero(folder: Path, _: Path, rng: random.Random) -> None:
    path = _some_file(folder, rng)
    content = bytearray(path.read_bytes())
    start = rng.randrange(len(content))
    content[start : start + 512] = bytes(len(content[start : start + 512]))
    path.write_bytes(content)


def append(folder: Path, _: Path, rng: random.Random) -> None:
    with _some_file(folder, rng).open("ab") as file:
        file.write(rng.randbytes(rng.choice((1, 100, 5000))))


def lose(folder: Path, _: Path, rng: random.Random) -> None:
    _some_file(folder, rng).unlink()


def rename(folder: Path, _: Path, rng: random.Random) -> None:
    path = _some_file(folder, rng)
    path.rename(path.with_name(f"{path.name}.old"))


def swap(folder: Path, _: Path, rng: random.Random) -> None:
    one, other = _some_file(folder, rng), _some_file(folder, rng)
    aside = one.with_name("aside")
    one.rename(aside)
    if other.exists():
        other.rename(one)
    aside.rename(other)


def older_file(folder: Path, older: Path, rng: random.Random) -> None:
    path = _some_file(older, rng)
    shutil.copyfile(path, folder / path.relative_to(older))


def older_commit(folder: Path, older: Path, _: random.Random) -> None:
    shutil.rmtree(folder)
    shutil.copytree(older, folder)


def lose_all(folder: Path, _: Path, __: random.Random) -> None:
    shutil.rmtree(folder)


def foreign(folder: Path, older: Path, _: random.Random) -> None:
    """The index of another library: here, of one that does not exist any more."""
    shutil.rmtree(folder)
    shutil.copytree(older.with_name("foreign"), folder)


DAMAGES: tuple[Damage, ...] = (
    flip_bits, cut, zero, append, lose, rename, swap, older_file, flip_bits, cut, zero, older_commit, lose_all, foreign,
)  # fmt: skip


def answers(library: Library) -> Answers:
    # Equal scores may come in any order.
    found = (library.search(query, limit=1000).hits for query in QUERIES)
    return [sorted((hit.id, hit.score) for hit in hits) for hits in found]


def notices(folder: Path) -> list[str]:
    """What the worker says when it looks after the library."""
    with contextlib.closing(Intake(folder)) as intake:
        return [step.message for step in intake.index() if isinstance(step, Notice)]


def rebuild(folder: Path) -> None:
    """What window and command line ask for where a search meets damage."""
    with contextlib.closing(Intake(folder)) as intake:
        for _ in intake.reindex():
            pass


def run(times: int, seed: int = 6, articles: int = ARTICLES) -> Tally:
    tally = Tally()
    rng = random.Random(seed)
    with home() as program:
        folder, index = program.home / "library", program.cache / "setu" / "index"
        files = write_articles(program.home / "reports", articles)
        other = program.home / "other"
        program.run("--library", other, "import", *files[:10])
        (foreign_index,) = index.iterdir()
        shutil.copytree(foreign_index, program.home / "foreign")
        shutil.rmtree(index)
        program.run("--library", folder, "import", *files[: articles // 2])
        (place,) = index.iterdir()
        older = program.home / "older"
        shutil.copytree(place, older)
        program.run("--library", folder, "import", *files[articles // 2 :])
        pristine = program.home / "pristine"
        shutil.copytree(place, pristine)
        database = (folder / "library.sqlite3").read_bytes()
        with Library(folder) as library:
            expected = answers(library)
        assert all(expected)
        for number in range(times):
            damage = DAMAGES[number % len(DAMAGES)]
            name = f"damage {number} ({damage.__name__})"
            shutil.rmtree(place)
            shutil.copytree(pristine, place)
            (folder / "library.sqlite3").write_bytes(database)
            refused = False
            with Library(folder) as library:
                was_open = rng.random() < 0.5
                if was_open:
                    answers(library)
                damage(place, older, rng)
                usable = library.index_is_complete()
                try:
                    found = answers(library)
                    # An index of an earlier day is whole; that it is not of today is known before one searches.
                    tally.expect(found == expected or not usable, f"{name}: a wrong answer, open: {was_open}")
                except IndexDamaged:
                    refused = True
                    tally.count("refused")
                said = notices(folder)
                if INDEX_HEALED in said:
                    tally.count("healed by looking after it")
                try:
                    found = answers(library)
                except IndexDamaged:
                    tally.count("healed by a search")
                    rebuild(folder)
                    found = answers(library)
                tally.expect(found == expected, f"{name}: a wrong answer after healing")
            if not refused and not said:
                tally.count("harmless")
            with Library(folder) as library:
                try:
                    found = answers(library)
                except IndexDamaged:
                    # Whoever had the files open had read all that was asked for.
                    tally.count("healed by a search")
                    rebuild(folder)
                    found = answers(library)
                tally.expect(found == expected, f"{name}: a wrong answer of one who opens it anew")
    return tally


def main() -> int:
    return run(times_wanted(300, __doc__)).end()


if __name__ == "__main__":
    run_script(main)
