"""One window a library: a second Setu hands its files to the first, which comes to the front."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop_app.settings import cache_folder

_WAIT_MS = 3000
_MOST_BYTES = 4 << 20
_LONGEST_ADDRESS = 100
"""Of a Unix socket, in bytes; the system allows 104 to 108."""
_DONE = b"taken\n"


class FirstInstance(QObject):
    """Listens for others that want the library in *folder* opened. Only for the one that holds the writer lock."""

    files_received = Signal(list)
    """Paths, maybe none; somebody wants to see the window."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)
        address = _address(folder)
        # What a killed instance left behind is in the way; a living one would hold the lock.
        QLocalServer.removeServer(address)
        self._server.listen(address)

    @property
    def is_listening(self) -> bool:
        return self._server.isListening()

    def close(self) -> None:
        self._server.close()

    def _on_connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _MOST_BYTES:
                socket.abort()
            return
        try:
            files = json.loads(bytes(socket.readLine().data()))["files"]
            paths = [Path(os.fsdecode(str(file).encode("utf-8", "surrogateescape"))) for file in files]
        except (ValueError, KeyError, TypeError):
            socket.abort()
            return
        socket.write(_DONE)
        socket.flush()
        self.files_received.emit(paths)


def hand_over(folder: Path, files: Sequence[Path]) -> bool:
    """Ask the instance that has the library in *folder* open to show itself and import *files*; whether it will."""
    socket = QLocalSocket()
    socket.connectToServer(_address(folder))
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(json.dumps({"files": [str(file) for file in files]}).encode() + b"\n")
    answer = b""
    while socket.state() == QLocalSocket.LocalSocketState.ConnectedState and not answer.endswith(b"\n"):
        if not socket.waitForReadyRead(_WAIT_MS):
            break
        answer += bytes(socket.readAll().data())
    socket.abort()
    return answer == _DONE


def _address(folder: Path) -> str:
    """Where the instance of *folder* listens: a private folder where there is one."""
    name = "setu-" + hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:24]
    if sys.platform == "win32":
        return name
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    place = Path(runtime) if runtime and os.access(runtime, os.W_OK) else cache_folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        return name
    path = str(place / name)
    return path if len(os.fsencode(path)) < _LONGEST_ADDRESS else name
