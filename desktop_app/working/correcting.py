"""What a reader's correction changes in the library at once, and how it is taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.domain import (
    Article,
    ArticlesChanged,
    Cluster,
    Correction,
    CorrectionKind,
    EntityName,
    LocalMention,
    StoryAnnotation,
)
from desktop_app.entities.corrections import apply_corrections
from desktop_app.errors import NothingFound
from desktop_app.shelf import Shelf
from desktop_app.working.registry import EntityRegistry

_CHUNK = 50


def state(shelf: Shelf, registry: EntityRegistry, correction: Correction) -> Iterator[ArticlesChanged]:
    """Store *correction* and apply it to every article it speaks of."""
    affected = _affected(shelf, registry, correction)
    with shelf.database.transaction():
        shelf.corrections.add(correction)
        if correction.kind in (CorrectionKind.RENAME, CorrectionKind.RETYPE):
            entity = registry.find(correction.entity)
            assert correction.other is not None
            if entity is not None:
                registry.restate(entity, correction.other)
        shelf.note_change()
    for start in range(0, len(affected), _CHUNK):
        chunk = affected[start : start + _CHUNK]
        with shelf.database.transaction():
            for article in shelf.articles.articles(chunk):
                annotation = _stored_annotation(shelf, article)
                registry.record([article], apply_corrections([correction], [article], annotation))
            shelf.articles.mark("indexed", chunk, 0)
            shelf.note_change()
        yield ArticlesChanged(tuple(chunk))


def take_back(shelf: Shelf, registry: EntityRegistry, id_: int) -> list[int]:
    """Mark correction *id_* undone; returns the articles that have to be understood again.

    What they were found to name is forgotten, so that nothing of the correction lingers; *registry* is stale
    afterwards.
    """
    correction = shelf.corrections.correction(id_)
    if correction is None or correction.undone:
        raise NothingFound(f"There is no correction {id_} that could be undone.")
    affected = _affected(shelf, registry, correction)
    with shelf.database.transaction():
        shelf.corrections.set_undone(id_, True)
        if correction.kind in (CorrectionKind.RENAME, CorrectionKind.RETYPE):
            assert correction.other is not None
            entity = registry.find(correction.other)
            if entity is not None:
                registry.restate(entity, correction.entity)
        elif correction.kind is not CorrectionKind.NOT_ENTITY:
            named: set[int] = set()
            for article in shelf.articles.articles(affected):
                named.update(m.entity for m in shelf.entities.mentions(article.id, article.text))
                shelf.entities.put_mentions(article.id, article.text, article.language, ())
            shelf.entities.forget_unmentioned(named)
        shelf.articles.mark("understood", affected, 0)
        shelf.note_change()
    return affected


def _affected(shelf: Shelf, registry: EntityRegistry, correction: Correction) -> list[int]:
    """Articles that name the entities a correction speaks of, or contain its form."""
    ids: set[int] = set()
    names: Sequence[EntityName | None] = (correction.entity, correction.other)
    if correction.kind in (CorrectionKind.ADD, CorrectionKind.NOT_ENTITY):
        names = ()
    for name in names:
        entity = None if name is None else registry.find(name)
        if entity is not None:
            ids.update(shelf.entities.articles_naming(entity.id))
    if correction.form is not None:
        containing = shelf.articles.containing(correction.form)
        ids = ids.intersection(containing) if correction.kind is CorrectionKind.SPLIT else ids | set(containing)
    return sorted(ids)


def _stored_annotation(shelf: Shelf, article: Article) -> StoryAnnotation:
    """What the library knows of *article*, in the form corrections are applied to."""
    known = {entity.id: entity for entity in shelf.entities.of_articles([article.id])}
    place = {id_: number for number, id_ in enumerate(known)}
    clusters = tuple(
        Cluster(
            entity.type, entity.en, entity.hi, entity.key, {article.language: dict.fromkeys(entity.aliases, 1)}, True
        )
        for entity in known.values()
    )
    mentions = tuple(
        LocalMention(m.start, m.end, m.type, m.form, place[m.entity])
        for m in shelf.entities.mentions(article.id, article.text)
    )
    return StoryAnnotation((mentions,), clusters)
