"""An English and a Hindi article side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain import ArticlePair, ArticleRow, Entity, Language, Mention, Span
from desktop_app.ui.article_pane import ArticlePane
from desktop_app.ui.hover_card import HoverCard
from desktop_app.ui.notice_bar import NoticeBar
from desktop_app.ui.pane_header import PaneHeader
from desktop_app.ui.pane_marks import PassageMark
from desktop_app.ui.part_bar import PartBar
from desktop_app.ui.partner_offers import Offer
from desktop_app.ui.passage_gutter import PaneSplitter
from desktop_app.ui.passage_layer import PassageLayer

_HOVER_DELAY_MS = 350


class BilingualView(QWidget):
    """Two panes with headers; every signal says which language it comes from."""

    mention_clicked = Signal(Language, object)
    """Language of the pane and the `Mention`."""
    context_requested = Signal(Language, object, QPoint)
    """Language of the pane, the `Mention` or None, and a global point."""
    place_changed = Signal(Language)
    text_zoom_requested = Signal(int)
    border_moved = Signal()
    """The panes have other widths."""
    versions_requested = Signal(Language)
    date_requested = Signal(Language)
    check_requested = Signal()
    """What is stored is to be examined: an article is not what was imported."""
    address_chosen = Signal(str)
    """An address in a text was clicked."""
    side_chosen = Signal(Language, int)
    """Another article is wanted on this side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pair = ArticlePair()
        self._entities: Mapping[int, Entity] = {}
        self._counts: Counter[tuple[Language, int]] = Counter()
        self._splitter = PaneSplitter(self)
        self._panes: dict[Language, ArticlePane] = {}
        self._headers: dict[Language, PaneHeader] = {}
        self._bars: dict[Language, PartBar] = {}
        self._doubts: dict[Language, NoticeBar] = {}
        self._card = HoverCard(self)
        self._hovered: tuple[Mention, QPoint] | None = None
        self._hover_timer = QTimer(self)
        self._hover_timer.setSingleShot(True)
        self._hover_timer.setInterval(_HOVER_DELAY_MS)
        self._hover_timer.timeout.connect(self._on_hover_rested)
        for language in Language:
            self._splitter.addWidget(self._build_side(language))
            self._splitter.setStretchFactor(self._splitter.count() - 1, 1)
        self._splitter.gutter.moved.connect(self.border_moved)
        self.passages = PassageLayer(self._panes, self._splitter.gutter, self)
        """What corresponds in the two articles; showing another pair takes it away."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._splitter, 1)

    def _build_side(self, language: Language) -> QWidget:
        side = QWidget(self)
        header, pane = PaneHeader(language, side), ArticlePane(language, side)
        self._headers[language], self._panes[language] = header, pane
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(pane, 1)
        doubt = NoticeBar(side, "Check the library…")
        self._doubts[language] = doubt
        column.insertWidget(1, doubt)
        bar = PartBar(side)
        self._bars[language] = bar
        column.addWidget(bar)
        side.setMinimumWidth(200)
        doubt.action_requested.connect(self.check_requested)
        header.versions_requested.connect(lambda: self.versions_requested.emit(language))
        header.date_requested.connect(lambda: self.date_requested.emit(language))
        bar.earlier_requested.connect(pane.show_earlier)
        bar.later_requested.connect(pane.show_later)
        pane.part_shown.connect(lambda: bar.show_part(pane.article, pane.part))
        header.article_chosen.connect(lambda article: self.side_chosen.emit(language, article))
        pane.offer_chosen.connect(lambda article: self.side_chosen.emit(language, article))
        pane.mention_clicked.connect(lambda mention: self.mention_clicked.emit(language, mention))
        pane.mention_hovered.connect(self._on_mention_hovered)
        pane.place_changed.connect(lambda: self._on_place_changed(language))
        pane.address_chosen.connect(self.address_chosen)
        pane.text_zoom_requested.connect(self.text_zoom_requested)
        pane.context_requested.connect(lambda mention, where: self.context_requested.emit(language, mention, where))
        return side

    @property
    def pair(self) -> ArticlePair:
        """What is shown."""
        return self._pair

    def pane(self, language: Language) -> ArticlePane:
        return self._panes[language]

    def doubt(self, language: Language) -> NoticeBar:
        return self._doubts[language]

    def show_doubt(self, language: Language, sentence: str) -> None:
        """Say above a text what speaks against it; nothing takes that away."""
        self._doubts[language].say(sentence)

    def tab_order(self) -> tuple[QWidget, ...]:
        """What takes the keys, as one reads: above the text, the text, below it."""
        order: list[QWidget] = []
        for language in Language:
            header, doubt, bar = self._headers[language], self._doubts[language], self._bars[language]
            order += [header.versions_button, header.date_button, header.others, doubt.button, doubt.close_button]
            order += [self._panes[language], bar.earlier, bar.later]
        return tuple(order)

    def part_bar(self, language: Language) -> PartBar:
        return self._bars[language]

    def turn_part(self, direction: int) -> None:
        """To the later (1) or earlier (-1) part of the very long text one reads."""
        language = self.focused_language()
        for pane in self._panes.values() if language is None else (self._panes[language],):
            if direction > 0:
                pane.show_later()
            else:
                pane.show_earlier()

    def header(self, language: Language) -> PaneHeader:
        return self._headers[language]

    def splitter(self) -> PaneSplitter:
        """For saving and restoring the widths of the panes."""
        return self._splitter

    def show_pair(
        self,
        pair: ArticlePair,
        mentions_en: Sequence[Mention] = (),
        mentions_hi: Sequence[Mention] = (),
        entities: Mapping[int, Entity] = MappingProxyType({}),
    ) -> None:
        """Show *pair* from the top of both articles; a missing side says so.

        *entities* are those named in either article; the hover card speaks of them.
        """
        self._pair = pair
        self.passages.show_passages(None)
        for language, mentions in ((Language.ENGLISH, mentions_en), (Language.HINDI, mentions_hi)):
            article = pair.side(language)
            self._doubts[language].say("")
            if article is None:
                self._headers[language].clear()
                self._panes[language].clear_with_message(self._absence(language))
            else:
                self._headers[language].show_article(article)
                self._panes[language].show_article(article, mentions)
            self._headers[language].set_title_in_text(True)
        self._learn(mentions_en, mentions_hi, entities)

    def set_choices(self, language: Language, rows: Sequence[ArticleRow]) -> None:
        """Other articles of the story that could stand on this side, the one shown among them."""
        self._headers[language].set_choices(rows)

    def offer(self, language: Language, offers: Sequence[Offer]) -> None:
        """On a side without an article, say which ones could stand there."""
        if self._pair != ArticlePair() and self._pair.side(language) is None:
            self._panes[language].clear_with_message(self._absence(language, offered=bool(offers)), offers)

    def await_report(self, language: Language) -> None:
        """Say that it is not known yet what belongs on a side without an article."""
        if self._pair != ArticlePair() and self._pair.side(language) is None:
            hindi = language is Language.HINDI
            report = self.tr("a Hindi report") if hindi else self.tr("an English report")
            self._panes[language].clear_with_message(self.tr("Setu is looking for {} of this event.").format(report))

    def set_mentions(
        self,
        mentions_en: Sequence[Mention],
        mentions_hi: Sequence[Mention],
        entities: Mapping[int, Entity] = MappingProxyType({}),
    ) -> None:
        """The open articles have been understood anew: other chips, same place."""
        self._panes[Language.ENGLISH].set_mentions(mentions_en)
        self._panes[Language.HINDI].set_mentions(mentions_hi)
        self._learn(mentions_en, mentions_hi, entities)

    def show_message(self, english: str, hindi: str = "") -> None:
        """Show no article; each side says its sentence."""
        self._pair = ArticlePair()
        self.passages.show_passages(None)
        for language, sentence in ((Language.ENGLISH, english), (Language.HINDI, hindi)):
            self._doubts[language].say("")
            self._headers[language].clear()
            self._panes[language].clear_with_message(sentence)
        self._learn((), (), {})

    def set_selected_entity(self, entity: int | None) -> None:
        """Make *entity* loud in both panes."""
        for pane in self._panes.values():
            pane.set_selected_entity(entity)

    def set_current_mention(self, language: Language, mention: Mention | None) -> None:
        """Frame *mention* in one pane, and none in the other."""
        self._panes[language].set_current_mention(mention)
        self._panes[language.other].set_current_mention(None)

    def jump_to(self, language: Language, mention: Mention) -> None:
        """Select the mention's entity, frame the mention and bring it into view."""
        self.set_selected_entity(mention.entity)
        self.set_current_mention(language, mention)
        self._panes[language].scroll_to(Span(mention.start, mention.end))

    def set_search_spans(self, language: Language, spans: Sequence[Span]) -> None:
        self._panes[language].set_search_spans(spans)

    def set_current_hit(self, language: Language | None, span: Span | None = None) -> None:
        """Frame a search hit in one pane, and none in the other; without *language* in neither."""
        for side, pane in self._panes.items():
            pane.set_current_hit(span if side is language else None)

    def set_passage_marks(self, language: Language, marks: Sequence[PassageMark]) -> None:
        self._panes[language].set_passage_marks(marks)

    def set_text_size(self, percent: int) -> None:
        """Text size of panes and headers, in percent (50 to 300)."""
        for language in Language:
            self._panes[language].set_text_size(percent)
            self._headers[language].set_text_size(percent)
            for line in (self._bars[language], self._doubts[language]):
                line.set_percent(100 + (percent - 100) // 2)
        self._card.set_text_size(percent)

    def put_below(self, widget: QWidget) -> None:
        """Let *widget* stand below both texts."""
        column = self.layout()
        assert column is not None
        column.addWidget(widget)

    def focus_pane(self, language: Language) -> None:
        """Give the keyboard to one pane."""
        self._panes[language].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focused_language(self) -> Language | None:
        """The pane that has the keyboard."""
        return next((language for language, pane in self._panes.items() if pane.hasFocus()), None)

    def _absence(self, language: Language, *, offered: bool = False) -> str:
        if self._pair == ArticlePair():
            return self.tr("Choose an article in the list.") if language is Language.ENGLISH else ""
        if offered and language is Language.HINDI:
            return self.tr("No Hindi report of this event is known. These come nearest:")
        if offered:
            return self.tr("No English report of this event is known. These come nearest:")
        if language is Language.HINDI:
            return self.tr("No Hindi report of this event is known.\nImport one, and it will stand here.")
        return self.tr("No English report of this event is known.\nImport one, and it will stand here.")

    def _learn(
        self, mentions_en: Sequence[Mention], mentions_hi: Sequence[Mention], entities: Mapping[int, Entity]
    ) -> None:
        self._entities = entities
        self._counts = Counter((Language.ENGLISH, mention.entity) for mention in mentions_en)
        self._counts.update((Language.HINDI, mention.entity) for mention in mentions_hi)
        self._hide_card()

    def _hide_card(self) -> None:
        self._hovered = None
        self._hover_timer.stop()
        self._card.hide()

    def _on_mention_hovered(self, mention: Mention | None, where: QPoint) -> None:
        self._hide_card()
        if mention is not None:
            self._hovered = mention, where
            self._hover_timer.start()

    def _on_hover_rested(self) -> None:
        if self._hovered is None:
            return
        mention, where = self._hovered
        entity = self._entities.get(mention.entity)
        if entity is not None:
            counts = {language: self._counts[language, mention.entity] for language in Language}
            self._card.show_entity(entity, counts, where)

    def _on_place_changed(self, language: Language) -> None:
        self._headers[language].set_title_in_text(self._panes[language].title_is_visible())
        self.place_changed.emit(language)
