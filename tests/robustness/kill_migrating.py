"""kill -9 while a library is brought to a new format: it has the old one or the new one, never something between."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from desktop_app.storage.backups import Backups
from desktop_app.storage.connections import FILE_NAME, connect
from desktop_app.storage.database import Database
from desktop_app.storage.schema import MIGRATIONS
from tests.end_to_end.program import ROOT
from tests.robustness.ground import Tally, home, run_script, times_wanted

ARTICLES = 6000
_OPENING = "import sys, pathlib; from desktop_app.storage.database import Database; print('now', flush=True); "
_OPENING += "Database(pathlib.Path(sys.argv[1]), writing=True).close(); print('done', flush=True)"


def old_library(folder: Path, articles: int) -> None:
    """A library of the first format."""
    folder.mkdir()
    with closing(connect(folder / FILE_NAME)) as connection:
        connection.executescript(f"BEGIN; {MIGRATIONS[0]} PRAGMA user_version = 1; COMMIT;")
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO articles (sha256, text_sha256, path, title, title_inferred, language, words, text)"
            " VALUES (?,?,?,?,0,'en',3,?)",
            [(f"{n}", f"{n}", f"/{n}.txt", f"Title {n}", f"Text of {n}. " * 60) for n in range(articles)],
        )
        connection.execute("COMMIT")


def shape(folder: Path) -> tuple[int, frozenset[str]]:
    """The format, and every table, index and trigger by its definition."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        things = connection.execute("SELECT type || name || coalesce(sql, '') FROM sqlite_master").fetchall()
    return version, frozenset(thing[0] for thing in things)


def run(times: int, seed: int = 3, articles: int = ARTICLES) -> Tally:
    tally = Tally()
    rng = random.Random(seed)
    with home() as program:
        sample = program.home / "sample"
        old_library(sample, articles)
        old = shape(sample)
        began = time.monotonic()
        Database(sample, writing=True).close()
        longest_s = time.monotonic() - began
        new = shape(sample)
        for number in range(times):
            folder = program.home / f"library{number}"
            old_library(folder, articles)
            process = subprocess.Popen(
                [sys.executable, "-c", _OPENING, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, env=program.variables
            )
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(rng.uniform(0, longest_s * 1.1))
            process.kill()
            process.communicate()
            found = shape(folder)
            tally.count("old format" if found == old else "new format")
            tally.expect(found in (old, new), f"kill {number}: between the formats: {found[0]}")
            database = Database(folder, writing=True)
            (kept,) = database.connection().execute("SELECT count(*) FROM articles").fetchone()
            database.quick_check()
            database.close()
            tally.expect(kept == articles, f"kill {number}: {articles - kept} articles are lost")
            tally.expect(shape(folder) == new, f"kill {number}: not brought up to date afterwards")
            backups = Backups(folder).all()
            tally.expect(bool(backups) and backups[0].format == 1, f"kill {number}: no backup from before")
    return tally


def main() -> int:
    return run(times_wanted(20, __doc__)).end()


if __name__ == "__main__":
    run_script(main)
