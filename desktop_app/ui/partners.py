"""What else could stand beside an article: the story's other reports, or the nearest ones for an article alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject

from desktop_app.domain import Article, ArticleLink, ArticlePair, ArticleRow, Language
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.partner_offers import offer_of

OFFERS = 3


class Relations(Protocol):
    """What the window asks of the library about an article's neighbours."""

    def partners(self, id_: int) -> list[int]: ...
    def candidates(self, id_: int, limit: int = 3) -> list[ArticleLink]: ...
    def understood(self, id_: int) -> bool: ...
    def rows(self, ids: Sequence[int]) -> list[ArticleRow]: ...


class Partners(QObject):
    """Fills the headers' menus and the empty side."""

    def __init__(self, library: Relations, view: BilingualView, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._view = view

    def show_pair(self, pair: ArticlePair) -> None:
        """Say what else could stand on either side of *pair*, which is shown."""
        for language in Language:
            here, beside = pair.side(language), pair.side(language.other)
            if here is None and beside is not None and not self._library.understood(beside.id):
                self._view.await_report(language)
            elif here is None and beside is not None:
                self._view.offer(language, [offer_of(row, link) for row, link in self._candidates(beside)])
            elif here is not None and beside is not None:
                self._view.set_choices(language, self._choices(here, beside))

    def _choices(self, here: Article, beside: Article) -> list[ArticleRow]:
        ids = self._library.partners(beside.id)
        if here.id not in ids:
            ids.insert(0, here.id)
        return self._library.rows(ids)

    def _candidates(self, alone: Article) -> list[tuple[ArticleRow, ArticleLink]]:
        links = {
            link.hi if alone.language is Language.ENGLISH else link.en: link
            for link in self._library.candidates(alone.id, OFFERS)
        }
        return [(row, links[row.id]) for row in self._library.rows(list(links))]
