"""The entities of what the panes show, as a Qt model: under a heading for each type, the most named first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from desktop_app.domain import Entity, EntityType, Language
from desktop_app.language.folding import WORD, fold
from desktop_app.ui.article_model import plain_tooltip
from desktop_app.ui.row_model import NOWHERE, ROW_ROLE, Index

GROUP_NAMES: Mapping[EntityType, str] = {
    EntityType.PER: "People",
    EntityType.ORG: "Organisations",
    EntityType.LOC: "Places",
    EntityType.EVENT: "Events",
    EntityType.DOC: "Documents",
}
TYPE_NAMES: Mapping[EntityType, str] = {
    EntityType.PER: "person",
    EntityType.ORG: "organisation",
    EntityType.LOC: "place",
    EntityType.EVENT: "event",
    EntityType.DOC: "document",
}


@dataclass(frozen=True, slots=True)
class EntityLine:
    """An entity and how often each text names it."""

    entity: Entity
    english: int
    hindi: int


@dataclass(frozen=True, slots=True)
class GroupHeading:
    """Heads the entities of one type."""

    type: EntityType
    count: int


Row = EntityLine | GroupHeading


def both_names(entity: Entity) -> str:
    """ "Lavrov · लवरोव", or the one name there is."""
    english, hindi = entity.name(Language.ENGLISH), entity.name(Language.HINDI)
    return english if english == hindi else f"{english} · {hindi}"


def _searchable(text: str) -> str:
    return " ".join(fold(word) for word in WORD.findall(text))


def entity_tooltip(entity: Entity) -> str:
    """Its names, and some of the others it goes by."""
    also = ", ".join(entity.aliases[:8])
    return plain_tooltip(both_names(entity) + (f"\nalso: {also}" if also else ""))


class EntityModel(QAbstractListModel):
    """Rows are headings (which cannot be selected) and entities."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[EntityLine] = []
        self._filter = ""
        self._rows: list[Row] = []
        self._row_of: dict[int, int] = {}

    def show_entities(self, entities: Sequence[Entity], counts: Mapping[int, Mapping[Language, int]]) -> None:
        """Show these, counted by language in what the panes show."""
        self._lines = [
            EntityLine(
                entity,
                counts.get(entity.id, {}).get(Language.ENGLISH, 0),
                counts.get(entity.id, {}).get(Language.HINDI, 0),
            )
            for entity in entities
        ]
        self._lines.sort(key=lambda line: (-(line.english + line.hindi), line.entity.name(Language.ENGLISH).casefold()))
        self._arrange()

    def filter_by(self, text: str) -> None:
        """Show only those one of whose names holds all the words of *text*, however spelt in its script."""
        self._filter = text
        self._arrange()

    @property
    def shown(self) -> int:
        """How many entities the filter leaves."""
        return len(self._row_of)

    @property
    def total(self) -> int:
        return len(self._lines)

    def index_of(self, entity: int | None) -> QModelIndex:
        row = None if entity is None else self._row_of.get(entity)
        return QModelIndex() if row is None else self.index(row)

    def entity_at(self, index: Index) -> int | None:
        row = self._rows[index.row()] if index.isValid() else None
        return row.entity.id if isinstance(row, EntityLine) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._rows[index.row()], GroupHeading):
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if isinstance(row, GroupHeading):
            return GROUP_NAMES[row.type] if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return both_names(row.entity)
        if role == Qt.ItemDataRole.ToolTipRole:
            return entity_tooltip(row.entity)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return (
                f"{both_names(row.entity)}, {TYPE_NAMES[row.entity.type]}, "
                f"{row.english} in English, {row.hindi} in Hindi"
            )
        return None

    def _arrange(self) -> None:
        wanted = _searchable(self._filter)
        self.beginResetModel()
        self._rows, self._row_of = [], {}
        for entity_type in GROUP_NAMES:
            group = [line for line in self._lines if line.entity.type is entity_type and _named(line, wanted)]
            if group:
                self._rows.append(GroupHeading(entity_type, len(group)))
            for line in group:
                self._row_of[line.entity.id] = len(self._rows)
                self._rows.append(line)
        self.endResetModel()


def _named(line: EntityLine, wanted: str) -> bool:
    if not wanted:
        return True
    names = (line.entity.en, line.entity.hi, *line.entity.aliases)
    return any(wanted in _searchable(name) for name in names if name)
