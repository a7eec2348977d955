"""The coupons of a preview: what the member holds, which were used where, and how often.

Nobody issues coupons by hand in a story. A coupon that some award of the program issues, or whose
days count from its issue, must have been issued in the story before it is used; any other code of
the program may be named in a sale, as if the customer had come with it, within its days and limits.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from msgspec import UNSET

from db.domain.basket import Basket
from db.domain.evaluation import SaleResult
from db.domain.offers.coupons import OPEN, USED, VOID, CouponKind, HeldCoupon, OfferFacts
from db.domain.offers.lanes import UsedCoupon
from db.domain.offers.targets import Used
from db.domain.program.document import Award
from db.domain.program.program import Program
from db.domain.program.walk import walk


@dataclass(slots=True)
class CouponsOfSale:
    """What a sale did with coupons and promotions, and which coupons have been given back."""

    used: tuple[UsedCoupon, ...] = ()
    issued: tuple[str, ...] = ()
    promotions: tuple[str, ...] = ()
    given_back: set[str] = field(default_factory=set)


@dataclass(slots=True)
class CouponBook:
    """Everything about coupons that changes; issued ones by their code, in order of issue."""

    held: dict[str, HeldCoupon] = field(default_factory=dict)
    used: Counter[str] = field(default_factory=Counter)
    promotions: Counter[str] = field(default_factory=Counter)

    def facts(self, program: Program, basket: Basket, on: date) -> OfferFacts:
        """Return what a sale must know, with the codes that a customer may come with."""
        kinds = program.offers.coupons
        open_by_kind = Counter(c.kind for c in self.held.values() if _usable(c, on))
        brought = [
            _brought(kinds[name], on)
            for name in dict.fromkeys(basket.coupons)
            if name in kinds and not open_by_kind[name] and _is_public(program, kinds[name])
        ]
        return OfferFacts(
            coupons=(*self.held.values(), *brought),
            used=_both(self.promotions),
            coupons_used=_both(self.used),
            coupons_out=_both(Counter(c.kind for c in self.held.values() if c.state != VOID)),
        )

    def issue(self, codes: tuple[str, ...], program: Program, on: date) -> tuple[str, ...]:
        """Issue a coupon of each kind, and return what is printed on them."""
        printed: list[str] = []
        for code in codes:
            name = f"{code}#{len(self.held) + 1}"
            first, last = program.offers.coupons[code].days(on)
            self.held[name] = HeldCoupon(name, code, first, last)
            printed.append(name)
        return tuple(printed)

    def book(self, result: SaleResult, program: Program, on: date) -> CouponsOfSale:
        """Mark what a sale used, and issue what it awards."""
        for coupon in result.coupons:
            self.used[coupon.kind] += 1
            self._set(coupon.code, USED)
        names = tuple(used.promotion for used in result.promotions)
        self.promotions.update(names)
        issued = self.issue(result.coupon_awards, program, on)
        return CouponsOfSale(result.coupons, issued, names)

    def take_back(self, sale: CouponsOfSale, whole: tuple[int, ...], *, everything: bool) -> None:
        """Give coupons back whose lines are all back; when everything is, undo the rest too."""
        for coupon in sale.used:
            if coupon.code not in sale.given_back and set(coupon.lines) <= set(whole):
                sale.given_back.add(coupon.code)
                self.used[coupon.kind] -= 1
                self._set(coupon.code, OPEN)
        if everything:
            self.promotions.subtract(sale.promotions)
            self.withdraw(sale.issued)

    def withdraw(self, codes: tuple[str, ...]) -> None:
        """Take issued coupons back that have not been used."""
        for code in codes:
            if self.held[code].state == OPEN:
                self._set(code, VOID)

    def state(self, program: Program, on: date) -> list[dict[str, Any]]:
        """Return the coupons that are held and not past their last day."""
        return [
            _shown(coupon, program.offers.coupons[coupon.kind], on)
            for coupon in self.held.values()
            if _usable(coupon, on)
        ]

    def _set(self, code: str, state: str) -> None:
        if code in self.held:
            self.held[code] = replace(self.held[code], state=state)


def _usable(coupon: HeldCoupon, on: date) -> bool:
    return coupon.state == OPEN and (coupon.valid_to is None or coupon.valid_to >= on)


def _is_public(program: Program, kind: CouponKind) -> bool:
    if kind.counts_from_issue:
        return False
    parts = (part for _, part in walk(program.document, "$"))
    return not any(
        isinstance(part, Award) and part.coupon is not UNSET and part.coupon == kind.code
        for part in parts
    )


def _brought(kind: CouponKind, on: date) -> HeldCoupon:
    first, last = kind.days(on)
    return HeldCoupon(kind.code, kind.code, first, last)


def _both(counts: Counter[str]) -> dict[str, Used]:
    return {name: Used(count, count) for name, count in counts.items() if count}


def _shown(coupon: HeldCoupon, kind: CouponKind, on: date) -> dict[str, Any]:
    early = coupon.valid_from is not None and on < coupon.valid_from
    return {
        "code": coupon.kind,
        "id": coupon.code,
        "kind": kind.kind,
        "value": kind.value,
        "valid_from": None if coupon.valid_from is None else coupon.valid_from.isoformat(),
        "valid_to": None if coupon.valid_to is None else coupon.valid_to.isoformat(),
        "state": "not_yet" if early else "valid",
    }
