"""Pauses between tries: spread out, doubling, bounded, and head office's wish is heard."""

from hypothesis import given
from hypothesis import strategies as st

from sync.client.backoff import CEILING_MS, FLOOR_MS, Backoff


def most(count: int) -> bytes:
    return b"\xff" * count


@given(draw=st.binary(min_size=4, max_size=4), failures=st.integers(0, 100))
def test_a_pause_is_never_longer_than_its_ceiling(draw: bytes, failures: int) -> None:
    pause = Backoff(lambda count: draw, failures=failures).failed()

    assert 0 <= pause <= min(CEILING_MS, FLOOR_MS << min(failures, 20))


def test_the_ceiling_doubles_and_begins_again_after_a_success() -> None:
    backoff = Backoff(lambda count: (FLOOR_MS).to_bytes(count, "big"))

    assert backoff.failed() == FLOOR_MS
    backoff.failed()
    assert backoff.failures == 2
    backoff.succeeded()
    assert backoff.failures == 0


def test_jitter_uses_the_whole_width() -> None:
    draws = {Backoff(lambda count, n=n: n.to_bytes(count, "big")).failed() for n in range(2_001)}

    assert (min(draws), max(draws)) == (0, FLOOR_MS)


def test_head_office_may_ask_for_a_longer_pause() -> None:
    assert Backoff(most).failed(asked_ms=999_999) == 999_999
