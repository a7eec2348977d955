"""Member numbers: minted without a line, read in spite of how people read."""

import pytest

from db.domain.lookup.member_number import (
    NUMBER_ALPHABET,
    NUMBERS_PER_BLOCK,
    BlockExhausted,
    MemberNumberInvalid,
    NumberFault,
    block_at,
    is_assignable_block,
    number_in_block,
    parse_number,
    random_number,
)

NUMBER = number_in_block("07", 5)


def test_a_number_is_ten_characters_of_its_block() -> None:
    assert len(NUMBER) == 10
    assert NUMBER[:3] == "M07"


def test_numbers_never_change_once_a_version_has_printed_them() -> None:
    assert [number_in_block("07", index) for index in range(3)] == [
        "M07RMXE54A",
        "M07JQ2VKMZ",
        "M07MMT4TQ7",
    ]


def test_neighbours_do_not_look_like_neighbours() -> None:
    first, second = number_in_block("07", 0), number_in_block("07", 1)

    assert sum(a != b for a, b in zip(first[3:9], second[3:9], strict=True)) >= 3


def test_a_key_gives_a_block_another_order() -> None:
    assert number_in_block("07", 5, key=b"secret") != NUMBER


def test_a_used_up_block_is_refused() -> None:
    with pytest.raises(BlockExhausted):
        number_in_block("07", NUMBERS_PER_BLOCK)


@pytest.mark.parametrize(
    "written",
    [
        NUMBER.lower(),
        f" {NUMBER[:3]} {NUMBER[3:6]}-{NUMBER[6:]} ",
        "".join(chr(ord(character) + 0xFEE0) for character in NUMBER),
        NUMBER.replace("0", "O").replace("1", "l"),
    ],
)
def test_a_number_is_read_however_it_is_written(written: str) -> None:
    assert parse_number(written) == NUMBER


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("", NumberFault.SHAPE),
        (NUMBER[:-1], NumberFault.SHAPE),
        (f"{NUMBER}0", NumberFault.SHAPE),
        (f"N{NUMBER[1:]}", NumberFault.SHAPE),
        (f"{NUMBER[:5]}*{NUMBER[6:]}", NumberFault.SHAPE),
        (f"{NUMBER[:-1]}*", NumberFault.SHAPE),
        ("M张三李四王五赵六田", NumberFault.SHAPE),
        (f"{NUMBER[:-1]}{'A' if NUMBER[-1] != 'A' else 'B'}", NumberFault.CHECK),
    ],
)
def test_what_is_no_number_says_whether_it_was_mistyped(written: str, fault: NumberFault) -> None:
    with pytest.raises(MemberNumberInvalid) as refused:
        parse_number(written)

    assert refused.value.fault is fault


def test_a_number_made_before_enrolment_is_in_no_block_that_is_given_out() -> None:
    number = random_number(b"\x01\x02\x03\x04\x05")

    assert parse_number(number) == number
    assert not is_assignable_block(number[1:3])


def test_head_office_has_992_different_blocks() -> None:
    blocks = {block_at(index) for index in range(992)}

    assert len(blocks) == 992
    assert all(is_assignable_block(block) for block in blocks)


@pytest.mark.parametrize("letter", "ILOU")
def test_no_number_holds_a_letter_that_looks_like_a_digit(letter: str) -> None:
    assert letter not in NUMBER_ALPHABET
