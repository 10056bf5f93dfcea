"""How fast the panes open an article, select an entity and jump, beside what Qt itself offers for it.

Run: `python tests/benchmarks/panes.py`. Times are CPU milliseconds of this process, medians over the rounds;
peers are measured in the same run, on the same texts. Painting is Qt's offscreen raster, as on a screen.
"""

from __future__ import annotations

import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QTextEdit

from desktop_app.domain import (
    Article,
    ArticlePair,
    EntityType,
    Language,
    Mention,
    Sentence,
    SentenceKind,
)
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.fonts import load_fonts, text_font
from desktop_app.ui.themes import apply

FILLER = {
    Language.ENGLISH: "the talks between two ministers in city were held on Friday after a week of protest",
    Language.HINDI: "सरकार ने शुक्रवार को कहा कि दोनों देशों के बीच बातचीत जारी रहेगी और मंत्री अगले सप्ताह फिर मिलेंगे",
}
NAMES = {
    Language.ENGLISH: ["Lavrov", "Antonio Guterres", "New Delhi", "United Nations", "Pact for the Future"],
    Language.HINDI: ["लवरोव", "एंतोनियो गुटेरेस", "नई दिल्ली", "संयुक्त राष्ट्र", "भविष्य के लिए समझौते"],
}
ENTITIES = 40


def make_article(language: Language, words: int, mentions: int) -> tuple[Article, list[Mention]]:
    """An article of about *words* words in paragraphs of about 60, with *mentions* names spread evenly."""
    chance = random.Random(words)
    parts: list[str] = []
    marks: list[Mention] = []
    length = 0
    for number in range(words):
        if len(marks) * words < number * mentions:
            entity = chance.randrange(ENTITIES)
            word = NAMES[language][entity % len(NAMES[language])]
            kind = list(EntityType)[entity % len(EntityType)]
            marks.append(Mention(length, length + len(word), word, kind, entity))
        else:
            word = chance.choice(FILLER[language].split())
        gap = "\n" if number % 60 == 59 else " "
        parts.append(word + gap)
        length += len(word) + 1
    text = "".join(parts).rstrip()
    sentences = (Sentence(0, text.index("\n") if "\n" in text else len(text), SentenceKind.SENTENCE),)
    return Article(1, text, "t", False, None, None, language, sentences, "", "", words), marks


def cpu_ms(action: Callable[[], object], rounds: int) -> float:
    """Median CPU time of *action*, in ms."""
    times = []
    for _ in range(rounds):
        before = time.process_time()
        action()
        times.append((time.process_time() - before) * 1000)
    return statistics.median(times)


class Highlighter(QSyntaxHighlighter):
    """The peer that colours mentions by formats: selecting an entity formats the document again."""

    def __init__(self, document: QTextDocument, mentions: Sequence[Mention]) -> None:
        super().__init__(document)
        self.mentions, self.selected = mentions, -1

    def highlightBlock(self, text: str) -> None:  # noqa: N802
        base = self.currentBlock().position()
        for mention in self.mentions:
            if base <= mention.start < base + len(text):
                style = QTextCharFormat()
                style.setBackground(QColor("#ffcc66" if mention.entity == self.selected else "#eeeeff"))
                self.setFormat(mention.start - base, mention.end - mention.start, style)


def extra_selections(edit: QTextEdit, mentions: Sequence[Mention], selected: int) -> None:
    """The peer that colours mentions by extra selections."""
    chosen = []
    for mention in mentions:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(edit.document())
        cursor.setPosition(mention.start)
        cursor.setPosition(mention.end, QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        style = QTextCharFormat()
        style.setBackground(QColor("#ffcc66" if mention.entity == selected else "#eeeeff"))
        selection.format = style
        chosen.append(selection)
    edit.setExtraSelections(chosen)


def plain_edits(view: BilingualView, articles: Sequence[Article]) -> list[QTextEdit]:
    """Bare QTextEdits of the panes' size."""
    edits = []
    for article in articles:
        edit = QTextEdit()
        edit.setReadOnly(True)
        edit.setFont(text_font(article.language))
        edit.resize(view.pane(article.language).size())
        edit.setPlainText(article.text)
        edit.show()
        edits.append(edit)
    return edits


def measure(application: QApplication, words: int, mentions: int, rounds: int) -> None:
    """Print one table row for each thing a reader does."""
    sides = {language: make_article(language, words, mentions) for language in Language}
    (english, marks_en), (hindi, marks_hi) = sides[Language.ENGLISH], sides[Language.HINDI]
    pair = ArticlePair(english, hindi)
    view = BilingualView()
    view.resize(1400, 1000)
    view.show()
    application.processEvents()

    def settle() -> None:
        application.processEvents()

    def open_pair() -> None:
        view.show_pair(pair, marks_en, marks_hi)
        settle()

    chance = random.Random(7)

    def select() -> None:
        view.set_selected_entity(chance.randrange(ENTITIES))
        settle()

    def jump() -> None:
        language = chance.choice(list(Language))
        view.jump_to(language, chance.choice(sides[language][1]))
        settle()

    def scroll() -> None:
        bar = view.pane(Language.ENGLISH).verticalScrollBar()
        bar.setValue((bar.value() + 120) % max(1, bar.maximum()))
        settle()

    opened = cpu_ms(open_pair, rounds)
    selected, jumped, scrolled = (cpu_ms(action, rounds * 3) for action in (select, jump, scroll))

    edits = plain_edits(view, (english, hindi))
    settle()

    def open_plain() -> None:
        for edit, article in zip(edits, (english, hindi), strict=True):
            edit.setPlainText(article.text)
        settle()

    floor = cpu_ms(open_plain, rounds)

    def select_extra() -> None:
        entity = chance.randrange(ENTITIES)
        for edit, marks in zip(edits, (marks_en, marks_hi), strict=True):
            extra_selections(edit, marks, entity)
        settle()

    by_extra = cpu_ms(select_extra, max(3, rounds // 4))
    for edit in edits:
        edit.setExtraSelections([])
    lighters = [Highlighter(edit.document(), marks) for edit, marks in zip(edits, (marks_en, marks_hi), strict=True)]
    settle()

    def select_highlight() -> None:
        for lighter in lighters:
            lighter.selected = chance.randrange(ENTITIES)
            lighter.rehighlight()
        settle()

    by_highlighter = cpu_ms(select_highlight, max(3, rounds // 4))
    print(f"{words} words and {mentions} mentions on each side")
    print(
        f"  open pair, first full paint {opened:8.1f} ms   plain text without chips {floor:.1f} ms"
        f"   ratio {opened / floor:.2f}"
    )
    print(
        f"  select another entity       {selected:8.1f} ms   extra selections {by_extra:.1f} ms"
        f" (x {by_extra / selected:.1f})"
        f"   highlighter {by_highlighter:.1f} ms (x {by_highlighter / selected:.1f})"
    )
    print(f"  jump to a mention           {jumped:8.1f} ms")
    print(f"  scroll by three lines       {scrolled:8.1f} ms")
    view.close()


def main() -> None:
    application = QApplication([])
    load_fonts(application)
    apply(application, "light")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    measure(application, 800, 300, 20)
    measure(application, 20_000, 5_000, 4)


if __name__ == "__main__":
    main()
