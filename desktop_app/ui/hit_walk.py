"""Going from hit to hit: through the marked words of one result, then on to the next result."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain import SearchHit, Span


@dataclass(frozen=True, slots=True)
class HitPlace:
    """The result at `row`, and the marked word `number` in its text; `span` None where only the title hit."""

    row: int
    number: int
    span: Span | None


class HitWalk:
    """A place among the hits of one answer; the end joins the beginning."""

    def __init__(self, hits: tuple[SearchHit, ...] = ()) -> None:
        self._hits = hits
        self._row = 0
        self._number = -1

    def __len__(self) -> int:
        return len(self._hits)

    def go_on_with(self, hits: tuple[SearchHit, ...]) -> None:
        """More hits, behind those there are; the place stays."""
        self._hits += hits

    def hit(self, row: int) -> SearchHit:
        return self._hits[row]

    def hit_of(self, article: int) -> SearchHit | None:
        """The article's hit, if it is among the results."""
        return next((hit for hit in self._hits if hit.id == article), None)

    def start_at(self, row: int) -> HitPlace:
        """Go to the first marked word of the result at *row*."""
        self._row, self._number = row, 0
        return self._place()

    def step(self, direction: int) -> HitPlace | None:
        """Go one marked word on (1) or back (-1); None if there are no results."""
        if not self._hits:
            return None
        if self._number < 0:
            return self.start_at(self._row)
        self._number += direction
        if self._number >= max(1, len(self._hits[self._row].text_spans)):
            self._row, self._number = (self._row + 1) % len(self._hits), 0
        elif self._number < 0:
            self._row = (self._row - 1) % len(self._hits)
            self._number = max(0, len(self._hits[self._row].text_spans) - 1)
        return self._place()

    def _place(self) -> HitPlace:
        spans = self._hits[self._row].text_spans
        return HitPlace(self._row, self._number, spans[self._number] if spans else None)
