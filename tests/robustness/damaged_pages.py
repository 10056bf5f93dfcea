"""Pages of the database overwritten and single bits flipped: every damage is found, a backup offered, nothing lost.

The library is the one of the daily life: it was closed properly and has a backup of today.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from desktop_app.errors import ReaderError
from desktop_app.inspection import inspect
from desktop_app.library import Library
from desktop_app.recovery import mend
from desktop_app.storage.connections import FILE_NAME
from tests.robustness.ground import Tally, home, run_script, times_wanted, write_articles

ARTICLES = 250
_PAGE = 4096


def zero_page(content: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(content) // _PAGE) * _PAGE
    content[at : at + _PAGE] = bytes(_PAGE)


def noise_in_page(content: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(content) // _PAGE) * _PAGE
    content[at : at + _PAGE] = rng.randbytes(_PAGE)


def another_page(content: bytearray, rng: random.Random) -> None:
    """A write that landed in the wrong place."""
    one, other = rng.sample(range(len(content) // _PAGE), 2)
    content[one * _PAGE : (one + 1) * _PAGE] = content[other * _PAGE : (other + 1) * _PAGE]


def torn_page(content: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(content) // 512) * 512
    content[at : at + 512] = rng.randbytes(512)


def flipped_bit(content: bytearray, rng: random.Random) -> None:
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)


def cut_off(content: bytearray, rng: random.Random) -> None:
    del content[rng.randrange(len(content)) :]


# As many bits as pages.
DAMAGES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    zero_page, flipped_bit, noise_in_page, flipped_bit, another_page, flipped_bit, torn_page, flipped_bit,
    cut_off, flipped_bit,
)  # fmt: skip


def texts(folder: Path) -> dict[int, tuple[str, str]]:
    with Library(folder) as library:
        return {id_: (library.article(id_).title, library.article(id_).text) for id_ in library.article_ids()}


def look_at_everything(tally: Tally, folder: Path, expected: dict[int, tuple[str, str]], name: str) -> None:
    """What a reader sees of the damaged library: what was imported, or a mark or a sentence that it is not."""
    try:
        with Library(folder) as library:
            for id_ in library.article_ids():
                article = library.article(id_)
                if (article.title, article.text) != expected.get(id_):
                    tally.count("articles damaged")
                    tally.expect(not library.is_intact(article), f"{name}: article {id_} is wrong and not marked")
    except ReaderError:
        tally.count("libraries not opened, with a sentence")


def run(times: int, seed: int = 5, articles: int = ARTICLES) -> Tally:
    tally = Tally()
    rng = random.Random(seed)
    with home() as program:
        reports = program.home / "reports"
        write_articles(reports, articles)
        template = program.home / "template"
        outcome = program.run("--library", template, "import", "--json", reports)
        assert outcome.code == 0, outcome.stderr
        expected = texts(template)
        pristine = (template / FILE_NAME).read_bytes()
        # Nothing may be brought back from the original files alone.
        shutil.rmtree(reports)
        for number in range(times):
            damage = DAMAGES[number % len(DAMAGES)]
            name = f"damage {number} ({damage.__name__})"
            folder = program.home / f"library{number}"
            shutil.copytree(template, folder)
            content = bytearray(pristine)
            while content == pristine:
                damage(content, rng)
            (folder / FILE_NAME).write_bytes(content)
            look_at_everything(tally, folder, expected, name)
            said = [line for line in inspect(folder) if "search index" not in line]
            tally.count("detected", int(bool(said)))
            tally.expect(bool(said), f"{name}: not found")
            tally.expect(any("backup" in line for line in said), f"{name}: no backup offered: {said}")
            list(mend(folder))
            found = texts(folder)
            lost = {id_ for id_, text in expected.items() if found.get(id_) != text}
            tally.count("articles lost", len(lost))
            tally.expect(not lost, f"{name}: articles {sorted(lost)[:5]} were not brought back")
            left = [line for line in inspect(folder) if "search index" not in line]
            tally.expect(not left, f"{name}: after mending still: {left[:2]}")
            shutil.rmtree(folder)
    return tally


def main() -> int:
    return run(times_wanted(80, __doc__)).end()


if __name__ == "__main__":
    run_script(main)
