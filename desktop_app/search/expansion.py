"""What else a word of a query may be written as: what the library adds, and the weights of all of it.

The library knows entities and translations, the index knows spellings; both end as alternatives of one word
or phrase, each with a weight: 1 is the word as typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class AlternativeKind(StrEnum):
    """How an alternative relates to what was typed."""

    FORM = "form"
    INFLECTION = "inflection"
    COMPLETION = "completion"
    SPELLING = "spelling"
    OTHER_SCRIPT = "other-script"
    ALIAS = "alias"
    TRANSLATION = "translation"
    SYNONYM = "synonym"
    CORRECTION = "correction"
    MEANING = "meaning"


WEIGHTS = {
    AlternativeKind.FORM: 1.0,
    AlternativeKind.INFLECTION: 0.9,
    AlternativeKind.COMPLETION: 0.8,
    AlternativeKind.SPELLING: 0.7,
    AlternativeKind.OTHER_SCRIPT: 0.85,
    AlternativeKind.ALIAS: 0.75,
    AlternativeKind.TRANSLATION: 0.4,
    AlternativeKind.SYNONYM: 0.3,
    AlternativeKind.CORRECTION: 0.5,
}
LESS_SURE = 0.6
"""What a less sure alternative of one kind weighs beside a sure one."""

ALL_KINDS = frozenset(AlternativeKind)


@dataclass(frozen=True, slots=True)
class Alternative:
    """A word or phrase to look for as well. `weight` None means the weight of its kind."""

    text: str
    kind: AlternativeKind = AlternativeKind.ALIAS
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Expansions:
    """What the library adds to a word or phrase of the query."""

    alternatives: tuple[Alternative, ...] = ()
    entities: tuple[int, ...] = ()
    """Numbers of the library's entities that have it for a name."""


Expand = Callable[[str], Expansions]
"""Asked for every word, phrase and run of neighbouring words of a query, as typed."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Index terms to be found next to each other: each slot lists the terms that may stand there.

    With `names` they are whole names, looked for among those of the entities that an article mentions.
    """

    slots: tuple[tuple[str, ...], ...]
    kind: AlternativeKind
    weight: float
    names: bool = False


@dataclass(frozen=True, slots=True)
class Concept:
    """Everything that counts as one word or phrase of the query. Without patterns nothing matches it.

    Patterns of one weight count together, of different weights the best one counts. `instead` is the word looked
    for in place of one that no article has and that looks misspelt.
    """

    text: str
    patterns: tuple[Pattern, ...]
    title: bool = False
    instead: str = ""
