"""A scanner is told from a person by speed alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.devices.burst import LENGTH_MAX, Burst


def typed(burst: Burst, text: str, *, gap_ms: int, start_ms: int = 1_000) -> int:
    """Take a text at an even pace and return the time of the key after it."""
    at_ms = start_ms
    for character in text:
        if not burst.continues(at_ms):
            burst.forget()
        burst.take(character, at_ms)
        at_ms += gap_ms
    return at_ms


@pytest.mark.parametrize("gap_ms", [0, 1, 12, 35])
def test_a_fast_text_with_a_suffix_is_a_scan(gap_ms: int) -> None:
    burst = Burst()

    assert burst.close(typed(burst, "M18F3K2Q7T", gap_ms=gap_ms)) == "M18F3K2Q7T"


@pytest.mark.parametrize("gap_ms", [36, 60, 300])
def test_a_slow_text_is_typing(gap_ms: int) -> None:
    burst = Burst()

    assert burst.close(typed(burst, "13812345678", gap_ms=gap_ms)) is None


def test_five_characters_are_too_few() -> None:
    burst = Burst()

    assert burst.close(typed(burst, "12345", gap_ms=2)) is None


def test_a_late_suffix_is_a_person_pressing_enter() -> None:
    burst = Burst()
    end_ms = typed(burst, "M18F3K2Q7T", gap_ms=2)

    assert burst.close(end_ms + 200) is None


def test_a_prefix_is_taken_off_and_need_not_be_there() -> None:
    burst = Burst(prefix="~")

    assert burst.close(typed(burst, "~M18F3K2Q7T", gap_ms=2)) == "M18F3K2Q7T"
    assert burst.close(typed(burst, "M18F3K2Q7T", gap_ms=2)) == "M18F3K2Q7T"


def test_a_second_suffix_right_after_belongs_to_the_scan() -> None:
    burst = Burst()
    end_ms = typed(burst, "M18F3K2Q7T", gap_ms=2)
    burst.close(end_ms)

    assert burst.is_second_suffix(end_ms + 5)
    assert not burst.is_second_suffix(end_ms + 400)


def test_a_clock_that_runs_backwards_makes_no_scan() -> None:
    burst = Burst()
    end_ms = typed(burst, "M18F3K2Q7T", gap_ms=2)

    assert burst.close(end_ms - 500) is None


def test_a_burst_has_a_limit() -> None:
    burst = Burst()
    at_ms = typed(burst, "1" * LENGTH_MAX, gap_ms=1)

    assert not burst.continues(at_ms)


@given(st.text("0123456789ABCDEF", min_size=6, max_size=40), st.integers(0, 35))
def test_any_code_comes_out_as_it_went_in(code: str, gap_ms: int) -> None:
    burst = Burst()

    assert burst.close(typed(burst, code, gap_ms=gap_ms)) == code
