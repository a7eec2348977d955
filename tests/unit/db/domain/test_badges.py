"""Badges: a secret of their own shape, read in any case, and only their digest is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.badges import BADGE_CHARACTERS, badge_code, badge_digest, read_badge
from db.domain.lookup.scans import Unknown, classify

chances = st.binary(min_size=9, max_size=9)


@given(chances)
def test_a_badge_is_read_as_it_was_made_whatever_the_scanner_does_to_its_case(
    chance: bytes,
) -> None:
    code = badge_code(chance)

    assert len(code) == BADGE_CHARACTERS
    assert read_badge(f" {code.lower()}\r\n") == code
    assert isinstance(classify(code), Unknown)  # no member, no coupon, no receipt


@given(chances, chances)
def test_two_badges_have_two_digests(one: bytes, other: bytes) -> None:
    same = one[1:] == other[1:] and one[0] & 0x3F == other[0] & 0x3F

    assert (badge_digest(badge_code(one)) == badge_digest(badge_code(other))) == same


@pytest.mark.parametrize("text", ["", "S", "M12345678X", "S" * 16, "ＳＴＡＦＦ", "S123456789ABCDE"])
def test_what_is_no_badge_is_none(text: str) -> None:
    assert read_badge(text) is None
