"""The menu of the right mouse button (or the menu key) in a text."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.domain import Language, Mention
from desktop_app.ui.actions import Act, Actions
from desktop_app.ui.addresses import shown_host, web_address
from desktop_app.ui.bilingual_view import BilingualView
from desktop_app.ui.reading import Reading


class PaneMenu(QObject):
    """Opens it for a mention, or for the text alone."""

    search_requested = Signal(str)
    built = Signal(QMenu, Language, object)
    """The menu is about to open for a language's text and a `Mention` or None: others may add to it."""

    def __init__(self, commands: Actions, view: BilingualView, reading: Reading, window: QWidget) -> None:
        super().__init__(window)
        self._commands = commands
        self._view = view
        self._reading = reading
        self._window = window

    def open(self, language: Language, mention: Mention | None, where: QPoint) -> None:
        """Open it at the global point *where*."""
        menu = self._build(language, mention)
        self.built.emit(menu, language, mention)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    def _build(self, language: Language, mention: Mention | None) -> QMenu:
        menu = QMenu(self._window)
        pane = self._view.pane(language)
        if mention is not None:
            words = mention.text.replace("&", "&&")
            menu.addAction(f"All mentions of “{words}”", lambda: self._reading.click(language, mention))
            menu.addAction(f"Search for “{words}”", lambda: self.search_requested.emit(mention.text))
            menu.addSeparator()
        address = pane.address_at(pane.selected_span().start)
        if address is not None:
            host = shown_host(url) if (url := web_address(address)) is not None else ""
            if host:
                menu.addAction(f"Open {host} in the browser…", lambda: pane.address_chosen.emit(address))
                menu.addAction("Copy the address", lambda: QGuiApplication.clipboard().setText(address))
            menu.addSeparator()
        for act in (Act.LINK_PASSAGES, Act.UNLINK_PASSAGES):
            if self._commands[act].isEnabled():
                menu.addAction(self._commands[act])
        menu.addSeparator()
        menu.addAction("Copy", pane.copy).setEnabled(pane.textCursor().hasSelection())
        menu.addAction("Select all", pane.selectAll)
        return menu
