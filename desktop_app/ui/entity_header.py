"""The head of an entity's page: names, type, forms, and the chart of its mentions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.domain import EntityPage, EntityType, FormCount, Language
from desktop_app.ui.fonts import SEMIBOLD, ui_font
from desktop_app.ui.mention_chart import MentionChart
from desktop_app.ui.words import count_of

MOST_FORMS = 10
_UNBROKEN = 24
_KINDS = {
    EntityType.PER: "Person",
    EntityType.ORG: "Organisation",
    EntityType.LOC: "Place",
    EntityType.EVENT: "Event",
    EntityType.DOC: "Document or agreement",
}


class EntityHeader(QWidget):
    """All in plain text; long names and many forms wrap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compact = False
        self._names = (self._label(), self._label())
        self._facts = self._label(quiet=True)
        self._forms = (self._label(), self._label())
        self.chart = MentionChart(self)
        words = QVBoxLayout()
        words.setSpacing(3)
        for label in (*self._names, self._facts):
            words.addWidget(label)
        words.addSpacing(8)
        for label in self._forms:
            words.addWidget(label)
        words.addStretch(1)
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(26, 4, 26, 10)
        grid.setHorizontalSpacing(32)
        grid.addLayout(words, 0, 0)
        grid.addWidget(self.chart, 0, 1)
        grid.setColumnStretch(0, 11)
        self.setMinimumWidth(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.set_percent(100)

    def set_percent(self, percent: int) -> None:
        for label, scale, weight in zip(self._names, (1.6, 1.5), (SEMIBOLD, SEMIBOLD), strict=True):
            label.setFont(ui_font(percent, weight, scale))
        for label in (self._facts, *self._forms):
            label.setFont(ui_font(percent))
        self.chart.set_percent(percent)

    def show_page(self, page: EntityPage) -> None:
        entity = page.entity
        names = [name for name in (entity.en, entity.hi) if name] or [entity.name(Language.ENGLISH)]
        for label, name in zip(self._names, (*names, ""), strict=False):
            label.setText(name)
            label.setVisible(bool(name))
        mentions, articles = count_of(entity.mentions, "mention"), count_of(entity.articles, "article")
        self._facts.setText(f"{_KINDS[entity.type]} · {mentions} in {articles}")
        for label, language in zip(self._forms, Language, strict=True):
            words = forms_words([form for form in page.forms if form.language is language])
            label.setText(words)
        self._show_parts()
        self.chart.show_months(page.months, entity.type)

    def set_compact(self, compact: bool) -> None:
        """Leave out the chart and the forms, where there is no room for them."""
        self._compact = compact
        self._show_parts()

    def _show_parts(self) -> None:
        self.chart.setVisible(not self._compact)
        self._grid.setColumnStretch(1, 0 if self._compact else 10)
        for label in self._forms:
            label.setVisible(not self._compact and bool(label.text()))

    def words(self) -> list[str]:
        """All lines that are shown, as a reader sees them."""
        labels = (*self._names, self._facts, *self._forms)
        return [label.text() for label in labels if label.isVisibleTo(self)]

    def _label(self, *, quiet: bool = False) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if quiet:
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        return label


def forms_words(forms: Sequence[FormCount]) -> str:
    """ "Lavrov 14 · Sergey Lavrov 3 · 4 more forms"; short forms and all counts stay on one line."""
    shown = [f"{_unbroken(form.form)}\u00a0{form.count:,}" for form in forms[:MOST_FORMS]]
    if len(forms) > MOST_FORMS:
        shown.append(_unbroken(count_of(len(forms) - MOST_FORMS, "more form")))
    return " · ".join(shown)


def _unbroken(form: str) -> str:
    return form.replace(" ", "\u00a0") if len(form) <= _UNBROKEN else form
