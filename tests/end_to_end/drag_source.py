"""A window that lets files be dragged out of it, as a file manager does: `drag_source.py X Y FILE…`.

It stands at X, Y, takes any press inside it as the start of a drag, and ends when the drop was accepted (code 0) or
refused (code 1).
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

ANSWERING_MS = 3000


class DragSource(QLabel):
    """One label, full of files."""

    def __init__(self, files: list[str]) -> None:
        super().__init__("drag me")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWindowTitle("drag source")
        self.setFixedSize(160, 120)
        self._files = files

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(name) for name in self._files])
        drag = QDrag(self)
        drag.setMimeData(data)
        accepted = drag.exec(Qt.DropAction.CopyAction)
        code = 0 if accepted == Qt.DropAction.CopyAction else 1
        # On X11 the target asks for the data after the drop: stay to answer.
        QTimer.singleShot(ANSWERING_MS, lambda: QApplication.exit(code))


def main() -> int:
    application = QApplication(sys.argv[:1])
    x, y, *files = sys.argv[1:]
    source = DragSource(files)
    source.move(QPoint(int(x), int(y)))
    source.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
