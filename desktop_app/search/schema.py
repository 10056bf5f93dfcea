"""The index's fields, as Whoosh knows them.

Nothing is stored: hits are numbers, text and titles come from the library. What is sorted and filtered by
(id, date, language, length) are columns of fixed width.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from typing import Any

from whoosh import columns, fields

from desktop_app.domain import Language
from desktop_app.language.folding import WORD
from desktop_app.search.analysis import positions_in_article, positions_in_names
from desktop_app.search.codec import PositionList
from desktop_app.search.documents import IndexDocument

SCHEMA_VERSION = 1
"""Raised whenever an index written before can no longer be read or would answer differently."""

INDEXED_FIELDS = ("text", "source", "entity")
COLUMNS: Mapping[str, str] = {"id": "q", "date": "i", "hindi": "B", "length": "I"}
"""Column → type code of `struct`; Whoosh writes them big-endian. `date` is an ordinal, 0 for none."""


class Placed(fields.FieldType):  # type: ignore[misc]
    """A field whose value comes as term → positions (see `analysis`)."""

    def __init__(self) -> None:
        super().__init__(format=PositionList(), analyzer=None)

    def index(self, value: Mapping[str, array[int]], **_: Any) -> Iterator[tuple[bytes, int, int, bytes]]:
        for term, positions in value.items():
            count = len(positions)
            yield term.encode(), count, count, positions.tobytes()


def build_schema() -> fields.Schema:
    """A new schema; the one pickled into the index is never read."""
    typed = {name: fields.COLUMN(columns.NumericColumn(code)) for name, code in COLUMNS.items()}
    return fields.Schema(**typed, **{name: Placed() for name in INDEXED_FIELDS})


def field_values(document: IndexDocument) -> dict[str, Any]:
    """What Whoosh's writer is given of *document*."""
    text = positions_in_article(document.title, document.text)
    values: dict[str, Any] = {
        "id": document.id,
        "date": document.date.toordinal() if document.date else 0,
        "hindi": int(document.language is Language.HINDI),
        "length": sum(map(len, text.values())),
        "text": text,
    }
    if document.source and WORD.search(document.source):
        values["source"] = positions_in_names((document.source,))
    if document.entity_ids or document.entity_names:
        entity = positions_in_names(document.entity_names)
        entity.update({f"#{number}": array("H", (0,)) for number in document.entity_ids})
        values["entity"] = entity
    return values
