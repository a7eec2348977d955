"""Which holds bear a payment from a member's stored value, and what a token says of itself."""

from datetime import date

from db.domain.holds import HoldToken, ValueHere, ValueHold, spent_of_holds
from db.domain.ids import LotId, text_of
from db.domain.lots import Lot
from db.domain.offers.coupon_facts import CouponFact
from db.domain.stored_value.purse import Purse

LOT, OTHER = LotId(b"L" * 16), LotId(b"M" * 16)
FIRST, LATER = b"1" * 16, b"2" * 16


def a_lot(lot_id: LotId, amount: int) -> Lot:
    return Lot(lot_id, amount, date(2026, 1, 1), None, 0)


def a_token(hold_id: bytes, **facts: object) -> HoldToken:
    return HoldToken(g=text_of(hold_id), s=text_of(b"s" * 16), until=5, **facts)  # type: ignore[arg-type]  whatever a test says


def a_hold(hold_id: bytes, until_at: int, principal: int, *lots: Lot) -> ValueHold:
    return ValueHold(hold_id, until_at, Purse(principal, lots), a_token(hold_id))


def test_the_first_hold_to_end_pays_first_and_own_intake_pays_the_rest() -> None:
    holds = (
        a_hold(LATER, 9, 500, a_lot(LOT, 30)),
        a_hold(FIRST, 3, 200, a_lot(LOT, 50), a_lot(OTHER, 10)),
    )

    spends = spent_of_holds(holds, 300, ((LOT, 60),))

    assert [(spend.hold, spend.principal) for spend in spends] == [
        (text_of(FIRST), 200),
        (text_of(LATER), 100),
    ]
    assert [[share.amount for share in spend.bonus] for spend in spends] == [[50], [10]]
    assert spent_of_holds(holds, 0, ()) == ()
    assert spent_of_holds((), 300, ((LOT, 60),)) == ()


def test_a_hold_pressed_below_zero_bears_nothing() -> None:
    assert spent_of_holds((a_hold(FIRST, 3, -10),), 50, ()) == ()


def test_what_is_usable_here_is_own_intake_and_all_holds_as_one_purse() -> None:
    here = ValueHere(Purse(100, (a_lot(LOT, 5),)), (a_hold(FIRST, 3, 20, a_lot(LOT, 7)),))

    assert here.purse.principal == 120
    assert [lot.points for lot in here.purse.lots] == [12]


def test_a_token_names_its_hold_its_stream_and_whose_it_is() -> None:
    member = b"m" * 16
    coupon = CouponFact(code="C2T5YPW1TWST", kind="TEN")
    token = a_token(FIRST, m=text_of(member), coupons=(coupon,), sig="ab")

    assert (token.hold_id, token.stream_id, token.member_id) == (FIRST, b"s" * 16, member)
    assert token.codes == ("C2T5YPW1TWST",)
    assert b"ab" not in token.signed_bytes()
    assert (
        token.signed_bytes() == a_token(FIRST, m=text_of(member), coupons=(coupon,)).signed_bytes()
    )
    assert a_token(FIRST).member_id is None
