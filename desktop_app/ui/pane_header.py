"""The two quiet lines above a pane: what is being read, from whom, and when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop_app.domain import Article, ArticleRow, Language
from desktop_app.ui.addresses import shown_host, web_address
from desktop_app.ui.article_model import byline
from desktop_app.ui.elided_label import ElidedLabel
from desktop_app.ui.fonts import SEMIBOLD, ui_font
from desktop_app.ui.icons import icon
from desktop_app.ui.words import count_of

_MENU_CHARACTERS = 60
_NARROW_EM = 19
"""A header narrower than this in its own lines' heights."""


class PaneHeader(QWidget):
    """Badge, source, date and length of the article; its title once that has been scrolled away.

    Where the story has other articles of this language, a small menu swaps this one for another.
    """

    article_chosen = Signal(int)
    versions_requested = Signal()
    date_requested = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._article: Article | None = None
        self._versions, self._date_wanted = 0, False
        self._title_in_text = True
        self._badge = QLabel(language.value.upper(), self)
        self._first = ElidedLabel(self)
        self._second = ElidedLabel(self)
        self._badge.setTextFormat(Qt.TextFormat.PlainText)
        self._badge.setObjectName("language_badge")
        self._second.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self._first)
        lines.addWidget(self._second)
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 7, 16, 7)
        row.setSpacing(10)
        row.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(lines, 1)
        self.others = QToolButton(self)
        self.others.setIcon(icon("down"))
        self.others.setAutoRaise(True)
        self.others.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.others.setMenu(QMenu(self.others))
        name = self.tr("Other reports of this story in this language")
        self.others.setToolTip(name)
        self.others.setAccessibleName(name)
        self.others.hide()
        row.addWidget(self.others, 0, Qt.AlignmentFlag.AlignVCenter)
        self.date_button = QToolButton(self)
        self.date_button.setText(self.tr("Date…"))
        self.date_button.setToolTip(self.tr("Say when this report appeared"))
        self.date_button.setAccessibleName(self.tr("Say when this report appeared"))
        self.date_button.clicked.connect(self.date_requested)
        self.versions_button = QToolButton(self)
        self.versions_button.setToolTip(self.tr("Other texts of this report"))
        self.versions_button.clicked.connect(self.versions_requested)
        for button in (self.date_button, self.versions_button):
            button.hide()
            row.insertWidget(2, button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.set_text_size(100)
        self.clear()

    def show_article(self, article: Article) -> None:
        """Say what *article* is."""
        self._article = article
        self.set_versions(0)
        self.set_date_wanted(False)
        self._refresh()

    def set_versions(self, count: int) -> None:
        """How many other texts of the article there are."""
        words = count_of(count, "version")
        self._versions = count
        self._fit_buttons()
        self.versions_button.setAccessibleName(f"{words}: {self.versions_button.toolTip()}")
        self.versions_button.setVisible(count > 0)

    def set_date_wanted(self, wanted: bool) -> None:
        """Whether the reader may say when the article appeared, because nothing else does."""
        self._date_wanted = wanted
        self._fit_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_buttons()

    def _fit_buttons(self) -> None:
        """Beside a narrow pane's facts there is room for a number only; the menus have both actions as well."""
        narrow = self.width() < _NARROW_EM * self._second.fontMetrics().height()
        self.versions_button.setText(f"{self._versions:,}" if narrow else count_of(self._versions, "version"))
        self.date_button.setVisible(self._date_wanted and not narrow)

    def clear(self) -> None:
        """No article on this side."""
        self._article = None
        self.set_versions(0)
        self.set_date_wanted(False)
        self.set_choices(())
        self._refresh()

    def set_choices(self, rows: Sequence[ArticleRow]) -> None:
        """Offer *rows* instead of the article shown, which is among them; fewer than two are no choice."""
        menu = self.others.menu()
        menu.clear()
        for row in rows:
            title = row.title if len(row.title) <= _MENU_CHARACTERS else row.title[: _MENU_CHARACTERS - 1] + "…"
            action = QAction(f"{title}\t{byline(row)}".replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(self._article is not None and row.id == self._article.id)
            action.triggered.connect(lambda _=False, article=row.id: self.article_chosen.emit(article))
            menu.addAction(action)
        self.others.setVisible(len(rows) > 1)

    def set_title_in_text(self, visible: bool) -> None:
        """Whether the pane below still shows the title: if not, this header does."""
        if visible != self._title_in_text:
            self._title_in_text = visible
            self._refresh()

    def set_text_size(self, percent: int) -> None:
        """Follow the reader's text size, from afar: furniture grows half as much as the text."""
        scale = 100 + (percent - 100) // 2
        self._first.setFont(ui_font(scale, SEMIBOLD))
        self._second.setFont(ui_font(scale, scale=0.92))
        self._badge.setFont(ui_font(scale, SEMIBOLD, scale=0.8))
        for button in (self.date_button, self.versions_button):
            button.setFont(ui_font(scale, scale=0.92))
        self._fit_buttons()
        self._refresh()

    def lines(self) -> tuple[str, str]:
        """Both lines in full, however much of them fits."""
        return self._first.whole_text(), self._second.whole_text()

    def _refresh(self) -> None:
        article = self._article
        if article is None:
            name = self.tr("English") if self._language is Language.ENGLISH else self.tr("Hindi")
            self._first.set_whole_text(name)
            self._second.set_whole_text(self.tr("no article"))
            return
        facts = [article.source] if article.source else []
        facts += [date_text(article), self.tr("{} words").format(article.words)]
        if article.title_inferred:
            facts.append(self.tr("title taken from the text"))
        if article.address and (url := web_address(article.address)) is not None:
            facts.append(self.tr("from {}").format(shown_host(url)))
        first = facts.pop(0) if self._title_in_text else article.title
        self._first.set_whole_text(first[:1].upper() + first[1:])
        self._second.set_whole_text(" · ".join(facts))


def date_text(article: Article) -> str:
    """ "27 Sep 2024", or a statement that the date is unknown; never today's."""
    if article.date is None:
        return "date unknown"
    month = QLocale(QLocale.Language.English).monthName(article.date.month, QLocale.FormatType.ShortFormat)
    return f"{article.date.day} {month} {article.date.year}"
