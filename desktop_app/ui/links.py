"""Opening an address in the browser: only http and https, and only after its real host was shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QUrl
from PySide6.QtGui import QDesktopServices

from desktop_app.ui.addresses import shown_host, web_address, without_user
from desktop_app.ui.status import StatusStrip

LOOK_MS = 800
"""A second press that comes sooner is the other half of a double click."""
_NO_ADDRESS = "This is no http or https address: it was not opened."


class Links(QObject):
    """Asks in the status bar; nothing is fetched before the answer, and then by the browser alone."""

    def __init__(self, status: StatusStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._status = status
        self._asked = ""
        self._since = QElapsedTimer()
        self.browse: Callable[[QUrl], object] = QDesktopServices.openUrl

    def ask(self, address: str) -> None:
        """Show where *address* leads; the button opens it, and so does asking again after a look at that."""
        if address == self._asked and self._status.is_asking and self._since.elapsed() > LOOK_MS:
            self._status.answer()
            return
        self._asked = address
        self._since.start()
        url = web_address(address)
        if url is None:
            self._status.say(_NO_ADDRESS)
            return
        plain = without_user(url)
        sentence = f"This opens {shown_host(url)} in your browser."
        if url.userInfo():
            sentence += " What stands before the @ is not where it leads."
        self._status.ask(sentence, "Open", lambda: self.browse(plain))
