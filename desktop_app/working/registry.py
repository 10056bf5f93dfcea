"""Which entity of the library a newly found thing is: by key, by names, by the places it held before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from desktop_app.domain import Article, Cluster, Entity, EntityName, Language, Mention, StoryAnnotation
from desktop_app.entities.catalogue import Catalogue
from desktop_app.shelf import Shelf


class EntityRegistry:
    """Gives the things named in freshly annotated articles their ids, and keeps the catalogue true.

    `record` belongs inside one `Database.transaction`; after a rollback the registry must be thrown away.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._catalogue = Catalogue()
        self._known: dict[int, Entity] = {}
        for entity in shelf.entities.all():
            self._remember(entity)

    def find(self, name: EntityName) -> Entity | None:
        """The entity a correction speaks of: by key, else by type and a name."""
        for entity in self._known.values():
            if name.key is not None and name.key == entity.key:
                return entity
        for entity in self._known.values():
            if entity.type is name.type and ((name.en or 0) == entity.en or (name.hi or 0) == entity.hi):
                return entity
        return None

    def restate(self, entity: Entity, name: EntityName) -> None:
        """Give *entity* the type and names a reader stated."""
        self._shelf.entities.restate(entity.id, name.type, name.en, name.hi)
        self._catalogue.remove(entity.id)
        self._remember(Entity(entity.id, name.type, name.en, name.hi, entity.aliases, entity.key))

    def record(self, articles: Sequence[Article], annotation: StoryAnnotation) -> None:
        """Store what *annotation* says of *articles*, in place of what was known of them."""
        for cluster in annotation.clusters:
            self._join_scripts(cluster)
        before = {article.id: self._shelf.entities.mentions(article.id, article.text) for article in articles}
        ids = self._resolve_all(articles, annotation, before)
        for article, found in zip(articles, annotation.mentions, strict=True):
            mentions = [
                Mention(m.start, m.end, article.text[m.start : m.end], m.type, ids[m.cluster], m.form) for m in found
            ]
            self._shelf.entities.put_mentions(article.id, article.text, article.language, mentions)
        abandoned = {mention.entity for mentions in before.values() for mention in mentions} - set(ids)
        for gone in self._shelf.entities.forget_unmentioned(abandoned):
            self._catalogue.remove(gone)
            del self._known[gone]

    def _join_scripts(self, cluster: Cluster) -> None:
        """Two entities known by one script each become one when a story shows that they are the same thing."""
        if cluster.stated or cluster.en is None or cluster.hi is None:
            return
        english = self._catalogue.resolve(replace(cluster, hi=None, forms=_only(cluster, Language.ENGLISH)))
        hindi = self._catalogue.resolve(replace(cluster, en=None, forms=_only(cluster, Language.HINDI)))
        if english is None or hindi is None or english == hindi:
            return
        one, other = self._known[min(english, hindi)], self._known[max(english, hindi)]
        if one.type is not other.type or one.key is not None or other.key is not None:
            return
        self._shelf.entities.redirect(other.id, one.id)
        self._catalogue.remove(other.id)
        self._catalogue.remove(one.id)
        del self._known[other.id]
        aliases = tuple(dict.fromkeys((*one.aliases, *other.aliases)))
        joined = replace(one, en=one.en or other.en, hi=one.hi or other.hi, aliases=aliases)
        self._shelf.entities.rename(one.id, joined.en, joined.hi)
        self._remember(joined)

    def _resolve_all(
        self, articles: Sequence[Article], annotation: StoryAnnotation, before: dict[int, tuple[Mention, ...]]
    ) -> list[int]:
        """The entity of every cluster. Two clusters share one only if the catalogue itself says so."""
        places = {
            (article, mention.start, mention.end): mention.entity
            for article, mentions in before.items()
            for mention in mentions
        }
        votes: list[Counter[int]] = [Counter() for _ in annotation.clusters]
        for article, found in zip(articles, annotation.mentions, strict=True):
            for m in found:
                entity = places.get((article.id, m.start, m.end))
                if entity is not None:
                    votes[m.cluster][entity] += 1
        ids: list[int | None] = [
            self._stated(cluster) if cluster.stated else self._catalogue.resolve(cluster)
            for cluster in annotation.clusters
        ]
        taken = {id_ for id_ in ids if id_ is not None}
        for number, cluster in enumerate(annotation.clusters):
            if ids[number] is None and not cluster.stated:
                ids[number] = self._same_place(cluster, votes[number], taken)
                taken.update(id_ for id_ in ids[number : number + 1] if id_ is not None)
        return [self._settle(cluster, id_) for cluster, id_ in zip(annotation.clusters, ids, strict=True)]

    def _stated(self, cluster: Cluster) -> int | None:
        """The entity that has just the key, or else just the names, a reader stated."""
        for id_, entity in self._known.items():
            if cluster.key is not None and cluster.key == entity.key:
                return id_
            if (cluster.type, cluster.key, cluster.en, cluster.hi) == (entity.type, entity.key, entity.en, entity.hi):
                return id_
        return None

    def _same_place(self, cluster: Cluster, votes: Counter[int], taken: set[int]) -> int | None:
        """The entity that stood where this cluster stands now, unless it is another kind of thing."""
        for id_, _ in votes.most_common():
            entity = self._known.get(id_)
            if entity is not None and id_ not in taken and entity.key is None and entity.type is cluster.type:
                return id_
        return None

    def _settle(self, cluster: Cluster, id_: int | None) -> int:
        """Create the entity, or let an existing one learn the names it lacked."""
        if id_ is None:
            id_ = self._shelf.entities.add(cluster.type, cluster.en, cluster.hi, cluster.key)
            self._remember(_entity(id_, cluster))
            return id_
        old = self._known[id_]
        en, hi = _fuller(old.en, cluster.en), _fuller(old.hi, cluster.hi)
        if cluster.stated:
            en, hi = cluster.en, cluster.hi
        elif old.key is not None:
            en, hi = old.en or cluster.en, old.hi or cluster.hi
        if (en, hi) != (old.en, old.hi):
            self._shelf.entities.rename(id_, en, hi)
        forms = tuple(dict.fromkeys((*old.aliases, *_entity(id_, cluster).aliases)))
        if (en, hi, forms) != (old.en, old.hi, old.aliases):
            self._catalogue.remove(id_)
            self._remember(Entity(id_, old.type, en, hi, forms, old.key))
        return id_

    def _remember(self, entity: Entity) -> None:
        self._known[entity.id] = entity
        self._catalogue.add(entity)


def _entity(id_: int, cluster: Cluster) -> Entity:
    forms = tuple(form for language in Language for form in cluster.forms.get(language, {}))
    return Entity(id_, cluster.type, cluster.en, cluster.hi, forms, cluster.key)


def _only(cluster: Cluster, language: Language) -> dict[Language, Mapping[str, int]]:
    forms = cluster.forms.get(language)
    return {} if forms is None else {language: forms}


def _fuller(known: str | None, found: str | None) -> str | None:
    """The name with more words tells more ("Sergey Lavrov" over "Lavrov"); otherwise the one known longer."""
    if known is None or found is None:
        return known or found
    return found if len(found.split()) > len(known.split()) else known
