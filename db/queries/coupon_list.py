"""Coupons as people look at them: whose, of what kind, good until when, used where."""

from dataclasses import dataclass
from datetime import date

from db.domain.ids import MemberId, SaleId
from db.storage.database import Reader, Row
from db.storage.profiles import aliases_of

LIST_ROWS_MAX = 1_000
STATES = ("valid", "not_yet", "expired", "used", "void")
_COLUMNS = """
SELECT c.code, c.kind, c.member_id, coalesce(m.number, ''), c.issued_at, c.issued_on, c.valid_from,
       c.valid_to, c.voided_by, u.sale_id, u.value, u.business_day
FROM coupon AS c
LEFT JOIN member AS m ON m.member_id = c.member_id
LEFT JOIN coupon_use AS u ON u.code = c.code AND u.given_back_by IS NULL
"""
_OF_MEMBER = f"{_COLUMNS} WHERE c.member_id = ?1 ORDER BY c.issued_at DESC, c.code LIMIT ?2"
_OF_KIND = f"{_COLUMNS} WHERE c.kind = ?1 ORDER BY c.issued_at DESC, c.code LIMIT ?2"
_ALL = f"{_COLUMNS} ORDER BY c.issued_at DESC, c.code LIMIT ?"
_ONE = f"{_COLUMNS} WHERE c.code = ?1"


@dataclass(frozen=True, slots=True)
class CouponShown:
    """A coupon on a day; `state` is one of `STATES`, `used_value` in 分."""

    code: str
    kind: str
    member_id: MemberId | None
    member_number: str
    issued_at: int
    issued_on: date
    valid_from: date | None
    valid_to: date | None
    state: str
    sale_id: SaleId | None
    used_value: int
    used_on: date | None


def coupon_shown(reader: Reader, code: str, *, on: date) -> CouponShown | None:
    """Return the coupon with this code printed on it."""
    row = reader.one(_ONE, (code,))
    return None if row is None else _shown(row, on)


def coupon_list(
    reader: Reader,
    *,
    on: date,
    member_id: MemberId | None = None,
    kind: str | None = None,
    limit: int = LIST_ROWS_MAX,
) -> list[CouponShown]:
    """Return coupons, newest first: a member's, or of a kind, or all."""
    if member_id is not None:
        rows = reader.all(_OF_MEMBER, (member_id, limit))
    elif kind is not None:
        rows = reader.all(_OF_KIND, (kind, limit))
    else:
        rows = reader.all(_ALL, (limit,))
    found = [_shown(row, on) for row in rows]
    return [coupon for coupon in found if kind in (None, coupon.kind)]


def held_coupons(reader: Reader, member_id: MemberId, *, on: date) -> list[CouponShown]:
    """Return a member's coupons that are good now or later, the one that ends first in front."""
    held = [
        coupon
        for each in (member_id, *aliases_of(reader, member_id))
        for coupon in coupon_list(reader, on=on, member_id=each)
        if coupon.state in ("valid", "not_yet")
    ]
    return sorted(held, key=lambda coupon: (coupon.valid_to or date.max, coupon.code))


def _shown(row: Row, on: date) -> CouponShown:
    code, kind, member_id, number, issued_at, issued_on, first, last, voided, sale, value, used = (
        row
    )
    days = [None if day is None else date.fromisoformat(day) for day in (first, last, used)]
    if voided is not None:
        state = "void"
    elif sale is not None:
        state = "used"
    elif days[1] is not None and on > days[1]:
        state = "expired"
    else:
        state = "not_yet" if days[0] is not None and on < days[0] else "valid"
    return CouponShown(
        code=code,
        kind=kind,
        member_id=None if member_id is None else MemberId(member_id),
        member_number=number,
        issued_at=issued_at,
        issued_on=date.fromisoformat(issued_on),
        valid_from=days[0],
        valid_to=days[1],
        state=state,
        sale_id=None if sale is None else SaleId(sale),
        used_value=value or 0,
        used_on=days[2],
    )
