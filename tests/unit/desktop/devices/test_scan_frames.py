"""What a serial scanner sends is cut into codes, whatever pieces it arrives in."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.devices.scan_frames import CODE_BYTES_MAX, SILENCE_MS, ScanFrames

CODE = "M18F3K2Q7T"
CODES = st.lists(st.text("0123456789ABCDEFXYZ", min_size=1, max_size=30), max_size=6)


@given(codes=CODES, cuts=st.lists(st.integers(1, 12), max_size=60), end=st.sampled_from("\r\n\t"))
def test_codes_come_whole_however_they_are_cut(codes: list[str], cuts: list[int], end: str) -> None:
    data = "".join(code + end for code in codes).encode()
    frames, came, at = ScanFrames(), list[str](), 0
    for cut in [*cuts, len(data)]:
        came += frames.feed(data[at : at + cut], 0)
        at += cut

    assert came == codes
    assert not frames.waiting


def test_a_scanner_without_a_suffix_is_understood_by_its_silence() -> None:
    frames = ScanFrames()

    assert frames.feed(CODE.encode(), 1_000) == []
    assert frames.rest(1_000 + SILENCE_MS - 1) == []
    assert frames.rest(1_000 + SILENCE_MS) == [CODE]
    assert frames.rest(9_000) == []


def test_half_a_code_is_not_glued_to_the_next_one() -> None:
    frames = ScanFrames()
    frames.feed(CODE[:5].encode(), 1_000)
    frames.drop()

    assert frames.feed(f"{CODE}\r".encode(), 1_010) == [CODE]


def test_a_burst_longer_than_any_code_is_let_go_whole() -> None:
    frames = ScanFrames()

    assert frames.feed(b"7" * 2 * CODE_BYTES_MAX + b"\r" + b"123456\r", 0) == ["123456"]


def test_both_charsets_of_chinese_codes_are_read() -> None:
    frames = ScanFrames()

    assert frames.feed("会员\r".encode() + "会员\r".encode("gb18030"), 0) == ["会员", "会员"]


@given(data=st.binary(max_size=4_096))
def test_noise_never_harms(data: bytes) -> None:
    frames = ScanFrames()
    for code in (*frames.feed(data, 0), *frames.rest(SILENCE_MS)):
        assert code
        assert len(code) <= CODE_BYTES_MAX
