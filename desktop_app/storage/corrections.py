"""A reader's corrections in SQLite, and their readable file for sharing."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3

from desktop_app.domain import Correction, CorrectionKind, EntityName, EntityType
from desktop_app.storage.database import Database


class CorrectionStore:
    """Reads and writes corrections; every write belongs inside `Database.transaction`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, *, with_undone: bool = False) -> list[Correction]:
        """The facts in the order they were stated."""
        where = "" if with_undone else "WHERE undone = 0"
        sql = f"SELECT id, facts, made_at, undone FROM corrections {where} ORDER BY id"  # noqa: S608
        return [_correction(row) for row in self._database.connection().execute(sql)]

    def correction(self, id_: int) -> Correction | None:
        row = (
            self._database.connection()
            .execute("SELECT id, facts, made_at, undone FROM corrections WHERE id = ?", (id_,))
            .fetchone()
        )
        return None if row is None else _correction(row)

    def add(self, correction: Correction) -> int:
        made_at = correction.made_at or dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        cursor = self._database.connection().execute(
            "INSERT INTO corrections (kind, facts, made_at) VALUES (?,?,?)",
            (correction.kind.value, json.dumps(to_json(correction), ensure_ascii=False), made_at),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def set_undone(self, id_: int, undone: bool) -> None:
        self._database.connection().execute("UPDATE corrections SET undone = ? WHERE id = ?", (int(undone), id_))


def to_json(correction: Correction) -> dict[str, object]:
    """The readable form a team can share: names, no library numbers."""
    facts: dict[str, object] = {"kind": correction.kind.value, "entity": _name_json(correction.entity)}
    if correction.other is not None:
        facts["other"] = _name_json(correction.other)
    if correction.form is not None:
        facts["form"] = correction.form
    return facts


def from_json(facts: object) -> Correction:
    """The correction of one JSON object; ValueError if it is none."""
    if not isinstance(facts, dict):
        raise ValueError("not an object")
    try:
        other, form = facts.get("other"), facts.get("form")
        correction = Correction(
            kind=CorrectionKind(facts["kind"]),
            entity=_name(facts["entity"]),
            other=None if other is None else _name(other),
            form=None if form is None else str(form),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"incomplete: {error}") from error
    needs_form = correction.kind in (CorrectionKind.ADD, CorrectionKind.NOT_ENTITY, CorrectionKind.SPLIT)
    needs_other = correction.kind not in (CorrectionKind.ADD, CorrectionKind.NOT_ENTITY)
    if (needs_form and not correction.form) or (needs_other and correction.other is None):
        raise ValueError("incomplete")
    return correction


def _name_json(name: EntityName) -> dict[str, str]:
    values = {"type": name.type.value, "key": name.key, "en": name.en, "hi": name.hi}
    return {key: value for key, value in values.items() if value}


def _name(facts: dict[str, str]) -> EntityName:
    return EntityName(EntityType(facts["type"]), facts.get("key"), facts.get("en"), facts.get("hi"))


def _correction(row: sqlite3.Row) -> Correction:
    found = from_json(json.loads(row["facts"]))
    return Correction(found.kind, found.entity, found.other, found.form, row["id"], row["made_at"], bool(row["undone"]))
