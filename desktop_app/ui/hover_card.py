"""The card that says whom a mention names, without taking the focus."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop_app.domain import Entity, EntityType, Language
from desktop_app.ui.fonts import SEMIBOLD, ui_font

TYPE_NAMES: Mapping[EntityType, str] = {
    EntityType.PER: "Person",
    EntityType.ORG: "Organisation",
    EntityType.LOC: "Place",
    EntityType.EVENT: "Event",
    EntityType.DOC: "Document or agreement",
}


class HoverCard(QFrame):
    """Both names of an entity, its type, and how often each article names it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._first, self._second, self._facts = QLabel(self), QLabel(self), QLabel(self)
        self._facts.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(1)
        for label in (self._first, self._second, self._facts):
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self.set_text_size(100)

    def set_text_size(self, percent: int) -> None:
        """Follow the reader's text size."""
        self._first.setFont(ui_font(percent, SEMIBOLD, 1.1))
        self._second.setFont(ui_font(percent, scale=1.1))
        self._facts.setFont(ui_font(percent, scale=0.92))

    def show_entity(self, entity: Entity, counts: Mapping[Language, int], where: QPoint) -> None:
        """Show *entity* beside the global point *where*; *counts* are mentions in the open articles."""
        self._first.setText(entity.en or entity.hi or entity.name(Language.ENGLISH))
        self._second.setText(entity.hi or "")
        self._second.setVisible(bool(entity.en and entity.hi))
        named = self.tr("{} English · {} Hindi mentions").format(
            counts.get(Language.ENGLISH, 0), counts.get(Language.HINDI, 0)
        )
        self._facts.setText(f"{self.tr(TYPE_NAMES[entity.type])} · {named}")
        self.adjustSize()
        self.move(self._kept_on_screen(where + QPoint(12, 20)))
        self.show()

    def lines(self) -> tuple[str, str, str]:
        """What the card says: first name, other name (or nothing), type and counts."""
        return self._first.text(), self._second.text(), self._facts.text()

    def _kept_on_screen(self, where: QPoint) -> QPoint:
        screen = QGuiApplication.screenAt(where) or QGuiApplication.primaryScreen()
        area = screen.availableGeometry()
        x = min(where.x(), area.right() - self.width())
        y = where.y() if where.y() + self.height() <= area.bottom() else where.y() - self.height() - 40
        return QPoint(max(area.left(), x), max(area.top(), y))
