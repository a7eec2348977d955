"""The law of the chain: what was once written cannot be written otherwise, not by one bit."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from db.domain.operations import GENESIS, MalformedOperation, chained, read_operation
from tests.support.checkers import rows
from tests.support.histories import a_counter
from tests.support.storage_fixtures import MadeHome

HISTORY = [("sell", 0, 30_000), ("pay with points", 0, 100), ("undo", 0, 0), ("adjust", 1, 50)]


@cache
def a_chain(made_home: MadeHome) -> tuple[tuple[bytes, ...], bytes]:
    """Return a stream's bytes in their order, and its head."""
    with a_counter(made_home) as counter:
        counter.play(HISTORY)
        kept = rows(counter.storage, "SELECT raw FROM operation ORDER BY sequence")
        ((head,),) = rows(counter.storage, "SELECT head FROM stream")
    return tuple(raw for (raw,) in kept), head


def holds(raws: tuple[bytes, ...], head: bytes) -> bool:
    """Say whether every operation follows the one before, and the last one is the head."""
    previous = GENESIS
    for place, raw in enumerate(raws, start=1):
        try:
            operation = read_operation(raw)
        except MalformedOperation:
            return False
        if operation.envelope.q != place or operation.envelope.p != previous.hex():
            return False
        previous = chained(previous, raw)
    return previous == head


def test_the_chain_holds_as_it_was_written(made_home: MadeHome) -> None:
    assert holds(*a_chain(made_home))


@given(st.data())
def test_one_flipped_bit_breaks_the_chain(made_home: MadeHome, data: st.DataObject) -> None:
    raws, head = a_chain(made_home)
    place = data.draw(st.integers(min_value=0, max_value=len(raws) - 1))
    bit = data.draw(st.integers(min_value=0, max_value=8 * len(raws[place]) - 1))
    flipped = bytearray(raws[place])
    flipped[bit // 8] ^= 1 << bit % 8

    assert not holds((*raws[:place], bytes(flipped), *raws[place + 1 :]), head)


@given(st.data())
def test_leaving_one_out_or_exchanging_two_breaks_the_chain(
    made_home: MadeHome, data: st.DataObject
) -> None:
    raws, head = a_chain(made_home)
    place = data.draw(st.integers(min_value=0, max_value=len(raws) - 2))

    assert not holds(raws[:place] + raws[place + 1 :], head)
    exchanged = (*raws[:place], raws[place + 1], raws[place], *raws[place + 2 :])
    assert not holds(exchanged, head)
