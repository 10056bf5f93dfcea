"""Where the reader has been: a list of places with a cursor, like a web browser's."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain import Language
from desktop_app.ui.text_page import Place

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Visit:
    """What the window showed: the opened article, the selected entity, and where each pane stood.

    `mention_start` counts code points in the article of `language`. `panes` are in the order of `Language`.
    """

    article: int
    entity: int | None = None
    language: Language | None = None
    mention_start: int | None = None
    panes: tuple[Place, ...] = ()
    partner: int | None = None
    """The article the reader put beside it; None: the one Setu did."""

    def same_spot(self, other: Visit) -> bool:
        """Whether both speak of the same article and mention, wherever the panes stood."""
        return (self.article, self.partner, self.entity, self.language, self.mention_start) == (
            other.article,
            other.partner,
            other.entity,
            other.language,
            other.mention_start,
        )


class NavigationHistory:
    """Back and forward through places; a new place cuts off what lay ahead."""

    def __init__(self) -> None:
        self._places: list[Visit] = []
        self._at = -1

    @property
    def current(self) -> Visit | None:
        return self._places[self._at] if self._at >= 0 else None

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at < len(self._places) - 1

    def visit(self, place: Visit) -> None:
        """Go to a new place; going to where one is already only renews its scroll positions."""
        if self.current is not None and self.current.same_spot(place):
            self.renew(place)
            return
        del self._places[self._at + 1 :]
        self._places.append(place)
        del self._places[:-LONGEST]
        self._at = len(self._places) - 1

    def renew(self, place: Visit) -> None:
        """Replace the current place: call before leaving it, so that coming back finds the panes as they were."""
        if self._at >= 0:
            self._places[self._at] = place

    def back(self) -> Visit | None:
        if not self.can_go_back:
            return None
        self._at -= 1
        return self._places[self._at]

    def forward(self) -> Visit | None:
        if not self.can_go_forward:
            return None
        self._at += 1
        return self._places[self._at]
