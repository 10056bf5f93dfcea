"""A scroll bar that shows where in the article things are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from desktop_app.ui.themes import theme_of

_TICK_PX = 2.0


class TickBar(QScrollBar):
    """A vertical scroll bar with ticks for the selected entity's mentions and for search hits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._entity_ticks: tuple[float, ...] = ()
        self._search_ticks: tuple[float, ...] = ()
        self._colour = QColor()

    @property
    def entity_ticks(self) -> tuple[float, ...]:
        """Places of the selected entity's mentions, 0 at the document's top, 1 at its end."""
        return self._entity_ticks

    @property
    def search_ticks(self) -> tuple[float, ...]:
        """Places of the search hits, 0 at the document's top, 1 at its end."""
        return self._search_ticks

    def set_ticks(self, entity: Sequence[float], colour: QColor, search: Sequence[float]) -> None:
        """Show ticks at fractions of the document's height."""
        self._entity_ticks, self._search_ticks, self._colour = tuple(entity), tuple(search), QColor(colour)
        self.update()

    def clear(self) -> None:
        """Show no ticks."""
        self._entity_ticks = self._search_ticks = ()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() > self.minimum():
            super().paintEvent(event)
        else:  # everything is in sight: a handle as long as the bar says nothing
            painter = QPainter(self)
            painter.fillRect(event.rect(), self.palette().base())
            painter.end()
        if not (self._entity_ticks or self._search_ticks):
            return
        painter = QPainter(self)
        self._draw(painter, self._search_ticks, QColor(theme_of(self.palette()).search_tick), left=0.5)
        self._draw(painter, self._entity_ticks, self._colour, left=0.25)
        painter.end()

    def _draw(self, painter: QPainter, places: Sequence[float], colour: QColor, left: float) -> None:
        """Several ticks on one pixel row are one tick: thousands cost no more than the bar's height."""
        span = self.height() - _TICK_PX
        rows = sorted({round(place * span) for place in places})
        for row in rows:
            painter.fillRect(QRectF(self.width() * left, row, self.width() * (1 - left), _TICK_PX), colour)
