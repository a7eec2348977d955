"""The bytes for printers, read back by a reader that was written from the command reference."""

import itertools

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop.devices.bitmap import Bitmap
from desktop.devices.escpos import (
    PaperState,
    drawer_pulse,
    printed_bytes,
    read_state,
)
from desktop.devices.printer_profile import Charset, Paper, PrinterProfile
from desktop.devices.simulators.escpos_reader import (
    Cut,
    EscPosReader,
    PrintedCode,
    PrintedLine,
    PrintedPicture,
    Strip,
    UnknownCommandError,
)
from desktop.devices.simulators.strip_picture import strip_picture
from desktop.receipts.receipt import Align, Code, Receipt, Text

GBK = PrinterProfile()


def printed(*blocks: Text | Code, profile: PrinterProfile = GBK, drawer: bool = False) -> Strip:
    reader = EscPosReader()
    reader.feed(printed_bytes(Receipt("one", blocks, opens_drawer=drawer), profile))
    assert reader.unread == b""
    return reader.strip


def test_a_line_is_text_with_its_style_and_the_style_ends_with_it() -> None:
    strip = printed(Text("会员 A", Align.RIGHT, bold=True, big=True), Text("后"))

    assert strip.printed == [
        PrintedLine("会员 A", "right", bold=True, big=True),
        PrintedLine("后", "left"),
        Cut(),
    ]


def test_yen_and_minus_are_signs_that_every_printer_has() -> None:
    data = printed_bytes(Receipt("one", (Text("¥−1.00"),)), GBK)

    assert b"\xa3\xa4-1.00" in data
    assert printed(Text("¥−1.00")).text == ["￥-1.00"]


@pytest.mark.parametrize(
    ("charset", "text", "is_text"),
    [
        (Charset.GBK, "陶喆 王堃 镕", True),
        (Charset.GBK, "王㛃", False),
        (Charset.GBK, "𠮷野家", False),
        (Charset.GBK, "€12.50", False),
        (Charset.GB2312, "张三", True),
        (Charset.GB2312, "陶喆", False),
        (Charset.PICTURE, "ABC", False),
    ],
)
def test_what_the_printer_lacks_is_drawn(charset: Charset, text: str, *, is_text: bool) -> None:
    strip = printed(Text(text), profile=PrinterProfile(charset=charset))

    assert strip.text == ([text] if is_text else [])
    assert any(isinstance(piece, PrintedPicture) for piece in strip.printed) is not is_text


def test_a_drawn_line_has_ink_where_it_is_aligned() -> None:
    profile = PrinterProfile(charset=Charset.PICTURE)
    for align, third in ((Align.LEFT, 0), (Align.CENTRE, 1), (Align.RIGHT, 2)):
        (picture,) = (
            piece.bitmap
            for piece in printed(Text("王", align), profile=profile).printed
            if isinstance(piece, PrintedPicture)
        )
        assert [_ink(picture, part) > 0 for part in range(3)] == [n == third for n in range(3)]


def _ink(bitmap: Bitmap, third: int) -> int:
    image = Image.frombytes("1", (bitmap.width, bitmap.height), bitmap.rows).convert("L")
    wide = bitmap.width // 3
    return sum(image.crop((third * wide, 0, (third + 1) * wide, bitmap.height)).tobytes())


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("draws_codes", [True, False])
def test_a_code_is_read_by_a_scanner_from_the_paper(paper: Paper, *, draws_codes: bool) -> None:
    profile = PrinterProfile(paper=paper, draws_codes=draws_codes)
    payload = "R1" + "ABCDEFGH234567" * 20
    strip = printed(Code(payload), profile=profile)

    picture = strip_picture(strip, dots=profile.dots, columns=profile.width)
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [payload]
    assert strip.codes == ([payload] if draws_codes else [])


def test_a_large_code_has_smaller_modules_on_narrow_paper() -> None:
    payload = "R1" + "ABCDEFGH234567" * 20
    dots = [
        piece.module_dots
        for paper in (Paper.MM80, Paper.MM58)
        for piece in printed(Code(payload), profile=PrinterProfile(paper=paper)).printed
        if isinstance(piece, PrintedCode)
    ]

    assert dots == sorted(dots, reverse=True)
    assert dots[0] > dots[1]


def test_a_code_that_cannot_be_read_on_this_paper_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\d"):
        printed(Code("R1" + "A" * 2_000), profile=PrinterProfile(paper=Paper.MM58))


@pytest.mark.parametrize("pin", [2, 5])
def test_the_drawer_opens_on_its_pin(pin: int) -> None:
    profile = PrinterProfile(drawer_pin=pin)

    assert printed(Text("x"), profile=profile, drawer=True).pulses == [pin]
    reader = EscPosReader()
    reader.feed(drawer_pulse(profile))
    assert reader.strip.pulses == [pin]


def test_a_printer_without_cutter_feeds_instead() -> None:
    strip = printed(Text("x"), profile=PrinterProfile(cuts=False))

    assert strip.cuts == 0
    assert strip.text[-5:] == [""] * 5


@given(cuts=st.lists(st.integers(0, 400), max_size=6))
def test_a_stream_that_arrives_in_pieces_is_read_the_same(cuts: list[int]) -> None:
    data = printed_bytes(Receipt("one", (Text("会员 㛃", bold=True), Code("M1"), Text("完"))), GBK)
    whole, pieces = EscPosReader(), EscPosReader()
    whole.feed(data)
    edges = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    for start, end in itertools.pairwise(edges):
        pieces.feed(data[start:end])

    assert pieces.strip == whole.strip


@given(data=st.binary(max_size=300))
def test_rubbish_is_read_or_refused_but_never_hangs(data: bytes) -> None:
    reader = EscPosReader()
    try:
        reader.feed(data)
    except (UnknownCommandError, UnicodeDecodeError):
        return
    assert len(reader.unread) <= len(data)


@pytest.mark.parametrize(
    ("offline", "paper", "state"),
    [
        (0x12, 0x12, PaperState()),
        (0x16, 0x12, PaperState(cover_open=True)),
        (0x32, 0x12, PaperState(paper_out=True)),
        (0x12, 0x72, PaperState(paper_out=True)),
        (0x12, 0x1E, PaperState(paper_low=True)),
        (0x52, 0x12, PaperState(broken=True)),
        (None, 0x12, None),
        (0x12, None, None),
        (0xFF, 0x12, None),
        (0x12, 0x00, None),
    ],
)
def test_status_bytes_are_read_or_not_believed(
    offline: int | None, paper: int | None, state: PaperState | None
) -> None:
    assert read_state(offline, paper) == state
