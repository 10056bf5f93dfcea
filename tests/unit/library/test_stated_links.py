"""A reader's word on which sentences correspond outranks what was found."""

from __future__ import annotations

from desktop_app.domain import Comparison, PassageLink, Relation
from desktop_app.working.pairing import with_stated_links

FOUND = Comparison(
    Relation.SAME_EVENT, 0.9, (), (PassageLink((0,), (0,), 0.8), PassageLink((1, 2), (1,), 0.6)), (3,), (2,)
)


def test_an_unlinked_pair_leaves_its_sentences_alone() -> None:
    stated = with_stated_links(FOUND, {(0, 0): False})
    assert stated.links == (PassageLink((1, 2), (1,), 0.6),)
    assert (stated.only_en, stated.only_hi) == ((0, 3), (0, 2))


def test_a_group_that_loses_a_pair_keeps_the_others() -> None:
    stated = with_stated_links(FOUND, {(2, 1): False})
    assert stated.links == (PassageLink((0,), (0,), 0.8), PassageLink((1,), (1,), 0.6))
    assert (stated.only_en, stated.only_hi) == ((2, 3), (2,))


def test_a_stated_link_is_certain_and_takes_its_sentences_from_the_rest() -> None:
    stated = with_stated_links(FOUND, {(3, 2): True})
    assert stated.links[-1] == PassageLink((3,), (2,), 1.0)
    assert (stated.only_en, stated.only_hi) == ((), ())


def test_stating_what_was_found_changes_nothing() -> None:
    assert with_stated_links(FOUND, {(1, 1): True}) == FOUND
