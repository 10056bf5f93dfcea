"""Entities keep their numbers, and become one when a story shows that two are the same thing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain import (
    Article,
    Cluster,
    EntityType,
    ExtractedArticle,
    Language,
    LocalMention,
    MentionForm,
    Sentence,
    StoryAnnotation,
)
from desktop_app.shelf import Shelf
from desktop_app.working.registry import EntityRegistry

EN, HI = "Sauli Niinisto spoke.", "सौली नीनिस्टो बोले।"
EN_NAME, HI_NAME = "Sauli Niinisto", "सौली नीनिस्टो"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path, writing=True)
    yield shelf
    shelf.close()


def store(shelf: Shelf, text: str, language: Language) -> Article:
    draft = ExtractedArticle(text, text, False, None, None, language, (Sentence(0, len(text)),))
    with shelf.database.transaction():
        id_ = shelf.articles.add(draft, path=f"/{text}", sha256=text)
    article = shelf.articles.article(id_)
    assert article is not None
    return article


def mention(name: str) -> tuple[LocalMention, ...]:
    return (LocalMention(0, len(name), EntityType.PER, MentionForm.NAME, 0),)


def record(
    shelf: Shelf, articles: list[Article], mentions: tuple[tuple[LocalMention, ...], ...], cluster: Cluster
) -> None:
    with shelf.database.transaction():
        EntityRegistry(shelf).record(articles, StoryAnnotation(mentions, (cluster,)))


def cluster(en: str | None, hi: str | None) -> Cluster:
    forms = {
        language: {name: 1} for language, name in ((Language.ENGLISH, en), (Language.HINDI, hi)) if name is not None
    }
    return Cluster(EntityType.PER, en, hi, None, forms)


def test_reading_an_article_again_keeps_its_entities(shelf: Shelf) -> None:
    article = store(shelf, EN, Language.ENGLISH)
    record(shelf, [article], (mention(EN_NAME),), cluster(EN_NAME, None))
    (before,) = shelf.entities.all()
    record(shelf, [article], (mention(EN_NAME),), cluster(EN_NAME, None))
    assert shelf.entities.all() == [before]


def test_a_story_joins_what_each_script_knew_alone(shelf: Shelf) -> None:
    english, hindi = store(shelf, EN, Language.ENGLISH), store(shelf, HI, Language.HINDI)
    old_hindi = store(shelf, HI + " फिर।", Language.HINDI)
    record(shelf, [english], (mention(EN_NAME),), cluster(EN_NAME, None))
    with shelf.database.transaction():
        # A spelling that sounds too different to be joined across the library by itself.
        shelf.entities.add(EntityType.PER, None, HI_NAME, None)
    record(shelf, [old_hindi], (mention(HI_NAME),), cluster(None, HI_NAME))
    record(shelf, [english, hindi], (mention(EN_NAME), mention(HI_NAME)), cluster(EN_NAME, HI_NAME))
    (entity,) = [entity for entity in shelf.entities.all() if entity.mentions]
    assert (entity.en, entity.hi, entity.mentions, entity.articles) == (EN_NAME, HI_NAME, 3, 3)


def test_an_entity_nobody_names_any_more_is_forgotten(shelf: Shelf) -> None:
    article = store(shelf, EN, Language.ENGLISH)
    record(shelf, [article], (mention(EN_NAME),), cluster(EN_NAME, None))
    with shelf.database.transaction():
        EntityRegistry(shelf).record([article], StoryAnnotation(((),), ()))
    assert shelf.entities.all() == []
