"""What a busy counter does: enrols, sells, redeems, undoes, voids, closes its shift.

Each act is one service call inside the caller's transaction, under an id that the caller chose
before, so whoever watches from outside knows which operation to look for.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from db.domain.basket import Basket, BasketLine
from db.domain.consent import ConsentFact
from db.domain.ids import MemberId, OperationId, SaleId
from db.domain.refusals import Refusal
from db.domain.staff import Actor, Role
from db.services.consents import RecordConsent, record_consent
from db.services.members import EnrollMember, enroll_member, spoken_consent
from db.services.points import AdjustPoints, RedeemPoints, adjust_points, redeem_points
from db.services.reversals import UndoSale, VoidSale, undo_sale, void_sale
from db.services.sales import Sell, sell
from db.services.shifts import CloseShift, OpenShift, close_shift, open_shift
from db.storage.member_facts import member_standing
from db.storage.unit_of_work import UnitOfWork

BY = Actor(None, Role.MANAGER)
NAMES = ("张小芳", "王伟", "李娜", "欧阳静", "阿依古丽", "Ana Núñez")
POINTS_STEP = 100
MEMBERS_MAX = 60


@dataclass(slots=True)
class Cashier:
    """Chooses acts by a seeded die; what it did is what later acts can be about."""

    die: random.Random
    block: int
    """Four digits inside the phone numbers this counter registers, so that no two counters meet."""
    members: list[MemberId] = field(default_factory=list)
    sales: list[SaleId] = field(default_factory=list)

    def act(self, work: UnitOfWork, op: OperationId) -> str:
        """Do one thing; return what kind of operation it was.

        Raises:
            Refusal: when the rules say no; then nothing may have happened.
        """
        if len(self.members) < MEMBERS_MAX and (not self.members or self.die.random() < 0.15):
            return self._enroll(work, op)
        deed: Callable[[UnitOfWork, OperationId], str] = self.die.choices(
            (self._sell, self._redeem, self._undo, self._void, self._adjust, self._consent,
             self._shift),
            weights=(60, 10, 10, 4, 4, 6, 6),
        )[0]  # fmt: skip
        return deed(work, op)

    def _enroll(self, work: UnitOfWork, op: OperationId) -> str:
        member_id = MemberId(work.new_id())
        enroll_member(
            work,
            EnrollMember(
                op=op,
                member_id=member_id,
                by=BY,
                phone=f"138{self.block:04d}{self.die.randrange(10_000):04d}",
                name=self.die.choice(NAMES),
                consents=spoken_consent(marketing=self.die.random() < 0.5),
            ),
        )
        self.members.append(member_id)
        return "member_register"

    def _sell(self, work: UnitOfWork, op: OperationId) -> str:
        member_id = self.die.choice(self.members) if self.die.random() < 0.8 else None
        spend = member_id is not None and self.die.random() < 0.4
        sold = sell(
            work,
            Sell(
                op=op,
                by=BY,
                basket=self._basket(),
                member_id=member_id,
                redeem_points=self._spendable(work, member_id, most=200) if spend else 0,
            ),
        )
        self.sales.append(sold.sale_id)
        return "sale"

    def _basket(self) -> Basket:
        if self.die.random() < 0.3:
            return Basket.of_amount(self.die.randrange(2_000, 30_000))
        return Basket(
            tuple(
                BasketLine(
                    unit_price=self.die.randrange(700, 9_000),
                    quantity=self.die.randrange(1, 4),
                    sku=f"A{number}",
                    category="food/snack",
                )
                for number in range(self.die.randrange(1, 6))
            )
        )

    def _spendable(self, work: UnitOfWork, member_id: MemberId | None, *, most: int) -> int:
        """Return what the member may spend here, in whole steps; sometimes more than that."""
        if member_id is None:
            return 0
        standing = member_standing(
            work.sql,
            member_id,
            home=work.home,
            program=work.program(work.today),
            on=work.today,
            now_ms=work.at_ms,
        )
        points = min(standing.redeemable, most) // POINTS_STEP * POINTS_STEP
        return points + (POINTS_STEP if self.die.random() < 0.1 else 0)

    def _redeem(self, work: UnitOfWork, op: OperationId) -> str:
        member_id = self.die.choice(self.members)
        points = self._spendable(work, member_id, most=500)
        if points == 0:
            return self._sell(work, op)
        redeem_points(work, RedeemPoints(op=op, member_id=member_id, by=BY, points=points))
        return "redeem"

    def _undo(self, work: UnitOfWork, op: OperationId) -> str:
        if not self.sales:
            return self._sell(work, op)
        undo_sale(work, UndoSale(op=op, sale_id=self.sales.pop(), by=BY))
        return "reversal"

    def _void(self, work: UnitOfWork, op: OperationId) -> str:
        if not self.sales:
            return self._sell(work, op)
        sale_id = self.sales.pop(self.die.randrange(len(self.sales)))
        void_sale(work, VoidSale(op=op, sale_id=sale_id, by=BY, reason="输错金额"))
        return "reversal"

    def _adjust(self, work: UnitOfWork, op: OperationId) -> str:
        member_id, points = self.die.choice(self.members), self.die.randrange(1, 50)
        command = AdjustPoints(op=op, member_id=member_id, by=BY, points=points, reason="补录小票")
        adjust_points(work, command)
        return "adjust"

    def _consent(self, work: UnitOfWork, op: OperationId) -> str:
        member_id, granted = self.die.choice(self.members), self.die.random() < 0.5
        given = ConsentFact(purpose="marketing", granted=granted, basis="spoken")
        record_consent(work, RecordConsent(op=op, member_id=member_id, by=BY, consents=(given,)))
        return "consent"

    def _shift(self, work: UnitOfWork, op: OperationId) -> str:
        try:
            open_shift(work, OpenShift(op=op, by=BY, opening_float=50_000))
        except Refusal:
            close_shift(work, CloseShift(op=op, by=BY))
            return "shift_close"
        return "shift_open"
