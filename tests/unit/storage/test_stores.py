"""Articles, entities and stories come back as they were stored, in the order the list promises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain import (
    ArticleLink,
    EntityType,
    ExtractedArticle,
    Language,
    Mention,
    MentionForm,
    Reason,
    Relation,
    Sentence,
    SentenceKind,
)
from desktop_app.shelf import Shelf

HINDI = "क्षेत्र में संयुक्त राष्ट्र की बैठक 😀 हुई।"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path, writing=True)
    yield shelf
    shelf.close()


def draft(text: str, *, language: Language = Language.ENGLISH, date: dt.date | None = None) -> ExtractedArticle:
    sentences = (Sentence(0, len(text), SentenceKind.SENTENCE),)
    return ExtractedArticle(text, text[:20], False, date, "Agency", language, sentences)


def add(shelf: Shelf, text: str, *, language: Language = Language.ENGLISH, date: dt.date | None = None) -> int:
    with shelf.database.transaction():
        return shelf.articles.add(draft(text, language=language, date=date), path=f"/{text}", sha256=text)


def test_an_article_comes_back_character_for_character(shelf: Shelf) -> None:
    id_ = add(shelf, HINDI, language=Language.HINDI, date=dt.date(2024, 9, 27))
    article = shelf.articles.article(id_)
    assert article is not None
    assert article.text == HINDI
    assert article.date == dt.date(2024, 9, 27)
    assert article.sentences == (Sentence(0, len(HINDI), SentenceKind.SENTENCE),)


def test_undated_article_sorts_after_dated_ones(shelf: Shelf) -> None:
    undated = add(shelf, "undated")
    older = add(shelf, "older", date=dt.date(2020, 1, 1))
    newer = add(shelf, "newer", date=dt.date(2024, 1, 1))
    assert shelf.articles.ids() == [newer, older, undated]


def test_undated_partner_stands_beside_its_dated_report(shelf: Shelf) -> None:
    hindi = add(shelf, HINDI, language=Language.HINDI)
    newest = add(shelf, "newest", date=dt.date(2025, 1, 1))
    english = add(shelf, "english", date=dt.date(2024, 1, 1))
    oldest = add(shelf, "oldest", date=dt.date(2023, 1, 1))
    with shelf.database.transaction():
        shelf.stories.set_homes({hindi: hindi, english: hindi})
    assert shelf.articles.ids() == [newest, english, hindi, oldest]
    with shelf.database.transaction():
        shelf.stories.set_homes({hindi: None, english: None})
    assert shelf.articles.ids() == [newest, english, oldest, hindi]
    assert shelf.stories.stories() == []


def test_replacing_a_text_forgets_what_was_found_in_the_old_one(shelf: Shelf) -> None:
    id_ = add(shelf, "The UN met.")
    with shelf.database.transaction():
        entity = shelf.entities.add(EntityType.ORG, "United Nations", None, "org:un")
        shelf.entities.put_mentions(
            id_, "The UN met.", Language.ENGLISH, [Mention(4, 6, "UN", EntityType.ORG, entity, MentionForm.NAME)]
        )
        shelf.articles.mark("understood", [id_])
        shelf.articles.replace(id_, draft("Other."), path="/x", sha256="other")
    assert shelf.articles.waiting("understood") == [id_]
    assert shelf.entities.mentions(id_, "Other.") == ()


def test_redirecting_an_entity_moves_mentions_and_forms(shelf: Shelf) -> None:
    id_ = add(shelf, "UN UN")
    mentions = [Mention(0, 2, "UN", EntityType.ORG, 1), Mention(3, 5, "UN", EntityType.ORG, 2)]
    with shelf.database.transaction():
        one = shelf.entities.add(EntityType.ORG, "UN", None, None)
        two = shelf.entities.add(EntityType.ORG, "U.N.", None, None)
        assert (one, two) == (1, 2)
        shelf.entities.put_mentions(id_, "UN UN", Language.ENGLISH, mentions)
        shelf.entities.redirect(two, one)
    (entity,) = shelf.entities.all()
    assert (entity.id, entity.mentions, entity.aliases) == (one, 2, ("UN",))
    assert [m.entity for m in shelf.entities.mentions(id_, "UN UN")] == [one, one]


def test_story_links_come_back_with_their_reasons(shelf: Shelf) -> None:
    en, hi = add(shelf, "english"), add(shelf, HINDI, language=Language.HINDI)
    link = ArticleLink(en, hi, Relation.SAME_EVENT, 0.9, (Reason("Guterres", "गुटेरेस", "name"),))
    with shelf.database.transaction():
        shelf.stories.set_homes({en: en, hi: en})
        shelf.stories.put_links([link])
    assert shelf.stories.links_of(hi) == [link]
    (found,) = shelf.stories.stories()
    assert (found.articles, found.links) == ((en, hi), (link,))
