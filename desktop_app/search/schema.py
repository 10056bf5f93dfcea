"""The index's fields, as Whoosh knows them.

Nothing is stored: hits are numbers, text and titles come from the library. What is sorted and filtered by
(id, date, language, length) are columns of fixed width. Our writer fills them (see `codec`).
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping

from whoosh import columns, fields, formats

SCHEMA_VERSION = 2
"""Raised whenever an index written before can no longer be read or would answer differently."""

INDEXED_FIELDS = ("text", "source", "entity")
COLUMNS: Mapping[str, str] = {"id": "q", "date": "i", "hindi": "B", "length": "I"}
"""Column → type code of `struct`. `date` is an ordinal, 0 for none; `length` counts index terms."""


class PositionList(formats.Format):  # type: ignore[misc]
    """A posting's value is its positions as 16-bit numbers in the machine's byte order."""

    def decode_positions(self, value: bytes) -> list[int]:
        return array("H", value).tolist()

    def decode_frequency(self, value: bytes) -> int:
        return len(value) // 2


def build_schema() -> fields.Schema:
    """A new schema; the one pickled into the index is never read."""
    typed = {name: fields.COLUMN(columns.NumericColumn(code)) for name, code in COLUMNS.items()}
    words = {name: fields.FieldType(format=PositionList(), analyzer=None) for name in INDEXED_FIELDS}
    return fields.Schema(**typed, **words)
