"""What stands in the middle of an empty pane: a sentence, and perhaps articles that could fill it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.domain import Language
from desktop_app.ui.fonts import text_font
from desktop_app.ui.partner_offers import Offer, OfferCard

_WIDTH_EM = 26
_EDGE = 24
_WITH_OFFERS_PART, _ALONE_PART = 0.08, 0.33


class PaneMessage(QWidget):
    """Plain words in the upper middle of *parent*, with a card for each article offered below them."""

    offer_chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self._sentence = QLabel(self)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._offers: tuple[Offer, ...] = ()
        self._cards: list[OfferCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._column.addWidget(self._sentence)
        self.hide()

    @property
    def cards(self) -> Sequence[OfferCard]:
        return tuple(self._cards)

    def say(self, sentence: str, percent: int, offers: Sequence[Offer] = ()) -> None:
        """Show *sentence* with text at *percent*, and *offers* below it."""
        self._sentence.setText(sentence)
        self._offers = tuple(offers)
        self._deal(percent)
        self.place(percent)
        self.show()

    def resize_text(self, percent: int) -> None:
        """The same in another size."""
        self._deal(percent)
        self.place(percent)

    def place(self, percent: int) -> None:
        """Fit into the parent as it is now."""
        # Too large for the pane, the sentence gets smaller rather than lose its end.
        for size in (percent, *(step for step in (150, 125, 100) if step < percent)):
            font = text_font(Language.ENGLISH, size)
            self._sentence.setFont(font)
            width = max(80, min(self._ground.width() - 2 * _EDGE, _WIDTH_EM * font.pixelSize()))
            self.setFixedWidth(width)
            wraps = self._column.hasHeightForWidth()
            self.setFixedHeight(self._column.heightForWidth(width) if wraps else self._column.sizeHint().height())
            if self.height() <= self._ground.height() - 2 * _EDGE:
                break
        part = _WITH_OFFERS_PART if self._offers else _ALONE_PART
        top = round((self._ground.height() - self.height()) * part)
        self.move((self._ground.width() - width) // 2, max(_EDGE, top))

    def _deal(self, percent: int) -> None:
        for card in self._cards:
            self._column.removeWidget(card)
            card.deleteLater()
        self._cards = [OfferCard(offer, percent, self) for offer in self._offers]
        for card in self._cards:
            card.chosen.connect(self.offer_chosen)
            self._column.addWidget(card)
            card.show()
