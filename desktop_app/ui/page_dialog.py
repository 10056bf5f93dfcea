"""Asks for the address of a web page, and says which host will be asked for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QWidget

from desktop_app.ui.addresses import addresses_in, shown_host, web_address
from desktop_app.ui.dialogs import PlainDialog
from desktop_app.ui.fonts import ui_font

_HINT = "Nothing is asked for before you press the button."
_NO_ADDRESS = "This is no address of a web page. It begins with http:// or https://."


class PageDialog(PlainDialog):
    """One or several addresses, parted by spaces; the button is off while they are none."""

    addresses_given = Signal(list)

    def __init__(
        self, title: str, heading: str, button: str, address: str, percent: int, parent: QWidget | None
    ) -> None:
        super().__init__(title, heading, parent)
        self.field = QLineEdit(address, self)
        self.field.setAccessibleName("Address")
        self.field.setPlaceholderText("https://")
        self.field.setMaxLength(20_000)
        self.field.setAcceptDrops(False)
        self._note = QLabel(self)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.body.addWidget(self.field)
        self.body.addWidget(self._note)
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(button)
        for part in (self.heading, self._note, self.buttons):
            part.setFont(ui_font(percent))
        self.field.setFont(ui_font(percent, scale=1.08))
        self.setMinimumWidth(560 * percent // 100)
        self.buttons.accepted.connect(self._on_accepted)
        self.field.textChanged.connect(self._refresh)
        self._refresh()
        self.field.setFocus()
        self.field.selectAll()

    @property
    def note(self) -> str:
        return self._note.text()

    def _addresses(self) -> list[str]:
        """As given; a bare host is taken for https."""
        text = self.field.text().strip()
        if text and "://" not in text and " " not in text and "." in text:
            text = f"https://{text}"
        return addresses_in(text)

    def _refresh(self) -> None:
        addresses = self._addresses()
        self.ok.setEnabled(bool(addresses))
        urls = (web_address(address) for address in addresses)
        hosts = list(dict.fromkeys(shown_host(url) for url in urls if url is not None))
        if hosts:
            others = " and others" if len(hosts) > 3 else ""
            self._note.setText(f"Setu will ask {', '.join(hosts[:3])}{others}. {_HINT}")
        else:
            self._note.setText(_NO_ADDRESS if self.field.text().strip() else _HINT)

    def _on_accepted(self) -> None:
        self.accept()
        self.addresses_given.emit(self._addresses())
