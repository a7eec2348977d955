"""ESC/POS: the bytes that make a receipt printer print, cut, and kick the drawer.

Command codes as in Epson's ESC/POS reference: ESC @ (start), FS & (Chinese on), ESC a (align),
ESC E (bold), GS ! (size), GS ( k (QR code), GS v 0 (raster), GS V 66 (feed and cut), ESC p
(drawer), DLE EOT (status). Bytes are made here and sent raw: libraries send ¥ as four bytes that
GBK printers print as rubbish, so ￥ (U+FFE5) stands on paper.
"""

from dataclasses import dataclass

from desktop.devices.bitmap import Bitmap, code_bitmap, code_module_dots, text_bitmap
from desktop.devices.printer_profile import Charset, PrinterProfile
from desktop.receipts.columns import width_of
from desktop.receipts.layout import Line, Mark, laid_out
from desktop.receipts.receipt import Align, Receipt

START = b"\x1b@\x1c&"
CUT = b"\x1dVB\x00"
FEED_WITHOUT_CUTTER = b"\x1bd\x05"
STATUS_OFFLINE = b"\x10\x04\x02"
STATUS_PAPER = b"\x10\x04\x04"
DONE_ASKED = b"\x1dr\x01"
"""GS r 1 is answered in its turn, so its answer means that what was sent before it is done."""
_ALIGNED = {Align.LEFT: b"\x1ba\x00", Align.CENTRE: b"\x1ba\x01", Align.RIGHT: b"\x1ba\x02"}
_BOLD, _PLAIN = b"\x1bE\x01", b"\x1bE\x00"
_DOUBLE, _SINGLE = b"\x1d!\x11", b"\x1d!\x00"
_PULSE_ON, _PULSE_OFF = 25, 250
_STATUS_MASK, _STATUS_BITS = 0b1001_0011, 0b0001_0010
_RASTER_ROWS = 96
"""Rows of a picture in one command: a printer's buffer may hold 4 KB only."""
_YEN = str.maketrans({"¥": "￥", "−": "-", "\N{NO-BREAK SPACE}": " ", "•": "·"})


@dataclass(frozen=True, slots=True)
class PaperState:
    """What a printer answered to DLE EOT 2 and 4; true is the state named."""

    cover_open: bool = False
    paper_out: bool = False
    paper_low: bool = False
    broken: bool = False


def printed_bytes(receipt: Receipt, profile: PrinterProfile) -> bytes:
    """Return the whole print job of a receipt. Raises `ValueError` for a code too large."""
    parts = [START]
    if receipt.opens_drawer:
        parts.append(drawer_pulse(profile))
    parts.extend(
        _line(piece, profile) if isinstance(piece, Line) else _mark(piece, profile)
        for piece in laid_out(receipt, columns=profile.width)
    )
    parts.append(CUT if profile.cuts else FEED_WITHOUT_CUTTER)
    return b"".join(parts)


def drawer_pulse(profile: PrinterProfile) -> bytes:
    """Return the pulse that opens a cash drawer, on pin 2 or pin 5 of its connector."""
    return bytes((0x1B, 0x70, 0 if profile.drawer_pin == 2 else 1, _PULSE_ON, _PULSE_OFF))  # noqa: PLR2004


def read_state(offline: int | None, paper: int | None) -> PaperState | None:
    """Read the two status bytes; nothing when either is missing or is no status byte.

    A status byte has bit 0 and bit 7 off and bits 1 and 4 on; anything else is noise.
    """
    if offline is None or paper is None or not (is_status(offline) and is_status(paper)):
        return None
    return PaperState(
        cover_open=bool(offline & 0x04),
        paper_out=bool(offline & 0x20) or bool(paper & 0x60),
        paper_low=bool(paper & 0x0C),
        broken=bool(offline & 0x40),
    )


def is_status(value: int) -> bool:
    """Say whether a byte can be the answer to DLE EOT (bits 0 and 7 off, 1 and 4 on)."""
    return value & _STATUS_MASK == _STATUS_BITS


def raster(bitmap: Bitmap) -> bytes:
    """Return a bitmap as GS v 0 commands, in pieces that small buffers hold."""
    wide = bitmap.bytes_a_row
    parts = []
    for top in range(0, bitmap.height, _RASTER_ROWS):
        high = min(_RASTER_ROWS, bitmap.height - top)
        head = b"\x1dv0\x00" + wide.to_bytes(2, "little") + high.to_bytes(2, "little")
        parts.append(head + bitmap.rows[top * wide : (top + high) * wide])
    return b"".join(parts)


def _line(line: Line, profile: PrinterProfile) -> bytes:
    text = line.text.translate(_YEN)
    encoded = _encoded(text, profile.charset)
    if encoded is None:
        return _as_picture(line, text, profile)
    style = (_BOLD if line.bold else b"") + (_DOUBLE if line.big else b"")
    plain = (_SINGLE if line.big else b"") + (_PLAIN if line.bold else b"")
    return _ALIGNED[line.align] + style + encoded + b"\n" + plain


def _encoded(text: str, charset: Charset) -> bytes | None:
    if charset is Charset.PICTURE:
        return None if text.strip() else b""
    try:
        return text.encode(charset.value)
    except UnicodeEncodeError:
        return None


def _as_picture(line: Line, text: str, profile: PrinterProfile) -> bytes:
    """Return the line as a bitmap as wide as the paper, in the printer's own columns."""
    scale = 2 if line.big else 1
    spare = max(0, profile.width // scale - width_of(text))
    before = {Align.LEFT: 0, Align.CENTRE: spare // 2, Align.RIGHT: spare}[line.align]
    drawn = text_bitmap(
        " " * before + text,
        cell=profile.dots // profile.width,
        dots=profile.dots,
        bold=line.bold,
        scale=scale,
    )
    return _ALIGNED[Align.LEFT] + raster(drawn)


def _mark(mark: Mark, profile: PrinterProfile) -> bytes:
    if not profile.draws_codes:
        return _ALIGNED[Align.LEFT] + raster(code_bitmap(mark.payload, dots=profile.dots))
    module = code_module_dots(mark.payload, dots=profile.dots)
    data = mark.payload.encode("ascii")
    store = len(data) + 3
    return b"".join(
        (
            _ALIGNED[Align.CENTRE],
            b"\x1d(k\x04\x001A2\x00",  # model 2
            b"\x1d(k\x03\x001C" + bytes((module,)),
            b"\x1d(k\x03\x001E1",  # error correction level M
            b"\x1d(k" + store.to_bytes(2, "little") + b"1P0" + data,
            b"\x1d(k\x03\x001Q0",
            b"\n",
        )
    )
