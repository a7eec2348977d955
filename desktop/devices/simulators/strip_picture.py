"""The simulated printer's paper as a picture, to be looked at by people."""

from PIL import Image

from desktop.devices.bitmap import CELL_HEIGHT, Bitmap, code_bitmap, text_bitmap
from desktop.devices.simulators.escpos_reader import (
    Cut,
    Printed,
    PrintedCode,
    PrintedLine,
    PrintedPicture,
    Strip,
)
from desktop.receipts.columns import width_of

MARGIN = 24
_CUT_HEIGHT = 24


def strip_picture(strip: Strip, *, dots: int, columns: int) -> Image.Image:
    """Draw everything that was printed on paper so many dots wide."""
    pieces = [_drawn(piece, dots=dots, columns=columns) for piece in strip.printed]
    height = sum(piece.height for piece in pieces) + 2 * MARGIN
    paper = Image.new("L", (dots + 2 * MARGIN, height), 255)
    top = MARGIN
    for piece in pieces:
        paper.paste(piece, (MARGIN, top))
        top += piece.height
    return paper


def _drawn(piece: Printed, *, dots: int, columns: int) -> Image.Image:
    match piece:
        case PrintedLine():
            return _line(piece, dots=dots, columns=columns)
        case PrintedCode(payload):
            return _dots(code_bitmap(payload, dots=dots))
        case PrintedPicture(bitmap):
            return _dots(bitmap)
        case Cut():
            cut = Image.new("L", (dots, _CUT_HEIGHT), 255)
            cut.paste(160, (0, _CUT_HEIGHT // 2, dots, _CUT_HEIGHT // 2 + 1))
            return cut


def _line(line: PrintedLine, *, dots: int, columns: int) -> Image.Image:
    scale = 2 if line.big else 1
    cell = dots // columns
    wide = cell * scale * width_of(line.text)
    left = {"left": 0, "centre": (dots - wide) // 2, "right": dots - wide}[line.align]
    drawn = text_bitmap(line.text, cell=cell, dots=max(wide, 1), bold=line.bold, scale=scale)
    image = Image.new("L", (dots, CELL_HEIGHT * scale), 255)
    image.paste(_dots(drawn), (max(left, 0), 0))
    return image


def _dots(bitmap: Bitmap) -> Image.Image:
    dots = Image.frombytes("1", (bitmap.width, bitmap.height), bitmap.rows)
    return dots.convert("L").point(lambda level: 255 - level)
