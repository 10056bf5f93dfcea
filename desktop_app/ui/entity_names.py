"""How the window finds an entity again when the library gave it another number."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.domain import Entity, EntityName, EntityType


def name_of(entity: Entity) -> EntityName:
    """How a correction speaks of *entity*."""
    return EntityName(entity.type, entity.key, entity.en, entity.hi)


def is_named(entity: Entity, name: EntityName) -> bool:
    """Whether *entity* may be what *name* means: by key, or by a name in either script."""
    if name.key is not None and entity.key == name.key:
        return True
    return (name.en is not None and entity.en == name.en) or (name.hi is not None and entity.hi == name.hi)


def find_named(entities: Iterable[Entity], name: EntityName) -> Entity | None:
    """The one of *entities* that *name* means best: wholly, by key or names, last by one of its forms."""
    known = list(entities)
    for means in (
        lambda entity: name_of(entity) == name,
        lambda entity: name.key is not None and entity.key == name.key,
        lambda entity: entity.type is name.type and is_named(entity, name),
        lambda entity: is_named(entity, name),
        lambda entity: name.en in entity.aliases or name.hi in entity.aliases,
    ):
        found = next((entity for entity in known if means(entity)), None)
        if found is not None:
            return found
    return None


def named_after(form: str, entity_type: EntityType, *, hindi: bool) -> EntityName:
    """A new thing called by its form in the text."""
    return EntityName(entity_type, None, None, form) if hindi else EntityName(entity_type, None, form, None)
