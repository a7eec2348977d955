"""Text tables: decoded strictly, cut into records and not into lines."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.csv_text import decode_text, records_of

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
