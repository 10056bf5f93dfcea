"""Fixtures of the window's tests: an offscreen application in the fonts and theme of the real one."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.domain import Article, EntityType, Language, Mention, MentionForm, Sentence, SentenceKind
from desktop_app.ui import themes
from desktop_app.ui.fonts import load_fonts

MakeArticle = Callable[..., Article]


@pytest.fixture(scope="session")
def _fonts(qapp: QApplication) -> None:
    load_fonts(qapp)


@pytest.fixture(autouse=True)
def _light(qapp: QApplication, _fonts: None) -> Iterator[None]:
    """Every test begins in the light theme."""
    themes.apply(qapp, "light")
    yield
    themes.apply(qapp, "light")


def article_of(
    text: str,
    language: Language = Language.ENGLISH,
    kinds: tuple[SentenceKind, ...] = (),
    *,
    number: int = 1,
    date: dt.date | None = None,
    source: str | None = None,
) -> Article:
    """An article whose sentences are its lines; *kinds* says what the first of them are."""
    sentences = []
    start = 0
    for index, line in enumerate(text.split("\n")):
        kind = kinds[index] if index < len(kinds) else SentenceKind.SENTENCE
        if line:
            sentences.append(Sentence(start, start + len(line), kind))
        start += len(line) + 1
    title = text.split("\n", 1)[0]
    inferred = not kinds or kinds[0] is not SentenceKind.TITLE
    return Article(
        number, text, title, inferred, date, source, language, tuple(sentences), "a.txt", "0", len(text.split())
    )


def mention_of(text: str, words: str, entity: int, kind: EntityType = EntityType.PER, occurrence: int = 0) -> Mention:
    """The mention of *entity* at the n-th place where *text* says *words*."""
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    return Mention(start, start + len(words), words, kind, entity, MentionForm.NAME)


@pytest.fixture
def make_article() -> MakeArticle:
    return article_of


@pytest.fixture
def make_mention() -> Callable[..., Mention]:
    return mention_of
