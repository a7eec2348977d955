"""Sales on disk: the purchase with its tenders, its lines, and what reversed it."""

from typing import NamedTuple

from db.domain.ids import MemberId, SaleId
from db.domain.sales import LineFact
from db.storage.database import Reader, Statements


class SaleRow(NamedTuple):
    """A sale as stored, column by column; money in 分, `sold_at` UTC ms, `business_day` ISO."""

    sale_id: SaleId
    member_id: MemberId | None
    branch_id: bytes
    counter_id: bytes
    staff_id: bytes | None
    shift_id: bytes | None
    sold_at: int
    business_day: str
    items: int
    gross: int
    discount: int
    redeemed: int
    redeemed_value: int
    due: int
    paid_cash: int
    paid_card: int
    paid_wechat: int
    paid_alipay: int
    paid_stored_value: int
    paid_other: int
    earned: int
    tier: str
    raised_to: str | None
    raised_rank: int | None
    program: str
    till_receipt: str | None
    source: str
    batch_id: bytes | None
    reversed_by: bytes | None


_COLUMNS = (
    "sale_id, member_id, branch_id, counter_id, staff_id, shift_id, sold_at, business_day, items,"
    " gross, discount, redeemed, redeemed_value, due, paid_cash, paid_card, paid_wechat,"
    " paid_alipay, paid_stored_value, paid_other, earned, tier, raised_to, raised_rank,"
    " program, till_receipt, source, batch_id, reversed_by"
)
_INSERT = f"INSERT INTO sale ({_COLUMNS}) VALUES ({', '.join('?' * 29)})"  # noqa: S608 - constant columns
_LINE = (
    "INSERT INTO sale_line (sale_id, line, sku, name, category, quantity, unit_price, discount,"
    " amount, earned, redeemed, redeemed_value) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_BY_ID = f"SELECT {_COLUMNS} FROM sale WHERE sale_id = ?"  # noqa: S608 - constant columns
_LAST_HERE = (
    f"SELECT {_COLUMNS} FROM sale WHERE counter_id = ? AND source = 'counter'"  # noqa: S608 - constant columns
    " ORDER BY sale_id DESC LIMIT 1"
)

_RAISES = """
WITH review (raised_to, raised_rank, at) AS (
    SELECT raised_to, raised_rank, entered_at FROM reward_entry
    WHERE member_id = ?1 AND kind = 'tier_review' ORDER BY entered_at DESC, op DESC LIMIT 1
)
SELECT raised_to, raised_rank FROM (
    SELECT raised_to, raised_rank, sold_at AS at FROM sale
    WHERE member_id = ?1 AND raised_rank IS NOT NULL AND reversed_by IS NULL AND returned_whole = 0
    UNION ALL
    SELECT kept_tier, kept_rank, returned_at FROM goods_return
    WHERE member_id = ?1 AND kept_rank IS NOT NULL
    UNION ALL
    SELECT r.kept_tier, r.kept_rank, r.reversed_at FROM reversal AS r JOIN sale AS s USING (sale_id)
    WHERE s.member_id = ?1 AND r.kept_rank IS NOT NULL
    UNION ALL
    SELECT raised_to, raised_rank, entered_at FROM reward_entry
    WHERE member_id = ?1 AND kind = 'event_award' AND raised_rank IS NOT NULL AND undone_by IS NULL
    UNION ALL
    SELECT raised_to, raised_rank, at FROM review
) WHERE at >= coalesce((SELECT at FROM review), -1)
"""
_HIGHEST_RAISE = f"{_RAISES} ORDER BY raised_rank DESC LIMIT 1"


class SaleRepository:
    """Access to `sale` and `sale_line` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def add(self, row: SaleRow, lines: tuple[LineFact, ...]) -> None:
        """Write a sale with its lines."""
        self._sql.later(_INSERT, row)
        self._sql.later_many(
            _LINE,
            [_line(row.sale_id, number, line) for number, line in enumerate(lines, start=1)],
        )

    def by_id(self, sale_id: SaleId) -> SaleRow | None:
        """Return the sale with this id."""
        return sale_by_id(self._sql, sale_id)

    def last_here(self, counter_id: bytes) -> SaleRow | None:
        """Return the newest sale that this counter rang up."""
        row = self._sql.one(_LAST_HERE, (counter_id,))
        return None if row is None else SaleRow(*row)

    def till_receipt_used(self, branch_id: bytes, business_day: str, receipt: str) -> bool:
        """Say whether a till receipt already has a standing sale at this branch on this day."""
        found = self._sql.value(
            "SELECT 1 FROM sale WHERE branch_id = ? AND business_day = ? AND till_receipt = ?"
            " AND reversed_by IS NULL",
            (branch_id, business_day, receipt),
        )
        return found is not None

    def mark_reversed(self, sale_id: SaleId, op: bytes) -> bool:
        """Note which operation reversed a sale; say whether none had before."""
        return bool(
            self._sql.run(
                "UPDATE sale SET reversed_by = ? WHERE sale_id = ? AND reversed_by IS NULL",
                (op, sale_id),
            )
        )

    def highest_raise(self, member_id: MemberId) -> tuple[str, int] | None:
        """Return (tier, rank) of the highest level that standing sales raised a member to.

        Where the one that raised him was taken back, it was said then what the others reach.
        """
        row = self._sql.one(_HIGHEST_RAISE, (member_id,))
        return None if row is None else (row[0], row[1])


def raises_of(reader: Reader, member_id: MemberId) -> list[tuple[str, int]]:
    """Return (tier, rank) of every standing rise since a member's last review, and its word."""
    return [(row[0], row[1]) for row in reader.all(_RAISES, (member_id,))]


def sale_by_id(reader: Reader, sale_id: SaleId) -> SaleRow | None:
    """Return the sale with this id."""
    row = reader.one(_BY_ID, (sale_id,))
    return None if row is None else SaleRow(*row)


def _line(sale_id: SaleId, number: int, line: LineFact) -> tuple[object, ...]:
    return (
        sale_id,
        number,
        line.sku,
        line.name,
        line.category,
        line.quantity,
        line.unit_price,
        line.discount,
        line.amount,
        line.earned,
        line.redeemed,
        line.redeemed_value,
    )
