"""What the index is told of an article."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop_app.domain import Language


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """One article to index.

    `entity_names` are all names and aliases, in both scripts, of the entities it mentions.
    """

    id: int
    title: str
    text: str
    language: Language
    source: str | None = None
    date: dt.date | None = None
    entity_ids: tuple[int, ...] = ()
    entity_names: tuple[str, ...] = ()
