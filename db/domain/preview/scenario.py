"""A scenario: one member's story in steps, on which a program can be tried without a database.

The shape is PROGRAM.md §5. A malformed scenario is refused whole, with the path of the field;
absent fields are empty or 0.
"""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from db.domain.basket import Basket, BasketLine
from db.domain.exact import minor
from db.domain.program.document import Day, Doc, Money, Name, Positive
from db.domain.program.reading import Problem, shape_problems
from db.domain.refusals import Refusal

Word = Annotated[str, Meta(max_length=200)]
Points = Annotated[int, Meta(ge=0, le=1_000_000_000)]
STEPS_MAX = 10_000


@dataclass(eq=False)
class InvalidScenario(Refusal):
    """The scenario is malformed; no step of it was run."""

    problems: tuple[Problem, ...]


class ScenarioMember(Doc, frozen=True):
    """Who the story is about; `balance` is a lot that is available and never ends.

    `referrer` is the member who brought him, in any words.
    """

    joined_on: Day | None = None
    birthday: Annotated[str, Meta(pattern=r"^(([0-9]{4}-)?[0-9]{2}-[0-9]{2})?$")] = ""
    tier: Word = ""
    tags: list[Word] = msgspec.field(default_factory=list)
    segments: list[Word] = msgspec.field(default_factory=list)
    referrer: Word = ""
    balance: Points = 0


class ScenarioLine(Doc, frozen=True, kw_only=True):
    """One line of a sale."""

    sku: Word = ""
    name: Word = ""
    category: Word = ""
    brand: Word = ""
    kind: Literal["goods", "delivery"] = "goods"
    quantity: Positive = 1
    unit_price: Money
    discount: Money = "0"


class ScenarioSale(Doc, frozen=True):
    """A sale by lines, or by `amount` only."""

    id: Word = ""
    branch: Word = ""
    channel: Word = "counter"
    lines: Annotated[list[ScenarioLine], Meta(max_length=1000)] = msgspec.field(
        default_factory=list
    )
    amount: Money | UnsetType = UNSET
    order_discount: Money = "0"
    coupons: list[Name] = msgspec.field(default_factory=list)
    redeem_points: Points = 0
    tenders: dict[str, Money] = msgspec.field(default_factory=dict)
    codes: list[Name] = msgspec.field(default_factory=list)


class ReturnLine(Doc, frozen=True):
    """So many units of a line, counted from 1."""

    line: Positive
    quantity: Positive = 1


class ScenarioReturn(Doc, frozen=True):
    """A return by lines, by amount (of an amount-only sale), or of all that is left."""

    sale: Word
    lines: list[ReturnLine] = msgspec.field(default_factory=list)
    amount: Money | UnsetType = UNSET


class ScenarioVoid(Doc, frozen=True):
    """Taking a whole sale back."""

    sale: Word
    reason: Word = ""


class ScenarioRedeem(Doc, frozen=True):
    """Points without a sale: for money at another till, or for a gift (`gift:SKU`)."""

    points: Points
    for_: Annotated[str, Meta(pattern=r"^(money|gift:.+)$")] = msgspec.field(
        default="money", name="for"
    )
    amount: Money | UnsetType = UNSET


class ScenarioAdjust(Doc, frozen=True):
    """Points given or taken by hand."""

    points: Annotated[int, Meta(ge=-1_000_000_000, le=1_000_000_000)]
    reason: Word = ""


class ScenarioTopUp(Doc, frozen=True):
    """Money paid in."""

    pay: Money


class Step(Doc, frozen=True):
    """One act at one time: exactly one of its kinds."""

    at: Word
    sale: ScenarioSale | UnsetType = UNSET
    return_: ScenarioReturn | UnsetType = msgspec.field(default=UNSET, name="return")
    void: ScenarioVoid | UnsetType = UNSET
    redeem: ScenarioRedeem | UnsetType = UNSET
    adjust: ScenarioAdjust | UnsetType = UNSET
    event: Name | UnsetType = UNSET
    top_up: ScenarioTopUp | UnsetType = UNSET
    review: Literal["expiry", "tiers"] | UnsetType = UNSET


class Scenario(Doc, frozen=True):
    """The whole story; `member` null is a customer without membership."""

    steps: Annotated[list[Step], Meta(max_length=STEPS_MAX)]
    member: ScenarioMember | None = ScenarioMember()


KINDS = ("sale", "return_", "void", "redeem", "adjust", "event", "top_up", "review")


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario, as it ships in `resources/schemas`."""
    schema = msgspec.json.schema(Scenario)
    kinds = [kind.rstrip("_") for kind in KINDS]
    schema["$defs"]["Step"]["oneOf"] = [{"required": [kind]} for kind in kinds]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def read_scenario(document: dict[str, Any]) -> Scenario:
    """Return the scenario that a JSON object writes.

    Raises:
        InvalidScenario: with the path of what is wrong.
    """
    try:
        scenario = msgspec.convert(document, Scenario)
    except msgspec.ValidationError as error:
        faults = shape_problems(deepcopy(document), Scenario, first=str(error))
        raise InvalidScenario(faults) from None
    problems = [
        problem
        for i, step in enumerate(scenario.steps)
        for problem in _step_problems(step, f"$.steps[{i}]")
    ]
    if scenario.member is not None:
        problems += _member_problems(scenario.member)
    if problems:
        raise InvalidScenario(tuple(problems))
    return scenario


def basket_of(sale: ScenarioSale) -> Basket:
    """Return the sale's basket; an amount-only sale is one line."""
    lines = [
        BasketLine(
            unit_price=minor(line.unit_price),
            quantity=line.quantity,
            discount=minor(line.discount),
            sku=line.sku,
            category=line.category,
            brand=line.brand,
            kind=line.kind,
        )
        for line in sale.lines
    ]
    if sale.amount is not UNSET:
        lines = [BasketLine(unit_price=minor(sale.amount))]
    paid_with = tuple(tender for tender, amount in sale.tenders.items() if minor(amount))
    return Basket(
        lines=tuple(lines),
        order_discount=minor(sale.order_discount),
        branch=sale.branch,
        channel=sale.channel,
        tenders=paid_with or ("cash",),
        coupons=tuple(sale.coupons),
        codes=tuple(sale.codes),
    )


def _step_problems(step: Step, path: str) -> list[Problem]:
    problems: list[Problem] = []
    written = [kind for kind in KINDS if getattr(step, kind) is not UNSET]
    if len(written) != 1:
        problems.append(Problem(path, "one_kind", {"keys": [kind.rstrip("_") for kind in written]}))
    try:
        datetime.fromisoformat(step.at)
    except ValueError:
        problems.append(Problem(f"{path}.at", "no_such_time", {"at": step.at}))
    if isinstance(step.sale, ScenarioSale) and bool(step.sale.lines) == (
        step.sale.amount is not UNSET
    ):
        problems.append(Problem(f"{path}.sale", "lines_or_amount"))
    if isinstance(step.top_up, ScenarioTopUp) and minor(step.top_up.pay) == 0:
        problems.append(Problem(f"{path}.top_up.pay", "not_above_zero", {"value": step.top_up.pay}))
    return problems


def _member_problems(member: ScenarioMember) -> list[Problem]:
    problems: list[Problem] = []
    if member.joined_on is not None and not _is_day(member.joined_on):
        problems.append(Problem("$.member.joined_on", "no_such_day", {"day": member.joined_on}))
    # 2000 is a leap year: 02-29 is a birthday
    if member.birthday and not _is_day(f"2000-{member.birthday[-5:]}"):
        problems.append(Problem("$.member.birthday", "no_such_day", {"day": member.birthday}))
    return problems


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
