"""What it costs to draw the links of a pair already understood, to scroll with them, and to light them up.

Run: `python tests/benchmarks/ribbons.py`. Times are CPU milliseconds of this process, medians over the rounds, drawn
offscreen. "Links drawn" is everything from asking the library (a stored comparison) to the painted gutter, beyond
what showing the two articles costs. The floor is measured in the same run: the same window without links. The peer
is what a general widget would do: the same bands as items of a QGraphicsScene between the panes.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtGui import QColor, QPainterPath, QUndoStack
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView

from desktop_app.domain import (
    ArticlePair,
    Comparison,
    ExtractedArticle,
    Language,
    PassageLink,
    Relation,
    Sentence,
    SentenceKind,
)
from desktop_app.library import Library
from desktop_app.shelf import Shelf
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.correspondence import Correspondence
from desktop_app.ui.fonts import load_fonts
from desktop_app.ui.ribbons import ribbon_path
from desktop_app.ui.themes import apply

SENTENCE = {
    Language.ENGLISH: "The talks between the two ministers in the city were held on Friday after a week of protest.",
    Language.HINDI: "सरकार ने शुक्रवार को कहा कि दोनों देशों के बीच बातचीत जारी रहेगी और मंत्री फिर मिलेंगे।",
}


def article(language: Language, count: int) -> ExtractedArticle:
    """*count* sentences, three to a paragraph."""
    text, sentences = "", []
    for number in range(count):
        start = len(text)
        text += f"{SENTENCE[language]} {number}"
        sentences.append(Sentence(start, len(text), SentenceKind.SENTENCE))
        text += "\n" if number % 3 == 2 else " "
    return ExtractedArticle(text, "t", False, None, None, language, tuple(sentences))


def comparison(count: int) -> Comparison:
    """Two thirds of the sentences are linked, one pair in ten crosses the others, the rest is one-sided."""
    links = [
        PassageLink((number,), ((number + 7) % count if number % 10 == 0 else number,), 0.5 + number % 50 / 100)
        for number in range(count)
        if number % 3
    ]
    alone = tuple(range(0, count, 3))
    return Comparison(Relation.SAME_EVENT, 0.9, (), tuple(links), alone, alone)


def store(folder: Path, count: int) -> None:
    shelf = Shelf(folder, writing=True)
    with shelf.database.transaction():
        for number, language in enumerate(Language):
            shelf.articles.add(article(language, count), path=f"{number}", sha256=f"{number}")
        shelf.stories.put_comparison(1, 2, comparison(count))
        shelf.stories.set_homes({1: 1, 2: 1})
    shelf.close()


def cpu_ms(action: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        before = time.process_time()
        action()
        times.append((time.process_time() - before) * 1000)
    return statistics.median(times)


def graphics_peer(view: BilingualView, application: QApplication) -> Callable[[], None]:
    """The ribbons as scene items, built anew as for another pair."""
    peer = QGraphicsView()
    peer.resize(view.splitter().gutter.size())
    peer.show()

    def draw() -> None:
        scene = QGraphicsScene()
        where = view.passages.view(view.splitter().gutter)
        for ribbon in view.passages.ribbons():
            path = ribbon_path(ribbon, where)
            scene.addPath(path or QPainterPath(), QColor("#4150ad"), QColor(65, 80, 173, 60))
        peer.setScene(scene)
        application.processEvents()

    return draw


def measure(application: QApplication, count: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store(Path(folder), count)
        with Library(Path(folder)) as library:
            pair = library.pair_for(1)
            view = BilingualView()
            view.resize(1400, 1000)
            view.show()
            undo = QUndoStack()
            shown = Correspondence(library, view.passages, undo, writable=False, parent=view)
            application.processEvents()

            def open_pair(linked: bool) -> None:
                view.show_pair(pair)
                if linked:
                    shown.show_pair(pair)
                application.processEvents()

            def scroll() -> None:
                bar = view.pane(Language.ENGLISH).verticalScrollBar()
                bar.setValue((bar.value() + 120) % max(1, bar.maximum()))
                application.processEvents()

            def walk() -> None:
                view.passages.step_linked(1)
                application.processEvents()

            floor = cpu_ms(lambda: open_pair(False), rounds)
            opened = cpu_ms(lambda: open_pair(True), rounds)
            peer = cpu_ms(graphics_peer(view, application), rounds)
            scrolled = cpu_ms(scroll, rounds * 4)
            view.passages.scrolling.enabled = False
            alone = cpu_ms(scroll, rounds * 4)
            view.passages.scrolling.enabled = True
            view.passages.step_linked(1)
            walked = cpu_ms(walk, rounds)
            view.show_pair(ArticlePair())
            shown.close()
            view.close()
    print(f"{count} sentences on each side, {len(comparison(count).links)} links")
    print(
        f"  links drawn               {opened - floor:7.1f} ms   (pair with links {opened:.1f}, without {floor:.1f};"
        f" a QGraphicsScene of the ribbons alone {peer:.1f})"
    )
    print(f"  scroll both panes         {scrolled:7.1f} ms   (one pane, unlinked {alone:.1f})")
    print(f"  to the next linked passage{walked:7.1f} ms")


def main() -> None:
    application = QApplication([])
    load_fonts(application)
    apply(application, "light")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    measure(application, 30, 20)
    measure(application, 300, 10)


if __name__ == "__main__":
    main()
