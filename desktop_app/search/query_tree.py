"""A parsed query as a frozen tree: words and phrases, filters, and how they are joined."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.domain import Language, QueryProblem


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or several that must stand next to each other (a phrase), as typed.

    `exact` asks for exactly these forms in this script; `prefix` lets the last word be a beginning, of the likeliest
    words only while it is `unfinished`;
    `title` looks in titles only; `quoted` stood in quotation marks. `start`, `end` are its place in the query.
    """

    words: tuple[str, ...]
    exact: bool = False
    prefix: bool = False
    unfinished: bool = False
    title: bool = False
    quoted: bool = False
    start: int = 0
    end: int = 0

    @property
    def text(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class LanguageIs:
    language: Language


@dataclass(frozen=True, slots=True)
class SourceIs:
    """The source's name contains these words next to each other; `whole` asks for no other word in it."""

    words: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class EntityIs:
    """The article names the entity with this id or with a name of these words.

    `others` are the entities that the library knows by such a name: an article may name them otherwise.
    """

    words: tuple[str, ...]
    id: int | None = None
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DateWithin:
    """Dated between the two days, both included; None is an open end. Undated articles never match."""

    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Not:
    node: Node


@dataclass(frozen=True, slots=True)
class AllOf:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    nodes: tuple[Node, ...]


Node = Term | LanguageIs | SourceIs | EntityIs | DateWithin | Not | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. `root` is None if it asks for nothing."""

    text: str
    root: Node | None
    problems: tuple[QueryProblem, ...] = ()

    def terms(self) -> tuple[Term, ...]:
        """The words and phrases looked for (not the excluded ones), in reading order."""
        return tuple(_wanted(self.root))

    def asks_for_entities(self) -> bool:
        """Whether only articles that name something are wanted, or unwanted."""
        return _holds_entity(self.root)


def _holds_entity(node: Node | None) -> bool:
    match node:
        case EntityIs():
            return True
        case Not(inner):
            return _holds_entity(inner)
        case AllOf(nodes) | AnyOf(nodes):
            return any(map(_holds_entity, nodes))
    return False


def _wanted(node: Node | None) -> Iterator[Term]:
    match node:
        case Term():
            yield node
        case AllOf(nodes) | AnyOf(nodes):
            for part in nodes:
                yield from _wanted(part)
