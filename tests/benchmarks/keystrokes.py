"""What a keystroke in the search field costs, from the key to painted results, in the real window.

Run: `python tests/benchmarks/keystrokes.py --articles 50000`. The library is filled through its storage with generated
articles; queries are typed letter by letter, without the pause that the window makes after a key. Times are CPU
milliseconds of this process, all its threads together: parsing, expansion, search, counting, snippets, painting.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from desktop_app.domain import EntityType, ExtractedArticle, Mention, Sentence
from desktop_app.library import Library
from desktop_app.settings import Settings
from desktop_app.shelf import Shelf
from desktop_app.ui.fonts import load_fonts
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.themes import apply
from tests.benchmarks.corpus import generate, names

GOAL_MS = 50.0
SENTENCE_CHARS, BATCH, ENTITIES = 120, 2_000, 400
QUERIES = (
    "government water",
    "पानी सरकार",
    "sarkar",
    "title:rain lang:en",
    '"school rain"',
    "किसान -बाढ़",
    "minister OR नेता",
)


def fill(folder: Path, count: int) -> None:
    """*count* generated articles, stored and indexed; each names two of 400 entities."""
    shelf = Shelf(folder, writing=True)
    known = names(3_000)[:ENTITIES]
    with shelf.database.transaction():
        for name in known:
            shelf.entities.add(EntityType.PER, name.english, name.hindi, None)
        ids = []
        for made in generate(count):
            sentences = tuple(
                Sentence(start, min(start + SENTENCE_CHARS, len(made.text)))
                for start in range(0, len(made.text), SENTENCE_CHARS)
            )
            article = ExtractedArticle(made.text, made.title, False, made.date, made.source, made.language, sentences)
            id_ = shelf.articles.add(article, path=f"{made.number}", sha256=f"{made.number}")
            marks = [Mention(at, at + 4, made.text[at : at + 4], EntityType.PER, 1 + (id_ * factor) % ENTITIES)
                     for at, factor in ((0, 1), (5, 7))]  # fmt: skip
            shelf.entities.put_mentions(id_, made.text, made.language, marks)
            ids.append(id_)
        for column in ("understood", "indexed"):
            shelf.articles.mark_all(column, 1)
    shelf.index.clear()
    for first in range(0, len(ids), BATCH):
        shelf.index_articles(ids[first : first + BATCH])
    shelf.close()


def measure(window: MainWindow, application: QApplication, states: list[str]) -> list[float]:
    times = []
    for state in states:
        waiting = QEventLoop()
        window.search.answered.connect(waiting.quit)
        begin = time.process_time()
        window.tool_bar.search.setText(state)
        window.runner.ask_now(state, window.search.options, as_you_type=True)
        waiting.exec()
        application.processEvents()
        times.append((time.process_time() - begin) * 1_000)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    options = parser.parse_args()
    application = QApplication([])
    load_fonts(application)
    apply(application, "light")
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_CACHE_HOME"] = f"{place}/cache"
        folder = Path(place) / "library"
        fill(folder, options.articles)
        with Library(folder) as library:
            window = MainWindow(library, None, Settings())
            window.resize(1280, 800)
            window.show()
            window.open_last_or_first()
            application.processEvents()
            typed = [
                *QUERIES,
                *(name.english for name in names(3_000)[40:44]),
                *(n.hindi for n in names(3_000)[50:52]),
            ]
            states = [query[:end] for query in typed for end in range(1, len(query) + 1)]
            measure(window, application, ["water"])
            times = sorted(measure(window, application, states))
            p50, p95 = times[len(times) // 2], times[len(times) * 95 // 100]
            verdict = "" if p95 <= GOAL_MS else "  OVER"
            print(
                f"{options.articles:,} articles, {len(times)} keystrokes: p50 {p50:.1f} ms, p95 {p95:.1f} ms,"
                f" worst {times[-1]:.1f} ms   goal p95 {GOAL_MS:.0f} ms{verdict}"
            )
            window.close()


if __name__ == "__main__":
    main()
