"""Leases: what a token says, which lease pays first, and that nothing is signed twice over."""

import pytest

from db.domain.ids import LeaseId, LotId, text_of
from db.domain.leases import Lease, LeaseToken, LotShare, LotSpend, spend_from

LOTS = tuple(LotId(bytes([number] * 16)) for number in range(3))


def token(number: int = 1, *, until: int = 1_000, signature: str = "") -> LeaseToken:
    name = text_of(bytes([number] * 16))
    shares = (LotShare(text_of(LOTS[0]), 60), LotShare(text_of(LOTS[1]), 40))
    return LeaseToken(g=name, m=name, s=name, n=100, until=until, lots=shares, sig=signature)


def lease(number: int, *left: int, until: int = 1_000) -> Lease:
    held = tuple(zip(LOTS, left, strict=False))
    return Lease(LeaseId(bytes([number] * 16)), until, held, token(number, until=until))


def test_a_token_names_whose_points_which_stream_may_spend() -> None:
    told = token(7)

    assert told.lease_id == told.member_id == told.stream_id == bytes([7] * 16)
    assert told.own
    assert not token(signature="ab").own


def test_the_signature_is_over_everything_but_itself() -> None:
    assert token(signature="ab").signed_bytes() == token().signed_bytes()
    assert token(until=2).signed_bytes() != token().signed_bytes()


def test_the_first_to_run_out_pays_first_and_an_empty_lot_pays_nothing() -> None:
    late, soon = lease(1, 50, until=2_000), lease(2, 0, 30, 5, until=1_500)

    spends = spend_from([late, soon], 45)

    names = [text_of(lot) for lot in LOTS]
    first, second = (text_of(bytes([number] * 16)) for number in (1, 2))
    assert (late.points, soon.points) == (50, 35)
    assert spends == [
        LotSpend(names[1], second, 30),
        LotSpend(names[2], second, 5),
        LotSpend(names[0], first, 10),
    ]


def test_spending_more_than_the_leases_hold_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        spend_from([lease(1, 50)], 51)
