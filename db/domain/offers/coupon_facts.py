"""Coupons and promotions as facts: what operations say of them. Money in 分, days as ISO text."""

import msgspec


class CouponFact(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A coupon that the act issued: as printed, its kind in the program, its days (inclusive)."""

    code: str
    kind: str
    valid_from: str | None = None
    valid_to: str | None = None


class CouponUse(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A coupon that a sale used, and what it took off; it comes back with `lines` (from 1).

    `floor` is what it counts for in points where it was used under no lease, by the floor.
    """

    code: str
    kind: str
    value: int
    lines: tuple[int, ...] = ()
    floor: int = 0


class PromotionUse(msgspec.Struct, frozen=True, kw_only=True):
    """A promotion that took something off a sale."""

    id: str
    value: int


class OffersBack(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What a return or reversal does to coupons and promotions of its sale.

    `restored` coupons can be used again, `withdrawn` ones (which the sale had issued) no more;
    with `whole` the sale's promotions count no longer against their limits.
    """

    restored: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    whole: bool = False


class CouponIssueBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `coupon_issue`: to the member `m`, or to whoever brings them."""

    coupons: tuple[CouponFact, ...]
    reason: str = ""
    approver: str | None = None


class CouponVoidBody(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The body of a `coupon_void`: these can no longer be used."""

    codes: tuple[str, ...]
    reason: str
    approver: str | None = None
