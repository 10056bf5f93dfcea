"""The other texts of an article: what it said before it was updated, and nearly identical copies."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from desktop_app.domain import Article, Span
from desktop_app.records import Version, VersionReason
from desktop_app.ui.addresses import shown_host, web_address
from desktop_app.ui.article_model import byline
from desktop_app.ui.fonts import SEMIBOLD, text_font, ui_font
from desktop_app.ui.latest_call import LatestCall
from desktop_app.ui.record_dialog import RecordDialog
from desktop_app.ui.record_list import Record
from desktop_app.ui.text_parts import part_from
from desktop_app.ui.text_positions import TextPositions, displayable
from desktop_app.ui.themes import theme_of
from desktop_app.ui.word_difference import changed_words
from desktop_app.ui.words import count_of, day_words

_REASONS = {
    VersionReason.UPDATED: "replaced by a newer text",
    VersionReason.COPY: "nearly the same text from elsewhere",
}


class VersionsDialog(RecordDialog):
    """The versions on top; below, the current one beside the article as it is now, other words tinted."""

    def __init__(self, article: Article, versions: Sequence[Version], percent: int, parent: QWidget | None) -> None:
        super().__init__("Versions", "Versions of the article", percent, parent)
        self._article = article
        self._versions = {version.number: version for version in versions}
        self._compared = LatestCall(self)
        self._compared.answered.connect(self._on_compared)
        self.heading.setText(f"“{article.title}” has {count_of(len(versions), 'other version')}")
        sides = QHBoxLayout()
        sides.setSpacing(12)
        self._then_words = QLabel(self)
        self.then = self._side(self._then_words, "The version", sides)
        self._now_words = QLabel("In the library now", self)
        self.now = self._side(self._now_words, "In the library now", sides)
        self.body.insertLayout(1, sides, 3)
        self.view.setMaximumHeight(self.view.minimumHeight())
        self.resize(1000 * percent // 100, 680 * percent // 100)
        self._now_part = part_from(article.text, 0)
        self.now.setPlainText(displayable(article.text[self._now_part.start : self._now_part.end]))
        self.show_records([_record(version) for version in versions])
        self.view.setFocus()

    def refresh(self) -> None:
        version = self._current()
        if version is None or not hasattr(self, "now"):
            return
        self._then_words.setText(f"Kept {day_words(version.kept_at.astimezone().date())}")
        part = part_from(version.text, 0)
        before, after = version.text[part.start : part.end], self._article.text[: self._now_part.end]
        self.then.setPlainText(displayable(before))
        for field in (self.then, self.now):
            field.setExtraSelections([])
        self.say("Looking for what differs …")
        self._compared.ask(lambda: (version.number, changed_words(before, after)))

    def wait(self, milliseconds: int) -> None:
        """Wait until the texts are compared."""
        self._compared.wait(milliseconds)

    def done(self, result: int) -> None:
        self._compared.close()
        super().done(result)

    def _current(self) -> Version | None:
        record = self.view.current
        return None if record is None or not isinstance(record.key, int) else self._versions[record.key]

    def _on_compared(self, answer: tuple[int, tuple[list[Span], list[Span]]]) -> None:
        version = self._current()
        if version is None or version.number != answer[0]:
            return
        gone, come = answer[1]
        theme = theme_of(self.palette())
        _tint(self.then, version.text, gone, QColor(theme.unmatched))
        _tint(self.now, self._article.text, come, QColor(theme.selection))
        if not gone and not come:
            self.say("Both have the same words.")
        else:
            self.say(f"{count_of(len(gone), 'passage')} of the version changed, {len(come):,} came in their place.")

    def _side(self, title: QLabel, name: str, sides: QHBoxLayout) -> QPlainTextEdit:
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setFont(ui_font(self.percent, SEMIBOLD))
        title.setForegroundRole(QPalette.ColorRole.WindowText)
        field = QPlainTextEdit(self)
        field.setReadOnly(True)
        field.setTabChangesFocus(True)
        field.setAccessibleName(name)
        field.setFont(text_font(self._article.language, self.percent))
        column = QVBoxLayout()
        column.addWidget(title)
        column.addWidget(field, 1)
        sides.addLayout(column, 1)
        return field


def _tint(field: QPlainTextEdit, text: str, spans: Sequence[Span], colour: QColor) -> None:
    positions = TextPositions(text, part_from(text, 0))
    style = QTextCharFormat()
    style.setBackground(colour)
    selections = []
    for span in spans:
        selection = QTextEdit.ExtraSelection()
        selection.cursor = QTextCursor(field.document())
        selection.cursor.setPosition(positions.to_qt(span.start))
        selection.cursor.setPosition(positions.to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
        selection.format = style
        selections.append(selection)
    field.setExtraSelections(selections)


def _record(version: Version) -> Record:
    url = None if version.address is None else web_address(version.address)
    place = version.path if url is None else f"from {shown_host(url)}"
    return Record(version.number, version.title, f"{byline(version)} · {place}", _REASONS[version.reason])
