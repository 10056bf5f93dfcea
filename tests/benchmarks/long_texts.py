"""How long the window stands still over texts no newspaper prints: endless words, 100,000 lines, floods of marks.

Run: `python tests/benchmarks/long_texts.py [--characters N] [--only NAME]`. Each text lies in a library and is read in
the real window: opened, scrolled through, made larger, in a narrower window, turned to its next part and its end, found
by a search mark, left again. Between two events the window stands still for the length of a gap; what is printed is the
worst gap of each text, in CPU milliseconds of the window's thread, and the step it fell in.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from desktop_app.domain import EntityType, ExtractedArticle, Language, Mention, Sentence, SentenceKind, Span
from desktop_app.library import Library
from desktop_app.settings import Settings
from desktop_app.shelf import Shelf
from desktop_app.ui.fonts import load_fonts
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.themes import apply
from tests.benchmarks.machine import machine

GOAL_MS = 100.0
CHARACTERS = 1_000_000
SENTENCE = "The minister said on Friday that talks between the two sides would go on through the week. "
HINDI = "रक्षा मंत्री ने शुक्रवार को कहा कि दोनों पक्षों के बीच बातचीत सप्ताह भर जारी रहेगी। "


def texts(characters: int) -> Iterator[tuple[str, Language, str]]:
    """Name, language and text; some five times as long where a text is harmless but for its length."""
    n = characters
    yield "news", Language.ENGLISH, "\n".join([SENTENCE * 5] * (5 * n // len(SENTENCE * 5)))
    yield "news, Hindi", Language.HINDI, "\n".join([HINDI * 5] * (5 * n // len(HINDI * 5)))
    yield "one paragraph", Language.ENGLISH, SENTENCE * (5 * n // len(SENTENCE))
    yield "one paragraph, Hindi", Language.HINDI, HINDI * (5 * n // len(HINDI))
    yield "one word", Language.ENGLISH, "a" * n
    yield "one word, Hindi", Language.HINDI, "क" * n
    yield "one conjunct", Language.HINDI, "क्" * (n // 2)
    yield "100,000 lines", Language.ENGLISH, "Line by line.\n" * min(100_000, n)
    yield "empty lines", Language.ENGLISH, "\n" * n
    yield "combining marks", Language.ENGLISH, "a" + "\u0301\u0323" * (n // 2)
    yield "matras", Language.HINDI, "क" + "ि" * n
    yield "zero widths", Language.ENGLISH, "a\u200b\u200d" * (n // 3)
    yield "bidi controls", Language.ENGLISH, "\u202eabc\u202c\u2067x\u2069" * (n // 8)
    yield "bidi depth", Language.ENGLISH, "\u202e\u202a" * (n // 2) + "abc"
    yield "right to left", Language.ENGLISH, "سلام עולם " * (n // 10)
    yield "emoji", Language.ENGLISH, "👨‍👩‍👧‍👦 " * (n // 8)
    yield "flags", Language.ENGLISH, "🇮" * n
    yield "digits", Language.ENGLISH, "1,2.3" * (n // 5)
    yield "hard spaces", Language.ENGLISH, "a\u00a0" * (n // 2)
    yield "unknown letters", Language.ENGLISH, "".join(chr(0x1000 + number % 0x9000) for number in range(n))
    yield "a title", Language.ENGLISH, "word " * (n // 5) + "\nThe text is short."


def fill(folder: Path, characters: int, only: str) -> list[str]:
    """Every text as an article with a sentence for each line and a mention in its middle; their names in order."""
    names = []
    shelf = Shelf(folder, writing=True)
    with shelf.database.transaction():
        shelf.entities.add(EntityType.PER, "Lavrov", "लवरोव", None)
        shelf.articles.add(_extracted("A short report\nIt ends here.", Language.ENGLISH), path="short", sha256="short")
        for name, language, text in texts(characters):
            if only not in name:
                continue
            id_ = shelf.articles.add(_extracted(text, language), path=name, sha256=name)
            middle = len(text) // 2
            mention = Mention(middle, middle + 4, text[middle : middle + 4], EntityType.PER, 1)
            shelf.entities.put_mentions(id_, text, language, [mention])
            names.append(name)
        for column in ("understood", "indexed"):
            shelf.articles.mark_all(column, 1)
    shelf.close()
    return names


def _extracted(text: str, language: Language) -> ExtractedArticle:
    sentences, start = [], 0
    for line in text.split("\n"):
        kind = SentenceKind.TITLE if not start else SentenceKind.SENTENCE
        if line:
            sentences.append(Sentence(start, start + len(line), kind))
        start += len(line) + 1
    title = " ".join(text[:100_000].split()) or "Untitled"
    return ExtractedArticle(text, title, False, None, None, language, tuple(sentences))


class Gaps:
    """The longest time the event loop did not come round, and what was being done."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self.worst, self.step = 0.0, ""

    def during(self, step: str, action: Callable[[], object]) -> None:
        """Do it, then let the window do what follows from it, one turn of the loop after the other."""
        self._turn(step, action)
        for _ in range(12):
            self._turn(step, lambda: self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents))
            time.sleep(0.002)

    def _turn(self, step: str, action: Callable[[], object]) -> None:
        before = time.thread_time()
        action()
        took = (time.thread_time() - before) * 1000
        if took > self.worst:
            self.worst, self.step = took, step


def read(window: MainWindow, gaps: Gaps, article: int) -> None:
    """Everything a reader may do with one article."""
    gaps.during("open", lambda: window.reading.open(article))
    window.reading.wait(20_000)
    opened = window.reading.opened_article
    assert opened is not None
    pane = window.view.pane(opened.language)
    bar = pane.verticalScrollBar()
    for part in range(1, 5):
        gaps.during("scroll", lambda part=part: bar.setValue(bar.maximum() * part // 4))  # type: ignore[misc]
    gaps.during("larger text", lambda: window.options.set_text_size(150))
    gaps.during("narrower", lambda: window.resize(1000, 700))
    gaps.during("wider", lambda: window.resize(1400, 900))
    gaps.during("normal text", lambda: window.options.set_text_size(100))
    gaps.during("mark", lambda: pane.set_search_spans([Span(len(opened.text) // 3, len(opened.text) // 3 + 5)]))
    gaps.during("jump", lambda: window.reading.choose(1))
    gaps.during("later part", pane.show_later)
    gaps.during("end", lambda: pane.scroll_to(Span(len(opened.text) - 1, len(opened.text))))
    gaps.during("earlier part", pane.show_earlier)
    gaps.during("renew", window.reading.renew)
    gaps.during("leave", lambda: window.reading.open(1))
    gaps.during("back", window.reading.back)
    window.reading.open(1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--characters", type=int, default=CHARACTERS)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    print(machine())
    application = QApplication([])
    load_fonts(application)
    apply(application, "light")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        names = fill(Path(folder) / "library", options.characters, options.only)
        with Library(Path(folder) / "library") as library:
            window = MainWindow(library, None, Settings())
            window.resize(1400, 900)
            window.show()
            window.reading.open(1)
            application.processEvents()
            worst = 0.0
            for article, name in enumerate(names, 2):
                gaps = Gaps(application)
                read(window, gaps, article)
                worst = max(worst, gaps.worst)
                verdict = "" if gaps.worst <= GOAL_MS else "   OVER"
                print(f"{name:22} worst gap {gaps.worst:6.1f} ms ({gaps.step}){verdict}", flush=True)
            window.close()
    print(f"worst of all {worst:.1f} ms, goal {GOAL_MS:.0f} ms")


if __name__ == "__main__":
    main()
