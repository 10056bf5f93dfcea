"""What brings news in by itself: feeds, watched folders, and the switch that forbids every request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QFileSystemWatcher, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.domain import FileReport, ImportStatus
from desktop_app.errors import ReaderError
from desktop_app.feeds import Feeds
from desktop_app.settings import is_offline
from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.desk import Desk
from desktop_app.ui.feeds_dialog import FeedsDialog
from desktop_app.ui.folders_dialog import FoldersDialog
from desktop_app.ui.imports import Imports
from desktop_app.ui.latest_call import LatestCall
from desktop_app.ui.status import StatusStrip
from desktop_app.ui.view_options import ViewOptions
from desktop_app.ui.words import count_of
from desktop_app.ui.worker_bridge import WorkerBridge
from desktop_app.watching import Watching

LOOK_MS = 60_000
"""So often it is asked which feeds are due, and what lies in the watched folders."""
_SETTLE_MS = 3000
"""A folder that changes is looked into when it has been quiet for so long."""
_MOST_FOLDERS = 200
_LARGEST_LIST_BYTES = 5 << 20
_FILES = "Lists of feeds (*.opml *.xml);;All files (*)"


class Gathered(Protocol):
    """What the window asks of the library about news that comes by itself."""

    @property
    def feeds(self) -> Feeds: ...
    @property
    def watching(self) -> Watching: ...


class FeedDesk(Desk):
    """Nothing is asked of any server but what a reader subscribed to, and by itself only at intervals they chose."""

    def __init__(
        self,
        commands: Actions,
        library: Gathered,
        bridge: WorkerBridge | None,
        imports: Imports | None,
        status: StatusStrip,
        options: ViewOptions,
        window: QWidget,
    ) -> None:
        super().__init__(commands, bridge, status, options, window)
        self._library = library
        self._asked = False
        self._feeds_sheet: FeedsDialog | None = None
        self._folders_sheet: FoldersDialog | None = None
        self._reading = LatestCall(self)
        self._reading.answered.connect(self._on_list_read)
        self._reading.failed.connect(lambda error: self._say(str(error)))
        self._files = QFileSystemWatcher(self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.scan)
        self._files.directoryChanged.connect(lambda _: self._settle.start())
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        commands[Act.OFFLINE].setChecked(is_offline(options.settings))
        commands[Act.OFFLINE].toggled.connect(self._on_offline_toggled)
        self._answer(
            (Act.FEEDS, lambda: self.feeds_dialog().open()),
            (Act.FETCH_FEEDS, lambda: self.fetch([])),
            (Act.WATCHED_FOLDERS, lambda: self.folders_dialog().open()),
        )
        status.show_offline(self.offline)
        if bridge is not None and imports is not None:
            bridge.work_offline(self.offline)
            imports.gathered.connect(self._on_gathered)
            bridge.task_failed.connect(self._on_task_failed)
            self._timer.start()
            self._watch_folders()
        self._refresh()

    @property
    def offline(self) -> bool:
        return self._commands[Act.OFFLINE].isChecked()

    @property
    def _sheet(self) -> FeedsDialog | FoldersDialog | None:
        return self._feeds_sheet or self._folders_sheet

    def feeds_dialog(self) -> FeedsDialog:
        """The sheet with the subscriptions."""
        sheet = FeedsDialog(self._options.furniture_percent, self._window, writable=self._bridge is not None)
        sheet.subscription_requested.connect(self.subscribe)
        sheet.removal_requested.connect(lambda id_: self._change(lambda: self._library.feeds.unsubscribe(id_)))
        sheet.interval_chosen.connect(
            lambda id_, minutes: self._change(lambda: self._library.feeds.set_interval(id_, minutes))
        )
        sheet.fetch_requested.connect(self.fetch)
        sheet.import_requested.connect(self._on_import_list)
        sheet.export_requested.connect(self._on_export_list)
        sheet.destroyed.connect(self._on_feeds_closed)
        self._feeds_sheet = sheet
        self._refresh()
        return sheet

    def folders_dialog(self) -> FoldersDialog:
        """The sheet with the watched folders."""
        sheet = FoldersDialog(self._options.furniture_percent, self._window, writable=self._bridge is not None)
        sheet.folder_added.connect(self.watch)
        sheet.folder_removed.connect(lambda path: self._change(lambda: self._library.watching.remove(path)))
        sheet.scan_requested.connect(self._on_scan_requested)
        sheet.destroyed.connect(self._on_folders_closed)
        self._folders_sheet = sheet
        self._refresh()
        return sheet

    def subscribe(self, address: str) -> None:
        """Subscribe to a feed and fetch it for the first time, if that may be."""
        added: list[int] = []
        self._change(lambda: added.append(self._library.feeds.subscribe(address)))
        if added and not self.offline:
            self.fetch(added)

    def fetch(self, feeds: Sequence[int]) -> None:
        """Bring in what is new in *feeds*, or in all."""
        if self._bridge is None:
            return
        if self.offline:
            self._say("Setu works offline: nothing is fetched.")
        elif not self._library.feeds.all():
            self._say("No feed is subscribed: see Feeds in the File menu.")
        else:
            self._asked = True
            self._say("Fetching feeds …", lasting=True)
            self._bridge.fetch_feeds(feeds)

    def watch(self, path: str) -> None:
        """Watch a folder from now on, and look into it."""
        self._change(lambda: self._library.watching.add(path))
        self.scan()

    def scan(self) -> None:
        """Import what is new in the watched folders."""
        if self._bridge is not None and self._library.watching.folders():
            self._bridge.scan_watched()

    def look(self) -> None:
        """Once a minute: fetch what is due, and look into the folders."""
        if self._bridge is None or self._bridge.busy:
            return
        due = [] if self.offline else self._library.feeds.due()
        if due:
            self._bridge.fetch_feeds(due)
        self.scan()

    def take_over(self, path: Path) -> None:
        """Subscribe to all feeds of a list."""
        self._reading.ask(lambda: _read_list(path))

    def export_to(self, path: Path) -> None:
        """Write the list of feeds."""
        try:
            path.write_text(self._library.feeds.opml(), encoding="utf-8", newline="\n")
        except OSError as error:
            self._say(f"{path} could not be written: {error.strerror or error}. Choose another place.")
        else:
            self._say(f"{count_of(len(self._library.feeds.all()), 'feed')} written to {path}.")

    def close(self) -> None:
        """Nothing more comes by itself."""
        self._timer.stop()
        self._settle.stop()
        self._reading.close()

    def wait(self, milliseconds: int) -> None:
        """Wait until a list of feeds is read."""
        self._reading.wait(milliseconds)

    def _change(self, change: Callable[[], object]) -> None:
        """Change the subscriptions or the folders; what goes wrong is said where the reader is looking."""
        try:
            change()
        except ReaderError as error:
            self._refresh()
            self._say(str(error))
        else:
            self._refresh()
            self._watch_folders()

    def _say(self, sentence: str, *, lasting: bool = False) -> None:
        if self._sheet is not None:
            self._sheet.say(sentence)
        else:
            self._status.say(sentence, lasting=lasting)

    def _refresh(self) -> None:
        feeds = self._library.feeds.all()
        self._commands[Act.FETCH_FEEDS].setEnabled(self._bridge is not None and bool(feeds) and not self.offline)
        if self._feeds_sheet is not None:
            self._feeds_sheet.show_feeds(feeds, offline=self.offline)
        if self._folders_sheet is not None:
            self._folders_sheet.show_folders(self._library.watching.folders())

    def _watch_folders(self) -> None:
        """Hear of changes at once where the system tells of them; the timer sees the rest."""
        wanted: list[str] = []
        for folder in self._library.watching.folders():
            place = Path(folder.path)
            try:
                wanted += [folder.path, *(str(part) for part in sorted(place.iterdir()) if part.is_dir())]
            except OSError:
                continue
        known = self._files.directories()
        if gone := [path for path in known if path not in wanted]:
            self._files.removePaths(gone)
        if new := [path for path in wanted[:_MOST_FOLDERS] if path not in known]:
            self._files.addPaths(new)

    def _on_gathered(self, task: str, reports: list[FileReport], summary: str) -> None:
        self._refresh()
        asked, self._asked = self._asked, False
        if any(report.status is not ImportStatus.SKIPPED for report in reports):
            # The status bar has it from the import itself.
            if self._sheet is not None:
                self._sheet.say(summary)
        elif asked:
            self._say("There is nothing new." if task == "feeds" else "There is nothing new in the watched folders.")

    def _on_task_failed(self, task: str, sentence: str) -> None:
        if task in ("feeds", "watched"):
            self._refresh()
            self._say(sentence)

    def _on_scan_requested(self) -> None:
        self._asked = True
        self.scan()

    def _on_offline_toggled(self, offline: bool) -> None:
        self._options.change(replace(self._options.settings, offline=offline))
        if self._bridge is not None:
            self._bridge.work_offline(offline)
        self._status.show_offline(offline)
        self._refresh()

    def _on_feeds_closed(self) -> None:
        self._feeds_sheet = None

    def _on_folders_closed(self) -> None:
        self._folders_sheet = None

    def _on_import_list(self) -> None:
        dialog = QFileDialog(self._window, "Import a list of feeds", "", _FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take_over(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_export_list(self) -> None:
        dialog = QFileDialog(self._window, "Export the list of feeds", "", _FILES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("opml")
        dialog.selectFile("feeds.opml")
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_list_read(self, found: list[tuple[str, str]]) -> None:
        known = len(self._library.feeds.all())
        refused = 0
        for title, address in found:
            try:
                self._library.feeds.subscribe(address, title)
            except ReaderError:
                refused += 1
        self._refresh()
        new = len(self._library.feeds.all()) - known
        words = f"{count_of(new, 'feed')} taken over" if new else "No feed of this list is new here"
        self._say(f"{words}; {count_of(refused, 'address')} cannot be fetched." if refused else f"{words}.")


def _read_list(path: Path) -> list[tuple[str, str]]:
    """Titles and addresses of the feeds that the OPML file at *path* lists; read in quarantine, as every file is."""
    from desktop_app.errors import UnreadableFile
    from desktop_app.quarantine.process import read_documents

    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_LIST_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(str(path), error.strerror or str(error), "Check that you may read it.") from error
    if len(data) > _LARGEST_LIST_BYTES:
        raise UnreadableFile(str(path), f"it is larger than {_LARGEST_LIST_BYTES >> 20} MB")
    links = [document.feed for document in read_documents(data, str(path)) if document.feed is not None]
    if not links:
        raise UnreadableFile(str(path), "it is no list of feeds (OPML)")
    return [(link.title, link.address) for link in links]
