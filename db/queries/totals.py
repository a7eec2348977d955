"""The whole book in six figures: what a counter and head office must agree on.

Each is a fold of what stands now, whatever the order it arrived in, so two replicas that hold the
same operations answer the same. The figures of money are in 分.
"""

from dataclasses import dataclass

from db.storage.database import Reader

_TOTALS = """
SELECT (SELECT count(*) FROM member WHERE state = 'active'),
       (SELECT count(*) FROM sale WHERE reversed_by IS NULL),
       (SELECT coalesce(sum(due), 0) FROM sale WHERE reversed_by IS NULL),
       (SELECT coalesce(-sum(balance), 0) FROM account WHERE kind = 'issued'),
       (SELECT coalesce(sum(balance), 0) FROM account WHERE kind = 'redeemed'),
       (SELECT coalesce(sum(balance), 0) FROM account WHERE kind IN ('member', 'lease'))
"""


@dataclass(frozen=True, slots=True)
class BookTotals:
    """Active members; standing sales and Σ of what they were due; points.

    `issued` is everything awarded, adjusted or brought along, less what was taken back;
    `redeemed` is spent less given back; `available` is what members hold, free or under a lease.
    Without expiry issued = redeemed + available.
    """

    members: int
    sales: int
    amount: int
    issued: int
    redeemed: int
    available: int


def book_totals(reader: Reader) -> BookTotals:
    """Return the totals of everything this file holds."""
    row = reader.one(_TOTALS)
    assert row is not None, "aggregates always answer"
    return BookTotals(*row)
