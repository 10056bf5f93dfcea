"""Feeds and watched folders as a reader keeps them; nothing is asked of anybody while the window is offline."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.domain import FileReport, ImportStatus
from desktop_app.library import Library
from desktop_app.settings import Settings
from desktop_app.ui.actions import Act
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.worker_bridge import WorkerBridge
from desktop_app.worker import TaskFailed, TaskFinished
from tests.ui.window.work import QueuedWork
from tests.web_server import serving

FEED = "https://example.org/rss.xml"
OPML = """<?xml version="1.0"?><opml version="2.0"><body>
<outline text="One" xmlUrl="https://one.example/feed"/><outline text="दो" xmlUrl="https://two.example/feed"/>
</body></opml>"""


@pytest.fixture
def writing(qtbot: QtBot, library_folder: Path, work: QueuedWork) -> Iterator[MainWindow]:
    with Library(library_folder, writing=True) as library:
        shown = MainWindow(library, WorkerBridge(work), Settings(samples_offered=True))
        qtbot.addWidget(shown)
        with qtbot.waitExposed(shown):
            shown.show()
        yield shown
        shown.close()


def test_a_feed_is_subscribed_fetched_and_removed(writing: MainWindow, work: QueuedWork) -> None:
    sheet = writing.feed_desk.feeds_dialog()
    sheet.open()
    assert "No feed is subscribed" in sheet.heading.text()
    sheet.address.setText("no address")
    assert not sheet.subscribe.isEnabled()
    sheet.address.setText(FEED)
    sheet.subscribe.click()
    assert [record.title for record in sheet.view.records] == ["example.org"]
    assert work.feeds == [[sheet.view.records[0].key]], "it is fetched at once, because the reader asked for it"
    assert "not fetched yet" in sheet.view.records[0].below
    sheet.interval.setCurrentIndex(sheet.interval.findData(60))
    sheet.interval.activated.emit(sheet.interval.currentIndex())
    assert "every hour" in sheet.view.records[0].below
    sheet.fetch_all.click()
    assert work.feeds[-1] == []
    sheet.unsubscribe.click()
    assert not sheet.view.records
    sheet.close()


def test_a_wrong_address_is_answered_with_a_sentence(writing: MainWindow, work: QueuedWork) -> None:
    writing.feed_desk.subscribe("ftp://example.org/x")
    assert "cannot be fetched" in writing.status.message
    assert work.feeds == []


def test_a_failure_is_said_and_listed(writing: MainWindow, work: QueuedWork, qtbot: QtBot) -> None:
    writing.feed_desk.subscribe(FEED)
    sheet = writing.feed_desk.feeds_dialog()
    sheet.open()
    work.events = [TaskFailed("feeds", 1, "example.org could not be fetched.")]
    qtbot.waitUntil(lambda: sheet.note == "example.org could not be fetched.")
    sheet.close()


def test_what_feeds_bring_is_understood_and_reported(writing: MainWindow, work: QueuedWork, qtbot: QtBot) -> None:
    writing.feed_desk.subscribe(FEED)
    writing.reading.open(5)
    before = len(work.understood)
    work.events = [FileReport("https://example.org/1", ImportStatus.IMPORTED, 3), TaskFinished("feeds", 1)]
    qtbot.waitUntil(lambda: writing.status.message == "1 article imported.")
    assert len(work.understood) == before + 1
    assert writing.reading.article == 5, "what comes by itself takes nobody's place"


def test_offline_nothing_is_fetched_and_the_status_bar_says_so(writing: MainWindow, work: QueuedWork) -> None:
    writing.feed_desk.subscribe(FEED)
    work.feeds.clear()
    writing.commands[Act.OFFLINE].setChecked(True)
    assert work.offline
    assert writing.options.settings.offline
    assert writing.status.is_offline
    assert not writing.commands[Act.FETCH_FEEDS].isEnabled()
    writing.feed_desk.fetch([])
    writing.feed_desk.look()
    assert work.feeds == []
    writing.commands[Act.OFFLINE].setChecked(False)
    assert not writing.status.is_offline
    assert writing.commands[Act.FETCH_FEEDS].isEnabled()


def test_only_feeds_with_an_interval_are_fetched_by_themselves(writing: MainWindow, work: QueuedWork) -> None:
    writing.commands[Act.OFFLINE].setChecked(True)
    writing.feed_desk.subscribe(FEED)
    writing.feed_desk.subscribe("https://two.example/feed")
    writing.commands[Act.OFFLINE].setChecked(False)
    writing.feed_desk.look()
    assert work.feeds == []
    feeds = writing.feed_desk._library.feeds
    feeds.set_interval(feeds.all()[0].id, 30)
    writing.feed_desk.look()
    assert work.feeds == [[feeds.all()[0].id]]


def test_a_list_of_feeds_comes_in_and_goes_out(writing: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "in.opml").write_text(OPML, encoding="utf-8")
    sheet = writing.feed_desk.feeds_dialog()
    sheet.open()
    writing.feed_desk.take_over(tmp_path / "in.opml")
    writing.feed_desk.wait(30_000)
    assert {record.title for record in sheet.view.records} == {"One", "दो"}
    assert sheet.note == "2 feeds taken over."
    writing.feed_desk.export_to(tmp_path / "out.opml")
    assert "https://two.example/feed" in (tmp_path / "out.opml").read_text(encoding="utf-8")
    writing.feed_desk.export_to(tmp_path / "nowhere" / "out.opml")
    assert "could not be written" in sheet.note
    writing.feed_desk.take_over(tmp_path / "none.opml")
    writing.feed_desk.wait(5000)
    assert "none.opml" in sheet.note
    (tmp_path / "report.opml").write_text("A report\n\nThis is a report, and no list of feeds.", encoding="utf-8")
    writing.feed_desk.take_over(tmp_path / "report.opml")
    writing.feed_desk.wait(30_000)
    assert "report.opml" in sheet.note
    sheet.close()


def test_a_folder_is_watched_until_it_is_removed(
    writing: MainWindow, work: QueuedWork, qtbot: QtBot, tmp_path: Path
) -> None:
    news = tmp_path / "समाचार"
    news.mkdir()
    sheet = writing.feed_desk.folders_dialog()
    sheet.open()
    writing.feed_desk.watch(str(news))
    assert [record.title for record in sheet.view.records] == ["समाचार"]
    assert work.scans == 1
    work.events = [TaskFinished("watched", 1)]
    qtbot.waitUntil(lambda: not work.busy)
    (news / "a.txt").write_text("A report.")
    qtbot.waitUntil(lambda: work.scans == 2, timeout=20_000)
    writing.feed_desk.watch(str(tmp_path / "none"))
    assert "does not exist" in sheet.note
    sheet.remove.click()
    assert not sheet.view.records
    sheet.close()


def test_a_window_that_only_reads_shows_feeds_and_changes_nothing(window: MainWindow) -> None:
    sheet = window.feed_desk.feeds_dialog()
    sheet.address.setText(FEED)
    assert not sheet.subscribe.isEnabled()
    assert not sheet.fetch_all.isEnabled()
    assert not window.commands[Act.FETCH_FEEDS].isEnabled()
    sheet.close()


def test_a_real_feed_comes_in_by_the_real_worker(qtbot: QtBot, library_folder: Path) -> None:
    """From the field for its address to the article, and no request before the button is pressed."""
    with serving() as server, Library(library_folder, writing=True) as library:
        body = "".join(
            f"<p>The minister said on day {day} that the bridge would be opened soon.</p>" for day in range(9)
        )
        server.page(
            "/feed",
            '<?xml version="1.0"?><rss version="2.0"><channel><title>The Daily</title><item><title>A bridge</title>'
            f"<guid>1</guid><link>{server.url('/1')}</link><description><![CDATA[{body}]]></description></item>"
            "</channel></rss>",
            Content_Type="application/rss+xml",
        )
        window = MainWindow(library, WorkerBridge(library.worker), Settings(samples_offered=True))
        qtbot.addWidget(window)
        window.show()
        sheet = window.feed_desk.feeds_dialog()
        sheet.open()
        sheet.address.setText(server.url("/feed"))
        assert server.asked == []
        sheet.subscribe.click()
        qtbot.waitUntil(lambda: sheet.note == "1 article imported.", timeout=60_000)
        assert sheet.view.records[0].title == "The Daily"
        assert sheet.view.records[0].end == "1 article"
        assert "last fetched" in sheet.view.records[0].below
        assert window.status.message == "1 article imported."
        sheet.close()
        window.import_desk.fetch([server.url("/none")])
        qtbot.waitUntil(lambda: window.status.message == "1 page refused.", timeout=60_000)
        window.close()
