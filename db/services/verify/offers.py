"""Coupons and promotions proved: rows follow from operations, counters from rows."""

from collections import Counter
from typing import Any, Final

import msgspec

from db.domain.offers.coupon_facts import CouponIssueBody, CouponVoidBody, OffersBack
from db.domain.operations import Operation
from db.domain.return_facts import AttachBody
from db.domain.reward_facts import EventBody
from db.domain.sales import SaleBody
from db.services.offers import coupon_rows
from db.services.verify.problems import ProblemList
from db.storage.coupons import CouponRow
from db.storage.database import Reader

_ISSUED = """
SELECT code, kind, member_id, op, counter_id, issued_at, issued_on, valid_from, valid_to
FROM coupon WHERE op = ? ORDER BY code
"""
_USED = """
SELECT 'coupon', code, kind, value, business_day, member_id FROM coupon_use WHERE sale_id = ?1
UNION ALL
SELECT 'promotion', promotion, '', value, business_day, member_id FROM promotion_use
WHERE sale_id = ?1
ORDER BY 1, 2
"""
_RESTORED = "SELECT code FROM coupon_use WHERE given_back_by = ? ORDER BY code"
_STANDING = "SELECT 1 FROM coupon WHERE code = ? AND voided_by IS NULL"
_COUNTS = """
SELECT source || ' ' || name || ' ' || hex(owner), sum(kept), sum(folded) FROM (
    SELECT source, name, owner, uses AS kept, 0 AS folded FROM offer_count
    UNION ALL
    SELECT 'coupon', kind, x'', 0, 1 FROM coupon_use WHERE given_back_by IS NULL
    UNION ALL
    SELECT 'coupon', kind, member_id, 0, 1 FROM coupon_use
    WHERE given_back_by IS NULL AND member_id IS NOT NULL
    UNION ALL
    SELECT 'promotion', promotion, x'', 0, 1 FROM promotion_use WHERE given_back_by IS NULL
    UNION ALL
    SELECT 'promotion', promotion, member_id, 0, 1 FROM promotion_use
    WHERE given_back_by IS NULL AND member_id IS NOT NULL
    UNION ALL
    SELECT 'issued', kind, x'', 0, 1 FROM coupon WHERE voided_by IS NULL
    UNION ALL
    SELECT 'issued', kind, member_id, 0, 1 FROM coupon
    WHERE voided_by IS NULL AND member_id IS NOT NULL
) GROUP BY source, name, owner HAVING sum(kept) <> sum(folded)
"""
_TWICE = """
SELECT code, count(*), 1 FROM coupon_use
WHERE given_back_by IS NULL
  AND sale_id NOT IN (SELECT other FROM conflict WHERE kind = 'coupon_twice')
  AND sale_id NOT IN (SELECT op FROM floor_spend WHERE coupons > 0)
GROUP BY code HAVING count(*) > 1
"""
"""A coupon that was used by the floor too may stand twice: head office has it as a conflict."""
_PROMOTIONS_BACK = """
SELECT hex(p.sale_id), 1, 0 FROM promotion_use AS p
WHERE p.given_back_by IS NOT NULL AND p.given_back_by NOT IN (
    SELECT op FROM operation
    WHERE status = 'applied' AND kind IN ('reversal', 'return', 'offers_back'))
"""
_VOIDED = """
SELECT code, 1, 0 FROM coupon WHERE voided_by IS NOT NULL AND voided_by NOT IN (
    SELECT op FROM operation
    WHERE status = 'applied'
      AND kind IN ('coupon_void', 'reversal', 'return', 'offers_back', 'event_revoke'))
"""
OFFER_FOLDS: Final = (
    ("offer_count_differs", _COUNTS),
    ("coupon_used_twice", _TWICE),
    ("promotion_given_back_by_nothing", _PROMOTIONS_BACK),
    ("coupon_voided_by_nothing", _VOIDED),
)
"""Each answers (where, kept, folded) for a row that is not the fold of what lies below it."""
OFFER_TABLES: Final = {
    "coupon": "SELECT count(*) FROM coupon",
    "coupon_use": "SELECT count(*) FROM coupon_use",
    "promotion_use": "SELECT count(*) FROM promotion_use",
    "restored": "SELECT count(*) FROM coupon_use WHERE given_back_by IS NOT NULL",
}
"""How many rows there are of what operations say, counted besides: a row nobody says is found."""


def check_offers(
    reader: Reader, problems: ProblemList, operation: Operation, *, where: str
) -> Counter[str]:
    """Compare what an operation says of coupons and promotions with its rows, and count that.

    A coupon that two operations take away keeps the first of them: it must be void, no more.
    """
    said: Counter[str] = Counter()
    if rows := _issued_by(operation):
        said["coupon"] = len(rows)
        expected = sorted(tuple(row[:9]) for row in rows)
        if [tuple(row) for row in reader.all(_ISSUED, (operation.op,))] != expected:
            problems.add("coupons_differ", where)
    if uses := _used_by(operation):
        said.update(f"{use[0]}_use" for use in uses)
        if [tuple(row) for row in reader.all(_USED, (operation.op,))] != sorted(uses):
            problems.add("offer_uses_differ", where)
    restored, withdrawn = _back_by(operation)
    if restored:
        said["restored"] = len(restored)
        if reader.all(_RESTORED, (operation.op,)) != [(code,) for code in sorted(restored)]:
            problems.add("coupons_restored_differ", where)
    if any(reader.one(_STANDING, (code,)) for code in withdrawn):
        problems.add("coupon_not_void", where)
    return said


def check_offer_counts(reader: Reader, problems: ProblemList, said: Counter[str]) -> None:
    """Find rows that no operation stands for."""
    for name, sql in OFFER_TABLES.items():
        if (kept := reader.value(sql)) != said[name]:
            problems.add("rows_differ", name, f"{kept} kept, {said[name]} said")


def _issued_by(operation: Operation) -> list[CouponRow]:
    kind, fields = operation.envelope.t, operation.envelope.b
    if kind == "coupon_issue":
        return coupon_rows(operation, msgspec.convert(fields, CouponIssueBody).coupons)
    if "issued" not in fields:
        return []
    if kind == "event_award":
        return coupon_rows(operation, msgspec.convert(fields, EventBody).issued)
    if kind == "attach":
        return coupon_rows(operation, msgspec.convert(fields, AttachBody).issued)
    return coupon_rows(operation, msgspec.convert(fields, SaleBody).issued)


def _used_by(operation: Operation) -> list[tuple[Any, ...]]:
    fields, owner = operation.envelope.b, (operation.envelope.bd, operation.member)
    if operation.envelope.t != "sale" or not {"coupons", "promotions"} & fields.keys():
        return []
    body = msgspec.convert(fields, SaleBody)
    coupons = [("coupon", use.code, use.kind, use.value, *owner) for use in body.coupons]
    return coupons + [("promotion", use.id, "", use.value, *owner) for use in body.promotions]


def _back_by(operation: Operation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the coupons that can be used again, and those taken away."""
    fields = operation.envelope.b
    if operation.envelope.t == "coupon_void":
        return (), msgspec.convert(fields, CouponVoidBody).codes
    if "offers" not in fields:
        return (), ()
    back = msgspec.convert(fields["offers"], OffersBack)
    return back.restored, back.withdrawn
