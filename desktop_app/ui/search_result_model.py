"""Search results as rows: the hits of one answer, each for itself or behind the best one of its story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, Qt

from desktop_app.domain import HitKind, SearchAnswer, SearchHit
from desktop_app.language.folding import WORD, fold
from desktop_app.ui.article_model import LANGUAGE_NAMES, byline, plain_tooltip
from desktop_app.ui.row_model import NOWHERE, Index, RowModel

NEAR_IN_MEANING, SOME_OF_IT = "near in meaning", "some of it"
MEMBERS_SHOWN = 3
"""So many reports of a story stand behind its best hit; the others when they are asked for."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A hit, or (without one) the row that shows `more` of its story, or fewer again if they are `open`.

    `member`: it stands behind another hit of its story. `goes_on`: so does the next row. `other_forms` are those
    that hit though neither they nor their beginning was typed.
    """

    number: int
    hit: SearchHit | None = None
    member: bool = False
    goes_on: bool = False
    more: int = 0
    open: bool = False
    other_forms: tuple[str, ...] = ()


class ResultModel(RowModel[ResultRow]):
    """The hits of one answer, best first; `number` is a hit's place in the answer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: tuple[SearchHit, ...] = ()
        self._typed: frozenset[str] = frozenset()
        self._open: set[int] = set()

    def show_answer(self, answer: SearchAnswer) -> None:
        self.beginResetModel()
        self.hits = answer.hits
        self._typed = frozenset(map(fold, WORD.findall(answer.query)))
        self._open = set()
        self.rows = tuple(self._build())
        self.endResetModel()

    def show_more(self, answer: SearchAnswer) -> None:
        """The same hits and more behind them; stories stay open."""
        before = len(self.rows)
        self.hits = answer.hits
        rows = tuple(self._build())
        if len(rows) == before:
            return
        if rows[:before] == tuple(self.rows):
            self.beginInsertRows(NOWHERE, before, len(rows) - 1)
            self.rows = rows
            self.endInsertRows()
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    @property
    def is_grouped(self) -> bool:
        return any(row.member for row in self.rows)

    def number_at(self, index: Index) -> int | None:
        """The place in the answer of the hit at *index*; None where no hit stands."""
        row = self.row_at(index)
        return None if row is None or row.hit is None else row.number

    def index_of(self, number: int) -> QModelIndex:
        """Where a hit stands; its story is opened if it is folded away."""
        if 0 <= number < len(self.hits) and all(row.hit is None or row.number != number for row in self.rows):
            story = self.hits[number].story
            if story is not None:
                self._set_open(story, shown=True)
        for place, row in enumerate(self.rows):
            if row.hit is not None and row.number == number:
                return self.index(place)
        return QModelIndex()

    def toggle(self, index: Index) -> bool:
        """Show or fold the other reports of a story; False if *index* is no row for that."""
        row = self.row_at(index)
        if row is None or row.hit is not None:
            return False
        story = self.hits[row.number].story
        if story is not None:
            self._set_open(story, shown=story not in self._open)
        return True

    def said_of(self, row: ResultRow, role: int) -> str | None:
        hit = row.hit
        if hit is None:
            words = "Show fewer" if row.open else f"{row.more} more in this story"
            spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return words if role in spoken else None
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip("\n".join(filter(None, (hit.title, _why(hit)))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.title}, {byline(hit)}, {LANGUAGE_NAMES[hit.language]}. {hit.snippet}"
        return None

    def _set_open(self, story: int, *, shown: bool) -> None:
        self.beginResetModel()
        (self._open.add if shown else self._open.discard)(story)
        self.rows = tuple(self._build())
        self.endResetModel()

    def _build(self) -> Iterator[ResultRow]:
        place = 0
        while place < len(self.hits):
            end = place + 1
            story = self.hits[place].story
            while story is not None and end < len(self.hits) and self.hits[end].story == story:
                end += 1
            yield from self._group(range(place, end))
            place = end

    def _group(self, numbers: Sequence[int]) -> Iterator[ResultRow]:
        """The rows of one story's hits, the best one first."""
        story = self.hits[numbers[0]].story
        hidden = len(numbers) - 1 - MEMBERS_SHOWN
        foldable, is_open = hidden > 1, story in self._open
        shown = numbers if is_open or not foldable else numbers[: MEMBERS_SHOWN + 1]
        for number in shown:
            goes_on = number != shown[-1] or foldable
            yield self._row_of(number, member=number != numbers[0], goes_on=goes_on)
        if foldable:
            yield ResultRow(numbers[0], member=True, more=hidden, open=is_open)

    def _row_of(self, number: int, *, member: bool, goes_on: bool) -> ResultRow:
        hit = self.hits[number]
        return ResultRow(number, hit, member=member, goes_on=goes_on, other_forms=tuple(self._others(hit)))

    def _others(self, hit: SearchHit) -> Iterator[str]:
        seen: set[str] = set()
        for form in hit.matched:
            folded = " ".join(map(fold, WORD.findall(form)))
            if folded and folded not in seen and not all(map(self._is_typed, folded.split())):
                seen.add(folded)
                yield form

    def _is_typed(self, word: str) -> bool:
        """Whether *word* or its beginning was typed: then it says nothing new."""
        return any(word.startswith(typed) for typed in self._typed)


def _why(hit: SearchHit) -> str:
    """What of the query the hit has."""
    if hit.kind is HitKind.MEANING:
        return NEAR_IN_MEANING
    return f"{SOME_OF_IT if hit.kind is HitKind.SOME else 'found'}: {', '.join(hit.matched)}" if hit.matched else ""
