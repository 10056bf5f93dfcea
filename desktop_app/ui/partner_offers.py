"""Articles that may be the missing other side, each with what speaks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain import ArticleLink, ArticleRow, Reason, Relation
from desktop_app.ui.article_model import byline
from desktop_app.ui.fonts import SEMIBOLD, ui_font

_REASONS = 5
_RELATIONS = {
    Relation.TRANSLATION: "a translation",
    Relation.SAME_EVENT: "a report of the same event",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One article that may belong beside the one that is open."""

    article: int
    title: str
    facts: str
    chance: str
    reasons: str


def offer_of(row: ArticleRow, link: ArticleLink) -> Offer:
    """What a reader is told about *row*, which *link* judges."""
    chance = chance_words(link.relation, link.probability)
    return Offer(row.id, row.title, byline(row), chance, reason_words(link.reasons))


def chance_words(relation: Relation, probability: float) -> str:
    """ "Very likely a report of the same event (92 %)", or "Hardly the same event (12 %)"."""
    what = _RELATIONS.get(relation)
    if what is None:
        return f"Hardly the same event ({100 * (1 - probability):.0f} %)"
    degree = "Very likely" if probability >= _LIKELY else "Perhaps"
    return f"{degree} {what} ({100 * probability:.0f} %)"


def reason_words(reasons: Sequence[Reason]) -> str:
    """ "Guterres = गुटेरेस, 1947"; where both sides write the same, once."""
    shown = reasons[:_REASONS]
    return ", ".join(reason.en if reason.en == reason.hi else f"{reason.en} = {reason.hi}" for reason in shown)


_LIKELY = 0.8


class OfferCard(QWidget):
    """One offer: title, byline, chance and reasons, and a button that puts it beside."""

    chosen = Signal(int)

    def __init__(self, offer: Offer, percent: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.offer = offer
        scale = 100 + (percent - 100) // 2
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(3)
        for text, muted, weight in (
            (offer.title, False, SEMIBOLD),
            (offer.facts, True, None),
            (offer.chance, True, None),
            (offer.reasons, False, None),
        ):
            if text:
                label = QLabel(text, self)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setWordWrap(True)
                label.setFont(ui_font(scale) if weight is None else ui_font(scale, weight))
                if muted:
                    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
                column.addWidget(label)
        self.button = QPushButton(self.tr("Read side by side"), self)
        self.button.setFont(ui_font(scale))
        self.button.setAccessibleName(self.tr("Read {} side by side").format(offer.title))
        self.button.clicked.connect(lambda: self.chosen.emit(offer.article))
        column.addSpacing(4)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
