"""Purchases and members as they were, for trying another program on them.

A basket comes out of its operation: prices as rung up, less what cashiers took off by hand. What
the program of then took off is put back, for every program takes off its own; the explanation in
the operation says which was which. A brand is looked up in the catalogue, where it is kept.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from db.domain.basket import GOODS, Basket, BasketLine
from db.domain.exact import minor
from db.domain.expiry import add_months
from db.domain.ids import MemberId, text_of
from db.domain.replay import PastMember, PastSale
from db.domain.tiers import Qualifier
from db.storage.database import Reader
from db.storage.rewards import tags_of

_YEAR_MONTHS = 12
_SALES = """
SELECT s.sale_id, s.member_id, s.branch_id, s.sold_at, s.redeemed_value, o.raw
FROM sale AS s JOIN operation AS o ON o.op = s.sale_id
WHERE s.business_day = ? AND s.reversed_by IS NULL AND s.returned_whole = 0 AND s.gross > 0
ORDER BY s.sold_at, o.hlc, s.sale_id
"""
_MEMBERS = """
WITH bought AS (
    SELECT member_id, count(*) AS visits, sum(earned - redeemed) AS points, min(sold_at) AS first_at
    FROM sale
    WHERE business_day BETWEEN ?1 AND ?2 AND member_id IS NOT NULL AND reversed_by IS NULL
    GROUP BY member_id
)
SELECT b.member_id, m.number, m.joined_on, m.birthday,
       (SELECT s.tier FROM sale AS s WHERE s.member_id = b.member_id AND s.sold_at = b.first_at
        AND s.reversed_by IS NULL ORDER BY s.sale_id LIMIT 1),
       coalesce(t.visits, 0) - b.visits,
       coalesce((SELECT sum(remaining) FROM lot WHERE lot.member_id = b.member_id), 0)
       + coalesce((SELECT sum(s.granted - s.spent - s.returned)
                   FROM lease AS l JOIN lease_lot AS s ON s.lease_id = l.lease_id
                   WHERE l.member_id = b.member_id AND l.state <> 'reclaimed'), 0) - b.points
FROM bought AS b JOIN member AS m ON m.member_id = b.member_id
LEFT JOIN member_total AS t ON t.member_id = b.member_id
"""
_BEFORE = """
SELECT member_id, max(business_day, ?1), sum(due), count(*), sum(earned)
FROM sale
WHERE business_day < ?2 AND member_id IS NOT NULL AND reversed_by IS NULL
  AND member_id IN (SELECT member_id FROM sale WHERE business_day BETWEEN ?2 AND ?3)
GROUP BY member_id, max(business_day, ?1)
"""
_BRANDS = "SELECT sku, brand FROM product WHERE brand <> ''"


class _Line(msgspec.Struct, gc=False):
    """What a basket needs of a line as sold."""

    unit_price: int
    amount: int
    sku: str = ""
    category: str = ""
    brand: str = ""
    kind: str = GOODS
    quantity: int = 1
    discount: int = 0


class _Step(msgspec.Struct, gc=False):
    """What a reduction says in the explanation: whose it was, and on which lines, in yuan."""

    step: str
    source: str = ""
    lines: tuple[str | int, ...] = ()


class _Share(msgspec.Struct, gc=False):
    """So many 分 of bonus."""

    amount: int


class _Value(msgspec.Struct, gc=False):
    """What stored value paid, in 分."""

    principal: int = 0
    bonus: tuple[_Share, ...] = ()


class _Body(msgspec.Struct, gc=False):
    """The parts of a sale's body that a replay looks at."""

    lines: tuple[_Line, ...]
    tenders: dict[str, int]
    explanation: tuple[_Step, ...] = ()
    value: _Value = msgspec.field(default_factory=_Value)


class _Told(msgspec.Struct, gc=False):
    """An operation, of which only the body is read."""

    b: _Body


_DECODE = msgspec.json.Decoder(_Told).decode
_REDUCTIONS = frozenset({"discount", "promotion", "coupon"})
_BY_HAND = "order_discount"


def past_sales(
    reader: Reader, first: date, last: date, *, members: Collection[bytes]
) -> Iterator[PastSale]:
    """Yield the standing sales of these business days in the order of their time.

    A day is read at once; a sale whose member is not among `members` is one without a member.
    """
    brands: dict[str, str] = dict(reader.all(_BRANDS))
    day = first
    while day <= last:
        for row in reader.all(_SALES, (day.isoformat(),)):
            yield PastSale(
                basket=_basket(_DECODE(row[5]).b, branch=text_of(row[2]), brands=brands),
                on=day,
                at_ms=row[3],
                member=row[1] if row[1] in members else None,
                wanted=row[4],
            )
        day += timedelta(days=1)


def past_members(
    reader: Reader, first: date, last: date, *, with_tags: bool = False
) -> tuple[dict[bytes, PastMember], dict[bytes, str]]:
    """Return everybody who bought on these days as he was before them, and the member numbers.

    Tags are those of today, read only where a program looks at them.
    """
    before = _before(reader, first, last)
    members: dict[bytes, PastMember] = {}
    numbers: dict[bytes, str] = {}
    for row in reader.all(_MEMBERS, (first.isoformat(), last.isoformat())):
        member, number, joined_on, birthday, tier, visits, points = row
        numbers[member] = number
        members[member] = PastMember(
            joined_on=date.fromisoformat(joined_on),
            birthday=birthday or "",
            tier=tier,
            visits=max(0, visits),
            points=max(0, points),
            tags=frozenset(tags_of(reader, MemberId(member))) if with_tags else frozenset(),
            before=tuple(before.get(member, ())),
        )
    return members, numbers


def _before(reader: Reader, first: date, last: date) -> Mapping[bytes, Sequence[Qualifier]]:
    """Return what counted before, day by day for a year; what is older stands on one day."""
    oldest = add_months(first, -_YEAR_MONTHS) - timedelta(days=1)
    days = oldest.isoformat(), first.isoformat(), last.isoformat()
    found: dict[bytes, list[Qualifier]] = defaultdict(list)
    for member, day, due, visits, earned in reader.all(_BEFORE, days):
        found[member].append(Qualifier(date.fromisoformat(day), due, visits, earned))
    return found


def _basket(body: _Body, *, branch: str, brands: Mapping[str, str]) -> Basket:
    """Return the basket before any program, with the discounts that a cashier gave.

    A purchase of a former system with something taken back in it is one of its amount.
    """
    if any(line.quantity < 1 for line in body.lines):
        amount = max(0, sum(line.amount for line in body.lines))
        return Basket.of_amount(amount, branch=branch)
    given = [0] * len(body.lines)
    order = 0
    for step in body.explanation:
        if step.step in _REDUCTIONS and len(step.lines) == len(given):
            parts = [minor(str(part)) for part in step.lines]
            given = [sum(pair) for pair in zip(given, parts, strict=True)]
            order += sum(parts) if step.source == _BY_HAND else 0
    return Basket(
        lines=tuple(
            BasketLine(
                unit_price=line.unit_price,
                quantity=line.quantity,
                discount=max(0, line.discount - off),
                sku=line.sku,
                category=line.category,
                brand=line.brand or brands.get(line.sku, ""),
                kind=line.kind,
            )
            for line, off in zip(body.lines, given, strict=True)
        ),
        order_discount=order,
        branch=branch,
        tenders=tuple(body.tenders) or ("cash",),
        stored_value_principal=body.value.principal,
        stored_value_bonus=sum(share.amount for share in body.value.bonus),
    )
