"""Text and QR codes as dots, for what a printer cannot write by itself.

Drawn with the font that the screens use, so a rare name (㙍, 𠮷) prints on every printer. One line
is 30 dots high like the printer's own lines, and cells are as wide as its columns: figures
stay under each other whether a line is text or picture.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop.assets import font_file
from desktop.devices.qr_code import code_matrix
from desktop.receipts.columns import width_of

if TYPE_CHECKING:
    from PIL import Image, ImageFont

CELL_HEIGHT = 30
_FONT_DOTS = 22
_INK_FROM = 110
_QUIET_MODULES = 4
_MODULE_DOTS_MAX = 6
_MODULE_DOTS_MIN = 3
"""0.375 mm at 203 dots an inch: finer modules are not read by a shop's scanner."""
_FACES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")


@dataclass(frozen=True, slots=True)
class Bitmap:
    """Rows of dots, one bit each, black is 1; a row is filled up to whole bytes."""

    width: int
    height: int
    rows: bytes

    @property
    def bytes_a_row(self) -> int:
        """Return how many bytes a row takes."""
        return (self.width + 7) // 8


def text_bitmap(text: str, *, cell: int, dots: int, bold: bool = False, scale: int = 1) -> Bitmap:
    """Draw a line of text in cells of so many dots; what is beyond the paper is cut off."""
    from PIL import Image  # noqa: PLC0415 - Pillow's 30 ms are for who prints

    font = _font(_FONT_DOTS * scale, bold)
    image = Image.new("1", (dots, CELL_HEIGHT * scale), 0)
    at = 0
    for character in text:
        wide = cell * scale * width_of(character)
        image.paste(_glyph(character, font, wide=wide, high=image.height), (at, 0))
        at += wide
    return Bitmap(image.width, image.height, image.tobytes())


def code_bitmap(payload: str, *, dots: int) -> Bitmap:
    """Draw a QR code (ISO/IEC 18004, level M) in the middle, as large as suits the paper.

    Raises `ValueError` when it does not fit.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415 - as above

    module = _module_dots(_modules(payload), dots)
    side = _modules(payload) * module
    image = Image.new("1", (dots, side), 0)
    draw = ImageDraw.Draw(image)
    top = _QUIET_MODULES * module
    left = (dots - side) // 2 + top
    for y, row in enumerate(code_matrix(payload)):
        for x, black in enumerate(row):
            if black:
                corner = (left + x * module, top + y * module)
                draw.rectangle((*corner, corner[0] + module - 1, corner[1] + module - 1), fill=1)
    return Bitmap(image.width, image.height, image.tobytes())


def code_module_dots(payload: str, *, dots: int) -> int:
    """Return how many dots a module of a payload's QR code takes, 6 at most.

    Raises `ValueError` when the code does not fit the paper.
    """
    return _module_dots(_modules(payload), dots)


def _modules(payload: str) -> int:
    """Return how many modules a code takes with its quiet zone."""
    return len(code_matrix(payload)) + 2 * _QUIET_MODULES


def _module_dots(modules: int, dots: int) -> int:
    module = min(_MODULE_DOTS_MAX, dots // modules)
    if module < _MODULE_DOTS_MIN:
        raise ValueError(modules)
    return module


def _glyph(
    character: str, font: "ImageFont.FreeTypeFont", *, wide: int, high: int
) -> "Image.Image":
    """Draw one character in the middle of its cell; W and m, which are wider, are squeezed."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - as above

    length = max(wide, int(font.getlength(character)) + 1)
    glyph = Image.new("L", (length, high), 0)
    draw = ImageDraw.Draw(glyph)
    draw.text((length / 2, high * 4 // 5), character, fill=255, font=font, anchor="ms")
    return glyph.resize((wide, high)).point(lambda level: 255 * (level > _INK_FROM), mode="1")


@lru_cache(maxsize=4)
def _font(dots: int, bold: bool) -> "ImageFont.FreeTypeFont":  # noqa: FBT001 - lru_cache wants it so
    from PIL import ImageFont  # noqa: PLC0415 - as above

    return ImageFont.truetype(str(font_file(_FACES[bold])), dots)
