"""Contact sheets: one picture for each screen, with all its states, to be looked at together.

Every state stands there twice: in Chinese on a light till of the reference size, and in English on
a dark one of the smallest, which is where most goes wrong.
"""

from pathlib import Path

from PIL import Image
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPixmap

from desktop.gallery.stage import Wear
from desktop.i18n.language import Language

LOOKS = (Wear(), Wear(Language.EN, dark=True, size=QSize(1024, 768)))
HEIGHT = 330
GAP = 12
TITLE = 28
COLOURS = 256


def small(picture: QPixmap) -> QImage:
    """Return a picture in the size it has on a sheet."""
    return picture.toImage().scaledToHeight(HEIGHT, Qt.TransformationMode.SmoothTransformation)


def write_sheet(rows: list[tuple[str, list[QImage]]], path: Path, *, font: QFont) -> None:
    """Write the small pictures of one screen, a row for each state under the state's name.

    Few colours do: a third of the bytes, and nothing that an eye misses.
    """
    width = GAP + sum(each.width() + GAP for each in rows[0][1])
    row_height = TITLE + HEIGHT + GAP
    sheet = QImage(QSize(width, GAP + row_height * len(rows)), QImage.Format.Format_RGB888)
    sheet.fill(QColor("white"))
    painter = QPainter(sheet)
    painter.setFont(font)
    painter.setPen(QColor("black"))
    for number, (name, pictures) in enumerate(rows):
        top, left = GAP + number * row_height, GAP
        painter.drawText(QRect(GAP, top, width, TITLE), Qt.AlignmentFlag.AlignVCenter, name)
        for each in pictures:
            painter.drawImage(QPoint(left, top + TITLE), each)
            left += each.width() + GAP
    painter.end()
    raw = bytes(sheet.constBits())
    size = (sheet.width(), sheet.height())
    image = Image.frombytes("RGB", size, raw, "raw", "RGB", sheet.bytesPerLine())
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
