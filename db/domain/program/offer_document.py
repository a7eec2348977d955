"""The rest of the document's fields: coupons, promotions, stored value, referral, offline limits.

Split from `program.document` by topic only; `ProgramDocument` at the end is the whole document.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from db.domain.program.document import (
    Awards,
    Condition,
    Count,
    CountRange,
    Day,
    Doc,
    EarningRule,
    Expiry,
    Lane,
    Money,
    MoneyRange,
    Name,
    Points,
    Positive,
    Rate,
    Redemption,
    Text,
    Tiers,
    TimeOfDay,
)


class Validity(Doc, frozen=True):
    """Fixed days, or days counted from the issue."""

    from_: Day | UnsetType = msgspec.field(default=UNSET, name="from")
    to: Day | UnsetType = UNSET
    days_after_issue: Count | UnsetType = UNSET
    starts_after_days: Count | UnsetType = UNSET


class Coupon(Doc, frozen=True, kw_only=True):
    """A kind of coupon that awards, journeys or people issue."""

    code: Name
    name: Text | Name | UnsetType = UNSET
    kind: Literal["amount", "percent", "gift", "delivery"]
    value: Annotated[str, Meta(max_length=120)] = "0"
    max_value: Money | UnsetType = UNSET
    min_spend: Money = "0.00"
    when: Condition | UnsetType = UNSET
    valid: Validity = Validity()
    limit_per_member: Positive | UnsetType = UNSET
    limit_total: Positive | UnsetType = UNSET
    lane: Literal["coupon"] = "coupon"
    exclusive: bool = False
    priority: int = 0
    transferable: bool = False


class Lanes(Doc, frozen=True):
    """One winner per lane, or all of it in priority order."""

    item: Lane = "best"
    order: Lane = "best"
    coupon: Lane = "best"


class NthItem(Doc, frozen=True):
    """Every n-th unit, dearest first, at a share off."""

    n: Positive
    percent_off: Rate


class BundleItem(Doc, frozen=True):
    """So many of one article in a bundle."""

    sku: Name
    quantity: Positive = 1


class Bundle(Doc, frozen=True):
    """Articles that cost one price together."""

    items: Annotated[list[BundleItem], Meta(min_length=1)]
    price: Money


class EffectBand(Doc, frozen=True):
    """From this amount or quantity on, so much off."""

    from_: Money | UnsetType = msgspec.field(default=UNSET, name="from")
    from_quantity: Positive | UnsetType = UNSET
    amount_off: Money | UnsetType = UNSET
    percent_off: Rate | UnsetType = UNSET


class Every(Doc, frozen=True):
    """For every full amount, so much off (每满)."""

    amount: Money
    amount_off: Money


class Group(Doc, frozen=True):
    """For every whole group of units, so much off."""

    size: Positive
    amount_off: Money | UnsetType = UNSET
    percent_off: Rate | UnsetType = UNSET


class Effect(Doc, frozen=True):
    """What a promotion does; which fields may stand together is checked with the document."""

    percent_off: Rate | UnsetType = UNSET
    amount_off: Money | UnsetType = UNSET
    per: Literal["order", "unit"] = "order"
    fixed_price: Money | UnsetType = UNSET
    buy: Count | UnsetType = UNSET
    get: Positive | UnsetType = UNSET
    of: Condition | UnsetType = UNSET
    free: Condition | UnsetType = UNSET
    nth_item: NthItem | UnsetType = UNSET
    bundle: Bundle | UnsetType = UNSET
    bands: list[EffectBand] | UnsetType = UNSET
    every: Every | UnsetType = UNSET
    group: Group | UnsetType = UNSET
    delivery: Literal["free"] | UnsetType = UNSET
    max_value: Money | UnsetType = UNSET
    max_units: Positive | UnsetType = UNSET
    times: Positive | UnsetType = UNSET


class Promotion(Doc, frozen=True, kw_only=True):
    """An offer on lines or on the order; gates stand beside `when`."""

    id: Name
    name: Text | Name | UnsetType = UNSET
    lane: Literal["item", "order"]
    code: Name | UnsetType = UNSET
    when: Condition | UnsetType = UNSET
    target: Literal["order", "cheapest_unit", "dearest_unit"] | Condition = "order"
    give: Effect | list[Effect]
    spend: MoneyRange | UnsetType = UNSET
    quantity: CountRange | UnsetType = UNSET
    limit_total: Positive | UnsetType = UNSET
    limit_per_member: Positive | UnsetType = UNSET
    exclusive: bool = False
    priority: int = 0


class LadderStep(Doc, frozen=True):
    """Pay so much, get so much on top."""

    pay: Money
    bonus: Money


class StoredValue(Doc, frozen=True):
    """Top-up ladder, and in which order principal and bonus are spent."""

    ladder: list[LadderStep] = msgspec.field(default_factory=list)
    spend_order: Literal["proportional", "bonus_first", "principal_first"] = "proportional"
    bonus_expiry: Expiry = Expiry(kind="never")
    max_balance: Money | UnsetType = UNSET


class Referral(Doc, frozen=True):
    """What both sides get when the friend buys for the first time."""

    referrer: Awards | UnsetType = UNSET
    friend: Awards | UnsetType = UNSET
    on: Literal["friend_first_purchase"] = "friend_first_purchase"


class Lease(Doc, frozen=True):
    """How many points a counter may hold of a member, and for how long."""

    share: Rate = "0.2"
    points_max: Count = 2000
    all_counters_share: Rate = "0.5"
    hours: Annotated[int, Meta(ge=1, le=168)] = 72


class StoredValueLease(Doc, frozen=True):
    """The same for stored value."""

    share: Rate = "0.2"
    amount_max: Money = "500.00"
    hours: Annotated[int, Meta(ge=1, le=168)] = 72


class Floor(Doc, frozen=True):
    """The bounded risk a shop may accept beyond its leases."""

    per_visit: Count
    per_counter: Count
    hours: Annotated[int, Meta(ge=1, le=720)] = 24


class Offline(Doc, frozen=True):
    """What a counter may do without head office (PROGRAM.md §6)."""

    lease: Lease = Lease()
    stored_value: StoredValueLease | UnsetType = UNSET
    spend_fresh: bool = False
    floor: Floor | None = None
    forced_reclaim_days: Annotated[int, Meta(ge=1, le=365)] | None = None


class VerifyAbove(Doc, frozen=True):
    """From which worth on a redemption needs more than a static code."""

    online: Money | UnsetType = UNSET
    offline: Money | UnsetType = UNSET


class Verify(Doc, frozen=True):
    """What must be verified."""

    redeem_above: VerifyAbove = VerifyAbove()


class Debt(Doc, frozen=True):
    """How points owed are repaid (DECISIONS 6)."""

    repay_share: Rate = "1"
    write_off_days: Positive | UnsetType = UNSET


class ProgramDocument(Doc, frozen=True, kw_only=True):
    """The whole program of a shop."""

    format: Literal["guitai.program/1"]
    id: Name
    version: Positive
    name: Text
    effective_on: Day
    currency: Literal["CNY"] = "CNY"
    timezone: Annotated[str, Meta(min_length=1, max_length=64)] = "Asia/Shanghai"
    day_cut: TimeOfDay = "04:00"
    points: Points
    earning: Annotated[list[EarningRule], Meta(max_length=1000)]
    redemption: Redemption = Redemption()
    tiers: Tiers | UnsetType = UNSET
    coupons: Annotated[list[Coupon], Meta(max_length=1000)] = msgspec.field(default_factory=list)
    lanes: Lanes = Lanes()
    promotions: Annotated[list[Promotion], Meta(max_length=1000)] = msgspec.field(
        default_factory=list
    )
    stored_value: StoredValue | UnsetType = UNSET
    referral: Referral | UnsetType = UNSET
    journeys: list[dict[str, Any]] = msgspec.field(default_factory=list)
    offline: Offline = Offline()
    verify: Verify = Verify()
    debt: Debt = Debt()
