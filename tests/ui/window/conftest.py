"""A real library with two stories and a single report, made without the recogniser, and the window on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain import (
    Comparison,
    EntityType,
    ExtractedArticle,
    Language,
    Mention,
    PassageLink,
    Relation,
    Sentence,
    SentenceKind,
)
from desktop_app.library import Library
from desktop_app.settings import Settings
from desktop_app.shelf import Shelf
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.worker_bridge import WorkerBridge
from tests.ui.window.work import QueuedWork

EN, HI = Language.ENGLISH, Language.HINDI

MEETING_EN = (
    "Lavrov meets Guterres 🌍\nLavrov spoke of Russia for an hour.\n"
    + "More was said. " * 120
    + "\nLavrov left Russia out."
)
MEETING_HI = "लवरोव और गुटेरेस की मुलाकात\nलवरोव ने रूस पर बात की।\n" + "और बातें हुईं। " * 120 + "\nअंत में लवरोव लौटे।"
TALKS_EN = "Talks go on in Geneva\nLavrov did not come."
TALKS_HI = "जिनेवा में वार्ता जारी\nरूस की ओर से कोई नहीं आया।"
ALONE_HI = "क्\u200dष और ज्ञ पर अकेली रिपोर्ट\nकोई नाम नहीं।"

LAVROV, RUSSIA, GUTERRES = 1, 2, 3
NAMES = {
    LAVROV: (EntityType.PER, "Lavrov", "लवरोव"),
    RUSSIA: (EntityType.LOC, "Russia", "रूस"),
    GUTERRES: (EntityType.PER, "Guterres", "गुटेरेस"),
}


def extracted(text: str, language: Language, date: dt.date | None, source: str | None) -> ExtractedArticle:
    sentences, start = [], 0
    for number, line in enumerate(text.split("\n")):
        kind = SentenceKind.SENTENCE if number else SentenceKind.TITLE
        sentences.append(Sentence(start, start + len(line), kind))
        start += len(line) + 1
    return ExtractedArticle(text, text.split("\n")[0], False, date, source, language, tuple(sentences))


def mentions_in(text: str) -> list[Mention]:
    """Every place where the text says one of the names."""
    found = []
    for entity, (kind, *names) in NAMES.items():
        for name in names:
            start = text.find(name)
            while start >= 0:
                found.append(Mention(start, start + len(name), name, kind, entity))
                start = text.find(name, start + 1)
    return sorted(found, key=lambda mention: mention.start)


@pytest.fixture(autouse=True)
def _private_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def library_folder(tmp_path: Path) -> Path:
    """Articles 1 and 2 tell one story, 3 and 4 another, 5 stands alone and is undated."""
    folder = tmp_path / "library"
    day = dt.date(2024, 9, 27)
    shelf = Shelf(folder, writing=True)
    with shelf.database.transaction():
        for kind, english, hindi in NAMES.values():
            shelf.entities.add(kind, english, hindi, None)
        texts = (
            (MEETING_EN, EN, day, "ANI"),
            (MEETING_HI, HI, day, None),
            (TALKS_EN, EN, dt.date(2024, 9, 20), None),
            (TALKS_HI, HI, None, "Bhasha"),
            (ALONE_HI, HI, None, None),
        )
        for number, (text, language, date, source) in enumerate(texts, 1):
            article = extracted(text, language, date, source)
            id_ = shelf.articles.add(article, path=f"{number}.txt", sha256=f"{number}")
            shelf.entities.put_mentions(id_, text, language, mentions_in(text))
        for en, hi in ((1, 2), (3, 4)):
            shelf.stories.put_comparison(
                en, hi, Comparison(Relation.SAME_EVENT, 0.9, (), (PassageLink((0,), (0,), 0.9),), (1,), (1,))
            )
        shelf.stories.set_homes({1: 1, 2: 1, 3: 3, 4: 3})
        for column in ("understood", "indexed"):
            shelf.articles.mark(column, range(1, 6))
    shelf.index.clear()
    shelf.index_articles(range(1, 6))
    shelf.close()
    return folder


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        yield opened


@pytest.fixture
def window(qtbot: QtBot, library: Library) -> Iterator[MainWindow]:
    """The window with the first article open."""
    shown = MainWindow(library, None, Settings())
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.open_last_or_first()
    QApplication.processEvents()
    yield shown
    shown.close()


@pytest.fixture
def working(qtbot: QtBot, library_folder: Path) -> Iterator[MainWindow]:
    """The window over the real worker process, with the first article open."""
    with Library(library_folder, writing=True) as library:
        shown = MainWindow(library, WorkerBridge(library.worker), Settings(samples_offered=True))
        qtbot.addWidget(shown)
        with qtbot.waitExposed(shown):
            shown.show()
        shown.open_last_or_first()
        QApplication.processEvents()
        yield shown
        shown.close()


@pytest.fixture
def work() -> QueuedWork:
    return QueuedWork()
