"""The real window, rendered into a picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QSize, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QDialog

from desktop_app.domain import HitOrder, SearchOptions
from desktop_app.errors import ReaderError
from desktop_app.library import Library
from desktop_app.settings import Settings
from desktop_app.ui.actions import Act
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.sheet_gallery import open_sheet

_SEARCH_LIMIT_MS = 20_000
_COMPARISON_LIMIT_MS = 20_000
_AS_USUAL = SearchOptions()
_EDGE = 40


class PictureNotWritten(ReaderError):
    """The file could not be written, or its name ends in no known picture format."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The picture {path} could not be written. Is the folder there, and does the name end in .png?"
        )


def render(
    library: Library,
    out: Path,
    *,
    article: int | None = None,
    query: str | None = None,
    options: SearchOptions = _AS_USUAL,
    find: str | None = None,
    entity: int | None = None,
    page: int | None = None,
    sheet: str | None = None,
    size: tuple[int, int] = (1280, 800),
    text_size_percent: int = 100,
) -> None:
    """Show *article* (or the first), select *entity*, search for *query*, and write what the window then looks like.

    *find* is looked for in the open texts. With *page* the page of that entity stands in place of the texts. *sheet*
    is one of `sheet_gallery.SHEETS`, which then lies over the window.

    `NothingFound` if the library has no such article or entity.
    """
    if article is not None:
        library.article(article)
    for named in (entity, page):
        if named is not None:
            library.entity(named)
    window = MainWindow(library, None, Settings(text_size_percent=text_size_percent))
    # A picture shows the window as its reader has it, who may change the library.
    window.status.say("")
    window.status.show_read_only("")
    window.refresh_list()
    window.resize(*size)
    window.show()
    if article is None:
        window.open_last_or_first()
    else:
        window.reading.open(article)
    QCoreApplication.processEvents()
    window.correspondence.wait(_COMPARISON_LIMIT_MS)
    if query:
        _search(window, query, options)
    if entity is not None:
        window.reading.choose(entity)
    if page is not None:
        window.desk.open_page(page)
        window.desk.pages.wait(_COMPARISON_LIMIT_MS)
    if find is not None:
        window.finding.open()
        window.find_bar.field.setText(find)
        window.finding.wait(_SEARCH_LIMIT_MS)
    QCoreApplication.processEvents()
    window.reading.wait(_COMPARISON_LIMIT_MS)
    window.article_desk.wait(_COMPARISON_LIMIT_MS)
    picture = window.grab()
    if sheet is not None:
        _lay_over(picture, open_sheet(sheet, window, library))
    written = picture.save(str(out))
    window.close()
    if not written:
        raise PictureNotWritten(out)


def _lay_over(picture: QPixmap, dialog: QDialog) -> None:
    """Draw *dialog* in the middle of the darkened *picture*; where it is too large, what of it there is room for."""
    room = picture.size() - QSize(_EDGE, _EDGE)
    dialog.resize(dialog.size().boundedTo(room))
    dialog.show()
    QCoreApplication.processEvents()
    shown = dialog.grab()
    painter = QPainter(picture)
    painter.fillRect(picture.rect(), QColor(0, 0, 0, 90))
    left, top = (picture.width() - shown.width()) // 2, (picture.height() - shown.height()) // 2
    painter.drawPixmap(left, top, shown)
    painter.end()
    dialog.close()


def _search(window: MainWindow, query: str, options: SearchOptions) -> None:
    """Search and wait for the answer."""
    window.commands[Act.SEARCH_EXACT].setChecked(options.exact)
    window.commands[Act.HITS_BY_STORY].setChecked(options.by_story)
    window.commands[Act.HITS_NEWEST].setChecked(options.order is HitOrder.DATE)
    waiting = QEventLoop()
    window.search.began.connect(waiting.quit)
    QTimer.singleShot(_SEARCH_LIMIT_MS, waiting.quit)
    window.tool_bar.search.setFocus()
    window.tool_bar.search.setText(query)
    window.search.enter()
    waiting.exec()
