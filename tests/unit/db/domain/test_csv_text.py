"""Text tables: decoded strictly, cut into records and not into lines."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.csv_text import LOST, OTHER_ENCODING, decode_text, mended_text, records_of

NAMES = "姓名,手机号\n张小芳,1\n刘䶮,2\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_the_encodings_of_the_trade_are_read(encoding: str) -> None:
    assert decode_text(NAMES.encode(encoding)) == NAMES


def test_gbk_is_read_as_what_contains_it() -> None:
    text = "会员卡号,姓名\nV1,张小芳\n"

    assert decode_text(text.encode("gbk")) == text


@pytest.mark.parametrize(
    "raw",
    [bytes(range(256)), "张".encode() + b"\xff\xff", b"name\0phone,x\n1,2", b"\xff\xfe\x00"],
)
def test_what_is_no_text_is_never_guessed(raw: bytes) -> None:
    assert decode_text(raw) is None


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a;b\r\n1;2\r\n", [["a", "b"], ["1", "2"]]),
        ("a\tb\r1\t2", [["a", "b"], ["1", "2"]]),
        ("a|b\n1|2", [["a", "b"], ["1", "2"]]),
        ("sep=;\na;b,c\n", [["a", "b,c"]]),
        ('a,b\n"x\ny","1,""2"""\n', [["a", "b"], ["x\ny", '1,"2"']]),
        ("title\n\na,b\n", [["title"], [], ["a", "b"]]),
        ("a,b\n1\u20282,3\n", [["a", "b"], ["1\u20282", "3"]]),
        ("", []),
    ],
)
def test_records_are_cut_where_the_table_says(text: str, records: list[list[str]]) -> None:
    assert records_of(text) == records


def test_a_quote_that_never_ends_is_an_error() -> None:
    with pytest.raises(csv.Error):
        records_of('a,b\n"1,2\n')


cells = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n,\"'"), max_size=12
)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=8))
def test_what_is_written_as_a_table_is_read_back(rows: list[list[str]]) -> None:
    rows = [["left", "right"], *rows]
    text = "".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows
    )

    assert records_of(decode_text(text.encode()) or "") == rows


GBK_LINES = ["手机号,姓名", "13800000011,张三", "13800000012,李四", "13800000013,王五"]


def test_a_whole_text_is_mended_into_itself() -> None:
    text = "\n".join(GBK_LINES)

    assert mended_text(text.encode("gbk")) == text
    assert mended_text(text.encode()) == text


@pytest.mark.parametrize(("own", "other"), [("gbk", "utf-8"), ("utf-8", "gbk")])
def test_a_line_in_another_encoding_is_read_and_marked(own: str, other: str) -> None:
    lines = [line.encode(own) for line in GBK_LINES]
    lines[2] = GBK_LINES[2].encode(other)

    mended = mended_text(b"\n".join(lines))

    assert mended is not None
    assert mended.split("\n")[2] == OTHER_ENCODING + GBK_LINES[2]
    assert mended.split("\n")[1] == GBK_LINES[1]


def test_half_a_character_is_marked_inside_the_first_quotes() -> None:
    lines = [line.encode("gbk") for line in GBK_LINES]
    lines[1] = b'"13800000011","\xd5"'

    mended = mended_text(b"\n".join(lines))

    assert mended is not None
    assert mended.split("\n")[1].startswith(f'"{LOST}1380')


def test_what_is_mostly_broken_is_no_text() -> None:
    assert mended_text(b"\xff\xff,\xff\n") is None
    assert mended_text(b"a,b\n\xff\n\xff\n\xff\n") is None
