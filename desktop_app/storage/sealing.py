"""Each article's seal: SHA-256 over all that was imported of it, so that a changed bit can be told wherever it is.

Triggers note which articles were added or changed, and the transaction that did it seals them before it ends.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator

_COLUMNS = "sha256, text_sha256, path, title, title_inferred, date, source, language, words, text, address"
_MOST_AT_ONCE = 1000
"""In one transaction, newest first: after a change of format a whole library waits."""


def seal_changed(connection: sqlite3.Connection) -> None:
    """Seal the articles that were added or changed; inside their transaction."""
    for (id_,) in connection.execute(
        "SELECT article FROM unsealed ORDER BY article DESC LIMIT ?", (_MOST_AT_ONCE,)
    ).fetchall():
        found = seal(connection, id_)
        if found is None:
            connection.execute("DELETE FROM seals WHERE article = ?", (id_,))
        else:
            connection.execute("INSERT OR REPLACE INTO seals VALUES (?,?)", (id_, found))
        connection.execute("DELETE FROM unsealed WHERE article = ?", (id_,))


def seal(connection: sqlite3.Connection, id_: int) -> bytes | None:
    """What the seal of article *id_* must be; None if there is no such article."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM articles WHERE id = ?", (id_,)).fetchone()  # noqa: S608
    if row is None:
        return None
    sentences = connection.execute(
        "SELECT start, end, kind FROM sentences WHERE article = ? ORDER BY number", (id_,)
    ).fetchall()
    facts = [id_, [_plain(value) for value in row], [[_plain(value) for value in s] for s in sentences]]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode("utf-8", "surrogatepass")).digest()


def is_sealed_as_found(connection: sqlite3.Connection, id_: int) -> bool:
    """Whether article *id_* is as it was imported; one not sealed yet is taken as it is."""
    row = connection.execute(
        "SELECT digest FROM seals WHERE article = :id AND :id NOT IN (SELECT article FROM unsealed)", {"id": id_}
    ).fetchone()
    return row is None or row[0] == seal(connection, id_)


def broken_seals(connection: sqlite3.Connection) -> Iterator[int]:
    """The articles that are not as they were imported."""
    for (id_,) in connection.execute("SELECT id FROM articles ORDER BY id").fetchall():
        if not is_sealed_as_found(connection, id_):
            yield id_


def _plain(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value
