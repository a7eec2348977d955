"""The loyalty program as it is written: the document's fields, and nothing about arithmetic.

One JSON document holds every rule of a shop (PROGRAM.md §2). Unknown fields are refused with their
path, so that a misspelt rule can never be quietly ignored. Money is a decimal string, a rate a
decimal or `a/b` string, points are integers; no float exists here.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

FORMAT = "guitai.program/1"

Money = Annotated[
    str, Meta(pattern=r"^[0-9]{1,9}(\.[0-9]{1,2})?$", description="Yuan, such as 19.99.")
]
FineMoney = Annotated[
    str, Meta(pattern=r"^[0-9]{1,9}(\.[0-9]{1,6})?$", description="Yuan, to a millionth.")
]
Rate = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{1,9}(\.[0-9]{1,9}|/[1-9][0-9]{0,8})?$",
        description="An exact number: 1.5 or 3/2.",
    ),
]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="ISO date.")]
TimeOfDay = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Name = Annotated[str, Meta(min_length=1, max_length=120)]
Count = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Positive = Annotated[int, Meta(ge=1, le=1_000_000_000)]
Names = Annotated[list[Name], Meta(max_length=10_000)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Lane = Literal["best", "all"]


class Doc(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True
):
    """What every part of the document shares: immutable, and unknown fields are refused."""


class Text(Doc, frozen=True):
    """The same words in both languages."""

    zh: Name
    en: Name = ""


class MoneyRange(Doc, frozen=True):
    """Amounts from `min` to `max`, both inclusive."""

    min: Money | UnsetType = UNSET
    max: Money | UnsetType = UNSET


class CountRange(Doc, frozen=True):
    """Whole numbers from `min` to `max`, both inclusive."""

    min: Count | UnsetType = UNSET
    max: Count | UnsetType = UNSET


class DateRange(Doc, frozen=True):
    """Business days from `from` to `to`, both inclusive."""

    from_: Day | UnsetType = msgspec.field(default=UNSET, name="from")
    to: Day | UnsetType = UNSET


class TimeRange(Doc, frozen=True):
    """Wall-clock minutes from `from` to `to`, both inclusive; it may pass midnight."""

    from_: TimeOfDay | UnsetType = msgspec.field(default=UNSET, name="from")
    to: TimeOfDay | UnsetType = UNSET


class Condition(Doc, frozen=True):
    """An object with exactly one key: a combination, or a leaf over sale, line or member."""

    all: "Annotated[list[Condition], Meta(min_length=1)] | UnsetType" = UNSET
    any: "Annotated[list[Condition], Meta(min_length=1)] | UnsetType" = UNSET
    not_: "Condition | UnsetType" = msgspec.field(default=UNSET, name="not")
    spend: MoneyRange | UnsetType = UNSET
    branch: Names | UnsetType = UNSET
    channel: Names | UnsetType = UNSET
    weekday: list[Weekday] | UnsetType = UNSET
    month_day: list[Annotated[int, Meta(ge=1, le=31)]] | UnsetType = UNSET
    date: DateRange | UnsetType = UNSET
    time: TimeRange | UnsetType = UNSET
    visit_number: CountRange | UnsetType = UNSET
    tender: Names | UnsetType = UNSET
    event: Names | UnsetType = UNSET
    sku: Names | UnsetType = UNSET
    category: Names | UnsetType = UNSET
    brand: Names | UnsetType = UNSET
    price: MoneyRange | UnsetType = UNSET
    quantity: CountRange | UnsetType = UNSET
    tier: Names | UnsetType = UNSET
    tag: Names | UnsetType = UNSET
    segment: Names | UnsetType = UNSET
    joined_days: CountRange | UnsetType = UNSET
    birthday: Literal["day", "week", "month"] | UnsetType = UNSET
    first_purchase: bool | UnsetType = UNSET


class AwardBand(Doc, frozen=True):
    """From this base on, so many points per amount."""

    from_: Money = msgspec.field(name="from")
    points: Count
    per_amount: Money
    whole_steps: bool = False


class Award(Doc, frozen=True):
    """What a rule gives; which fields may stand together is checked with the whole document."""

    points: Count | UnsetType = UNSET
    per_amount: Money | UnsetType = UNSET
    per_item: Positive | UnsetType = UNSET
    whole_steps: bool = False
    bands: Annotated[list[AwardBand], Meta(min_length=1)] | UnsetType = UNSET
    mode: Literal["marginal", "whole"] = "marginal"
    multiply: Rate | UnsetType = UNSET
    coupon: Name | UnsetType = UNSET
    tag: Name | UnsetType = UNSET


Awards = Award | list[Award]


class EarningRule(Doc, frozen=True, kw_only=True):
    """When the condition holds, give the award."""

    id: Name
    name: Text | Name | UnsetType = UNSET
    when: Condition | UnsetType = UNSET
    give: Awards
    stacking: Literal["add", "exclusive"] = "add"
    priority: int = 0


class Base(Doc, frozen=True):
    """Which money earns: reductions that count, stored value, and the lines that never earn."""

    net_of: list[Literal["line_discount", "order_discount", "coupon", "points"]] = msgspec.field(
        default_factory=lambda: ["line_discount", "order_discount", "coupon", "points"]
    )
    stored_value: Literal["principal", "all", "none"] = "principal"
    exclude: Condition | UnsetType = UNSET


class Expiry(Doc, frozen=True):
    """When a lot ends; `after` for days, months and years, `months` for inactivity."""

    kind: Literal["never", "days", "months", "years", "inactivity"]
    after: Annotated[int, Meta(ge=1, le=36_500)] | UnsetType = UNSET
    months: Annotated[int, Meta(ge=1, le=1_200)] | UnsetType = UNSET
    round_up_to: Literal["none", "month", "quarter", "half_year", "year"] = "none"


class Caps(Doc, frozen=True):
    """The most points that one sale, business day or calendar month may award."""

    per_sale: Count | UnsetType = UNSET
    per_day: Count | UnsetType = UNSET
    per_month: Count | UnsetType = UNSET


class Points(Doc, frozen=True):
    """What points are called, how they round, when they can be used and when they end."""

    name: Text | UnsetType = UNSET
    rounding: Literal["down", "half_up", "up"] = "down"
    base: Base = Base()
    pending_days: Annotated[int, Meta(ge=0, le=3_650)] = 0
    combine_multipliers: Literal["max", "sum", "product"] = "max"
    expiry: Expiry = Expiry(kind="never")
    caps: Caps = Caps()


class MoneyRedemption(Doc, frozen=True):
    """How points pay: per step, and within which limits."""

    points_per_step: Positive
    value_per_step: FineMoney
    min_points: Count = 0
    min_spend: Money = "0.00"
    max_share: Rate = "1"
    max_amount: Money | UnsetType = UNSET
    exclude: Condition | UnsetType = UNSET
    not_with: Names = msgspec.field(default_factory=list)


class Gift(Doc, frozen=True):
    """A thing that points buy; without `stock` there is always one."""

    sku: Name
    points: Positive
    stock: Count | UnsetType = UNSET


class Redemption(Doc, frozen=True):
    """What points are good for."""

    money: MoneyRedemption | UnsetType = UNSET
    gifts: list[Gift] = msgspec.field(default_factory=list)


class Benefit(Doc, frozen=True):
    """What a level offers in words, and what it awards."""

    kind: Literal["gift", "delivery", "care", "priority", "birthday", "upgrade"]
    text: Text | UnsetType = UNSET
    award: Awards | UnsetType = UNSET


class Level(Doc, frozen=True):
    """One level: reached `from` this measure on."""

    code: Name
    name: Text | Name | UnsetType = UNSET
    from_: Money = msgspec.field(default="0", name="from")
    multiplier: Rate = "1"
    discount: Rate = "0"
    benefits: list[Benefit] = msgspec.field(default_factory=list)


class Tiers(Doc, frozen=True):
    """The ladder, what is measured, over which window, and how one falls."""

    measure: Literal["net_spend", "visits", "points_earned"]
    window: Literal["calendar_year", "rolling_12_months", "anniversary", "lifetime"]
    levels: Annotated[list[Level], Meta(min_length=1, max_length=50)]
    downgrade: Literal["none", "one_step", "to_measure"] = "none"
    grace_days: Annotated[int, Meta(ge=0, le=3_650)] = 0
