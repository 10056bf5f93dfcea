"""The entities a library knows, and which of them a newly found thing is.

Across a library more is asked than within a story, where every name helps to tell the others apart: common words
sound like names (मिला, Mila), and every surname has many bearers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from desktop_app.domain import Cluster, Entity, EntityType, Language
from desktop_app.language.folding import fold
from desktop_app.language.transliteration import skeletons, word_similarity

SAME_WORD = 0.7
"""Similarity by sound that each word of a full name needs."""

_WORDS = re.compile(r"[\w\u0900-\u0963\u0966-\u097f\u200c\u200d]+")
_NameKey = tuple[EntityType, str]


class Catalogue:
    """Finds the library's entity for a cluster; in memory, made for tens of thousands of entities."""

    def __init__(self) -> None:
        self._entities: dict[int, Entity] = {}
        self._by_key: dict[str, int] = {}
        self._by_name: defaultdict[_NameKey, set[int]] = defaultdict(set)
        self._by_sound: defaultdict[_NameKey, set[int]] = defaultdict(set)

    def add(self, entity: Entity) -> None:
        """Know *entity*, in place of what was known under its id."""
        if entity.id in self._entities:
            self.remove(entity.id)
        self._entities[entity.id] = entity
        if entity.key:
            self._by_key[entity.key] = entity.id
        for index, key in self._places(entity):
            index[key].add(entity.id)

    def remove(self, id_: int) -> None:
        """Forget the entity; KeyError if it is not known."""
        entity = self._entities.pop(id_)
        if entity.key and self._by_key.get(entity.key) == id_:
            del self._by_key[entity.key]
        for index, key in self._places(entity):
            index[key].discard(id_)
            if not index[key]:
                del index[key]

    def resolve(self, cluster: Cluster) -> int | None:
        """The id of the entity that *cluster* surely is, or None.

        By the gazetteer's key; by the same name in the same script; by a full name (two words or more) that sounds
        alike in the other script. A person named by one word only is never one of the library's.
        """
        if cluster.key is not None and cluster.key in self._by_key:
            return self._by_key[cluster.key]
        return self._by_same_name(cluster) or self._by_like_sound(cluster)

    def _by_same_name(self, cluster: Cluster) -> int | None:
        for name in (cluster.en, cluster.hi):
            if name and _is_full(name, cluster.type):
                found = [
                    id_
                    for id_ in self._by_name.get((cluster.type, _normal(name)), ())
                    if not _contradicts(cluster, self._entities[id_])
                ]
                if found:
                    return min(found)
        return None

    def _by_like_sound(self, cluster: Cluster) -> int | None:
        """Only for a cluster named in one script and an entity known in the other."""
        if (cluster.en is None) == (cluster.hi is None):
            return None
        words = _words(cluster.en or cluster.hi or "")
        if len(words) < 2:
            return None
        language = Language.ENGLISH if cluster.en else Language.HINDI
        candidates = {
            id_ for skeleton in skeletons(words[-1]) for id_ in self._by_sound.get((cluster.type, skeleton), ())
        }
        best: tuple[float, int] | None = None
        for id_ in sorted(candidates):
            entity = self._entities[id_]
            other = entity.hi if language is Language.ENGLISH else entity.en
            known = entity.en if language is Language.ENGLISH else entity.hi
            if other is None or known is not None or _contradicts(cluster, entity):
                continue
            pair = (words, _words(other)) if language is Language.ENGLISH else (_words(other), words)
            similarity = _likeness(*pair)
            if similarity >= SAME_WORD and (best is None or similarity > best[0]):
                best = (similarity, id_)
        return best[1] if best else None

    def _places(self, entity: Entity) -> Iterator[tuple[defaultdict[_NameKey, set[int]], _NameKey]]:
        """Where the indexes hold *entity*."""
        for name in (entity.en, entity.hi):
            if not name or not _is_full(name, entity.type):
                continue
            yield self._by_name, (entity.type, _normal(name))
            words = _words(name)
            if len(words) > 1:
                for skeleton in skeletons(words[-1]):
                    yield self._by_sound, (entity.type, skeleton)


def _words(name: str) -> list[str]:
    return _WORDS.findall(name)


def _normal(name: str) -> str:
    return " ".join(fold(word) for word in _words(name))


def _is_full(name: str, kind: EntityType) -> bool:
    return kind is not EntityType.PER or len([word for word in _words(name) if len(word) > 1]) > 1


def _contradicts(cluster: Cluster, entity: Entity) -> bool:
    return cluster.key is not None and entity.key is not None and cluster.key != entity.key


def _likeness(english: list[str], hindi: list[str]) -> float:
    """The least similarity of the names' words, one by one; 0 if they have not equally many."""
    if len(english) != len(hindi):
        return 0.0
    return min(word_similarity(one, other) for one, other in zip(english, hindi, strict=True))
