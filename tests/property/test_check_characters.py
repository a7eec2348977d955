"""What a check character catches, and that minting never gives a number twice."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from db.domain.lookup.check_characters import CHECKED_ALPHABET, check_character, is_checked
from db.domain.lookup.member_number import (
    NUMBER_ALPHABET,
    NUMBERS_PER_BLOCK,
    number_in_block,
    parse_number,
)

INDEXES = st.integers(min_value=0, max_value=NUMBERS_PER_BLOCK - 1)
BODIES = st.text(CHECKED_ALPHABET, min_size=1, max_size=20)


@given(st.sets(INDEXES, min_size=2, max_size=200))
def test_two_indexes_never_give_one_number(indexes: set[int]) -> None:
    assert len({number_in_block("3K", index) for index in indexes}) == len(indexes)


def test_a_stretch_of_a_block_holds_no_number_twice() -> None:
    assert len({number_in_block("00", index) for index in range(20_000)}) == 20_000


@given(INDEXES, st.integers(0, 9), st.sampled_from(CHECKED_ALPHABET))
def test_one_wrong_character_is_always_noticed(index: int, place: int, wrong: str) -> None:
    number = number_in_block("3K", index)

    assert is_checked(number[:place] + wrong + number[place + 1 :]) is (wrong == number[place])


@given(INDEXES)
def test_a_minted_number_is_read_back(index: int) -> None:
    number = number_in_block("3K", index)

    assert parse_number(number) == number


@given(BODIES)
def test_every_body_has_exactly_one_check_character(body: str) -> None:
    right = [end for end in CHECKED_ALPHABET if is_checked(body + end)]

    assert right == [check_character(body)]


@given(st.text(max_size=10))
def test_any_text_is_checked_or_not(text: str) -> None:
    assert is_checked(text) in {True, False}


def test_swapped_neighbours_are_noticed_but_for_36_of_22680() -> None:
    """ISO 7064 does not promise more of a hybrid system; every state and pair is tried."""
    states = {_state(prefix): prefix for prefix in _prefixes()}
    missed = tried = 0
    for prefix in states.values():
        for place, first in enumerate(CHECKED_ALPHABET):
            for second in CHECKED_ALPHABET[:place]:
                tried += 1
                missed += check_character(prefix + first + second) == check_character(
                    prefix + second + first
                )

    assert len(states) == 36
    assert (missed, tried) == (36, 22_680)


def test_numbers_use_an_alphabet_without_lookalikes_in_order() -> None:
    assert all(a < b for a, b in pairwise(NUMBER_ALPHABET))


def _state(prefix: str) -> str:
    return check_character(prefix)


def _prefixes() -> list[str]:
    return [a + b for a in CHECKED_ALPHABET for b in CHECKED_ALPHABET]
