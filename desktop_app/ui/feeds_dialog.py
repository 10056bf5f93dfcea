"""The subscriptions: when each was fetched, what went wrong, how often it is fetched by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from desktop_app.records import Feed
from desktop_app.ui.addresses import shown_host, web_address
from desktop_app.ui.fonts import ui_font
from desktop_app.ui.record_dialog import RecordDialog
from desktop_app.ui.record_list import Record
from desktop_app.ui.words import count_of, moment_words

INTERVALS = {0: "only when asked", 30: "every half hour", 60: "every hour", 1440: "every day"}
_NONE = "No feed is subscribed yet. Name the address of an RSS or Atom feed below, or import a list of feeds (OPML)."


class FeedsDialog(RecordDialog):
    """The list, a field for a new one, and what can be done with the current one."""

    subscription_requested = Signal(str)
    removal_requested = Signal(int)
    interval_chosen = Signal(int, int)
    """A feed, and its interval in minutes."""
    fetch_requested = Signal(list)
    """Feeds to fetch now; none means all."""
    import_requested = Signal()
    export_requested = Signal()

    def __init__(self, percent: int, parent: QWidget | None, *, writable: bool) -> None:
        super().__init__("Feeds", "Feeds", percent, parent)
        self._writable = writable
        self._offline = False
        self._feeds: dict[int, Feed] = {}
        self._build_line(percent)
        self.fetch = self.add_button("&Fetch", lambda: self._with_current(lambda id_: self.fetch_requested.emit([id_])))
        self.fetch_all = self.add_button("Fetch &all", lambda: self.fetch_requested.emit([]))
        self.unsubscribe = self.add_button("&Remove", lambda: self._with_current(self.removal_requested.emit))
        self.take_over = self.add_button("&Import list…", self.import_requested.emit)
        self.export = self.add_button("&Export list…", self.export_requested.emit)
        self.resize(880 * percent // 100, 520 * percent // 100)

    def _build_line(self, percent: int) -> None:
        self.address = QLineEdit(self)
        self.address.setPlaceholderText("https://… (the address of a feed)")
        self.address.setAccessibleName("Address of a new feed")
        self.address.setMaxLength(2000)
        self.address.setAcceptDrops(False)
        self.subscribe = QPushButton("&Subscribe", self)
        self.interval = QComboBox(self)
        self.interval.setAccessibleName("How often the feed is fetched")
        for minutes, words in INTERVALS.items():
            self.interval.addItem(words, minutes)
        words_before = QLabel("&Current feed:", self)
        words_before.setTextFormat(Qt.TextFormat.PlainText)
        words_before.setBuddy(self.interval)
        line = QHBoxLayout()
        line.addWidget(self.address, 1)
        line.addWidget(self.subscribe)
        line.addSpacing(16)
        line.addWidget(words_before)
        line.addWidget(self.interval)
        self.body.insertLayout(1, line)
        for part in (self.address, self.subscribe, self.interval, words_before):
            part.setFont(ui_font(percent))
        self.subscribe.setAutoDefault(False)
        self.subscribe.clicked.connect(self._on_subscribe)
        self.address.returnPressed.connect(self._on_subscribe)
        self.address.textChanged.connect(self.refresh)
        self.interval.activated.connect(self._on_interval)

    def show_feeds(self, feeds: Sequence[Feed], *, offline: bool) -> None:
        """Show the subscriptions as they now are."""
        self._feeds = {feed.id: feed for feed in feeds}
        self._offline = offline
        self.heading.setText(f"{count_of(len(feeds), 'feed')}" if feeds else _NONE)
        self.show_records([_record(feed) for feed in feeds])

    def refresh(self) -> None:
        current = self._current()
        here = self._writable and current is not None
        for button, enabled in (
            ("fetch", here and not self._offline),
            ("fetch_all", self._writable and bool(self._feeds) and not self._offline),
            ("unsubscribe", here),
            ("take_over", self._writable),
            ("export", bool(self._feeds)),
            ("subscribe", self._writable and self._new_address() is not None),
        ):
            self.set_enabled(button, enabled=enabled)
        self.interval.setEnabled(here)
        minutes = 0 if current is None else current.every_minutes
        self.interval.setCurrentIndex(max(0, self.interval.findData(_nearest(minutes))))
        if current is not None:
            offline = "Setu works offline: nothing is fetched." if self._offline else ""
            self.say("\n".join(part for part in (current.address, current.problem, offline) if part))
        else:
            self.say("")

    def _current(self) -> Feed | None:
        record = self.view.current
        return self._feeds.get(record.key) if record is not None and isinstance(record.key, int) else None

    def _new_address(self) -> str | None:
        text = self.address.text().strip()
        if text and "://" not in text and "." in text:
            text = f"https://{text}"
        return text if web_address(text) is not None else None

    def _with_current(self, then: Callable[[int], object]) -> None:
        current = self._current()
        if current is not None:
            then(current.id)

    def _on_subscribe(self) -> None:
        address = self._new_address()
        if address is not None and self._writable:
            self.address.clear()
            self.subscription_requested.emit(address)

    def _on_interval(self, row: int) -> None:
        current = self._current()
        if current is not None:
            self.interval_chosen.emit(current.id, int(self.interval.itemData(row)))


def _nearest(minutes: int) -> int:
    """The interval of the list that comes nearest to one that was set elsewhere."""
    return 0 if not minutes else min((each for each in INTERVALS if each), key=lambda each: abs(each - minutes))


def _record(feed: Feed) -> Record:
    url = web_address(feed.address)
    host = feed.address if url is None else shown_host(url)
    every = f"every {feed.every_minutes} minutes"
    often = INTERVALS.get(feed.every_minutes, every)
    if feed.problem:
        below = feed.problem
    elif feed.checked_at is None:
        below = f"{host} · not fetched yet · {often}"
    else:
        below = f"{host} · last fetched {moment_words(feed.checked_at)} · {_next(feed) or often}"
    return Record(feed.id, feed.title or host, below, count_of(feed.articles, "article"), trouble=bool(feed.problem))


def _next(feed: Feed) -> str:
    if not feed.every_minutes or feed.checked_at is None:
        return ""
    return f"next {moment_words(feed.checked_at + dt.timedelta(minutes=feed.every_minutes))}"
