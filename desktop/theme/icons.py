"""Lucide icons, tinted with a token and drawn once per name, colour and size.

The SVG files say ``currentColor``; replacing that word is all the tinting there is, so the same
files serve the head office's web pages.
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.assets import icon_file

CACHE_MAX = 512


@lru_cache(maxsize=CACHE_MAX)
def icon_pixmap(name: str, *, colour: str, px: int, ratio: float = 1.0) -> QPixmap:
    """Draw a square icon of ``px`` logical pixels in a colour given as #RRGGBB.

    Raises FileNotFoundError for a name that is not bundled: that is a slip of ours, not trouble.
    """
    renderer = _renderer(name, colour)
    pixmap = QPixmap(round(px * ratio), round(px * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, px, px))
    painter.end()
    return pixmap


def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = icon_file(name).read_text(encoding="utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(drawing.encode()))
