"""Coupons and the uses of offers on disk, with the counters that limits look at.

A use stands until a return or a reversal gives it back; `offer_count` is how many stand, and
`verify` counts them again.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from db.domain.ids import MemberId, SaleId
from db.domain.offers.coupon_facts import CouponUse, PromotionUse
from db.domain.offers.coupons import OPEN, USED, VOID, HeldCoupon, OfferFacts
from db.domain.offers.targets import Used
from db.domain.program.program import Program
from db.storage.database import Reader, Statements
from db.storage.holds import UnheardCoupon, coupons_usable_here, unheard_coupons
from db.storage.home import HomeIdentity
from db.storage.profiles import aliases_of

_STATE = (
    "CASE WHEN c.voided_by IS NOT NULL THEN 'void' WHEN EXISTS"
    " (SELECT 1 FROM coupon_use AS u WHERE u.code = c.code AND u.given_back_by IS NULL)"
    " THEN 'used' ELSE 'open' END"
)
_COLUMNS = f"""
c.code, c.kind, c.member_id, c.op, c.counter_id, c.issued_at, c.issued_on, c.valid_from,
c.valid_to, c.voided_by, {_STATE}
"""
_BY_CODE = f"SELECT {_COLUMNS} FROM coupon AS c WHERE c.code = ?"  # noqa: S608 - constant columns
_UNUSED_OF_MEMBER = f"""
SELECT {_COLUMNS} FROM coupon AS c
WHERE c.member_id = ? AND c.voided_by IS NULL AND NOT EXISTS
      (SELECT 1 FROM coupon_use AS u WHERE u.code = c.code AND u.given_back_by IS NULL)
ORDER BY c.issued_at, c.code
"""  # noqa: S608 - constant columns
_ISSUE = (
    "INSERT INTO coupon (code, kind, member_id, op, counter_id, issued_at, issued_on, valid_from,"
    " valid_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_VOID = """
UPDATE coupon SET voided_by = ? WHERE code = ? AND voided_by IS NULL RETURNING kind, member_id
"""
_USE = (
    "INSERT INTO coupon_use (sale_id, code, kind, member_id, value, business_day)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_PROMOTE = (
    "INSERT INTO promotion_use (sale_id, promotion, member_id, value, business_day)"
    " VALUES (?, ?, ?, ?, ?)"
)
_RESTORE = """
UPDATE coupon_use SET given_back_by = ?1 WHERE sale_id = ?2 AND code = ?3 AND given_back_by IS NULL
RETURNING kind, member_id
"""
_GIVEN_BACK = "SELECT code FROM coupon_use WHERE sale_id = ? AND given_back_by IS NOT NULL"
_FREE = """
UPDATE promotion_use SET given_back_by = ?1 WHERE sale_id = ?2 AND given_back_by IS NULL
RETURNING promotion, member_id
"""
_REUSE = """
UPDATE coupon_use SET given_back_by = NULL WHERE sale_id = ? AND given_back_by = ?
RETURNING kind, member_id
"""
_REPROMOTE = """
UPDATE promotion_use SET given_back_by = NULL WHERE sale_id = ? AND given_back_by = ?
RETURNING promotion, member_id
"""
_UNVOID = """
UPDATE coupon SET voided_by = NULL WHERE code = ? AND voided_by = ? RETURNING kind, member_id
"""
_UNISSUE = """
DELETE FROM coupon WHERE code = ?1 AND NOT EXISTS (SELECT 1 FROM coupon_use WHERE code = ?1)
RETURNING kind, member_id
"""
_COUNT = """
INSERT INTO offer_count (source, name, owner, uses) VALUES (?, ?, ?, ?)
ON CONFLICT (source, name, owner) DO UPDATE SET uses = uses + excluded.uses
"""
_COUNTED = "SELECT uses FROM offer_count WHERE source = ? AND name = ? AND owner = ?"
_EVERYBODY = b""
ISSUED = "issued"


class CouponRow(NamedTuple):
    """A coupon as stored, with its state: `open`, `used` or `void`; days ISO, inclusive."""

    code: str
    kind: str
    member_id: MemberId | None
    op: bytes
    counter_id: bytes
    issued_at: int
    issued_on: str
    valid_from: str | None
    valid_to: str | None
    voided_by: bytes | None
    state: str = OPEN


class CouponRepository:
    """Access to coupons and offers used through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def issue(self, rows: Iterable[CouponRow]) -> None:
        """Write coupons that an act issued, and count them."""
        for row in rows:
            self._sql.run(_ISSUE, row[:9])
            self._count((ISSUED, row.kind), row.member_id, 1)

    def void(self, code: str, op: bytes) -> None:
        """Note which operation took a coupon away; one that is void already keeps the first."""
        for kind, member_id in self._sql.all(_VOID, (op, code)):
            self._count((ISSUED, kind), member_id, -1)

    def use(
        self,
        sale_id: SaleId,
        member_id: MemberId | None,
        *,
        coupons: Sequence[CouponUse],
        promotions: Sequence[PromotionUse],
        business_day: str,
    ) -> None:
        """Write what a sale used, and count it."""
        for coupon in coupons:
            row = (sale_id, coupon.code, coupon.kind, member_id, coupon.value, business_day)
            self._sql.run(_USE, row)
            self._count(("coupon", coupon.kind), member_id, 1)
        for promotion in promotions:
            self._sql.run(
                _PROMOTE, (sale_id, promotion.id, member_id, promotion.value, business_day)
            )
            self._count(("promotion", promotion.id), member_id, 1)

    def give_back(self, sale_id: SaleId, op: bytes, *, codes: Sequence[str], whole: bool) -> None:
        """Let coupons of a sale be used again; with `whole` its promotions count no more."""
        for code in codes:
            for kind, member_id in self._sql.all(_RESTORE, (op, sale_id, code)):
                self._count(("coupon", kind), member_id, -1)
        if whole:
            for promotion, member_id in self._sql.all(_FREE, (op, sale_id)):
                self._count(("promotion", promotion), member_id, -1)

    def take_again(self, sale_id: SaleId, op: bytes) -> None:
        """Let what an act gave back of a sale be used as it was before."""
        for kind, member_id in self._sql.all(_REUSE, (sale_id, op)):
            self._count(("coupon", kind), member_id, 1)
        for promotion, member_id in self._sql.all(_REPROMOTE, (sale_id, op)):
            self._count(("promotion", promotion), member_id, 1)

    def unvoid(self, code: str, op: bytes) -> None:
        """Let a coupon that an act took away be there again."""
        for kind, member_id in self._sql.all(_UNVOID, (code, op)):
            self._count((ISSUED, kind), member_id, 1)

    def unissue(self, codes: Sequence[str]) -> None:
        """Take coupons out again that an act issued and nobody used."""
        for code in codes:
            for kind, member_id in self._sql.all(_UNISSUE, (code,)):
                self._count((ISSUED, kind), member_id, -1)
            assert find_coupon(self._sql, code) is None, "a coupon of it was used"

    def given_back(self, sale_id: SaleId) -> frozenset[str]:
        """Return the coupons of a sale that have come back before."""
        return frozenset(code for (code,) in self._sql.all(_GIVEN_BACK, (sale_id,)))

    def _count(self, offer: tuple[str, str], member_id: MemberId | None, uses: int) -> None:
        owners = [_EVERYBODY] if member_id is None else [_EVERYBODY, member_id]
        self._sql.run_many(_COUNT, [(*offer, owner, uses) for owner in owners])


def find_coupon(reader: Reader, code: str) -> CouponRow | None:
    """Return the coupon with this code printed on it."""
    row = reader.one(_BY_CODE, (code,))
    return None if row is None else CouponRow(*row)


def unused_coupons(reader: Reader, ids: Sequence[MemberId]) -> list[CouponRow]:
    """Return the coupons of these ids that were not used or voided, expired ones too, as issued."""
    return [CouponRow(*row) for each in ids for row in reader.all(_UNUSED_OF_MEMBER, (each,))]


def offer_facts(
    reader: Reader,
    member_id: MemberId | None,
    program: Program,
    *,
    named: Sequence[str] = (),
    home: HomeIdentity,
    now_ms: int,
) -> OfferFacts:
    """Return what a sale must know of coupons and limits; `named` are codes that were scanned.

    `now_ms` is the trusted time that leases end by.

    A program without offers costs no question.
    """
    offers = program.offers
    if not (offers.any or offers.coupons or named):
        return OfferFacts()
    ids = () if member_id is None else (member_id, *aliases_of(reader, member_id))
    rows: dict[str, CouponRow] = {}
    if member_id is not None and offers.coupons:
        rows = {row.code: row for row in unused_coupons(reader, ids)}
    for code in named:
        if code not in rows and (found := find_coupon(reader, code)) is not None:
            rows[code] = found
    usable = _usable_here(reader, ids, rows, named=named, program=program, home=home, at=now_ms)
    limited = [
        offer.offer_id
        for offer in (*offers.item, *offers.order)
        if offer.gates.limit_total is not None or offer.gates.limit_per_member is not None
    ]
    counted = [
        code
        for code, kind in offers.coupons.items()
        if kind.limit_total is not None or kind.limit_per_member is not None
    ]
    return OfferFacts(
        coupons=tuple(
            _held(row, ids, here=usable is None or row.code in usable) for row in rows.values()
        ),
        used={name: used_of(reader, ids, source="promotion", name=name) for name in limited},
        coupons_used={code: used_of(reader, ids, source="coupon", name=code) for code in counted},
        coupons_out={code: used_of(reader, ids, source=ISSUED, name=code) for code in counted},
    )


def used_of(reader: Reader, ids: Sequence[MemberId], *, source: str, name: str) -> Used:
    """Return how many uses of a `promotion` or a kind of `coupon` stand: of all, and of these ids.

    `ISSUED` asks how many coupons of a kind were issued and not voided.
    """
    total = reader.one(_COUNTED, (source, name, _EVERYBODY))
    mine = [reader.value(_COUNTED, (source, name, each)) or 0 for each in ids]
    return Used(0 if total is None else total[0], sum(mine))


def _usable_here(
    reader: Reader,
    ids: Sequence[MemberId],
    rows: dict[str, CouponRow],
    *,
    named: Sequence[str],
    program: Program,
    home: HomeIdentity,
    at: int,
) -> frozenset[str] | None:
    """Return the coupons that this counter may use, and add those only its leases speak of.

    None means all: where the counter is its own authority nobody is asked.
    """
    if home.own_authority or not (program.offers.coupons or named):
        return None
    for coupon in unheard_coupons(reader, ids, named, stream_id=home.stream_id):
        if coupon.code not in rows:
            rows[coupon.code] = _unheard_row(coupon)
    hours = program.document.offline.lease.hours
    return frozenset(
        coupons_usable_here(reader, list(rows), stream_id=home.stream_id, now_ms=at, hours=hours)
    )


def _unheard_row(coupon: UnheardCoupon) -> CouponRow:
    return CouponRow(
        code=coupon.code,
        kind=coupon.kind,
        member_id=coupon.member_id,
        op=coupon.hold_id,
        counter_id=b"",
        issued_at=0,
        issued_on="",
        valid_from=coupon.valid_from,
        valid_to=coupon.valid_to,
        voided_by=None,
    )


def _held(row: CouponRow, ids: tuple[MemberId, ...], *, here: bool) -> HeldCoupon:
    return HeldCoupon(
        code=row.code,
        kind=row.kind,
        valid_from=None if row.valid_from is None else date.fromisoformat(row.valid_from),
        valid_to=None if row.valid_to is None else date.fromisoformat(row.valid_to),
        mine=row.member_id is None or row.member_id in ids,
        state={"open": OPEN, "used": USED, "void": VOID}[row.state],
        here=here,
    )
