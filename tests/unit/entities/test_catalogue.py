"""Which entity of the library a cluster is: strict, because a library has many people of one surname."""

from __future__ import annotations

import pytest

from desktop_app.domain import Cluster, Entity, EntityType
from desktop_app.entities.catalogue import Catalogue

PER, LOC, ORG = EntityType.PER, EntityType.LOC, EntityType.ORG


@pytest.fixture
def catalogue() -> Catalogue:
    known = Catalogue()
    known.add(Entity(1, PER, "Sergey Lavrov", None))
    known.add(Entity(2, LOC, "Russia", "रूस", key="loc:russia"))
    known.add(Entity(3, PER, None, "एंटोनियो गुटेरेस"))
    known.add(Entity(4, ORG, "Zarnovia Trust", None))
    known.add(Entity(5, PER, "Rahul Gandhi", "राहुल गांधी"))
    return known


def test_key_decides(catalogue: Catalogue) -> None:
    assert catalogue.resolve(Cluster(LOC, "Russian Federation", None, "loc:russia")) == 2


def test_same_full_name_in_the_same_script(catalogue: Catalogue) -> None:
    assert catalogue.resolve(Cluster(PER, "Sergey Lavrov", None, None)) == 1
    assert catalogue.resolve(Cluster(PER, "sergey  lavrov", "सर्गेई लावरोव", None)) == 1


def test_full_name_by_sound_in_the_other_script(catalogue: Catalogue) -> None:
    assert catalogue.resolve(Cluster(PER, None, "सर्गेई लवरोव", None)) == 1
    assert catalogue.resolve(Cluster(PER, "Antonio Guterres", None, None)) == 3


def test_lone_surname_is_nobody_of_the_library(catalogue: Catalogue) -> None:
    assert catalogue.resolve(Cluster(PER, None, "लवरोव", None)) is None
    assert catalogue.resolve(Cluster(PER, "Gandhi", None, None)) is None


def test_other_given_name_is_another_person(catalogue: Catalogue) -> None:
    assert catalogue.resolve(Cluster(PER, "Sonia Gandhi", "सोनिया गांधी", None)) is None


def test_other_type_is_another_thing(catalogue: Catalogue) -> None:
    assert catalogue.resolve(Cluster(LOC, "Zarnovia Trust", None, None)) is None


def test_removed_entity_is_forgotten(catalogue: Catalogue) -> None:
    catalogue.remove(1)
    assert catalogue.resolve(Cluster(PER, "Sergey Lavrov", None, None)) is None
    with pytest.raises(KeyError):
        catalogue.remove(1)


def test_adding_again_replaces_names(catalogue: Catalogue) -> None:
    catalogue.add(Entity(1, PER, "Sergei Viktorovich Lavrov", None))
    assert catalogue.resolve(Cluster(PER, "Sergey Lavrov", None, None)) is None
    assert catalogue.resolve(Cluster(PER, "Sergei Viktorovich Lavrov", None, None)) == 1
