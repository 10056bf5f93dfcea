"""A chip without words: the tint and the underline that a mention of a type has."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from desktop_app.domain import EntityType
from desktop_app.ui.chips import underline
from desktop_app.ui.themes import UNDERLINES, Theme


def draw_type_sample(painter: QPainter, box: QRect, height: int, entity_type: EntityType, theme: Theme) -> None:
    """Draw it *height* pixels high in the middle of *box*."""
    chip = QRect(box.left(), box.center().y() - height // 2, box.width(), height)
    tint = theme.hue(entity_type)
    tint.setAlpha(theme.chip_alpha * 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRoundedRect(chip, 3, 3)
    underline(painter, [QRectF(chip).adjusted(0, 0, 0, 2)], UNDERLINES[entity_type], theme.hue(entity_type))
