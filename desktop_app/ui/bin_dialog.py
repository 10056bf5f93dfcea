"""The bin: articles that were removed, until their days are over."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.records import BIN_DAYS, BinnedArticle
from desktop_app.ui.article_model import byline
from desktop_app.ui.record_dialog import RecordDialog
from desktop_app.ui.record_list import Record
from desktop_app.ui.words import count_of, day_words

_EMPTY = f"The bin is empty. What is removed lies here for {BIN_DAYS} days."


class BinDialog(RecordDialog):
    """Restores what is current; deleting is asked twice, for nothing brings that back."""

    restore_requested = Signal(list)
    deletion_requested = Signal(list)
    """The articles to delete for good."""

    def __init__(
        self,
        rows: Callable[[], Sequence[BinnedArticle]],
        percent: int,
        parent: QWidget | None,
        *,
        writable: bool,
    ) -> None:
        super().__init__("Bin", "Removed articles", percent, parent)
        self._rows = rows
        self._writable = writable
        self._sure = False
        self.restore = self.add_button("&Restore", self._on_restore)
        self.empty = self.add_button("&Empty the bin", self._on_empty)
        self.view.row_chosen.connect(self._on_restore)
        self.renew()

    def renew(self) -> None:
        """Show what now lies in the bin."""
        self._sure = False
        self.empty.setText("&Empty the bin")
        rows = self._rows()
        self.heading.setText(f"{count_of(len(rows), 'removed article')}, last removed first" if rows else _EMPTY)
        self.show_records([_record(row) for row in rows])

    def refresh(self) -> None:
        self.set_enabled("restore", enabled=self._writable and self.view.current is not None)
        self.set_enabled("empty", enabled=self._writable and bool(self.view.records))

    def _on_restore(self) -> None:
        record = self.view.current
        if record is not None and self._writable:
            self.say(f"Bringing back “{record.title}” …")
            self.restore_requested.emit([record.key])

    def _on_empty(self) -> None:
        articles = [record.key for record in self.view.records]
        if not self._sure:
            self._sure = True
            self.empty.setText(f"Delete {count_of(len(articles), 'article')} for good")
            self.say("Nothing brings back what is deleted from the bin. The files it was imported from stay.")
        else:
            self.say("Emptying the bin …")
            self.deletion_requested.emit(articles)


def _record(row: BinnedArticle) -> Record:
    days = "today is its last day" if row.days_left == 0 else f"{count_of(row.days_left, 'day')} left"
    removed = f"removed {day_words(row.binned_at.astimezone().date())}"
    return Record(row.article, row.title, f"{byline(row)} · {removed}", days, row.language)
