"""Render the icon's PNG sizes from `resources/icons/setu.svg`: run with the checkout's own Python (needs Qt)."""

from __future__ import annotations

import os
import sys

from environment import ROOT

ICONS = ROOT / "resources" / "icons"
SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication(sys.argv[:1])
    renderer = QSvgRenderer(str(ICONS / "setu.svg"))
    for size in SIZES_PX:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        if not image.save(str(ICONS / f"setu-{size}.png")):
            return 1
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
