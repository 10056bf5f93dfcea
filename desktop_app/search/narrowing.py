"""What narrows a search beside its words: as part of a query's tree, and written out as a query."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desktop_app.domain import Narrowing
from desktop_app.search.query_fields import UNDATED, words_of
from desktop_app.search.query_tree import AllOf, DateWithin, EntityIs, LanguageIs, Node, SourceIs


def narrowed(root: Node | None, narrowing: Narrowing) -> Node | None:
    """*root* within *narrowing*; None if neither asks for anything."""
    filters = tuple(_filters(narrowing))
    parts = filters if root is None else (*root.nodes, *filters) if isinstance(root, AllOf) else (root, *filters)
    return AllOf(parts) if len(parts) > 1 else parts[0] if parts else None


def written_out(words: str, narrowing: Narrowing, name_of: Callable[[int], str]) -> str:
    """One query that asks for *words* within *narrowing*, for keeping; entities by *name_of* their number.

    The filters stand before the words, so that a quotation mark left open cannot swallow them.
    """
    parts = []
    if narrowing.language is not None:
        parts.append(f"lang:{narrowing.language.value}")
    first, last = (day.isoformat() if day else "" for day in (narrowing.first, narrowing.last))
    if first or last:
        parts.append(f"date:{first}" if first == last else f"date:{first}..{last}")
    if narrowing.undated:
        parts.append("date:none")
    if narrowing.source is not None:
        parts.append(f'source:="{_unquoted(narrowing.source)}"')
    parts += (f'entity:"{_unquoted(name_of(entity))}"' for entity in narrowing.entities)
    return " ".join(filter(None, (*parts, words.strip())))


def _filters(narrowing: Narrowing) -> Iterator[Node]:
    if narrowing.language is not None:
        yield LanguageIs(narrowing.language)
    if narrowing.first is not None or narrowing.last is not None:
        yield DateWithin(narrowing.first, narrowing.last)
    if narrowing.undated:
        yield UNDATED
    if narrowing.source is not None:
        yield SourceIs(tuple(words_of(narrowing.source)), whole=True)
    for entity in narrowing.entities:
        yield EntityIs((), entity)


def _unquoted(name: str) -> str:
    return name.replace('"', " ").strip()
