"""The menu of the right mouse button (or the menu key) on a report in the list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.domain import ArticleRow
from desktop_app.ui.reading import Reading
from desktop_app.ui.removal import Removal


class Rows(Protocol):
    """What the window asks of the library."""

    def rows(self, ids: Sequence[int]) -> list[ArticleRow]: ...


class ArticleMenu(QObject):
    """Opens it for one report, which need not be the open one."""

    def __init__(self, library: Rows, reading: Reading, removal: Removal, window: QWidget) -> None:
        super().__init__(window)
        self._library = library
        self._reading = reading
        self._removal = removal
        self._window = window

    def open(self, article: int, where: QPoint) -> None:
        """Open it at the global point *where*."""
        menu = self.build(article)
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(where)

    def build(self, article: int) -> QMenu | None:
        """The menu of *article*; None if it has left the library meanwhile."""
        row = next(iter(self._library.rows([article])), None)
        if row is None:
            return None
        menu = QMenu(self._window)
        menu.addAction("Open", lambda: self._reading.open(article)).setEnabled(article != self._reading.article)
        beside = menu.addAction("Show beside the open report", lambda: self._reading.show_beside(row.language, article))
        other_side = self._reading.pair.side(row.language.other)
        beside.setEnabled(other_side is not None and article not in self._reading.shown)
        menu.addSeparator()
        menu.addAction("Copy the title", lambda: QGuiApplication.clipboard().setText(row.title))
        menu.addAction("Copy the file's path", lambda: QGuiApplication.clipboard().setText(row.path))
        folder = Path(row.path).parent
        show = menu.addAction(
            "Show the file's folder", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        )
        show.setEnabled(Path(row.path).is_absolute() and folder.is_dir())
        menu.addSeparator()
        remove = menu.addAction("Remove from the library", lambda: self._removal.remove(article))
        remove.setEnabled(self._removal.possible)
        return menu
