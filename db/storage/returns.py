"""Returns of goods on disk: what of a sale came back, line by line, and the sums beside the sale.

The sums are additions, so the order in which returns arrive does not matter; `verify` proves them.
"""

from dataclasses import dataclass
from typing import NamedTuple

from db.domain.ids import LeaseId, LotId, SaleId
from db.domain.operations import Operation, read_operation
from db.domain.returns import LineShare
from db.domain.sales import TENDERS
from db.storage.database import Reader, Statements
from db.storage.totals import CounterDay, DayFigures

_ADD = f"""
INSERT INTO goods_return (op, sale_id, member_id, paid, discount, redeemed, redeemed_value, earned,
    lapsed, owed, {", ".join(f"back_{tender}" for tender in TENDERS)}, kept_tier, kept_rank, reason,
    branch_id, counter_id, staff_id, approver_id, shift_id, returned_at, business_day)
VALUES ({", ".join("?" * 26)})
"""  # noqa: S608 - constant columns
_ADD_LINE = (
    "INSERT INTO goods_return_line (op, line, quantity, earned, redeemed, redeemed_value, discount,"
    " paid) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_SUM = """
UPDATE sale SET returned_amount = returned_amount + ?2, returned_earned = returned_earned + ?3,
    returned_redeemed = returned_redeemed + ?4, returned_whole = ?5
WHERE sale_id = ?1
"""
_STATE = """
SELECT returned_amount, returned_earned, returned_redeemed, returned_whole FROM sale
WHERE sale_id = ?
"""
_LINES = """
SELECT l.line, sum(l.quantity), sum(l.earned), sum(l.redeemed), sum(l.redeemed_value),
       sum(l.discount), sum(l.paid)
FROM goods_return AS r JOIN goods_return_line AS l USING (op)
WHERE r.sale_id = ? GROUP BY l.line
"""
_BACK = f"""
SELECT {", ".join(f"coalesce(sum(back_{tender}), 0)" for tender in TENDERS)}
FROM goods_return WHERE sale_id = ?
"""  # noqa: S608 - constant columns
_LAPSED = "SELECT coalesce(sum(lapsed), 0) FROM goods_return WHERE sale_id = ?"
_EXPIRED = "SELECT coalesce(sum(points), 0) FROM transfer WHERE entry = 'expire' AND lot_id = ?"
_RETURNED_DAYS = """
SELECT branch_id, counter_id, business_day, count(*), sum(paid), sum(earned), sum(redeemed)
FROM goods_return WHERE sale_id = ? GROUP BY branch_id, counter_id, business_day
"""
_ATTACHED = "SELECT op FROM sale_attach WHERE sale_id = ?"
_OPERATION = "SELECT raw FROM operation WHERE op = ?"
_LEASE = "SELECT stream_id, state, member_id FROM lease WHERE lease_id = ?"


class ReturnRow(NamedTuple):
    """A return as stored, without its tenders; money in 分, `returned_at` UTC ms."""

    op: bytes
    sale_id: bytes
    member_id: bytes | None
    paid: int
    discount: int
    redeemed: int
    redeemed_value: int
    earned: int
    lapsed: int
    owed: int
    tenders: dict[str, int]
    kept_tier: str | None
    kept_rank: int | None
    reason: str
    branch_id: bytes
    counter_id: bytes
    staff_id: bytes | None
    approver_id: bytes | None
    shift_id: bytes | None
    returned_at: int
    business_day: str

    @property
    def columns(self) -> tuple[object, ...]:
        """Return the row as `goods_return` has it: a column for each tender."""
        place = self._fields.index("tenders")
        tenders = (self.tenders.get(tender, 0) for tender in TENDERS)
        return (*self[:place], *tenders, *self[place + 1 :])


@dataclass(frozen=True, slots=True)
class ReturnedSums:
    """What of a sale has come back: 分, points taken back, points given back, and if all of it."""

    amount: int = 0
    earned: int = 0
    redeemed: int = 0
    whole: bool = False


class ReturnRepository:
    """Access to `goods_return` through one open transaction."""

    def __init__(self, sql: Statements) -> None:
        self._sql = sql

    def add(self, row: ReturnRow, lines: list[tuple[int, int, LineShare]]) -> None:
        """Write a return with its lines: (line from 1, quantity, share)."""
        self._sql.run(_ADD, row.columns)
        self._sql.run_many(
            _ADD_LINE,
            [
                (
                    row.op,
                    line,
                    quantity,
                    share.earned,
                    share.redeemed_points,
                    share.redeemed_value,
                    share.discount,
                    share.paid,
                )
                for line, quantity, share in lines
            ],
        )

    def remove(self, op: bytes) -> None:
        """Take a return and its lines out again."""
        self._sql.run("DELETE FROM goods_return_line WHERE op = ?", (op,))
        self._sql.run("DELETE FROM goods_return WHERE op = ?", (op,))

    def sum_up(self, sale_id: SaleId, sums: ReturnedSums) -> None:
        """Add a return to its sale's sums; `whole` says whether nothing is left now."""
        figures = (sums.amount, sums.earned, sums.redeemed, int(sums.whole))
        self._sql.run(_SUM, (sale_id, *figures))

    def uncounting(self, sale_id: SaleId) -> list[tuple[CounterDay, DayFigures]]:
        """Return what takes a sale's returns out of the days that they count in."""
        return [
            (
                CounterDay(*row[:3]),
                DayFigures(
                    returns=-row[3],
                    returned_amount=-row[4],
                    returned_earned=-row[5],
                    returned_redeemed=-row[6],
                ),
            )
            for row in self._sql.all(_RETURNED_DAYS, (sale_id,))
        ]


def returned_sums(reader: Reader, sale_id: SaleId) -> ReturnedSums:
    """Return what of a sale has come back; nothing of one that is not here."""
    row = reader.one(_STATE, (sale_id,))
    return ReturnedSums() if row is None else ReturnedSums(row[0], row[1], row[2], bool(row[3]))


def returned_lines(reader: Reader, sale_id: SaleId) -> dict[int, tuple[int, LineShare]]:
    """Return, by line from 1, how many units (or 分) have come back and what with them."""
    return {row[0]: (row[1], LineShare(*row[2:])) for row in reader.all(_LINES, (sale_id,))}


def returned_tenders(reader: Reader, sale_id: SaleId) -> dict[str, int]:
    """Return how much of a sale's money went back by each tender, in 分."""
    row = reader.one(_BACK, (sale_id,))
    assert row is not None, "an aggregate always answers"
    return dict(zip(TENDERS, row, strict=True))


def lapsed_before(reader: Reader, sale_id: SaleId, lots: tuple[LotId, ...]) -> int:
    """Return the points of a sale's lots that expired and that no return has counted yet."""
    expired = sum(int(reader.value(_EXPIRED, (lot_id,))) for lot_id in lots)
    return max(0, expired - int(reader.value(_LAPSED, (sale_id,))))


def operation_of(reader: Reader, op: bytes) -> Operation | None:
    """Return an operation that is kept here."""
    raw = reader.value(_OPERATION, (op,))
    return None if raw is None else read_operation(raw)


def attach_of(reader: Reader, sale_id: SaleId) -> Operation | None:
    """Return the operation that attached a member to a sale."""
    op = reader.value(_ATTACHED, (sale_id,))
    return None if op is None else operation_of(reader, op)


def lease_standing(reader: Reader, lease_id: LeaseId) -> tuple[bytes, str, bytes] | None:
    """Return (stream, state, whose points) of a lease; nothing for one never seen."""
    row = reader.one(_LEASE, (lease_id,))
    return None if row is None else (row[0], row[1], row[2])
