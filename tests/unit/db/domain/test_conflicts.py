"""What head office recommends where one phone has two members."""

import pytest

from db.domain.conflicts import (
    CHOICES,
    DECLINE,
    KEEP,
    MERGE,
    ConflictKind,
    closing_id,
    conflict_id,
    duplicate_advice,
    is_surely_one,
)


@pytest.mark.parametrize(
    ("first", "later", "advice", "sure"),
    [
        ("张小芳", "张小芳", MERGE, True),
        ("张三", "李四", KEEP, False),
        ("", "李四", MERGE, False),
        ("张三", "", MERGE, False),
        ("", "", MERGE, False),
    ],
)
def test_two_names_are_kept_apart_and_only_equal_ones_are_surely_one(
    first: str, later: str, advice: str, sure: bool
) -> None:
    assert duplicate_advice(first, later) == advice
    assert is_surely_one(first, later) is sure


def test_every_kind_of_conflict_may_be_left_as_it_is() -> None:
    assert set(CHOICES) == set(ConflictKind)
    assert all(choices and {KEEP, DECLINE} & set(choices) for choices in CHOICES.values())


def test_a_conflict_and_its_end_have_one_id_whoever_finds_them() -> None:
    subject, other = bytes(range(16)), bytes(16)
    found = conflict_id(ConflictKind.EVENT_TWICE, subject, other)

    assert found == conflict_id(ConflictKind.EVENT_TWICE, subject, other)
    assert found != conflict_id(ConflictKind.COUPON_TWICE, subject, other)
    assert found != conflict_id(ConflictKind.EVENT_TWICE, subject, subject)
    assert closing_id(found) == closing_id(found) != found
