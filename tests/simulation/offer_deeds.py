"""What cashiers do with coupons and stored value in a universe, and the program that has both."""

import json
import random
from typing import TYPE_CHECKING

from db.domain.basket import Basket
from db.domain.ids import MemberId
from sync.client.holding import Wanted
from sync.client.leasing import lease_for_sale
from tests.support.coupon_makers import COUPONS, a_coupon
from tests.support.makers import a_basket, a_sale
from tests.support.programs import a_document
from tests.support.value_makers import VALUE, a_top_up, a_value_refund, a_value_sale

if TYPE_CHECKING:
    from tests.simulation.world import SimulatedCounter

PROGRAM = json.dumps(
    a_document(
        coupons=COUPONS,
        stored_value=VALUE,
        offline={"stored_value": {"share": "0.3", "amount_max": "100.00", "hours": 24}},
    )
).encode()
"""What every home of a universe begins with: points, coupons, stored value."""


class OfferDeeds:
    """The part of a world that knows coupons and stored value."""

    __slots__ = ()
    rng: random.Random

    def _issue_coupon(self, counter: "SimulatedCounter") -> None:
        if (member_id := self._some_member(counter)) is not None:
            a_coupon(counter.storage, member_id, self.rng.choice(("TEN", "TEN", "ONE")))

    def _use_coupon(self, counter: "SimulatedCounter") -> None:
        """Use any coupon this file knows of, now and then after asking for it."""
        with counter.storage.reading() as reader:
            known = reader.all("SELECT code, member_id FROM coupon ORDER BY code")
        if not known:
            return
        code, member_id = self.rng.choice(known)
        if counter.device is not None and self.rng.random() < 0.5:
            wanted = Wanted(member_id=member_id, codes=(code,))
            lease_for_sale(counter.run, counter.office(), counter.device, wanted=wanted)
        lines = a_basket(amount=self.rng.randrange(6_000, 20_000)).lines
        basket = Basket(lines=lines, coupons=(code,))
        counter.last_sale = a_sale(counter.storage, member_id, basket=basket).sale_id

    def _top_up(self, counter: "SimulatedCounter") -> None:
        if (member_id := self._some_member(counter)) is not None:
            a_top_up(counter.storage, member_id, self.rng.choice((5_000, 10_000)))

    def _pay_with_value(self, counter: "SimulatedCounter") -> None:
        member_id, amount = self._some_member(counter), self.rng.randrange(100, 9_000)
        if member_id is None:
            return
        if counter.device is not None and self.rng.random() < 0.5:
            wanted = Wanted(member_id=member_id, value=amount)
            lease_for_sale(counter.run, counter.office(), counter.device, wanted=wanted)
        counter.last_sale = a_value_sale(counter.storage, member_id, amount).sale_id

    def _pay_out(self, counter: "SimulatedCounter") -> None:
        member_id = self._some_member(counter)
        if member_id is None:
            return
        if counter.device is not None and self.rng.random() < 0.5:
            wanted = Wanted(member_id=member_id, all_value=True)
            lease_for_sale(counter.run, counter.office(), counter.device, wanted=wanted)
        a_value_refund(counter.storage, member_id)

    def _some_member(self, counter: "SimulatedCounter") -> MemberId | None:
        raise NotImplementedError
